"""What figures come from: the digest of the code changes with what a record depends on alone."""

from __future__ import annotations

from pathlib import Path

import pytest

import kcsp_nlp
from kcsp_nlp.evaluation import provenance

PACKAGE = Path(kcsp_nlp.__file__).parent


@pytest.mark.parametrize("name", sorted({*provenance._NOT_FINDING, *provenance._NOT_LEARNING}))
def test_what_is_left_out_is_there(name: str) -> None:
    known = {"configs", "models"}  # laid into the package by the wheel
    assert name in known or (PACKAGE / name).exists()


def test_what_is_learnt_depends_on_less() -> None:
    assert set(provenance._NOT_FINDING) < set(provenance._NOT_LEARNING)
    assert provenance.code_sha256() != provenance.code_sha256(learning=True)
