"""The text of a work in a real browser: read from Word, corrected in the editor, handed in."""

import json

import pytest
from playwright.sync_api import Page

from keti.documents.tests.corpus_files import RED, sha
from keti.duties.tests.test_texts import at, word
from tests.cast import Cast
from tests.handed import in_a_browser, pictured

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize(("lang", "width"), [("zh-hans", 1280), ("en", 1280), ("zh-hans", 390)])
def test_a_word_file_is_corrected_and_handed_in(cast: Cast, lang: str, width: int) -> None:
    paper, client = cast.duty("paper"), cast.tao.client
    client.cookies["django_language"] = lang

    def correct(page: Page) -> None:
        words = page.locator("#id_body")
        words.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        pictured(page, f"write-{lang}-{width}")
        words.locator("p", has_text="摸清").click()
        page.keyboard.press("End")
        page.keyboard.type("再核对一遍。")
        here = page.url
        with page.expect_response(lambda one: one.request.method == "POST" and one.url == here):
            page.locator("main form button.primary").last.click()

    first = client.post(at(paper, "write/"), {"key": "k", "read": "1", "file": word()})
    assert first.status_code == 200
    shown = {at(paper, f"pictures/{sha(RED)}/"): ("image/png", RED)}
    [(kind, body)], complaints = in_a_browser(
        at(paper, "write/"), first.content, correct, others=shown, width=width
    )
    assert complaints == []
    assert client.post(at(paper, "write/"), body, content_type=kind).status_code == 302
    one = paper.filings.get()
    kinds = [block["kind"] for block in json.loads(one.doc)["blocks"]]
    assert kinds == ["heading", "paragraph", "heading", "table", "figure"]
    assert "底数。再核对一遍。" in one.text and one.file.name == "方案.docx"

    def look(tail: str, name: str) -> None:
        got = client.get(at(paper, tail)).content
        where, seen = at(paper, tail), f"{name}-{lang}-{width}"
        sent = in_a_browser(
            where, got, lambda page: pictured(page, seen), others=shown, width=width
        )
        assert sent == ([], [])

    look("", "duty")
    look(f"filings/{one.public_id}/text/", "text")
