"""`kcsp-nlp people`: who is who across records."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from kcsp_nlp.people.appearances import Reading
    from kcsp_nlp.people.listing import Listing
    from kcsp_nlp.people.overrides import Overrides
    from kcsp_nlp.people.person import Person


# Optional[...]: Typer reads the annotations at run time.
Records = Annotated[
    list[Path],
    typer.Argument(metavar="RECORDS...", help="What `annotate` wrote: files, or folders of them."),
]
Output = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--output", "-o", metavar="OUT.jsonl", help="File to write; default stdout."),
]
OverrideFile = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--overrides", metavar="FILE.toml", help="Who is one person, and who is not."),
]
Previous = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--previous", metavar="PEOPLE.jsonl", help="An earlier list: its identifiers are kept."
    ),
]
Relink = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--relink", metavar="OUT.jsonl", help="Also write the records with final identifiers."
    ),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No notes and no summary, only failures.")
]


def people(
    records: Records,
    *,
    output: Output = None,
    overrides: OverrideFile = None,
    previous: Previous = None,
    relink: Relink = None,
    quiet: Quiet = False,
) -> None:
    """List people across the meetings of each body: names, roles, first and last meeting.

    Only what is certain is joined. On a terminal the list is a table, elsewhere JSON Lines, one
    person per line. An override file joins and divides people; its entries speak of identifiers, so
    it goes on holding when the command is run again:

      [[merge]] people = ["person:...", "person:..."]

      [[split]] person = "person:..." with documents = [...] or members = [...]

    For example:

      kcsp-nlp people records.jsonl

      kcsp-nlp people records/ -o people.jsonl --overrides people.toml --relink linked.jsonl
    """
    from kcsp_nlp.cli.writing import open_output
    from kcsp_nlp.people.appearances import find_files
    from kcsp_nlp.people.overrides import Overrides, read_overrides
    from kcsp_nlp.people.person import read
    from kcsp_nlp.people.relinking import relink as relinked

    files = find_files(records)
    _check_places([*files, *filter(None, [overrides])], output, relink, previous)
    entries = read_overrides(overrides) if overrides else Overrides()
    earlier = list(read(previous)) if previous else []
    listing = _resolve(files, entries, earlier, quiet=quiet)
    if relink is not None:
        with open_output(relink) as stream:
            stream.writelines(relinked(files, listing.final))
    _write(listing.people, output)


def _check_places(
    read: Sequence[Path], output: Path | None, relink: Path | None, previous: Path | None
) -> None:
    """Refuse places that nothing can or should be written to.

    The earlier list may be replaced by the new one: it is read before.

    Raises:
        BadParameter: an output would replace what is read, or the other output.
        KcspError: a place cannot be written to.
    """
    from kcsp_nlp.cli.inputs import refuse_overwriting
    from kcsp_nlp.cli.writing import refuse_unwritable

    refuse_overwriting(read, output)
    refuse_overwriting([*read, *filter(None, [previous, output])], relink)
    for place in filter(None, [output, relink]):
        refuse_unwritable(place)
    if relink is not None:
        for path in read:
            if path.exists() and not path.is_file():
                raise typer.BadParameter(f"{path} is no file; --relink reads records twice")


def _resolve(
    files: Sequence[Path], overrides: Overrides, previous: Sequence[Person], *, quiet: bool
) -> Listing:
    """Read records and resolve their people; notes and a summary go to stderr."""
    from kcsp_nlp.people.appearances import read_appearances
    from kcsp_nlp.people.listing import list_people
    from kcsp_nlp.people.overrides import apply_overrides
    from kcsp_nlp.people.resolving import resolve

    reading = read_appearances(files)
    known = {appearance.id for appearance in reading.appearances}
    rulings, warnings = apply_overrides(overrides, known, previous)
    clusters = resolve(reading.appearances, rulings)
    listing = list_people(clusters, rulings.names, previous)
    if not quiet:
        for line in (*warnings, *_notes(reading)):
            typer.echo(f"note {line}", err=True)
        bodies = len({body for person in listing.people for body in person.bodies})
        joined = sum(len(person.members) > 1 for person in listing.people)
        typer.echo(
            f"{reading.documents} documents, {bodies} bodies, {len(listing.people)} people, "
            f"{joined} under several identifiers",
            err=True,
        )
    return listing


def _notes(reading: Reading) -> list[str]:
    notes = []
    if reading.repeated:
        notes.append(f"{reading.repeated} records stand twice in what was read; counted once")
    if reading.documents and not reading.appearances:
        notes.append("nobody in these records has an identifier; annotate the minutes again")
    return notes


def _write(listed: Sequence[Person], output: Path | None) -> None:
    """Write the list: a table on a terminal, else JSON Lines."""
    from kcsp_nlp.cli.people_table import print_people
    from kcsp_nlp.cli.writing import open_output
    from kcsp_nlp.people.person import write

    with open_output(output) as stream:
        if output is None and sys.stdout.isatty():
            print_people(listed, stream)
        else:
            write(listed, stream)
