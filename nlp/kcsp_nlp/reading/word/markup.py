"""The XML of a part as a tree with short names ("p"), whichever namespaces its dialect has.

Nothing is taken from outside: a part with a document type, the only place where entities are
declared, is refused before it is parsed.
"""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from kcsp_nlp.errors import ReadingError

_OPEN = "http://schemas.openxmlformats.org/"
# "Strict" documents of the ISO standard have the same names in namespaces of their own.
_STRICT = "http://purl.oclc.org/ooxml/"
_PREFIXES = {
    f"{_OPEN}wordprocessingml/2006/main": "",
    f"{_STRICT}wordprocessingml/main": "",
    f"{_OPEN}officeDocument/2006/relationships": "r",
    f"{_STRICT}officeDocument/relationships": "r",
    f"{_OPEN}package/2006/relationships": "rels",
    f"{_OPEN}markup-compatibility/2006": "mc",
    f"{_OPEN}officeDocument/2006/math": "m",
    f"{_STRICT}officeDocument/math": "m",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "urn:schemas-microsoft-com:vml": "v",
}
_OTHER = "other"
_DOCTYPE = "<!DOCTYPE"
_DOCTYPES = tuple(_DOCTYPE.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_OFF = frozenset({"0", "false", "off", "none"})


def parse(data: bytes, where: str, part: str) -> Element:
    """Parse a part.

    Args:
        data: All of the part.
        where: What messages call the file.
        part: Name of the part, for messages.

    Returns:
        The root; in it and below it names are bare in Word's own namespace and in none, and
        otherwise behind a prefix: "r-id", "mc-Choice", "other-..." for what says nothing here.

    Raises:
        ReadingError: the part is no XML, or has a document type.
    """
    if any(mark in data for mark in _DOCTYPES):
        raise ReadingError(
            f"{where}: found a document type (entities) in {part}, expected plain XML as Word "
            "writes it; the file is hostile or damaged: do not trust it"
        )
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 -- there is no document type
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ReadingError(
            f"{where}: found broken XML in {part}, expected a sound Word document; open it in Word "
            "or LibreOffice and save it anew"
        ) from error
    known: dict[str, str] = {}
    for element in root.iter():
        element.tag = _short(element.tag, known)
        if element.attrib:
            element.attrib = {_short(name, known): held for name, held in element.items()}
    return root


def _short(name: str, known: dict[str, str]) -> str:
    short = known.get(name)
    if short is None:
        space, _, local = name.rpartition("}")
        prefix = _PREFIXES.get(space[1:], _OTHER) if space else ""
        short = known[name] = f"{prefix}-{local}" if prefix else local
    return short


def value(element: Element | None, name: str, attribute: str = "val") -> str | None:
    """Return an attribute of a child; None where there is no such child or attribute."""
    child = element.find(name) if element is not None else None
    return child.get(attribute) if child is not None else None


def number(held: str | None) -> int | None:
    """Read a whole number; None for nothing, or for what is none or absurdly large."""
    try:
        read = int(held) if held is not None and len(held) < 10 else None  # noqa: PLR2004
    except ValueError:
        return None
    return read


def switch(properties: Element | None, name: str) -> bool | None:
    """Read a property that is on or off ("b"); None where it is not set."""
    child = properties.find(name) if properties is not None else None
    if child is None:
        return None
    return child.get("val", "1").lower() not in _OFF
