"""How many processes this machine has room for."""

from __future__ import annotations

import os

import psutil

# What a process with its model takes, and the one that reads for it, with room for a document.
_MEMORY = 1 << 30


def usual_workers() -> int:
    """Return as many as this process may use cores, fewer where memory is short, at least one."""
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    return max(1, min(cores, int(psutil.virtual_memory().available) // _MEMORY))
