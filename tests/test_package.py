"""A model as a wheel: installed by pip, found by spaCy and by kcsp-nlp under its name."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from email.parser import BytesParser
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from typer.testing import CliRunner

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.cli.main import app
from kcsp_nlp.errors import KcspError, ModelError
from kcsp_nlp.pipeline.loading import model_folder
from kcsp_nlp.reading import read_bytes
from kcsp_nlp.versions.facts import model_sha256
from kcsp_nlp.versions.packaging import package
from version_models import DOCUMENTS, SHIPPED, copy_model

TEXT = DOCUMENTS[0].text


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_model(tmp_path_factory.mktemp("model") / "m", version="1.2.0", seen=DOCUMENTS)


@pytest.fixture(scope="module")
def wheel(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel") / "dist"
    result = CliRunner().invoke(app, ["package", str(model), "-o", str(out)])
    assert result.exit_code == 0, result.output
    (built,) = out.iterdir()
    assert result.stdout == f"{built}\n"
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site") / "packages"
    pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target"]
    subprocess.run([sys.executable, *pip, str(target), str(wheel)], check=True)
    return target


def python(installed: Path, code: str) -> str:
    """Run code in a process that knows the installed package."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, TEXT],
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_is_what_installers_expect(wheel: Path, model: Path) -> None:
    assert wheel.name == "en_kcsp_minutes-1.2.0-py3-none-any.whl"
    info = "en_kcsp_minutes-1.2.0.dist-info"
    with zipfile.ZipFile(wheel) as archive:
        assert archive.testzip() is None
        held = {name: archive.read(name) for name in archive.namelist()}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert list(held)[-1] == f"{info}/RECORD"
    rows = list(csv.reader(io.StringIO(held[f"{info}/RECORD"].decode())))
    assert [row[0] for row in rows] == list(held)
    for name, digest, size in rows[:-1]:
        wanted = base64.urlsafe_b64encode(hashlib.sha256(held[name]).digest()).rstrip(b"=")
        assert digest == f"sha256={wanted.decode()}"
        assert int(size) == len(held[name])
    assert rows[-1] == [f"{info}/RECORD", "", ""]
    said = BytesParser().parsebytes(held[f"{info}/METADATA"])
    assert (said["Name"], said["Version"]) == ("en_kcsp_minutes", "1.2.0")
    assert model_sha256(model) in said.get_payload()
    needs = {each.name: each for each in map(Requirement, said.get_all("Requires-Dist") or ())}
    assert needs.keys() == {"kcsp-nlp", "spacy"}
    assert needs["kcsp-nlp"].specifier.contains(version("kcsp-nlp"))
    assert not needs["kcsp-nlp"].specifier.contains("99.0")
    assert needs["spacy"].specifier.contains(version("spacy"))
    assert (
        b"[spacy_models]\nen_kcsp_minutes = en_kcsp_minutes\n" in held[f"{info}/entry_points.txt"]
    )
    assert b"Explosion" in held[f"{info}/licenses/LICENSE"], "whose vectors these are"


def test_the_same_model_gives_the_same_wheel(wheel: Path, model: Path, tmp_path: Path) -> None:
    again = package(model, tmp_path / "again")
    assert again.read_bytes() == wheel.read_bytes()
    assert [path.name for path in again.parent.iterdir()] == [wheel.name]


def test_spacy_and_kcsp_nlp_load_it_by_name(installed: Path, model: Path) -> None:
    code = """
import json, sys
import spacy, kcsp_nlp
from kcsp_nlp.pipeline.loading import model_folder
from kcsp_nlp.reading import read_bytes
from pathlib import Path
nlp = spacy.load("en_kcsp_minutes")
annotator = kcsp_nlp.load("en_kcsp_minutes")
records = annotator.annotate(read_bytes(sys.argv[1].encode(), "v.txt", ".txt"))
print(json.dumps([
    str(model_folder(Path("en_kcsp_minutes"))),
    nlp.pipe_names,
    [[ent.text, ent.label_] for ent in nlp(sys.argv[1]).ents],
    [record.to_json() for record in records],
]))
"""
    folder, pipes, entities, records = json.loads(python(installed, code))
    place = installed / "en_kcsp_minutes" / "en_kcsp_minutes-1.2.0"
    assert Path(folder) == place
    assert model_sha256(place) == model_sha256(model), "the model is as it was"
    assert "kcsp_money" in pipes
    assert ["£200", "MONEY"] in entities
    ours = Annotator.load(model).annotate(read_bytes(TEXT.encode(), "v.txt", ".txt"))
    assert records == [record.to_json() for record in ours]
    assert records[0]["model"] == {"name": "kcsp", "version": "1.2.0"}


def test_the_command_takes_its_name(installed: Path, tmp_path: Path) -> None:
    code = """
import sys
from kcsp_nlp.cli.main import run
sys.argv[:] = ["kcsp-nlp", "annotate", "--model", "en_kcsp_minutes", %r]
run()
"""
    minutes = tmp_path / "v.txt"
    minutes.write_text(TEXT, encoding="utf-8", newline="\n")
    records = [json.loads(line) for line in python(installed, code % str(minutes)).splitlines()]
    assert "".join(record["text"] for record in records) == TEXT
    assert {record["model"]["version"] for record in records} == {"1.2.0"}


def test_finding_a_package_runs_none_of_its_code(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(installed))
    assert model_folder(Path("en_kcsp_minutes")).name == "en_kcsp_minutes-1.2.0"
    assert "en_kcsp_minutes" not in sys.modules


@pytest.mark.parametrize("name", ["en_nobody", "json", "en_kcsp_minutes", "no such name"])
def test_a_name_that_is_not_installed_is_an_error(name: str) -> None:
    with pytest.raises(ModelError, match="no installed model package of that name"):
        model_folder(Path(name))


@pytest.mark.parametrize(
    "name",
    [
        "en-kcsp",  # no Python name
        "kcsp_minutes",  # the language is missing
        "en_",  # nothing but the language
        "en_Kcsp",  # two names on some file systems, one on others
        "en_ünlü",
        "../en_kcsp",
    ],
)
def test_names_that_no_package_can_have_are_refused(name: str, model: Path, tmp_path: Path) -> None:
    with pytest.raises(KcspError, match="not a name for a model package"):
        package(model, tmp_path / "out", name=name)
    assert not (tmp_path / "out").exists()


def test_another_name_is_taken(model: Path, tmp_path: Path) -> None:
    built = package(model, tmp_path, name="en_our_2")
    with zipfile.ZipFile(built) as archive:
        meta = json.loads(archive.read("en_our_2/meta.json"))
        assert "en_our_2/en_our_2-1.2.0/topics/model.skops" in archive.namelist()
    assert (meta["lang"], meta["name"], meta["version"]) == ("en", "our_2", "1.2.0")


def test_a_version_that_no_package_can_have_is_an_error(tmp_path: Path) -> None:
    model = copy_model(tmp_path / "m", version="best so far")
    with pytest.raises(ModelError, match="'best so far' is none that a package can have"):
        package(model, tmp_path / "out")


def test_a_model_that_cannot_be_loaded_is_not_packed(tmp_path: Path) -> None:
    model = copy_model(tmp_path / "m")
    (model / "topics" / "model.skops").write_bytes(b"")
    with pytest.raises(ModelError, match="damaged or exchanged"):
        package(model, tmp_path / "out")


def test_a_place_that_cannot_be_written_to_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KcspError, match="cannot be written"):
        package(SHIPPED, tmp_path / "file")
