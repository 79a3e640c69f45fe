"""Which mentions of a document are one body, and what body of the register it is.

What is not certain is left out: a form that two bodies of the register share and nothing settles, a
body that was not there in the year of the meeting, a short form that fits two names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kcsp_nlp.linking.bodies.names import read_name
from kcsp_nlp.linking.bodies.resolving import Organisation, Resolver
from kcsp_nlp.minutes.outline import Outline
from kcsp_nlp.records import Span
from kcsp_nlp.registers.bodies import Register, register
from kcsp_nlp.registers.body_index import index_of

Offsets = tuple[int, int]


class Organisations(Mapping[Offsets, Organisation]):
    """The bodies of one document by the half-open offsets of their mentions; no entry is null."""

    def __init__(self, found: Mapping[Offsets, Organisation], resolver: Resolver) -> None:
        self._found = found
        self._resolver = resolver

    def __getitem__(self, offsets: Offsets) -> Organisation:
        return self._found[offsets]

    def __iter__(self) -> Iterator[Offsets]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def identify_name(self, name: str) -> Organisation | None:
        """Return what a name stands for in this document: that of an attendance list, an owner."""
        return self._resolver.resolve(name)


def identify_organisations(
    text: str,
    outline: Outline,
    spans: Sequence[Span],
    *,
    scope: str,
    known: Register | None = None,
) -> Organisations:
    """Find what the bodies named in a document are.

    Args:
        text: The document's text.
        outline: Its outline; the attendance list's organisations are names of the document too.
        spans: Its spans, sorted; offsets into `text`. Only those of label ORG are read.
        scope: What makes ids of local bodies: the folded name of the body that met, or the
            document's hash where it is not known.
        known: The register; None for the one that ships with the package.

    Returns:
        For each mention what it stands for; mentions of which that is not certain are left out.
    """
    held = (((s.start, s.end), read_name(text[s.start : s.end])) for s in spans if s.label == "ORG")
    mentions = [(offsets, name) for offsets, name in held if name is not None]
    resolver = Resolver(text, outline, mentions, scope, index_of(known or register()))
    links = ((offsets, resolver.link(name)) for offsets, name in mentions)
    return Organisations({offsets: link for offsets, link in links if link}, resolver)
