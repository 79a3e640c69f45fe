"""A site on this machine alone: files of one folder, read and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from kcsp_nlp.dashboard.environment import POLICY
from kcsp_nlp.errors import KcspError

HOST = "127.0.0.1"
_HEADERS = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_TYPES = {
    "": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}


def serve(folder: Path, port: int, started: Callable[[str], None]) -> None:
    """Serve a site to this machine until Ctrl-C.

    Args:
        folder: The site.
        port: Where; 0 for any that is free.
        started: Told the address once it can be opened.

    Raises:
        KcspError: nothing can be served there.
    """
    try:
        server = make_server(folder, port)
    except OSError as error:
        raise KcspError(
            f"port {port}: cannot be used ({error.strerror}); expected one that is free; give "
            "another with --port, or --port 0 for any"
        ) from error
    with server:
        started(f"http://{HOST}:{server.server_address[1]}/")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return


def make_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return the server of a site, bound to this machine alone and not yet serving.

    Raises:
        OSError: the port is taken or may not be used.
    """
    return _Server((HOST, port), partial(_Handler, directory=str(folder.resolve())))


class _Server(ThreadingHTTPServer):
    # On Windows a second server would take the port of the first; elsewhere it may be used again
    # as soon as the first has ended.
    allow_reuse_address = os.name != "nt"
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a browser that goes away is no error."""


class _Handler(SimpleHTTPRequestHandler):
    """GET and HEAD of files; no folder is listed and nothing beyond the site is read."""

    extensions_map = _TYPES
    server_version = "kcsp-nlp"
    sys_version = ""
    timeout = 30  # seconds for which a connection may say nothing

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer where the host is this machine and the file is one of the site."""
        # Another site's name may be made to point to this machine; it is not let in.
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if host not in {HOST, "localhost"}:
            self.send_error(HTTPStatus.FORBIDDEN)
            return None
        if not self._is_of_site():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def _is_of_site(self) -> bool:
        site = Path(self.directory)
        path = Path(self.translate_path(self.path))
        try:
            real = path.resolve()  # a link may lead out of the site
        except (OSError, ValueError):  # no name that a file can have
            return False
        hidden = any(part.startswith(".") for part in path.parts[len(site.parts) :])
        return real.is_relative_to(site) and not hidden

    def list_directory(self, path: Any) -> None:
        """Refuse: a folder without a page is not there."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """Add what keeps a browser from doing more than showing files."""
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *said: Any) -> None:
        """Log nothing: addresses may say what somebody looked for."""
