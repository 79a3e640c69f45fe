"""A user's own registers: what they add, what they replace, and what is wrong with a bad one."""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import kcsp_nlp
from kcsp_nlp.annotator import Annotator
from kcsp_nlp.cli.main import run
from kcsp_nlp.errors import RegisterError
from kcsp_nlp.reading import read_bytes
from kcsp_nlp.registers.bodies import register
from kcsp_nlp.registers.extending import extend_registers
from kcsp_nlp.registers.law_words import NAME_COLUMNS, UNDERSTOOD_COLUMNS
from kcsp_nlp.registers.laws import shipped_laws
from kcsp_nlp.registers.user_tables import TABLES, load_tables

EXAMPLES = Path(__file__).parents[1] / "configs" / "registers"
UK = "https://www.legislation.gov.uk/id/"
NAMES, UNDERSTOOD = "\t".join(NAME_COLUMNS) + "\n", "\t".join(UNDERSTOOD_COLUMNS) + "\n"
WIFA = "WiFA\tWick Foreshore Act 2031\tukla/2031/1\t\t\t\t\tshort\n"
BAIT = "section/412\tWick Foreshore Act 2031\tukla/2031/1\t\t\tbait\t\t\tnotices\n"
HEAD = """# Minutes of Hatch Parish Council held on 4 June 2033

Present: Cllr A Rao, Cllr B Wick

1. Foreshore

"""
MINUTES = f"""{HEAD}The Clerk said that Wick Harbour Watch had written about the Wick
Foreshore Act 2031. WHW asked whether s.12 of WiFA applied. A section 412 notice had been
served on the bait diggers. RESOLVED to thank Harbour Watch Wick, as the WiFA 2031 had it.
"""
LINKS = [
    ("Wick Harbour Watch", "body:wick-harbour-watch"),
    ("Wick\nForeshore Act 2031", UK + "ukla/2031/1"),
    ("WHW", "body:wick-harbour-watch"),
    ("s.12 of WiFA", UK + "ukla/2031/1"),
    ("section 412", UK + "ukla/2031/1"),
    ("Harbour Watch Wick", "body:wick-harbour-watch"),
    ("WiFA 2031", UK + "ukla/2031/1"),
]

Write = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write tables into a folder."""

    def tables(texts: Mapping[str, str]) -> Path:
        folder = tmp_path / "own"
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_bytes(text.encode())
        return folder

    return tables


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """A folder of the shipped examples under the names of tables."""
    folder = tmp_path / "examples"
    folder.mkdir()
    for name in TABLES:
        shutil.copy(EXAMPLES / f"{Path(name).stem}.example.tsv", folder / name)
    return folder


def links(annotator: Annotator, text: str) -> list[tuple[str, str | None]]:
    records = annotator.annotate(read_bytes(text.encode(), "a.md", ".md"))
    wanted = ("ORG", "LEGISLATION")
    return [(s.text, s.id) for record in records for s in record.spans if s.label in wanted]


# What is wrong.

BAD: list[tuple[str, str, str, str, str]] = [
    ("body.tsv", "", "body.tsv", "bodies.tsv", "a name that no table has"),
    ("bodies.TSV", "", "bodies.TSV", "rename it", "names in small letters"),
    ("bodies.tsv.bak", "", "bodies.tsv.bak", "take it out", "a copy beside it"),
    ("bodies.tsv", "Ely Watch\n", "line 1", "found 1 columns", "no tabs"),
    ("bodies.tsv", "# a\n\nEly\tGood Body\t\t\t\n", "line 3", "the kind 'Good Body'", "a kind"),
    ("bodies.tsv", "Ely\tbank\t\t\t\nEly\tbank\t\t\t\n", "line 2", "has already", "a name twice"),
    (
        "bodies.tsv",
        "Ely Watch\tbank\t\t\t\nEly-Watch\tbank\t\t\t\n",
        "line 2",
        "body:ely-watch",
        "an id twice",
    ),
    (
        "bodies.tsv",
        "Medway Unitary\tcouncil\tE06000035\t\t\n",
        "line 1",
        "write that name to replace",
        "the id of a shipped body",
    ),
    ("acts.tsv", "title\tyear\tpath\n", "line 1", "path is 'path'", "a head where none belongs"),
    ("acts.tsv", "Ely Act\t31\tukla/2031/1\n", "line 1", "year of four figures", "a short year"),
    ("acts.tsv", "Ely Act 2031\t2031\tukla/2031/1\n", "line 1", "without its year", "a year twice"),
    (
        "acts.tsv",
        "Ely Act\t2031\tukla/2031/1\nELY ACT\t2031\tukla/2031/2\n",
        "line 2",
        "title and year as in line 1",
        "one Act, two ids",
    ),
    (
        "acts.tsv",
        "Ely Act\t2031\tukla/2031/1\nHam Act\t2031\tukla/2031/1\n",
        "line 2",
        "same path",
        "one id, two Acts",
    ),
    (
        "acts.tsv",
        "Ely Act\t1998\tukpga/1998/37\n",
        "line 1",
        "give another name of that Act in common_names.tsv",
        "the id of a shipped Act",
    ),
    ("common_names.tsv", WIFA, "line 1", "the head is", "no head"),
    ("common_names.tsv", NAMES + "WiFA\t\tx\n", "line 2", "3 cells", "tabs lost"),
    (
        "common_names.tsv",
        NAMES + WIFA.replace("ukla/2031/1", "https://x"),
        "line 2",
        "follows `/id/`",
        "an address",
    ),
    ("common_names.tsv", NAMES + WIFA * 2, "line 3", "as in line 2", "a meaning twice"),
    (
        "understood.tsv",
        UNDERSTOOD + BAIT.replace("section/412", "s.412"),
        "line 2",
        "section/17",
        "a provision as printed",
    ),
    (
        "understood.tsv",
        UNDERSTOOD + BAIT + BAIT.replace("notices", "x"),
        "line 3",
        "as in line 2",
        "another reason makes no other entry",
    ),
]


@pytest.mark.parametrize(("name", "text", "where", "said", "reason"), BAD)
def test_a_bad_table_is_one_clear_line(
    write: Write, name: str, text: str, where: str, said: str, reason: str
) -> None:
    folder = write({"README.md": "", name: text})
    with pytest.raises(RegisterError) as caught:
        load_tables(folder)
    message = str(caught.value)
    assert message.startswith(str(folder / name)), reason
    assert where in message, reason
    assert said in message, reason
    assert "expected" in message
    assert "\n" not in message
    assert message.endswith(f"see {EXAMPLES / 'README.md'}")


def test_a_table_that_is_not_utf8(write: Write) -> None:
    folder = write({})
    (folder / "acts.tsv").write_bytes("Ely Act\t2031\tukla/2031/1\n".encode("utf-16"))
    with pytest.raises(RegisterError, match=r"acts\.tsv: not UTF-8.*saved as UTF-8"):
        load_tables(folder)


@pytest.mark.parametrize("kind", ["missing", "a file", "empty", "examples alone"])
def test_a_folder_that_is_none(tmp_path: Path, kind: str) -> None:
    path = EXAMPLES if kind == "examples alone" else tmp_path / "own"
    if kind == "a file":
        path.write_text("", encoding="utf-8")
    elif kind == "empty":
        path.mkdir()
    with pytest.raises(RegisterError, match=r"expected a folder with bodies\.tsv") as caught:
        load_tables(path)
    assert str(caught.value).startswith(f"{path}: ")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_nothing_is_annotated_with_a_bad_table(
    write: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    workers: str,
) -> None:
    def load(model: Path | None = None) -> Annotator:
        raise AssertionError("the tables are checked first")

    monkeypatch.setattr(Annotator, "load", load)
    folder = write({"bodies.tsv": "Ely\n"})
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(MINUTES, encoding="utf-8")
    out = tmp_path / "out.jsonl"
    out.write_text("older", encoding="utf-8")
    inputs = [str(tmp_path / "a.md"), str(tmp_path / "b.md"), "-o", str(out)]
    options = ["--registers", str(folder), "--workers", workers]
    monkeypatch.setattr(sys, "argv", ["kcsp-nlp", "annotate", *inputs, *options])
    with pytest.raises(SystemExit) as leaving:
        run()
    assert leaving.value.code == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"kcsp-nlp: {folder / 'bodies.tsv'}, line 1: found 1 columns")
    assert said.err.count("\n") == 1
    assert out.read_text(encoding="utf-8") == "older"


# What they add and replace.


def test_the_examples_are_found_and_linked(annotator: Annotator, examples: Path) -> None:
    own = annotator.with_registers(load_tables(examples))
    found = links(own, MINUTES)
    assert [each for each in found if each in LINKS] == LINKS
    assert own.model.version.startswith(f"{annotator.model.version}+registers.")
    shipped = dict(links(annotator, MINUTES))
    assert not {shipped.get(text) for text, _ in LINKS} & {link for _, link in LINKS}, (
        "the annotator that they were given to is as it was"
    )


@pytest.mark.parametrize("name", TABLES)
def test_every_table_may_stand_alone(examples: Path, name: str) -> None:
    for other in set(TABLES) - {name}:
        (examples / other).unlink()
    (examples / ".hidden").mkdir()
    assert load_tables(examples).digest


def test_entries_of_the_same_name_are_replaced(write: Write) -> None:
    pace = "PACE\tWick Foreshore Act 2031\tukla/2031/1\t\t\t\t\tmine\n"
    police = "section/136\tWick Foreshore Act 2031\tukla/2031/1\t\t\tbait\t\t\tmine\n"
    tables = load_tables(
        write(
            {
                "bodies.tsv": "Kent Police\tpolice\t\tthe Force\t\t\tbody:own-kent\n",
                "acts.tsv": "CRIME & DISORDER ACT\t1998\tukpga/1998/999\n",
                "common_names.tsv": NAMES + pace,
                "understood.tsv": UNDERSTOOD + police,
            }
        )
    )
    known, shipped = extend_registers(tables), shipped_laws()
    (force,) = (body for body in known.bodies.bodies if body.name == "Kent Police")
    assert force.id == "body:own-kent"
    assert len(known.bodies.bodies) == len(register().bodies)
    (act,) = known.laws.statutes.named("Crime and Disorder Act", 1998)
    assert act.path == "ukpga/1998/999"
    assert "ukpga/1998/37" not in known.laws.statutes.by_path
    assert [each.path for each in known.laws.common_names["pace"]] == ["ukla/2031/1"]
    before, after = (each.understood["section/136"] for each in (shipped, known.laws))
    assert after[:-1] == before, "another Act of the same provision is added"
    assert shipped.statutes.by_path["ukpga/1998/37"], "what ships stays as it is"


def test_the_longest_form_is_meant(annotator: Annotator, write: Write) -> None:
    folder = write(
        {"bodies.tsv": "Medway Council Tide Watch\tassociation\t\t\t\nTide\tbank\t\t\tTide\n"}
    )
    own = annotator.with_registers(load_tables(folder))
    text = HEAD + "Medway Council Tide Watch wrote to Medway Council. The tide was low.\n"
    assert links(own, text)[1:] == [
        ("Medway Council Tide Watch", "body:medway-council-tide-watch"),
        ("Medway Council", "gss:E06000035"),
    ]


def test_a_slip_in_the_title_of_an_own_act(annotator: Annotator, examples: Path) -> None:
    own = annotator.with_registers(load_tables(examples))
    text = HEAD + "The Wick Foreshoer Act 2031 applied.\n"
    assert links(own, text)[1:] == [("Wick Foreshoer Act 2031", UK + "ukla/2031/1")]
    assert links(annotator, text)[1:] == [("Wick Foreshoer Act 2031", None)]


def test_the_digest_is_of_the_entries(examples: Path) -> None:
    first = load_tables(examples)
    path = examples / "bodies.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_bytes(("\ufeff# mine\r\n\r\n" + "\r\n".join(lines[2:])).encode())
    assert load_tables(examples) == first
    path.write_text(lines[-1].replace("WHW", "WHWA") + "\n", encoding="utf-8")
    assert load_tables(examples).digest != first.digest
    assert pickle.loads(pickle.dumps(first)) == first  # noqa: S301 - as workers are given it


def test_the_library_takes_a_folder(
    annotator: Annotator, examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Annotator, "load", lambda _: annotator)
    own = kcsp_nlp.load(registers=str(examples))
    assert own.registers is not None
    assert kcsp_nlp.load().registers is None


def test_the_command_gives_the_same_bytes_for_any_number_of_workers(
    examples: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "minutes"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.md").write_text(MINUTES + f"\n2. {name}\n\nNoted.\n", encoding="utf-8")
    command = [sys.executable, "-m", "kcsp_nlp", "annotate", str(folder), "-q"]
    command += ["--registers", str(examples)]
    outs = [
        subprocess.run(
            [*command, "--workers", workers],
            check=True,
            capture_output=True,
        ).stdout
        for workers in ("1", "2")
    ]
    assert outs[0] == outs[1]
    records: list[dict[str, Any]] = [json.loads(line) for line in outs[0].splitlines()]
    assert {record["model"]["version"].split("+")[1][:10] for record in records} == {"registers."}
    found = [(s["text"], s["id"]) for record in records for s in record["spans"]]
    assert [each for each in found if each in LINKS] == LINKS * 3
