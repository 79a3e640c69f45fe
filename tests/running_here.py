"""`annotate` in the process of a test, with an annotator that needs no model.

A module of tests that says `pytest_plugins = ["running_here"]` has the fixture `here`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

import trying_annotator
from kcsp_nlp.cli.main import run


class Here:
    """The command in this process, which annotates itself: for what needs no kill."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]
    ) -> None:
        self._monkeypatch = monkeypatch
        self._capture = capture
        self.version = "0"
        self.err = ""
        monkeypatch.setattr("kcsp_nlp.cli.annotating.identify", self._identify)
        monkeypatch.setattr(
            "kcsp_nlp.cli.annotating.load_setup", lambda *_: trying_annotator.TryingSetup()
        )

    def _identify(self, setup: trying_annotator.TryingSetup, *, explain: bool) -> Any:
        identity = trying_annotator.identity_of(setup, explain=explain)
        return identity.model_copy(update={"version": self.version})

    def __call__(self, *arguments: str | Path) -> int:
        given = ["kcsp-nlp", "annotate", *map(str, arguments), "--workers", "0"]
        self._monkeypatch.setattr(sys, "argv", given)
        try:
            run()
            code = 0
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        self.err = self._capture.readouterr().err
        return code


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Here:
    return Here(monkeypatch, capfd)
