"""What runs `annotate`."""

from __future__ import annotations

from enum import StrEnum


class Engine(StrEnum):
    """This machine, or a cluster."""

    local = "local"
    ray = "ray"
