"""Elements of a chart as text: every value is escaped."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape


def element(
    name: str, content: str | Iterable[str] = "", /, **attributes: str | float | None
) -> Markup:
    """Return one element.

    Args:
        name: Name of the element.
        content: What stands in it: text is escaped, `Markup` is not, and several are joined.
        attributes: `class_` is class, `text_anchor` is text-anchor; None leaves one out.
    """
    parts = (content,) if isinstance(content, str) else content
    inner = Markup("").join(parts)
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(written(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{said}>{inner}</{name}>")  # noqa: S704 - both parts are escaped


def written(value: str | float) -> str:
    """Return a value as an attribute has it: numbers with two decimals at most."""
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")


def share(value: float) -> str:
    """Return a share of the width, 0 to 1, in per cent: 33.333%."""
    return f"{value * 100:.3f}".rstrip("0").rstrip(".") + "%"
