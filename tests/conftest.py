"""What all tests share: one loaded model, the sample minutes, and how hard Hypothesis tries."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import kcsp_nlp
from kcsp_nlp.annotator import Annotator

ROOT = Path(__file__).parents[1]

# A model annotates an example in some milliseconds, on a busy machine in many more: no deadline.
# In CI the same examples every time: a change is judged by what it changes.
settings.register_profile(
    "kcsp",
    deadline=None,
    max_examples=60,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("kcsp")


@pytest.fixture(scope="session")
def annotator() -> Annotator:
    """The shipped model, loaded once."""
    return kcsp_nlp.load()


@pytest.fixture(scope="session")
def samples() -> list[Path]:
    """The sample minutes, in the order in which a folder of them is read."""
    folder = ROOT / "corpus" / "samples"
    return sorted(path for path in folder.iterdir() if path.name != "README.md")
