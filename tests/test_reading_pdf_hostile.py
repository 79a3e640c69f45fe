"""PDF files that are broken or mean harm end in an error that says what to do."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.pdf.extracting import extract
from pdf_making import Page, join_objects, make_pdf

CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
EMPTY_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
WHOLE = make_pdf([Page().text(72, 72, "Minutes of the Parish Council")])


def crowded() -> bytes:
    page = Page()
    page.content.append(b"BT /F1 9 Tf 50 700 Td " + b"(aaaaaaaaaa) Tj " * 16_000 + b"ET")
    return make_pdf([page])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"%PDF-1.4\n", "broken or truncated", id="nothing behind the first line"),
        pytest.param(WHOLE[:150], "broken or truncated", id="cut off before its first page"),
        pytest.param(
            b"%PDF-1.7\n" + bytes(range(256)) * 50, "broken or truncated", id="random bytes"
        ),
        pytest.param(
            join_objects([CATALOGUE, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]),
            "no page that can be read",
            id="a tree of pages that is its own child",
        ),
        pytest.param(
            join_objects(
                [CATALOGUE, b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 4 >>", EMPTY_PAGE]
            ),
            "found no text",
            id="a tree of pages that goes round in a circle",
        ),
        pytest.param(
            join_objects([CATALOGUE, b"<< /Type /Pages /Kids [] /Count 0 >>"]),
            "expected",
            id="no pages",
        ),
        pytest.param(
            join_objects(
                [
                    CATALOGUE,
                    b"<< /Type /Pages /Kids [" + b"3 0 R " * 10_000 + b"] /Count 10000 >>",
                    EMPTY_PAGE,
                ]
            ),
            "10000 pages, expected at most 2000",
            id="one page ten thousand times",
        ),
        pytest.param(
            make_pdf([Page().text(72, 72, "Secret")], password="x" * 8),
            "without a password",
            id="a password that is not known",
        ),
        pytest.param(crowded(), "characters on page 1", id="more characters than a page holds"),
        pytest.param(make_pdf([Page()]), "found no text on 1 pages", id="an empty page"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(data: bytes, expected: str) -> None:
    with pytest.raises(ReadingError, match=expected) as failure:
        extract(data, "minutes.pdf", Limits())
    assert str(failure.value).startswith("minutes.pdf: ")


def test_an_empty_password_is_none() -> None:
    data = make_pdf([Page().text(72, 72, "Apologies were received")], password="")
    assert extract(data, "minutes.pdf", Limits())[0].text == "Apologies were received\n"


def test_all_text_together_is_limited() -> None:
    pages = [Page().text(72, 72, "word " * 20) for _ in range(5)]
    with pytest.raises(ReadingError, match="more than 150 characters up to page 2"):
        extract(make_pdf(pages), "minutes.pdf", Limits(characters=150))


def test_thousands_of_rules_are_no_table() -> None:
    page = Page().text(72, 72, "Drawing of the site")
    for step in range(2_500):
        page.rule(step % 500, 0, step % 500, 800).rule(0, step % 800, 500, step % 800)
    assert extract(make_pdf([page]), "plan.pdf", Limits())[0].text == "Drawing of the site\n"


def test_places_beyond_all_pages_do_no_harm() -> None:
    page = Page().text(72, 72, "Read").text(1e9, 1e9, "far away").text(72, 100, "large", size=1e7)
    assert "Read" in extract(make_pdf([page]), "minutes.pdf", Limits())[0].text


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_a_changed_byte_is_read_or_refused(at: int, byte: int) -> None:
    data = WHOLE[:at] + bytes([byte]) + WHOLE[at + 1 :]
    with contextlib.suppress(ReadingError):
        extract(data, "minutes.pdf", Limits())
