"""Who may import whom, and what no module may hold: the structure, as tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "nlp" / "kcsp_nlp"
MODULES = sorted(PACKAGE.rglob("*.py"))

# What each room of the package may import of the others, besides itself and what all may: errors.
# Stages (reading, minutes, pipeline, topics) never import each other.
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "jsonl": set(),
    "locking": set(),
    "replacing": {"locking"},
    "storage": {"replacing"},
    "records": set(),
    "record_lines": {"jsonl", "records"},
    "shipped": set(),
    "values": set(),
    "labels": {"jsonl", "pipeline", "records"},
    "reading": {"storage"},
    "minutes": {"records", "registers"},
    "registers": {"shipped"},
    "pipeline": {"registers", "shipped", "values"},
    "topics": set(),
    "hints": {"minutes", "records"},
    "pages": {"reading", "records"},
    "linking": {"minutes", "pipeline", "records", "registers", "values"},
    "people": {"jsonl", "linking", "record_lines", "records"},
    "confidence": {"records", "registers"},
    "tagging": {"confidence", "hints", "minutes", "pipeline", "records", "registers"},
    "annotator": {
        "confidence",
        "linking",
        "minutes",
        "pages",
        "pipeline",
        "reading",
        "records",
        "registers",
        "tagging",
        "topics",
    },
    "batch": {
        "annotator",
        "locking",
        "pipeline",
        "reading",
        "record_lines",
        "records",
        "registers",
        "storage",
        "versions",
    },
    "cluster": {"batch", "storage"},
    "evaluation": {
        "annotator",
        "confidence",
        "jsonl",
        "labels",
        "linking",
        "minutes",
        "reading",
        "record_lines",
        "records",
        "shipped",
        "topics",
        "training",
    },
    "redaction": {"minutes", "records"},
    "warehouse": {"linking", "record_lines", "records", "redaction", "replacing"},
    "dashboard": {"replacing", "shipped", "warehouse"},
    "suggesting": {"labels", "record_lines", "records"},
    "training": {"confidence", "jsonl", "labels", "pipeline", "shipped", "topics"},
    "versions": {
        "annotator",
        "evaluation",
        "jsonl",
        "labels",
        "locking",
        "pipeline",
        "records",
        "shipped",
        "suggesting",
        "training",
    },
    "cli": {
        "annotator",
        "batch",
        "cluster",
        "confidence",
        "evaluation",
        "labels",
        "people",
        "reading",
        "record_lines",
        "records",
        "registers",
        "replacing",
        "shipped",
        "storage",
        "suggesting",
        "topics",
        "training",
        "versions",
        "warehouse",
        "dashboard",
    },
    "__init__": {"annotator", "reading", "records", "registers"},
    "__main__": {"cli"},
}
HEAVY = {"spacy", "sklearn", "skops", "numpy", "scipy", "thinc", "matplotlib", "ray", "upath"}
FORBIDDEN = {"pickle", "marshal", "shelve", "socket", "urllib", "requests", "http", "subprocess"}
# Modules that start a program: the process that reads, LibreOffice, tesseract.
START_PROGRAMS = {"reading/watching.py", "reading/office.py", "reading/pdf/tesseract.py"}
SERVES = "dashboard/serving.py"  # a site, to this machine alone
JUNK = {"utils", "util", "helpers", "helper", "common", "misc", "core", "base_classes"}


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def room(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            module = node.module or ""
            yield module
            if module == "kcsp_nlp":
                yield from (f"kcsp_nlp.{alias.name}" for alias in node.names)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_rooms_import_only_what_they_may(path: Path) -> None:
    allowed = MAY_IMPORT[room(path)] | {room(path), "errors"}
    used = {
        module.split(".")[1] for module in imports(parsed(path)) if module.startswith("kcsp_nlp.")
    }
    assert used <= allowed


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_nothing_dangerous_is_imported_or_called(path: Path) -> None:
    tree = parsed(path)
    allowed = {"subprocess"} if name(path) in START_PROGRAMS else set()
    allowed |= {"http"} if name(path) == SERVES else set()
    assert not {module.split(".")[0] for module in imports(tree)} & FORBIDDEN - allowed
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & {"print", "eval", "exec", "__import__", "input"}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_and_functions_are_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, node.name


def test_no_junk_drawers() -> None:
    parts = {part.removesuffix(".py") for path in MODULES for part in path.parts[-2:]}
    assert not parts & JUNK


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if room(path) in {"cli", "__init__", "batch", "storage"}],
    ids=name,
)
def test_the_command_imports_nothing_heavy_at_its_top(path: Path) -> None:
    top = ast.Module([node for node in parsed(path).body if not isinstance(node, ast.If)], [])
    direct = [node for node in top.body if isinstance(node, ast.Import | ast.ImportFrom)]
    used = {module.split(".")[0] for node in direct for module in imports(ast.Module([node], []))}
    assert not used & HEAVY
