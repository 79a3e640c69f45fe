"""Records into a folder that a labelling tool takes: tasks, configuration, a page of how-to."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from importlib import resources
from pathlib import Path

from kcsp_nlp.errors import KcspError
from kcsp_nlp.labels import conll, docbin, doccano, label_studio, prodigy
from kcsp_nlp.labels.corpus import Check
from kcsp_nlp.labels.tasks import Task, Tool, TopicChoice, make_tasks
from kcsp_nlp.records import LABELS, Record

_Files = Callable[[Sequence[Task], Sequence[TopicChoice], Sequence[Check]], dict[str, bytes]]
_WRITERS: dict[Tool, _Files] = {
    "label-studio": label_studio.make_files,
    "doccano": doccano.make_files,
    "prodigy": prodigy.make_files,
    "conll": conll.make_files,
    "docbin": docbin.make_files,
}
_BOTH: tuple[Check, ...] = ("spans", "topics")


def make_export(
    records: Iterable[Record],
    tool: Tool,
    *,
    topics: Sequence[TopicChoice],
    asked: tuple[Check, ...] = _BOTH,
) -> dict[str, bytes]:
    """Make the files of an export, by name.

    Args:
        records: What `annotate` wrote, those of each document together; their spans and topics
            are what annotators find already marked.
        tool: The tool.
        topics: What annotators may choose from.
        asked: What they are asked to check: spans, topics or both.

    Raises:
        KcspError: there is nothing to label.
    """
    tasks = list(make_tasks(records, asked))
    if not tasks:
        raise KcspError("no records with any words in them; expected what `annotate` writes")
    files = _WRITERS[tool](tasks, topics, tasks[0].meta.asked)
    return {**files, "how-to.md": _how_to(tool, tasks, topics).encode()}


def write_folder(files: dict[str, bytes], folder: Path) -> None:
    """Write files as a folder that is there whole or not at all.

    Raises:
        KcspError: there is something at that place already, or nothing can be written there.
    """
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise KcspError(f"{folder}: is there already, and not empty; give a new folder with -o")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name[:100]}."))
        try:
            for name, data in files.items():
                (scratch / name).write_bytes(data)
            scratch.chmod(0o755)
            if folder.exists():
                folder.rmdir()
            scratch.replace(folder)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        raise KcspError(
            f"{folder}: cannot be written ({error.strerror}); expected a place for a folder"
        ) from error


def _how_to(tool: Tool, tasks: Sequence[Task], topics: Sequence[TopicChoice]) -> str:
    template = resources.files("kcsp_nlp") / "data" / "labels" / f"{tool}.md"
    asked = tasks[0].meta.asked
    values = {
        "{tasks}": str(len(tasks)),
        "{documents}": str(len({task.meta.document for task in tasks})),
        "{asked}": " and ".join(asked),
        "{labels}": ", ".join(LABELS),
        "{topics}": ", ".join(f"`{topic.name}`" for topic in topics),
        "{project}": _PROJECTS[len(asked) > 1, asked[0]],
    }
    text = template.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(name, value)
    return text


# doccano's kind of project, by whether both are asked and by what is asked first.
_PROJECTS: dict[tuple[bool, Check], str] = {
    (True, "spans"): "Intent Detection and Slot Filling",
    (False, "spans"): "Sequence Labeling",
    (False, "topics"): "Text Classification",
}
