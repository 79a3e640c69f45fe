"""A document's text into the view that finders read: the only module that knows every damage."""

from __future__ import annotations

from kcsp_nlp.minutes.conversion.characters import ODD_SPACE, SPACES, find_characters
from kcsp_nlp.minutes.conversion.html_tables import find_html_tables
from kcsp_nlp.minutes.conversion.markup import find_markup, find_tags
from kcsp_nlp.minutes.conversion.pages import find_pages
from kcsp_nlp.minutes.conversion.spacing import find_spacing
from kcsp_nlp.minutes.conversion.tables import find_tables
from kcsp_nlp.minutes.conversion.unwrapping import find_unwrapped
from kcsp_nlp.minutes.conversion.view import View
from kcsp_nlp.minutes.conversion.whole_lines import find_line_marks, find_underlined


def undo(text: str) -> View:
    """Return a document as it was before a converter wrote it, as far as that can be seen.

    Args:
        text: The document's text; it is not changed.

    Returns:
        A view whose text is the same where nothing is damaged.
    """
    view = _spaced(text)
    for find in (
        find_characters,
        find_underlined,
        find_html_tables,
        find_markup,
        find_line_marks,
        find_tables,
        find_unwrapped,
        find_pages,
        find_spacing,
    ):
        view = view.edited(find(view.text))
    return view


def unmark(text: str) -> View:
    """Return a document without what stands in the way of its words alone.

    Entities, tags, links and unseen characters are undone; lines, tables and pages stay.

    Args:
        text: The document's text; it is not changed.

    Returns:
        A view whose text is the same object where there is nothing to undo.
    """
    view = _spaced(text)
    view = view.edited(find_characters(view.text))
    return view.edited(find_tags(view.text))


def _spaced(text: str) -> View:
    view = View(text)
    return view.translated(SPACES) if ODD_SPACE.search(text) else view
