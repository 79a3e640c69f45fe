"""Train both models from a corpus and write them as one model folder."""

from __future__ import annotations

import hashlib
import io
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, cast

import spacy
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from spacy.util import load_config
from thinc.api import NumpyOps, set_current_ops
from threadpoolctl import threadpool_limits

from kcsp_nlp.confidence import FILE as CONFIDENCE
from kcsp_nlp.confidence import Confidence
from kcsp_nlp.errors import CorpusError, KcspError
from kcsp_nlp.labels.corpus import LabelledMinutes, read_all
from kcsp_nlp.shipped import shipped
from kcsp_nlp.topics.features import Topic, TopicItem
from kcsp_nlp.topics.model import TopicModel, read_topics


def train_models(
    corpus: Sequence[Path],
    output: Path,
    *,
    config: Path,
    topics: Path,
    version: str,
    log: Callable[[str], None],
    confidence: Confidence | None = None,
) -> None:
    """Train pipeline and topic model on a corpus; the same input gives the same model.

    Args:
        corpus: Corpus files and folders.
        output: Model folder; an existing one is replaced once both models are there, whole.
        config: spaCy config of the pipeline.
        topics: The taxonomy.
        version: Version that the model's records will carry.
        log: Receives lines of progress.
        confidence: Scores of spans that the model's records will carry; None for none.

    Raises:
        CorpusError: the corpus does not hold, or is empty.
        KcspError: a config is missing or wrong, or `output` is no place for a model.
    """
    output = output.resolve()
    _check_place(output)
    documents = read_all(corpus)
    if not documents:
        raise CorpusError(f"{corpus[0]}: no labelled minutes; expected at least one document")
    taxonomy = read_topics(topics)
    sha256 = corpus_sha256(documents)
    log(f"corpus: {len(documents)} documents, sha256 {sha256[:16]}")
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=f".{output.name}.") as scratch:
        folder = Path(scratch) / "model"
        train_pipeline(corpus, folder, config=config, version=version, sha256=sha256, log=log)
        model = train_topics(documents, taxonomy, sha256)
        model.save(folder / "topics")
        log(f"topics: {', '.join(model.labels)}")
        if confidence is not None:
            text = confidence.to_text()
            (folder / CONFIDENCE).write_text(text, encoding="utf-8", newline="\n")
        _replace(folder, output)
    log(f"model in {output}")


def train_pipeline(
    corpus: Sequence[Path],
    folder: Path,
    *,
    config: Path,
    version: str,
    sha256: str,
    log: Callable[[str], None],
) -> Language:
    """Train the spaCy pipeline with spaCy's own loop and write it to `folder`.

    Raises:
        KcspError: the config is missing, or is not one for spaCy.
    """
    set_current_ops(NumpyOps(use_blis=False))
    try:
        loaded = load_config(
            config, overrides={"paths.corpus": [str(path) for path in corpus]}, interpolate=False
        )
        base = loaded["paths"]["base"]
        # The shipped base, wherever kcsp-nlp is installed and whatever folder this is.
        loaded["paths"]["base"] = str(Path(base) if Path(base).is_dir() else shipped(base))
        nlp = init_nlp(loaded)
    except (OSError, ValueError) as error:
        raise KcspError(
            f"{config}: not a config that can be trained ({error}); expected one like "
            "configs/pipeline.cfg"
        ) from error
    # One thread: the products are small, and threads cost more in waiting than they bring.
    with tempfile.TemporaryDirectory() as scratch, threadpool_limits(1):
        lines = cast(IO[str], _Lines(log))
        train_loop(nlp, Path(scratch), stdout=lines, stderr=lines)
        # The last state, averaged over the steps: nothing is held out that could choose another.
        trained = spacy.load(Path(scratch) / "model-last")
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


def train_topics(
    documents: Sequence[LabelledMinutes], taxonomy: Sequence[Topic], sha256: str
) -> TopicModel:
    """Train the topic model on all items of the documents."""
    items, groups = [], []
    for document in documents:
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


class _Lines(io.TextIOBase):
    """A stream for spaCy's loggers: what they write goes to `log`, a line at a time."""

    def __init__(self, log: Callable[[str], None]) -> None:
        super().__init__()
        self._log = log
        self._rest = ""

    def write(self, text: str) -> int:
        """Take text, pass on its finished lines."""
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            self._log(line)
        return len(text)
