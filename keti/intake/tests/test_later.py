"""A call closes later than it said; who waits in reserve; what is completed after the close."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from keti.duties.models import Obligation
from keti.groups.actions import end_seat
from keti.intake import actions
from keti.intake.models import Application, Call, Erratum
from keti.intake.queries import hanging
from keti.intake.tests.scene import checked, drafted, published, submitted
from keti.intake.tests.test_seats import codes
from keti.ledger.models import Entry
from keti.notify.models import Message
from tests.cast import local

pytestmark = pytest.mark.django_db
LATER, CLOSED = "2030-03-28T00:00", "2030-03-21T00:00"
KEYS = ["admit", "seat.core", "seat.cell", "seat.cell", "form_up"]
PAGE = "/p/cast/call/later/"


def postponed(cast, to=LATER, reason="临近假期。", **more) -> Erratum:
    act = cast.qin.act(**more)
    call = Call.objects.select_related("programme", "obligation").get()
    return actions.postpone_close(act, call=call, closes_at=local(to), reason=reason)


def letters(kind) -> list[Message]:
    return list(Message.objects.filter(kind=kind, recalled_at=None).order_by("pk"))


def test_the_secretariat_lets_it_close_later_and_everybody_reads_it(cast):
    published(cast)
    drafted(cast)
    moving = {one.key: one.due_instant for one in hanging(cast.programme, cast.moment)}
    assert [one.split("@")[0] for one in moving] == KEYS
    page = cast.qin.client.get(PAGE).content.decode()
    assert "随之顺延的事项" in page
    assert cast.lu.client.get(PAGE).status_code == 404
    sent = {"key": "a", "last_day": "2030-03-27", "reason": "临近假期。"}
    for _again in range(2):
        answer = cast.qin.client.post(PAGE, sent)
        assert (answer.status_code, answer.url) == (302, "/calls/cast/")
    made = Erratum.objects.get()
    assert (made.closed_at, made.closes_at) == (local(CLOSED), local(LATER))
    [line] = Entry.objects.filter(kind="intake.call.postponed")
    assert sorted(line.content["facts"]["moved"]) == sorted(moving)
    shown = cast.wu.client.get("/calls/cast/").content.decode()
    assert re.search(r"报名截止时间由 ?2030-03-20.*24:00 ?延至 ?2030-03-27.*24:00", shown)
    assert f"延期 {made.number}" in shown
    [told] = letters("intake.told-erratum")
    assert told.recipient_id == cast.wu.person.public_id
    for one in Obligation.objects.filter(programme=cast.programme, key__in=moving):
        assert one.due_instant == moving[one.key] + timedelta(days=7)
        assert one.due_at == moving[one.key]


def test_the_window_is_half_open_at_the_later_instant_too(cast):
    draft = drafted(cast)
    cast.at("2030-03-20T23:59")
    postponed(cast)
    cast.at("2030-03-27T23:59")
    sent = actions.submit_application(cast.wu.act(), application=draft)
    assert sent.window_closes == local(LATER)
    assert not sent.recorded_late
    waits = Obligation.objects.get(kind="intake.decide", subject_id=sent.public_id)
    assert waits.due_instant >= local("2030-04-01T00:00")
    other = drafted(cast, "mi")
    cast.at(LATER)
    assert codes(lambda: actions.submit_application(cast.mi.act(), application=other)) == (
        "intake.closed"
    )


def test_never_earlier_never_reopened_never_without_a_reason(cast):
    published(cast)
    assert codes(lambda: postponed(cast, to=CLOSED)) == "intake.close-only-later"
    assert codes(lambda: postponed(cast, to="2032-01-01T00:00")) == "intake.close-too-far"
    assert codes(lambda: postponed(cast, reason=" ")) == "intake.erratum-needs-a-reason"
    kept = cast.qin.client.post(
        PAGE, {"key": "b", "last_day": "2030-03-01", "reason": "临近假期。"}
    )
    assert kept.status_code == 200 or kept.status_code == 422
    assert "必须晚于现在的" in kept.content.decode()
    assert "临近假期。" in kept.content.decode()
    call = Call.objects.get()
    for wrong in ({"closes_at": local("2030-03-10T00:00")}, {"title_zh": "别的"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Call.objects.filter(pk=call.pk).update(**wrong)
    cast.at(CLOSED)
    assert codes(lambda: postponed(cast)) == "intake.closed-already"
    assert "不能再延期" in cast.qin.client.get(PAGE).content.decode()
    assert Erratum.objects.count() == 0


def test_what_is_past_or_done_does_not_move(cast):
    published(cast)
    first = hanging(cast.programme, cast.moment)[-1]
    Obligation.objects.filter(pk=first.pk).update(state="waived")
    postponed(cast)
    first.refresh_from_db()
    assert first.extended_to is None
    assert [one for one in hanging(cast.programme, first.due_at) if one.due <= first.due_at] == []


def waiting(cast) -> Application:
    sent = checked(cast, submitted(cast))
    page = f"{sent.path}decide/"
    assert cast.qin.client.post(page, {"key": "r", "do": "reserve"}).status_code == 302
    sent.refresh_from_db()
    return sent


def test_somebody_waits_in_reserve_and_takes_the_place_of_who_left(cast):
    mine = waiting(cast)
    assert (mine.state, mine.seat, mine.decided_by) == ("reserve", None, cast.qin.person.label)
    assert not Obligation.objects.filter(subject_id=mine.public_id).open().exists()
    [told] = letters("intake.told-reserve")
    assert "候补" in told.subject
    assert "列为候补" in cast.wu.client.get(mine.receipt_path).content.decode()
    listed = cast.qin.client.get("/p/cast/applications/?state=reserve").content.decode()
    assert mine.number in listed
    cast.at("2030-03-22T10:00")
    actions.close_admission(cast.qin.act(), obligation=cast.duty("admit"))
    end_seat(cast.qin.act(), seat=cast.mi.seat, reason="退出。")
    page, url = cast.qin.client.get(mine.path).content.decode(), f"{mine.path}decide/"
    assert "递补入选" in page
    assert "列为候补</button>" not in page
    again = cast.qin.client.post(url, {"key": "s", "do": "reserve"})
    assert "已经是候补" in again.content.decode()
    bare = cast.qin.client.post(url, {"key": "t", "do": "admit"})
    assert "顶替谁" in bare.content.decode()
    group = cast.group("cell.red").public_id
    done = {"key": "u", "do": "admit", "reason": "递补米研究员。", "group": group}
    assert cast.qin.client.post(url, done).status_code == 302
    mine.refresh_from_db()
    assert (mine.state, mine.reason, mine.seat.person) == (
        "admitted", "递补米研究员。", cast.wu.person,
    )  # fmt: skip
    assert len(letters("intake.told-admitted")) == 1
    [line] = Entry.objects.filter(kind="intake.application.decided")
    assert (line.content["facts"]["admitted"], line.content["facts"]["waited"]) == (True, True)
    assert Entry.objects.filter(kind="intake.application.reserved").count() == 1
    back = actions.take_back_decision(cast.qin.act(), application=mine, reason="点错了。")
    assert back.state == "submitted"


def test_the_database_keeps_who_waits_decided(cast):
    mine = waiting(cast)
    other = {"state": "withdrawn", "reason": "x"}
    for wrong in ({"state": "submitted"}, {"decided_at": None}, other):
        with pytest.raises(DatabaseError), transaction.atomic():
            Application.objects.filter(pk=mine.pk).update(**wrong)


def test_an_application_is_completed_after_the_close_where_it_was_given_the_time(cast):
    sent = submitted(cast)
    cast.at("2030-03-22T10:00")
    url = f"{sent.path}return/"
    typed = {"return-key": "k", "return-reason": "缺简历。"}
    late = cast.qin.client.post(url, typed)
    assert "可以补到哪一天" in late.content.decode()
    assert "报名已经截止" in late.content.decode()
    typed |= {"return-last_day": "2030-03-26"}
    assert cast.qin.client.post(url, typed).status_code == 302
    [told] = letters("intake.told-returned")
    assert "2030-03-26" in told.body
    draft = Application.objects.get(state="draft", applicant=cast.wu.person)
    assert draft.closes_at == local("2030-03-27T00:00")
    assert (
        codes(lambda: actions.close_admission(cast.qin.act(), obligation=cast.duty("admit")))
        == "intake.still-completing"
    )
    page = cast.wu.client.get(f"/calls/cast/apply/{draft.track}/").content.decode()
    assert "提交申报表</button>" in page
    assert "报名已截止，草稿不能再提交" not in page
    assert "2030-03-26" in page
    other = drafted(cast, "mi")
    assert codes(lambda: actions.submit_application(cast.mi.act(), application=other)) == (
        "intake.closed"
    )
    cast.at("2030-03-26T23:59")
    again = actions.submit_application(cast.wu.act(), application=draft)
    assert (again.state, again.window_closes) == ("submitted", local("2030-03-27T00:00"))
    assert not again.recorded_late
    assert not Application.objects.filter(state="draft", applicant=cast.wu.person).exists()


def test_the_time_for_completion_ends_half_open_and_the_admission_closes(cast):
    sent = submitted(cast)
    cast.at("2030-03-22T10:00")
    until = local("2030-03-25T00:00")
    actions.return_application(cast.qin.act(), application=sent, reason="缺。", until=until)
    draft = Application.objects.get(state="draft", applicant=cast.wu.person)
    cast.at("2030-03-25T00:00")
    assert codes(lambda: actions.submit_application(cast.wu.act(), application=draft)) == (
        "intake.closed"
    )
    actions.close_admission(cast.qin.act(), obligation=cast.duty("admit"))


def test_who_waits_in_reserve_leaves_the_list_by_themselves_after_the_close(cast):
    mine = waiting(cast)
    cast.at("2030-03-22T10:00")
    assert "退出候补" in cast.wu.client.get(mine.receipt_path).content.decode()
    away = f"{mine.receipt_path}withdraw/"
    assert cast.he.client.post(away, {"key": "w"}).status_code == 404
    for _ in range(2):
        assert cast.wu.client.post(away, {"key": "w"}).status_code == 302
    mine.refresh_from_db()
    assert (mine.state, mine.decided_by) == ("withdrawn", cast.qin.person.label)
    [told] = letters("intake.told-left-list")
    assert "退出候补" in told.subject
    assert "申报表已撤回" in cast.wu.client.get(mine.receipt_path).content.decode()
    [line] = Entry.objects.filter(kind="intake.application.withdrawn")
    assert line.content["facts"] == {"number": mine.number, "from": "reserve"}
