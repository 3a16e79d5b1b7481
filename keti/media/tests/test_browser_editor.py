"""The editor of subtitles in a real browser: an hour of a thousand cues edited, moved, sent. The
browser gets the page that the house answered, and the house gets what the browser sent; drafts,
which ask a server before anything is sent, are tested elsewhere."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Route, sync_playwright

from keti.media.models import SubtitleVersion
from keti.media.rules.cues import Cue, read
from keti.media.tests.scene import shown, subtitled
from keti.media.tests.test_pages import at, html

CHROMIUM = "/usr/bin/chromium"
HOUSE = "http://testserver"
HOUR = [Cue(n * 3600, n * 3600 + 3000, f"第{n + 1}句，说明情况") for n in range(1000)]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def edit(page: Page) -> None:
    """Somebody at a telephone changes, splits, merges, takes back, moves."""
    rows = page.locator("[data-cues] > li")
    assert rows.count() == 1000
    words = rows.nth(4).locator("textarea")
    words.fill("第五句，改过了")
    words.evaluate("box => box.setSelectionRange(4, 4)")
    page.keyboard.press("Alt+KeyS")
    assert rows.count() == 1001
    assert rows.nth(5).locator("textarea").input_value() == "改过了"
    rows.nth(0).locator("textarea").click()
    page.keyboard.press("Alt+KeyM")
    assert rows.count() == 1000
    page.keyboard.press("Alt+KeyZ")
    assert rows.count() == 1001
    rows.nth(500).locator("textarea").click()
    page.locator("[data-by]").fill("0.4")
    page.locator("[data-do=shift]").click()
    assert rows.nth(500).locator("[data-at=start]").input_value() == "00:29:56.800"
    end = rows.nth(10).locator("[data-at=end]")
    end.fill("nonsense")
    assert "时间读不懂" in rows.nth(10).inner_text()
    end.fill("00:00:35.900")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    if folder := os.environ.get("KETI_PICTURES"):
        page.screenshot(path=Path(folder) / "editor-390.png")
    here = page.url
    with page.expect_response(lambda one: one.request.method == "POST" and one.url == here):
        page.get_by_role("button", name="保存为新的一版").click()


def in_a_browser(track: str, got: bytes) -> tuple[str, bytes, list[str]]:
    """What the browser sends after the edits: its kind and its bytes; and its complaints."""
    sent: list[tuple[str, bytes]] = []
    said: list[str] = []

    def answer(route: Route) -> None:
        asked = route.request
        path = urlsplit(asked.url).path
        found = finders.find(path.removeprefix("/static/")) if "/static/" in path else None
        if asked.method == "POST" and path == track:
            sent.append((asked.headers["content-type"], asked.post_data_buffer or b""))
            route.fulfill(body="<title>sent</title>", content_type="text/html")
        elif path == track:
            route.fulfill(body=got, content_type="text/html; charset=utf-8")
        elif found and not path.endswith("drafts.js"):
            route.fulfill(path=str(found))
        else:
            route.fulfill(status=204)

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 390, "height": 844})
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda one: said.append(str(one)))
        page.route("**/*", answer)
        page.goto(HOUSE + track)
        edit(page)
        chromium.close()
    [(kind, body)] = sent
    return kind, body, said


def test_an_hour_is_edited_moved_and_saved_by_hand_and_no_cue_is_lost(cast):
    one = shown(cast, cast.mao)
    subtitled(cast, one, cues=HOUR)
    track = at("track", cast, one.public_id, "zh")
    kind, body, said = in_a_browser(track, cast.qin.client.get(track).content)
    assert said == []
    assert cast.qin.client.post(track, body, content_type=kind).status_code == 302
    saved = SubtitleVersion.objects.order_by("-number").first()
    assert saved is not None and (saved.number, saved.count) == (2, 1001)
    cues = saved.read()
    assert [cue.text for cue in cues[4:6]] == ["第五句，", "改过了"]
    assert cues[10].end == 35_900
    assert cues[499].start == HOUR[498].start
    assert cues[500].start == HOUR[499].start + 400
    for form in ("vtt", "srt"):
        told = html(cast.qin.client.get(at("subtitles", cast, one.public_id, "zh", form)))
        assert read(told) == cues
        if folder := os.environ.get("KETI_PICTURES"):
            (Path(folder) / f"hour.{form}").write_text(told)
