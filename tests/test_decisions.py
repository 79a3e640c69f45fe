"""Decisions: what counts as one, where it begins and ends, and what any text gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcsp_nlp.minutes.lines import split
from kcsp_nlp.minutes.outline import Part
from kcsp_nlp.minutes.statements.decisions import find_decisions
from kcsp_nlp.minutes.statements.paragraphs import Page
from kcsp_nlp.records import Decision


def _find(text: str) -> tuple[Decision, ...]:
    return find_decisions(Page(split(text), [Part(0, len(text), "item")]))


def _words(text: str) -> list[str]:
    return [" ".join(decision.text.split()) for decision in _find(text)]


ONE = [
    (
        "a head that ends oddly",
        "RESOLVED /-\n\nThat the ledger be bound.",
        "That the ledger be bound.",
    ),
    ("put off in one word", "The quarrel went on. Deferred.", "Deferred."),
    (
        "assent with its votes joins what was said before it",
        "Mr Vane asked that the quay be swept. AGREED, all in favour.",
        "Mr Vane asked that the quay be swept. AGREED, all in favour.",
    ),
    (
        "a resolution without its verb",
        "The miller spoke.\n\nThat the minutes of 4 May be confirmed as amended.",
        "That the minutes of 4 May be confirmed as amended.",
    ),
    (
        "what stands before a colon is what it is about",
        "The guild of Ferrymen: RESOLVED not to give £4.",
        "RESOLVED not to give £4.",
    ),
    (
        "several things in one passive",
        "The Rope Policy, Lamp Policy, Weir Rules and Eel Rules were each adopted.",
        "The Rope Policy, Lamp Policy, Weir Rules and Eel Rules were each adopted.",
    ),
    (
        "elected",
        "Ada Vane was elected to the Weir Group.",
        "Ada Vane was elected to the Weir Group.",
    ),
    (
        "who acts is no more decision",
        "Decision: Budget noted. AV to write to the miller.",
        "Budget noted.",
    ),
    (
        "a page's foot inside",
        "It was agreed that the rope\nWeir Board Minutes 4 May            Page 2\nbe sold.",
        "It was agreed that the rope Weir Board Minutes 4 May Page 2 be sold.",
    ),
    ("opening verb", "Mr Vane spoke. RESOLVED to note the ledger.", "RESOLVED to note the ledger."),
    (
        "a vote joins the motion it carries",
        "Proposed Ada Vane, seconded Bo Moth, that £6 be spent on rope. Carried, Lee against.",
        "Proposed Ada Vane, seconded Bo Moth, that £6 be spent on rope. Carried, Lee against.",
    ),
    (
        "a vote behind other words carries the motion alone",
        "That rope be bought. The Clerk told them that it would cost £6 and more. CARRIED 4-1.",
        "That rope be bought.",
    ),
    (
        "a motion and what became of it",
        "Mr Vane moved that each guild give £5 and it was AGREED, Lee abstaining.",
        "Mr Vane moved that each guild give £5 and it was AGREED, Lee abstaining.",
    ),
    (
        "what is put off",
        "The quarrel was deferred to the next meeting.",
        "The quarrel was deferred to the next meeting.",
    ),
    (
        "assent joins what was said before it",
        "Mr Vane asked that the quay be swept. Agreed.",
        "Mr Vane asked that the quay be swept. Agreed.",
    ),
    ("a numbered decision", "**D2.1** Rope for the weir, £40.", "Rope for the weir, £40."),
    (
        "a marker in front stays outside",
        "(3) RESOLVED that the quay be swept.",
        "RESOLVED that the quay be swept.",
    ),
    ("bold stays outside", "**RESOLVED** to mend the gate.", "RESOLVED** to mend the gate."),
    ("colon", "Agreed: let the shed to the band.", "Agreed: let the shed to the band."),
    (
        "impersonal",
        "It was unanimously agreed that the fair be held in June.",
        "It was unanimously agreed that the fair be held in June.",
    ),
    (
        "inside a long sentence the clause counts",
        "The offer from the ferry company had gone round to all by letter in May and after "
        "discussion it was resolved to decline it.",
        "after discussion it was resolved to decline it.",
    ),
    (
        "the body agreed",
        "The Harbour Committee agreed to buy two lamps.",
        "The Harbour Committee agreed to buy two lamps.",
    ),
    ("capitals", "Members NOTED the paper.", "Members NOTED the paper."),
    (
        "moved and carried",
        "Proposed by Cllr Vane, seconded by Cllr Moth and agreed: to keep the mill.",
        "Proposed by Cllr Vane, seconded by Cllr Moth and agreed: to keep the mill.",
    ),
    (
        "minutes approved",
        "The minutes of 4 May were confirmed and signed.",
        "The minutes of 4 May were confirmed and signed.",
    ),
    ("telegraphic", "Notes of 4 May agreed.", "Notes of 4 May agreed."),
    ("passive", "The tariff was approved.", "The tariff was approved."),
    (
        "this was agreed takes the sentence before",
        "Rain stopped. Ms Oke proposed a bench. This was agreed.",
        "Ms Oke proposed a bench. This was agreed.",
    ),
    (
        "a head takes the paragraph below",
        "RESOLVED\n\nThat the ferry run in winter. Mr Vane left.",
        "That the ferry run in winter.",
    ),
    ("label", "> **Decision:** Boats to be let.", "Boats to be let."),
    ("label over a cell", "| DECISION 4/11 |\n|---|\n| Let the boats. |", "Let the boats."),
    (
        "an action behind it stays outside",
        "**Decision:** plan kept. **Action 2:** Vane to post it.",
        "plan kept.",
    ),
    (
        "initials in the margin stay outside",
        "Agreed that one reply be sent.                    VM",
        "Agreed that one reply be sent.",
    ),
    (
        "a conclusion is a decision",
        "Conclusion:\n\n4.4 The Panel RECOMMENDS that rope be found.",
        "The Panel RECOMMENDS that rope be found.",
    ),
    ("outcome", "**Outcome**\n- Boats to be let.", "Boats to be let."),
    ("Welsh and English", "Derbyniwyd / Accepted", "Derbyniwyd / Accepted"),
    (
        "under a table",
        "The rope that was bought for the ferry in May      £90.00\nResolved that it be paid.",
        "Resolved that it be paid.",
    ),
    ("a comment", "12/345, Mill Lane, a shed: OBJECT, too tall.", "OBJECT, too tall."),
    ("a verdict", "Eels, tides and snow: approved.", "Eels, tides and snow: approved."),
    (
        "votes",
        "The request for rope was refused, by four votes to two.",
        "The request for rope was refused, by four votes to two.",
    ),
    (
        "and this was agreed",
        "Ms Oke asked for one more lamp at the ferry, and this was agreed.",
        "Ms Oke asked for one more lamp at the ferry, and this was agreed.",
    ),
    (
        "words between subject and verb",
        "The Ferry Policy, in line with the old one, was adopted.",
        "The Ferry Policy, in line with the old one, was adopted.",
    ),
    (
        "minutes that had been sent out",
        "The Minutes of 3 May, copies of which had been circulated, were confirmed.",
        "The Minutes of 3 May, copies of which had been circulated, were confirmed.",
    ),
    ("wrapped lines", "It was\nagreed to wait.", "It was agreed to wait."),
    (
        "the board, by the way, resolved",
        "The Board, under section 4 of the Act, resolved to meet alone.",
        "The Board, under section 4 of the Act, resolved to meet alone.",
    ),
    (
        "a motion put and carried",
        "The motion was then put to the vote and carried unanimously.",
        "The motion was then put to the vote and carried unanimously.",
    ),
    (
        "honorifics with full stops in the subject",
        "A Rope Group of Cllrs. Vane, Oke and Moth was agreed.",
        "A Rope Group of Cllrs. Vane, Oke and Moth was agreed.",
    ),
    ("read and accepted", "Received and accepted as above.", "Received and accepted as above."),
    (
        "a grant in a list, with who kept out of it",
        "Rope Club, a lamp, £90 – agreed (Ms Oke left the room).",
        "Rope Club, a lamp, £90 – agreed (Ms Oke left the room).",
    ),
    (
        "movers on lines of their own over a resolution in quotes",
        'Proposed by Cllr. Vane;\n\nAnd resolved:\n\n"That the rope be cut."',
        '"That the rope be cut."',
    ),
    (
        "an office in the right margin",
        "It was agreed to mend the roof of the boat house by May.                  Clerk",
        "It was agreed to mend the roof of the boat house by May.",
    ),
    (
        "movers all in favour of the decision before",
        "Resolved: that the rope be cut. Proposed Mr Vane, seconded Ms Oke, all in favour.",
        "Resolved: that the rope be cut.",
    ),
    ("a motion in few words", "For 4, against 1. Motion passed.", "Motion passed."),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in ONE], ids=[r[0] for r in ONE])
def test_one_decision(text: str, expected: str) -> None:
    assert _words(text) == [expected]


MANY = [
    (
        "a box",
        "| DECISION 2 |\n| --- |\n| (i) To sell the rope |\n| (ii) To buy a lamp |\n\nIt rained.",
        ["To sell the rope", "To buy a lamp"],
    ),
    (
        "a head that ends oddly over several",
        "**RESOLVED /-**\n\n1. That the rope be sold.\n\n2. That a lamp be bought.",
        ["That the rope be sold.", "That a lamp be bought."],
    ),
    (
        "a body's name between the label and its limbs",
        "Decision\nThe Guild Board –\n(i) approved the ledger; and\n(ii) gave the oars away.",
        ["approved the ledger", "gave the oars away."],
    ),
    (
        "a list item that holds the next limb",
        "RESOLVED: (a) That rope be bought;\n\n(b) That the lamp be lit; (c) That it stop.",
        ["That rope be bought", "That the lamp be lit", "That it stop."],
    ),
    (
        "a limb each on its line",
        "RESOLVED that:\n\n(a) the report be noted; and\n\n(b) a letter go to the Reeve.\n\n"
        "(4) Mr Vane spoke of tides.",
        ["the report be noted", "a letter go to the Reeve."],
    ),
    (
        "limbs in one sentence",
        "AGREED (1) to buy rope; (2) to sell the old boat. The rope is red.",
        ["to buy rope", "to sell the old boat."],
    ),
    (
        "limbs that go on below",
        "DECIDED – (1) That rope be bought;\n(2) That the boat be sold.",
        ["That rope be bought", "That the boat be sold."],
    ),
    ("bullets", "> **AGREED**\n>\n> - to buy rope;\n> - to row.", ["to buy rope", "to row."]),
    (
        "the verb stands in the limbs",
        "(6) The Panel:\n\n(i) agreed to the plan; and\n\n(ii) noted the tide tables",
        ["agreed to the plan", "noted the tide tables"],
    ),
    (
        "a list of cases is no list of limbs",
        "AGREED: (a) and (b) in full.",
        ["AGREED: (a) and (b) in full."],
    ),
    ("two sentences", "The plan was agreed. It was agreed to row.", None),
    (
        "limbs that are all bold",
        "**Resolved –**\n\n**That the rope be sold.**\n\n**To thank the miller.**\n\nRain.",
        ["That the rope be sold.", "To thank the miller."],
    ),
    (
        "approved by the body itself",
        "The fare was approved by the Board. The rope was agreed by all present. "
        "The lamp was adopted by 4 votes to 2.",
        [
            "The fare was approved by the Board.",
            "The rope was agreed by all present.",
            "The lamp was adopted by 4 votes to 2.",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in MANY], ids=[r[0] for r in MANY])
def test_several_decisions(text: str, expected: list[str] | None) -> None:
    found = _words(text)
    assert found == expected if expected else len(found) == 2


WHOLE = [
    pytest.param("The report was received and adopted.", id="received, then adopted"),
    pytest.param("The ropes were received and duly approved.", id="received, then approved"),
    pytest.param("The fare was approved by  the Board.", id="two blanks before the body"),
    pytest.param("The fare was approved by\n  the Council.", id="the body on the next line"),
    pytest.param("The motion was carried by show of hands.", id="a show without an article"),
    pytest.param("The motion was carried by the Chairman's casting vote.", id="a casting vote"),
    pytest.param("The fare was agreed by unanimous decision.", id="a unanimous decision"),
    pytest.param("The fare was agreed by poll.", id="a poll"),
    pytest.param("The fare was approved by Cllrs present.", id="councillors in short"),
    pytest.param("The fare was approved by those voting.", id="who voted"),
    pytest.param("“Keep the Weir”: the Committee agreed to pay £4.", id="a name in quotes"),
    pytest.param('"Keep the Weir": the Committee agreed to pay £4.', id="straight quotes"),
    pytest.param("‘The Reeve’s Weir’: the Committee agreed to pay £4.", id="single quotes"),
    pytest.param("Accounts - Approved", id="a verdict alone behind a dash"),
]


@pytest.mark.parametrize("text", WHOLE)
def test_the_whole_sentence_is_the_decision(text: str) -> None:
    assert _words(text) == [" ".join(text.split())]


@pytest.mark.parametrize("text", ["2. Minutes - Agreed", "2. Fares – Approved"])
def test_a_bare_verdict_behind_a_title_is_decided(text: str) -> None:
    title = text.split()[1]
    page = Page(split(text), [Part(0, len(text), "item", "2", title=title)])
    assert [decision.text for decision in find_decisions(page)] == [text[3:]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Decision: 3/4 of the fare to be paid.", "3/4 of the fare to be paid.", id="a share"
        ),
        pytest.param(
            "DECISION: 24/7 cover to be bought.", "24/7 cover to be bought.", id="all day"
        ),
    ],
)
def test_a_figure_behind_a_label_is_no_application(text: str, expected: str) -> None:
    assert _words(text) == [expected]


NONE = [
    ("received, then approved elsewhere", "The rope was received and approved by Highways."),
    ("apologies received", "Apologies were received and accepted from Ms Oke."),
    ("two blanks before another body", "The fare was approved by  the Department."),
    ("one councillor", "The fare was approved by Cllr Vane."),
    ("a motion's own verb", "“That, as the Council agreed to in May, the rope be cut.”"),
    ("an apostrophe closes no quotes", "‘That the Reeve’s men and the Council agreed to sell.’"),
    ("an account under a head", "NOTED\n\n1. The rope had been sold.\n2. The lamp was out."),
    ("a motion in quotes", "“That the rope be sold.”"),
    ("one person agreed", "Mr Vane agreed to bring the ladder."),
    ("reported speech", "Ms Oke said that the Council had agreed the fee in May."),
    ("it was noted", "It was noted that the tide was late."),
    ("members noted that", "Members noted that two lamps were out."),
    ("bare noted", "Noted."),
    ("another body's verdict", "A shed on Mill Lane: refused by Highways."),
    ("letters of objection", "Mill Lane: objections had come."),
    ("another body's votes", "He said that the county had passed it by 4 votes to 2."),
    ("an adjective", "Agreed actions were read out."),
    ("a heading in capitals", "AGREED ACTIONS"),
    ("received a paper", "The Board received a paper on eels."),
    ("over a signature", "The meeting closed at 9pm.\n\nApproved as a correct record"),
    ("no subject at all", "The lamps are red."),
    ("approved elsewhere", "The ferry was approved by the Department of Tides."),
    ("approved between meetings", "The ferry fare was agreed by email on 4 May."),
    ("a paper came", "The Rope Report was received."),
    ("an account in a list", "The following points were noted:\n\n- The lamp was out.\n- Eels."),
    ("letters in a list", "The following letter was noted:\n\n(a) From the miller, on eels."),
    ("a motion's own words", "“That this Council supports the ferry.”\n\nIt was lost."),
    (
        "agreed in another year",
        "Ada Vane gave news of the Rope Plan agreed by the Board in May 2015.",
    ),
    ("approved last time", "The rope plan was approved at the last meeting."),
    ("another body's decisions", "Decisions: 19/00321/F Mill Lane, approved. 19/7 Quay, refused."),
    ("decisions of the county", "Decisions of the county: 19/00321/F, Mill Lane – approved."),
    (
        "a page's foot for the signature",
        f"Minutes of 9 September 2013{' ' * 30}Signed {'.' * 28}   Page 61",
    ),
    ("a motion of before", "Ms Oke read the motion passed on 4 May."),
]


@pytest.mark.parametrize("text", [row[1] for row in NONE], ids=[row[0] for row in NONE])
def test_no_decision(text: str) -> None:
    assert _words(text) == []


@pytest.mark.parametrize("title", ["Minutes of 4 May", "Rope"])
def test_movers_alone_decide_nothing(title: str) -> None:
    text = "Proposed Ada Vane, seconded Bo Moth."
    assert find_decisions(Page(split(text), [Part(0, len(text), "item", title=title)])) == ()


def test_a_bold_title_is_no_part_of_the_decision_behind_it() -> None:
    text = "| 2 | **Notes of May** Agreed, with the rope put right. |"
    page = Page(split(text), [Part(0, len(text), "item", "2", None, "Notes of May")])
    assert [each.text for each in find_decisions(page)] == ["Agreed, with the rope put right."]


def test_movers_behind_a_decision_are_none() -> None:
    text = "The minutes were agreed. Proposed Ada Vane, seconded Bo Moth."
    found = find_decisions(Page(split(text), [Part(0, len(text), "item", title="Minutes")]))
    assert [decision.text for decision in found] == ["The minutes were agreed."]


def test_front_matter_holds_none_where_items_follow() -> None:
    text = "Minutes approved.\n1. Rope\nRESOLVED to buy rope."
    start = text.index("1. Rope")
    parts = [Part(0, start, "front"), Part(start, len(text), "item", "1")]
    assert [d.text for d in find_decisions(Page(split(text), parts))] == ["RESOLVED to buy rope."]


def test_a_list_stops_at_the_end_of_its_part() -> None:
    text = "RESOLVED that:\n(a) rope be bought\n(b) the boat be sold"
    end = text.index("(b)")
    parts = [Part(0, end, "item"), Part(end, len(text), "item")]
    assert [d.text for d in find_decisions(Page(split(text), parts))] == ["rope be bought"]


PIECES = st.sampled_from(
    [
        "RESOLVED that", "(a) ", "(b) ", "It was agreed to row. ", "\n", "\n\n", "**", "> ", "- ",
        "Decision: ", "| ", ";", "This was agreed. ", "Mr Vane ", "1. ", "“", "the Board noted ",
    ]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=8), max_size=40), st.data())
def test_any_text_gives_sorted_decisions_inside_parts(
    pieces: list[str], data: st.DataObject
) -> None:
    text = "".join(pieces).replace("\r", "")
    cut = data.draw(st.integers(0, len(text)))
    bounds = [(0, cut), (cut, len(text))]
    parts = [Part(start, end, "item") for start, end in bounds if start < end]
    found = find_decisions(Page(split(text), parts))
    last = 0
    for decision in found:
        assert decision.start >= last
        assert decision.text == text[decision.start : decision.end]
        assert decision.text == decision.text.strip()
        assert any(p.start <= decision.start and decision.end <= p.end for p in parts)
        last = decision.end


@pytest.mark.parametrize(
    "unit",
    ["a", "word ", "It was agreed that Members ", "RESOLVED (a) that (b) that ", ".", "-", "| a"],
)
def test_a_decision_behind_five_megabytes_on_one_line_is_found(unit: str) -> None:
    text = unit * (5_000_000 // len(unit)) + "\n\nRESOLVED to buy rope."
    found = find_decisions(Page(split(text), [Part(0, len(text), "item")]))
    assert found[-1].text == "RESOLVED to buy rope."
