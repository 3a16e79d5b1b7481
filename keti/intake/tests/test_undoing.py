"""What was done by mistake is taken back: decisions, calls, appointments, holders."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from keti.duties.models import Obligation
from keti.groups.actions import Place
from keti.groups.models import Seat
from keti.intake import actions
from keti.intake.enums import ApplicationState
from keti.intake.models import Application, Call, Erratum, Reversal
from keti.intake.tests.scene import checked, published, submitted
from keti.intake.tests.test_seats import codes
from keti.kernel.acts import Text
from keti.ledger.actions import record
from keti.ledger.models import Entry
from keti.notify.models import Message
from tests.cast import local

HELD = "2031-01-01T00:00"


def admitted(cast, **more) -> Application:
    sent = checked(cast, submitted(cast, **more))
    return actions.decide_application(cast.qin.act(), application=sent, admit=True)


def back(cast, application, reason="点错了人。"):
    return actions.take_back_decision(cast.qin.act(), application=application, reason=reason)


def letters(kind) -> list[Message]:
    return list(Message.objects.filter(kind=kind, recalled_at=None).order_by("pk"))


def test_an_admission_is_taken_back_whole_and_decided_anew(cast):
    done = admitted(cast)
    seat = done.seat
    mine = back(cast, done)
    mine.refresh_from_db()
    assert (mine.state, mine.decided_at, mine.seat, mine.group) == ("submitted", None, None, None)
    assert Seat.objects.get(pk=seat.pk).never_held
    assert seat not in Seat.objects.held()
    [told] = letters("intake.told-taken-back")
    assert "点错了人。" in told.body
    assert letters("groups.annulled") == []
    waits = Obligation.objects.get(kind="intake.decide", subject_id=mine.public_id)
    assert waits.state == "open"
    before = Reversal.objects.get()
    assert (before.state, before.reason, before.seat) == ("admitted", "点错了人。", seat)
    again = actions.decide_application(cast.qin.act(), application=mine, admit=True)
    assert again.seat != seat
    assert len(letters("intake.told-admitted")) == 2
    assert codes(lambda: back(cast, back(cast, again))) == "intake.not-decided"


def test_before_its_letter_went_no_letter_is_written(cast):
    done = admitted(cast)
    Message.objects.update(held_until=local(HELD))
    back(cast, done)
    assert not Message.objects.filter(kind="intake.told-taken-back").exists()
    kinds = Message.objects.exclude(recalled_at=None).values_list("kind", flat=True)
    assert set(kinds) == {"intake.told-admitted", "groups.appointed"}


def test_a_seat_in_which_something_was_done_ends_and_stays_in_the_roll(cast):
    done = admitted(cast)
    seat = Seat.objects.with_names().get(pk=done.seat.pk)
    act = replace(cast.wu.act(), seat=seat)
    record(act, "work.task.finished", programme=cast.programme, about=seat.subject())
    now = cast.at("2030-03-11T10:00")
    assert codes(lambda: actions.annul_membership(cast.qin.act(), seat=seat, reason="误。")) == (
        "groups.seat-was-used"
    )
    back(cast, done)
    seat.refresh_from_db()
    assert (seat.never_held, seat.ends_at) == (False, now)
    found = Seat.objects.filter(programme=cast.programme).held()
    assert seat in found


def test_a_rejection_is_taken_back_and_frees_nothing_else(cast):
    sent = submitted(cast, track="firm", unit="花氏（演示）")
    no = actions.decide_application(cast.qin.act(), application=sent, admit=False, reason="满。")
    mine = back(cast, no)
    assert (mine.state, mine.reason) == (ApplicationState.SUBMITTED, "")


def test_the_database_lets_a_decision_be_taken_back_whole_alone(cast):
    done = admitted(cast)
    half = ({"decided_at": None}, {"state": "submitted"}, {"reason": "改"})
    whole = {"state": "submitted", "decided_at": None, "reason": "", "decided_by": ""}
    for wrong in (*half, whole, whole | {"group": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Application.objects.filter(pk=done.pk).update(**wrong)
    back(cast, done)
    with pytest.raises(DatabaseError), transaction.atomic():
        Reversal.objects.update(reason="别的")


def test_an_application_is_returned_for_completion_while_the_window_is_open(cast):
    sent = submitted(cast)
    page = f"{sent.path}return/"
    assert cast.lu.client.post(page, {"return-key": "k", "return-reason": "x"}).status_code == 404
    assert cast.qin.client.post(page, {"return-key": "k", "return-reason": ""}).status_code == 200
    typed = {"return-key": "k", "return-reason": "缺第二章。"}
    assert cast.qin.client.post(page, typed).status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.reason) == ("withdrawn", "缺第二章。")
    draft = Application.objects.get(state="draft", applicant=cast.wu.person)
    assert draft.content == sent.content
    [told] = letters("intake.told-returned")
    assert "缺第二章。" in told.body
    assert not Obligation.objects.filter(subject_id=sent.public_id).open().exists()
    again = actions.submit_application(cast.wu.act(), application=draft)
    assert again.number != sent.number
    cast.at("2030-03-22T10:00")
    late = {"application": again, "reason": "缺。"}
    assert codes(lambda: actions.return_application(cast.qin.act(), **late)) == (
        "intake.returned-too-late"
    )


def test_an_erratum_stands_beside_the_call_wherever_it_is_shown(cast):
    call = published(cast)
    sent = submitted(cast)
    page = "/p/cast/call/errata/"
    assert cast.lu.client.get(page).status_code == 404
    typed = {"key": "e", "text_zh": "第二条“九月”应为“十月”。", "text_en": "", "reason": ""}
    refused = cast.qin.client.post(page, typed)
    assert "九月" in refused.content.decode()
    assert cast.qin.client.post(page, typed | {"reason": "笔误。"}).status_code == 302
    made = Erratum.objects.get()
    assert made.number != call.number
    public = Client().get(call.path).content.decode()
    assert made.number in public
    assert "第二条“九月”应为“十月”。" in public
    assert Client().get(f"{call.path}docx/").status_code in (200, 302)
    [told] = letters("intake.told-erratum")
    assert told.recipient_id == sent.applicant.public_id
    assert Call.objects.get().body_zh == call.body_zh
    with pytest.raises(DatabaseError), transaction.atomic():
        Erratum.objects.update(text_zh="别的")
    more = {"call": call, "text": Text("", ""), "reason": "x"}
    assert codes(lambda: actions.publish_erratum(cast.qin.act(), **more)) == (
        "intake.erratum-needs-text"
    )


def test_a_mistaken_appointment_never_stood(cast):
    place = Place(cast.group("cell.red"), cast.role("hand"), person=cast.wu.person)
    [seat] = actions.appoint_members(cast.qin.act(), places=[place])
    path = f"/p/cast/roster/seats/{seat.public_id}/"
    assert "撤销误任" in cast.qin.client.get(path).content.decode()
    sent = cast.qin.client.post(f"{path}annul/", {"annul-key": "k", "annul-reason": "任错了组。"})
    assert sent.status_code == 302
    seat.refresh_from_db()
    assert seat.never_held
    assert "误任，已撤销" in cast.qin.client.get(path).content.decode()
    assert [one.recipient_id for one in letters("groups.annulled")] == [cast.wu.person.public_id]
    assert not Seat.objects.standing(seat.starts_at).filter(pk=seat.pk).exists()
    annul = {"seat": cast.qin.seat, "reason": "x"}
    assert codes(lambda: actions.annul_membership(cast.qin.act(), **annul)) == (
        "groups.seat-was-used"
    )


def test_a_holder_is_replaced_at_one_moment_and_everything_goes_along(cast):
    owed = Obligation.objects.filter(seat=cast.he.seat).open()
    keys = set(owed.values_list("key", flat=True))
    page = f"/p/cast/roster/seats/{cast.he.seat.public_id}/replace/"
    typed = {"key": "r", "unit": "", "name": "新组长（演示）", "mail": "new@example.org"}
    same = cast.qin.client.post(page, typed | {"reason": ""})
    assert "新组长（演示）" in same.content.decode()
    done = cast.qin.client.post(page, typed | {"reason": "调离。"})
    assert done.status_code == 302, done.content.decode()
    before = Seat.objects.get(pk=cast.he.seat.pk)
    heir = Seat.objects.get(person__name="新组长（演示）")
    assert (before.ends_at, heir.role, heir.group) == (heir.starts_at, before.role, before.group)
    standing = Seat.objects.standing(heir.starts_at).filter(group=heir.group, role=heir.role)
    assert [one.pk for one in standing] == [heir.pk]
    assert set(Obligation.objects.filter(seat=heir).open().values_list("key", flat=True)) >= keys
    assert [one.recipient_id for one in letters("groups.replaced")] == [cast.he.person.public_id]
    facts = Entry.objects.get(kind="intake.seat.replaced").content["facts"]
    assert facts["reason"] == "调离。"
    place = Place(heir.group, heir.role, person=heir.person)
    held = {"seat": heir, "place": place, "reason": "x"}
    assert codes(lambda: actions.replace_holder(cast.qin.act(), **held)) == (
        "intake.replaced-by-the-same"
    )


def test_the_secretariat_goes_ahead_of_what_comes_first_with_a_reason(cast):
    Obligation.objects.filter(kind="form_up").update(needs=["seat.core@core"])
    duty = cast.duty("form_up")
    page = f"/p/cast/groups/for/{duty.public_id}/"
    assert "前项未办结" in cast.qin.client.get(page).content.decode()
    refused = cast.qin.client.post(page, {"key": "a", "ahead": ""})
    assert refused.status_code == 422
    assert cast.qin.client.post(page, {"key": "b", "ahead": "名单已齐。"}).status_code == 302
    duty.refresh_from_db()
    assert duty.state == "met"
    facts = Entry.objects.get(kind="intake.group.founded").content["facts"]
    assert facts["ahead"] == "名单已齐。"
