"""Minutes of public bodies into linked data, in two verbs.

    >>> import kcsp_nlp
    >>> annotator = kcsp_nlp.load()
    >>> records = kcsp_nlp.annotate("corpus/samples/hadlow-pc_2019-05-13.txt", annotator)

How a document becomes records:

    file ─read→ Document ─parse→ outline ──┐
                    └─nlp.pipe→ entities ──┼─annotate→ records ─→ JSON Lines
                    └─predict→ topics ─────┘

Nothing heavy is imported before `load` is called.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kcsp_nlp.annotator import Annotator
    from kcsp_nlp.records import Record

__all__ = ["annotate", "load"]


def load(model: str | Path | None = None, *, registers: str | Path | None = None) -> Annotator:
    """Load a model; do it once and use it for many documents.

    Args:
        model: A model folder; None for the shipped model.
        registers: A folder of further bodies and laws to find and link to, as
            `configs/registers/README.md` describes it; None for the shipped registers alone.

    Raises:
        ModelError: the folder is missing, damaged or of another version.
        RegisterError: `registers` is missing, or a table in it does not hold.
    """
    from kcsp_nlp.annotator import Annotator
    from kcsp_nlp.registers.user_tables import load_tables

    tables = load_tables(Path(registers)) if registers is not None else None
    annotator = Annotator.load(Path(model) if model is not None else None)
    return annotator.with_registers(tables) if tables else annotator


def annotate(
    path: str | Path, annotator: Annotator | None = None, *, explain: bool = False
) -> list[Record]:
    """Annotate one file of minutes.

    Args:
        path: The file, of any format that is read; it holds one document.
        annotator: A loaded model; None loads the shipped one, which takes longer than most files.
        explain: Whether records say what speaks for their topics.

    Returns:
        One record per agenda item, and one for what stands before the first and after the last.

    Raises:
        ReadingError: the file cannot be read as minutes.
        ModelError: the shipped model cannot be loaded.
    """
    from kcsp_nlp.reading import read

    document = read(Path(path))
    return (annotator or load()).annotate(document, explain=explain)
