"""The pipeline over a document: marks of converters cost no mention and are in none."""

from __future__ import annotations

import pytest

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.reading import read_bytes

CLEAN = (
    "Minutes of the Wrenbury Parish Council held on 4 May 2021\n\n"
    "Present: Cllr Ada O'Dowd (Chairman), Cllr Tom Pyke-Hall\n\n"
    "1. Grants\n\n"
    "Cllr O'Dowd thanked Marks & Spencer plc for £250. PC Nadia Farouk of Cheshire Constabulary "
    "spoke of the Licensing Act 2003. RESOLVED to pay £40 to Wrenbury Football Club.\n"
)


def mentions(annotator: Annotator, text: str) -> list[tuple[str, str]]:
    records = annotator.annotate(read_bytes(text.encode(), "minutes.md", ".md"))
    for record in records:
        for span in record.spans:
            assert record.text[span.start : span.end] == span.text
    return [(span.label, span.text) for record in records for span in record.spans]


@pytest.mark.parametrize(
    ("clean", "damaged"),
    [
        pytest.param("O'Dowd", "O&#39;Dowd", id="an entity inside a name"),
        pytest.param("Marks & Spencer plc", "Marks &amp; Spencer plc", id="an entity in a body"),
        pytest.param("Farouk", "Far\xadouk", id="a soft hyphen"),
        pytest.param("Nadia Farouk", "Nadia\u200b Farouk", id="a space that nobody sees"),
        pytest.param("Nadia Farouk", "Nadia\xa0Farouk", id="a hard space"),
        pytest.param("PC Nadia Farouk of", "[PC Nadia Farouk](mailto:n@example.org) of", id="link"),
        pytest.param("£250", '<span id="p3">£250</span>', id="a tag around a sum"),
        pytest.param("2021\n", "2021<br>\n", id="a break at a line's end"),
        pytest.param("Licensing Act", "Licensing&nbsp;Act", id="an entity for a space"),
    ],
)
def test_what_converters_write_costs_no_mention(
    annotator: Annotator, clean: str, damaged: str
) -> None:
    assert clean in CLEAN
    wanted = mentions(annotator, CLEAN)
    found = mentions(annotator, CLEAN.replace(clean, damaged))
    assert {label for label, _ in wanted} == {"PERSON", "ROLE", "ORG", "MONEY", "LEGISLATION"}
    assert [label for label, _ in found] == [label for label, _ in wanted]
    undone = [text.replace(damaged, clean).replace("\xa0", " ") for _, text in found]
    # Where the damage is inside a mention, it is the mention's text as it stands on the page.
    same = [one for one, (_, other) in zip(undone, wanted, strict=True) if one == other]
    assert len(same) >= len(wanted) - 1


def test_no_mention_holds_a_tag_or_a_blank_line(annotator: Annotator) -> None:
    for cut in ("<br>", "\n\n", "</b> <b>"):
        text = CLEAN.replace("Nadia Farouk", f"Nadia{cut}Farouk")
        assert all(
            cut.strip() not in found for _, found in mentions(annotator, text) if cut.strip()
        )
        assert all("\n\n" not in found for _, found in mentions(annotator, text))
