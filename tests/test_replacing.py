"""A file or folder is replaced as a whole, whatever happens at whatever moment."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kcsp_nlp import replacing
from kcsp_nlp.errors import KcspError
from kcsp_nlp.locking import locked
from kcsp_nlp.replacing import new_file, new_folder

MARK = ".mark"


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_site_is_replaced_and_what_was_in_it_is_gone(tmp_path: Path) -> None:
    _write(tmp_path / "site", "old")
    _write(tmp_path / "site", "new")
    assert _bytes(tmp_path / "site") == {MARK: b"", "page.html": b"new"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def _write(place: Path, text: str) -> None:
    with new_folder(place, mark=MARK, what="site") as folder:
        (folder / "page.html").write_text(text, encoding="utf-8")


def test_an_error_leaves_the_old_site(tmp_path: Path) -> None:
    _write(tmp_path / "site", "old")
    with pytest.raises(UnicodeEncodeError):
        _write(tmp_path / "site", "\ud800")
    assert _bytes(tmp_path / "site")["page.html"] == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_is_no_site_is_left_alone(tmp_path: Path, what: str) -> None:
    place = tmp_path / "site"
    held = place if what == "file" else place / "thesis.txt"
    held.parent.mkdir(exist_ok=True)
    held.write_text("years of work", encoding="utf-8")
    with pytest.raises(KcspError, match="is no site, expected one"):
        _write(place, "new")
    assert held.read_text(encoding="utf-8") == "years of work"


def test_a_link_goes_on_pointing_at_the_site(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "www")
    _write(tmp_path / "site", "new")
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "www" / "page.html").read_text(encoding="utf-8") == "new"


def test_a_folder_in_use_is_an_error_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a folder with an open file cannot be renamed."""
    _write(tmp_path / "site", "old")
    rename = Path.rename

    def refuse(source: Path, target: Path) -> Path:
        if Path(target).name == "site" and source.name == "new":
            raise PermissionError(13, "in use")
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", refuse)
    monkeypatch.setattr(replacing, "_WAITS", (0.0,))
    with pytest.raises(KcspError, match=r"cannot be written \(in use\).*end what uses it"):
        _write(tmp_path / "site", "new")
    assert _bytes(tmp_path / "site")["page.html"] == b"old"


# Dies before the nth rename, or before anything is removed: the moments between which a kill may
# come. `os._exit` cleans up nothing, as a kill does.
_DYING = """
import os, shutil, sys
from pathlib import Path
from kcsp_nlp.replacing import new_folder
place, moment = Path(sys.argv[1]), int(sys.argv[2])
renames = 0
rename = Path.rename
def dying(source, target):
    global renames
    renames += 1
    if renames == moment:
        os._exit(9)
    return rename(source, target)
Path.rename = dying
shutil.rmtree = lambda *a, **k: os._exit(9)
with new_folder(place, mark=".mark", what="site") as folder:
    (folder / "page.html").write_text("new")
    if moment == 0:
        os._exit(9)
"""


@pytest.mark.parametrize(
    ("moment", "left", "after"),
    [
        pytest.param(0, "old", "old", id="while it is written"),
        pytest.param(1, "old", "old", id="before the old one is moved"),
        pytest.param(2, None, "old", id="between the two: the next run puts the old one back"),
        pytest.param(3, "new", "new", id="before the old one is removed"),
    ],
)
def test_a_kill_leaves_one_whole_site(
    tmp_path: Path, moment: int, left: str | None, after: str
) -> None:
    place = tmp_path / "site"
    _write(place, "old")
    code = subprocess.run(
        [sys.executable, "-c", _DYING, str(place), str(moment)], check=False
    ).returncode
    assert code == 9
    assert (_page(place) if place.exists() else None) == left
    with pytest.raises(UnicodeEncodeError):
        _write(place, "\ud800")  # puts things right before it fails
    assert _page(place) == after
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def _page(place: Path) -> str:
    return (place / "page.html").read_text(encoding="utf-8")


def test_a_run_under_way_is_not_cleaned_up(tmp_path: Path) -> None:
    other = tmp_path / ".site.other.part"
    other.mkdir()
    with locked(other / "lock"):
        _write(tmp_path / "site", "new")
        assert other.is_dir()
    _write(tmp_path / "site", "newer")
    assert not other.exists()


def test_what_a_killed_run_left_of_a_file_is_gone(tmp_path: Path) -> None:
    left = tmp_path / ".page.html.killed.part"
    left.mkdir()
    (left / "new").write_text("half", encoding="utf-8")
    place = tmp_path / "page.html"
    place.write_text("old", encoding="utf-8")
    with new_file(place) as path:
        path.write_text("new", encoding="utf-8")
        assert place.read_text(encoding="utf-8") == "old"
    assert place.read_text(encoding="utf-8") == "new"
    assert [each.name for each in tmp_path.iterdir()] == ["page.html"]
