"""The page of a translation in a real browser: its editor cites what the report cites."""

import json

import pytest
from playwright.sync_api import Page

from keti.reports import actions
from keti.reports.models import Report
from keti.reports.tests.test_references import BIB
from tests.cast import Cast
from tests.handed import in_a_browser, pictured

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.xdist_group("browser")]


def cite(page: Page) -> None:
    """Somebody writes a sentence and cites in it, by the button and the keyboard."""
    words = page.locator("#id_s0")
    words.wait_for()
    words.click()
    page.keyboard.type("As Smith says")
    page.locator(".do-cite").click()
    ask = page.locator(".editor-ask")
    assert [text[:5] for text in ask.locator("option").all_text_contents()] == ["SMITH"]
    page.keyboard.type("thing")
    ask.locator("input[type=text]").fill("7")
    page.keyboard.press("Enter")
    page.keyboard.type(".")
    pictured(page, "translation-cite")
    here = page.url
    with page.expect_response(lambda one: one.request.method == "POST" and one.url == here):
        page.locator("main form button.primary").last.click()


def test_the_button_cites_in_a_translation(cast: Cast, part: Report) -> None:
    actions.add_references(cast.lu.act(), report=part, text=BIB)
    where = f"{part.path}translation/en/"
    got = cast.lu.client.get(where).content
    [(kind, body)], complaints = in_a_browser(where, got, cite)
    assert complaints == []
    done = cast.lu.client.post(where, body, content_type=kind)
    assert done.status_code == 302
    part.refresh_from_db()
    [block] = json.loads(part.translations["en"]["docs"]["matter"])["blocks"]
    cited = {"cite": [{"ref": "smith21", "at": "7"}]}
    assert block["runs"] == [{"words": "As Smith says"}, cited, {"words": "."}]


def test_without_references_the_button_says_where_they_are_put(cast: Cast, part: Report) -> None:
    def press(page: Page) -> None:
        page.locator("#id_s0").click()
        page.locator(".do-cite").click()
        page.get_by_text("本报告还没有参考文献").wait_for()

    where = f"{part.path}translation/en/"
    got = cast.lu.client.get(where).content
    assert in_a_browser(where, got, press) == ([], [])
