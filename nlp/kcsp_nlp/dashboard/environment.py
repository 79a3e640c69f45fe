"""Templates: everything that is put into them is escaped, and what is not given is an error."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from kcsp_nlp.dashboard import addresses, navigation, wording
from kcsp_nlp.dashboard.source import Source
from kcsp_nlp.dashboard.standing import LOOKS, STATES, WORDS

# No inline script or style, nothing from elsewhere. `'self'` is the server where there is one;
# `file:` is for one that is opened from a disk, where Firefox takes `'self'` to be nothing.
POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; "
    "img-src 'self' file: data:; connect-src 'none'; form-action 'none'; base-uri 'none'"
)
_TOPIC_COLOURS = 8  # as many as site.css has; more topics begin again


def make_environment(source: Source) -> Environment:
    """Return the environment of all templates.

    Args:
        source: The warehouse, for the titles of topics and their colours, which are the same on
            every page.
    """
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
    environment.tests.update(iso_date=wording.is_iso_date)
    titles = {topic["topic_id"]: topic["title"] for topic in source.topics()}
    classes = {topic: f"topic-{i % _TOPIC_COLOURS + 1}" for i, topic in enumerate(titles)}
    environment.globals.update(
        address=addresses.address,
        item_anchor=addresses.item_anchor,
        mention_anchor=addresses.mention_anchor,
        navigation=navigation.navigation,
        policy=POLICY,
        states=STATES,
        state_words=WORDS,
        state_class=LOOKS,
        topic_class=classes.__getitem__,
        topic_title=titles.__getitem__,
    )
    return environment
