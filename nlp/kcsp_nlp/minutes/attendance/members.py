"""Lists in which "In attendance" stands over the members, and "Also" over everybody else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kcsp_nlp.minutes.attendance.labels import Group
from kcsp_nlp.minutes.attendance.layout import Layout
from kcsp_nlp.minutes.attendance.sentences import told_attendance
from kcsp_nlp.minutes.lines import Line

# "In attendance:", "ATTENDING" but not "Also in attendance".
_ATTENDING = re.compile(r"[\W_]*(?:in attendance|attending|attended)\b", re.IGNORECASE)
# "Also:", "**Also present**", "ALSO IN ATTENDANCE -" but not "Also, Mr Ash said".
_ALSO = re.compile(
    r"[\W_]*also(?: (?:present|in attendance|attending|there))?[*_\s]*(?:[:–—-]|\s{3}|\Z)",
    re.IGNORECASE,
)
_MOST_LINES = 40


def lists_members(lines: Sequence[Line], at: int, group: Group, layout: Layout) -> bool:
    """Tell whether a label reads "In attendance" and opens the list of those present.

    Args:
        lines: The lines of a part.
        at: Index of the label's line, which no list stands before.
        group: What the label says.
        layout: Of the document.
    """
    if group.status != "in_attendance" or not _ATTENDING.match(lines[at].text):
        return False
    if not any(_ALSO.match(line.text) for line in lines[at + 1 : at + _MOST_LINES]):
        return False
    told = told_attendance(lines[:at], layout)  # "Cllrs Lee and Ash were present."
    return all(stretch.status != "present" for stretch in told)
