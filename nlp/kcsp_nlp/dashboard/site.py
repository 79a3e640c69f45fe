"""The whole site: every page and file, written beside its place and moved there."""

from __future__ import annotations

import sqlite3
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment

from kcsp_nlp.dashboard.addresses import root
from kcsp_nlp.dashboard.environment import make_environment
from kcsp_nlp.dashboard.page import File, Options, Page, Pages
from kcsp_nlp.dashboard.pages import overview
from kcsp_nlp.dashboard.source import Source
from kcsp_nlp.errors import KcspError

# In the order in which they are written.
KINDS: tuple[Pages, ...] = (overview.pages,)
MARK = ".kcsp-nlp-site"  # in every site: what is not ours is never replaced


class Built(NamedTuple):
    """What was written: how many pages, how many files in all, and their size in bytes."""

    pages: int
    files: int
    size: int


def build(connection: sqlite3.Connection, output: Path, options: Options) -> Built:
    """Write a site.

    Args:
        connection: A warehouse, as `kcsp_nlp.warehouse.sqlite.connect` opens it, of what may be
            shown.
        output: The folder; an older site there is replaced once the new one is whole.
        options: What the site is to be.

    Raises:
        KcspError: the folder holds something else, or cannot be written.
    """
    _refuse_other(output)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=output.parent, prefix=f".{output.name}.") as beside:
            place = Path(beside) / "site"
            built = _write(Source(connection), place, options)
            if output.exists():
                output.replace(Path(beside) / "old")
            place.replace(output)
    except OSError as error:
        raise KcspError(
            f"{output}: cannot be written ({error.strerror}); expected a folder that may be made"
        ) from error
    return built


def _refuse_other(output: Path) -> None:
    if output.exists() and not (output.is_dir() and (_is_site(output) or _is_empty(output))):
        raise KcspError(
            f"{output}: holds something that is no site of `kcsp-nlp dashboard`, expected such a "
            "site or a new folder; give another place with -o"
        )


def _is_site(folder: Path) -> bool:
    return (folder / MARK).is_file()


def _is_empty(folder: Path) -> bool:
    return not any(folder.iterdir())


def _write(source: Source, place: Path, options: Options) -> Built:
    place.mkdir()
    (place / MARK).write_text("", encoding="utf-8")
    assets = files("kcsp_nlp.dashboard") / "assets"
    (place / "assets").mkdir()
    written = [0, 0, 0]
    for asset in assets.iterdir():
        data = asset.read_bytes()
        (place / "assets" / asset.name).write_bytes(data)
        written[1] += 1
        written[2] += len(data)
    environment = make_environment()
    environment.globals.update(site=options, counts=source.counts())
    for kind in KINDS:
        for each in kind(source, options):
            data = _text(environment, each).encode("utf-8", "replace")
            path = place / each.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            written[0] += isinstance(each, Page)
            written[1] += 1
            written[2] += len(data)
    return Built(*written)


def _text(environment: Environment, each: Page | File) -> str:
    if isinstance(each, File):
        return each.text
    template = environment.get_template(each.template)
    return template.render({**each.context, "path": each.path, "root": root(each.path)})
