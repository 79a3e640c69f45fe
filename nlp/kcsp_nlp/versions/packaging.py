"""A model as a wheel: `pip install` it, and `spacy.load` and `kcsp-nlp --model` know its name.

The wheel holds the model folder as it is, pipeline and topics, in the layout of spaCy's own model
packages. It is written with the standard library alone; the same model gives the same bytes, as
long as Python's zlib is the same.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import keyword
import zipfile
from collections.abc import Iterator
from importlib.metadata import version as distribution_version
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from kcsp_nlp.annotator import Annotator
from kcsp_nlp.errors import KcspError, ModelError
from kcsp_nlp.pipeline.loading import model_folder
from kcsp_nlp.shipped import shipped
from kcsp_nlp.versions.facts import model_sha256

NAME = "en_kcsp_minutes"

_INIT = '''"""A model of kcsp-nlp: spacy.load({name!r}), or kcsp_nlp.load({name!r})."""

from pathlib import Path

from spacy.util import get_model_meta, load_model_from_init_py

__version__ = get_model_meta(Path(__file__).parent)["version"]


def load(**overrides):
    """Load the spaCy pipeline."""
    return load_model_from_init_py(__file__, **overrides)
'''
# The earliest moment that a zip can hold.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_MODE = 0o100644


def package(model: Path | None, output: Path, *, name: str = NAME) -> Path:
    """Build a wheel of a model.

    Args:
        model: A model folder; None for the shipped model.
        output: Folder for the wheel, made where it is missing.
        name: Of the package; begins with the model's language, as spaCy wants it.

    Returns:
        The wheel.

    Raises:
        ModelError: the model cannot be loaded with this version, or its version is none that a
            package can have.
        KcspError: the name is none that a package can have, or nothing can be written there.
    """
    folder = model_folder(model)
    sha256 = model_sha256(folder)
    Annotator.load(folder)
    meta = json.loads((folder / "meta.json").read_bytes())
    version = _version(folder, meta)
    _check_name(name, str(meta["lang"]))
    files = {
        **_package_files(folder, meta, name, version),
        **_information(meta, name, version, sha256),
    }
    try:
        output.mkdir(parents=True, exist_ok=True)
        place = output / f"{name}-{version}-py3-none-any.whl"
        part = place.with_name(f".{place.name}.part")
        part.write_bytes(_zipped(files, f"{name}-{version}.dist-info/RECORD"))
        part.replace(place)
    except OSError as error:
        raise KcspError(
            f"{output}: cannot be written ({error.strerror}); expected a folder for the wheel"
        ) from error
    if model_sha256(folder) != sha256:
        place.unlink()
        raise ModelError(
            f"{folder}: was replaced while it was packed, expected a model that stays; run the "
            "command again"
        )
    return place


def _version(folder: Path, meta: dict[str, Any]) -> Version:
    try:
        return Version(str(meta["version"]))
    except InvalidVersion as error:
        raise ModelError(
            f"{folder}: its version {meta['version']!r} is none that a package can have; expected "
            "one like 1.2.0; train it with --model-version"
        ) from error


def _check_name(name: str, language: str) -> None:
    sound = name.isascii() and name.isidentifier() and not keyword.iskeyword(name)
    named = name.startswith(f"{language}_") and name != f"{language}_"
    if not sound or name != name.lower() or not named:
        raise KcspError(
            f"{name}: not a name for a model package; expected small letters, digits and "
            f"underscores after {language}_, such as {NAME}"
        )


def _package_files(
    folder: Path, meta: dict[str, Any], name: str, version: Version
) -> dict[str, bytes]:
    """Return the files of the package itself, by their place in the wheel."""
    # spaCy finds the data by language, name and version of the package's own meta.json.
    named = {**meta, "name": name.partition("_")[2], "version": str(version)}
    files = {
        f"{name}/__init__.py": _INIT.format(name=name).encode(),
        f"{name}/meta.json": json.dumps(named, indent=2, ensure_ascii=False).encode() + b"\n",
    }
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            inside = path.relative_to(folder).as_posix()
            files[f"{name}/{name}-{version}/{inside}"] = path.read_bytes()
    return files


def _information(
    meta: dict[str, Any], name: str, version: Version, sha256: str
) -> dict[str, bytes]:
    """Return the files that tell installers what the package is, but for RECORD."""
    info = f"{name}-{version}.dist-info"
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {name}",
        f"Version: {version}",
        f"Summary: {meta.get('description') or 'A model of kcsp-nlp.'}",
        "License-Expression: MIT",
        "License-File: LICENSE",
        "Requires-Python: >=3.11",
        f"Requires-Dist: kcsp-nlp{_fitting(Version(distribution_version('kcsp-nlp')))}",
    ]
    if meta.get("spacy_version"):
        lines.append(f"Requires-Dist: spacy{meta['spacy_version']}")
    lines += [
        "Description-Content-Type: text/markdown",
        "",
        f"A model of kcsp-nlp: `kcsp-nlp annotate minutes.md --model {name}`, or",
        f'`spacy.load("{name}")` for its spaCy pipeline alone.',
        "",
        f"sha256 of the model folder: `{sha256}`.",
        "",
    ]
    wheel = "Wheel-Version: 1.0\nGenerator: kcsp-nlp\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    return {
        f"{info}/METADATA": "\n".join(lines).encode(),
        f"{info}/WHEEL": wheel.encode(),
        f"{info}/entry_points.txt": f"[spacy_models]\n{name} = {name}\n".encode(),
        f"{info}/top_level.txt": f"{name}\n".encode(),
        # Vectors and weights are derived from another's model, whose licence goes with them.
        f"{info}/licenses/LICENSE": shipped("models/base/LICENSE").read_bytes(),
    }


def _fitting(installed: Version) -> str:
    """Return which versions of kcsp-nlp a model fits that this one has loaded.

    A minor version may change the features, as long as there is no first major one.
    """
    above = f"0.{installed.minor + 1}" if installed.major == 0 else f"{installed.major + 1}"
    return f">={installed.public},<{above}"


def _zipped(files: dict[str, bytes], record: str) -> bytes:
    """Return the wheel's bytes: files by name, then the record of their digests."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            archive.writestr(_entry(name), files[name], zipfile.ZIP_DEFLATED, 9)
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([*_digests(files), (record, "", "")])
        archive.writestr(_entry(record), text.getvalue().encode(), zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=_MOMENT)
    entry.create_system = _UNIX
    entry.external_attr = _MODE << 16
    return entry


def _digests(files: dict[str, bytes]) -> Iterator[tuple[str, str, str]]:
    for name in sorted(files):
        digest = base64.urlsafe_b64encode(hashlib.sha256(files[name]).digest())
        yield name, f"sha256={digest.rstrip(b'=').decode()}", str(len(files[name]))
