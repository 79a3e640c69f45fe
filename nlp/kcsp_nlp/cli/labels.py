"""`kcsp-nlp labels`: records out to a labelling tool, labelled minutes back in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Optional

import typer

if TYPE_CHECKING:
    from kcsp_nlp.labels.importing import Prefer, Reading
    from kcsp_nlp.labels.tasks import TopicChoice

labels = typer.Typer(
    name="labels",
    help="Label minutes in the tool of your choice: export tasks, import what was labelled.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class ToolName(StrEnum):
    """The tools, as the command line spells them."""

    LABEL_STUDIO = "label-studio"
    DOCCANO = "doccano"
    PRODIGY = "prodigy"
    CONLL = "conll"
    DOCBIN = "docbin"


class Asked(StrEnum):
    """What annotators may be asked to check."""

    SPANS = "spans"
    TOPICS = "topics"


class Preference(StrEnum):
    """Which of several versions of a task is imported."""

    FIRST = "first"
    LAST = "last"
    AGREED = "agreed"


# Optional[...]: Typer reads the annotations at run time.
Taxonomy = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--topics", metavar="TOML", help="Taxonomy; default: the shipped topics.toml."),
]
Exports = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="Exports of any of the tools, or ZIPs of them."),
]
Output = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--output", "-o", metavar="OUT.jsonl", help="Corpus file; default stdout."),
]
Annotator = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--annotator", metavar="NAME", help="Import this annotator's version."),
]
Prefers = Annotated[
    Optional[Preference],  # noqa: UP045
    typer.Option("--prefer", help="Which version of a task that was labelled differently."),
]
LeftOut = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option("--leave-out", metavar="LABEL", help="A label or topic of your own to leave."),
]
Report = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--report", metavar="FILE.jsonl", help="Also write what was rejected here."),
]


@labels.command("export")
def export_labels(
    records: Annotated[
        list[Path],
        typer.Argument(metavar="RECORDS...", help="What `annotate` wrote: files, or folders."),
    ],
    tool: Annotated[ToolName, typer.Option("--to", help="The labelling tool.")],
    *,
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--output", "-o", metavar="DIR", help="New folder; default: labels-TOOL."),
    ] = None,
    ask: Annotated[
        Optional[Asked],  # noqa: UP045
        typer.Option("--ask", help="Ask for spans alone, or topics alone; default: both."),
    ] = None,
    topics: Taxonomy = None,
) -> None:
    """Write a folder for a labelling tool: tasks with the model's findings, configuration, how-to.

    For example:

      kcsp-nlp labels export records.jsonl --to label-studio -o to-label

      kcsp-nlp labels export records.jsonl --to doccano --ask spans
    """
    from kcsp_nlp.labels.exporting import make_export, write_folder
    from kcsp_nlp.people.appearances import find_files
    from kcsp_nlp.record_lines import read

    folder = output or Path(f"labels-{tool.value}")
    held = [record for path in find_files(records) for record in read(path)]
    asked: tuple[Literal["spans", "topics"], ...] = (ask.value,) if ask else ("spans", "topics")
    files = make_export(held, tool.value, topics=_read_topics(topics), asked=asked)
    write_folder(files, folder)
    typer.echo(f"{folder}: {', '.join(sorted(files))}; begin with how-to.md", err=True)


@labels.command("import")
def import_labels(
    files: Exports,
    *,
    output: Output = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace OUT.jsonl.")] = False,
    annotator: Annotator = None,
    prefer: Prefers = None,
    agreement: Annotated[
        bool,
        typer.Option("--agreement", help="Compare annotators instead; output: where they differ."),
    ] = False,
    leave_out: LeftOut = None,
    report: Report = None,
    topics: Taxonomy = None,
) -> None:
    """Turn what was labelled into labelled minutes to train on; the tool is told by the content.

    Offsets are verified against the text. What cannot be placed with certainty is rejected, a task
    at a time, and listed; the rest is written. The exit code is 1 where anything was rejected.

    For example:

      kcsp-nlp labels import export.json -o corpus/new.jsonl --report rejected.jsonl

      kcsp-nlp labels import --agreement ann.jsonl ben.jsonl
    """
    from kcsp_nlp.labels.importing import read_versions

    _check_places(files, output, report, replace=replace or agreement)
    names = [topic.name for topic in _read_topics(topics)]
    reading = read_versions(files, names, leave_out or ())
    if agreement:
        _compare(reading, names, output)
    else:
        _import(reading, output, annotator, prefer.value if prefer else None)
    _tell(reading)
    if report:
        _write_lines((each.to_json() for each in reading.rejections), report)
    if reading.rejections:
        raise typer.Exit(1)


def _check_places(
    files: list[Path], output: Path | None, report: Path | None, *, replace: bool
) -> None:
    """Refuse places that nothing can or should be written to.

    Raises:
        BadParameter: an output would replace what is read, the other output or a corpus file.
        KcspError: a place cannot be written to.
    """
    from kcsp_nlp.cli.inputs import refuse_overwriting
    from kcsp_nlp.cli.writing import refuse_unwritable

    refuse_overwriting(files, output)
    refuse_overwriting([*files, *filter(None, [output])], report)
    for place in filter(None, (output, report)):
        refuse_unwritable(place)
    if output and output.is_file() and not replace:
        raise typer.BadParameter(f"{output} is there already; give another, or --replace")


def _read_topics(path: Path | None) -> list[TopicChoice]:
    from kcsp_nlp.labels.tasks import TopicChoice
    from kcsp_nlp.shipped import shipped
    from kcsp_nlp.topics.model import read_topics

    held = read_topics(path or shipped("configs/topics.toml"))
    return [TopicChoice(topic.name, topic.title, topic.description) for topic in held]


def _import(
    reading: Reading, output: Path | None, annotator: str | None, prefer: Prefer | None
) -> None:
    from kcsp_nlp.cli.writing import open_output
    from kcsp_nlp.labels.corpus import write_to
    from kcsp_nlp.labels.importing import choose
    from kcsp_nlp.labels.joining import find_ids, join_documents

    chosen = choose(reading, annotator=annotator, prefer=prefer)
    taken = find_ids(output) if output else {}
    documents = join_documents(chosen, reading, taken)
    for document in sorted({version.meta.document for version in chosen} & taken.keys()):
        typer.echo(
            f"note {document}: stands in {taken[document]} already; imported under another id. "
            "Take one of the two out before training",
            err=True,
        )
    if documents or output is None:
        with open_output(output) as stream:
            write_to(documents, stream)
    spans = sum(len(document.spans) for document in documents)
    typer.echo(
        f"{len(documents)} documents, {len(chosen)} tasks, {spans} spans"
        + (f" in {output}" if output and documents else ""),
        err=True,
    )


def _compare(reading: Reading, topics: list[str], output: Path | None) -> None:
    """Show the agreement on stderr and write the disagreements."""
    from kcsp_nlp.labels.agreement import measure_agreement

    found = measure_agreement(reading.versions, topics)
    typer.echo(f"{found.tasks} tasks by {', '.join(found.annotators) or 'one alone'}", err=True)
    for kind, table in (("label", found.labels), ("topic", found.topics)):
        for name, shared in table.items():
            kappa = f"  kappa {_figure(shared.kappa)}" if kind == "topic" else ""
            typer.echo(
                f"{kind} {name:<20} F1 {_figure(shared.f1)}{kappa}  "
                f"both {shared.both}, one alone {shared.one + shared.other}",
                err=True,
            )
    _write_lines(found.disagreements, output)


def _figure(value: float | None) -> str:
    return "    -" if value is None else f"{value:.3f}"


def _tell(reading: Reading) -> None:
    for what, number in reading.counts.items():
        if number:
            typer.echo(f"{number:>6} {what}", err=True)
    for rejection in reading.rejections:
        typer.echo(f"rejected {rejection}", err=True)


def _write_lines(entries: Iterable[dict[str, Any]], path: Path | None) -> None:
    from kcsp_nlp.cli.writing import open_output

    with open_output(path) as stream:
        stream.writelines(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
