"""Sentences: what ends one and what does not."""

from __future__ import annotations

import pytest

from kcsp_nlp.minutes.statements.sentences import sentences

SENTENCES = [
    ("two", "One lamp. Two lamps.", ["One lamp.", "Two lamps."]),
    ("honorific", "Mr. Vane and Cllr. Moth left.", ["Mr. Vane and Cllr. Moth left."]),
    ("initials", "J. R. Oke spoke. A. Moth left.", ["J. R. Oke spoke.", "A. Moth left."]),
    ("number", "Minute No. 5 stands. No. It fell.", ["Minute No. 5 stands.", "No.", "It fell."]),
    ("small number", "It is lamp no. 2 of ten.", ["It is lamp no. 2 of ten."]),
    ("time", "At 6.30 p.m. by the weir. Rain.", ["At 6.30 p.m. by the weir.", "Rain."]),
    ("quote", "He said “no.” She left.", ["He said “no.”", "She left."]),
    ("figures", "It cost £1.50 a yard. £3 was paid.", ["It cost £1.50 a yard.", "£3 was paid."]),
    ("lettered point", "The lamp is out. b) A rope.", ["The lamp is out.", "b) A rope."]),
]


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in SENTENCES], ids=[row[0] for row in SENTENCES]
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == expected
