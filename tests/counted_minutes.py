"""A few records whose figures are worked out by hand.

Four meetings: of Ashby Forum in 2018 and 2023, of Kent Board in 2023, and one of nobody knows whom
or when. What each test expects stands beside it; nothing is computed here.
"""

from __future__ import annotations

from typing import Any

from kcsp_nlp.records import Record
from site_making import meeting, record, span

ABUSE, FUNDING, IDLE = "domestic_abuse", "funding", "<b>idle</b>"
CARE = "https://www.legislation.gov.uk/id/ukpga/2014/23"
VICTIMS = "https://www.legislation.gov.uk/id/ukpga/2021/17"
POLICE, ANN, BO = "body:police", "person:ann", "person:bo"
OLD, NEW = meeting("old", "2018-03-02"), meeting("new", "2023-05-09")
BOARD = meeting("board", "2023-06-01", "Kent Board")
UNDATED = meeting("undated", None, None)


def pounds(text: str, amount: float | None, currency: str | None = "GBP", **more: Any) -> Any:
    return span("MONEY", text, amount=amount, currency=currency, **more)


def scores(**known: float) -> dict[str, float]:
    return {ABUSE: 0.1, FUNDING: 0.1, IDLE: 0.01, **known}


def present(who: str, name: str, status: str = "present") -> dict[str, Any]:
    return {"name": name, "status": status, "person": who}


def evidence(text: str, *words: tuple[str, float]) -> list[dict[str, Any]]:
    return [
        {
            "start": text.index(word),
            "end": text.index(word) + len(word),
            "text": word,
            "weight": weight,
        }
        for word, weight in words
    ]


_GRANT = "A grant of £500 and £1,500 to Kent Police under the Care Act 2014."
_COSTS = "£2 million a year, €30, some thousands of pounds and £300 million. Grant, grant."
RECORDS: tuple[Record, ...] = (
    record(
        OLD,
        0,
        "Present: Ann Lee. Apologies: Bo Day.",
        kind="front",
        attendance=[present(ANN, "Ann Lee"), present(BO, "Bo Day", "apologies")],
    ),
    record(
        OLD,
        1,
        _GRANT,
        number="2",
        title="Refuge",
        topics=[ABUSE, FUNDING],
        scores=scores(domestic_abuse=0.95, funding=0.8),
        evidence={FUNDING: evidence(_GRANT, ("grant", 2.0), ("£500", 0.5))},
        spans=[
            pounds("£500", 500),
            pounds("£1,500", 1500),
            span("ORG", "Kent Police", POLICE),
            span("LEGISLATION", "Care Act 2014", CARE, canonical="Care Act 2014"),
        ],
    ),
    record(
        OLD,
        2,
        "£70 for tea. Ann Lee to write by May.",
        title="Tea",
        scores=scores(),
        spans=[pounds("£70", 70)],
        decisions=[{"text": "£70 for tea."}],
        actions=[{"text": "Ann Lee to write by May.", "owners": ["Ann Lee"], "due": "2018-05"}],
    ),
    record(
        NEW,
        0,
        "Present: Ann Lee, Bo Day.",
        kind="front",
        attendance=[present(ANN, "Ann Lee"), present(BO, "Bo Day")],
    ),
    record(
        NEW,
        1,
        _COSTS,
        number="1",
        title="Costs",
        topics=[FUNDING],
        scores=scores(funding=0.7),
        evidence={FUNDING: evidence(_COSTS, ("Grant", 1.0))},
        spans=[
            pounds("£2 million", 2e6, period="year"),
            pounds("€30", 30, "EUR"),
            pounds("thousands", None, None),
            pounds("£300 million", 3e8),
        ],
    ),
    record(
        NEW,
        2,
        "Ms Lee spoke of the Care Act 2014, the Care Act 2014 and the Domestic Abuse Act 2021. "
        "Kent Police and Kent Police are to report by July.",
        number="2",
        title="Police <script>alert(1)</script>",
        topics=[ABUSE],
        scores=scores(domestic_abuse=0.6),
        spans=[
            span("PERSON", "Lee", ANN, canonical="Ann Lee"),
            span("LEGISLATION", "Care Act 2014", CARE, canonical="Care Act 2014"),
            span("LEGISLATION", "Care Act 2014", CARE, 1, canonical="Care Act 2014"),
            span("LEGISLATION", "Domestic Abuse Act 2021", VICTIMS),
            span("ORG", "Kent Police", POLICE),
            span("ORG", "Kent Police", POLICE, 1),
        ],
        actions=[
            {
                "text": "Kent Police are to report by July.",
                "owners": ["Kent Police"],
                "due": "2024-07-01",
            }
        ],
    ),
    record(
        BOARD,
        1,
        "A bid for £1,500. Somebody is to ask.",
        number="1",
        title="Bid",
        topics=[FUNDING],
        scores=scores(funding=0.9),
        spans=[pounds("£1,500", 1500)],
        actions=[{"text": "Somebody is to ask."}],
    ),
    record(
        UNDATED,
        1,
        "£10 was found.",
        title="Lost",
        topics=[FUNDING],
        scores=scores(funding=0.5),
        spans=[pounds("£10", 10)],
    ),
)
