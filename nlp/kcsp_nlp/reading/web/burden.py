"""How heavy a page is to parse, measured beforehand: the rules of HTML take quadratic time.

A start tag looks through all elements that are open, an attribute through all of its tag, and
formatting that is never closed is opened anew in every paragraph. Real pages stay a thousandfold
below what is refused.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.web.tree import element_names

# Pages with fewer tags can do no harm: at worst they become a quarter of a million elements.
_HARMLESS = 1_000
_MOST_TAGS = 300_000
_MOST_ATTRIBUTES = 2_000
# Tags times the depth they stand at: 10 seconds of the parser.
_MOST_STEPS = 2_000_000_000
# Tags times the formatting that has to be opened anew for each: a gigabyte.
_MOST_REOPENED = 2_000_000

# A comment, or a tag up to its end or whatever stands in its place: '<p class="a">', '</p>';
# not "a < b". No part can be matched in two ways, and a failing start is passed over at once.
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][^\s/<>]{0,40})([^<>]*)", re.DOTALL)
# A quoted value of an attribute: "'a b'"; not "a".
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
# What is opened anew where it was not closed.
_FORMATTING = frozenset(
    {"b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"}
)
# So many equal elements are opened anew at most ("Noah's Ark" of the rules).
_EQUALS = 3


def refuse_heavy(source: str, where: str) -> None:
    """Refuse a page that the parser would take too long for.

    Args:
        source: The page, decoded.
        where: What messages call the file.

    Raises:
        ReadingError: it has too many tags or attributes, or too much in each other.
    """
    tags = source.count("<")
    if tags > _MOST_TAGS:
        raise _refusal(where, f"{tags} tags", f"at most {_MOST_TAGS}")
    flat = element_names("never_nested")
    depths: Counter[str] = Counter()
    forms: defaultdict[str, set[int]] = defaultdict(set)
    depth = deepest = 0
    surplus: Counter[str] = Counter()
    for match in _TAG.finditer(source):
        if match[2] is None:
            continue
        if len(match[3]) > _MOST_ATTRIBUTES:
            _refuse_attributes(match[3], where)
        name = match[2].lower()
        if tags <= _HARMLESS or name in flat:
            continue
        if match[1]:
            if depths[name]:
                depths[name] -= 1
                depth -= 1
            continue
        depths[name] += 1
        depth += 1
        deepest = max(deepest, depth)
        if name in _FORMATTING:
            forms[name].add(hash(match[3]))
            surplus[name] = max(surplus[name], depths[name])
    reopened = sum(min(surplus[name], _EQUALS * len(found)) for name, found in forms.items())
    if deepest * tags > _MOST_STEPS or reopened * tags > _MOST_REOPENED:
        raise _refusal(where, f"elements {deepest} deep in each other", "a few dozen at most")


def _refuse_attributes(attributes: str, where: str) -> None:
    count = len(_QUOTED.sub("", attributes).split())
    if count > _MOST_ATTRIBUTES:
        raise _refusal(where, f"a tag with {count} attributes", f"at most {_MOST_ATTRIBUTES}")


def _refusal(where: str, found: str, expected: str) -> ReadingError:
    return ReadingError(
        f"{where}: found {found}, expected {expected}; the page is broken or hostile: open it in a "
        "browser and save or print it as PDF"
    )
