"""The star schema: which tables and columns there are, and what they mean.

Facts say what stands in minutes and are keyed by where it stands; dimensions say what it stands
for. Every target has the same tables, columns and keys.
"""

from __future__ import annotations

from typing import Literal

from kcsp_nlp.warehouse.table import Column, Table

SCHEMA_VERSION: Literal["kcsp-nlp/warehouse/1"] = "kcsp-nlp/warehouse/1"

_MEETING = Column("meeting_id", "text", "The meeting.", references="meetings")
_ITEM = Column("item_id", "text", "The item it stands in.", references="items")
_PAGE = Column("page", "integer", "Page of the file, from 1; null where it has none.", null=True)
_START = Column("start_offset", "integer", "First code point, counted from the item's text.")
_END = Column("end_offset", "integer", "One past the last code point.")
_COUNTED = (
    Column("meetings", "integer", "Meetings that name it."),
    Column("mentions", "integer", "Places that name it."),
)
_TIMES = (
    Column("first_date", "text", "Date of the first such meeting; null if unknown.", null=True),
    Column("last_date", "text", "Date of the last such meeting; null if unknown.", null=True),
)


def _date_key(name: str, what: str) -> Column:
    return Column(
        name, "date", f"{what}; null where it is no whole day.", null=True, references="dates"
    )


def _person(what: str) -> Column:
    return Column(
        "person_id", "text", f"{what}; null where not known.", null=True, references="people"
    )


def _organisation(what: str) -> Column:
    return Column(
        "organisation_id",
        "text",
        f"{what}; null where not known.",
        null=True,
        references="organisations",
    )


TABLES: tuple[Table, ...] = (
    Table(
        "dates",
        "dimension",
        "One day. Every day of every year that a meeting or a due date falls in.",
        (
            Column("date_key", "date", "The day."),
            Column("year", "integer", "Calendar year."),
            Column("quarter", "integer", "Quarter of the calendar year, 1 to 4."),
            Column("month", "integer", "Month, 1 to 12."),
            Column("month_name", "text", "Month in words."),
            Column("day", "integer", "Day of the month."),
            Column("weekday", "integer", "Day of the week, Monday 1 to Sunday 7."),
            Column("weekday_name", "text", "Day of the week in words."),
            Column("iso_year", "integer", "Year of the ISO week."),
            Column("iso_week", "integer", "ISO week, 1 to 53."),
            Column("financial_year", "text", "Financial year from 1 April: 2021/22."),
            Column("financial_quarter", "integer", "Its quarter: April to June is 1."),
        ),
    ),
    Table(
        "bodies",
        "dimension",
        "One body that met, whichever way its name is written.",
        (
            Column("body_id", "text", "Made from the folded name."),
            Column("name", "text", "As most of its minutes print it."),
            Column("meetings", "integer", "Meetings of it."),
            *_TIMES,
        ),
    ),
    Table(
        "topics",
        "dimension",
        "One topic of the taxonomy.",
        (
            Column("topic_id", "text", "Its name: domestic_abuse."),
            Column("title", "text", "Its name in words: Domestic abuse."),
        ),
    ),
    Table(
        "people",
        "dimension",
        "One person.",
        (
            Column("person_id", "text", "Identity; `kcsp-nlp people --relink` joins more of them."),
            Column("name", "text", "The name that most places resolve to, without honorific."),
            *_COUNTED,
            *_TIMES,
        ),
    ),
    Table(
        "organisations",
        "dimension",
        "One organisation that is named.",
        (
            Column("organisation_id", "text", "GSS code (gss:) or the body's own (body:)."),
            Column("name", "text", "The name that most places resolve to."),
            *_COUNTED,
            *_TIMES,
        ),
    ),
    Table(
        "legislation",
        "dimension",
        "One Act, Bill, Order or set of Regulations that is named.",
        (
            Column("legislation_id", "text", "Its legislation.gov.uk identifier, a URI."),
            Column("title", "text", "Short title."),
            Column("type", "text", "Type as the URI has it (ukpga); null if not in it.", null=True),
            Column("year", "integer", "Year as the URI has it; null if not in it.", null=True),
            *_COUNTED,
            *_TIMES,
        ),
    ),
    Table(
        "meetings",
        "fact",
        "One meeting: one set of minutes.",
        (
            Column("meeting_id", "text", "First 16 hex digits of the sha256 of the text."),
            Column(
                "body_id", "text", "Who met; null if not known.", null=True, references="bodies"
            ),
            Column("body", "text", "Name of the body as printed; null if not known.", null=True),
            Column("date", "text", "ISO 8601, as precise as known; null if not.", null=True),
            _date_key("date_key", "The day of the meeting"),
            Column("venue", "text", "Where it met; null if not known.", null=True),
            Column("source", "text", "Name of the file, and of the member of an archive."),
            Column("sha256", "text", "Of the document's text, UTF-8."),
            Column("model", "text", "Name of the model that made the record."),
            Column("model_version", "text", "Its version."),
        ),
    ),
    Table(
        "items",
        "fact",
        "One agenda item, or what stands before the first (front) or after the last (back).",
        (
            Column("item_id", "text", "Meeting, colon, position."),
            _MEETING,
            Column("position", "integer", "Place in the minutes, from 0."),
            Column("kind", "text", "front, item or back."),
            Column("number", "text", "As printed; null for none.", null=True),
            Column("code", "text", "Agenda code as printed; null for none.", null=True),
            Column("title", "text", "Heading without markup; null for none.", null=True),
            _PAGE,
            Column("document_offset", "integer", "Where the text begins in the document's text."),
            Column(
                "restriction",
                "text",
                "exempt, confidential or restricted; null where nothing says so.",
                null=True,
            ),
            Column(
                "restriction_said_by",
                "text",
                "item, resolution or document; null as `restriction`.",
                null=True,
            ),
            Column("restriction_text", "text", "Words that say so; null as that.", null=True),
            Column("text", "text", "Everything that stands there, in full."),
        ),
    ),
    Table(
        "item_topics",
        "fact",
        "One item and one topic, whether it has the topic or not.",
        (
            _ITEM,
            Column("topic_id", "text", "The topic.", references="topics"),
            _MEETING,
            Column(
                "probability", "real", "Calibrated probability, 0 to 1; null if none.", null=True
            ),
            Column("assigned", "boolean", "Whether the item has the topic."),
        ),
        keys=2,
    ),
    Table(
        "evidence",
        "fact",
        "Words that speak for a topic of an item; only of records made with --explain.",
        (
            _ITEM,
            Column("topic_id", "text", "The topic.", references="topics"),
            Column("position", "integer", "0 is the heaviest."),
            _MEETING,
            _START,
            _END,
            Column("text", "text", "The words."),
            Column("weight", "real", "Their share in the log-odds of the topic."),
        ),
        keys=3,
    ),
    Table(
        "mentions",
        "fact",
        "One place that names a person, role, organisation, sum of money or piece of legislation.",
        (
            Column("mention_id", "text", "Item, colon, offset."),
            _ITEM,
            _MEETING,
            Column("label", "text", "PERSON, ROLE, ORG, MONEY or LEGISLATION."),
            _START,
            _END,
            _PAGE,
            Column("text", "text", "As printed."),
            Column("canonical", "text", "What it was resolved to; null if not known.", null=True),
            _person("The person"),
            _organisation("The organisation"),
            Column(
                "legislation_id",
                "text",
                "The law; null where not known.",
                null=True,
                references="legislation",
            ),
            Column("provision", "text", "Deepest provision (section/17/1); null: none.", null=True),
            Column("provisions", "text", "All of them, parted by spaces; null: none.", null=True),
            Column("found_by", "text", "rule, model or document; null if unknown.", null=True),
            Column(
                "score", "real", "Share of such that were right; null: not measured.", null=True
            ),
        ),
    ),
    Table(
        "money",
        "fact",
        "One mention of a sum of money.",
        (
            Column("mention_id", "text", "The mention.", references="mentions"),
            _ITEM,
            _MEETING,
            Column("text", "text", "As printed."),
            Column("amount", "real", "In major units; null where not certain.", null=True),
            Column("currency", "text", "ISO 4217; null where not certain.", null=True),
            Column("period", "text", "How often (year); null where not stated.", null=True),
            Column("hedge", "text", "How exact (about); null where not stated.", null=True),
            Column("purpose", "text", "What it is for, as printed; null: not clear.", null=True),
            _organisation("The organisation that it is for"),
        ),
    ),
    Table(
        "decisions",
        "fact",
        "One resolution, or statement that something was agreed.",
        (
            Column("decision_id", "text", "Item, colon, offset."),
            _ITEM,
            _MEETING,
            _START,
            _END,
            _PAGE,
            Column("text", "text", "As printed."),
        ),
    ),
    Table(
        "actions",
        "fact",
        "Something that somebody is to do.",
        (
            Column("action_id", "text", "Item, colon, offset."),
            _ITEM,
            _MEETING,
            _START,
            _END,
            _PAGE,
            Column("text", "text", "As printed."),
            Column(
                "owners", "text", "Who is to do it, parted by semicolons; null: nobody.", null=True
            ),
            Column("due", "text", "ISO 8601, as precise as known; null for none.", null=True),
            _date_key("due_key", "The day it is due"),
        ),
    ),
    Table(
        "action_owners",
        "fact",
        "Somebody who is to do an action.",
        (
            Column("action_id", "text", "The action.", references="actions"),
            Column("position", "integer", "Order in the minutes, from 0."),
            _MEETING,
            Column("owner", "text", "As printed."),
            _person("The person"),
            _organisation("The organisation"),
            _ITEM,
        ),
        keys=2,
    ),
    Table(
        "attendance",
        "fact",
        "One person of an attendance list.",
        (
            _ITEM,
            Column("position", "integer", "Order in the list, from 0."),
            _MEETING,
            Column("status", "text", "present, in_attendance, apologies or absent."),
            Column("name", "text", "As printed, without honorific or post-nominals."),
            Column("role", "text", "As the list gives it; null if it gives none.", null=True),
            Column("organisation", "text", "As the list gives it; null for none.", null=True),
            _person("The person"),
            _organisation("The organisation"),
            _START,
            _END,
            _PAGE,
        ),
        keys=2,
    ),
    Table(
        "affiliations",
        "fact",
        "Somebody who is stated to hold an office or to belong to a body.",
        (
            _ITEM,
            Column("position", "integer", "Order in the item, from 0."),
            _MEETING,
            Column("person_id", "text", "The person.", references="people"),
            Column("name", "text", "The name that the mention resolves to."),
            Column("role", "text", "As printed; null where none is stated.", null=True),
            Column("organisation", "text", "As printed; null where none is stated.", null=True),
            _organisation("The organisation"),
            _START,
            _END,
            _PAGE,
        ),
        keys=2,
    ),
)

BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}
FACTS: tuple[Table, ...] = tuple(table for table in TABLES if table.kind == "fact")
DIMENSIONS: tuple[Table, ...] = tuple(table for table in TABLES if table.kind == "dimension")
