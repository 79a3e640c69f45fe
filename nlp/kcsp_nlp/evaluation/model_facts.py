"""What a model card says of a model itself, read from its folder."""

from __future__ import annotations

import configparser
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kcsp_nlp.errors import ModelError
from kcsp_nlp.evaluation.card_tables import spoken

_MEGABYTE = 1_000_000


def model_facts(folder: Path) -> dict[str, str]:
    """Return name, version, sizes and settings of a model, as a card prints them.

    Args:
        folder: As `kcsp-nlp train` writes it.

    Raises:
        ModelError: it is none, or lacks what a card says.
    """
    from spacy.util import load_config

    try:
        meta = _read(folder / "meta.json")
        card = _read(folder / "topics" / "card.json")
        config = load_config(folder / "config.cfg", interpolate=False)
        encoder = config["components"]["ner"]["model"]["tok2vec"]["encode"]
        return {
            "name": meta["name"],
            "version": meta["version"],
            "corpus": str(meta["corpus_sha256"])[:16],
            "labels": ", ".join(meta["labels"]["ner"]),
            "vectors": f"{meta['vectors']['vectors']:,}",
            "vectors_size": _size(folder / "vocab" / name for name in ("key2row", "vectors")),
            "size": _size(path for path in folder.rglob("*") if path.is_file()),
            "width": str(encoder["width"]),
            "depth": str(encoder["depth"]),
            "steps": f"{config['training']['max_steps']:,}",
            "thresholds": ", ".join(
                f"{spoken(name)} {value:.2f}" for name, value in card["thresholds"].items()
            ),
            "topic_ece": ", ".join(
                f"{spoken(name)} {held['error']:.3f}" for name, held in card["calibration"].items()
            ),
        }
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        configparser.Error,
    ) as error:
        raise ModelError(
            f"{folder}: cannot be described ({type(error).__name__}: {error}); expected a model "
            "that `kcsp-nlp train` wrote with a config like configs/pipeline.cfg"
        ) from error


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _size(files: Iterable[Path]) -> str:
    return f"{sum(file.stat().st_size for file in files) / _MEGABYTE:.0f}"
