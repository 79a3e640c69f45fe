"""Word documents for tests, part by part: what Word writes, and what no program should."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from kcsp_nlp.reading import Limits
from kcsp_nlp.reading.document import Extracted
from kcsp_nlp.reading.word.extracting import extract

OPEN = "http://schemas.openxmlformats.org/"
MAIN = f"{OPEN}wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{OPEN}officeDocument/2006/relationships" '
    f'xmlns:mc="{OPEN}markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_PARTS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "header1": "hdr",
    "header2": "hdr",
    "footer1": "ftr",
}


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Zip parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, held in parts.items():
            file.writestr(name, held)
    return stream.getvalue()


def relationships(targets: Mapping[str, str]) -> str:
    """Write relationships: the id is the name of the part, so is its kind, without digits."""
    each = "".join(
        f'<Relationship Id="{name}" Type="{OPEN}officeDocument/2006/relationships/'
        f'{name.rstrip("0123456789")}" Target="{target}"/>'
        for name, target in targets.items()
    )
    return f'<Relationships xmlns="{OPEN}package/2006/relationships">{each}</Relationships>'


def document_parts(body: str, **others: str) -> dict[str, str | bytes]:
    """Return the parts of a document: its body, and what stands in others by their name."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{OPEN}package/2006/content-types"/>',
        "_rels/.rels": relationships({"officeDocument": "word/document.xml"}),
        "word/document.xml": (
            f'<?xml version="1.0" encoding="UTF-8"?><w:document {NAMESPACES}><w:body>{body}'
            "</w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": relationships({name: f"{name}.xml" for name in others}),
    }
    for name, held in others.items():
        root = _PARTS[name]
        parts[f"word/{name}.xml"] = f"<w:{root} {NAMESPACES}>{held}</w:{root}>"
    return parts


def document(body: str, **others: str) -> bytes:
    """Make a document."""
    return package(document_parts(body, **others))


def extracted(body: str, **others: str) -> Extracted:
    """Make a document and read it."""
    return extract(document(body, **others), "minutes.docx", Limits())[0]


def text(body: str, **others: str) -> str:
    """Make a document and return its text without the last line end."""
    return extracted(body, **others).text.removesuffix("\n")


def run(held: str, look: str = "") -> str:
    """Return a run of text with properties such as `<w:b/>`."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{held}</w:t></w:r>'


def paragraph(held: str = "", properties: str = "", *, look: str = "") -> str:
    """Return a paragraph of one run, or of what is given as elements."""
    inner = held if held.startswith("<") or not held else run(held, look)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def table(*rows: str, properties: str = "") -> str:
    """Return a table of rows."""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row; cells are texts, paragraphs or whole cells."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(map(cell, cells))}</w:tr>"


def cell(held: str, properties: str = "") -> str:
    """Return a cell."""
    if held.startswith("<w:tc>"):
        return held
    inner = held if held.startswith("<") else paragraph(held)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def numbered(held: str, list_id: int | str | None = None, level: int | None = 0) -> str:
    """Return a paragraph of a list."""
    at = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    of = "" if list_id is None else f'<w:numId w:val="{list_id}"/>'
    return paragraph(held, f"<w:numPr>{at}{of}</w:numPr>")


def level(at: int, form: str, shown: str, more: str = "", start: int = 1) -> str:
    """Return a level of a list's definition."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
    )


def definition(name: int, *levels: str) -> str:
    """Return the definition of a list."""
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def concrete(list_id: int, name: int, overrides: str = "") -> str:
    """Return a list of a definition."""
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{name}"/>{overrides}</w:num>'


def style(
    name: str, shown: str = "", properties: str = "", *, base: str = "", look: str = ""
) -> str:
    """Return a style of paragraphs."""
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown or name}"/>{based}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
    )
