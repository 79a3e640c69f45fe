"""Out to a real doccano and back: `python tests/tools/check_doccano.py [VENV]`.

Installs doccano from PyPI in VENV (a temporary folder if none is given), starts its server and its
task queue, on loopback, makes projects of our label types, imports our tasks, corrects them through
its API, and imports its own exports. Its own `doccano webserver` would listen on all addresses of
the machine; the server under it is started on loopback alone.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from kcsp_nlp.labels.anchoring import to_utf16
from kcsp_nlp.labels.corpus import Check
from kcsp_nlp.labels.exporting import make_export
from kcsp_nlp.labels.importing import choose, read_versions
from labelling import MINUTES, NAMES, TOPICS, make_records
from tools.serving import HOST, Client, free_port, install, running

VERSION = "1.8.4"
# What doccano 1.8.4 asks for without saying in which versions: newer ones lack what it uses.
REQUIREMENTS = (f"doccano=={VERSION}", "marshmallow<4", "numpy<2", "setuptools<81")
USER, PASSWORD = "ann", "Quill-4711"
BOUNDARY = "kcsp-nlp-boundary"
# Kind of project, and what it is for.
PROJECTS: tuple[tuple[str, tuple[Check, ...], bool], ...] = (
    ("IntentDetectionAndSlotFilling", ("spans", "topics"), False),
    ("SequenceLabeling", ("spans",), False),
    ("SequenceLabeling", ("spans",), True),  # with relations, which have another form
    ("DocumentClassification", ("topics",), False),
)


def main() -> None:
    """Run the check; the first thing that is not as expected ends it."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        place = install(Path(sys.argv[1]) if sys.argv[1:] else folder / "venv", *REQUIREMENTS)
        (package,) = place.parent.glob("[lL]ib/**/site-packages/backend")
        environment = {
            "DOCCANO_HOME": str(folder / "home"),
            "STANDALONE": "True",
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "DATABASE_URL": f"sqlite:///{folder / 'home' / 'db.sqlite3'}",
            "MEDIA_ROOT": str(folder / "home" / "media"),
            "PYTHONPATH": str(package),
        }
        log = folder / "log"
        doccano = str(place / "doccano")
        user = ["createuser", "--username", USER, "--password", PASSWORD]
        for step in (["init"], user):
            with running([doccano, *step], environment, log) as process:
                assert process.wait(300) == 0, log.read_text(errors="replace")[-2000:]
        port = free_port()
        manage = [str(place / "python"), "manage.py", "runserver", "--noreload", "--insecure"]
        with (
            running([*manage, f"{HOST}:{port}"], environment, log, package) as server,
            running([doccano, "task", "--concurrency", "1"], environment, log),
        ):
            client = Client(port)
            client.wait("/v1/health/?format=json", server, log)
            token = client.ask("POST", "/v1/auth/login/", {"username": USER, "password": PASSWORD})[
                "key"
            ]
            client.headers["Authorization"] = f"Token {token}"
            for kind, asked, relations in PROJECTS:
                check(client, folder, kind, asked, relations=relations)
    sys.stdout.write(f"doccano {VERSION}: all comes back as it was labelled\n")


def check(
    client: Client, folder: Path, kind: str, asked: tuple[Check, ...], *, relations: bool
) -> None:
    """Label the sample in one kind of project and compare what comes back."""
    records = make_records()
    files = make_export(records, "doccano", topics=TOPICS, asked=asked)
    project = client.ask(
        "POST",
        "/v1/projects",
        {
            "name": kind,
            "description": kind,
            "project_type": kind,
            "guideline": "",
            "resourcetype": "TextClassificationProject"
            if kind == "DocumentClassification"
            else f"{kind}Project",
            "use_relation": relations,
            "tags": [],
        },
    )["id"]
    for name, route in (("spans.json", "span"), ("topics.json", "category")):
        if name in files:
            upload(client, f"/v1/projects/{project}/{route}-type-upload", name, files[name], "file")
    load(client, project, kind, files["tasks.jsonl"])
    if "spans" in asked:
        correct(client, project)
    for approved in (False, True):
        back = folder / f"{kind}-{relations}-{approved}"
        back.write_bytes(export(client, project, approved=approved))
        compare(back, asked, approved=approved)
    sys.stdout.write(f"{kind}{' with relations' if relations else ''}: {' and '.join(asked)}\n")


def upload(client: Client, path: str, name: str, data: bytes, field: str) -> Any:
    """Send a file as a form does."""
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    body = head.encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()
    status, said = client.send("POST", path, body, f"multipart/form-data; boundary={BOUNDARY}")
    assert status < 300, (path, status, said[:400])
    return said.decode()


def load(client: Client, project: int, kind: str, data: bytes) -> None:
    """Import tasks, and wait until they are there."""
    number = upload(client, "/v1/fp/process/", "tasks.jsonl", data, "filepond")
    wanted = {
        "format": "JSONL",
        "task": kind,
        "uploadIds": [number],
        "column_data": "text",
        "column_label": "label",
        "encoding": "utf_8",
    }
    started = client.ask("POST", f"/v1/projects/{project}/upload", wanted)
    finished(client, started["task_id"])
    held = examples(client, project)
    assert [each["text"] for each in held] == [text for _, text, _, _ in MINUTES], len(held)


def finished(client: Client, task: str) -> None:
    """Wait for a task of the queue."""
    for _ in range(120):
        said = client.ask("GET", f"/v1/tasks/status/{task}")
        if said["ready"]:
            assert not said["error"], said
            assert not said["result"]["error"], said
            return
        time.sleep(0.5)
    sys.exit("doccano's task queue did not finish within a minute")


def examples(client: Client, project: int) -> list[dict[str, Any]]:
    """Return what was imported, in the order of the document."""
    held: list[dict[str, Any]] = client.ask("GET", f"/v1/projects/{project}/examples?limit=100")[
        "results"
    ]
    return sorted(held, key=lambda each: each["id"])


def correct(client: Client, project: int) -> None:
    """Mark a span behind the ships, as the editor counts, and approve that task alone."""
    second = examples(client, project)[1]
    types = client.ask("GET", f"/v1/projects/{project}/span-types")
    label = next(each["id"] for each in types if each["text"] == "MONEY")
    text = second["text"]
    start = text.index("asked")
    client.ask(
        "POST",
        f"/v1/projects/{project}/examples/{second['id']}/spans",
        {
            "start_offset": to_utf16(text, start),
            "end_offset": to_utf16(text, start + 5),
            "label": label,
        },
    )
    client.ask("POST", f"/v1/projects/{project}/examples/{second['id']}/states", {})


def export(client: Client, project: int, *, approved: bool) -> bytes:
    """Return doccano's own export, a ZIP."""
    wanted = {"format": "JSONL", "exportApproved": approved}
    task = client.ask("POST", f"/v1/projects/{project}/download", wanted)["task_id"]
    for _ in range(120):
        said = client.ask("GET", f"/v1/projects/{project}/download?taskId={task}")
        if isinstance(said, bytes):
            return said
        time.sleep(0.5)
    sys.exit("doccano did not export within a minute")


def compare(back: Path, asked: tuple[Check, ...], *, approved: bool) -> None:
    """Compare what was imported with what was labelled."""
    reading = read_versions([back], NAMES)
    assert not reading.rejections, reading.rejections
    chosen = {version.meta.index: version for version in choose(reading)}
    if approved:
        assert sorted(chosen) == ([1] if "spans" in asked else []), sorted(chosen)
        return
    for index, (_, text, spans, topics) in enumerate(MINUTES):
        version = chosen[index]
        assert version.annotator == USER, version.annotator
        assert version.checked == asked, version.checked
        assert version.text == text
        if "topics" in asked:
            assert version.topics == topics, version.topics
        wanted = list(spans) if "spans" in asked else []
        if index == 1 and "spans" in asked:
            wanted = sorted([*wanted, (text.index("asked"), text.index("asked") + 5, "MONEY")])
        assert list(version.spans) == wanted, (version.spans, wanted)


if __name__ == "__main__":
    os.environ.pop("PYTHONPATH", None)
    main()
