"""A site served to this machine: its files, and nothing else of it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from kcsp_nlp.dashboard.serving import HOST, make_server, serve
from kcsp_nlp.errors import KcspError

PAGE = "<!DOCTYPE html><title>Lamps</title>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site beside something that is none of it."""
    place = tmp_path_factory.mktemp("www")
    (place / "secret.txt").write_text("secret", encoding="utf-8")
    (place / "site-other").mkdir()
    (place / "site-other" / "secret.html").write_text("secret", encoding="utf-8")
    site = place / "site"
    (site / "meetings").mkdir(parents=True)
    (site / "index.html").write_text(PAGE, encoding="utf-8")
    (site / "meetings" / "a.html").write_text("Ä", encoding="utf-8")
    (site / "assets.js").write_text('"use strict";', encoding="utf-8")
    (site / ".kcsp-nlp-site").write_text("", encoding="utf-8")
    (site / "out.html").symlink_to(place / "secret.txt")
    (site / "up").symlink_to(place)
    return site


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[ThreadingHTTPServer]:
    """The site, served."""
    with make_server(folder, 0) as serving:
        thread = threading.Thread(target=serving.serve_forever, args=(0.01,))
        thread.start()
        yield serving
        serving.shutdown()
        thread.join()


def ask(
    server: ThreadingHTTPServer, path: str, method: str = "GET", host: str | None = None
) -> tuple[HTTPResponse, bytes]:
    """Ask for a path as it is written: nothing of it is made right before it is sent."""
    connection = HTTPConnection(HOST, server.server_address[1], timeout=10)
    connection.putrequest(method, path, skip_host=host is not None)
    if host is not None:
        connection.putheader("Host", host)
    connection.endheaders()
    response = connection.getresponse()
    data = response.read()
    connection.close()
    return response, data


@pytest.mark.parametrize(
    ("path", "kind", "text"),
    [
        pytest.param("/", "text/html; charset=utf-8", PAGE, id="the overview"),
        pytest.param(
            "/index.html?a=b", "text/html; charset=utf-8", PAGE, id="a query changes none"
        ),
        pytest.param("/meetings/a.html", "text/html; charset=utf-8", "Ä", id="a page in a folder"),
        pytest.param(
            "/assets.js", "text/javascript; charset=utf-8", '"use strict";', id="a script"
        ),
    ],
)
def test_files_are_served(server: ThreadingHTTPServer, path: str, kind: str, text: str) -> None:
    response, data = ask(server, path)
    assert response.status == 200
    assert response.headers["Content-Type"] == kind
    assert data.decode("utf-8") == text


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/nothing.html", id="not there"),
        pytest.param("/meetings/", id="a folder is not listed"),
        pytest.param("/../secret.txt", id="up"),
        pytest.param("/meetings/../../secret.txt", id="down and up"),
        pytest.param("/%2e%2e/secret.txt", id="up, escaped"),
        pytest.param("/..%2fsecret.txt", id="up, with the bar escaped"),
        pytest.param("/..%5csecret.txt", id="up, as on Windows"),
        pytest.param("/../site-other/secret.html", id="a folder whose name begins alike"),
        pytest.param("//etc/passwd", id="an absolute path"),
        pytest.param("/out.html", id="a link out of the site"),
        pytest.param("/up/secret.txt", id="through a link out of the site"),
        pytest.param("/.kcsp-nlp-site", id="what is hidden"),
        pytest.param("/%00", id="no file name at all"),
    ],
)
def test_nothing_beyond_the_site_is_served(server: ThreadingHTTPServer, path: str) -> None:
    response, data = ask(server, path)
    assert response.status == 404
    assert b"secret" not in data


def test_the_head_of_a_file_is_told_alone(server: ThreadingHTTPServer) -> None:
    response, data = ask(server, "/index.html", "HEAD")
    assert response.status == 200
    assert int(response.headers["Content-Length"]) == len(PAGE)
    assert data == b""


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"])
def test_other_methods_are_refused(server: ThreadingHTTPServer, method: str) -> None:
    assert ask(server, "/index.html", method)[0].status == 501


@pytest.mark.parametrize(
    ("host", "status"),
    [
        pytest.param("127.0.0.1:8000", 200, id="this machine"),
        pytest.param("localhost", 200, id="this machine by its name"),
        pytest.param("minutes.example:8000", 403, id="another name that points here"),
        pytest.param("", 403, id="none"),
    ],
)
def test_other_hosts_are_refused(server: ThreadingHTTPServer, host: str, status: int) -> None:
    assert ask(server, "/", host=host)[0].status == status


@pytest.mark.parametrize("path", ["/", "/nothing.html"])
def test_headers_keep_the_browser_from_more(server: ThreadingHTTPServer, path: str) -> None:
    headers = ask(server, path)[0].headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Python" not in headers["Server"]


def test_it_listens_to_this_machine_alone(server: ThreadingHTTPServer) -> None:
    assert server.socket.getsockname()[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_an_error(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(KcspError, match=rf"port {port}: cannot be used .*--port 0"):
            serve(folder, port, lambda address: None)
