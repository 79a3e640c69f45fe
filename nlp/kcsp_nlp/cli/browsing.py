"""A page in the browser of whoever runs the command."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import typer


def open_page(page: Path) -> None:
    """Open a page in the browser; say so where there is none."""
    try:
        opened = webbrowser.open(page.resolve().as_uri())
    except (webbrowser.Error, OSError):
        opened = False
    if not opened:
        typer.echo("no browser was found: open the page yourself", err=True)
