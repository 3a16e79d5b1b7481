"""The secretary at the pages: every click and every field she fills in is counted."""

import os
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Visitor

PICTURES = "KETI_PICTURES"
"""Names a folder: the main steps are kept in it as pictures."""
PATIENCE = 120_000
"""Milliseconds for what a worker does."""


class Clerk:
    """Somebody who works with the pages alone; what she does costs clicks and fields."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page
        self.clicks: list[str] = []
        self.fields: list[str] = []

    def open(self, address: str) -> None:
        """The one address that is typed: where the terminal says it answers."""
        self.page.goto(address)

    def press(self, words: str | re.Pattern[str], within: str = "main", **more: Any) -> None:
        """Press a button by what it says."""
        exact = isinstance(words, str)
        self._click(
            self.page.locator(within).get_by_role("button", name=words, exact=exact, **more), words
        )

    def follow(self, words: str | re.Pattern[str], within: str = "main") -> None:
        """Follow a link by what it says."""
        exact = isinstance(words, str)
        self._click(self.page.locator(within).get_by_role("link", name=words, exact=exact), words)

    def unfold(self, words: str) -> None:
        """Open a part of the page that is folded."""
        self._click(self.page.locator("main summary", has_text=words), words)

    def take(self, selector: str) -> None:
        """Click what a selector finds first."""
        self._click(self.page.locator(selector), selector)

    def _click(self, what: Locator, words: object) -> None:
        self.clicks.append(str(words))
        what.first.click()
        self.page.wait_for_load_state()

    def fill(self, name: str, words: str) -> None:
        """Fill in one field."""
        self.fields.append(name)
        self.page.locator(f"main [name='{name}']").first.fill(words)

    def attach(self, file: Path) -> None:
        """Choose a file."""
        self.fields.append(file.name)
        self.page.locator("main input[type=file]").first.set_input_files(file)

    def reads(self, words: str | re.Pattern[str], where: str = "main") -> None:
        """The page says so."""
        expect(self.page.locator(where).first).to_contain_text(words, timeout=PATIENCE)

    def at(self, heading: str | re.Pattern[str]) -> None:
        """The page of this heading, also where a worker has to be waited for."""
        expect(self.page.locator("h1").first).to_have_text(heading, timeout=PATIENCE)


def picture(visitor: Visitor, name: str) -> None:
    """Keep what is seen now, where a folder for pictures is named."""
    folder = os.environ.get(PICTURES)
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        visitor.page.screenshot(path=Path(folder, f"{name}.png"), full_page=True)
