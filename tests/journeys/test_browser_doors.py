"""The demonstration's clock, the language, the keyboard, and pages without scripts."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import NOTICE, STANDARD, Visit

BASE = f"/p/{NOTICE}"
FOCUS = """() => { const e = document.activeElement, s = getComputedStyle(e);
  return {tag: e.tagName, text: e.textContent.trim(), rail: !!e.closest('.rail'),
    primary: e.matches('.primary'), button: e.matches('.button, button'),
    main: !!e.closest('main'), seen: s.outlineStyle !== 'none' || s.boxShadow !== 'none'}; }"""


def test_the_band_moves_the_date_by_a_day_and_to_the_next_due_instant(visit: Visit) -> None:
    one = visit()
    page = one.sign_in("秘书长单位")
    date = page.locator(".band strong")
    first = date.inner_text()
    page.get_by_role("button", name="前进一天").click()
    expect(date).not_to_have_text(first)
    second = date.inner_text()
    assert page.url.endswith(f"{BASE}/desk/")
    page.get_by_role("button", name="到下一个应办日").click()
    expect(date).not_to_have_text(second)
    stamps = [re.search(r"\d{4}-\d\d-\d\d", text) for text in (first, second, date.inner_text())]
    days = [stamp.group() for stamp in stamps if stamp]
    assert days == sorted(days)
    assert len(days) == 3


def test_switching_the_language_stays_on_the_page(visit: Visit) -> None:
    one = visit()
    one.sign_in("秘书长单位")
    page = one.go(f"{BASE}/duties/list/?missing=1")
    expect(page.locator("h1")).to_have_text("应办事项列表")
    page.locator("form.lang button").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith(f"{BASE}/duties/list/?missing=1")
    expect(page.locator("h1")).not_to_have_text("应办事项列表")
    page.locator("form.lang button").click()
    expect(page.locator("h1")).to_have_text("应办事项列表")


def test_the_keyboard_reaches_the_skip_link_the_rail_and_the_first_button(visit: Visit) -> None:
    one = visit()
    one.sign_in("秘书长单位")
    page = one.go(f"{BASE}/desk/")
    met = []
    for _ in range(60):
        page.keyboard.press("Tab")
        met.append(page.evaluate(FOCUS))
        if met[-1]["main"] and met[-1]["button"]:
            break
    assert met[0]["text"] == "跳到正文"
    assert any(one["rail"] for one in met)
    assert met[-1]["main"]
    assert met[-1]["button"]
    assert [one for one in met if not one["seen"]] == []
    page.reload()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find-box"


def test_public_pages_are_whole_without_scripts(visit: Visit) -> None:
    one = visit(java_script_enabled=False)
    page = one.go(f"/calls/{NOTICE}/")
    expect(page.locator("h1")).to_be_visible()
    assert len(page.locator("main").inner_text()) > 500
    page = one.go(f"/published/{STANDARD}/")
    expect(page.locator("h1")).to_be_visible()
    assert len(page.locator("main").inner_text()) > 500
    page = one.go("/demo/")
    page.locator("main dd button").first.click()
    expect(page.locator("h1")).to_have_text("我的待办")


def test_an_english_reader_walks_from_the_desk_to_a_report(visit: Visit) -> None:
    one = visit(lang="en-GB")
    page = one.go("/demo/")
    page.locator("main dd button").first.click()
    expect(page.locator("h1")).to_have_text("My desk")
    page.locator(".rail").get_by_role("link", name="Reports").click()
    page.locator("main tbody a").first.click()
    expect(page.locator("main .sub")).to_contain_text("Version")
