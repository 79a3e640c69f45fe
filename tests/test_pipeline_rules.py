"""The components between `ner` and the records, each on its own: what goes in, what comes out."""

from collections.abc import Sequence

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kcsp_nlp.pipeline.boundaries import trim
from kcsp_nlp.pipeline.precedence import overlay, underlay

Ents = Sequence[tuple[str, str]]


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kcsp.Tokenizer.v1"}}})
    nlp.select_pipes(disable=[])
    return nlp


def make(nlp: Language, text: str, ents: Ents) -> Doc:
    """A doc with entities at the first place where each text stands after the one before."""
    doc = nlp.make_doc(text)
    spans, at = [], 0
    for held, label in ents:
        start = text.index(held, at)
        at = start + len(held)
        span = doc.char_span(start, at, label=label)
        assert span is not None, f"{held!r} is not made of tokens"
        spans.append(span)
    doc.set_ents(spans)
    return doc


def run(nlp: Language, name: str, doc: Doc) -> list[tuple[str, str]]:
    component = nlp.get_pipe(name) if name in nlp.pipe_names else nlp.add_pipe(name)
    return [(ent.text, ent.label_) for ent in component(doc).ents]


def test_overlay_replaces_what_it_touches(nlp: Language) -> None:
    doc = make(nlp, "Kent Police and Medway Council", [("Kent Police", "ORG"), ("Medway", "ORG")])
    overlay(doc, [Span(doc, 1, 2, label="ROLE")])
    assert [(e.text, e.label_) for e in doc.ents] == [("Police", "ROLE"), ("Medway", "ORG")]


def test_underlay_never_replaces(nlp: Language) -> None:
    doc = make(nlp, "Kent Police and Medway Council", [("Kent Police", "ORG")])
    underlay(doc, [Span(doc, 1, 3, label="ROLE"), Span(doc, 3, 5, label="ORG")])
    assert [(e.text, e.label_) for e in doc.ents] == [
        ("Kent Police", "ORG"),
        ("Medway Council", "ORG"),
    ]


@pytest.mark.parametrize(
    ("text", "ents", "expected", "why"),
    [
        ("It cost £40 then", [("£40", "ORG")], [("£40", "MONEY")], "money beats ner"),
        ("We paid two pounds", [], [("two pounds", "MONEY")], "words are money"),
        ("Nothing was paid", [("Nothing", "ORG")], [("Nothing", "ORG")], "others stay"),
    ],
)
def test_money(nlp: Language, text: str, ents: Ents, expected: Ents, why: str) -> None:
    assert run(nlp, "kcsp_money", make(nlp, text, ents)) == expected, why


def test_legislation_beats_ner(nlp: Language) -> None:
    doc = make(nlp, "under the Care Act 2014 it must", [("Care Act", "ORG")])
    assert run(nlp, "kcsp_legislation", doc) == [("Care Act 2014", "LEGISLATION")]


@pytest.mark.parametrize(
    ("text", "ents", "expected", "why"),
    [
        ("Mrs A Farmer spoke", [], [("A Farmer", "PERSON")], "an initial belongs to the name"),
        ("Cllr. Toland spoke", [("Toland", "ORG")], [("Toland", "PERSON")], "a title decides"),
        ("PC 1873 Fearon spoke", [], [("Fearon", "PERSON")], "a collar number is passed over"),
        ("DCI Mc Gann, Kent Police", [], [("Mc Gann", "PERSON")], "a comma ends the name"),
        ("Mr Hill OBE spoke", [], [("Hill", "PERSON")], "post-nominals stay outside"),
        ("Mr Chairman spoke", [], [], "an office is no name"),
        ("Sir John Ap Rhys left", [("John", "PERSON")], [("John", "PERSON")], "ner's people stay"),
        ("mr hill spoke", [], [], "a lower-case word is no title"),
    ],
)
def test_titled_names(nlp: Language, text: str, ents: Ents, expected: Ents, why: str) -> None:
    assert run(nlp, "kcsp_names", make(nlp, text, ents)) == expected, why


@pytest.mark.parametrize(
    ("text", "ents", "expected", "why"),
    [
        (
            "the Weald Domestic Homicide Review was late",
            [("Weald Domestic Homicide Review", "ORG")],
            [],
            "a review is no body",
        ),
        (
            "the Weald Review Board was late",
            [("Weald Review Board", "ORG")],
            [("Weald Review Board", "ORG")],
            "a review board is one",
        ),
        (
            "Joint Exploitation Group Update",
            [("Joint Exploitation Group Update", "ORG")],
            [("Joint Exploitation Group", "ORG")],
            "what is said of a body is not its name",
        ),
        ("the Police came", [("Police", "ORG")], [], "the bare word is no body"),
        (
            "the Executive Group of the Weald Trust met",
            [("Executive Group", "ORG"), ("Weald Trust", "ORG")],
            [("Executive Group of the Weald Trust", "ORG")],
            "a part of a body and the body are one name",
        ),
        ("in Kent and Medway", [("Kent and Medway", "ORG")], [], "nor are places with a council"),
        (
            "Weald Housing Group (WHG) met. WHG agreed",
            [("Weald Housing Group", "ORG")],
            [("Weald Housing Group", "ORG"), ("WHG", "ORG"), ("WHG", "ORG")],
            "brackets define a body's short form",
        ),
        (
            "a Community Safety Fund (CSF) and the CSF is spent",
            [("CSF", "ORG"), ("CSF", "ORG")],
            [],
            "brackets define a fund's short form",
        ),
        (
            "Emma Ede-Rowe (EER) spoke. EER left",
            [("Emma Ede-Rowe", "PERSON"), ("EER", "ORG")],
            [("Emma Ede-Rowe", "PERSON"), ("EER", "PERSON"), ("EER", "PERSON")],
            "brackets define a person's initials",
        ),
        ("Ref RR/2008/0021/P, Udimore", [("RR", "ORG")], [], "letters of a reference"),
        ("action SG/02 is done", [("SG", "PERSON")], [], "letters of a reference"),
        ("KCC/NHS funded", [("KCC", "ORG")], [("KCC", "ORG")], "two bodies are no reference"),
        ("On 2nd May it rained", [("May", "PERSON")], [], "a month"),
        ("Pym and May spoke", [("May", "PERSON")], [("May", "PERSON")], "a surname"),
        ("they met in Wisbech", [("Wisbech", "ORG")], [], "a town is no body"),
        ("the Ely Advertiser came", [("Ely Advertiser", "ORG")], [], "a newspaper is none"),
        (
            "the Friends of Ely Festival met",
            [("Friends of Ely Festival", "ORG")],
            [("Friends of Ely Festival", "ORG")],
            "who begins as bodies do is one, whatever the last word",
        ),
        ("Ref TM/19/00874/FL, Kelchers", [("FL", "PERSON")], [], "the end of a reference"),
        (
            "the Strategic Executive Group met",
            [("Strategic Executive Group", "ROLE")],
            [("Strategic Executive Group", "ORG")],
            "a group is no office",
        ),
        (
            "the Leader of the Board spoke",
            [("Leader of the Board", "ROLE")],
            [("Leader of the Board", "ROLE")],
            "but somebody of it may hold one",
        ),
        (
            "the Executive Group of the Weald CSP met",
            [("Weald CSP", "ORG")],
            [("Executive Group of the Weald CSP", "ORG")],
            "a part and its body are one",
        ),
        (
            "a group of the Weald CSP met",
            [("Weald CSP", "ORG")],
            [("Weald CSP", "ORG")],
            "but not what is no name",
        ),
    ],
)
def test_organisations(nlp: Language, text: str, ents: Ents, expected: Ents, why: str) -> None:
    assert run(nlp, "kcsp_organisations", make(nlp, text, ents)) == expected, why


@pytest.mark.parametrize(
    ("text", "ents", "expected", "why"),
    [
        (
            "Mr Peter Oduya spoke. Then Oduya left.",
            [("Peter Oduya", "PERSON")],
            [("Peter Oduya", "PERSON"), ("Oduya", "PERSON")],
            "a surname is known once the name stood in full",
        ),
        (
            "Mr Tom Field spoke. The field was wet. Field Lane too.",
            [("Tom Field", "PERSON")],
            [("Tom Field", "PERSON")],
            "a surname that is an ordinary word here needs a title",
        ),
        (
            "Mr Tom Field spoke. The field was wet. Mr Field left.",
            [("Tom Field", "PERSON")],
            [("Tom Field", "PERSON"), ("Field", "PERSON")],
            "with a title it is a name again",
        ),
        (
            "Mr Tom Oduya spoke about Oduya Road.",
            [("Tom Oduya", "PERSON")],
            [("Tom Oduya", "PERSON")],
            "a part of a longer name is not carried",
        ),
        (
            "Natureland came. Natureland left. They saw Natureland",
            [("Natureland", "ORG"), ("Natureland", "ORG")],
            [("Natureland", "ORG")] * 3,
            "what was mostly found is carried to the rest",
        ),
        (
            "Splitz came. Mr Splitz left. Splitz won.",
            [("Splitz", "ORG"), ("Splitz", "PERSON"), ("Splitz", "ORG")],
            [("Splitz", "PERSON")] * 3,
            "one name has one label, and a title decides which",
        ),
        (
            "Mrs May left. In May she came back.",
            [("May", "PERSON")],
            [("May", "PERSON")],
            "a month is not the person of that name",
        ),
    ],
)
def test_memory(nlp: Language, text: str, ents: Ents, expected: Ents, why: str) -> None:
    assert run(nlp, "kcsp_memory", make(nlp, text, ents)) == expected, why


def test_memory_believes_what_is_known(nlp: Language) -> None:
    doc = make(nlp, "Present: Ama Splitz. Later Splitz left.", [])
    doc.spans["known"] = [Span(doc, 2, 4, label="PERSON")]
    assert run(nlp, "kcsp_memory", doc) == [("Ama Splitz", "PERSON"), ("Splitz", "PERSON")]


@pytest.mark.parametrize(
    ("text", "ents", "expected", "why"),
    [
        ("paid by Medway Council", [], [("Medway Council", "ORG")], "the register knows it"),
        (
            "Upper Weald Parish Council met",
            [],
            [("Upper Weald Parish Council", "ORG")],
            "its kind tells",
        ),
        (
            "Friends of Medway Council met",
            [("Friends of Medway Council", "ORG")],
            [("Friends of Medway Council", "ORG")],
            "a longer name around it stays",
        ),
        (
            "Therefore Medway Council met",
            [("Therefore Medway Council", "ORG")],
            [("Medway Council", "ORG")],
            "what is no name does not",
        ),
        (
            "Closure of Medway Council",
            [("Closure of Medway Council", "ORG")],
            [("Medway Council", "ORG")],
            "nor does what happens to a body",
        ),
        (
            "Kent Police’s view",
            [("Kent Police’s", "ORG")],
            [("Kent Police", "ORG")],
            "nor a possessive",
        ),
    ],
)
def test_bodies(nlp: Language, text: str, ents: Ents, expected: Ents, why: str) -> None:
    assert run(nlp, "kcsp_bodies", make(nlp, text, ents)) == expected, why


@pytest.mark.parametrize(
    ("text", "ents", "expected", "why"),
    [
        (
            "the KCC Cabinet Member spoke",
            [("KCC Cabinet Member", "ROLE")],
            [("KCC", "ORG"), ("Cabinet Member", "ROLE")],
            "a short form of the register is a body",
        ),
        (
            "the IT Manager spoke",
            [("IT Manager", "ROLE")],
            [("IT Manager", "ROLE")],
            "others belong",
        ),
        (
            "the Youth Link. The Head of the Youth Link",
            [("Youth Link", "ORG"), ("Head of the Youth Link", "ROLE")],
            [("Youth Link", "ORG"), ("Head", "ROLE"), ("Youth Link", "ORG")],
            "an office stops before a body of the document",
        ),
        (
            "the Director of Public Health",
            [("Director of Public Health", "ROLE")],
            [("Director of Public Health", "ROLE")],
            "and keeps what it is for",
        ),
        ("at Garda checkpoints", [("Garda", "ROLE")], [], "a rank that nobody holds is none"),
        (
            "Ann Rao MSP and Mr Hill, OBE",
            [("Ann Rao", "PERSON"), ("MSP", "ROLE"), ("Hill", "PERSON"), ("OBE", "PERSON")],
            [("Ann Rao", "PERSON"), ("Hill", "PERSON")],
            "letters behind a name are outside",
        ),
        ("the local MSP came", [("MSP", "ROLE")], [("MSP", "ROLE")], "alone they are an office"),
        (
            "the Weald Police and Crime Commissioner",
            [("Weald Police and Crime Commissioner", "ORG")],
            [("Police and Crime Commissioner", "ROLE")],
            "an office written like a body",
        ),
        (
            "the Office of the Police and Crime Commissioner",
            [("Office of the Police and Crime Commissioner", "ORG")],
            [("Office of the Police and Crime Commissioner", "ORG")],
            "and the body called after it",
        ),
        (
            "and Garda Roche spoke",
            [("Garda", "ROLE"), ("Roche", "PERSON")],
            [("Garda", "ROLE"), ("Roche", "PERSON")],
            "with a name it is one",
        ),
        (
            "In reply Ald Baird spoke",
            [("Ald Baird", "PERSON")],
            [("Ald", "ROLE"), ("Baird", "PERSON")],
            "an office before a name is not the name",
        ),
        (
            "In reply Cllr. Baird spoke",
            [("Cllr. Baird", "PERSON")],
            [("Cllr.", "ROLE"), ("Baird", "PERSON")],
            "nor with its full stop, which boundaries trim",
        ),
        (
            "the Cabinet Member for\nAdult Services spoke",
            [("Cabinet Member for", "ROLE"), ("Adult Services", "ORG")],
            [("Cabinet Member for\nAdult Services", "ROLE")],
            "a role that a line end cut",
        ),
        (
            "Ann Rao, Co-Chair, spoke",
            [("Ann Rao", "PERSON"), ("Chair", "ROLE")],
            [("Ann Rao", "PERSON"), ("Co-Chair", "ROLE")],
            "a prefix belongs to its role",
        ),
        ("a Partnership Member asked", [("Partnership Member", "ROLE")], [], "nobody's office"),
        (
            "the Traffic Commissioner wrote",
            [("Traffic Commissioner", "ORG")],
            [("Traffic Commissioner", "ROLE")],
            "a commissioner is an office",
        ),
    ],
)
def test_roles(nlp: Language, text: str, ents: Ents, expected: Ents, why: str) -> None:
    assert run(nlp, "kcsp_roles", make(nlp, text, ents)) == expected, why


@pytest.mark.parametrize(
    ("held", "label", "expected", "why"),
    [
        ("the Home Office", "ORG", "Home Office", "an article is outside"),
        ("An Post", "ORG", "An Post", "the Irish article is inside"),
        ("A Farmer", "PERSON", "A Farmer", "an initial is no article"),
        ("Our Secretary", "ROLE", "Secretary", "a word that points is outside"),
        ("Clerk's", "ROLE", "Clerk", "so is a possessive"),
        ("St Mary's", "ORG", "St Mary's", "but of a body it may be the name"),
        ("“Kent Police”,", "ORG", "Kent Police", "so are quotes and commas"),
        ("Mr Hill", "PERSON", "Hill", "so is an honorific"),
        ("Collins (B)", "PERSON", "Collins", "so is what tells two of a name apart"),
        ("Ede Rao - Chair", "PERSON", "Ede Rao", "a spaced dash ends a name"),
        ("Ede-Rao", "PERSON", "Ede-Rao", "a hyphen does not"),
        ("Head of Service (Children's)", "ROLE", "Head of Service (Children's)", "a pair stays"),
        ("Kent Police)", "ORG", "Kent Police", "an unpaired bracket goes"),
        ("Cllr.", "ROLE", "Cllr", "a final full stop is outside"),
        ("’s", "ROLE", None, "nothing of it is a name"),
        ("---", "ORG", None, "nor are marks"),
    ],
)
def test_trim(held: str, label: str, expected: str | None, why: str) -> None:
    bounds = trim(held, label)
    assert (held[slice(*bounds)] if bounds else None) == expected, why


@pytest.mark.parametrize(
    ("text", "ents", "expected", "why"),
    [
        (
            "Kent\n\nPolice",
            [("Kent\n\nPolice", "ORG")],
            [("Kent", "ORG"), ("Police", "ORG")],
            "blank",
        ),
        (
            "Kent** Police",
            [("Kent** Police", "ORG")],
            [("Kent", "ORG"), ("Police", "ORG")],
            "marks",
        ),
        ("Kent\nPolice", [("Kent\nPolice", "ORG")], [("Kent\nPolice", "ORG")], "a wrap stays"),
        ("Lead (Homes) x", [("Lead (Homes", "ROLE")], [("Lead (Homes)", "ROLE")], "bracket closed"),
        (
            "412   Came & Co        Insurance   510",
            [("Came & Co        Insurance", "ORG")],
            [("Came & Co", "ORG"), ("Insurance", "ORG")],
            "a gap between columns",
        ),
        ("AP5 Ash to write", [("AP5 Ash", "PERSON")], [("Ash", "PERSON")], "an action's number"),
    ],
)
def test_boundaries(nlp: Language, text: str, ents: Ents, expected: Ents, why: str) -> None:
    assert run(nlp, "kcsp_boundaries", make(nlp, text, ents)) == expected, why


def test_no_entity_crosses_a_part(nlp: Language) -> None:
    doc = make(nlp, "noted Kent\nPolice Report", [("Kent\nPolice", "ORG")])
    doc.spans["parts"] = [doc[0:3], doc[3:5]]
    assert run(nlp, "kcsp_boundaries", doc) == [("Kent", "ORG"), ("Police", "ORG")]
