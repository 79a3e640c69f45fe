"""Pictures of a site for `docs/dashboard.md`.

    kcsp-nlp annotate corpus/samples -o records.jsonl && kcsp-nlp dashboard records.jsonl -o site
    python -m benchmarks.screenshots site [-o docs/screenshots]

The pictures of the documentation show the site that `python -m benchmarks.dashboard --meetings 100
-o FOLDER` makes of the corpus, whose minutes are all invented.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
_WIDE, _NARROW = 1280, 390
_HEIGHTS = {_WIDE: 900, _NARROW: 844}
_COLOURS = 256
_SETTLED = 400  # milliseconds in which a list or a search is drawn


class Picture(NamedTuple):
    """One picture.

    Attributes:
        name: Of its file.
        page: The page and its fragment; `folder/*` is the largest page of a folder.
        width: Of the window, in CSS pixels.
        at: What is scrolled to the top; the page's top where it is empty.
    """

    name: str
    page: str
    width: int = _WIDE
    at: str = ""


PICTURES = (
    Picture("overview", "index.html"),
    Picture("overview-phone", "index.html", _NARROW),
    Picture("items", "items.html#topic=domestic_abuse&from=2010-01-01"),
    Picture("items-phone", "items.html#topic=funding", _NARROW, "#count"),
    Picture("actions", "actions.html#sort=-due"),
    Picture("search", "search.html#q=refuge"),
    Picture("meeting", "meetings/*", at="article.item:has(.decision):has(.tag-money)"),
    Picture("topic", "topics/*"),
)


def take(site: Path, output: Path) -> None:
    """Take every picture.

    Args:
        site: As `kcsp-nlp dashboard` wrote it.
        output: The folder of the pictures.
    """
    from playwright.sync_api import ViewportSize, sync_playwright

    output.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox"],
        )
        for picture in PICTURES:
            size = ViewportSize(width=picture.width, height=_HEIGHTS[picture.width])
            page = browser.new_page(viewport=size, locale="en-GB", reduced_motion="reduce")
            name, mark, fragment = picture.page.partition("#")
            page.goto(_path(site, name).as_uri() + mark + fragment)
            page.wait_for_timeout(_SETTLED)
            if picture.at:
                page.locator(picture.at).first.evaluate("each => each.scrollIntoView()")
            place = output / f"{picture.name}.png"
            page.screenshot(path=place)
            page.close()
            _shrink(place)
        browser.close()


def _shrink(picture: Path) -> None:
    """Keep as many colours as a page of text needs: a third of the size, and no eye sees it."""
    from PIL import Image

    with Image.open(picture) as taken:
        few = taken.convert("RGB").quantize(
            _COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
    few.save(picture, optimize=True)


def _path(site: Path, name: str) -> Path:
    if "*" not in name:
        return site / name
    return max(sorted(site.glob(f"{name}.html")), key=lambda path: path.stat().st_size)


def main() -> None:
    """Take the pictures, or say what is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "screenshots")
    options = parser.parse_args()
    if shutil.which("chromium") is None:
        sys.exit("no chromium on the path: apt-get install chromium")
    take(options.site.resolve(), options.output)


if __name__ == "__main__":
    main()
