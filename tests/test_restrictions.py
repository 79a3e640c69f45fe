"""What is not for the public: items, resolutions and markings in the styles of many bodies."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.minutes import lines as lines_
from kcsp_nlp.minutes.parsing import parse
from kcsp_nlp.minutes.restrictions.finding import find_restrictions
from kcsp_nlp.minutes.restrictions.markings import find_in_title
from kcsp_nlp.minutes.restrictions.whole import find_in_margins
from kcsp_nlp.reading import read_bytes
from kcsp_nlp.reading.document import Aside, AsideKind
from kcsp_nlp.records import Restriction

HEAD = "HARBOUR SAFETY BOARD\n\nMinutes of the meeting held on 14 May 2024 in the Old Library\n"
OPENING = """
Present: Cllr J Osgood (Chairman), Mrs P Lund

1. Apologies for absence
Apologies were received from Mr R Nair.

2. Minutes of the last meeting
The minutes were approved and signed.

3. Police report
Sergeant Ings reported four burglaries in Mill Lane.

"""
CLOSE = "\n\nThe meeting closed at 9.05 pm.\n\nSigned ................ Chairman\n"
ACT = "Section 100A(4) of the Local Government Act 1972"
SCHEDULE = "paragraph 3 of Part 1 of Schedule 12A"
ACT_1960 = "the Public Bodies (Admission to Meetings) Act 1960"
LAND = "Land at Quay Road\nThe Clerk reported two offers. RESOLVED to accept the higher."
STAFF = "Staffing\nThe Clerk's hours were discussed and it was agreed to advertise the post."
NEXT = "Date of next meeting\n11 June 2024 at 7.30pm."


def found(text: str) -> dict[str, str]:
    """Return kind and place of each restricted item, by its number or title."""
    return {
        part.number or part.title or part.kind: f"{part.marking.kind} {part.marking.said_by}"
        for part in parse(text).parts
        if part.marking
    }


def minutes(*items: str, head: str = HEAD) -> str:
    numbered = (f"{number}. {item}" for number, item in enumerate(items, 4))
    return head + OPENING + "\n\n".join(numbered) + CLOSE


EXEMPT, SECRET = "exempt item", "confidential item"
BY_ACT, BY_WORDS = "exempt resolution", "confidential resolution"

ITEMS = [
    # The item says so itself.
    ("Quay Road sale (Exempt)\nTwo offers were noted.", EXEMPT, "in brackets behind a title"),
    ("QUAY ROAD SALE – EXEMPT\nTwo offers were noted.", EXEMPT, "behind a dash"),
    ("EXEMPT ITEM: Quay Road\nTwo offers were noted.", EXEMPT, "before a colon"),
    ("Confidential – Staffing\nThe Clerk's pay was agreed.", SECRET, "before a dash"),
    ("Confidential items\nThe Clerk's pay was agreed.", SECRET, "the title is nothing else"),
    ("Closed session\nThe Clerk's pay was agreed.", SECRET, "a parish's closed session"),
    ("PRIVATE SESSION\nThe tender was awarded to Bray Ltd.", SECRET, "a trust's private session"),
    ("Quay Road\n(Exempt under paragraph 3 of Schedule 12A)\nTwo offers were noted.", EXEMPT,
     "a remark below the title"),
    ("Quay Road\nNOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A\n"
     "Two offers were noted.", EXEMPT, "the words above many reports"),
    ("Quay Road\nBy virtue of paragraph(s) 14 of Part 4 of Schedule 12A of the Local Government "
     "Act 1972.\nTwo offers were noted.", EXEMPT, "a Welsh paragraph"),
    ("Licence of Driver A (Part II)\nThe driver was warned.", EXEMPT, "part two in brackets"),
    ("Part 2 – Private: Driver A\nThe driver was warned.", EXEMPT, "part two before a title"),
    ("Contract award\n*This item was considered in private.*\nThe tender went to Bray Ltd.",
     SECRET, "a sentence in italics"),
    ("Contract award\nConsidered in closed session. The tender went to Bray Ltd.", SECRET,
     "a sentence without a subject"),
    ("Review of Adult R\n[CONFIDENTIAL]\nThe panel heard the author.", SECRET, "square brackets"),
    ("Problem profile (RESTRICTED)\nFour lines were active.", "restricted item", "police"),
    ("Problem profile - OFFICIAL-SENSITIVE\nFour lines were active.", "restricted item",
     "a marking behind a title"),
    ("Tender for refuge services (commercial in confidence)\nThree bids were scored.", SECRET,
     "an integrated care board"),
    ("Remuneration of the Chief Executive (in camera)\nThe award was agreed.", SECRET,
     "a college in camera"),
    ("Reserved business\nThe Principal's pay was agreed.", SECRET, "a governing body"),
    ("Complaint about the Clerk\nThe press and public having been excluded, members heard the "
     "complaint and dismissed it.", SECRET, "done before the business"),
    ("Complaint about the Clerk\nThe meeting went into closed session for ten minutes. Members "
     "agreed to dismiss it. The meeting returned to open session.", SECRET, "in and out again"),
    (f"Staffing\nRESOLVED under {ACT_1960} that press and public be excluded while this item was "
     "discussed. The Clerk's pay was agreed.", SECRET, "the resolution stands in the item"),
    (f"Quay Road\nIt was RESOLVED that under {ACT} the public be excluded during this item. Two "
     "offers were noted.", EXEMPT, "the item's own resolution"),
    ("Ill-health retirement\nThe Board agreed in terms of Section 50A(4) of the Local Government "
     "(Scotland) Act 1973 to exclude the public during consideration of this item. The award was "
     "approved.", EXEMPT, "Scotland"),
    ("Pink papers: Quay Road\nTwo offers were noted.", EXEMPT, "pink papers"),
    ("Below the line: disciplinary\nThe appeal was heard.", SECRET, "below the line"),
    ("Part 2 matters\nThe Trust's legal claims were reviewed.", EXEMPT, "part two, and what it is"),
    ("Legal case\nThis item is exempt from publication by virtue of paragraph 5.", EXEMPT,
     "exempt from publication"),
    ("Legal case\n(This item was discussed in private session and is minuted separately.)", SECRET,
     "minuted elsewhere"),
    # An item about confidentiality.
    ("Confidential helpline\nThe helpline had taken forty calls.", None, "a confidential helpline"),
    ("Confidential waste\nThe contract for confidential waste was renewed.", None, "waste"),
    ("Restricted byway 12\nThe restricted byway was overgrown.", None, "a right of way"),
    ("Parking restrictions\nRestricted parking in Mill Lane was discussed.", None, "parking"),
    ("Exempt accommodation\nThe Board heard that exempt accommodation had doubled.", None,
     "supported housing"),
    ("Business rates\nThe hall was exempt from business rates.", None, "exempt from rates"),
    ("Hall hire\nHire is VAT exempt and this was noted.", None, "tax"),
    ("Declarations\nCllr Osgood declared an exempt interest.", None, "an exempt interest"),
    ("Camping\nThe club held an exempt authority certificate.", None, "an exempt authority"),
    ("Exempt minutes of 3 May\nThe exempt minutes of 3 May were approved.", None,
     "the approval of exempt minutes is public"),
    ("Confidential reporting policy\nThe policy was adopted.", None, "whistleblowing"),
    ("Confidentiality\nMembers were reminded of the statement.", None, "a reminder"),
    ("Private rented sector\nThe meeting moved to private landlords and their licences.", None,
     "a sector"),
    ("Exclusions from school\nForty pupils had been excluded and the public were told.", None,
     "pupils"),
    ("Visitors\nTwo members of the public left the meeting at 8.15pm.", None, "visitors who leave"),
    ("Policing Committee\nThe Policing Committee will meet in private on 19 October.", None,
     "another meeting"),
    ("Committee structure\nThe plan was discussed in Committee Room 2.", None, "a room"),
    ("Complaint\nA resident complained that the public had been excluded from the Planning "
     "Committee in May.", None, "a complaint"),
    ("Standing orders\nThe Clerk explained that the public may be excluded if exempt business "
     "is discussed.", None, "an explanation"),
    ("Exempt items\nThere were no exempt items.", None, "none"),
    ("Exclusion of press and public\nNo items were identified.", None, "none identified"),
    ("Exclusion of press and public\nThe press and public were not excluded.", None,
     "not excluded"),
    ("Confidential items\nNone.", None, "none under a title"),
    ("Motion to exclude the public\nCllr Lund moved that the public be excluded. The motion was "
     "lost by 5 votes to 2.", None, "lost"),
    ("Exclusion of the public\nDeferred to the June meeting.", None, "deferred"),
    ("Housing Act\nLicences under Part 2 of the Housing Act 2004 were granted.", None, "a law"),
    ("Refuge (address confidential, see annex)\nThe roof was mended.", None,
     "a remark on something else"),
    ("Grants\nThe bidder named in the exempt appendix was chosen.", None,
     "points at what stands elsewhere"),
    ("Fees\nThe Treasurer said that the price was confidential.", None, "one fact in a discussion"),
    ("Reserved matters application\nNo objection.", None, "planning"),
    ("Barn conversion (Reserved Matters)\nNo objection.", None, "planning, in brackets"),
    ("Action 7 – closed\nThe lamp was mended.", None, "an action that is done"),
    ("Taxi policy (private hire)\nThe policy was adopted.", None, "taxis"),
    ("Hall hire (exempt from VAT)\nThe rates were agreed.", None, "tax, in brackets"),
    ("Press release\nThe press were excluded from the photograph by mistake.", None,
     "a photograph"),
    ("Freedom of information\nThe request was refused as exempt from disclosure.", None,
     "a request"),
    ("Urgent business\nThe Chair agreed that one item be taken in private in June.", None,
     "an item of some other time"),
    ("Weekly figures (Official)\nThe figures were noted.", None, "official alone is none"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "expected"), [pytest.param(i, e, id=r) for i, e, r in ITEMS])
def test_an_item_says_so_itself_or_not(item: str, expected: str | None) -> None:
    text = minutes(item, "Highways\nThe Clerk reported a pothole.")
    assert found(text) == ({"4": expected} if expected else {})


RESOLUTIONS = [
    ((f"Exclusion of press and public\nRESOLVED that under {ACT} the press and public be excluded "
      f"for the following items on the grounds of {SCHEDULE}.", LAND, STAFF),
     {"5": BY_ACT, "6": BY_ACT}, "England, the following items"),
    ((f"Exclusion of the public\nRESOLVED that under {ACT} the public be excluded from the next "
      "item.", LAND, STAFF), {"5": BY_ACT}, "the next item and no other"),
    ((f"Exclusion of the public\nRESOLVED that under {ACT} the public be excluded for the next two "
      "items.", LAND, STAFF, "Highways\nA pothole was reported."),
     {"5": BY_ACT, "6": BY_ACT}, "a number in words"),
    ((f"Exclusion of the public\nRESOLVED that under {ACT} the public be excluded during "
      "consideration of items 6 and 7.", "Highways\nA pothole was reported.", LAND, STAFF,
      "Bins\nBins were discussed."), {"6": BY_ACT, "7": BY_ACT}, "a list of numbers"),
    ((f"Exclusion of the public\nRESOLVED that under {ACT} the public be excluded for items 5 - 7.",
      LAND, STAFF, "Tender\nThe tender was scored.", "Bins\nBins were discussed."),
     {"5": BY_ACT, "6": BY_ACT, "7": BY_ACT}, "a range of numbers"),
    (("Confidentiality\nIt was agreed that item 6 be treated as confidential.",
      "Highways\nA pothole was reported.", STAFF, "Bins\nBins were discussed."),
     {"6": BY_WORDS}, "one item, agreed in advance"),
    (("Decision on taking business in private\nThe Committee agreed to take items 5 and 6 in "
      "private.", LAND, STAFF, "Bins\nBins were discussed."),
     {"5": BY_WORDS, "6": BY_WORDS}, "Scotland, items taken in private"),
    ((f"Exclusion of the public\nRESOLVED under {ACT_1960} that the press and public withdraw.",
      STAFF, "Legal\nThe solicitor's advice was considered.", NEXT),
     {"5": BY_WORDS, "6": BY_WORDS}, "a parish; the date of the next meeting is no secret"),
    ((f"Exclusion of the public\nRESOLVED that under {ACT} the press and public be excluded for "
      "the remainder of the meeting.", LAND, NEXT), {"5": BY_ACT, "6": BY_ACT},
     "to the end, whatever it is"),
    ((f"Exclusion of the public\nRESOLVED that under {ACT} the public be excluded for the "
      "following items.", LAND, "Re-admission of the public\nThe public were readmitted.",
      "Bins\nBins were discussed."), {"5": BY_ACT}, "readmitted by an item"),
    ((f"Exclusion of the public\nRESOLVED that under {ACT} the public be excluded for the "
      "following items.", f"{LAND} The public were re-admitted to the meeting.",
      "Bins\nBins were discussed."), {"5": BY_ACT}, "readmitted at the end of an item"),
    ((f"Exclusion of the public\nRESOLVED that under {ACT} the public be excluded for the "
      "following items.", LAND, "Bins\nThe meeting returned to open session. Bins were discussed."),
     {"5": BY_ACT}, "open again as an item begins"),
    (("Any other business\nNothing was raised. The Council resolved to go into committee.",
      LAND, STAFF, "Council came out of committee\nThe Mayor resumed the chair.",
      "Bins\nBins were discussed."), {"5": BY_WORDS, "6": BY_WORDS}, "Northern Ireland"),
    (("Confidential business\nIt was resolved, under section 42 of the Local Government Act "
      "(Northern Ireland) 2014, that members of the press and public be excluded during the "
      "following items as exempt information under Schedule 6 would be disclosed.", LAND, STAFF),
     {"4": EXEMPT, "5": BY_ACT, "6": BY_ACT}, "Northern Ireland, the section's own title"),
    (("Exclusion of the press and public\nRESOLVED that the press and public be excluded: the "
      f"report contained exempt information within {SCHEDULE}.", LAND), {"5": BY_ACT},
     "no word of reach"),
    (("Exclusion of the public\nThe Chairman moved, Mrs Lund seconded and it was carried that the "
      f"public be excluded under {ACT}. The tender was then opened and Bray Ltd was awarded "
      "the work at the lowest price.", "Bins\nBins were discussed."),
     {"4": EXEMPT, "5": BY_ACT}, "the item holds the business too"),
    ((f"Exclusion of the public\nTo consider whether to exclude the public under {ACT}.", LAND),
     {}, "only considered"),
    (("Exclusion of the public\nRESOLVED that the public be excluded should any exempt item "
      "arise.", LAND), {}, "in case"),
    (("Highways\nA pothole was reported.\n\nEXEMPT ITEMS", LAND, STAFF),
     {"5": BY_ACT, "6": BY_ACT}, "a line over the items"),
    (("Highways\nA pothole was reported.\n\nPART II – PRIVATE", LAND, STAFF),
     {"5": BY_ACT, "6": BY_ACT}, "part two"),
    (("Highways\nA pothole was reported.\n\nPART B (CLOSED TO THE PUBLIC)", LAND),
     {"5": BY_ACT}, "part B"),
    (("Highways\nA pothole was reported.\n\nCONFIDENTIAL SECTION", STAFF,
      "Tender\nThe tender was scored.\n\nPART 1 – OPEN", "Bins\nBins were discussed."),
     {"5": BY_WORDS, "6": BY_WORDS}, "until a line says that it is open"),
    (("Highways\nA pothole was reported.\n\nEXEMPT ITEMS: NONE", LAND), {}, "a line says none"),
    (("Highways\nA pothole was reported.\n\nUNRESTRICTED ITEMS", LAND), {}, "Kent"),
    ((f"Exclusion of the public\nRESOLVED that under {ACT} the public be excluded for the "
      "following business.\n\nEXEMPT ITEM (Open Access to Minute)", LAND), {},
     "the minute is open although the report was not"),
    ((f"Exclusion of the public\nRESOLVED that under {ACT} the public be excluded.", LAND,
      "Close of meeting\nThe Chairman thanked all."), {"5": BY_ACT}, "the close is no business"),
    (("Cllr Lund proposed to move into closed session\nAll agreed. The tender was awarded to Bray.",
      NEXT), {"4": SECRET}, "a motion as a title"),
    (("Tender\nThe press and public were asked to leave the room. The tender was scored and "
      "awarded.", "Bins\nBins were discussed."), {"4": SECRET}, "asked to leave"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("items", "expected"), [pytest.param(i, e, id=r) for i, e, r in RESOLUTIONS]
)
def test_a_resolution_holds_until_it_ends(items: tuple[str, ...], expected: dict[str, str]) -> None:
    assert found(minutes(*items)) == expected


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        pytest.param("RESTRICTED", "restricted", id="police"),
        pytest.param("**OFFICIAL - SENSITIVE**", "restricted", id="government, in bold"),
        pytest.param("OFFICIAL-SENSITIVE (when complete)", "restricted", id="when complete"),
        pytest.param("PROTECT – PERSONAL", "restricted", id="the old scheme"),
        pytest.param("Protective marking: RESTRICTED", "restricted", id="with a label"),
        pytest.param("NOT FOR PUBLICATION", "confidential", id="not for publication"),
        pytest.param("STRICTLY PRIVATE AND CONFIDENTIAL", "confidential", id="private"),
        pytest.param("EXEMPT MINUTES", "exempt", id="the exempt minutes themselves"),
        pytest.param("Commercial in confidence", "confidential", id="a health board"),
        pytest.param("OFFICIAL", None, id="official alone"),
        pytest.param("NOT PROTECTIVELY MARKED", None, id="says that there is none"),
        pytest.param("UNRESTRICTED ITEMS", None, id="the opposite"),
        pytest.param("CONFIDENTIAL ITEMS REMOVED", None, id="what was confidential is gone"),
        pytest.param("Restricted byways sub-group", None, id="a name"),
    ],
)
def test_a_marking_stands_for_the_whole_document(line: str, kind: str | None) -> None:
    text = minutes("Bins\nBins were discussed.", head=f"{line}\n\n{HEAD}")
    markings = [part.marking for part in parse(text).parts]
    assert {(each.kind, each.said_by) if each else None for each in markings} == {
        (kind, "document") if kind else None
    }


def test_a_marking_on_every_page_stands_for_the_whole() -> None:
    items = (
        "Bins\nBins were discussed.\n\nRESTRICTED",
        "Ponds\nPonds were discussed.\n\nRESTRICTED",
    )
    places = {part.marking.said_by for part in parse(minutes(*items)).parts if part.marking}
    assert "document" in places
    assert all(part.marking for part in parse(minutes(*items)).parts)


def test_what_an_item_says_goes_before_what_the_document_says() -> None:
    text = minutes("Quay Road (Exempt)\nTwo offers.", head=f"RESTRICTED\n\n{HEAD}")
    assert found(text)["4"] == "exempt item"
    assert found(text)["3"] == "restricted document"


@pytest.mark.parametrize(
    ("margin", "said"),
    [
        pytest.param("RESTRICTED", "RESTRICTED", id="alone"),
        pytest.param("Harbour Board    RESTRICTED - 2", "RESTRICTED - 2", id="behind a name"),
        pytest.param("OFFICIAL SENSITIVE\nPage 2 of 4", "OFFICIAL SENSITIVE", id="two lines"),
        pytest.param("| Board | CONFIDENTIAL |", "CONFIDENTIAL", id="cells of a table"),
        pytest.param("Restricted Byways Group", None, id="a name"),
        pytest.param("OFFICIAL", None, id="official alone"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_margins_carry_a_marking(margin: str, said: str | None) -> None:
    assert find_in_margins([margin]) == said


@pytest.mark.parametrize(
    ("title", "said"),
    [
        pytest.param("Land sale (EXEMPT)", "(EXEMPT)", id="brackets"),
        pytest.param("Land sale", None, id="none"),
        pytest.param("Procurement Exemptions", None, id="another word"),
        pytest.param("Staffing (numbers only, names in Part Two)", None, id="a remark on names"),
    ],
)
def test_titles(title: str, said: str | None) -> None:
    words = find_in_title(title)
    assert (title[words.start : words.end] if words else None) == said


def test_records_quote_the_words_on_one_line_and_without_markup(annotator: Annotator) -> None:
    resolution = f"**RESOLVED** that under {ACT} the\n   public be excluded for the next item."
    text = minutes(f"Exclusion of the public\n{resolution}", LAND)
    records = annotator.annotate(read_bytes(text.encode(), "board.md", ".md"))
    assert [record.restriction for record in records if record.restriction] == [
        Restriction(
            kind="exempt",
            said_by="resolution",
            text=f"RESOLVED that under {ACT} the public be excluded for the next item",
        )
    ]


@pytest.mark.parametrize(
    ("kind", "is_marked"),
    [
        pytest.param("header", True, id="a running header"),
        pytest.param("watermark", True, id="a watermark"),
        pytest.param("comment", False, id="what somebody wrote beside the text"),
    ],
)
def test_a_marking_that_reading_set_aside_holds_for_every_record(
    annotator: Annotator, kind: AsideKind, is_marked: bool
) -> None:
    document = read_bytes(minutes("Land (Exempt)\nTwo offers.").encode(), "board.md", ".md")
    aside = Aside(kind=kind, text="OFFICIAL-SENSITIVE", reason="on every page")
    records = annotator.annotate(document.model_copy(update={"aside": (aside,)}))
    said = [record.restriction.said_by if record.restriction else None for record in records]
    assert said.count("item") == 1
    assert said.count("document") == (len(records) - 1 if is_marked else 0)


VOCABULARY = """
exempt EXEMPT confidential restricted RESTRICTED public press and be excluded RESOLVED that items
4 5 to under Section 100A(4) Schedule 12A Part II private session in committee not none the next
following item readmitted was open ( ) [ ] . : - – 6. 7. ## ** | OFFICIAL-SENSITIVE meeting closed
this report is for publication <br> _x_
"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n", "\n\n", "\nRESTRICTED\n", "\\("])


@given(st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=80).map(" ".join))
@settings(max_examples=150)
def test_markings_are_words_of_the_document_and_change_nothing_else(text: str) -> None:
    whole = HEAD + OPENING + text
    outline = parse(whole)
    assert "".join(whole[part.start : part.end] for part in outline.parts) == whole
    for part in outline.parts:
        if part.marking:
            assert 0 <= part.marking.start < part.marking.end <= len(whole)
            assert whole[part.marking.start : part.marking.end].strip()


@pytest.mark.parametrize(
    "piece",
    ["public and press ", "exclude the ", "(exempt ", "item 4, ", "resolved that ", "\n", " ", "|",
     "part ii ", "RESTRICTED\n", "in private. ", "- - ", "no not ", "public\n", "12, "],
)  # fmt: skip
def test_hostile_repetition_is_read_to_its_end(piece: str) -> None:
    text = "4. Bins\n" + piece * (60_000 // len(piece))
    lines = lines_.split(text)
    parts = parse("1. A\nB was agreed.\n2. C\nD.").parts
    assert len(find_restrictions(lines, parts[:1])) == 1
