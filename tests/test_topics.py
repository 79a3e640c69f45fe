from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
import skops.io

from kcsp_nlp.errors import CorpusError, KcspError, ModelError
from kcsp_nlp.topics.features import Topic, TopicItem
from kcsp_nlp.topics.model import TopicModel, read_topics

TAXONOMY = Path(__file__).parent.parent / "configs" / "topics.toml"
SHA = "0" * 64

# Invented: two sentences per topic, and some of nothing.
SAID = {
    "domestic_abuse": [
        "The refuge was full and the IDVA post was vacant.",
        "Domestic abuse referrals to MARAC had risen by a tenth.",
    ],
    "violence_reduction": [
        "Two stabbings and a knife arch were reported by the violence reduction unit.",
        "County lines gangs were carrying machetes; knife crime had doubled.",
    ],
    "mental_health": [
        "Section 136 detentions fell after the mental health nurse joined the street triage car.",
        "Suicide prevention training and a crisis cafe were planned with CAMHS.",
    ],
    "funding": [
        "A grant of £2,500 was awarded from the community budget.",
        "The precept was set at £31,000 and a donation of £50 was paid.",
    ],
    "flooding": [
        "The culvert in Mill Lane flooded again and sandbags ran out.",
        "Flood wardens met the drainage board about the sluice.",
    ],
}
NOTHING = [
    "The minutes were signed as a correct record.",
    "The oak by the gate will be pruned in winter.",
    "The next meeting is on the second Tuesday of May.",
]
FLOODING = """
[topics.flooding]
title = "Flooding"
description = "Floods and drainage."
terms = ["flooded", "flood warden", "drainage board", "culvert", "sandbag", "sluice"]
"""


def labelled() -> tuple[list[TopicItem], list[str]]:
    items: list[TopicItem] = []
    groups: list[str] = []
    for group in ("Aldham", "Borley", "Copdock", "Dalham"):
        for name, said in SAID.items():
            for number, text in enumerate(said):
                title = name.replace("_", " ").title() if number else None
                items.append(TopicItem(title, f"{group}. {text}", (), (name,)))
        items += [TopicItem(None, f"{group}. {text}") for text in NOTHING]
        groups += [group] * (len(items) - len(groups))
    return items, groups


@pytest.fixture(scope="module")
def five_topics(tmp_path_factory: pytest.TempPathFactory) -> tuple[Topic, ...]:
    path = tmp_path_factory.mktemp("configs") / "topics.toml"
    path.write_text(TAXONOMY.read_text(encoding="utf-8") + FLOODING, encoding="utf-8")
    return read_topics(path)


@pytest.fixture(scope="module")
def model(five_topics: tuple[Topic, ...]) -> TopicModel:
    items, groups = labelled()
    return TopicModel.fit(items, five_topics, groups, corpus_sha256=SHA)


@pytest.fixture
def folder(model: TopicModel, tmp_path: Path) -> Path:
    model.save(tmp_path)
    return tmp_path


def change_card(folder: Path, **changes: object) -> None:
    path = folder / "card.json"
    card = json.loads(path.read_text(encoding="utf-8")) | changes
    path.write_text(json.dumps(card), encoding="utf-8")


def test_the_shipped_taxonomy_reads() -> None:
    topics = read_topics(TAXONOMY)
    names = ("domestic_abuse", "violence_reduction", "mental_health", "funding")
    assert tuple(topic.name for topic in topics) == names
    assert [topic.name for topic in topics if topic.money] == ["funding"]
    for topic in topics:
        phrases = [*topic.terms, *topic.hints, *topic.against]
        assert len(phrases) == len(set(phrases)), f"{topic.name} says something twice"


def test_a_fifth_topic_needs_labels_and_one_table(model: TopicModel) -> None:
    assert model.labels == (*(t.name for t in read_topics(TAXONOMY)), "flooding")
    wet = TopicItem(None, "Sandbags were stacked by the culvert before the sluice failed.")
    dry = TopicItem(None, "The clerk will order a new noticeboard.")
    found = model.predict([wet, dry])
    assert [scores.labels for scores in found] == [("flooding",), ()]


def test_labels_come_in_the_order_of_the_taxonomy(model: TopicModel) -> None:
    both = TopicItem(None, f"{SAID['funding'][0]} {SAID['domestic_abuse'][1]}")
    (scores,) = model.predict([both])
    assert scores.labels == ("domestic_abuse", "funding")
    assert tuple(scores.scores) == model.labels


def test_scores_are_probabilities_of_four_decimals(model: TopicModel) -> None:
    for scores in model.predict(labelled()[0]):
        assert all(0 <= p <= 1 and p == round(p, 4) for p in scores.scores.values())
        assert scores.labels == tuple(
            name for name, p in scores.scores.items() if p >= model.card.thresholds[name]
        )


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (TopicItem(None, ""), "nothing at all"),
        (TopicItem("", " \n\n "), "white space"),
        (TopicItem("Apologies", "Apologies\n\nNone."), "a procedural item"),
    ],
)
def test_items_that_say_nothing_have_no_topic(
    model: TopicModel, item: TopicItem, reason: str
) -> None:
    assert model.predict([item])[0].labels == (), reason


def test_no_items_no_scores(model: TopicModel) -> None:
    assert model.predict([]) == []


def test_the_company_of_other_items_changes_nothing(model: TopicModel) -> None:
    items, _ = labelled()
    assert model.predict(items) == [model.predict([item])[0] for item in items]


def test_evidence_points_to_what_was_found(model: TopicModel) -> None:
    item = TopicItem(None, "Two refuges were full.\n\nThe culvert is nobody's.")
    evidence = model.evidence(item)
    assert tuple(evidence) == model.labels
    assert item.text[slice(*evidence["domestic_abuse"][0][:2])] == "refuges"
    assert item.text[slice(*evidence["flooding"][0][:2])] == "culvert"
    for mentions in evidence.values():
        weights = [mention.weight for mention in mentions]
        assert weights == sorted(weights, reverse=True)
        assert all(weight > 0 for weight in weights)


def test_a_sum_in_words_is_evidence_whole(model: TopicModel) -> None:
    text = "A grant of two thousand pounds was awarded to Cllr Grant."
    start, name = text.index("two"), text.index("Grant.")
    spans = [(start, start + len("two thousand pounds"), "MONEY"), (name, name + 5, "PERSON")]
    found = {
        text[mention.start : mention.end]
        for mention in model.evidence(TopicItem(None, text, spans))["funding"]
    }
    assert {"grant", "two thousand pounds"} <= found
    assert "Grant" not in found, "a person's name says nothing"


@pytest.mark.parametrize("text", ["", "\n", "£5", "136", "..."])
def test_nothing_said_is_no_evidence_of_abuse(model: TopicModel, text: str) -> None:
    assert model.evidence(TopicItem(None, text))["domestic_abuse"] == []


def test_one_topic_is_enough() -> None:
    topic = Topic(name="flooding", title="Flooding", terms=("culvert",))
    items, groups = labelled()
    items = [i._replace(topics=tuple(t for t in i.topics if t == "flooding")) for i in items]
    one = TopicModel.fit(items, [topic], groups, corpus_sha256=SHA)
    wet, dry = one.predict([TopicItem(None, "The culvert broke."), TopicItem(None, "None.")])
    assert list(wet.scores) == ["flooding"]
    assert wet.scores["flooding"] > dry.scores["flooding"]


def test_the_card_says_what_the_model_is(model: TopicModel, folder: Path) -> None:
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    assert card["labels"] == list(model.labels)
    assert card["corpus_sha256"] == SHA
    stored = (folder / "model.skops").read_bytes()
    assert card["model_sha256"] == hashlib.sha256(stored).hexdigest()
    assert set(card["versions"]) == {"scikit-learn", "skops"}
    assert set(card["cross_validated"]) == {*model.labels, "micro", "macro"}
    assert card["topics"][-1]["terms"][0] == "flooded"
    assert set(card["calibration"]) == set(model.labels)
    for figures in card["calibration"].values():
        assert sum(each["count"] for each in figures["bins"]) == card["items"]


def test_a_stored_model_gives_equal_probabilities(model: TopicModel, folder: Path) -> None:
    items, _ = labelled()
    assert TopicModel.load(folder).predict(items) == model.predict(items)


def test_a_stored_model_needs_no_trust(folder: Path) -> None:
    assert skops.io.get_untrusted_types(file=folder / "model.skops") == []


def test_same_items_same_bytes(
    model: TopicModel, five_topics: tuple[Topic, ...], tmp_path: Path
) -> None:
    items, groups = labelled()
    again = TopicModel.fit(items, five_topics, groups, corpus_sha256=SHA)
    model.save(tmp_path / "one")
    again.save(tmp_path / "two")
    TopicModel.load(tmp_path / "one").save(tmp_path / "three")
    for name in ("model.skops", "card.json"):
        first = (tmp_path / "one" / name).read_bytes()
        assert first == (tmp_path / "two" / name).read_bytes(), "fitted twice"
        assert first == (tmp_path / "three" / name).read_bytes(), "saved, loaded, saved"


@pytest.mark.parametrize("name", ["model.skops", "card.json"])
def test_a_missing_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name):
        TopicModel.load(folder)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"labels": []}', b"\xff\xfe"])
def test_a_damaged_card_is_refused(folder: Path, content: bytes) -> None:
    (folder / "card.json").write_bytes(content)
    with pytest.raises(ModelError, match=r"card\.json"):
        TopicModel.load(folder)


def test_one_changed_byte_is_refused(folder: Path) -> None:
    path = folder / "model.skops"
    stored = bytearray(path.read_bytes())
    stored[len(stored) // 2] ^= 1
    path.write_bytes(stored)
    with pytest.raises(ModelError, match="damaged or exchanged"):
        TopicModel.load(folder)


@pytest.mark.parametrize("content", [b"", b"not a zip archive", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_skops_file_is_refused(folder: Path, content: bytes) -> None:
    (folder / "model.skops").write_bytes(content)
    change_card(folder, model_sha256=hashlib.sha256(content).hexdigest())
    with pytest.raises(ModelError, match="not a skops file"):
        TopicModel.load(folder)


def test_another_object_is_refused(folder: Path) -> None:
    content = skops.io.dumps({"features": 1})
    (folder / "model.skops").write_bytes(content)
    change_card(folder, model_sha256=hashlib.sha256(content).hexdigest())
    with pytest.raises(ModelError, match="not a topic model"):
        TopicModel.load(folder)


def test_untrusted_types_are_refused(folder: Path) -> None:
    content = skops.io.dumps({"features": Path})
    (folder / "model.skops").write_bytes(content)
    change_card(folder, model_sha256=hashlib.sha256(content).hexdigest())
    with pytest.raises(ModelError, match="not trusted"):
        TopicModel.load(folder)


def test_another_version_of_the_features_is_refused(folder: Path) -> None:
    change_card(folder, feature_version=0)
    with pytest.raises(ModelError, match="version 0 of the features"):
        TopicModel.load(folder)


def test_labels_that_disagree_with_the_terms_are_refused(folder: Path) -> None:
    change_card(folder, labels=["one", "two"])
    with pytest.raises(ModelError, match="labels and topics"):
        TopicModel.load(folder)


def test_topics_that_disagree_with_the_model_are_refused(folder: Path) -> None:
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    name = card["labels"].pop()
    change_card(
        folder,
        labels=card["labels"],
        topics=card["topics"][:-1],
        thresholds={k: v for k, v in card["thresholds"].items() if k != name},
    )
    with pytest.raises(ModelError, match="other than"):
        TopicModel.load(folder)


def test_an_unknown_label_is_refused(five_topics: tuple[Topic, ...]) -> None:
    items, groups = labelled()
    items[0] = items[0]._replace(topics=("gardening",))
    with pytest.raises(CorpusError, match="'gardening' is not in the taxonomy"):
        TopicModel.fit(items, five_topics, groups, corpus_sha256=SHA)


def test_a_topic_without_examples_is_refused(five_topics: tuple[Topic, ...]) -> None:
    items, groups = labelled()
    items = [item if "flooding" not in item.topics else item._replace(topics=()) for item in items]
    with pytest.raises(CorpusError, match=r"'flooding': items with it in 0 group"):
        TopicModel.fit(items, five_topics, groups, corpus_sha256=SHA)


@pytest.mark.parametrize(
    ("content", "expected", "reason"),
    [
        (b"[topics", "not TOML", "a bracket is missing"),
        (b"\xff", "not TOML", "not UTF-8"),
        (b"", "expected tables", "nothing in it"),
        (b"[topics]", "expected tables", "no topic"),
        (b"[topic.a]", "expected tables", "another name"),
        (b"[topics]\na = 1", "topics.a is not a table", "a value for a table"),
        (b"[topics.a]\ntitle = 'A'", "topics.a: terms", "no terms"),
        (b"[topics.a]\ntitle = 'A'\nterms = []", "topics.a: terms", "empty terms"),
        (b"[topics.a]\ntitle = 'A'\nterms = 'x'", "topics.a: terms", "a string for a list"),
        (b"[topics.a]\ntitle = 'A'\nterms = ['x']\nhint = []", "topics.a: hint", "misspelt"),
        (b"[topics.A-1]\ntitle = 'A'\nterms = ['x']", "topics.A-1: name", "not a label"),
    ],
)
def test_a_bad_taxonomy_names_file_and_table(
    tmp_path: Path, content: bytes, expected: str, reason: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(KcspError) as caught:
        read_topics(path)
    assert str(path) in str(caught.value), reason
    assert expected in str(caught.value), reason


def test_a_missing_taxonomy_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(KcspError, match=r"absent\.toml: cannot be read"):
        read_topics(tmp_path / "absent.toml")


def test_importing_the_module_imports_neither_scikit_learn_nor_skops() -> None:
    code = (
        "import sys, kcsp_nlp.topics.model;"
        "sys.exit(any(name in sys.modules for name in ('sklearn', 'skops', 'numpy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
