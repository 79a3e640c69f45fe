"""Models and labelled minutes for tests of versions: the shipped model, and weakened copies."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from kcsp_nlp.labels.corpus import LabelledMinutes
from kcsp_nlp.training.trained_on import FILE, write_trained_on

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "models" / "kcsp"

_FRONT = "QUAY TOWN COUNCIL\n\nPresent: Cllr A Mardle and Cllr B Tresco\n\n"
_ITEMS = (
    (
        "1. Grants\nThe Council agreed to pay a grant of £{a} to Citizens Advice Quay and a "
        "further £{b} to the Quay Festival from its grants budget.\n\n",
        ("funding",),
    ),
    (
        "2. Refuge\nThe refuge for survivors of domestic abuse in {town} was full. Independent "
        "domestic violence advisers met survivors of domestic abuse under the Domestic Abuse Act "
        "2021.\n\n",
        ("domestic_abuse",),
    ),
    ("3. Lamps\nThe lamps on {town} Quay were lit.\n", ()),
)
_NAMES = {
    "A Mardle": "PERSON",
    "B Tresco": "PERSON",
    "Citizens Advice Quay": "ORG",
    "Domestic Abuse Act 2021": "LEGISLATION",
}
_TOWNS = (
    "Arden",
    "Barrow",
    "Colne",
    "Dover",
    "Epsom",
    "Frome",
    "Goole",
    "Hythe",
    "Ilford",
    "Jarrow",
)


def minutes(number: int) -> LabelledMinutes:
    """Return invented minutes with all labels but ROLE, and two topics."""
    text = _FRONT
    items: list[dict[str, object]] = []
    sums = {f"£{number + 2}00": "MONEY", f"£{number + 3}50": "MONEY"}
    for words, topics in _ITEMS:
        items.append({"start": len(text), "number": str(len(items) + 1), "topics": topics})
        text += words.format(a=f"{number + 2}00", b=f"{number + 3}50", town=_TOWNS[number])
    spans = sorted(
        (text.index(name), text.index(name) + len(name), label)
        for name, label in {**_NAMES, **sums}.items()
    )
    return LabelledMinutes.model_validate(
        {
            "id": f"v{number}-quay",
            "group": f"quay {number}",
            "format": "txt",
            "text": text,
            "spans": spans,
            "meeting": {},
            "items": items,
        }
    )


DOCUMENTS = [minutes(number) for number in range(8)]


def copy_model(
    folder: Path,
    *,
    without: str | None = None,
    thresholds: dict[str, float] | None = None,
    version: str | None = None,
    seen: list[LabelledMinutes] | None = None,
) -> Path:
    """Copy the shipped model, changed.

    Args:
        folder: Where to.
        without: A component to leave out.
        thresholds: From which probability on topics hold.
        version: What its records carry.
        seen: What it claims to have been trained on; None for a model that says nothing.
    """
    shutil.copytree(SHIPPED, folder)
    (folder / FILE).unlink(missing_ok=True)
    if without is not None:
        config = folder / "config.cfg"
        text = config.read_text(encoding="utf-8")
        assert f'"{without}",' in text
        config.write_text(text.replace(f'"{without}",', "", 1), encoding="utf-8", newline="\n")
    if thresholds is not None:
        card = folder / "topics" / "card.json"
        held = json.loads(card.read_text(encoding="utf-8"))
        held["thresholds"].update(thresholds)
        card.write_text(json.dumps(held), encoding="utf-8", newline="\n")
    if version is not None:
        meta = folder / "meta.json"
        held = json.loads(meta.read_text(encoding="utf-8"))
        meta.write_text(json.dumps({**held, "version": version}), encoding="utf-8", newline="\n")
    if seen is not None:
        write_trained_on(seen, folder)
    return folder
