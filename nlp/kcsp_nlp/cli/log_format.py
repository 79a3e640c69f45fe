"""Forms of what a run says on stderr."""

from __future__ import annotations

from enum import StrEnum


class LogFormat(StrEnum):
    """Forms of the log."""

    text = "text"
    json = "json"
