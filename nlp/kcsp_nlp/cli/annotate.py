"""`kcsp-nlp annotate`: documents into records."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from kcsp_nlp.cli.engine import Engine
from kcsp_nlp.cli.log_format import LogFormat
from kcsp_nlp.cli.places import file_place, place

# `Optional`: Typer reads the annotations at run time.
Inputs = Annotated[
    list[Path],
    typer.Argument(
        metavar="INPUT...",
        parser=place,
        help="Files, folders, archives, addresses such as s3://bucket/minutes, or - for stdin.",
    ),
]
Output = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--output",
        "-o",
        metavar="OUT.jsonl",
        parser=file_place,
        help="File to write, or an address such as s3://bucket/records.jsonl; default stdout.",
    ),
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


Workers = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(
        "--workers",
        min=0,
        metavar="N",
        help="Processes that annotate; default: by cores and free memory, with --engine ray as "
        "many as the cluster has cores. 0: this one alone, where no document can be stopped.",
    ),
]
Engines = Annotated[
    Engine,
    typer.Option(
        "--engine",
        help="ray: over the machines of a Ray cluster, that of RAY_ADDRESS or one that runs here.",
    ),
]
Resume = Annotated[
    bool,
    typer.Option(
        "--resume",
        help="Go on where a run ended: files that have not changed are not annotated again. Keeps "
        "OUT.jsonl.run for the next time.",
    ),
]
Fresh = Annotated[
    bool, typer.Option("--fresh", help="Throw away what a run that did not finish has done.")
]
ReportFile = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--report",
        metavar="FILE.json",
        parser=file_place,
        help="Write what was done, with what and how fast.",
    ),
]
Format = Annotated[LogFormat, typer.Option("--log-format", help="Form of what is said on stderr.")]


def annotate(
    inputs: Inputs,
    *,
    output: Output = None,
    model: Model = None,
    registers: Registers = None,
    limits: LimitsFile = None,
    workers: Workers = None,
    engine: Engines = Engine.local,
    explain: Annotated[
        bool, typer.Option("--explain", help="Add to each record what speaks for its topics.")
    ] = False,
    resume: Resume = False,
    fresh: Fresh = False,
    report: ReportFile = None,
    log_format: Format = LogFormat.text,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress and no summary, only failures.")
    ] = False,
) -> None:
    """Turn minutes into records: JSON Lines, one record per agenda item.

    Reads text, markdown, PDF, Word, OpenDocument, RTF, web pages, scans, ZIP archives and e-mails.

    Records go to stdout or to OUT.jsonl, everything else to stderr. A document that cannot be read,
    or takes too long or too much memory, is reported, listed in OUT.failures.jsonl, and skipped;
    the exit code is then 1. OUT.jsonl is replaced once all is done, and left as it was where
    nothing could be annotated. Until then what is done lies in OUT.jsonl.run: however a run ends,
    --resume goes on with it. Exit codes: 0 all went well, 1 some document or the run failed, 2
    wrong usage, 130 Ctrl-C, 143 terminated.

    For example:

      kcsp-nlp annotate minutes/ -o records.jsonl

      kcsp-nlp annotate archive/ -o records.jsonl --resume --report run.json

      kcsp-nlp annotate s3://archive/ -o s3://results/records.jsonl --engine ray --resume

      cat minutes.txt | kcsp-nlp annotate - | jq .item.title
    """
    from kcsp_nlp.cli.annotating import Wanted, annotate_to

    wanted = Wanted(
        output=output,
        model=model,
        registers=registers,
        limits=limits,
        workers=workers,
        engine=engine,
        explain=explain,
        resume=resume,
        fresh=fresh,
        report=report,
        log_format=log_format,
        quiet=quiet,
    )
    code = annotate_to(inputs, wanted)
    if code:
        raise typer.Exit(code)
