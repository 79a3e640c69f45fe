"""Things to do in running text: "Clerk to write", "Mr Read offered to come back", "AM will ask"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kcsp_nlp.minutes.statements import owners, vocabulary
from kcsp_nlp.minutes.statements.requests import find_request

_ADVERB = (
    r"(?:(?:also|then|now|hopefully|therefore|again|kindly|please|both|further|formally)\s+){0,2}"
)
# What may stand before the owners: a sentence's beginning, a comma, "and", "A4/13 ".
_CLAUSE = re.compile(
    r"(?:^|[;:,.(–—>→-]\s*|\b(?:and|but|so|therefore|then)\s+|\b[A-Z]{0,4}\d[\w/.]*\s+)[\"'“‘(\s]*$",
    re.IGNORECASE,
)
# "agreed that", "RESOLVED: That the": owners follow, then what they are to do.
_THAT = re.compile(
    r"\b(?:agreed|resolved|decided|requested|asked)\b[^.;]{0,60}[\s:–—-]that\s+(?:the\s+)?$"
    r"|^[\"“‘]*That\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# Before a pronoun: "she said "; not "she heard".
_SAID = re.compile(r"\b(?:said|advised|stated|confirmed|noted)(?:\s+that)?\s+$", re.IGNORECASE)
# What follows is somebody's account: "explained that", "was sorry and"; not "at".
_TOLD = re.compile(r"\b(?:that|said|told|thought|was|were|had|been)\b")
_SHORT_LEAD = 40
_NEAR = 200
_REACH = 100
_QUOTES = '“‘"'
# "(iii)", which stays small where all else is in capitals; not "(TWO)".
_LIMB_LETTER = re.compile(r"\([a-z]{1,4}\)")


@dataclass(frozen=True, slots=True)
class Task:
    """Something somebody is to do.

    Attributes:
        start: Where it begins in the text that was searched.
        end: One past its last code point.
        owners: Who is to do it, as printed; empty where only a pronoun says so.
        is_promise: Whether it is what somebody said they would do, and not what was noted to do.
    """

    start: int
    end: int
    owners: tuple[str, ...]
    is_promise: bool = False


# What a task hangs on: "to write", "will bring", "would also ask", "TO WRITE"; the verb is looked
# up.
_ANCHOR = re.compile(
    rf"\s(?:(?P<aux>to|will|would|shall)\s+{_ADVERB}(?P<verb>[a-z-]+)|TO\s+(?P<loud>[A-Z]{{3,}})\b)"
)
# Ends right before such a "to": " agreed", " has kindly offered", " was asked by the Chair".
_AGREED = re.compile(
    rf"\s+(?:(?:has|have|who|(?P<done>had))\s+)?{_ADVERB}(?:agreed|offered|undertook|undertaken|promised"
    r"|volunteered|committed|(?P<asked>(?:was|were)\s+(?:asked|requested|tasked|instructed|delegated)))"
    r"(?:\s+by\s+the\s+\w+)?$"
)
# "The Clerk is" before "to follow up"; not "was".
_IS = re.compile(r"\s+(?:is|are)$")
# Behind "to be": " thanked", " paid"; not " there".
_DONE_TO = re.compile(r"\s+\w+(?:ed|en|wn|id|nt|ld|de)\b")
# Before who is to do what is only weighed up: "for the two councils and "; not "for tea, and ".
_FOR = re.compile(r"\bfor\s+[^,;.:]{1,60}\s(?:and|or)\s+$")
# "Members", "All partners"; not "Residents".
_EVERYBODY = re.compile(r"(?:All\s+)?(?:Members|Partners|Agencies|members|partners|agencies)")
# "KCC"; not "Lorna".
_ACRONYM = re.compile(r"(?:the\s+|The\s+)?[A-Z]{3,6}$")
# Between two clauses with owners of their own: "write, Bo to", "rope; and"; not "Ada and Bo to".
_JOINED = re.compile(r"\s*[,;]\s*(?:and\s+|then\s+)?$|\s+and\s+$")
# After a verb: " this up", " out"; not " this".
_PARTICLE = re.compile(r"\s+(?:\w+\s+)?(?:up|out|back)\b")
# Opens what a body decided: "agreed that ", "and that the "; not "the fact that".
_DECIDED = re.compile(
    r"\b(?:agreed|resolved|decided|requested)\b|^[\"“‘]*That\b|:\s+[\"“‘]?That\b|\bnoted,?\s+and\s+that\b",
    re.IGNORECASE,
)
_THAT_CLAUSE = re.compile(r"\bthat\s+", re.IGNORECASE)
# Between two deeds of a resolution, before the second's owner: "noted and the Clerk obtain".
_AND_OWNER = re.compile(r"(?:,\s+)?\band\s+(?=(?:the\s+)?[A-Z])")
# Between two clauses of a resolution: ", and that ", "; that", "; (3)"; not "asking that".
_AND_THAT = re.compile(
    r"(?:\s*[,;]\s*(?:and\s+)?|\s+and\s+)that\b|[;,.]\s+(?:and\s+)?\((?:[a-z]{1,4}|\d{1,2})\)\s",
    re.IGNORECASE,
)
# Opens a limb in its sentence: "(ii) the Chairman write"; not "(ii) that".
_LIMB = re.compile(r"\((?:[ivx]{1,4}|[a-z]|\d{1,2})\)\s+(?=[Tt]he\s|[A-Z])")
# "be convened by ", before an owner; not "was convened by", "would be convened by",
# "be signed by".
_BE_BY = re.compile(
    r"(?<!would )\bbe\s+(?!signed)\w+(?:ed|en|wn|ne|lt|ght|nt|de)\s+"
    r"(?:(?:to|for|at)\s+(?:\w+\s+){0,5}?)?by\s+"
)


def find_tasks(
    text: str, start: int, end: int, known: frozenset[str], *, is_limb: bool = False
) -> list[Task]:
    """Return what somebody is to do in the sentence `text[start:end]`, in order.

    Args:
        text: The document's text.
        start: Where the sentence begins.
        end: Where it ends.
        known: Words of the names in the document's front matter.
        is_limb: Whether the sentence opens a list item, as the limbs of a resolution do.
    """
    if text[start] in _QUOTES:
        return []
    held = text[start:end]
    if _LIMB_LETTER.sub("", held).isupper():
        lowered = _find_shall(held.lower(), 0, len(held), known, is_limb=is_limb)
        return [
            Task(start + task.start, start + task.end, tuple(who.upper() for who in task.owners))
            for task in lowered
        ]
    return (
        _find_anchored(text, start, end, known)
        or _find_shall(text, start, end, known, is_limb=is_limb)
        or _find_asked(text, start, end, known)
    )


def _find_anchored(text: str, start: int, end: int, known: frozenset[str]) -> list[Task]:
    """Read "Clerk to write, Bo to ask": the first task, and those that owners of their own open."""
    found: list[Task] = []
    later: Task | None = None
    for hit in _ANCHOR.finditer(text, start, end):
        begin = found[-1].start + 1 if found else start
        task = _read_anchor(text, begin, hit, end, known)
        if task is None:
            continue
        if (hit["aux"] or "to") != "to":
            later = later or task
        elif not found:
            found.append(task)
        elif join := _JOINED.search(text, max(begin, task.start - _REACH), task.start):
            before = found.pop()
            found += [Task(before.start, join.start(), before.owners), task]
    if not found and later is not None:
        found.append(later)
    return [_with_lead(text, start, found[0]), *found[1:]] if found else []


def _with_lead(text: str, start: int, task: Task) -> Task:
    """Let a task begin with its sentence where little stands before it, unless a body agreed it."""
    if _THAT.search(text[max(start, task.start - _REACH) : task.start]):
        return task
    return replace(task, start=_clause(text, start, task.start))


def _find_asked(text: str, start: int, end: int, known: frozenset[str]) -> list[Task]:
    asked = find_request(text, start, end, known)
    if asked is None:
        return []
    at, who = asked
    return [Task(_clause(text, start, at), end, who)]


def _read_anchor(
    text: str, start: int, hit: re.Match[str], end: int, known: frozenset[str]
) -> Task | None:
    aux, verb, at = hit["aux"] or "to", hit["verb"] or hit["loud"].lower(), hit.start()
    has_particle = _PARTICLE.match(text, hit.end()) is not None
    is_task = verb in vocabulary.words("action_verbs") or (verb == "follow" and has_particle)
    if aux != "to":
        is_vague = verb in vocabulary.words("vague_verbs") and not has_particle
        if not is_task or is_vague:
            return None
        is_doubtful = verb in vocabulary.words("doubtful_verbs") and not has_particle
        task = _owned(text, start, at, end, known, is_doubtful=is_doubtful, aux=aux)
        return replace(task, is_promise=aux == "would") if task else None
    low = max(start, at - _REACH)
    agreed = _AGREED.search(text[low:at])
    if agreed is not None:
        if agreed["done"] or verb in vocabulary.words("no_verbs"):
            return None
        task = _owned(text, start, low + agreed.start(), end, known)
        return replace(task, is_promise=agreed["asked"] is None) if task else None
    if not is_task and (_is_no_deed(verb) or _DONE_TO.match(text, hit.end())):
        return None
    is_ = _IS.search(text[low:at])
    task = _bare(text, start, low + is_.start() if is_ else at, end, known)
    opens = task is not None and is_ is None and not text[start : task.start].strip("[( ")
    return task if is_task or opens else None


def _bare(text: str, start: int, at: int, end: int, known: frozenset[str]) -> Task | None:
    """Read "Clerk to write": who opens its clause, a person, an office, or "KCC" in front."""
    found = owners.before(text, start, at)
    if found is None or owners.is_pronoun(found[1]) or found[1].islower():
        return None
    begin, who = owners.persons_of(*found, known)
    lead = text[max(start, begin - _REACH) : begin]
    may_open = _ACRONYM.match(who) or _EVERYBODY.fullmatch(who)
    if not owners.is_personal(who, known) and (lead.strip() or not may_open):
        return None
    if not _CLAUSE.search(lead) or _FOR.search(lead):
        return None
    return Task(begin, end, owners.names(who))


def _owned(
    text: str,
    start: int,
    at: int,
    end: int,
    known: frozenset[str],
    *,
    is_doubtful: bool = False,
    aux: str = "",
) -> Task | None:
    """Read "Mr Read offered to" and "the Chair would": the owner is a person or an office.

    "would" is how minutes report speech, and so are pronouns: verbs that say little count less.
    """
    found = owners.before(text, start, at)
    if found is None:
        is_told = bool(aux) and _TOLD.search(text, start, at) is not None
        return None if is_doubtful or is_told else _shared_subject(text, start, at, end, known)
    begin, who = owners.persons_of(*found, known)
    is_pronoun = owners.is_pronoun(who)
    if not owners.is_personal(who, known) or (is_doubtful and (is_pronoun or aux != "will")):
        return None
    lead = text[max(start, begin - _REACH) : begin]
    may_open = not aux or _CLAUSE.search(lead) or (is_pronoun and _SAID.search(lead))
    if may_open or _THAT.search(lead):
        return Task(begin, end, () if is_pronoun else owners.names(who))
    return None


def _find_shall(
    text: str, start: int, end: int, known: frozenset[str], *, is_limb: bool
) -> list[Task]:
    """Read "RESOLVED that the Chair write, and that Bo ask" and "(a) the Chair write"."""
    found: list[Task] = []
    for at in _that_clauses(text, start, end, is_limb=is_limb):
        subject = owners.subject(text, at, end)
        if (
            subject is None
            or not owners.is_personal(subject[0], known)
            or not _is_deed(subject[1], is_exact=at == start)
        ):
            continue
        cut = _clause_end(text, at, end)
        found.append(Task(at, cut, owners.names(subject[0])))
    if not found and "and" in text[start:end] and _DECIDED.search(text, start, end):
        found = _find_joined(text, start, end, known)
    return found or _find_by(text, start, end, known, is_limb=is_limb)


def _find_joined(text: str, start: int, end: int, known: frozenset[str]) -> list[Task]:
    """Read "RESOLVED that it be noted and the Clerk obtain a copy": the clause behind "and"."""
    that = _THAT_CLAUSE.search(text, start, end)
    if that is None:
        return []
    for join in _AND_OWNER.finditer(text, that.end(), end):
        subject = owners.subject(text, join.end(), end)
        if (
            subject is not None
            and owners.is_personal(subject[0], known)
            and _is_deed(subject[1], is_exact=True)
        ):
            return [Task(join.end(), _clause_end(text, join.end(), end), owners.names(subject[0]))]
    return []


def _that_clauses(text: str, start: int, end: int, *, is_limb: bool) -> Iterator[int]:
    held = text[start:end]
    if ("that" in held or "That" in held or "THAT" in held) and _DECIDED.search(held):
        for opening in (_THAT_CLAUSE, _LIMB):
            yield from (found.end() for found in opening.finditer(text, start, end))
    elif is_limb:
        yield start


def _is_no_deed(verb: str) -> bool:
    return verb != "be" and verb in vocabulary.words("no_verbs")


def _is_deed(verb: str, *, is_exact: bool) -> bool:
    deeds = vocabulary.words("action_verbs")
    return verb in deeds or (not is_exact and verb.removesuffix("s") in deeds)


def _find_by(
    text: str, start: int, end: int, known: frozenset[str], *, is_limb: bool
) -> list[Task]:
    """Read "AGREED that a group be convened by DCI Hay": the clause that names the owner."""
    held = text[start:end]
    if " by " not in held or not (is_limb or _DECIDED.search(held)):
        return []
    for by in _BE_BY.finditer(text, start, end):
        who = owners.after(text, by.end(), end)
        if who and owners.is_personal(who, known):
            clauses = [that.end() for that in _THAT_CLAUSE.finditer(text, start, by.start())]
            begin = clauses[-1] if clauses else start
            return [Task(begin, _clause_end(text, by.end(), end), owners.names(who))]
    return []


def _clause_end(text: str, at: int, end: int) -> int:
    """Return where the next "and that" begins; `end` where there is none."""
    following = _AND_THAT.search(text, at, end)
    return following.start() if following else end


def _shared_subject(text: str, start: int, at: int, end: int, known: frozenset[str]) -> Task | None:
    """Read "The Chair thanked him and would write": the sentence's subject is the owner."""
    if at - start > _NEAR or not text[start:at].endswith(" and"):
        return None
    who = owners.first(text, start, at)
    if who is None or not owners.is_personal(who, known):
        return None
    return Task(start, end, () if owners.is_pronoun(who) else owners.names(who))


def _clause(text: str, start: int, at: int) -> int:
    return start if at - start <= _SHORT_LEAD else at
