"""A served demonstration and a real browser. Whoever fails to behave in the browser is named."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.journeys.editing import Box, Open
from tests.serving import served

CHROMIUM = "/usr/bin/chromium"
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
NOTICE = "metaverse-governance-2022"
STANDARD = "association-standard"
MILLISECONDS = 30_000
"""Other tests run beside these: what is awaited comes, though not always at once."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test that drives the browser runs in one process: one demonstration, one Chromium."""
    for item in items:
        if item.path.name.startswith("test_browser"):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the served demonstration. KETI_PLAYED names a folder already played."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    if os.environ.get("KETI_PLAYED"):
        shutil.copytree(os.environ["KETI_PLAYED"], folder)
    return folder


@pytest.fixture(scope="session")
def site(data: Path) -> Iterator[str]:
    """The demonstration as a newcomer gets it."""
    with served("demo", data, data.with_name("log.txt")) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=MILLISECONDS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()


class Visitor:
    """One person at one browser, with everything the browser complained about."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.url = url
        self.complaints: list[str] = []
        self.asked_for = ["the server responded with a status of"]
        context.set_default_timeout(MILLISECONDS)
        context.on("page", self._watch)
        self.page: Page = context.new_page()

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url} {error}"))
        page.on("console", self._heard)

    def _heard(self, message: Any) -> None:
        """Errors count, a Content-Security-Policy report among them; asked-for statuses do not."""
        asked_for = any(words in message.text for words in self.asked_for)
        if message.type == "error" and not asked_for:
            self.complaints.append(f"{message.page.url} {message.text}")

    def go(self, path: str) -> Page:
        answer = self.page.goto(self.url + path)
        assert answer and answer.status == 200, f"{path} {answer.status if answer else ''}"
        return self.page

    def status(self, path: str) -> int:
        return int(self.context.request.get(self.url + path, max_redirects=0).status)

    def sign_in(self, role: str, group: str = "") -> Page:
        """Click somebody of the cast on the demonstration's first page."""
        page = self.go("/demo/")
        people = page.locator(f"main dt:text-is('{role}') + dd button").filter(has_text=group)
        people.first.click()
        page.wait_for_url("**/desk/")
        return page


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """A browser of one's own; nothing it showed may have complained."""
    made: list[Visitor] = []

    def open_one(url: str = "", *, width: int = 1440, lang: str = "zh-CN", **more: Any) -> Visitor:
        size: Any = {"width": width, "height": 900}
        context = browser.new_context(viewport=size, locale=lang, **more)
        made.append(Visitor(context, url or site))
        return made[-1]

    yield open_one
    for one in made:
        one.context.close()
    assert [complaint for one in made for complaint in one.complaints] == []


@pytest.fixture
def section(browser: Browser) -> Iterator[Open]:
    """Opens sections in the editor; whatever the browser complains of fails the test."""
    context = browser.new_context(locale="zh-CN")
    boxes: list[Box] = []

    def open_one(words: str = "", doc: str = "") -> Box:
        boxes.append(Box(context.new_page(), words, doc))
        return boxes[-1]

    yield open_one
    context.close()
    assert [one for box in boxes for one in box.complaints] == []
