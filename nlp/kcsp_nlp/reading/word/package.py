"""The ZIP file that a Word document is: its parts, and which part stands for what."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.limits import MEGABYTE, Limits
from kcsp_nlp.reading.word.markup import parse

_MAIN = "word/document.xml"
_ENCRYPTED = 0x1
# Of the others zipfile unpacks as much at a time as a bomb wants.
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# What zipfile raises on damaged files; ValueError also for names that are in no encoding.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
_ANEW = "open it in Word or LibreOffice and save it anew"


@dataclass(frozen=True)
class Relation:
    """What a part refers to.

    Attributes:
        kind: Last word of its type: "header", "footnotes", "styles".
        target: Name of the part.
    """

    kind: str
    target: str


class Package:
    """The parts of a document.

    Args:
        data: All of the file.
        where: What messages call it.
        limits: Bounds of reading: of one part `megabytes`, of all that are read
            `unpacked_megabytes`, of their number `members`.

    Raises:
        ReadingError: no sound ZIP file, or too much in it.
    """

    def __init__(self, data: bytes, where: str, limits: Limits) -> None:
        self.where = where
        self._limits = limits
        self._left = int(limits.unpacked_megabytes * MEGABYTE)
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise self._broken("a damaged ZIP file") from error
        members = self._file.infolist()
        if len(members) > limits.members:
            raise ReadingError(
                f"{where}: found {len(members)} parts, expected a Word document of at most "
                f"{limits.members}; raise the limit `members` if the file is to be trusted"
            )
        # Names of parts are the same in any case, and some writers divide folders by backslashes.
        self._members = {_key(member.filename): member for member in members}

    def main(self) -> str:
        """Return the name of the part that holds the text."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and _key(relation.target) in self._members:
                return relation.target
        return _MAIN

    def relations(self, part: str) -> dict[str, Relation]:
        """Return what a part refers to inside the package, by id; for "" the package itself."""
        folder, name = posixpath.split(part)
        root = self.root(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relation] = {}
        for each in root if root is not None else ():
            target, kind = each.get("Target", ""), each.get("Type", "").rpartition("/")[2]
            if each.get("TargetMode") != "External" and target:
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[each.get("Id", "")] = Relation(kind, path)
        return found

    def root(self, part: str) -> Element | None:
        """Parse a part; None where the package has none of this name.

        Raises:
            ReadingError: it is damaged, encrypted, too large, or no XML.
        """
        member = self._members.get(_key(part))
        return parse(self._unpack(member, part), self.where, part) if member else None

    def _unpack(self, member: zipfile.ZipInfo, part: str) -> bytes:
        if member.flag_bits & _ENCRYPTED:
            raise ReadingError(
                f"{self.where}: found an encrypted part {part}, expected a document without a "
                "password; save it without one"
            )
        if member.compress_type not in _METHODS:
            raise self._broken(f"a part {part} packed in a way that Word does not use")
        most = min(self._limits.bytes, self._left)
        try:
            with self._file.open(member) as stream:
                data = stream.read(most + 1)
        except _BROKEN as error:
            raise self._broken(f"a damaged part {part}") from error
        # What the directory says of the size may be a lie, what was unpacked is not.
        if max(len(data), member.file_size) > most:
            raise ReadingError(
                f"{self.where}: found a part {part} of more than {most // MEGABYTE} MB unpacked, "
                "expected the minutes of one meeting; raise the limit `megabytes` if the file is "
                "to be trusted"
            )
        self._left -= len(data)
        return data

    def _broken(self, found: str) -> ReadingError:
        return ReadingError(f"{self.where}: found {found}, expected a Word document; {_ANEW}")


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
