"""Paths and addresses on the command line."""

from __future__ import annotations

from typing import Any

import typer

from kcsp_nlp.errors import KcspError


def place(text: str) -> Any:  # Typer would take a path of this machine for more than an annotation
    """Return the `Place` that an argument stands for.

    Raises:
        BadParameter: it is the address of a store that cannot be used.
    """
    from kcsp_nlp.storage.places import parse_place

    try:
        return parse_place(text)
    except KcspError as error:
        raise typer.BadParameter(str(error)) from error


def file_place(text: str) -> Any:
    """Return the `Place` of a file to write.

    Raises:
        BadParameter: it is the address of a store that cannot be used, or that of a folder.
    """
    from kcsp_nlp.storage.places import is_remote

    found = place(text)
    if is_remote(found) and (text.endswith("/") or not found.name):
        raise typer.BadParameter(
            f"{found}: found the address of a bucket or folder, expected that of a file; add its "
            "name"
        )
    return found
