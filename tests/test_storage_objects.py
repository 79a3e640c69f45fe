"""Objects appear whole or not at all, are made once, and are listed as they are now."""

from __future__ import annotations

import gc
import io
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("upath", reason="needs addresses: pip install 'kcsp-nlp[s3]'")

from upath import UPath

from kcsp_nlp.errors import KcspError, ReadingError
from kcsp_nlp.reading import find_documents
from kcsp_nlp.storage import objects
from kcsp_nlp.storage.listing import find_files, names_in
from kcsp_nlp.storage.objects import create, new_object, open_object, remove
from kcsp_nlp.storage.places import is_remote, parse_place, read_bytes

pytest_plugins = ["s3_server"]

PART = 5 << 20  # the least that S3 takes as one of several


@pytest.fixture(params=["memory", "s3"])
def folder(request: pytest.FixtureRequest) -> UPath:
    address = (
        request.getfixturevalue("s3") if request.param == "s3" else f"memory://{uuid.uuid4().hex}"
    )
    return at(f"{address}/archive")


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects, "_PART", PART)


def at(address: str) -> UPath:
    place = parse_place(address)
    assert is_remote(place)
    return place


def all_of(place: UPath) -> bytes:
    return read_bytes(place, 1 << 30)


SIZES = [
    pytest.param(0, id="nothing"),
    pytest.param(7, id="one request"),
    pytest.param(2 * PART + 7, id="several parts"),
    pytest.param(2 * PART, id="full parts"),
]


@pytest.mark.usefixtures("in_parts")
@pytest.mark.parametrize("size", SIZES)
def test_an_object_is_what_was_written(folder: UPath, size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    with new_object(folder / "out.jsonl") as stream:
        stream.write(data[: size // 2])
        stream.write(data[size // 2 : size])
        assert names_in(folder) == []
    assert all_of(folder / "out.jsonl") == data[:size]


class StoppedError(Exception):
    pass


@pytest.mark.usefixtures("in_parts")
@pytest.mark.parametrize("stop", [StoppedError, KeyboardInterrupt])
@pytest.mark.parametrize("size", SIZES)
def test_what_was_not_finished_never_appears(
    folder: UPath, size: int, stop: type[BaseException]
) -> None:
    create(folder / "old.jsonl", b"older")
    for name in ("old.jsonl", "new.jsonl"):
        with pytest.raises(stop):
            _write_and_stop(folder / name, size, stop)
    assert names_in(folder) == ["old.jsonl"]
    assert all_of(folder / "old.jsonl") == b"older"


def _write_and_stop(place: UPath, size: int, stop: type[BaseException]) -> None:
    with new_object(place) as stream:
        stream.write(bytes(size))
        stream.flush()
        raise stop


@pytest.mark.usefixtures("in_parts")
def test_what_was_not_finished_leaves_no_parts(s3: str) -> None:
    place = at(f"{s3}/out.jsonl")
    with new_object(place) as stream:
        stream.write(bytes(2 * PART))
        assert _uploads(place)
    with pytest.raises(StoppedError):
        _write_and_stop(place, 2 * PART, StoppedError)
    assert not _uploads(place)


def _uploads(place: UPath) -> object:
    bucket = place.path.partition("/")[0]
    return place.fs.call_s3("list_multipart_uploads", Bucket=bucket).get("Uploads")


@pytest.mark.usefixtures("in_parts")
@pytest.mark.parametrize("size", [7, 2 * PART])
def test_a_store_that_fails_is_told_as_a_disk(
    folder: UPath, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("upload failed: https://store.example/?sig=hidden")

    for name in ("pipe_file", "open"):
        monkeypatch.setattr(folder.fs, name, fail)
    with pytest.raises(OSError, match="the store failed"), new_object(folder / "a") as stream:
        stream.write(bytes(size))


@pytest.mark.usefixtures("in_parts")
def test_what_is_collected_is_not_completed(s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Files of fsspec are closed when they are collected, and not every store's can be discarded.
    from fsspec.spec import AbstractBufferedFile

    completed = []

    class File(AbstractBufferedFile):  # type: ignore[misc]
        def _upload_chunk(self, final: bool = False) -> None:
            if final:
                completed.append(self.path)

    def open_file(path: str, mode: str, block_size: int, *, autocommit: bool) -> File:
        return File(place.fs, path, mode, block_size, autocommit=autocommit)

    place = at(f"{s3}/out.jsonl")
    monkeypatch.setattr(place.fs, "open", open_file)
    with pytest.raises(StoppedError):
        _write_and_stop(place, PART, StoppedError)
    gc.collect()
    assert completed == []
    with new_object(place) as stream:
        stream.write(bytes(PART))
    assert completed == [place.path]


def test_closing_the_stream_early_is_no_end(folder: UPath) -> None:
    with new_object(folder / "a.txt") as stream:
        with io.TextIOWrapper(stream, encoding="utf-8") as text:
            text.write("minutes")
        assert names_in(folder) == []
    assert all_of(folder / "a.txt") == b"minutes"


def test_an_object_is_read_as_a_file(folder: UPath) -> None:
    lines = [f"{number}\n".encode() * 3 for number in range(2000)]
    create(folder / "a", b"".join(lines))
    with open_object(folder / "a") as stream, open_object(folder / "a") as other:
        assert stream.readline() == b"0\n"
        assert other.read(4) == b"0\n0\n"
        stream.seek(len(lines[0]))
        assert stream.readline() == b"1\n"
        stream.seek(0)
        assert b"".join(stream) == b"".join(lines)
        assert stream.read(1) == b""


def test_a_missing_object_is_told_as_a_missing_file(folder: UPath) -> None:
    with pytest.raises(FileNotFoundError), open_object(folder / "none"):
        pass


def test_an_object_is_made_once(folder: UPath) -> None:
    assert create(folder / "claim", b"mine")
    assert not create(folder / "claim", b"yours")
    assert all_of(folder / "claim") == b"mine"


def test_of_many_one_makes_it(folder: UPath, monkeypatch: pytest.MonkeyPatch) -> None:
    look = folder.fs.exists

    def look_slowly(path: str) -> bool:  # `memory://` looks before it makes
        found: bool = look(path)
        time.sleep(0.01)
        return found

    monkeypatch.setattr(folder.fs, "exists", look_slowly)
    barrier = threading.Barrier(8)

    def claim(number: int) -> list[bool]:
        barrier.wait()
        return [create(folder / str(each), b"%d" % number) for each in range(5)]

    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(claim, range(8)))
    for each in range(5):
        makers = [number for number in range(8) if made[number][each]]
        assert [b"%d" % number for number in makers] == [all_of(folder / str(each))]


def test_what_is_gone_may_be_removed(folder: UPath) -> None:
    create(folder / "claim", b"")
    remove(folder / "claim")
    remove(folder / "claim")
    assert names_in(folder) == []


def test_names_are_those_of_now(s3: str) -> None:
    # Another program's client, and one that keeps what it has listed, as fsspec usually does.
    other = UPath(f"{s3}/archive", skip_instance_cache=True)
    keeps = UPath(f"{s3}/archive")
    keeps.fs.pipe_file(f"{keeps.path}/2023/a.txt", b"")
    for folder in (at(f"{s3}/archive"), keeps):
        assert names_in(folder) == ["2023"]
        other.fs.pipe_file(f"{other.path}/b.txt", b"")
        assert names_in(folder) == ["2023", "b.txt"]
        found = find_files(folder, takes=lambda _: True)
        assert [place.name for place in found] == ["a.txt", "b.txt"]
        other.fs.rm_file(f"{other.path}/b.txt")
        assert names_in(folder) == ["2023"]


def test_what_only_stands_for_a_folder_is_no_file(s3: str) -> None:
    folder = at(f"{s3}/archive")
    for key in ("", "2024/", "2024/may.txt", "2024//june.txt", "/july.txt", "2024"):
        folder.fs.call_s3("put_object", Bucket=s3[5:], Key=f"archive/{key}", Body=b"minutes")
    found = find_files(folder, takes=lambda _: True)
    names = [place.path.removeprefix(folder.path) for place in found]
    assert names == ["//july.txt", "/2024", "/2024//june.txt", "/2024/may.txt"]
    assert all(all_of(place) == b"minutes" for place in found)
    assert names_in(folder) == ["2024"]


@pytest.mark.parametrize(
    "name", ["s3://a.txt", "a b%20c?d#e[1]*.txt", "../a.txt", "~a/é.txt", "C:/a.txt"]
)
def test_whatever_it_is_called_it_is_found(folder: UPath, name: str) -> None:
    folder.fs.pipe_file(f"{folder.path}/{name}", name.encode())
    found = find_files(folder, takes=lambda _: True)
    assert [all_of(place) for place in found] == [name.encode()]


def test_a_name_that_would_be_cut_is_refused_where_it_is_wanted(folder: UPath) -> None:
    folder.fs.pipe_file(f"{folder.path}/a::b.txt", b"")
    assert find_files(folder, takes=lambda _: False) == []
    with pytest.raises(KcspError, match=r"found :: in the name"):
        find_files(folder, takes=lambda _: True)


def test_files_are_asked_for_by_their_path_below(folder: UPath) -> None:
    asked: list[PurePosixPath] = []
    folder.fs.pipe_file(f"{folder.path}/2024/may.txt", b"")
    find_files(folder, takes=lambda path: bool(asked.append(path)))  # type: ignore[func-returns-value]
    assert asked == [PurePosixPath("2024/may.txt")]


# Names that sort otherwise than their paths do ("a-b" and "a/b"), and those that are left out.
NAMES = st.sampled_from(["a", "a-b", "a b", "a.b", "B", "é", "~a", ".a", "README"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
SUFFIXES = st.sampled_from([".txt", ".txt", ".md", "", ".exe"])
TREES = st.sets(st.builds("{}{}".format, PATHS, SUFFIXES), min_size=1, max_size=8)


@given(TREES)
def test_an_archive_is_read_in_the_same_order_wherever_it_lies(
    tmp_path_factory: pytest.TempPathFactory, tree: set[str]
) -> None:
    disk = tmp_path_factory.mktemp("archive")
    store = at(f"memory://{uuid.uuid4().hex}")
    for name in sorted(tree):
        file = disk / name
        if file.exists() or any(parent.is_file() for parent in file.parents):
            continue  # a disk has no file and folder of one name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"")
        store.fs.pipe_file(f"{store.path}/{name}", b"")
    assert _found(store) == _found(disk)


def _found(folder: Path | UPath) -> list[str] | None:
    top = str(folder) if isinstance(folder, Path) else folder.path
    try:
        found = find_documents([folder])
    except ReadingError:
        return None
    texts = (str(place) if isinstance(place, Path) else place.path for place in found)
    return [text.removeprefix(top) for text in texts]
