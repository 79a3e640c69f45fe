"""Texts that spreadsheet programs would take for formulas.

After OWASP's page on CSV injection: a cell is made safe by an apostrophe in front. A text that
begins with apostrophes is judged by what follows them, so that the apostrophe can be taken away
again without a doubt: it is ours where what follows it would have been given one.
"""

from __future__ import annotations

import re

# What programs skip before they look at a cell: space, quotes, marks that nobody sees.
_SKIPPED = "\\s\x00-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff'\"`´‘’‚‛“”„‟«»＇＂"
# Also full-width and small forms, which some keyboards and programs take for the signs themselves.
_SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫"
# matches: "=1+1", "- to note", ' "＝A1', "\tx", "'\tx", "'=1"    does not match: "1-2", "'x", "a=1"
_FORMULA = re.compile(f"'*(?:[\t\r\n\x00]|[{_SKIPPED}]*[{_SIGNS}])")


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet program may take a text for a formula."""
    return _FORMULA.match(text) is not None
