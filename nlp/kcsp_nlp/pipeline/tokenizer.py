"""spaCy's English tokenizer, taught the marks of minutes.

Nothing is lost: the tokens joined are the text. What differs from English: emphasis marks, table
bars, slashes between names and brackets' corners stand alone wherever they touch a word, and a
currency sign never sticks to its figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import Any

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import (
    compile_infix_regex,
    compile_prefix_regex,
    compile_suffix_regex,
    registry,
)

from kcsp_nlp.pipeline.texts import keep_text

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

# A full stop after a scale, an ampersand name, a provision or an acronym: "£2m.", "B&M.",
# "s.141A.", "DfE.".
_STOPS = (
    r"(?<=\d[mkp])\.",
    r"(?<=\dbn)\.",
    r"(?<=&[A-Z])\.",
    r"(?<=\d[A-Z])\.",
    r"(?<=\.[A-Z])\.",
    r"(?<=[a-z][A-Z])\.",
)

# Marks between two words of which each is a token: "KCC/NHS", "Parris/Swan", "(PB)–Chair",
# "x**y", "Comh./Cllr", "[Panel](/p)", "Court.<br>PS", a number glued to its title ("7.Clerk",
# "24/17Clerk").
_BETWEEN = (
    r"(?<=\w)[/|\\](?=\w)",
    r"[|*_\\]{1,}",
    r"(?<=[\w.)\]])[–—](?=[\w(\[£€$])",
    r"(?<=\w)[(\[](?=\w)",
    r"(?<=\w)[)\]](?=\w)",
    r"(?<=[a-z]{2})[:;.](?=[A-Z])",
    r"(?<=\w)[:;](?=[£€A-Za-z])",
    r"(?<=[a-z])\./(?=[A-Z])",
    r"(?<=\w)\]\((?=\S)",
    r"(?<=\d)\.(?=[A-Z])",
    r"(?<=/\d\d)(?=[A-Z][a-z])",
    r"(?<=[a-z])&(?=[A-Z])",
    r"(?<=\w)\+(?=\w)",
    r"(?<=\d)(?=(?:bn|m|k|p|pm|am)\b)",
    r"(?<=\w)[’'](?=s[-–—/,;:)])",
    r"(?<=[-–—/(])[£€$](?=\d)",
    r"(?<=\d)[-–—](?=[£€$\d])",
    r"(?<=\d[mkp])[-–—]",
    r"[.,;:!?)\]’”'\"]*(?:&nbsp;|<br\s?/?>?)",
)


# English keeps "m." whole; here it would swallow the full stop of "£2m.". Matches "m.", not "J.".
_LETTER = re.compile(r"[a-z]\.$")


# Runs without white space that no word or address is as long as, and the pieces they are cut into.
# spaCy takes marks off a word one at a time: "((((…" costs the square of its length.
_ENDLESS = re.compile(r"(?<!\S)\S{400,}")
_PIECE = re.compile(r"\w{1,100}|[^\w\s]{1,100}")

# White space that is a token: more than the space between two words. "\n", "  ", "\t"; not " ".
_SPACE = re.compile(r"\s{2,}|[^\S ]")

# Words whose tokens are kept from one document to the next, and the longest of them: some 10 MB.
_KEPT = 30_000
_LONGEST = 40


class MinutesTokenizer(Tokenizer):  # type: ignore[misc]
    """spaCy's tokenizer, in time that grows with the text whatever stands in it."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Make a tokenizer; the arguments are spaCy's."""
        super().__init__(*arguments, **options)
        self.max_cache_size = _KEPT
        self._kept: set[str] = set()

    def learn(self, string: str) -> None:
        """Keep the tokens of a text's words, as long as there is room; they come out the same.

        Within a memory zone spaCy keeps nothing and cuts a word anew wherever it stands: this is
        called before one.
        """
        room = _KEPT - len(self._kept)
        if room <= 0:
            return
        words = set(string.split())
        # A single space before other white space belongs to the word before it.
        words.update(space.removeprefix(" ") for space in _SPACE.findall(string))
        words -= self._kept
        new = [word for word in islice(words, room) if len(word) <= _LONGEST]
        # One by one: behind a word that is a special case, spaCy keeps none of a text's.
        for word in new:
            super().__call__(word)
        self._kept.update(new)

    def __call__(self, string: str) -> Doc:
        """Tokenize a text; runs that are no words are cut into pieces of one kind.

        Args:
            string: Any text.

        Returns:
            Its tokens, which joined are the text.
        """
        runs = list(_ENDLESS.finditer(string))
        if not runs:
            doc: Doc = super().__call__(string)
            keep_text(doc, string)
            return doc
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for begin, end in [*(run.span() for run in runs), (len(string), len(string))]:
            if at < begin:
                doc = super().__call__(string[at:begin])
                words.extend(token.text for token in doc)
                spaces.extend(bool(token.whitespace_) for token in doc)
            pieces = _PIECE.findall(string[begin:end])
            words.extend(pieces)
            spaces.extend(False for _ in pieces)
            at = end
        return Doc(self.vocab, words=words, spaces=spaces)


@registry.tokenizers("kcsp.Tokenizer.v1")
def create_tokenizer() -> Callable[[Language], MinutesTokenizer]:
    """Return the function that makes a pipeline's tokenizer (spaCy's `nlp.tokenizer`)."""

    def make(nlp: Language) -> MinutesTokenizer:
        defaults = nlp.Defaults
        prefixes = compile_prefix_regex([*_EDGES, *(defaults.prefixes or ())])
        suffixes = compile_suffix_regex([*(defaults.suffixes or ()), *_EDGES, *_STOPS])
        infixes = compile_infix_regex([*_BETWEEN, *(defaults.infixes or ())])
        return MinutesTokenizer(
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
