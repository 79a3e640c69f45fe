"""Topics of the items that name something."""

from __future__ import annotations

from kcsp_nlp.dashboard.entities.batches import Batch, by_member
from kcsp_nlp.dashboard.source import Row, Source

_TOPICS = """
    SELECT x.{key} AS id, y.topic_id, COUNT(DISTINCT x.item_id) AS items
    FROM mentions x JOIN item_topics y ON y.item_id = x.item_id AND y.assigned
    WHERE x.{key} BETWEEN ?1 AND ?2
    GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2
"""


def topic_rows(source: Source, batch: Batch) -> dict[str, list[Row]]:
    """Return for each member its topics (`topic_id`) and in how many `items`, the most first."""
    return by_member(source, batch, _TOPICS)
