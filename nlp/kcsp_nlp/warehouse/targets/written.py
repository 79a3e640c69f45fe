"""What a target says when it has been written."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Written:
    """What was written to a target.

    Attributes:
        rows: Rows that the target took, by table, in the order of the schema.
        meetings: Documents that were written.
        replaced: Those among them that the target held before; 0 where a target holds one run.
        notes: What a user should know, one line each: texts that were cut, sheets that were parted.
    """

    rows: dict[str, int] = field(default_factory=dict)
    meetings: int = 0
    replaced: int = 0
    notes: tuple[str, ...] = ()
