"""Two annotators: how far they agree, where they do not, and which version is taken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kcsp_nlp.labels.agreement import Shared, measure_agreement
from kcsp_nlp.labels.importing import Reading, choose, read_versions
from labelling import MINUTES, NAMES, accept_all, dump, exported, make_records


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    """Ann accepts all; Ben has another span, other topics, and one task less."""
    tasks = json.loads(exported(make_records(), "label-studio"))
    ann = accept_all(tasks, user=1)
    ben = json.loads(json.dumps(accept_all(tasks, user=2)))[:3]
    results: list[dict[str, Any]] = ben[1]["annotations"][0]["result"]
    moved = results[0]["value"]
    moved["end"] -= 7
    moved["text"] = moved["text"][:-7]
    results[-1]["value"]["choices"] = ["mental_health"]
    for task, other in zip(ann, ben, strict=False):
        task["annotations"] += [{**other["annotations"][0], "id": 100 + task["id"]}]
    path = tmp_path / "both.json"
    path.write_bytes(dump(ann))
    return read_versions([path], NAMES)


def test_agreement_per_label_and_topic(reading: Reading) -> None:
    found = measure_agreement(reading.versions, NAMES)
    assert (found.tasks, found.annotators) == (3, ("1", "2"))
    labels = {
        name: (shared.both, shared.one, shared.other) for name, shared in found.labels.items()
    }
    assert labels == {"PERSON": (2, 0, 0), "ROLE": (2, 0, 0), "MONEY": (1, 0, 0), "ORG": (3, 1, 1)}
    assert found.labels["ORG"].f1 == pytest.approx(0.75)
    funding = found.topics["funding"]
    assert (funding.both, funding.one, funding.other, funding.neither) == (0, 1, 0, 2)
    assert funding.f1 == 0
    assert funding.kappa == pytest.approx(0)


def test_disagreements_say_where_and_not_what(reading: Reading) -> None:
    found = measure_agreement(reading.versions, NAMES).disagreements
    assert [(each["kind"], each.get("label") or each["topic"], each["only"]) for each in found] == [
        ("span", "ORG", "2"),
        ("span", "ORG", "1"),
        ("topic", "funding", "1"),
        ("topic", "mental_health", "2"),
    ]
    assert {each["task"] for each in found} == {make_records()[1].id}
    assert "Home" not in json.dumps(found)


@pytest.mark.parametrize(
    ("shared", "kappa", "f1"),
    [
        # Both say yes to 20 and no to 15 of 50: Cohen's own kind of example.
        (Shared(20, 5, 10, 15), 0.4, 40 / 55),
        (Shared(0, 0, 0, 9), None, None),
        (Shared(0, 0, 0, 0), None, None),
        (Shared(4, 0, 0, 4), 1.0, 1.0),
    ],
)
def test_figures(shared: Shared, kappa: float | None, f1: float | None) -> None:
    assert shared.kappa == (None if kappa is None else pytest.approx(kappa))
    assert shared.f1 == (None if f1 is None else pytest.approx(f1))


def test_differing_versions_must_be_chosen(reading: Reading) -> None:
    versions = choose(reading)
    assert len(versions) == 3, "those that are alike are one, and so is Ann's alone"
    (rejection,) = reading.rejections
    assert "labelled 2 times and not alike (by 1, 2); choose with --annotator" in rejection.why
    assert rejection.task == make_records()[1].id


@pytest.mark.parametrize(
    ("chosen", "tasks", "topics"),
    [
        ({"prefer": "first"}, 4, ("funding",)),
        ({"prefer": "last"}, 4, ("mental_health",)),
        ({"annotator": "1"}, 4, ("funding",)),
        ({"annotator": "2"}, 3, ("mental_health",)),
    ],
)
def test_a_version_is_chosen(
    chosen: dict[str, Any], tasks: int, topics: tuple[str, ...], reading: Reading
) -> None:
    versions = {version.meta.index: version for version in choose(reading, **chosen)}
    assert len(versions) == tasks
    assert versions[1].topics == topics
    assert reading.rejections == []
    assert reading.counts[f"tasks not labelled by {chosen.get('annotator')}"] == 4 - tasks


def test_only_what_all_agree_on(reading: Reading) -> None:
    assert [version.meta.index for version in choose(reading, prefer="agreed")] == [0, 2, 3]
    assert "only what all agree on was asked for" in reading.rejections[0].why


def test_the_same_export_twice_is_one_version(tmp_path: Path) -> None:
    path = tmp_path / "export"
    path.write_bytes(dump(accept_all(json.loads(exported(make_records(), "label-studio")))))
    reading = read_versions([path, path], NAMES)
    assert len(choose(reading)) == len(MINUTES)
    assert reading.counts["further versions of a task"] == len(MINUTES)
    assert measure_agreement(reading.versions, NAMES).tasks == 0, "nobody agrees with himself"
