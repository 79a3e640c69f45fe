"""An S3 server on this machine for tests: moto's, spoken to as any other.

A module of tests that says `pytest_plugins = ["s3_server"]` has the fixture `s3`.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

REASON = "needs an S3 server and what speaks to it: pip install 'kcsp-nlp[dev]'"


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    """Run a server in this process, and give its address."""
    s3fs = pytest.importorskip("s3fs", reason=REASON)
    moto_server = pytest.importorskip("moto.server", reason=REASON)
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Say nothing of a request."""

    app = moto_server.DomainDispatcherApplication(moto_server.create_backend_app)
    server = make_server("127.0.0.1", 0, _OneAtATime(app), threaded=True, request_handler=Quiet)
    s3fs.S3FileSystem.clear_instance_cache()  # these would speak to a server before this one
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def environment_of(endpoint: str) -> dict[str, str]:
    """Return the environment of programs that speak to a server."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "NO_PROXY": "127.0.0.1",
    }


@pytest.fixture
def s3(s3_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give the address of a new bucket, which this process and those it starts can use."""
    from upath import UPath

    for name, value in environment_of(s3_endpoint).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    bucket = f"bucket-{uuid.uuid4().hex}"
    UPath(f"s3://{bucket}").fs.mkdir(bucket)
    return f"s3://{bucket}"


class _OneAtATime:
    """A store makes an object in one step; moto looks and then makes, so requests take turns."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app
        self._turn = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: object) -> list[bytes]:
        with self._turn:
            return list(self._app(environ, start_response))
