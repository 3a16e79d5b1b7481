"""A page the house answered, handed to a real browser: what somebody does in it, what it sends."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Route, sync_playwright

CHROMIUM = "/usr/bin/chromium"
HOUSE = "http://testserver"
Sent = tuple[str, bytes]


def in_a_browser(
    path: str,
    got: bytes,
    do: Callable[[Page], None],
    *,
    others: Mapping[str, tuple[str, bytes]] | None = None,
    width: int = 1280,
) -> tuple[list[Sent], list[str]]:
    """(what was sent to the page's own address: kind and bytes; what the browser complained of).

    `others` are further addresses with the kind and bytes they answer. Drafts ask a server before
    anything is sent, and are left out. Nothing of the house is asked while the browser runs.
    """
    sent: list[Sent] = []
    said: list[str] = []

    def answer(route: Route) -> None:
        asked = route.request
        where = urlsplit(asked.url).path
        found = finders.find(where.removeprefix("/static/")) if "/static/" in where else None
        if asked.method == "POST" and where == path and not asked.headers.get("hx-request"):
            sent.append((asked.headers["content-type"], asked.post_data_buffer or b""))
            route.fulfill(body="<title>sent</title>", content_type="text/html")
        elif asked.method == "GET" and where == path:
            route.fulfill(body=got, content_type="text/html; charset=utf-8")
        elif where in (others or {}):
            kind, body = (others or {})[where]
            route.fulfill(body=body, content_type=kind)
        elif found and not where.endswith("drafts.js"):
            route.fulfill(path=str(found))
        else:
            route.fulfill(status=204)

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": width, "height": 900})
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda one: said.append(str(one)))
        page.route("**/*", answer)
        page.goto(HOUSE + path)
        do(page)
        chromium.close()
    return sent, said


def pictured(page: Page, name: str) -> None:
    """A picture of the whole page, where somebody wants to look at it."""
    if folder := os.environ.get("KETI_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
