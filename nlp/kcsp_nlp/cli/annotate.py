"""`kcsp-nlp annotate`: documents into records."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

# `Optional`: Typer reads the annotations at run time.
Inputs = Annotated[
    list[Path],
    typer.Argument(metavar="INPUT...", help="Files, folders, archives, or - for stdin."),
]
Output = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--output", "-o", metavar="OUT.jsonl", help="File to write; default stdout."),
]
Model = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--model", metavar="M", help="Model folder; default: the shipped model."),
]
Registers = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--registers", metavar="DIR", help="Folder of your own bodies and laws."),
]
LimitsFile = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--limits", metavar="FILE.toml", help="How much of a document is read at most."),
]


def annotate(
    inputs: Inputs,
    *,
    output: Output = None,
    model: Model = None,
    registers: Registers = None,
    limits: LimitsFile = None,
    workers: Annotated[
        int, typer.Option("--workers", min=1, metavar="N", help="Processes that annotate.")
    ] = 1,
    explain: Annotated[
        bool, typer.Option("--explain", help="Add to each record what speaks for its topics.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress and no summary, only failures.")
    ] = False,
) -> None:
    """Turn minutes into records: JSON Lines, one record per agenda item.

    Reads text, markdown, PDF, Word, OpenDocument, RTF, web pages, scans, ZIP archives and e-mails.

    Records go to stdout or to OUT.jsonl, everything else to stderr. A document that cannot be read
    is reported and skipped; the exit code is then 1. OUT.jsonl is replaced once all is done, and
    left as it was where nothing could be annotated.

    For example:

      kcsp-nlp annotate minutes/ -o records.jsonl --workers 4

      kcsp-nlp annotate minutes/ -o records.jsonl --registers my-registers/

      cat minutes.txt | kcsp-nlp annotate - | jq .item.title
    """
    from kcsp_nlp.cli.inputs import annotate_inputs, refuse_overwriting
    from kcsp_nlp.cli.report import Report
    from kcsp_nlp.cli.writing import open_output
    from kcsp_nlp.errors import KcspError
    from kcsp_nlp.record_lines import write

    refuse_overwriting(inputs, output)
    report = Report(quiet=quiet)
    with open_output(output) as stream:
        found = annotate_inputs(
            inputs,
            model=model,
            registers=registers,
            limits=limits,
            workers=workers,
            explain=explain,
        )
        for outcome in report.follow(*found):
            write(outcome.records, stream)
        if output is not None and not report.documents:
            raise KcspError(f"{output}: not written, no document could be annotated")
    report.finish(output)
    if report.failures:
        raise typer.Exit(1)
