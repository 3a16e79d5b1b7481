"""The pages: who gets them, what they say, in both languages, at constant cost."""

import re

import pytest
from django.test import Client

from keti.accounts.models import NamedBy, Person
from keti.groups.models import Seat
from keti.intake.enums import ApplicationState
from keti.intake.models import Application, Call
from keti.intake.tests.scene import CLOSES, checked, published, submitted
from keti.kernel import clock
from tests.cast import local

CALL = "/calls/cast/"
SOLO = "/calls/cast/apply/solo/"
TYPED = {
    "name": "吴路人（演示）",
    "mobile": "13800000000",
    "choices": ["cell.red"],
    "field_topic": "测试方法",
    "field_offer": "写第一章。",
    "declarations": ["lawful", "truthful"],
    "consent": "on",
    "key": "k1",
}
LANGUAGES = ["zh-hans", "en"]


def plain(response) -> str:
    """The page without what differs between any two requests: tokens, nonces, its own address."""
    text = response.content.decode()
    text = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": |nonce=)"[^"]*"', "", text)
    return text.replace(response.wsgi_request.path, "")


def english(client):
    client.cookies["django_language"] = "en"
    return client


def test_before_publication_there_is_no_call(cast):
    assert Client().get(CALL).status_code == 404
    assert cast.wu.client.get(SOLO).status_code == 404


def test_the_call_reads_as_a_notice(cast):
    published(cast)
    body = Client().get(CALL).content.decode()
    for words in (
        "测通知〔2030〕1号",
        "测试课题征集通知",
        "2030 年 3 月 1 日",
        "印章处",
        "各单位",
        "2030-03-04 至 03-20",
        "2030-03-20 周三 24:00 截止",
        "委员会成员；守法",
        "2030-04-01 至 06-30",
        "测试课题研究测试。",
        "填写申报表",
        "<svg",
    ):
        assert words in body
    assert "<script nonce" not in body


def test_the_call_in_english(cast):
    published(cast)
    body = english(Client()).get(CALL).content.decode()
    for words in (
        "Call of the test programme",
        "1 March 2030",
        "All units",
        "Fill in the form",
        'seal-place">Seal',
    ):
        assert words in body


def test_after_the_close_the_call_says_so(cast):
    published(cast)
    clock.stand_at(local(CLOSES))
    body = Client().get(CALL).content.decode()
    assert "报名已截止" in body
    assert "2030-03-20 周三 24:00" in body
    assert "填写申报表</a>" not in body


@pytest.mark.parametrize(("form", "start"), [("docx", b"PK"), ("pdf", b"%PDF-")])
def test_the_call_downloads(cast, form, start):
    published(cast)
    response = Client().get(f"{CALL}{form}/")
    assert response.content.startswith(start)
    assert "attachment" in response["Content-Disposition"]


def test_the_secretary_publishes_and_others_read_why_they_cannot(cast):
    path = f"/p/cast/call/for/{cast.duty('invite').public_id}/"
    body = cast.mao.client.get(path).content.decode()
    assert "此事由测试秘书处（演示）（秘书）办理" in body
    assert "编号并发布" not in body
    refused = cast.mao.client.post(path, {"key": "k"})
    assert refused.status_code == 422
    assert not Call.objects.exists()
    done = cast.qin.client.post(path, {"key": "k"})
    assert (done.status_code, done["Location"]) == (302, CALL)
    assert Call.objects.get().number == "测通知〔2030〕1号"


def test_an_applicant_signs_in_first(cast):
    published(cast)
    response = Client().get(SOLO)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_a_draft_is_saved_incomplete(cast):
    published(cast)
    response = cast.wu.client.post(SOLO, {"name": "吴", "key": "k", "do": "save"})
    assert response.status_code == 302
    assert Application.objects.get().content["name"] == "吴"
    assert "草稿已保存" in cast.wu.client.get(SOLO).content.decode()


def test_autosave_answers_with_when_it_saved(cast):
    published(cast)
    response = cast.wu.client.post(f"{SOLO}save/", {**TYPED, "field_offer": "写一半"})
    assert "草稿已保存 <time" in response.content.decode()
    assert Application.objects.get().content["fields"]["offer"] == "写一半"


def test_autosave_after_the_close_says_that_it_closed_and_keeps_the_text(cast):
    published(cast)
    clock.stand_at(local(CLOSES))
    body = cast.wu.client.post(f"{SOLO}save/", {**TYPED, "field_offer": "写晚了"}).content.decode()
    assert "报名已经截止，不能再提交" in body
    assert "草稿已保存" not in body
    assert Application.objects.get().content["fields"]["offer"] == "写晚了"


def test_submitting_twice_gives_one_receipt(cast):
    published(cast)
    cast.at("2030-03-10T10:00")
    first = cast.wu.client.post(SOLO, {**TYPED, "do": "submit"})
    again = cast.wu.client.post(SOLO, {**TYPED, "do": "submit"})
    assert (first.status_code, first["Location"]) == (302, again["Location"])
    assert Application.objects.get().number == "测申〔2030〕1号"
    body = cast.wu.client.get(first["Location"]).content.decode()
    for words in (
        "测申〔2030〕1号",
        "2030-03-10 周日 10:00",
        "北京时间",
        "写第一章。",
        "撤回申报表",
    ):
        assert words in body


def test_at_the_close_the_page_keeps_the_text_and_says_why(cast):
    published(cast)
    cast.wu.client.get(SOLO)
    clock.stand_at(local(CLOSES))
    response = cast.wu.client.post(SOLO, {**TYPED, "do": "submit"})
    body = response.content.decode()
    assert response.status_code == 422
    assert "报名已于 2030-03-20 周三 24:00（Asia/Shanghai）截止" in body
    assert "写第一章。" in body
    kept = Application.objects.get()
    assert (kept.state, kept.content["fields"]["offer"]) == (ApplicationState.DRAFT, "写第一章。")


def test_what_is_missing_stands_beside_its_field(cast):
    published(cast)
    cast.at("2030-03-10T10:00")
    response = cast.wu.client.post(SOLO, {**TYPED, "field_topic": "", "do": "submit"})
    body = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_field_topic"' in body
    assert "请填写“研究方向”" in body
    assert "写第一章。" in body


def test_withdrawing_from_the_receipt(cast):
    one = submitted(cast)
    response = cast.wu.client.post(f"{one.receipt_path}withdraw/", {"key": "k"})
    assert response["Location"] == "/calls/cast/apply/"
    one.refresh_from_db()
    assert one.state == ApplicationState.WITHDRAWN
    assert "申报表已撤回" in cast.wu.client.get(one.receipt_path).content.decode()


def test_a_neighbour_and_nobody_look_the_same(cast):
    one = submitted(cast)
    missing = one.receipt_path.replace(one.public_id, "a" * 26)
    for who in ("mao", "he", "ji"):
        client = cast.players[who].client
        other, absent = client.get(one.receipt_path), client.get(missing)
        assert (other.status_code, absent.status_code) == (404, 404)
        assert plain(other) == plain(absent)
        assert client.post(f"{one.receipt_path}withdraw/", {"key": "k"}).status_code == 404
    assert cast.qin.client.get(one.receipt_path).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_renders_in_both_languages(cast, language):
    one = checked(cast, submitted(cast))
    seat = Seat.objects.get(person=cast.mao.person)
    duty, closing = cast.duty("seat.cell", "cell.red"), cast.duty("admit")
    paths = {
        "qin": [
            f"/p/cast/call/for/{cast.duty('invite').public_id}/",
            "/p/cast/applications/",
            one.path,
            f"/p/cast/applications/for/{closing.public_id}/",
            "/p/cast/applications/paper/firm/",
            "/p/cast/roster/",
            "/p/cast/roster/appoint/",
            f"/p/cast/roster/seats/{seat.public_id}/",
            f"/p/cast/groups/for/{duty.public_id}/",
        ],
        "wu": [CALL, "/calls/cast/apply/", "/calls/cast/apply/firm/", one.receipt_path],
    }
    for who, each in paths.items():
        client = cast.players[who].client
        client.cookies["django_language"] = language
        for path in each:
            response = client.get(path)
            assert response.status_code == 200, path
            assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/p/cast/applications/", ("Applications and roster", "Under review")),
        ("/p/cast/roster/", ("Import a roster", "Present seats")),
        ("/calls/cast/apply/firm/", ("Full name of the unit", "Save draft", "Delegate")),
    ],
)
def test_the_pages_speak_english(cast, path, words):
    submitted(cast)
    who = cast.qin if path.startswith("/p/") else cast.wu
    body = english(who.client).get(path).content.decode()
    for word in words:
        assert word in body


def test_an_address_is_no_name_to_begin_with(cast):
    published(cast)
    cast.at("2030-03-10T10:00")
    Person.objects.filter(pk=cast.wu.person.pk).update(name="wu.lu", named_by=NamedBy.ADDRESS)
    assert cast.wu.client.get(SOLO).context["form"]["name"].value() == ""
    Person.objects.filter(pk=cast.wu.person.pk).update(name="吴", named_by=NamedBy.OFFICE)
    assert cast.wu.client.get(SOLO).context["form"]["name"].value() == "吴"


@pytest.mark.parametrize(
    ("track", "said"),
    [
        ({"require": [], "priority": []}, "<p><strong>类别</strong></p>"),
        ({"require": [], "priority": ["乙"]}, "<p><strong>类别</strong>：优先：乙。</p>"),
        ({"require": ["甲"], "priority": []}, "<p><strong>类别</strong>：甲。</p>"),
    ],
)
def test_a_track_that_requires_nothing_leaves_no_empty_sentence(cast, monkeypatch, track, said):
    published(cast)
    one = {"key": "solo", "title": "类别", **track}
    monkeypatch.setattr("keti.intake.views.call.asked", lambda admission: [one])
    assert said in re.sub(r"\n\s*", "", Client().get(CALL).content.decode())
