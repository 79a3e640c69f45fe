"""Out to a real Label Studio and back: `python tests/tools/check_label_studio.py [VENV]`.

Installs Label Studio from PyPI in VENV (a temporary folder if none is given), starts it on
loopback, makes a project of our configuration, imports our tasks, annotates through its API, and
imports its own exports.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from kcsp_nlp.labels.exporting import make_export
from kcsp_nlp.labels.importing import Reading, choose, read_versions
from kcsp_nlp.labels.joining import join_documents
from labelling import MINUTES, NAMES, TOPICS, make_records
from tools.serving import HOST, Client, free_port, install, running

VERSION = "1.23.2"
TOKEN = "0123456789abcdef0123456789abcdef01234567"  # noqa: S105 -- of a server that lives for a minute
QUIET = {
    "COLLECT_ANALYTICS": "false",
    "LATEST_VERSION_CHECK": "false",
    "FRONTEND_SENTRY_DSN": "",
    "SENTRY_DSN": "",
}


def main() -> None:
    """Run the check; the first thing that is not as expected ends it."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        place = install(
            Path(sys.argv[1]) if sys.argv[1:] else folder / "venv", f"label-studio=={VERSION}"
        )
        port = free_port()
        command = [str(place / "label-studio"), "start", "--no-browser", "--port", str(port)]
        command += ["--internal-host", HOST, "--host", f"http://{HOST}:{port}"]
        command += ["--username", "ann@example.org", "--password", "Quill-4711"]
        command += ["--user-token", TOKEN, "--enable-legacy-api-token"]
        command += ["--data-dir", str(folder / "data")]
        with running(command, QUIET, folder / "log") as process:
            client = Client(port, {"Authorization": f"Token {TOKEN}"})
            client.wait("/health", process, folder / "log")
            check(client, folder)
    sys.stdout.write(f"Label Studio {VERSION}: all comes back as it was labelled\n")


def check(client: Client, folder: Path) -> None:
    """Label the sample through the API and compare what comes back."""
    records = make_records()
    files = make_export(records, "label-studio", topics=TOPICS)
    project = client.ask(
        "POST",
        "/api/projects/",
        {"title": "kcsp", "label_config": files["labels.xml"].decode()},
    )["id"]
    status, said = client.send(
        "POST", f"/api/projects/{project}/import?commit_to_project=true", files["tasks.json"]
    )
    assert status < 300, said
    tasks = client.ask("GET", f"/api/tasks/?project={project}&fields=all&page_size=100")["tasks"]
    tasks.sort(key=lambda task: task["data"]["kcsp"]["index"])
    assert [task["data"]["text"] for task in tasks] == [text for _, text, _, _ in MINUTES]
    label_all(client, tasks)
    for kind in ("JSON", "JSON_MIN"):
        path = f"/api/projects/{project}/export?exportType={kind}&download_all_tasks=true"
        status, data = client.send("GET", path, None)
        assert status == 200, data
        back = folder / f"export-{kind}"  # no suffix: told by its content
        back.write_bytes(data)
        compare(read_versions([back], NAMES), kind)


def label_all(client: Client, tasks: list[dict[str, Any]]) -> None:
    """Accept the first two tasks, correct the third, skip it as well, draft the fourth."""
    found = [task["predictions"][0]["result"] for task in tasks]
    for task, result in zip(tasks[:2], found, strict=False):
        client.ask("POST", f"/api/tasks/{task['id']}/annotations/", {"result": result})
    # As the editor sends it: with white space at the ends, line ends as backslash and n.
    corrected = {
        "id": "new",
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": {"start": 9, "end": 19, "text": "\\nThe Clerk", "labels": ["ROLE"]},
    }
    client.ask("POST", f"/api/tasks/{tasks[2]['id']}/annotations/", {"result": [corrected]})
    client.ask(
        "POST", f"/api/tasks/{tasks[2]['id']}/annotations/", {"result": [], "was_cancelled": True}
    )
    client.ask(
        "POST", f"/api/tasks/{tasks[3]['id']}/drafts", {"result": found[3], "lead_time": 1.0}
    )


def compare(reading: Reading, kind: str) -> None:
    """Compare what was imported with what was labelled."""
    assert not reading.rejections, (kind, reading.rejections)
    chosen = {version.meta.index: version for version in choose(reading)}
    assert sorted(chosen) == [0, 1, 2], (kind, sorted(chosen))
    for index in (0, 1):
        _, text, spans, topics = MINUTES[index]
        assert chosen[index].text == text, kind
        assert list(chosen[index].spans) == spans, (kind, chosen[index].spans)
        assert chosen[index].topics == topics, kind
    assert chosen[2].spans == ((10, 19, "ROLE"),), (kind, chosen[2].spans)
    assert reading.counts["spans freed of white space at their ends"] == 1
    (document,) = join_documents(chosen.values(), reading)
    assert document.text == "".join(text for _, text, _, _ in MINUTES[:3])
    if kind == "JSON":
        assert reading.counts["skipped tasks"] == 1, reading.counts
        assert reading.counts["unfinished tasks"] == 1, reading.counts
    told = ", ".join(f"{number} {what}" for what, number in reading.counts.items() if number)
    sys.stdout.write(f"{kind}: {told}\n")


if __name__ == "__main__":
    main()
