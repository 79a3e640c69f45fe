"""A PostgreSQL server for tests: in a temporary folder, on a Unix socket, gone at the end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

OWNER = "kcsp"
_SECONDS = 30  # until a server that does not start is given up
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # the machine does not fall, only the server
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "log_min_messages": "fatal",
}


class Server:
    """A server that runs; `databases` are made from nothing, one for each test."""

    def __init__(self, programs: Path, folder: Path, account: dict[str, Any]) -> None:
        self.folder = folder
        self._programs = programs
        self._account = account
        self._numbers = count(1)
        self._process: subprocess.Popen[bytes] | None = None

    def create(self) -> None:
        subprocess.run(
            [
                *(self._program("initdb"), "-D", self.folder / "data", "-U", OWNER),
                *("-A", "trust", "--no-sync", "--no-instructions", "-E", "UTF8", "--locale=C"),
            ],
            check=True,
            capture_output=True,
            **self._account,
        )
        # Members of a role of this name must give their password.
        rules = "local all +secretive scram-sha-256\nlocal all all trust\n"
        (self.folder / "data" / "pg_hba.conf").write_text(rules, encoding="utf-8")

    def start(self) -> None:
        command: list[str | Path] = [self._program("postgres"), "-D", self.folder / "data"]
        command += ["-k", self.folder, *(f"--{name}={value}" for name, value in _SETTINGS.items())]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                **self._account,
            )
        for _ in range(_SECONDS * 20):
            try:
                psycopg.connect(self.address("postgres")).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text(encoding="utf-8", errors="replace"))

    def _program(self, name: str) -> Path:
        return self._programs / name

    def crash(self) -> None:
        """Let all processes of the server end at once, as `pg_ctl stop -m immediate` does."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(_SECONDS)
            self._process = None

    def address(self, database: str, user: str = OWNER) -> str:
        return f"host={self.folder} user={user} dbname={database}"

    def database(self, options: str = "") -> str:
        """Make an empty database and return its address."""
        name = f"minutes{next(self._numbers)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 {options}")
        return self.address(name)


@contextmanager
def running() -> Iterator[Server]:
    """Run a server; skips where PostgreSQL is not installed."""
    programs = _programs()
    if programs is None:
        pytest.skip("needs the PostgreSQL server: apt-get install postgresql")
    # Not in pytest's own folders: names of sockets are short, and another account must reach them.
    folder = Path(tempfile.mkdtemp(prefix="kcsp-pg-"))
    server = Server(programs, folder, _account(folder))
    try:
        server.create()
        server.start()
        yield server
    finally:
        server.crash()
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    known = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if known:
        return known[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found and shutil.which("postgres") else None


def _version(initdb: Path) -> float:
    return float(initdb.parents[1].name)


def _account(folder: Path) -> dict[str, Any]:
    """Return who runs the server: it refuses to be root."""
    account: dict[str, Any] = {"cwd": folder, "stdin": subprocess.DEVNULL}
    if os.geteuid() != 0:
        return account
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {**account, "user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
