"""Where the page of something lies.

Addresses are made from hashes: records come from anywhere, an analyst may have put a name into an
identifier, and addresses are logged and passed on.
"""

from __future__ import annotations

import hashlib
from typing import Literal

Kind = Literal["meetings", "bodies", "people", "organisations", "laws", "topics"]


def address(kind: Kind, identifier: str) -> str:
    """Return the path of the page of something, from the root of the site."""
    return f"{kind}/{token(identifier)}.html"


def token(identifier: str) -> str:
    """Return 16 hex digits that stand for an identifier in addresses and in data for scripts."""
    return hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def root(path: str) -> str:
    """Return the way from a page back to the root of the site: empty, or `../` once or more."""
    return "../" * path.count("/")


def item_anchor(position: int) -> str:
    """Return the name of an item's place on the page of its meeting."""
    return f"item-{position}"


def mention_anchor(position: int, start: int) -> str:
    """Return the name of a mention's place: the item's position and the offset in its text."""
    return f"m-{position}-{start}"


def decision_anchor(position: int, start: int) -> str:
    """Return the name of a decision's place on the page of its meeting."""
    return f"d-{position}-{start}"


def action_anchor(position: int, start: int) -> str:
    """Return the name of an action's place on the page of its meeting."""
    return f"a-{position}-{start}"
