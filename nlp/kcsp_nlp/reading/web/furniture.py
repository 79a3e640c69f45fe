"""What stands on a page besides its content: navigation, banners, notices, hidden text."""

from __future__ import annotations

import re
from functools import lru_cache

from kcsp_nlp.reading.document import AsideKind
from kcsp_nlp.reading.web.tree import Element, walk, weigh

Reason = tuple[AsideKind, str]

_ROLES = {
    "navigation": "navigation",
    "banner": "banner",
    "contentinfo": "footer of the page",
    "complementary": "beside the content",
    "search": "search",
    "dialog": "dialog",
    "alertdialog": "dialog",
    "menu": "menu",
    "menubar": "menu",
    "toolbar": "tools",
}
_TAGS = {
    "nav": "navigation",
    "aside": "beside the content",
    "menu": "menu",
    "dialog": "dialog",
    "search": "search",
}
_CONTROLS = frozenset(
    {"button", "select", "input", "textarea", "datalist", "optgroup", "option", "progress", "meter"}
)
# Classes and ids of what is no content. Each stands for a whole word of a name: "cookie-notice",
# "site_nav", "shareLinks"; not "canvas", "headered", "shared-minutes".
_NAMES = re.compile(
    r"(?:^|[-_ ])(?:"
    r"cookies?(?:bar|banner|notice|consent|law|info)?|ccc|gdpr|onetrust|cky|cmplz"
    r"|breadcrumbs?|pathway|skip(?:link|nav|-?to)?|skip-links?"
    r"|nav(?:bar|igation|igator)?|menus?|submenu|mainmenu|topbar|offcanvas"
    r"|share(?:daddy|this|links?|buttons?)?|addtoany|addthis|social|sharing|follow-us"
    r"|sidebars?|widget-area|related(?:-?posts?|-?content)?|jp-relatedposts"
    r"|pagination|pager|page-links|post-navigation|nav-links"
    r"|entry-meta|post-meta|article-info|byline|posted-on|postmetadata|submitted|entry-footer|post-footer|tagcloud"
    r"|comment-respond|comments-area|searchform|search-form|search-box|newsletter|feedback|rating"
    r"|back-to-top|backtotop|print-link|print-this|login|masthead|site-header|site-footer"
    r"|page-header-bar|site-info|colophon|advert|ads|banner|language-switcher|translate"
    r")(?=$|[-_ ])",
    re.IGNORECASE,
)
# "shareLinks" -> "share-Links"
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Classes whose text only screen readers say: "Skip to content".
_UNSEEN = frozenset(
    {
        "sr-only",
        "visually-hidden",
        "visuallyhidden",
        "screen-reader-text",
        "element-invisible",
        "mghide",
        "is-hidden",
        "govuk-visually-hidden",
        "is-sr-only",
        "hidden-text",
        "offscreen",
    }
)
# What the name of an element says is only believed up to these: no page is all navigation.
_SMALL = 400
_MOST_SHARE = 0.4
_LINKED = 0.4
# Hidden text that is more than this share of a page is shown by a script, such as folded sections.
_MOST_HIDDEN = 0.4


def set_aside_furniture(body: Element) -> tuple[str, ...]:
    """Mark what is hidden, deleted or no content, by what the page itself calls it.

    Args:
        body: The body of a page; its elements are marked, so that it has to be weighed again.

    Returns:
        Warnings, one sentence each.
    """
    weigh(body)
    warnings = _set_aside_hidden(body)
    whole = body.weight - body.linked
    for element in walk(body):
        if element is body:
            continue
        reason = _reason(element, whole)
        if reason is not None:
            element.aside = reason
    return warnings


def _set_aside_hidden(body: Element) -> tuple[str, ...]:
    kept = False
    for element in walk(body):
        if element is body or not _is_hidden(element):
            continue
        if element.weight > _SMALL and element.weight > _MOST_HIDDEN * body.weight:
            kept = True
        else:
            element.aside = ("hidden", "the page does not show it")
    if kept:
        return ("much of the page is hidden until somebody unfolds it, and was read nevertheless",)
    return ()


def _is_hidden(element: Element) -> bool:
    attributes = element.attributes
    if "hidden" in attributes and attributes["hidden"].lower() != "until-found":
        return True
    if attributes.get("aria-hidden", "").lower() == "true":
        return True
    if element.classes & _UNSEEN:
        return True
    if "style" not in attributes:
        return False
    return (
        element.style("display") == "none"
        or element.style("visibility") in {"hidden", "collapse"}
        or element.style("mso-hide") == "all"
    )


def _reason(element: Element, whole: int) -> Reason | None:
    """Tell why an element is no content; None where it is or may be."""
    if element.tag == "del":
        return "deletion", "marked as deleted"
    if element.tag in _CONTROLS:
        return "navigation", "control of a form"
    return _word(element) or _by_role(element, whole)


def _by_role(element: Element, whole: int) -> Reason | None:
    """Tell what an element is by its role, tag or name, unless it says much of the page."""
    said = element.weight - element.linked
    if said > _MOST_SHARE * whole and said > _SMALL:
        return None
    role = element.attributes.get("role", "").lower()
    called = _ROLES.get(role) or _TAGS.get(element.tag)
    return ("navigation", called) if called else _named(element)


def _word(element: Element) -> Reason | None:
    """Tell what Word's pages say of their parts: comments, running headers and footers."""
    if "msocommentreference" in element.classes or "msocomtxt" in element.classes:
        return "comment", "a comment of Word"
    part = element.style("mso-element")
    if part in {"comment-list", "comment"}:
        return "comment", "a comment of Word"
    if part == "header":
        return "header", "running header of Word"
    if part == "footer":
        return "footer", "running footer of Word"
    return None


def _named(element: Element) -> Reason | None:
    """Tell what an element is by its name, where its size and links do not speak against it."""
    name = f"{element.attributes.get('class', '')} {element.attributes.get('id', '')}"
    called = _called(name[:_SMALL])
    if called is None or element.tag in {"body", "main", "article", "table", "tr", "td", "th"}:
        return None
    if element.tag.startswith("h") and element.tag[1:].isdigit():
        return None
    if element.weight > _SMALL and element.linked < _LINKED * element.weight:
        return None
    if element.titled:
        return None
    return "navigation", f"called {called}"


@lru_cache(maxsize=4_096)  # a page has few classes, each many times
def _called(name: str) -> str | None:
    match = _NAMES.search(_HUMP.sub("-", name))
    return match[0].strip("-_ ").lower() if match else None
