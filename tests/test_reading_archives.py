"""ZIP archives: which members are read, under what names, and what is said of the others."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading import Document, Limits
from kcsp_nlp.reading import read as read_file
from kcsp_nlp.reading.archives import members
from kcsp_nlp.reading.events import Notice, Result
from kcsp_nlp.reading.formats import Member
from kcsp_nlp.reading.limits import MEGABYTE
from kcsp_nlp.reading.naming import Namer
from kcsp_nlp.reading.unpacking import File, unpack

LIMITS = Limits()
SMALL = Limits(megabytes=0.01, members=5, unpacked_megabytes=0.05, depth=2)


def packed(
    files: Iterable[tuple[str | zipfile.ZipInfo, bytes]], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data, method)
    return stream.getvalue()


def read(data: bytes, limits: Limits = LIMITS) -> list[Result]:
    file = File(data, "a.zip", ".zip", "in/a.zip")
    return [
        each for each in unpack(file, limits) if isinstance(each, Document | ReadingError | Notice)
    ]


def told(results: Iterable[Result]) -> list[str]:
    return [each.source if isinstance(each, Document) else str(each) for each in results]


def only(data: bytes, limits: Limits = LIMITS) -> Member:
    (member,) = members(data, "a.zip", limits)
    return member


def test_members_are_read_in_the_order_of_the_archive() -> None:
    data = packed([("z.txt", b"z"), ("may/", b""), ("may/a.md", b"a"), ("b.TXT", b"b")])
    assert told(read(data)) == ["a.zip/z.txt", "a.zip/may/a.md", "a.zip/b.TXT"]


def test_what_is_not_read_is_told() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = packed(
        [
            ("a.txt", b"a"),
            ("logo.png", b"\x89PNG\r\n\x1a\n"),
            ("film.mp4", b"\0" * (1 << 20)),
            ("MINUTES", b"text without a suffix"),
            (link, b"/etc/passwd"),
            ("__MACOSX/._a.txt", b"x"),
            ("may/.DS_Store", b"x"),
        ]
    )
    assert told(read(data, Limits(megabytes=0.5))) == [
        "a.zip/a.txt",
        "in/a.zip: left out 3 of no format that is read: logo.png, film.mp4, MINUTES; 1 symbolic "
        "link: link.txt; 2 of the system that packed it: __MACOSX/._a.txt, may/.DS_Store",
    ]


def test_many_names_and_long_names_are_not_all_told() -> None:
    data = packed([("a.txt", b"a"), *((f"{i}{'x' * 100}.png", b"") for i in range(30))])
    (_, notice) = read(data)
    assert str(notice).endswith("… and 20 more")
    assert len(str(notice)) < 1_000


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param([], "(it is empty)", id="an empty archive"),
        pytest.param([("a.png", b"")], "(1 of no format that is read: a.png)", id="pictures"),
        pytest.param([("a/", b"")], "(it is empty)", id="folders"),
        pytest.param(
            [("a.zip", packed([("b.png", b"")]))],
            "(1 with nothing in it that is read: a.zip)",
            id="an archive with pictures",
        ),
    ],
)
def test_an_archive_without_minutes_is_a_failure(
    files: list[tuple[str, bytes]], message: str
) -> None:
    *notices, failure = read(packed(files))
    assert isinstance(failure, ReadingError)
    assert str(failure).startswith("in/a.zip: found nothing in it that is read (")
    assert message in str(failure)
    assert all(isinstance(notice, Notice) for notice in notices)


def test_what_claims_to_be_minutes_is_a_failure_where_it_is_none() -> None:
    first, second = read(packed([("a.docx", b"\x89PNG\r\n\x1a\n"), ("b.txt", b"b")]))
    assert str(first).startswith("in/a.zip/a.docx: found a PNG image")
    assert isinstance(second, Document)


def test_a_known_format_without_its_suffix_is_read() -> None:
    (document, notice) = read(packed([("inner", packed([("a.txt", b"a")])), ("x", b"x")]))
    assert told([document]) == ["a.zip/inner/a.txt"]
    assert isinstance(notice, Notice)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        pytest.param("../../etc/passwd.txt", "etc/passwd.txt", id="out of the folder"),
        pytest.param("/etc/passwd.txt", "etc/passwd.txt", id="absolute"),
        pytest.param("C:\\Minutes\\may.doc", "Minutes/may.doc", id="a drive, and backslashes"),
        pytest.param("C:may.doc", "C:may.doc", id="a colon that parts no drive"),
        pytest.param("..\\..\\a.txt", "a.txt", id="out of a folder of Windows"),
        pytest.param("\\\\server\\share\\a.txt", "server/share/a.txt", id="another machine"),
        pytest.param("a//b/./c.txt", "a/b/c.txt", id="empty folders"),
        pytest.param("a\0b\n\x1b[31m.txt", "a\ufffdb\ufffd\ufffd[31m.txt", id="control characters"),
        pytest.param("a\u202etxt.pdf", "a\ufffdtxt.pdf", id="writing turned around"),
        pytest.param("a\u00a0b.txt", "a b.txt", id="a space that does not break"),
        pytest.param("a\udcff.txt", "a\ufffd.txt", id="half a character"),
        pytest.param("", "unnamed", id="no name"),
        pytest.param("/../.", "unnamed", id="nothing but folders"),
        pytest.param("Cofnodion Gŵyl Ŷd.txt", "Cofnodion Gŵyl Ŷd.txt", id="Welsh"),
        pytest.param("x" * 65_531 + ".pdf", "x" * 235 + "….pdf", id="65,535 bytes"),
        pytest.param("a/" * 30_000 + "b.pdf", ("a/" * 150)[:235] + "….pdf", id="deep folders"),
    ],
)
def test_names_are_made_harmless(raw: str, name: str) -> None:
    assert Namer().name(raw) == name


def test_names_are_distinct() -> None:
    namer = Namer()
    names = ["a.txt", "a.txt", "a (2).txt", "a.txt", "b/a.txt", "x", "x"]
    assert [namer.name(name) for name in names] == [
        "a.txt", "a (2).txt", "a (2) (2).txt", "a (3).txt", "b/a.txt", "x", "x (2)",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=30)))
def test_any_names_are_distinct_and_printable(raw: list[str]) -> None:
    namer = Namer()
    names = [namer.name(each) for each in raw]
    assert len(set(names)) == len(names)
    for name in names:
        assert name
        assert not name.startswith("/")
        assert ".." not in name.split("/")
        assert all(character.isprintable() or character == "\ufffd" for character in name)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        pytest.param("Tŷ.txt".encode(), "Tŷ.txt", id="UTF-8 without saying so, as macOS does"),
        pytest.param("café.txt".encode("cp437"), "café.txt", id="the encoding of DOS"),
    ],
)
def test_encodings_of_names(raw: bytes, name: str) -> None:
    data = packed([("x" * len(raw), b"text")]).replace(b"x" * len(raw), raw)
    assert only(data).name == name


def test_a_name_in_utf8_that_says_so() -> None:
    assert only(packed([("Tŷ.txt", b"text")])).name == "Tŷ.txt"


def patched(data: bytes, local: int, central: int, code: str, *values: int) -> bytes:
    """Return an archive with a field of all its headers changed."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            struct.pack_into(code, changed, at + offset, *values)
    return bytes(changed)


ONE = packed([("a.txt", b"text " * 1_000)])
STORED = packed([("a.txt", b"text " * 100)], zipfile.ZIP_STORED)


@pytest.mark.parametrize(
    ("data", "failure"),
    [
        pytest.param(patched(ONE, 6, 8, "<H", 1), "needs a password", id="encrypted"),
        pytest.param(patched(ONE, 6, 8, "<H", 0x41), "needs a password", id="strongly encrypted"),
        pytest.param(patched(ONE, 8, 10, "<H", 99), "not known here", id="AES without its flag"),
        pytest.param(patched(ONE, 8, 10, "<H", 9), "not known here", id="deflate64"),
        pytest.param(packed([("a.txt", b"a")], zipfile.ZIP_LZMA), "not known", id="LZMA"),
        pytest.param(packed([("a.txt", b"a")], zipfile.ZIP_BZIP2), "not known", id="bzip2"),
        pytest.param(patched(ONE, 14, 16, "<L", 1), "cut off or broken", id="a wrong checksum"),
        pytest.param(STORED.replace(b"text text", b"text next"), "broken", id="changed bytes"),
        pytest.param(patched(ONE, 22, 24, "<L", 10), "broken", id="a size too small"),
        pytest.param(patched(ONE, 18, 20, "<L", 10), "broken", id="a packed size too small"),
        pytest.param(patched(ONE, 6, 8, "<H", 0x20), "broken", id="patched data"),
        pytest.param(ONE.replace(b"PK\x03\x04", b"PK\x03\x05"), "broken", id="no header"),
        pytest.param(ONE.replace(b"a.txt", b"b.txt", 1), "broken", id="two names"),
        pytest.param(
            packed([("a.txt", b"x" * (1 << 20))]), "more than 0.5 MB", id="too large unpacked"
        ),
        pytest.param(
            patched(packed([("a.txt", b"x" * (1 << 20))]), 22, 24, "<L", 1),
            "broken",
            id="too large, and says it is small",
        ),
    ],
)
def test_a_member_that_cannot_be_had(data: bytes, failure: str) -> None:
    member = only(data, Limits(megabytes=0.5))
    assert member.data is None
    assert member.failure is not None
    assert failure in member.failure


@pytest.mark.parametrize("field", [pytest.param(18, id="packed"), pytest.param(22, id="unpacked")])
def test_a_size_too_large_is_not_believed(field: int) -> None:
    data = patched(ONE, field, field + 2, "<L", 0xFFFFFF00)
    assert only(data).data == b"text " * 1_000


def test_the_others_are_read_where_one_is_broken() -> None:
    data = packed([("a.txt", b"a" * 50), ("b.txt", b"b" * 50)], zipfile.ZIP_STORED)
    first, second = read(data.replace(b"a" * 50, b"c" * 50))
    assert isinstance(first, ReadingError)
    assert told([second]) == ["a.zip/b.txt"]


def test_zip64() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive, archive.open("a.txt", "w", force_zip64=True) as a:
        a.write(b"text")
    assert told(read(stream.getvalue())) == ["a.zip/a.txt"]


def test_an_archive_behind_a_program() -> None:
    assert told(read(packed([("a.txt", b"a")]))) == ["a.zip/a.txt"]
    (member,) = members(b"MZ program" + ONE, "a", LIMITS)
    assert member.data == b"text " * 1_000


def overlapping(copies: int) -> bytes:
    """Return an archive whose directory names the same bytes many times."""
    data = packed([("a.txt", b"x" * 100_000)])
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    tail = bytearray(data[end:])
    struct.pack_into("<HHL", tail, 8, *[copies & 0xFFFF] * 2, len(entry) * copies)
    return data[:start] + entry * copies + bytes(tail)


def test_members_that_share_bytes_are_refused() -> None:
    found = list(members(overlapping(100), "a.zip", LIMITS))
    assert len(found) == 100
    assert all(
        member.data is None and "shares its bytes" in str(member.failure) for member in found
    )
    assert all(member.unpacked == 0 for member in found)


def test_too_many_entries_are_refused() -> None:
    with pytest.raises(ReadingError, match="more than 100000 entries"):
        next(iter(members(overlapping(100_001), "a.zip", LIMITS)))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(ONE[:-10], id="cut off within its end"),
        pytest.param(ONE[: len(ONE) // 2], id="cut off in the middle"),
        pytest.param(ONE[:40], id="cut off in its first header"),
        pytest.param(b"PK\x03\x04", id="nothing but a mark"),
        pytest.param(patched(ONE, 4, 6, "<H", 200), id="of a version yet to come"),
        pytest.param(ONE.replace(b"PK\x01\x02", b"PK\x01\x03"), id="no directory"),
        pytest.param(ONE[:-22] + b"PK\x05\x06" + b"\xff" * 18, id="a directory that claims 4 GB"),
    ],
)
def test_a_broken_archive_is_a_failure(data: bytes) -> None:
    (failure,) = read(data)
    assert str(failure).startswith("in/a.zip: found a ZIP archive that is cut off or broken")


@pytest.mark.parametrize(
    ("files", "read_first", "message"),
    [
        pytest.param(
            [(f"{i}.txt", b"x") for i in range(7)], 5, "more than 5 members", id="many members"
        ),
        pytest.param(
            [(f"{i}.png", b"x") for i in range(7)], 0, "more than 5 members", id="many pictures"
        ),
        pytest.param(
            [("a.zip", packed([(f"{i}.txt", b"x") for i in range(3)]))] * 2,
            3,
            "more than 5 members",
            id="many in archives inside it",
        ),
        pytest.param(
            [(f"{i}.txt", b"x " * 5_000) for i in range(5)], 5, "", id="just as much as may be"
        ),
        pytest.param(
            [("a.zip", packed([(f"{i}.txt", b"x " * 5_000) for i in range(2)]))] * 5,
            1,
            "members",
            id="much in archives inside it",
        ),
    ],
)
def test_limits_of_all_members(
    files: list[tuple[str, bytes]], read_first: int, message: str
) -> None:
    named = [(f"{number} {name}", data) for number, (name, data) in enumerate(files)]
    results = read(packed(named), SMALL)
    assert sum(isinstance(each, Document) for each in results) >= read_first
    failures = [str(each) for each in results if isinstance(each, ReadingError)]
    assert all(message in failure for failure in failures)
    assert bool(failures) == bool(message)


def test_members_that_are_too_large_count() -> None:
    """What is unpacked in vain costs time, too."""
    data = packed([(f"{i}.txt", b"x" * MEGABYTE) for i in range(30)])
    failures = told(read(data, Limits(megabytes=0.1, unpacked_megabytes=1)))
    assert len(failures) == 10
    assert "found members of more than 1 MB unpacked" in failures[-1]


def test_archives_inside_each_other() -> None:
    data = b"text"
    for depth in range(8):
        data = packed([("a.txt" if depth == 0 else "a.zip", data)])
    (failure,) = read(data)
    assert "found archives 5 deep, expected at most 4" in str(failure)
    (document,) = read(packed([("a.zip", packed([("a.txt", b"a")]))]), SMALL)
    assert told([document]) == ["a.zip/a.zip/a.txt"]


def test_what_was_read_is_skipped() -> None:
    data = packed(
        [("a.txt", b"a"), ("b.zip", packed([("c.txt", b"c")])), ("d.png", b""), ("e.md", b"e")]
    )
    file = File(data, "a.zip", ".zip", "a.zip")
    whole = list(unpack(file, LIMITS))
    begun = [number for number, each in enumerate(whole) if type(each).__name__ == "Begun"]
    for skip, start in enumerate(begun):
        assert list(unpack(file, LIMITS, skip=skip)) == whole[start:]
    assert list(unpack(file, LIMITS, skip=len(begun))) == []


def test_of_one_document_the_notice_is_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed([("a.txt", b"a"), ("b.png", b"")]))
    document = read_file(path)
    assert document.source == "a.zip/a.txt"
    assert document.warnings == (f"{path}: left out 1 of no format that is read: b.png",)
    path.write_bytes(packed([("a.txt", b"a"), ("b.txt", b"b")]))
    with pytest.raises(ReadingError, match="found 2 documents, expected one"):
        read_file(path)
