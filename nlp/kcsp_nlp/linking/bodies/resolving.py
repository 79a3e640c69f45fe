"""The names of one document and what they stand for, each settled once.

Names in words are settled first, by the register or as bodies of the document's own; then what
needs the rest of the document: forms that are words too, classes (`the CSP`) and short forms. Where
two bodies may be meant, or the register's was not there in the year, nothing is linked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from hashlib import sha256
from typing import NamedTuple

from kcsp_nlp.linking.bodies.branches import find_branches
from kcsp_nlp.linking.bodies.context import (
    Context,
    find_nation,
    is_public,
    nation_of,
    place_words,
    read_year,
    runs_of,
    says_kind,
)
from kcsp_nlp.linking.bodies.definitions import find_definitions, settle, within
from kcsp_nlp.linking.bodies.gathering import fullest_forms, names_of
from kcsp_nlp.linking.bodies.meeting_body import read_meeting_body
from kcsp_nlp.linking.bodies.names import BodyName, bare, initials, is_common, read_name
from kcsp_nlp.minutes.outline import Outline
from kcsp_nlp.registers.body_index import BodyIndex, Holder
from kcsp_nlp.registers.body_lines import Body
from kcsp_nlp.registers.pieces import Words, split_form

Offsets = tuple[int, int]

_BESIDE = 40  # characters beside a mention that may say its kind
_ID_LENGTH = 16  # hexadecimal figures
_SURE_LENGTH = 3  # letters from which on initials may be matched with a name by themselves
_MANY = 50  # bodies with the same initials: no document has so many
_TAIL = 6  # words of the longest class name


class Organisation(NamedTuple):
    """What a name stands for.

    Attributes:
        id: `gss:` and a GSS code, or `body:` and a slug of the register or a hash.
        canonical: The register's name; else the fullest form of the document.
    """

    id: str
    canonical: str


class Resolver:
    """Settles the names of one document.

    Args:
        text: The document's text.
        outline: Its outline.
        mentions: Its mentions of bodies, sorted, with half-open offsets into `text`.
        scope: What ids of local bodies are made of beside their names.
        index: The register.
    """

    def __init__(
        self,
        text: str,
        outline: Outline,
        mentions: Sequence[tuple[Offsets, BodyName]],
        scope: str,
        index: BodyIndex,
    ) -> None:
        self.text, self.scope, self.index = text, scope, index
        self.beside: dict[Words, list[Offsets]] = defaultdict(list)
        for offsets, name in mentions:
            self.beside[name.words].append(offsets)
        self.met = read_meeting_body(outline.front.body, index)
        self.definitions = settle(find_definitions(text, mentions))
        names = list(names_of(self.met, mentions, outline, self.definitions))
        self.printed = fullest_forms(names)
        full = list(dict.fromkeys(name for name in names if not name.letters))
        self.links: dict[BodyName, Organisation | None] = {}
        runs = runs_of(self.met.name.words) if self.met else frozenset()
        sure = [body for name in full if (body := self._only(name))]
        nation = find_nation(runs, sure, index)
        self.context = Context(read_year(outline.front.date), nation, runs)
        self.met_forms = self._met_forms()
        self.named = {body.id for body in sure if body.existed(self.context.year)}
        self.branches = find_branches(full, index)
        self.fits: dict[str, set[Organisation]] = defaultdict(set)
        self.classes: dict[Words, set[Organisation | None]] = defaultdict(set)
        self._settle(full)

    def resolve(self, text: str) -> Organisation | None:
        """Return what a name stands for that the document may hold or not."""
        name = read_name(text)
        if name is None or ("/" in name.printed and not self.index.find(name.words)):
            return None  # several bodies: "KCC/NHS"
        pairs = [] if self.index.find(name.words) else list(within(name))
        return self.link(pairs[0][1] if pairs else name)

    def link(self, name: BodyName) -> Organisation | None:
        """Return what a name stands for; None where it is not certain."""
        if name not in self.links:
            self.links[name] = self._short(name) if name.letters else self._full(name)
        return self.links[name]

    def _settle(self, full: Iterable[BodyName]) -> None:
        """Settle the names in words, those of classes and with short forms in them last."""
        later = []
        for name in full:
            of_class = name.words in self.index.classes and name.words not in self.met_forms
            if of_class or (_ends_short(name) and not self._held(name)):
                later.append(name)
            else:
                self._enter(name, self.link(name))
        for name in later:
            if name.words not in self.index.classes:
                self._enter(name, self.link(name))

    def _enter(self, name: BodyName, link: Organisation | None) -> None:
        """Note a name in words for the short forms and classes that may stand for it."""
        for at in range(max(1, len(name.words) - _TAIL), len(name.words)):
            of = self.index.classes.get(name.words[at:])
            if of is not None:
                self.classes[of].add(link)
        if link is not None and len(name.words) > 1:
            for words in dict.fromkeys((name.words, split_form(link.canonical)[0])):
                for letters in initials(words):
                    self.fits[letters].add(link)

    # Names in words

    def _full(self, name: BodyName) -> Organisation | None:
        met = self.met_forms.get(name.words)
        if met is not None:
            return met
        return self._defined(name) or self._plain(name)

    def _plain(self, name: BodyName) -> Organisation | None:
        """Return what a name in words stands for by itself, whatever the document defines."""
        if name.words in self.index.classes:
            return self._of_class(name)
        holders = self._held(name)
        if not holders:
            return self._shortened(name) or self._local(name)
        if name.words in self.branches:
            return None
        return self._among(name, holders)

    def _among(self, name: BodyName, holders: tuple[Holder, ...]) -> Organisation | None:
        """Return which of the register's bodies is meant, or the document's own of that name."""
        alive = self.context.alive(holders)
        single = len(name.words) == 1
        if single or len(holders) > 1 or name.words[0] == "department":
            alive = tuple(each for each in alive if self.context.admits(each))
        if not alive:
            return None
        if is_common(name.words) and len(alive) == 1:
            alive = (alive[0]._replace(certain=False),)
        own = [each for each in alive if split_form(each.body.name)[0] == name.words]
        if len(own) == 1 and own[0].certain:
            return _registered(own[0].body)
        if len(alive) == 1 and self._is_sure(name, alive[0], shared=len(holders) > 1):
            return _registered(alive[0].body)
        meant = self._evident(name, alive)
        if meant is not None:
            return _registered(meant)
        return self._local(name) if len(holders) == 1 and not name.letters else None

    def _evident(self, name: BodyName, holders: Sequence[Holder]) -> Body | None:
        """Return the body of a doubtful form that the document gives evidence of."""
        bodies = [each.body for each in holders]
        meant = {body.id: body for body in bodies if body.id in self.named}
        meant.update((b.id, b) for b in bodies if self.context.is_here(b, self.index))
        if meant:
            (body, *more) = meant.values()
            return None if more or self._has_county(body, bodies) else body
        if len(bodies) == 1 and not name.letters:
            for start, end in self.beside.get(name.words, ()):
                before = self.text[max(0, start - _BESIDE) : start]
                if says_kind(bodies[0].kind, before, self.text[end : end + _BESIDE]):
                    return bodies[0]
        return None

    def _has_county(self, body: Body, others: Iterable[Body]) -> bool:
        """Tell whether a city's initials are its county's too: `GCC` in Gloucester."""
        place = self.index.places.get(body.id)
        if place is None:
            return False
        counties = (self.index.places.get(other.id, place) for other in others)
        return any(each != place and each[0].startswith(place[0]) for each in counties)

    def _is_sure(self, name: BodyName, holder: Holder, *, shared: bool) -> bool:
        """Tell whether a form stands for a body without further evidence."""
        if not holder.certain or not self._is_near(name, holder.body):
            return False
        if shared and self.context.nation is None:
            return nation_of(holder.body) in (None, "E")
        return True

    def _is_near(self, name: BodyName, body: Body) -> bool:
        """Tell whether nothing speaks against the body of a short form: a place not named here.

        `LALC` is the Lancashire association only where the document names Lancashire.
        """
        if not name.letters or body.id in self.named:
            return True
        place = place_words(body.name, self.index)
        if place and len(name.letters) <= _SURE_LENGTH and not is_public(body):
            return False
        return not place or any(word in self.text for word in place)

    def _held(self, name: BodyName) -> tuple[Holder, ...]:
        """Return the register's bodies of a name, as it stands or without what may be left off."""
        holders = self.index.find(name.words) or self.index.find(bare(name.words))
        if len(name.words) > 1:
            return holders
        return tuple(each for each in holders if _same_case(name, each))

    def _only(self, name: BodyName) -> Body | None:
        """Return the one body that a name in words certainly stands for."""
        doubtful = name.words in self.index.classes or is_common(name.words)
        holders = () if doubtful else self._held(name)
        return holders[0].body if len(holders) == 1 and holders[0].certain else None

    def _shortened(self, name: BodyName) -> Organisation | None:
        """Return the one body whose name the last word shortens: `Ham PC`, `Shepway CSP`."""
        if not _ends_short(name):
            return None
        head, _, short = name.printed.rpartition(" ")
        start, letters = split_form(head)[0], short.removesuffix("s")
        found = self.fits.get("".join(word[0] for word in start).upper() + letters, ())
        if len(found) > _MANY:
            return None
        meant = {each for each in found if split_form(each.canonical)[0][: len(start)] == start}
        return meant.pop() if len(meant) == 1 else None

    def _local(self, name: BodyName) -> Organisation:
        """Return a body of the document's own: its id is that of its name in this scope."""
        key = bare(name.words)
        key = self.index.classes.get(key, key)
        return Organisation(
            _hashed(f"{self.scope}\n{' '.join(key)}"), self.printed.setdefault(key, name.printed)
        )

    def _of_class(self, name: BodyName) -> Organisation | None:
        """Return the one body of a class that the document names; its own where it names none."""
        of = self.index.classes[name.words]
        if of[-1] == "committee":
            # Other bodies have committees of the same name: it is the one that met or its own.
            met = self.met is not None and self.met.name.words[-len(of) :] == of
            return self.met_forms[self.met.name.words] if self.met and met else self._local(name)
        found = self.classes.get(of, set()) | self._fitting(name)
        if found:
            return next(iter(found)) if len(found) == 1 else None
        return self._local(name)

    def _fitting(self, name: BodyName) -> Set[Organisation]:
        """Return the bodies whose initials a short form is; none for two letters."""
        letters = name.letters if len(name.letters) >= _SURE_LENGTH else ""
        return self.fits.get(letters, frozenset())

    # Short forms

    def _short(self, name: BodyName) -> Organisation | None:
        defined = self._defined(name)
        if defined is not None or name.letters in self.definitions:
            return defined
        held = self._held(name)
        alive = tuple(each for each in self.context.alive(held) if self.context.admits(each))
        if name.words in self.index.classes and name.printed.isupper():
            return None if alive else self._of_class(name)
        fits = self._fitting(name)
        if not fits:
            return self._among(name, held) if held else self._local(name)
        if len(fits) > 1:
            return None
        (fit,) = fits
        return None if self._is_doubted(fit, alive) else fit

    def _is_doubted(self, fit: Organisation, holders: Sequence[Holder]) -> bool:
        """Tell whether the register has another body for a short form that fits a name here."""
        others = [each for each in holders if each.body.id != fit.id]
        if len(holders) == 1 and others and others[0].certain:
            return True
        if any(self.context.is_here(each.body, self.index) for each in others):
            return True
        own = [each.body for each in holders if each.body.id == fit.id]
        return bool(own) and self._has_county(own[0], [each.body for each in others])

    def _defined(self, name: BodyName) -> Organisation | None:
        """Return what the document defines a form to stand for; None where it is at odds."""
        names = self.definitions.get(name.letters or name.printed, frozenset())
        # A name that is itself defined by another is not followed further: definitions may turn
        # in a circle.
        links = {
            self.links[each]
            if each in self.links
            else self.met_forms.get(each.words) or self._plain(each)
            for each in names
            if each != name and not each.letters
        }
        return links.pop() if len(links) == 1 else None

    # The document

    def _met_forms(self) -> dict[Words, Organisation]:
        """Return the forms of the body that met, and of the council that it belongs to."""
        if self.met is None:
            return {}
        name, part, council = self.met
        met = self._own(name)
        forms = {name.words: met}
        if part is not None and council is not None:
            forms[part.words] = met
            forms[council.words] = self._own(council)
        return forms

    def _own(self, name: BodyName) -> Organisation:
        """Return a body whose id depends on its own name alone."""
        body = self._only(name)
        if body is not None and body.existed(self.context.year):
            return _registered(body)
        words = bare(name.words)
        return Organisation(_hashed(" ".join(words)), self.printed.get(words, name.printed))


def _ends_short(name: BodyName) -> bool:
    last = name.printed.rpartition(" ")[2].removesuffix("s")
    return " " in name.printed and last.isupper() and last.isalpha() and not name.printed.isupper()


def _same_case(name: BodyName, holder: Holder) -> bool:
    """Tell whether one word stands as the register has it; a long one may be in capitals."""
    printed = holder.printed[0]
    if name.printed.replace(".", "") == printed or (name.letters and printed == name.letters):
        return True
    return name.printed.isupper() and holder.certain and len(printed) > _SURE_LENGTH


def _registered(body: Body) -> Organisation:
    return Organisation(body.id, body.name)


def _hashed(key: str) -> str:
    return f"body:{sha256(key.encode()).hexdigest()[:_ID_LENGTH]}"
