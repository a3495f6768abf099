"""Somebody at a telephone without scripts and without an account, whose every page is looked at.

mary = Resident(browser_page(360, scripts=False), looked_at)
mary.open("/fife/conversations/")
mary.field("Locality").select_option("levenmouth")
mary.press("Show")
mary.reads("Open now")
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page

from locality_web.core.languages import words_of


class Resident:
    """What she does in a language: every text is given in English."""

    def __init__(self, page: Page, looked_at: Callable[[Page], None], language: str = "en"):
        self.page, self.looked_at = page, looked_at
        self.start = page.site if language == "en" else f"{page.site}/{language}"
        self.words = {} if language == "en" else words_of(language)

    def tell(self, text: str, **values: Any) -> str:
        said = self.words.get(text, text)
        said = said if isinstance(said, str) else said[-1]
        return said.format(**values) if values else said

    def open(self, address: str) -> None:
        """Open an address of the site."""
        self.page.goto(f"{self.start}{address}")
        self.looked_at(self.page)

    def follow(self, name: str, **more: Any) -> None:
        """Follow a link."""
        self._wait_for(self.page.locator("main").get_by_role("link", name=self.tell(name), **more).first)

    def press(self, name: str, **values: Any) -> None:
        """Press a button and wait for the answer."""
        self._wait_for(self.page.locator("main").get_by_role("button", name=self.tell(name, **values)).first)

    def press_at(self, picture: str, x: int, y: int) -> None:
        """Press a point of a picture that sends a form."""
        self._wait_for(self.page.locator(picture), position={"x": x, "y": y})

    def _wait_for(self, element: Locator, **where: Any) -> None:
        with self.page.expect_navigation():
            element.click(**where)
        self.looked_at(self.page)

    def unfold(self, name: str) -> None:
        """Unfold what lies folded under some words."""
        self.page.locator("summary", has_text=self.tell(name)).first.click()
        self.looked_at(self.page)

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(self.tell(label))

    def write(self, label: str, text: str) -> None:
        self.field(label).fill(text)

    def tick(self, label: str) -> None:
        """Tick a box, or choose one of several answers; the box itself lies under its picture."""
        self.page.get_by_label(self.tell(label), exact=True).check(force=True)

    def reads(self, *texts: str) -> None:
        """Read all of these on the page."""
        shown = " ".join(self.page.locator("main").inner_text().split())
        missing = [text for text in texts if self.tell(text) not in shown]
        assert not missing, f"{missing} not in: {shown}"
