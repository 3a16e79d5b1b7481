"""Drafts: whose they are, on which revision they were written, how large, how long."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from keti.drafts import actions, queries, rules
from keti.drafts.models import Draft
from keti.drafts.permissions import visible
from keti.drafts.rules import Sent, Typed
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PLACE = "/p/cast/findings/new/?about=x"
ODD = "甲\x00乙\u2028丙\ud83d\r\n\t末 <script>alert(1)</script>"


def typed(text: str = "第一稿", key: str = "finding x", **more: object) -> Typed:
    fields = {"text": [text], "tick": []}
    return Typed(**({"form_key": key, "place": PLACE, "title": "提出监控意见", "fields": fields,
                     "begun": {"text": "a1"}} | more))  # fmt: skip


def sent_to(client: Client, person: str, **more: object) -> object:
    one = typed()
    body = {"person": person, "form": one.form_key, "place": one.place, "title": one.title,
            "fields": one.fields, "begun": one.begun, "base": ""} | more  # fmt: skip
    return client.post("/unsent/save/", json.dumps(body), content_type="application/json")


def refusal(do) -> str:
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.code


def test_every_letter_comes_back_whatever_it_is(cast: Cast) -> None:
    kept = actions.save_draft(cast.ji.act(), typed=typed(ODD), base="")
    assert Draft.objects.get(pk=kept.pk).fields == {"text": [ODD], "tick": []}
    assert not Entry.objects.filter(actor_id=cast.ji.person.public_id).exists()


def test_the_next_saving_names_the_revision_it_was_written_on(cast: Cast) -> None:
    first = actions.save_draft(cast.ji.act(), typed=typed(), base="").revision_id
    second = actions.save_draft(cast.ji.act(), typed=typed("第二稿"), base=first).revision_id
    assert first != second
    old = refusal(lambda: actions.save_draft(cast.ji.act(), typed=typed("旧窗口"), base=first))
    new = refusal(lambda: actions.save_draft(cast.ji.act(), typed=typed("新窗口"), base=""))
    assert (old, new) == ("drafts.another-window", "drafts.another-window")
    assert Draft.objects.get().fields["text"] == ["第二稿"]


def test_the_same_text_from_another_window_is_no_quarrel(cast: Cast) -> None:
    first = actions.save_draft(cast.ji.act(), typed=typed(), base="")
    again = actions.save_draft(cast.ji.act(), typed=typed(), base="")
    assert again.revision_id == first.revision_id


def test_what_was_sent_meanwhile_is_not_taken_for_what_is_written_now(cast: Cast) -> None:
    assert refusal(lambda: actions.save_draft(cast.ji.act(), typed=typed(), base="b")) == (
        "drafts.gone"
    )


def test_a_sent_form_takes_its_own_revision_along(cast: Cast) -> None:
    act = cast.ji.act()
    kept = actions.save_draft(act, typed=typed(), base="")
    sent = Sent(kept.public_id, kept.revision_id, "1")
    assert actions.let_go(act, sent=sent, posted={"text": ["第一稿，又改过"]})
    assert not Draft.objects.exists()


def test_the_later_text_of_another_window_stays(cast: Cast) -> None:
    act = cast.ji.act()
    first = actions.save_draft(act, typed=typed(), base="")
    sent = Sent(first.public_id, first.revision_id, "1")
    actions.save_draft(act, typed=typed("后来的\n文字"), base=first.revision_id)
    assert not actions.let_go(act, sent=sent, posted={"text": ["第一稿"]})
    assert actions.let_go(act, sent=sent, posted={"text": ["后来的\r\n文字"]})


def test_nobody_lets_go_of_anothers_draft(cast: Cast) -> None:
    kept = actions.save_draft(cast.ji.act(), typed=typed(), base="")
    sent = Sent(kept.public_id, kept.revision_id, "1")
    assert not actions.let_go(cast.lu.act(), sent=sent, posted={"text": ["第一稿"]})
    assert Draft.objects.count() == 1


def test_too_large_too_many_and_too_much_are_refused_with_a_sentence(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = cast.ji.act()
    large = "字" * (rules.MOST_BYTES // 3 + 1)
    assert refusal(lambda: actions.save_draft(act, typed=typed(large), base="")) == (
        "drafts.too-large"
    )
    monkeypatch.setattr(rules, "MOST", 2)
    for key in ("a", "b"):
        actions.save_draft(act, typed=typed(key=key), base="")
    assert refusal(lambda: actions.save_draft(act, typed=typed(key="c"), base="")) == (
        "drafts.too-many"
    )
    first = Draft.objects.get(form_key="a").revision_id
    actions.save_draft(act, typed=typed("仍可改", key="a"), base=first)
    monkeypatch.setattr(rules, "ALTOGETHER", 100)
    first = Draft.objects.get(form_key="a").revision_id
    assert refusal(lambda: actions.save_draft(act, typed=typed("长" * 40, "a"), base=first)) == (
        "drafts.too-much"
    )
    actions.save_draft(cast.lu.act(), typed=typed(), base="")


def test_discarded_it_comes_back_for_a_week_and_untouched_it_stays_half_a_year(cast: Cast) -> None:
    act = cast.ji.act()
    kept = actions.save_draft(act, typed=typed(), base="")
    actions.discard_draft(act, draft=kept)
    assert actions.sweep_drafts(act.recorded_at + timedelta(days=6)) == 0
    actions.restore_draft(act, draft=kept)
    assert actions.sweep_drafts(act.recorded_at + timedelta(days=179)) == 0
    actions.discard_draft(act, draft=kept)
    actions.save_draft(act, typed=typed("重新写"), base="")
    assert actions.sweep_drafts(act.recorded_at + timedelta(days=6)) == 0
    assert actions.sweep_drafts(act.recorded_at + timedelta(days=8)) == 1
    assert Draft.objects.get().discarded_at is None
    assert actions.sweep_drafts(act.recorded_at + timedelta(days=181)) == 1


@pytest.mark.parametrize(
    "place",
    ["//evil.example/", "https://evil.example/", "/\\evil.example", "/a\nb", "javascript:x", "",
     "/a\\b", "/" + "x" * 1000, "/页"],
)  # fmt: skip
def test_a_draft_leads_nowhere_but_to_a_page_of_this_house(cast: Cast, place: str) -> None:
    answer = sent_to(cast.ji.client, cast.ji.person.public_id, place=place)
    assert (answer.status_code, answer.json()["code"]) == (400, "drafts.unreadable")
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"fields": {"text": "x"}}, {"fields": [["x"]]}, {"form": ""}, {"form": "x" * 601},
     {"form": "名"}, {"title": 3}, {"begun": {"text": 1}}, {"begun": {"text": "x" * 41}}],
)  # fmt: skip
def test_what_is_no_draft_is_refused_with_a_sentence(cast: Cast, wrong: dict[str, object]) -> None:
    answer = sent_to(cast.ji.client, cast.ji.person.public_id, **wrong)
    assert (answer.status_code, answer.json()["code"]) == (400, "drafts.unreadable")
    garbage = cast.ji.client.post("/unsent/save/", "{", content_type="application/json")
    assert garbage.status_code == 400


def test_saved_over_the_wire_and_told_what_another_window_says(cast: Cast) -> None:
    client, me = cast.ji.client, cast.ji.person.public_id
    first = sent_to(client, me, fields={"text": [ODD]})
    assert first.status_code == 200
    other = sent_to(client, me, fields={"text": ["不同"]})
    assert (other.status_code, other.json()["draft"]["fields"]) == (409, {"text": [ODD]})
    assert "另一个窗口" in other.json()["why"]
    gone = sent_to(client, me, form="another", base="b" * 26)
    assert gone.status_code == 410
    found = client.get("/unsent/of/", {"place": PLACE}).json()
    assert found["person"] == me
    assert found["drafts"]["finding x"]["revision"] == first.json()["revision"]
    named = client.get("/unsent/of/", {"place": "/x/", "form": "finding x"}).json()
    assert list(named["drafts"]) == ["finding x"]


def test_a_neighbour_finds_nothing_and_touches_nothing(cast: Cast) -> None:
    kept = actions.save_draft(cast.ji.act(), typed=typed(), base="")
    neighbour = cast.lu.client
    assert neighbour.get("/unsent/of/", {"place": PLACE}).json()["drafts"] == {}
    assert "提出监控意见" not in neighbour.get("/me/drafts/").content.decode()
    for does in ("discard", "restore"):
        assert neighbour.post(f"/unsent/{kept.public_id}/{does}/").status_code == 404
    own = sent_to(neighbour, cast.lu.person.public_id)
    assert own.status_code == 200
    assert visible(cast.ji.person).get().fields["text"] == ["第一稿"]
    assert Draft.objects.get(pk=kept.pk).discarded_at is None


def test_the_page_of_one_account_saves_nothing_for_another(cast: Cast) -> None:
    answer = sent_to(cast.lu.client, cast.ji.person.public_id)
    assert (answer.status_code, answer.json()["code"]) == (401, "drafts.somebody-else")
    assert not Draft.objects.exists()


def test_who_is_signed_out_is_told_so_and_not_led_away(cast: Cast) -> None:
    client = Client(headers={"X-Requested-With": "XMLHttpRequest"})
    answer = sent_to(client, cast.ji.person.public_id)
    assert answer.status_code == 401
    assert "已退出登录" in answer.content.decode()
    assert client.get("/unsent/of/").status_code == 401
    assert Client().get("/unsent/of/").status_code == 302


def test_nothing_is_saved_without_the_token_against_forgery(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = cast.ji.client.cookies
    me = cast.ji.person.public_id
    assert sent_to(strict, me).status_code == 403
    token = strict.get("/unsent/of/").json()["token"]
    strict.defaults["HTTP_X_CSRFTOKEN"] = token
    assert sent_to(strict, me).status_code == 200


def test_what_is_too_large_is_not_read(cast: Cast) -> None:
    answer = cast.ji.client.post("/unsent/save/", "x" * (2 << 20), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "drafts.too-large")


def test_my_unsent_texts_are_listed_discarded_and_taken_back(cast: Cast) -> None:
    client = cast.ji.client
    hostile = '<img src=x onerror="alert(1)">'
    actions.save_draft(cast.ji.act(), typed=typed(title=hostile), base="")
    page = client.get("/me/drafts/").content.decode()
    assert hostile not in page
    assert f'href="{PLACE}"' in page
    kept = Draft.objects.get()
    assert client.post(f"/unsent/{kept.public_id}/discard/").url == "/me/drafts/"
    page = client.get("/me/drafts/").content.decode()
    assert "最近放弃的" in page
    assert client.get("/unsent/of/", {"place": PLACE}).json()["drafts"] == {}
    script = client.post(
        f"/unsent/{kept.public_id}/restore/", headers={"X-Requested-With": "XMLHttpRequest"}
    )
    assert script.status_code == 204
    assert "最近放弃的" not in client.get("/me/drafts/").content.decode()


def test_a_discarded_text_outlasts_what_is_written_next_into_its_form(cast: Cast) -> None:
    act = cast.ji.act()
    old = actions.save_draft(act, typed=typed("放弃的"), base="")
    actions.discard_draft(act, draft=old)
    new = actions.save_draft(act, typed=typed("新"), base="")
    assert {one.fields["text"][0] for one in visible(cast.ji.person)} == {"放弃的", "新"}
    assert refusal(lambda: actions.restore_draft(act, draft=old)) == "drafts.begun-again"
    page = cast.ji.client.post(f"/unsent/{old.public_id}/restore/")
    assert (page.status_code, "已有您后来写的文字" in page.content.decode()) == (409, True)
    actions.discard_draft(act, draft=new)
    old.refresh_from_db()
    actions.restore_draft(act, draft=old)
    kept = actions.save_draft(act, typed=typed("放弃的，接着写"), base=old.revision_id)
    assert (kept.pk, Draft.objects.count()) == (old.pk, 2)


def test_of_too_many_discarded_ones_the_oldest_go_and_none_counts_as_unsent(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST", 1)
    monkeypatch.setattr(queries, "MOST", 2)
    for hour, text in enumerate(("一", "二", "三")):
        act = cast.ji.act(f"2030-04-01T0{hour}:00")
        actions.discard_draft(act, draft=actions.save_draft(act, typed=typed(text), base=""))
    assert [one.fields["text"] for one in Draft.objects.order_by("pk")] == [["二"], ["三"]]
    monkeypatch.setattr(queries, "ALTOGETHER", Draft.objects.latest("pk").size)
    assert queries.too_many_discarded(cast.ji.person) == [Draft.objects.earliest("pk").pk]


def test_half_a_character_in_a_title_is_no_failure(cast: Cast) -> None:
    client, me = cast.ji.client, cast.ji.person.public_id
    answer = sent_to(client, me, title="标\ud83d题", fields={"text": ["文\ud83d字"]})
    assert (answer.status_code, Draft.objects.get().title) == (200, "标\ufffd题")
    assert client.get("/me/drafts/").status_code == 200
    for wrong in ({"place": "/p/\ud83d/"}, {"form": "f\ud83d"}):
        assert sent_to(client, me, **wrong).status_code == 400


def test_the_list_says_the_first_words_of_each(cast: Cast) -> None:
    fields = {"kind": ["x1"], "text": ["第一句话\r\n第二句" + "字" * 60], "tick": []}
    actions.save_draft(cast.ji.act(), typed=typed(fields=fields), base="")
    assert "第一句话 第二句字" in cast.ji.client.get("/me/drafts/").content.decode()
    assert Draft.objects.get().opening.endswith("字…")
    assert rules.first_words({}) == ""
