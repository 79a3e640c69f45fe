"""Train both models from a corpus and write them as one model folder."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import version as distribution_version
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.util import load_config
from thinc.api import NumpyOps, set_current_ops
from threadpoolctl import threadpool_limits

from kcsp_nlp.confidence import FILE as CONFIDENCE
from kcsp_nlp.confidence import Confidence
from kcsp_nlp.errors import KcspError
from kcsp_nlp.labels.corpus import LabelledMinutes, read_all
from kcsp_nlp.shipped import shipped
from kcsp_nlp.topics.features import Topic, TopicItem
from kcsp_nlp.topics.model import TopicModel, read_topics
from kcsp_nlp.training import loop
from kcsp_nlp.training.checking import check_corpus
from kcsp_nlp.training.pace import FULL, Pace, held_out, overrides
from kcsp_nlp.training.trained_on import write_trained_on

# So many warnings are listed before training; `check_only` lists them all.
_LISTED = 5
# What a checkpoint depends on besides documents, config and base.
_MAKERS = ("kcsp-nlp", "spacy", "thinc", "numpy")


def train_models(
    corpus: Sequence[Path],
    output: Path,
    *,
    config: Path,
    topics: Path,
    version: str,
    log: Callable[[str], None],
    confidence: Confidence | None = None,
    pace: Pace = FULL,
    fresh: bool = False,
) -> None:
    """Train pipeline and topic model on a corpus; the same input gives the same model.

    Killed and called again with the same input it goes on where it was, from `.NAME.training`.

    Args:
        corpus: Corpus files and folders.
        output: Model folder; an existing one is replaced once both models are there, whole.
        config: spaCy config of the pipeline.
        topics: The taxonomy.
        version: Version that the model's records will carry.
        log: Receives lines of progress.
        confidence: Scores of spans that the model's records will carry; None for none.
        pace: How long to train.
        fresh: Whether to begin anew where an interrupted training could go on.

    Raises:
        CorpusError: the corpus does not hold, or is empty.
        KcspError: a config is missing or wrong, or `output` is no place for a model.
    """
    output = output.resolve()
    _check_place(output)
    taxonomy = read_topics(topics)
    documents = check_corpus(corpus, [topic.name for topic in taxonomy], log, listed=_LISTED)
    sha256 = corpus_sha256(documents)
    log(f"corpus: {len(documents)} documents, sha256 {sha256[:16]}")
    interrupted = output.with_name(f".{output.name}.training")
    if fresh:
        shutil.rmtree(interrupted, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=f".{output.name}.") as scratch:
        folder = Path(scratch) / "model"
        train_pipeline(
            corpus,
            folder,
            config=config,
            version=version,
            sha256=sha256,
            log=log,
            pace=pace,
            interrupted=interrupted,
        )
        train_topics(documents, taxonomy, sha256).save(folder / "topics")
        log(f"topics: {', '.join(topic.name for topic in taxonomy)}")
        write_trained_on(documents, folder)
        if confidence is not None:
            (folder / CONFIDENCE).write_bytes(confidence.to_text().encode())
        _replace(folder, output)
    shutil.rmtree(interrupted, ignore_errors=True)
    log(f"model in {output}")


def check_only(corpus: Sequence[Path], *, topics: Path, log: Callable[[str], None]) -> None:
    """Check labelled minutes as `train_models` does before it trains.

    Raises:
        CorpusError: there are errors; the message has the first, `log` receives the others.
        KcspError: the taxonomy cannot be read.
    """
    check_corpus(corpus, [topic.name for topic in read_topics(topics)], log)


def train_pipeline(
    corpus: Sequence[Path],
    folder: Path,
    *,
    config: Path,
    version: str,
    sha256: str,
    log: Callable[[str], None],
    pace: Pace = FULL,
    interrupted: Path | None = None,
) -> Language:
    """Train the spaCy pipeline and write it to `folder`.

    Args:
        corpus: Corpus files and folders.
        folder: Where to.
        config: spaCy config of the pipeline.
        version: Version that the pipeline carries.
        sha256: Digest of the corpus.
        log: Receives lines of progress.
        pace: How long to train.
        interrupted: Folder of what a killed training goes on from; None keeps nothing.

    Raises:
        KcspError: the config is missing, or is not one for spaCy.
    """
    nlp, base = _initialise(corpus, config, pace)
    # One thread: the products are small, and threads cost more in waiting than they bring.
    with tempfile.TemporaryDirectory() as scratch, threadpool_limits(1):
        documents = read_all(corpus)
        key = _key(nlp, documents)
        kept = loop.Kept(interrupted or Path(scratch) / "interrupted", key)
        judges = held_out(documents) if pace.patience else None
        loop.run(nlp, kept=kept, log=log, held_out=judges)
        # Read back as whoever loads it will have it.
        nlp.to_disk(Path(scratch) / "model")
        trained = spacy.load(Path(scratch) / "model")
    trained.meta.update(
        name="kcsp",
        version=version,
        description="Tags people, roles, organisations, money and legislation in UK minutes.",
        license="MIT",
        url="",
        author="the kcsp-nlp authors",
        performance={},
    )
    trained.meta["corpus_sha256"] = sha256
    # Paths of the machine that trained it are nobody's business.
    trained.config["paths"].update(corpus=["corpus"], base=base)
    trained.to_disk(folder)
    return trained


def _initialise(corpus: Sequence[Path], config: Path, pace: Pace) -> tuple[Language, str]:
    """Return the pipeline that is to be trained, and its base as the config names it."""
    set_current_ops(NumpyOps(use_blis=False))
    try:
        loaded = load_config(config, overrides=overrides(corpus, pace), interpolate=False)
        base = str(loaded["paths"]["base"])
        # The shipped base, wherever kcsp-nlp is installed and whatever folder this is.
        loaded["paths"]["base"] = str(Path(base) if Path(base).is_dir() else shipped(base))
        return init_nlp(loaded), base
    except (OSError, ValueError) as error:
        raise KcspError(
            f"{config}: not a config that can be trained ({error}); expected one like "
            "configs/pipeline.cfg"
        ) from error


def train_topics(
    documents: Sequence[LabelledMinutes], taxonomy: Sequence[Topic], sha256: str
) -> TopicModel:
    """Train the topic model on all items whose topics somebody has vouched for."""
    items, groups = [], []
    for document in documents:
        if "topics" not in document.checked:
            continue
        for item, (start, end) in zip(document.items, document.item_ranges(), strict=True):
            spans = [
                (s - start, e - start, label) for s, e, label in document.spans if start <= s < end
            ]
            items.append(
                TopicItem(
                    title=item.title,
                    text=document.text[start:end],
                    spans=spans,
                    topics=item.topics,
                )
            )
            groups.append(document.group)
    return TopicModel.fit(items, taxonomy, groups, corpus_sha256=sha256)


def corpus_sha256(documents: Sequence[LabelledMinutes]) -> str:
    """Return a digest of the labelled documents, whatever files they came in."""
    digest = hashlib.sha256()
    for document in sorted(documents, key=lambda each: each.id):
        digest.update(document.model_dump_json(by_alias=True).encode())
    return digest.hexdigest()


def _key(nlp: Language, documents: Sequence[LabelledMinutes]) -> str:
    """Return a digest of all that the weights depend on: a checkpoint of another is no use."""
    digest = hashlib.sha256()
    for document in documents:  # in the order in which they are learnt from
        digest.update(document.model_dump_json(by_alias=True).encode())
    held = nlp.config.copy()
    base = Path(held["paths"]["base"])
    for path in sorted(each for each in base.rglob("*") if each.is_file()):
        digest.update(path.relative_to(base).as_posix().encode() + path.read_bytes())
    held["paths"].update(corpus=[], base="")  # where they lie does not matter
    digest.update(held.to_str(interpolate=False).encode())
    digest.update(" ".join(f"{each} {distribution_version(each)}" for each in _MAKERS).encode())
    return digest.hexdigest()


def _check_place(output: Path) -> None:
    """Refuse a place that is not there to be written, or holds what is no model: it would go."""
    model = (output / "config.cfg").is_file()
    empty = output.is_dir() and not any(output.iterdir())
    if output.exists() and not model and not empty:
        raise KcspError(
            f"{output}: holds something other than a model, which training would replace; "
            "expected a new folder or that of an older model"
        )
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KcspError(
            f"{output}: cannot be written ({error.strerror}); expected a place for a folder"
        ) from error


def _replace(folder: Path, output: Path) -> None:
    """Put a finished model in its place; an older one goes only when the new one is there."""
    old = output.with_name(f".{output.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if output.exists():
        output.replace(old)
    folder.replace(output)
    shutil.rmtree(old, ignore_errors=True)
