"""Replace a model folder as a whole: the old model is there or the new one, never a part of one.

No system replaces a folder that holds something in one step, so it takes two, and what lies
beside the folder says what to do after a kill between them. For `models/kcsp`:

- `kcsp.history.jsonl`: the history;
- `kcsp.history/SHA/`: older models, each named by the first digits of its digest;
- `kcsp.history/next/`: the new model, whole, while it is moved in. Where `kcsp` itself is missing
  this one is the model: `kcsp_nlp.pipeline.loading.model_folder` knows it;
- `kcsp.history/next.json`: its line of the history;
- `kcsp.history/lock`: held by whoever replaces.

1. copy the new model to `.staging`, verify it; 2. write `next.json`; 3. `.staging` → `next`;
4. `kcsp` → `SHA`; 5. `next` → `kcsp`; 6. the line into the history; 7. remove `next.json`.
A kill before 4 leaves the old model, and what was prepared is thrown away at the next start; after
4 the new one, and the rest is done at the next start. Every step is one rename.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from pydantic import ValidationError

from kcsp_nlp.errors import KcspError, ModelError
from kcsp_nlp.locking import locked
from kcsp_nlp.pipeline.loading import beside, incoming
from kcsp_nlp.versions.facts import model_sha256
from kcsp_nlp.versions.history import Entry, append, read_history, unfinished, write_whole

# Hex digits of a digest that name an older model's folder.
DIGITS = 16
_KEPT = re.compile(rf"[0-9a-f]{{{DIGITS}}}")
_STAGING = ".staging"
_TRASH = ".trash"
# Windows refuses to rename a folder while any file in it is open, be it by a reader or a scanner
# of viruses; how long it is tried again, in seconds.
_WAITS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 4.0)


class Place:
    """A model folder that may be replaced, and what lies beside it.

    Attributes:
        folder: The model's folder, links followed; it need not be there yet.
        history: The file of its history.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.history = self.folder.with_name(f"{self.folder.name}.history.jsonl")
        self._kept = beside(self.folder)
        self._next = incoming(self.folder)
        self._entry = self._kept / "next.json"

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Be the only one who replaces; first put right what a killed process left behind.

        Raises:
            KcspError: another process does not end, or nothing can be written here.
        """
        try:
            self._kept.mkdir(parents=True, exist_ok=True)
            with locked(self._kept / "lock"):
                if not (self._kept / ".gitignore").exists():
                    # Older models are kept on this machine; the history alone is everybody's.
                    write_whole(self._kept / ".gitignore", b"*\n")
                self._recover()
                yield
        except OSError as error:
            raise KcspError(
                f"{self.folder}: cannot be replaced ({error.strerror}); expected a folder that "
                "may be written to and that no program holds open; end what uses it and try again"
            ) from error

    def sha256(self) -> str | None:
        """Return the digest of the model that is there; None where there is none."""
        return model_sha256(self.folder) if self.folder.exists() else None

    def kept(self) -> list[Path]:
        """Return the folders of older models, the one that was shipped last first."""
        if not self._kept.is_dir():
            return []
        order: dict[str, int] = {}
        for at, entry in enumerate(read_history(self.history)):
            for facts in filter(None, (entry.replaced, entry.model)):
                order[facts.sha256[:DIGITS]] = at
        found = [path for path in self._kept.iterdir() if _KEPT.fullmatch(path.name)]
        return sorted(found, key=lambda path: (-order.get(path.name, -1), path.name))

    def replace(self, source: Path, entry: Entry, *, keep: int) -> None:
        """Put a copy of a model in the folder's place; the older one is kept. Needs `hold`.

        Args:
            source: The new model; it stays.
            entry: The line of the history; its digests must be those of `source` and of the
                model that is there.
            keep: How many older models remain.

        Raises:
            ModelError: either model is no longer what the entry says.
            OSError: something cannot be written or moved; the older model is there.
        """
        replaced = entry.replaced.sha256 if entry.replaced else None
        if self.sha256() != replaced:
            raise ModelError(
                f"{self.folder}: was replaced meanwhile, expected the model that the new one was "
                "compared with; run the command again"
            )
        staging = self._kept / _STAGING
        _copy(source, staging)
        if model_sha256(staging) != entry.model.sha256:
            raise ModelError(
                f"{source}: was changed meanwhile, expected the model that was judged; run the "
                "command again"
            )
        write_whole(self._entry, entry.to_line())
        _rename(staging, self._next)
        self._swap(replaced)
        self._finish(entry)
        self._prune(keep)

    def _swap(self, replaced: str | None) -> None:
        outgoing = self._kept / (replaced or "")[:DIGITS]
        if replaced is not None:
            self._discard(outgoing)
            _rename(self.folder, outgoing)
        try:
            _rename(self._next, self.folder)
        except OSError:
            if replaced is not None:
                with suppress(OSError):  # readers find `next`, and the next start moves it
                    _rename(outgoing, self.folder)
            raise

    def _recover(self) -> None:
        """Go on, or back, from wherever a killed process stopped."""
        entry = self._pending()
        if self._next.exists():
            if self.folder.exists():
                self._discard(self._next)
                entry = None
            else:
                _rename(self._next, self.folder)
        if entry is not None and self.sha256() == entry.model.sha256:
            self._finish(entry)
        for path in (self._entry, unfinished(self._entry), unfinished(self.history)):
            path.unlink(missing_ok=True)
        for path in (*self._kept.glob(f"{_TRASH}*"), self._kept / _STAGING):
            shutil.rmtree(path, ignore_errors=True)

    def _pending(self) -> Entry | None:
        try:
            return Entry.model_validate_json(self._entry.read_bytes())
        except FileNotFoundError:
            return None
        except ValidationError as error:
            raise KcspError(
                f"{self._entry}: not a line of a history, expected what a version of kcsp-nlp "
                f"like this one left there; remove it, and {self._next} where "
                f"{self.folder} is there"
            ) from error

    def _finish(self, entry: Entry) -> None:
        append(self.history, entry)
        self._entry.unlink(missing_ok=True)

    def _prune(self, keep: int) -> None:
        for path in self.kept()[keep:]:
            self._discard(path)

    def _discard(self, path: Path) -> None:
        """Remove a folder: renamed first, so that no part of it is ever taken for the whole."""
        if path.exists():
            trash = self._kept / f"{_TRASH}-{path.name}"
            shutil.rmtree(trash, ignore_errors=True)
            _rename(path, trash)
            shutil.rmtree(trash, ignore_errors=True)


def find_kept(kept: Sequence[Path], sha256: str) -> Path:
    """Return the older model that a digest, or the first digits of one, names.

    Args:
        kept: As `Place.kept` returns them.
        sha256: At least four digits.

    Raises:
        ModelError: there is none, or more than one.
    """
    wanted = sha256.lower()[:DIGITS]
    found = [path for path in kept if path.name.startswith(wanted)]
    if len(wanted) < 4 or len(found) != 1:  # noqa: PLR2004
        names = ", ".join(path.name for path in kept) or "none"
        raise ModelError(
            f"--to {sha256}: {len(found)} older models begin so, expected one; kept here: {names}"
        )
    return found[0]


def _rename(source: Path, target: Path) -> None:
    for wait in (*_WAITS, None):
        try:
            source.rename(target)
            return
        except PermissionError:
            if os.name != "nt" or wait is None:
                raise
            time.sleep(wait)


def _copy(source: Path, target: Path) -> None:
    """Copy a folder's files, not its permissions; written out before a rename can overtake them."""
    target.mkdir()
    for path in sorted(source.rglob("*")):
        place = target / path.relative_to(source)
        if path.is_dir():
            place.mkdir()
            continue
        with path.open("rb") as held, place.open("wb") as stream:
            shutil.copyfileobj(held, stream)
            stream.flush()
            os.fsync(stream.fileno())
