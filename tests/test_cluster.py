"""`annotate --engine ray` on a cluster of several nodes: the same bytes, whatever is lost."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import trying_annotator
from kcsp_nlp.batch.planning import plan
from kcsp_nlp.errors import KcspError

if TYPE_CHECKING:
    from ray_cluster import Nodes

pytest_plugins = ["ray_cluster", "s3_server"]

pytestmark = [
    pytest.mark.alone,  # several processes of its own
    pytest.mark.skipif(os.name == "nt", reason="several nodes on one Windows: Ray cannot"),
]

# By name, not as a program: the classes of a program are not found by the nodes.
PROGRAM = """
import sys
import trying_annotator
from kcsp_nlp.cli.main import run
trying_annotator.install()
sys.argv[:1] = ["kcsp-nlp", "annotate"]
run()
"""
FILES = 180


def start(*arguments: object, **options: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        **options,
    )


def annotate(*arguments: object, code: int = 0) -> str:
    """Run it, and return what it says on stderr."""
    process = start(*arguments)
    said, complaints = process.communicate(timeout=120)
    assert (process.returncode, said) == (code, b""), complaints.decode()
    return complaints.decode()


def report_of(path: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return report


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def ends_shard(path: Path) -> bool:
    return len(list(plan([path, path.with_name("another.md")]))) > 1


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents that take a while; two kill their process."""
    folder = tmp_path_factory.mktemp("archive")
    for number in range(FILES):
        text = f"rest 0.05\nLine of {number}\n" * (1 + number % 3)
        path = folder / f"{number:03}.md"
        if number % 20 == 19:  # so that there are nine shards at least, wherever the folder is
            path = next(filter(ends_shard, (folder / f"{number:03}-{n}.md" for n in count())))
        path.write_text(text, encoding="utf-8")
    (folder / "050.md").write_text("abort", encoding="utf-8")
    (folder / "100.md").write_text("abort", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def expected(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run on this machine alone gives."""
    output = tmp_path_factory.mktemp("alone") / "out.jsonl"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(trying_annotator.__file__).parent))
        annotate(archive, "-o", output, "--workers", 2, code=1)
    return output


def assert_the_same(output: Path, expected: Path) -> None:
    assert digest(output) == digest(expected)
    failures = "out.failures.jsonl"
    assert digest(output.with_name(failures)) == digest(expected.with_name(failures))


def wait_for_shards(output: Path, number: int) -> None:
    folder = output.with_name(f"{output.name}.run")
    until = time.monotonic() + 60
    while len(list(folder.glob("*.facts"))) < number:
        assert time.monotonic() < until, "nothing is annotated"
        time.sleep(0.05)


def test_a_cluster_gives_the_same_bytes(
    cluster: Nodes, archive: Path, expected: Path, tmp_path: Path
) -> None:
    output, report = tmp_path / "out.jsonl", tmp_path / "run.json"
    given = [archive, "-o", output, "--engine", "ray", "--resume", "--report", report]
    annotate(*given, code=1)
    assert_the_same(output, expected)
    machine = report_of(report)["machine"]
    assert machine["engine"] == "ray"
    assert machine["workers"] == machine["nodes"] == cluster.size
    # What is done is not done again: by the cluster, nor by this machine alone.
    annotate(*given, code=1)
    assert report_of(report)["counts"]["files_taken_over"] == FILES - 2
    given[given.index("ray")] = "local"
    annotate(*given, code=1)
    assert report_of(report)["counts"]["files_taken_over"] == FILES - 2
    assert_the_same(output, expected)


def test_a_node_that_is_killed_costs_nothing(
    cluster: Nodes, archive: Path, expected: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.jsonl"
    process = start(archive, "-o", output, "--engine", "ray")
    wait_for_shards(output, 4)
    cluster.kill()
    said, complaints = process.communicate(timeout=120)
    assert (process.returncode, said) == (1, b"")
    assert "Raylet" not in complaints.decode(), "logs of the machine that was lost"
    assert_the_same(output, expected)
    assert not output.with_name("out.jsonl.run").exists()


@pytest.mark.parametrize("engine", ["ray", "local"])
def test_a_run_that_is_killed_is_gone_on_with(
    cluster: Nodes,
    archive: Path,
    expected: Path,
    tmp_path: Path,
    engine: str,
) -> None:
    output, report = tmp_path / "out.jsonl", tmp_path / "run.json"
    process = start(archive, "-o", output, "--engine", "ray")
    wait_for_shards(output, 4)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert not output.exists()
    given = [archive, "-o", output, "--resume", "--report", report]
    annotate(*given, "--engine", engine, code=1)
    assert 0 < report_of(report)["counts"]["files_taken_over"] < FILES - 2
    assert_the_same(output, expected)


def test_ctrl_c_says_how_to_go_on(
    cluster: Nodes, archive: Path, expected: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.jsonl"
    process = start(archive, "-o", output, "--engine", "ray")
    wait_for_shards(output, 4)
    process.send_signal(signal.SIGTERM)
    _, complaints = process.communicate(timeout=60)
    assert process.returncode == 143
    assert "with --resume goes on" in complaints.decode()
    annotate(archive, "-o", output, "--resume", "--engine", "ray", code=1)
    assert_the_same(output, expected)


def test_an_object_store_holds_input_and_output(
    cluster: Nodes, s3: str, archive: Path, expected: Path, tmp_path: Path
) -> None:
    from upath import UPath

    bucket = UPath(s3)
    bucket.fs.put(str(archive), f"{bucket.path}in", recursive=True)
    given = [f"{s3}/in", "-o", f"{s3}/out/out.jsonl", "--engine", "ray", "--resume"]
    report = UPath(f"{s3}/out/run.json")
    annotate(*given, "--report", report, code=1)
    output = tmp_path / "out.jsonl"
    output.write_bytes(UPath(f"{s3}/out/out.jsonl").read_bytes())
    assert digest(output) == digest(expected)
    assert json.loads(report.read_text())["machine"]["nodes"] == cluster.size


def test_paths_may_be_relative(
    cluster: Nodes,
    archive: Path,
    expected: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(archive.parent)  # the nodes were started elsewhere
    output = tmp_path / "out.jsonl"
    annotate(archive.name, "-o", os.path.relpath(output), "--engine", "ray", code=1)
    assert digest(output) == digest(expected)


def test_a_machine_with_another_model_is_refused(
    cluster: Nodes, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(trying_annotator.MODEL, "newer")
    said = annotate(archive, "-o", tmp_path / "out.jsonl", "--engine", "ray", code=1)
    assert "has another model_sha256, expected the same as where the run was begun" in said
    assert not (tmp_path / "out.jsonl").exists()


def test_no_cluster_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    ray = pytest.importorskip("ray", reason="needs Ray: pip install 'kcsp-nlp[ray]'")
    from kcsp_nlp.cluster.connecting import connected

    def refuse(**_: object) -> None:  # as Ray does, after half a minute
        raise ConnectionError("Failed to connect\nwith a dump of its state")

    monkeypatch.setattr(ray, "init", refuse)
    monkeypatch.setenv("RAY_ADDRESS", "10.0.0.1:6379")
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setenv("RAY_gcs_server_port_wait_time_s", "1")
    expected = r"10.0.0.1:6379: found no Ray cluster \(Failed to connect\), expected one"
    with pytest.raises(KcspError, match=expected), connected():
        pass


class LosingPool:
    """A pool that loses each job that holds a certain file, and keeps the others at once."""

    most = 1
    nodes = frozenset({"a"})

    def __init__(self, name: str) -> None:
        self._name = name
        self._given: list[tuple[Any, Any]] = []

    def grow(self, wanted: int) -> None:
        assert wanted > 0

    def has_room(self) -> bool:
        return not self._given

    def give(self, key: Any, job: Any) -> None:
        self._given.append((key, job))

    def answers(self) -> Iterator[Any]:
        from kcsp_nlp.batch.crew import Crew
        from kcsp_nlp.batch.messages import Ask
        from kcsp_nlp.batch.scheduling import annotate_in_order
        from kcsp_nlp.batch.shards import keep_shard
        from kcsp_nlp.cluster.jobs import kept_whole
        from kcsp_nlp.cluster.pool import Answer

        for key, job in self._given:
            kept = None
            if self._name not in {place.name for place in job.work.shard.places}:
                with Crew(trying_annotator.TryingSetup(), workers=0) as crew:
                    results = annotate_in_order(map(Ask, job.work.shard.places), crew)
                    kept = kept_whole(keep_shard(job.work, results))
            yield Answer(key, kept)
        self._given.clear()


def keep_losing(paths: list[Path], name: str, output: Path) -> tuple[list[Any], list[Any]]:
    """Annotate files in a cluster that loses a shard; return what became of them and failed."""
    pytest.importorskip("ray", reason="needs Ray: pip install 'kcsp-nlp[ray]'")
    from kcsp_nlp.batch.folder import hold_folder
    from kcsp_nlp.batch.joining import failures_of
    from kcsp_nlp.cluster.run import ClusterRun

    setup = trying_annotator.TryingSetup()
    identify = partial(trying_annotator.identity_of, setup, explain=False)
    with hold_folder(output) as folder:
        run = ClusterRun(folder, setup, identify, workers=1)
        pool: Any = LosingPool(name)
        done = list(run.keep(paths, pool))
        return done, list(failures_of(run.journals, identify().digest))


@pytest.fixture
def hundred(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{number:03}.md" for number in range(100)]
    for path in paths:
        path.write_text("Item\n", encoding="utf-8")
    return paths


def test_a_shard_that_machines_are_lost_over_is_given_up(
    hundred: list[Path], tmp_path: Path
) -> None:
    done, failures = keep_losing(hundred, "040.md", tmp_path / "out.jsonl")
    assert [each.facts.name for each in done] == [str(path) for path in hundred]
    lost = next(shard for shard in plan(hundred) if hundred[40] in shard.places)
    assert [failure.file for failure in failures] == [str(path) for path in lost.places]
    assert {failure.kind for failure in failures} == {"crash"}
    assert "5 machines of the cluster were lost" in failures[0].reason


def test_what_was_done_before_is_kept_where_machines_are_lost(
    hundred: list[Path], tmp_path: Path
) -> None:
    keep_losing(hundred, "none", tmp_path / "out.jsonl")
    hundred[40].write_text("Changed\n", encoding="utf-8")
    _, failures = keep_losing(hundred, "040.md", tmp_path / "out.jsonl")
    assert [failure.file for failure in failures] == [str(hundred[40])]
