"""Templates: everything that is put into them is escaped, and what is not given is an error."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from kcsp_nlp.dashboard import addresses, wording

# No inline script or style, nothing from elsewhere; `'self'` is the folder that the page is in.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'none'; form-action 'none'; base-uri 'none'"
)


def make_environment() -> Environment:
    """Return the environment of all templates."""
    environment = Environment(
        loader=PackageLoader("kcsp_nlp.dashboard"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(
        number=wording.number,
        percent=wording.percent,
        money=wording.money,
        day=wording.day,
        plural=wording.plural,
    )
    environment.globals.update(
        address=addresses.address,
        item_anchor=addresses.item_anchor,
        mention_anchor=addresses.mention_anchor,
        policy=POLICY,
    )
    return environment
