"""`kcsp-nlp people` as people run it: lists, tables, overrides, earlier lists, relinked records."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator

from kcsp_nlp.cli.main import run
from kcsp_nlp.people.person import json_schema
from kcsp_nlp.record_lines import write
from kcsp_nlp.records import (
    Action,
    Affiliation,
    Attendee,
    Item,
    Meeting,
    Model,
    OrgSpan,
    PersonSpan,
    Record,
)

P_HILL, PETER, MOSS = "person:aa00000000000001", "person:bb00000000000002", "person:cc03"
BODY = "Thorley Marsh Safety Partnership"


class Result(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def people(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Command = Callable[..., Result]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    def command(*arguments: str | Path) -> Result:
        monkeypatch.setattr(sys, "argv", ["kcsp-nlp", *map(str, arguments)])
        code = 0
        try:
            run()
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else 0
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Result(code, out, err)

    return command


def minutes(date: str, name: str, identity: str, body: str = BODY) -> Record:
    """Return a record in which one person attends, is spoken of and is to do something."""
    text = f"Mr {name} (Clerk, Alder Trust) will write. See {identity}.\n"
    at, end = text.index("Alder"), 3 + len(name)
    stated = Affiliation(
        start=3, end=end, name=name, role="Clerk", organisation="Alder Trust", person=identity
    )
    digest = sha256(f"{date} {text}".encode()).hexdigest()
    return Record(
        id=f"{digest[:16]}:0",
        meeting=Meeting(id=digest[:16], source=f"{date}.md", sha256=digest, body=body, date=date),
        item=Item(index=0, kind="front", title=identity),
        offset=0,
        text=text,
        spans=(
            PersonSpan(start=3, end=end, text=name, canonical=name, id=identity),
            OrgSpan(start=at, end=at + len("Alder Trust"), text="Alder Trust", id="body:alder"),
        ),
        attendance=(Attendee(**stated.model_dump(), status="present"),),
        affiliations=(stated,),
        actions=(
            Action(
                start=0,
                end=len(text) - 1,
                text=text[:-1],
                owners=(name, "Alder Trust", "all"),
                owner_ids=(identity, "body:alder", None),
            ),
        ),
        model=Model(name="test", version="0"),
    )


FIRST = minutes("2019-01-10", "P Hill", P_HILL)
SECOND = minutes("2019-04-10", "Peter Hill", PETER)
THIRD = minutes("2019-04-10", "Ann Moss", MOSS, body="Dune Valley Forum")


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        write([FIRST, SECOND, THIRD], stream)
    return path


def told(folder: Path, toml: str) -> Path:
    path = folder / "overrides.toml"
    path.write_text(toml, encoding="utf-8")
    return path


def test_people_go_to_stdout_one_on_a_line(command: Command, records: Path) -> None:
    result = command("people", records)
    assert (result.code, result.err) == (
        0,
        "3 documents, 2 bodies, 2 people, 1 under several identifiers\n",
    )
    assert [person["name"] for person in result.people] == ["Ann Moss", "Peter Hill"]
    assert result.people[1] == {
        "schema": "kcsp-nlp/person/1",
        "id": P_HILL,
        "name": "Peter Hill",
        "names": ["P Hill", "Peter Hill"],
        "members": [P_HILL, PETER],
        "bodies": [BODY],
        "roles": [
            {
                "role": "Clerk",
                "organisation": "Alder Trust",
                "organisation_id": None,
                "first": "2019-01-10",
                "last": "2019-04-10",
            }
        ],
        "meetings": 2,
        "mentions": 2,
        "first": "2019-01-10",
        "last": "2019-04-10",
    }


def test_every_line_holds_the_schema_that_is_printed(command: Command, records: Path) -> None:
    schema = json.loads(command("schema", "person").out)
    assert schema == json_schema()
    Draft202012Validator.check_schema(schema)
    for person in command("people", records).people:
        Draft202012Validator(schema).validate(person)
    fields = [schema["properties"], schema["$defs"]["Role"]["properties"]]
    described = {name: "description" in field for held in fields for name, field in held.items()}
    assert [name for name, has in described.items() if not has] == ["schema"]


def test_a_file_or_a_folder_into_a_file(command: Command, records: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "people.jsonl"
    out.parent.mkdir()
    assert command("people", records, "-o", out, "-q") == (0, "", "")
    expected = out.read_text(encoding="utf-8")
    assert command("people", tmp_path, "-q") == (0, expected, "")


def test_a_terminal_gets_tables(records: Path) -> None:
    ours, theirs = pty.openpty()
    code = subprocess.call(
        [sys.executable, "-m", "kcsp_nlp", "people", records, "-q"],
        stdout=theirs,
        env={**os.environ, "COLUMNS": "120", "TERM": "xterm"},
    )
    os.close(theirs)
    shown = os.read(ours, 100_000).decode("utf-8")
    os.close(ours)
    assert code == 0
    lines = shown.splitlines()
    assert BODY in shown
    assert shown.index("Dune Valley Forum") < shown.index(BODY)
    (row,) = (line.split() for line in lines if "Peter Hill" in line)
    dates = ["2019-01-10", "2019-04-10"]
    assert row == ["Peter", "Hill", "Clerk,", "Alder", "Trust", "2", *dates, P_HILL]


# Relinked records.


def test_relinked_records_differ_in_identities_alone(
    command: Command, records: Path, tmp_path: Path
) -> None:
    before = records.read_bytes()
    out = tmp_path / "linked.jsonl"
    assert command("people", records, "--relink", out, "-o", tmp_path / "p.jsonl").code == 0
    after = out.read_bytes()
    assert records.read_bytes() == before
    places = {"spans": "id", "attendance": "person", "affiliations": "person"}
    for line, old in zip(after.splitlines(), before.splitlines(), strict=True):
        record, expected = json.loads(line), json.loads(old)
        final = {PETER: P_HILL}.get(expected["spans"][0]["id"], expected["spans"][0]["id"])
        for kind, key in places.items():
            assert record[kind][0][key] == final
            expected[kind][0][key] = final
        assert record["actions"][0]["owner_ids"] == [final, "body:alder", None]
        expected["actions"][0]["owner_ids"][0] = final
        assert record == expected, "a text, title or name that looks like an identity stays"
    lines = [line for line in after.splitlines() if line not in before.splitlines()]
    assert len(lines) == 1
    assert len(after) == len(before)


def test_other_writers_spacing_and_escapes_stay(command: Command, tmp_path: Path) -> None:
    source, out = tmp_path / "r.jsonl", tmp_path / "out.jsonl"
    lines = [
        json.dumps(FIRST.to_json(), separators=(",", ":"), sort_keys=True),
        json.dumps({**SECOND.to_json(), "topics": ["caf\u00e9"]}, ensure_ascii=True) + "  ",
    ]
    source.write_bytes("\r\n".join(lines).encode())
    assert command("people", source, "--relink", out).code == 0
    ids = f'"{PETER}"'.encode()
    text = json.dumps({"title": PETER})[1:-1].encode()
    expected = source.read_bytes().replace(text, b"TITLE").replace(ids, f'"{P_HILL}"'.encode())
    assert out.read_bytes() == expected.replace(b"TITLE", text)


def test_files_that_follow_each_other_stay_apart(command: Command, tmp_path: Path) -> None:
    one, two, out = tmp_path / "1.jsonl", tmp_path / "2.jsonl", tmp_path / "out.jsonl"
    one.write_text(json.dumps(FIRST.to_json()), encoding="utf-8")
    two.write_text(json.dumps(SECOND.to_json()) + "\n", encoding="utf-8-sig")
    assert command("people", one, two, "--relink", out).code == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["meeting"]["date"] for line in lines] == ["2019-01-10", "2019-04-10"]


def test_relinking_again_changes_nothing(command: Command, records: Path, tmp_path: Path) -> None:
    once, twice = tmp_path / "once.jsonl", tmp_path / "twice.jsonl"
    command("people", records, "--relink", once)
    command("people", once, "--relink", twice)
    assert once.read_bytes() == twice.read_bytes() != records.read_bytes()


# Earlier lists and overrides.


def test_an_earlier_list_may_be_the_one_that_is_replaced(
    command: Command, records: Path, tmp_path: Path
) -> None:
    people = tmp_path / "people.list"
    write_only = records.with_name("later.jsonl")
    with write_only.open("w", encoding="utf-8") as stream:
        write([SECOND], stream)
    assert command("people", write_only, "-o", people).code == 0
    assert command("people", records, "--previous", people, "-o", people).code == 0
    ids = [json.loads(line)["id"] for line in people.read_text(encoding="utf-8").splitlines()]
    assert ids == [MOSS, PETER]


def test_overrides_merge_and_split(command: Command, records: Path, tmp_path: Path) -> None:
    toml = told(
        tmp_path,
        f"""
        [[merge]]
        people = ["{P_HILL}", "{MOSS}"]
        name = "Ann Hill"
        note = "Married in 2019."

        [[split]]
        person = "{P_HILL}"
        members = ["{PETER}"]
        """,
    )
    result = command("people", records, "--overrides", toml)
    assert {person["name"]: person["members"] for person in result.people} == {
        "Ann Hill": [P_HILL, MOSS],
        "Peter Hill": [PETER],
    }


def test_an_identity_that_nobody_has_is_a_note(
    command: Command, records: Path, tmp_path: Path
) -> None:
    toml = told(tmp_path, f'[[merge]]\npeople = ["{PETER}", "person:dd04"]\n')
    result = command("people", records, "--overrides", toml)
    assert result.code == 0
    assert "note [[merge]] 1: nobody in these records is person:dd04\n" in result.err


MERGE = f'[[merge]]\npeople = ["{P_HILL}", "{PETER}"]\n'
SPLIT = f'[[split]]\nperson = "{P_HILL}"\nmembers = ["{PETER}"]\n'


@pytest.mark.parametrize(
    ("toml", "said", "reason"),
    [
        ("[[merge]", "not TOML", "a bracket is missing"),
        (f"{MERGE}{SPLIT}", "[[split]] 1 takes apart what [[merge]] 1 puts", "contradiction"),
        (
            f'{SPLIT}[[merge]]\npeople = ["{P_HILL}", "{MOSS}"]\n'
            f'[[merge]]\npeople = ["{MOSS}", "{PETER}"]\n',
            "[[split]] 1 takes apart what [[merge]] 1 and [[merge]] 2 puts",
            "contradiction over a third",
        ),
        (
            f'{SPLIT}[[split]]\nperson = "{MOSS}"\nmembers = ["{PETER}"]\n',
            "[[split]] 2 and [[split]] 1 both split off",
            "one identity in two splits",
        ),
        (
            f'{MERGE}name = "A"\n[[merge]]\npeople = ["{PETER}", "{MOSS}"]\nname = "B"\n',
            "[[merge]] 2 and [[merge]] 1 give one person two names",
            "two names",
        ),
        ('[[merge]]\npeople = ["Peter Hill", "P Hill"]\n', "[[merge]] 1: people.0", "names"),
        (f'[[merge]]\npeople = ["{PETER}"]\n', "[[merge]] 1: people", "nobody to merge with"),
        (f'[[split]]\nperson = "{PETER}"\n', "give either documents or members", "nothing split"),
        (f'{SPLIT}documents = ["a.md"]\n', "give either documents or members", "both"),
        (f'{MERGE}peple = "x"\n', "[[merge]] 1: peple", "a slip in a key"),
        ("merge = 3\n", "[[merge]]", "no entries"),
        ("[[join]]\n", "[[join]]", "no such entry"),
    ],
)
def test_overrides_that_do_not_hold_are_one_clear_line(
    command: Command, records: Path, tmp_path: Path, toml: str, said: str, reason: str
) -> None:
    path = told(tmp_path, toml)
    result = command("people", records, "--overrides", path)
    assert (result.code, result.out) == (1, ""), reason
    assert result.err.startswith(f"kcsp-nlp: {path}: ")
    assert said in result.err
    assert result.err.count("\n") == 1


# What cannot be done.


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["{}/gone.jsonl"], 1, "gone.jsonl: cannot be opened"),
        (["{}/empty"], 1, "no *.jsonl in this folder"),
        (["{}/records.jsonl", "--previous", "{}/records.jsonl"], 1, "kcsp-nlp/person/1"),
        (["{}/records.jsonl", "--overrides", "{}/gone.toml"], 1, "gone.toml: cannot be read"),
        (["{}/records.jsonl", "-o", "{}/records.jsonl"], 2, "is to be read"),
        (["{}", "-o", "{}/records.jsonl"], 2, "is to be read"),
        (["{}/records.jsonl", "--relink", "{}/records.jsonl"], 2, "is to be read"),
        (["{}/records.jsonl", "-o", "{}/x", "--relink", "{}/x"], 2, "is to be read"),
        (["{}/records.jsonl", "-o", "{}/gone/x"], 1, "cannot be written"),
        (["{}/records.jsonl", "--relink", "{}/gone/x"], 1, "cannot be written"),
        (["/dev/null", "--relink", "{}/x"], 2, "is no file"),
        ([], 2, "RECORDS"),
    ],
)
def test_what_cannot_be_done_is_said(
    command: Command, records: Path, tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    (tmp_path / "empty").mkdir()
    before = records.read_bytes()
    result = command("people", *(each.format(tmp_path) for each in arguments))
    assert (result.code, result.out) == (code, "")
    assert said in " ".join(result.err.split())
    assert records.read_bytes() == before


def test_a_bad_line_leaves_older_outputs_as_they_were(
    command: Command, records: Path, tmp_path: Path
) -> None:
    people, linked = tmp_path / "people", tmp_path / "linked"
    for path in (people, linked):
        path.write_text("older", encoding="utf-8")
    records.write_bytes(records.read_bytes() + b"{}\n")
    result = command("people", records, "-o", people, "--relink", linked)
    assert result.code == 1
    assert "records.jsonl, line 4: " in result.err
    assert people.read_text(encoding="utf-8") == linked.read_text(encoding="utf-8") == "older"


def test_records_of_nobody_say_so(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    unknown = FIRST.model_copy(update={"spans": (), "attendance": (), "affiliations": ()})
    with path.open("w", encoding="utf-8") as stream:
        write([unknown], stream)
    result = command("people", path)
    assert (result.code, result.out) == (0, "")
    assert "nobody in these records has an identifier" in result.err
