"""Ways back on the pages where the mistake is seen: duties, tasks, task books, minutes."""

import pytest
from django.db import DatabaseError, transaction

from keti.consents.queries import asked_people
from keti.duties.actions import extend, hand_in_file, waive
from keti.duties.models import Filing, Withdrawal
from keti.duties.tests.test_actions import stored
from keti.groups.actions import Place, annul_seat, appoint
from keti.intake.actions import replace_holder
from keti.meetings.actions import confirm_minutes, plan_meeting, record_minutes
from keti.meetings.models import AttendanceNote
from keti.meetings.rules import MinutesFacts
from keti.release.queries.rolls import proposed
from keti.reports.tests.conftest import Desk
from keti.work.actions import (
    TaskSpec,
    accept_task_book,
    assign_task,
    draft_task_books,
    finish_task,
    issue_task_books,
)
from tests.acts.undoing import BOOK
from tests.cast import Cast, local

pytestmark = pytest.mark.django_db


def typed(prefix: str, reason: str = "弄错了。") -> dict[str, str]:
    return {f"{prefix}-key": "k", f"{prefix}-reason": reason}


def test_a_duty_is_owed_again_and_late_where_its_day_is_past(cast: Cast):
    paper, red = cast.duty("paper"), cast.duty("moon", "cell.red")
    page = f"/p/cast/duties/{paper.public_id}/"
    act = cast.tao.act()
    hand_in_file(act, obligation=paper, file=stored(cast, act), lines=["合作书"])
    assert "撤回文件" in cast.tao.client.get(page).content.decode()
    assert "撤回文件" not in cast.lu.client.get(page).content.decode()
    kept = cast.tao.client.post(f"{page}take-back/filing/", typed("filing", ""))
    assert kept.status_code == 422
    cast.at("2030-12-01T10:00")
    assert cast.tao.client.post(f"{page}take-back/filing/", typed("filing")).status_code == 302
    paper.refresh_from_db()
    assert (paper.state, paper.met_at, paper.with_id) == ("open", None, "")
    assert "逾期" in cast.qin.client.get(page).content.decode()
    assert Withdrawal.objects.get().filing == Filing.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        Withdrawal.objects.update(reason="别的")
    red_page = f"/p/cast/duties/{red.public_id}/"
    extend(cast.qin.act(), obligation=red, to=local("2031-01-05T00:00"), reason="出差。")
    sent = cast.qin.client.post(f"{red_page}take-back/extension/", typed("extension"))
    red.refresh_from_db()
    assert (sent.status_code, red.extended_to) == (302, None)
    waive(cast.qin.act(), obligation=red, reason="无事。")
    assert cast.lu.client.post(f"{red_page}take-back/waiver/", typed("waiver")).status_code == 422
    assert cast.qin.client.post(f"{red_page}take-back/waiver/", typed("waiver")).status_code == 302
    red.refresh_from_db()
    assert red.state == "open"
    again = cast.qin.client.post(
        f"{red_page}take-back/waiver/", typed("waiver") | {"waiver-key": "2"}
    )
    assert "没有免办" in again.content.decode()


def test_who_was_appointed_by_mistake_stands_in_no_roll_and_is_asked_for_nothing(cast: Cast):
    place = Place(cast.group("cell.red"), cast.role("hand"), person=cast.wu.person)
    seat = appoint(cast.qin.act(), place=place)
    asked = cast.wu.person in asked_people(cast.programme)
    assert asked
    assert seat.public_id in proposed(cast.programme, cast.moment).seats
    annul_seat(cast.qin.act(), seat=seat, reason="任错了组。")
    assert cast.wu.person not in asked_people(cast.programme)
    assert seat.public_id not in proposed(cast.programme, cast.moment).seats
    record = f"/p/cast/people/{cast.wu.person.public_id}/"
    assert "误任，已撤销" in cast.qin.client.get(record).content.decode()


def test_a_task_is_opened_again_and_goes_along_with_the_seat(cast: Cast):
    cast.at("2030-04-01T10:00")
    due, red = local("2030-05-01T18:00"), cast.group("cell.red")
    task = assign_task(cast.lu.act(), spec=TaskSpec(cast.programme, red, cast.mi.seat, "写", due))
    finish_task(cast.mi.act(), task=task, note="写完了。")
    page = f"{task.path}reopen/"
    assert cast.mao.client.post(page, typed("u")).status_code == 422
    assert cast.mi.client.post(page, typed("u")).status_code == 302
    task.refresh_from_db()
    assert (task.state, task.note, task.obligation.state) == ("open", "", "open")
    place = Place(red, cast.role("hand"), person=cast.wu.person)
    heir = replace_holder(cast.qin.act(), seat=cast.mi.seat, place=place, reason="调离。")
    task.obligation.refresh_from_db()
    assert task.obligation.seat == heir
    body = cast.wu.client.get(task.path).content.decode()
    assert "吴路人（演示）" in body
    done = cast.wu.client.post(f"{task.path}finish/", {"f-key": "f", "f-note": "接着写完。"})
    assert done.status_code == 302


def test_an_acceptance_recorded_for_the_wrong_seat_is_voided(cast: Cast):
    cast.at("2030-04-01T10:00")
    brief = cast.duty("brief", "cell.red")
    draft_task_books(cast.lu.act(), obligation=brief, content=BOOK)
    books = issue_task_books(cast.lu.act(), obligation=brief)
    for one in books:
        act = cast.qin.act(on_behalf_of=one.seat)
        accept_task_book(act, task_book=one, scan=Desk(cast).file("qin", "签收.pdf"))
    whole = cast.duty("take_on", "cell.red")
    assert whole.state == "met"
    page = f"{books[0].path}void/"
    assert "撤销签收" in cast.qin.client.get(books[0].path).content.decode()
    assert cast.lu.client.post(page, typed("u")).status_code == 422
    assert cast.qin.client.post(page, typed("u")).status_code == 302
    books[0].refresh_from_db()
    whole.refresh_from_db()
    assert (books[0].state, books[0].scan, whole.state) == ("issued", None, "open")
    book = books[1]
    with pytest.raises(DatabaseError), transaction.atomic():
        type(book).objects.filter(pk=book.pk).update(state="issued")


def test_attendance_is_corrected_beside_minutes_that_stay(cast: Cast):
    cast.at("2030-04-08T10:00")
    talk, at = cast.duty("talk", "cell.red"), local("2030-04-11T14:00")
    met = plan_meeting(cast.lu.act(), obligation=talk, starts_at=at, place="三号会议室（演示）")
    cast.at("2030-04-11T17:00")
    there = {cast.lu.seat: "present", cast.mao.seat: "absent"}
    said = MinutesFacts(body="讨论了框架。", attendance=there, resolutions=[], action_items=[])
    met = record_minutes(cast.lu.act(), meeting=met, minutes=said)
    met = confirm_minutes(cast.lu.act(), meeting=met)
    page = f"{met.path}attendance/"
    form = typed("c", "签到表上有。") | {"c-seat": cast.mao.seat.public_id, "c-kind": "present"}
    assert cast.mao.client.post(page, form).status_code == 422
    assert cast.lu.client.post(page, form).status_code == 302
    body = cast.lu.client.get(met.path).content.decode()
    assert "由“缺席”更正为“出席”" in body
    note = AttendanceNote.objects.get()
    assert met.attendance.get(seat=cast.mao.seat).kind == "absent"
    with pytest.raises(DatabaseError), transaction.atomic():
        AttendanceNote.objects.filter(pk=note.pk).update(kind="excused")
    again = cast.lu.client.post(page, form | {"c-key": "2"})
    assert "已经是这样" in again.content.decode()
