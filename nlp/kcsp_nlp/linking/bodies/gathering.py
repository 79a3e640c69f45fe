"""The names of bodies that a document holds, wherever they stand, and their fullest forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kcsp_nlp.linking.bodies.definitions import within
from kcsp_nlp.linking.bodies.meeting_body import MeetingBody
from kcsp_nlp.linking.bodies.names import BodyName, bare, read_name
from kcsp_nlp.minutes.outline import Outline
from kcsp_nlp.registers.pieces import Words

Offsets = tuple[int, int]


def names_of(
    met: MeetingBody | None,
    mentions: Iterable[tuple[Offsets, BodyName]],
    outline: Outline,
    definitions: Mapping[str, Iterable[BodyName]],
) -> Iterator[BodyName]:
    """Yield every name of the document: of the meeting, its mentions, its attendance list."""
    yield from (each for each in met or () if each is not None)
    yield from (name for _, name in mentions)
    for each in outline.attendance:
        name = read_name(each.organisation) if each.organisation else None
        if name is not None:
            yield next((full for _, full in within(name)), name)
    for names in definitions.values():
        yield from sorted(names, key=lambda name: name.printed)


def fullest_forms(names: Iterable[BodyName]) -> dict[Words, str]:
    """Return for each folded name its fullest printed form, capitals throughout last."""
    forms: dict[Words, str] = {}
    for name in names:
        key = bare(name.words)
        forms[key] = max(forms.get(key, name.printed), name.printed, key=_fullness)
    return forms


def _fullness(printed: str) -> tuple[bool, int]:
    return not printed.isupper() or len(printed.split()) == 1, len(printed)
