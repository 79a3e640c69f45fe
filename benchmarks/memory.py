"""The most memory that this process has held."""

from __future__ import annotations

import resource
import sys

# ru_maxrss is in kilobytes on Linux and in bytes on macOS.
_PER_MB = 1024 if sys.platform != "darwin" else 1024 * 1024


def peak_mb() -> float:
    """Return the most resident memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _PER_MB
