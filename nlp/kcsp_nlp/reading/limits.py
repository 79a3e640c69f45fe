"""How much of a document is read at most: what keeps hostile and broken files from doing harm."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kcsp_nlp.errors import ReadingError

MEGABYTE = 1 << 20


class Limits(BaseModel):
    """Bounds of reading. Each default is several times what the largest real minutes need."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    megabytes: float = Field(default=64, gt=0, description="Size of one file, packed or not.")
    characters: int = Field(
        default=20_000_000, gt=0, description="Code points of one document's text."
    )
    pages: int = Field(default=2_000, gt=0, description="Pages of one document.")
    seconds: float = Field(
        default=120, gt=0, description="Time for one document, without recognition."
    )
    scan_seconds: float = Field(default=30, gt=0, description="Further time for each scanned page.")
    memory_megabytes: float = Field(
        default=1_500, gt=0, description="Resident memory of the reading process and its children."
    )
    members: int = Field(default=2_000, gt=0, description="Members of one archive or message.")
    unpacked_megabytes: float = Field(
        default=1_024, gt=0, description="All members of one archive or message together, unpacked."
    )
    depth: int = Field(default=4, gt=0, description="Archives and messages inside each other.")

    @property
    def bytes(self) -> int:
        """Most bytes of one file."""
        return int(self.megabytes * MEGABYTE)


def load_limits(path: Path | None) -> Limits:
    """Read limits from a TOML file with any of the fields of `Limits`.

    Args:
        path: The file; None for the usual limits.

    Raises:
        ReadingError: the file cannot be opened or says what no limit is.
    """
    if path is None:
        return Limits()
    try:
        return Limits(**tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ReadingError(
            f"{path}: found no file that can be read ({error.strerror}), expected limits; check "
            "the path"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise ReadingError(
            f"{path}: found {'.'.join(map(str, first['loc']))}: {first['msg']}, expected positive "
            f"numbers for any of {', '.join(Limits.model_fields)}"
        ) from error
    except ValueError as error:  # neither UTF-8 nor TOML
        raise ReadingError(
            f"{path}: found no TOML ({error}), expected lines such as `seconds = 300`"
        ) from error
