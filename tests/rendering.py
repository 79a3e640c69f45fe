"""Sample minutes as the files that councils publish: web page, PDF, Word and OpenDocument.

`python tests/rendering.py` makes those of `corpus/formats/` anew from `corpus/samples/`; it needs
Chromium (PDF) and LibreOffice (Word, OpenDocument).
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "corpus" / "samples"
FORMATS = ROOT / "corpus" / "formats"

_STYLE = (
    "body{font:11pt Arial,sans-serif;margin:0} pre{font:9.5pt monospace;white-space:pre-wrap}"
    "table{border-collapse:collapse} td,th{border:1px solid black;padding:3pt;text-align:left}"
)
# "## 4. Title" -> level and title
_HEADING = re.compile(r"(#{1,6}) +(.+)")
# "- text", "1. text", "(a) text"
_BULLET = re.compile(r"[-*] +(.+)")
_RULE = re.compile(r"\|?[\s|:-]+\|?")


def to_html(text: str, *, markdown: bool) -> str:
    """Return minutes as a web page, as plain as clerks make them."""
    body = "".join(_markdown(text) if markdown else _preformatted(text))
    return (
        f"<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><title>Minutes</title>"
        f"<style>{_STYLE}</style></head>\n<body>\n{body}</body></html>\n"
    )


def _preformatted(text: str) -> Iterator[str]:
    for block in re.split(r"\n[ \t]*\n", text):
        yield f"<pre>{html.escape(block.strip(chr(10)))}</pre>\n"


def _markdown(text: str) -> Iterator[str]:
    blocks = re.split(r"\n[ \t]*\n", text)
    for block in blocks:
        for kind, group in groupby(block.strip().splitlines(), _kind):
            yield from _render(kind, list(group))


def _kind(line: str) -> str:
    if line.lstrip().startswith("|"):
        return "table"
    if _HEADING.fullmatch(line.strip()):
        return "heading"
    return "bullet" if _BULLET.fullmatch(line.strip()) else "text"


def _render(kind: str, lines: list[str]) -> Iterator[str]:
    if kind == "table":
        rows = [line.strip().strip("|").split("|") for line in lines if not _RULE.fullmatch(line)]
        cells = ("".join(f"<td>{_inline(cell)}</td>" for cell in row) for row in rows)
        yield "<table>" + "".join(f"<tr>{row}</tr>\n" for row in cells) + "</table>\n"
    elif kind == "heading":
        for line in lines:
            marks, title = re.match(_HEADING, line.strip()).groups()  # type: ignore[union-attr]
            yield f"<h{len(marks)}>{_inline(title)}</h{len(marks)}>\n"
    elif kind == "bullet":
        items = (f"<li>{_inline(line.strip()[1:])}</li>\n" for line in lines)
        yield f"<ul>{''.join(items)}</ul>\n"
    elif lines != ["---"] and lines:
        yield f"<p>{'<br>'.join(map(_inline, lines))}</p>\n"


def _inline(text: str) -> str:
    escaped = html.escape(text.strip())
    bold = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escaped)
    return re.sub(r"\*(.+?)\*", r"<i>\1</i>", bold)


def print_pdf(page: Path, output: Path) -> None:
    """Print a web page with Chromium."""
    subprocess.run(
        [
            shutil.which("chromium") or "chromium",
            *("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"),
            f"--print-to-pdf={output}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )


def convert(source: Path, suffix: str, folder: Path) -> Path:
    """Convert a file with LibreOffice, and return what it made."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                shutil.which("soffice") or "soffice",
                f"-env:UserInstallation={Path(profile).as_uri()}",
                *("--headless", "--convert-to", suffix, "--outdir", str(folder), str(source)),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
    return folder / f"{source.stem}.{suffix.split(':', maxsplit=1)[0]}"


def main() -> None:
    """Make the files of `corpus/formats/`."""
    FORMATS.mkdir(exist_ok=True)
    for sample in sorted(SAMPLES.glob("*_*")):
        text = sample.read_bytes().decode("cp1252" if "portobello" in sample.name else "utf-8")
        page = FORMATS / f"{sample.stem}.html"
        page.write_text(to_html(text, markdown=sample.suffix == ".md"), encoding="utf-8")
        print_pdf(page, page.with_suffix(".pdf"))
        with tempfile.TemporaryDirectory() as folder:
            # LibreOffice's Writer, not its web editor: only the former saves Word files.
            writer = convert(page, "odt:writer8", Path(folder))
            shutil.copy(convert(writer, "docx:MS Word 2007 XML", Path(folder)), FORMATS)


if __name__ == "__main__":
    main()
