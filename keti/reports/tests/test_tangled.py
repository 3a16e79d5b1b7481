"""A report of nothing but signs is read, printed and quoted as it was typed; so is an old one."""

import pytest

from keti.documents.actions import keep_old
from keti.documents.models import ReadText
from keti.documents.rules import pandoc, tree
from keti.documents.rules.html import to_html
from keti.documents.rules.written import MARKED, Written
from keti.kernel.refusals import Refused
from keti.reports.tests.conftest import Desk
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TANGLED = "\"'" * 500


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_page_pdf_and_word_of_a_report_of_signs(cast: Cast, desk: Desk, lang: str) -> None:
    version = desk.submitted(snags=TANGLED)
    client = cast.qin.client
    client.cookies["django_language"] = lang
    page = client.get(version.report.path)
    assert page.status_code == 200
    assert "&quot;&#x27;" * 500 in page.content.decode()
    for tail, start in (("pdf/", b"%PDF"), ("docx/", b"PK")):
        made = client.get(f"{version.report.path}{tail}")
        assert made.status_code == 200
        assert made.content.startswith(start)


def test_what_is_handed_in_is_kept_letter_for_letter(cast: Cast, desk: Desk) -> None:
    typed = '　　样本量为60万~100万元。\n1、甲\n2、乙 *重* "引"\n\n# 号  两个空格 豈'
    version = desk.submitted(snags=typed)
    row = next(one for one in version.sections if one["key"] == "snags")
    assert (row["text"], row["form"]) == (typed, "plain/1")
    page = cast.lu.client.get(version.report.path).content.decode()
    assert '<p class="own">　　样本量为60万~100万元。</p>' in page
    assert "<li>2、乙 *重* &quot;引&quot;</li>" in page
    assert "<p># 号  两个空格 豈</p>" in page


OLD = "甲**乙**\n丙~丁~"
BODY = (Written(OLD, MARKED),)


def barred(*_words: object, **_more: object) -> bytes:
    pytest.fail("a reader was started")


def test_an_old_text_is_read_once_and_no_page_starts_the_reader(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as asking:
        asking.setattr(pandoc, "run", barred)
        unread = to_html(BODY)
        assert ("标记过于复杂" in unread, "甲**乙**<br>丙~丁~" in unread) == (True, True)
        assert to_html((Written(" \n", MARKED),)) == ""
    assert ReadText.objects.count() == 0
    keep_old([OLD, " ", OLD])
    assert ReadText.objects.count() == 1
    monkeypatch.setattr(pandoc, "run", barred)
    assert to_html(BODY) == "<p>甲<strong>乙</strong>丙<sub>丁</sub></p>"
    keep_old([OLD])


def test_what_the_reader_gave_up_on_is_not_kept_as_its_source(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as slow:
        slow.setattr(tree, "syntax_trees", broken)
        keep_old([OLD])
    assert ReadText.objects.count() == 0
    tree._TANGLED.clear()
    keep_old([OLD])
    assert to_html(BODY) == "<p>甲<strong>乙</strong>丙<sub>丁</sub></p>"


def broken(*_words: object, **_more: object) -> bytes:
    raise Refused("documents.text-too-tangled", seconds=20)
