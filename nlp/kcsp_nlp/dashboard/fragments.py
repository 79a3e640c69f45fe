"""Where a list lies that is narrowed to something: its filters stand behind the `#`."""

from __future__ import annotations

from jinja2.utils import url_quote


def narrowed(page: str, **filters: str | None) -> str:
    """Return the address of a list with filters set, from the root of the site.

    Args:
        page: Its name: items, actions.
        filters: `topic`, `body`, `person`, `organisation`, `law`, `state`, and `from_` and `to` for
            days; None sets none.
    """
    said = "&".join(
        f"{key.rstrip('_')}={url_quote(value)}" for key, value in filters.items() if value
    )
    return f"{page}.html" + (f"#{said}" if said else "")
