"""An application in two windows: the older one writes over nothing it has not shown."""

import re

import pytest
from django.http import HttpResponse

from keti.intake.enums import ApplicationState
from keti.intake.models import Application
from keti.intake.tests.scene import drafted, published
from keti.kernel.ids import new_id
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PAGE = "/calls/cast/apply/solo/"
BASE = re.compile(r'name="base" id="id_base" value="([^"]*)"')


def base_of(answer: HttpResponse) -> str:
    return BASE.findall(answer.content.decode())[0]


@pytest.fixture
def open_call(cast: Cast) -> Cast:
    published(cast)
    return cast


def sent(cast: Cast, base: str, text: str, tail: str = "", **more: str) -> HttpResponse:
    form = {"key": new_id(), "name": "吴老师（演示）", "field_offer": text, "base": base}
    return cast.wu.client.post(f"{PAGE}{tail}", form | more)


def offer() -> str:
    return str(Application.objects.get().content["fields"]["offer"])


def test_the_older_window_is_refused_and_shown_both_texts(open_call: Cast) -> None:
    first = base_of(open_call.wu.client.get(PAGE))
    saved = sent(open_call, first, "新窗口的文字", "save/")
    assert saved.headers["HX-Trigger"] == "draft-kept"
    told = sent(open_call, first, "旧窗口的文字", do="save")
    page = told.content.decode()
    assert (told.status_code, offer()) == (422, "新窗口的文字")
    assert "没有互相覆盖" in page
    assert page.count("新窗口的文字") == 1
    assert page.count("旧窗口的文字") == 2
    merged = sent(open_call, base_of(told), "合并的文字", do="save")
    assert (merged.status_code, offer()) == (302, "合并的文字")


def test_a_saving_by_itself_goes_on_from_its_last_one(open_call: Cast) -> None:
    first = sent(open_call, "", "一", "save/")
    second = sent(open_call, base_of(first), "一二", "save/")
    assert (second.headers["HX-Trigger"], offer()) == ("draft-kept", "一二")
    stale = sent(open_call, base_of(first), "一三", "save/")
    assert ("HX-Trigger" in stale.headers, offer()) == (False, "一二")
    assert "没有互相覆盖" in stale.content.decode()
    same = sent(open_call, base_of(first), "一二", "save/")
    assert same.headers["HX-Trigger"] == "draft-kept"


def test_handing_in_from_the_older_window_is_asked_about_first(open_call: Cast) -> None:
    drafted(open_call)
    before = base_of(open_call.wu.client.get(PAGE))
    sent(open_call, before, "后来的文字", "save/")
    told = sent(open_call, before, "先前的文字", do="submit")
    assert told.status_code == 422
    assert Application.objects.get().state == ApplicationState.DRAFT
    assert offer() == "后来的文字"
