"""spaCy's English tokenizer, taught the marks of minutes.

Nothing is lost: the tokens joined are the text. What differs from English: emphasis marks, table
bars, slashes between names and brackets' corners stand alone wherever they touch a word, and a
currency sign never sticks to its figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import (
    compile_infix_regex,
    compile_prefix_regex,
    compile_suffix_regex,
    registry,
)

# Marks that converters put at either end of a word: "**Action:**", "\[sic\]", "_Item", "|Chair".
_EDGES = (
    r"\*+",
    r"_+",
    r"\|+",
    r"\\+",
    r"#+",
    r"~+",
    r"/",
    r"-(?=[A-Z(])",
    r">",
    r"<",
    r"[–—-]+",
    r"‐",
    r"=",
)

# A full stop after a scale, an ampersand name or a provision: "£2m.", "B&M.", "s.141A.".
_STOPS = (r"(?<=\d[mkp])\.", r"(?<=\dbn)\.", r"(?<=&[A-Z])\.", r"(?<=\d[A-Z])\.", r"(?<=\.[A-Z])\.")

# Marks between two words of which each is a token: "KCC/NHS", "Parris/Swan", "(PB)–Chair", "x**y".
_BETWEEN = (
    r"(?<=\w)[/|\\](?=\w)",
    r"[|*_\\]{1,}",
    r"(?<=[\w.)\]])[–—](?=[\w(\[£€$])",
    r"(?<=\w)[(\[](?=\w)",
    r"(?<=\w)[)\]](?=\w)",
    r"(?<=[a-z]{2})[:;.](?=[A-Z])",
    r"(?<=\w)[:;](?=[£€A-Za-z])",
    r"(?<=[a-z])&(?=[A-Z])",
    r"(?<=\w)\+(?=\w)",
    r"(?<=\d)(?=(?:bn|m|k|p|pm|am)\b)",
    r"(?<=\w)[’'](?=s[-–—/,;:)])",
    r"(?<=[-–—/(])[£€$](?=\d)",
    r"(?<=\d)[-–—](?=[£€$\d])",
    r"(?<=\d[mkp])[-–—]",
    r"(?:&nbsp;|<br\s?/?>?)",
)


# English keeps "m." whole; here it would swallow the full stop of "£2m.". Matches "m.", not "J.".
_LETTER = re.compile(r"[a-z]\.$")


@registry.tokenizers("kcsp.Tokenizer.v1")
def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return the function that makes a pipeline's tokenizer (spaCy's `nlp.tokenizer`)."""

    def make(nlp: Language) -> Tokenizer:
        defaults = nlp.Defaults
        prefixes = compile_prefix_regex([*_EDGES, *(defaults.prefixes or ())])
        suffixes = compile_suffix_regex([*(defaults.suffixes or ()), *_EDGES, *_STOPS])
        infixes = compile_infix_regex([*_BETWEEN, *(defaults.infixes or ())])
        return Tokenizer(
            nlp.vocab,
            rules={
                word: pieces
                for word, pieces in (defaults.tokenizer_exceptions or {}).items()
                if not _LETTER.match(word)
            },
            prefix_search=prefixes.search,
            suffix_search=suffixes.search,
            infix_finditer=infixes.finditer,
            token_match=defaults.token_match,
            url_match=defaults.url_match,
        )

    return make
