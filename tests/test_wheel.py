"""The wheel: everything is in it, and it works where the checkout has never been seen."""

from __future__ import annotations

import json
import os
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "corpus" / "samples" / "hadlow-pc_2019-05-13.txt"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), "."],
        check=True,
        cwd=ROOT,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


def test_the_wheel_holds_everything(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        entry_points = next(name for name in names if name.endswith("entry_points.txt"))
        declared = archive.read(entry_points).decode("utf-8")
    for wanted in (
        "kcsp_nlp/py.typed",
        "kcsp_nlp/models/kcsp/config.cfg",
        "kcsp_nlp/models/kcsp/ner/model",
        "kcsp_nlp/models/kcsp/topics/model.skops",
        "kcsp_nlp/models/base/config.cfg",
        "kcsp_nlp/configs/pipeline.cfg",
        "kcsp_nlp/configs/topics.toml",
        "kcsp_nlp/data/bodies.tsv",
        "kcsp_nlp/data/legislation/acts.tsv",
        "kcsp_nlp/dashboard/templates/base.html",
        "kcsp_nlp/dashboard/assets/site.css",
    ):
        assert wanted in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert "kcsp-nlp = kcsp_nlp.cli.main:run" in declared
    assert "kcsp_memory = kcsp_nlp.pipeline.memory:make_memory" in declared
    assert not [name for name in names if name.startswith(("tests/", "corpus/", "benchmarks/"))]


def test_the_wheel_works_on_its_own(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "env"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)],
        check=True,
        capture_output=True,
    )
    # What it depends on is borrowed, so that no network is needed; the checkout is not.
    borrowed = tmp_path / "borrowed"
    borrowed.mkdir()
    for folder in site.getsitepackages():
        for entry in Path(folder).iterdir():
            if "kcsp" not in entry.name and not (borrowed / entry.name).exists():
                (borrowed / entry.name).symlink_to(entry)
    environment = {**os.environ, "PYTHONPATH": str(borrowed)}
    done = subprocess.run(
        [scripts / "kcsp-nlp", "annotate", str(SAMPLE)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert "".join(record["text"] for record in records) == SAMPLE.read_text(encoding="utf-8")
    assert any(span["label"] == "PERSON" for record in records for span in record["spans"])
    shown = subprocess.run(
        [scripts / "kcsp-nlp", "dashboard", "-", "-o", "site"],
        input=done.stdout,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert shown.returncode == 0, shown.stderr
    assert "HADLOW PARISH COUNCIL" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    where = subprocess.run(
        [python, "-c", "from kcsp_nlp.shipped import shipped; print(shipped('models/kcsp'))"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    assert str(home) in where, "the wheel's own model is used"
