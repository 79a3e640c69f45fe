"""What stands for a path and what for an address, how files are read, how failures are told."""

from __future__ import annotations

import errno
import os
import pickle
import sys
import uuid
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import ClassVar

import pytest

pytest.importorskip("upath", reason="needs addresses: pip install 'kcsp-nlp[s3]'")

from kcsp_nlp.errors import KcspError
from kcsp_nlp.storage.failures import told_as_files
from kcsp_nlp.storage.listing import kind_of
from kcsp_nlp.storage.objects import create
from kcsp_nlp.storage.places import is_remote, parse_place, read_bytes

pytest_plugins = ["s3_server"]

SECRET = "https://store.example/may.txt?X-Amz-Signature=0a1b2c&sig=hidden"  # noqa: S105


@pytest.mark.parametrize(
    ("text", "path"),
    [
        pytest.param("minutes/may.txt", "minutes/may.txt", id="a path"),
        pytest.param("-", "-", id="standard input"),
        pytest.param("C:/minutes/may.txt", "C:/minutes/may.txt", id="a drive is no protocol"),
        pytest.param("C:\\may.txt", "C:\\may.txt", id="a drive, as Windows writes it"),
        pytest.param("a::b.txt", "a::b.txt", id="a name with colons"),
        pytest.param("s3:may.txt", "s3:may.txt", id="no address without //"),
        pytest.param("100%20.txt", "100%20.txt", id="paths have no escapes"),
    ],
)
def test_a_path_stands_for_itself(text: str, path: str) -> None:
    assert parse_place(text) == Path(path)


@pytest.mark.skipif(os.name == "nt", reason="these are paths of other systems than Windows")
@pytest.mark.parametrize(
    ("text", "path"),
    [
        pytest.param("file:///srv/may.txt", "/srv/may.txt", id="plain"),
        pytest.param("file://localhost/srv/may.txt", "/srv/may.txt", id="with a host"),
        pytest.param("FILE:///srv/a%20b%C3%A9%25.txt", "/srv/a bé%.txt", id="escapes"),
        pytest.param("file:///srv/100%.txt", "/srv/100%.txt", id="no escape"),
        pytest.param("file:///srv/%FF.txt", "/srv/\udcff.txt", id="bytes that are no UTF-8"),
        pytest.param("file:///srv/a::b.txt", "/srv/a::b.txt", id="colons"),
    ],
)
def test_a_file_address_stands_for_its_path(text: str, path: str) -> None:
    assert parse_place(text) == Path(path)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("memory://archive/may.txt", "memory://archive/may.txt", id="memory"),
        pytest.param("s3://bucket/a b/%20?x#y[1]*", "s3://bucket/a b/%20?x#y[1]*", id="as it is"),
        pytest.param("S3://bucket/May.txt", "s3://bucket/May.txt", id="protocol in capitals"),
        pytest.param("s3a://bucket/may.txt", "s3a://bucket/may.txt", id="Hadoop's name of S3"),
    ],
)
def test_an_address_is_remote_and_survives_being_sent(text: str, kept: str) -> None:
    pytest.importorskip("s3fs", reason="pip install 'kcsp-nlp[s3]'")
    place = parse_place(text)
    assert is_remote(place)
    assert str(place) == kept
    sent = pickle.loads(pickle.dumps(place))  # noqa: S301
    assert sent == place
    assert sent.fs.storage_options == {"use_listings_cache": False}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("https://council.example/may.pdf", "begins with https://", id="the web"),
        pytest.param("zip::s3://bucket/a.zip", "address within an address", id="chained"),
        pytest.param("zip://may.txt::s3://bucket/a.zip", "address within", id="chained, a member"),
        pytest.param("s3://bucket/a::b.txt", "address within", id="colons would be cut off"),
        pytest.param("s3:///may.txt", "without a bucket", id="no bucket"),
        pytest.param("file://server/may.txt", "another machine's", id="another machine"),
        pytest.param("s3://AKIA:hidden@bucket/may.txt", "found a key", id="a key"),
    ],
)
def test_other_addresses_are_refused(text: str, says: str) -> None:
    with pytest.raises(KcspError, match=says) as caught:
        parse_place(text)
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize("module", ["upath", "s3fs"])
def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    from fsspec import get_filesystem_class

    opened = sys.modules[get_filesystem_class.__module__]._registry
    monkeypatch.delitem(opened, "s3", raising=False)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(KcspError, match=r"pip install 'kcsp-nlp\[s3\]'"):
        parse_place("s3://bucket/may.txt")


@pytest.fixture(params=["disk", "memory", "s3"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where files are: of every kind."""
    if request.param == "s3":
        return str(request.getfixturevalue("s3"))
    return str(tmp_path) if request.param == "disk" else f"memory://{uuid.uuid4().hex}"


@pytest.mark.parametrize(
    ("data", "most", "read"),
    [
        pytest.param(b"minutes", 100, b"minutes", id="all"),
        pytest.param(b"minutes", 3, b"min", id="the beginning"),
        pytest.param(b"", 3, b"", id="nothing, of which stores give no part"),
    ],
)
def test_files_are_read_alike(folder: str, data: bytes, most: int, read: bytes) -> None:
    place = parse_place(f"{folder}/may.txt")
    if is_remote(place):
        place.fs.pipe_file(place.path, data)
    else:
        place.write_bytes(data)
    assert read_bytes(place, most) == read


def test_kinds_are_told_alike(folder: str) -> None:
    place = parse_place(f"{folder}/2024/may.txt")
    assert kind_of(place) == kind_of(place.parent) == "missing"
    if is_remote(place):
        assert create(place, b"minutes")
    else:
        place.parent.mkdir()
        place.write_bytes(b"minutes")
    assert (kind_of(place), kind_of(place.parent)) == ("file", "folder")
    assert kind_of(parse_place(f"{folder}/2024/")) == "folder"


def test_a_missing_file_is_told_alike(folder: str) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        read_bytes(parse_place(f"{folder}/none.txt"), 10)
    assert caught.value.errno == errno.ENOENT


def test_a_place_can_be_read_in_another_process(s3: str) -> None:
    place = parse_place(f"{s3}/may.txt")
    assert is_remote(place)
    assert create(place, b"minutes")  # there is a session, which must not travel
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(read_bytes, place, 10).result() == b"minutes"


def test_a_missing_bucket_is_named_as_the_store_does(s3: str) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        read_bytes(parse_place("s3://no-such-bucket/may.txt"), 10)
    assert caught.value.strerror == "not there (NoSuchBucket)"


class _NoCredentialsError(Exception):
    pass


class _ClientConnectorError(Exception):
    pass


class _HttpError(Exception):
    code = 503


class _AzureError(Exception):
    error_code = "AuthenticationFailed"


class _BotoError(Exception):
    response: ClassVar = {"Error": {"Code": "ExpiredToken", "Message": SECRET}}


@pytest.mark.parametrize(
    ("error", "number", "says"),
    [
        pytest.param(
            PermissionError(SECRET), errno.EACCES, "access denied (PermissionError)", id="denied"
        ),
        pytest.param(
            _BotoError(SECRET),
            errno.EACCES,
            "no valid credentials for the store (ExpiredToken)",
            id="a code of S3",
        ),
        pytest.param(
            _NoCredentialsError(SECRET),
            errno.EACCES,
            "no valid credentials for the store (_NoCredentialsError)",
            id="no key",
        ),
        pytest.param(
            _ClientConnectorError(SECRET),
            errno.ECONNREFUSED,
            "the store cannot be reached (_ClientConnectorError)",
            id="no network",
        ),
        pytest.param(
            TimeoutError(SECRET),
            errno.ETIMEDOUT,
            "the store did not answer in time (TimeoutError)",
            id="too late",
        ),
        pytest.param(_HttpError(SECRET), errno.EIO, "the store failed (503)", id="a number"),
        pytest.param(
            OSError(errno.EINVAL, SECRET),
            errno.EINVAL,
            "the store refused it (OSError)",
            id="other",
        ),
        pytest.param(
            OSError(f"Forbidden: {SECRET}"), errno.EACCES, "access denied (OSError)", id="Google's"
        ),
        pytest.param(ValueError(SECRET), errno.EIO, "the store failed (ValueError)", id="bare"),
    ],
)
def test_failures_say_what_is_wrong_and_no_secret(error: Exception, number: int, says: str) -> None:
    place = parse_place("memory://archive/may.txt")
    assert is_remote(place)
    with pytest.raises(OSError, match=r"may\.txt") as caught, told_as_files(place):
        raise error
    assert (caught.value.errno, caught.value.strerror) == (number, says)
    assert SECRET not in str(caught.value)


def test_the_cause_behind_a_wrapped_failure_is_named() -> None:
    place = parse_place("memory://archive/may.txt")
    assert is_remote(place)
    wrapping = RuntimeError(f"Failed to upload block: {SECRET}!")
    wrapping.__cause__ = _AzureError(SECRET)
    with pytest.raises(PermissionError, match="AuthenticationFailed"), told_as_files(place):
        raise wrapping
