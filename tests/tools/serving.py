"""A labelling tool for a check: installed in an environment of its own, started on loopback."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
# Seconds in which a tool must answer for the first time: it builds its database.
_STARTS_WITHIN = 420


def install(folder: Path, *requirements: str) -> Path:
    """Make an environment with a tool from PyPI, unless it is there; return its bin folder."""
    place = folder / ("Scripts" if os.name == "nt" else "bin")
    if not place.is_dir():
        venv.create(folder, with_pip=True)
        command = [str(place / "python"), "-m", "pip", "install", "--quiet", *requirements]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return place


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str], log: Path, cwd: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program until the block ends, then end it and what it has started."""
    with log.open("ab") as stream:
        process = subprocess.Popen(
            command,
            env={**os.environ, **environment},
            cwd=cwd,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            _end(process)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None and hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGTERM)
    elif process.poll() is None:
        process.terminate()


class Client:
    """JSON over HTTP with a server on loopback."""

    def __init__(self, port: int, headers: Mapping[str, str] | None = None) -> None:
        self.port = port
        self.headers = dict(headers or {})

    def wait(self, path: str, process: subprocess.Popen[bytes], log: Path) -> None:
        """Wait until the server answers; fail where its process ends before."""
        for _ in range(_STARTS_WITHIN):
            if process.poll() is not None:
                said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
                sys.exit(f"{said}\nthe tool ended at once, with {process.returncode}")
            try:
                self.ask("GET", path)
            except (OSError, http.client.HTTPException):
                time.sleep(1)
            else:
                return
        sys.exit(f"the tool did not answer within {_STARTS_WITHIN} s")

    def send(
        self, method: str, path: str, body: bytes | None, kind: str = "application/json"
    ) -> tuple[int, bytes]:
        """Return status and body of an answer."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=120)
        try:
            headers = {**self.headers, **({"Content-Type": kind} if body is not None else {})}
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """Return the JSON of an answer, its bytes where it is none; an error ends the check."""
        sent = None if body is None else json.dumps(body).encode()
        status, data = self.send(method, path, sent)
        if status >= http.client.BAD_REQUEST:
            sys.exit(f"{method} {path}: {status} {data[:400]!r}")
        try:
            return json.loads(data)
        except ValueError:
            return data
