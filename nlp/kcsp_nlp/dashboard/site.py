"""The whole site: every page and file, written beside its place and moved there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment

from kcsp_nlp.dashboard.addresses import root
from kcsp_nlp.dashboard.environment import make_environment
from kcsp_nlp.dashboard.page import File, Options, Page, Pages
from kcsp_nlp.dashboard.pages import (
    about,
    bodies,
    explore,
    laws,
    meetings,
    organisations,
    overview,
    people,
    search,
    topics,
)
from kcsp_nlp.dashboard.source import Source
from kcsp_nlp.replacing import new_folder

# In the order in which they are written.
KINDS: tuple[Pages, ...] = (
    overview.pages,
    topics.pages,
    bodies.pages,
    meetings.pages,
    people.pages,
    organisations.pages,
    laws.pages,
    explore.pages,
    search.pages,
    about.pages,
)


_MARK = ".kcsp-nlp-site"  # in every site: what is not ours is never replaced


class Built(NamedTuple):
    """What was written: how many pages, how many files in all, and their size in bytes."""

    pages: int
    files: int
    size: int


def build(
    connection: sqlite3.Connection,
    output: Path,
    options: Options,
    follow: Callable[[int], None] = lambda pages: None,
) -> Built:
    """Write a site.

    Args:
        connection: A warehouse, as `kcsp_nlp.warehouse.sqlite.connect` opens it, of what may be
            shown.
        output: The folder; an older site there is replaced once the new one is whole.
        options: What the site is to be.
        follow: Told how many pages there are, as they are written.

    Raises:
        KcspError: the folder holds something else, or cannot be written.
    """
    with new_folder(output, mark=_MARK, what="site of `kcsp-nlp dashboard`") as place:
        return _write(Source(connection), place, options, follow)


def _write(source: Source, place: Path, options: Options, follow: Callable[[int], None]) -> Built:
    pages = number = size = 0
    environment = make_environment(source)
    environment.globals.update(site=options, counts=source.counts())
    for path, data, is_page in chain(_assets(), _made(environment, source, options)):
        target = place / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        number += 1
        size += len(data)
        if is_page:
            pages += 1
            follow(pages)
    return Built(pages, number, size)


def _assets() -> Iterator[tuple[str, bytes, bool]]:
    for asset in sorted((files("kcsp_nlp.dashboard") / "assets").iterdir(), key=_name):
        yield f"assets/{asset.name}", asset.read_bytes(), False


def _name(asset: Traversable) -> str:
    return asset.name


def _made(
    environment: Environment, source: Source, options: Options
) -> Iterator[tuple[str, bytes, bool]]:
    for kind in KINDS:
        for each in kind(source, options):
            data = _text(environment, each).encode("utf-8", "replace")
            yield each.path, data, isinstance(each, Page)


def _text(environment: Environment, each: Page | File) -> str:
    if isinstance(each, File):
        return each.text
    template = environment.get_template(each.template)
    return template.render({**each.context, "path": each.path, "root": root(each.path)})
