"""A site in Chromium, opened from its files: nothing is let out, every complaint is kept."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
WIDE, NARROW = 1280, 320  # CSS pixels; 320 is 1280 at 400 % zoom
_HEIGHT = 900
_ARGUMENTS = ["--no-sandbox", "--lang=en-GB"]  # containers have no user namespaces


@dataclass
class Complaints:
    """What went wrong on a page: nothing should have."""

    outside: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Run Chromium; the test is skipped where it or Playwright is missing."""
    if CHROMIUM is None:
        pytest.skip("no chromium on the path: apt-get install chromium")
    api = pytest.importorskip(
        "playwright.sync_api", reason="no playwright: pip install 'kcsp-nlp[dev]'"
    )
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page of a site, open.

    Attributes:
        page: The tab.
        site: The folder of the site, or where it is served.
    """

    page: Page
    site: Path | str

    def open(self, path: str) -> None:
        """Open a page of the site by its path, which may have a fragment."""
        if isinstance(self.site, str):
            self.page.goto(self.site + path)
            return
        name, mark, fragment = path.partition("#")
        self.page.goto((self.site / name).as_uri() + mark + fragment)
        self.page.wait_for_load_state()

    def open_list(self, path: str) -> None:
        """Open one of the lists and wait until it shows its rows."""
        self.page.goto("about:blank")  # else only the fragment might change
        self.open(path)
        self.wait_for_list()

    def wait_for_list(self, shown: int | None = None) -> None:
        """Wait until a list is drawn; until so many rows match, where it is said how many."""
        value = "" if shown is None else f'="{shown}"'
        self.page.wait_for_selector(f"#explore[data-ready{value}]", state="attached")

    def search(self, query: str) -> None:
        """Type a query and wait for its results."""
        self.page.get_by_label("Words to look for").fill(query)
        self.wait_for_search(query)

    def wait_for_search(self, query: str) -> None:
        """Wait for the results of a query."""
        self._expect("#search").to_have_attribute("data-ready", query)

    def wait_for_fragment(self, pattern: str) -> None:
        """Wait until the fragment of the address fits a regular expression."""
        self.page.wait_for_url(re.compile(rf"^[^#]*{pattern}$"))

    def wait_for_text(self, selector: str, text: str) -> None:
        """Wait until an element says a text, no more and no less."""
        self._expect(selector).to_have_text(text)

    def wait_for_value(self, selector: str, value: str) -> None:
        """Wait until a field has a value."""
        self._expect(selector).to_have_value(value)

    def _expect(self, selector: str) -> Any:
        # `wait_for_function` would evaluate a string in the page, which its policy forbids.
        from playwright.sync_api import expect

        return expect(self.page.locator(selector))

    @property
    def fragment(self) -> str:
        """The fragment of the address."""
        return self.page.url.partition("#")[2]

    def rows(self, column: int) -> list[str]:
        """The texts of a column of a list, from 1."""
        return self.page.locator(f"#explore tbody tr > :nth-child({column})").all_inner_texts()

    def overflows(self) -> bool:
        """Whether the document is wider than the window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@contextmanager
def visit(
    browser: Browser, site: Path | str, *, width: int = WIDE, **options: Any
) -> Iterator[Visit]:
    """Give a tab; at its end it must have asked for nothing outside and complained of nothing.

    Args:
        browser: Running.
        site: The folder of a site, or the address where it is served, with `/` at its end.
        width: Of the window, in CSS pixels.
        options: More, as `browser.new_context` takes it.
    """
    inside = site if isinstance(site, str) else site.as_uri()
    complaints = Complaints()
    context = browser.new_context(
        viewport={"width": width, "height": _HEIGHT},
        locale="en-GB",
        reduced_motion="reduce",  # else a place is scrolled to while it is looked at
        **options,
    )
    page = context.new_page()
    page.set_default_timeout(10_000)

    def decide(route: Any) -> None:
        address = route.request.url
        if address.startswith((inside, "data:", "blob:")):
            route.continue_()
        else:
            complaints.outside.append(address)
            route.abort()

    context.route("**/*", decide)
    page.on(
        "console",
        lambda message: (
            complaints.said.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )
    page.on("pageerror", lambda error: complaints.said.append(str(error)))

    def dismiss(dialog: Any) -> None:
        complaints.dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    try:
        yield Visit(page, site)
        assert complaints == Complaints()
    finally:
        context.close()
