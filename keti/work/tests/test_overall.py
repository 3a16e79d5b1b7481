"""Seats of the overall group get task books and tasks; the groups' own leads issue theirs."""

import pytest

from keti.duties.models import Obligation
from keti.work import actions
from keti.work.actions import TaskSpec
from tests.cast import local


@pytest.fixture
def duty(cast):
    cast.at("2030-04-01T10:00")
    return cast.duty("brief", "cell.red")


def test_seats_of_the_overall_group_get_theirs_and_leave_the_groups_to_their_leads(cast, duty):
    blue = cast.duty("brief", "cell.blue")
    core = {"group": cast.group("core"), "seat": cast.fang.seat}
    Obligation.objects.filter(pk=blue.pk).update(**core)
    made = actions.issue_task_books(cast.fang.act(key="core"), obligation=blue)
    served = {book.seat_id for book in made}
    assert cast.tao.seat.pk in served
    assert cast.fang.seat.pk not in served
    assert not served & {cast.mao.seat.pk, cast.mi.seat.pk}
    own = actions.issue_task_books(cast.lu.act(key="red"), obligation=duty)
    assert {book.seat_id for book in own} == {cast.mao.seat.pk, cast.mi.seat.pk}


def test_a_unit_of_the_overall_group_owes_its_acceptance_gives_it_and_gets_tasks(cast, duty):
    core = {"group": cast.group("core"), "seat": cast.fang.seat}
    Obligation.objects.filter(pk=duty.pk).update(**core)
    made = actions.issue_task_books(cast.fang.act(key="core"), obligation=duty)
    mine = next(book for book in made if book.seat_id == cast.tao.seat.pk)
    assert mine.acceptance is not None and mine.acceptance.seat_id == cast.tao.seat.pk
    assert actions.accept_task_book(cast.tao.act(), task_book=mine).state == "accepted"
    spec = TaskSpec(
        cast.programme,
        cast.group("core"),
        cast.tao.seat,
        "起草第二章",
        local("2030-04-20T18:00"),
    )
    task = actions.assign_task(cast.fang.act(), spec=spec)
    assert actions.finish_task(cast.tao.act(), task=task, note="已起草").state == "done"


def test_the_overall_groups_duty_serves_every_group_without_its_own(cast, duty):
    core = {"group": cast.group("core"), "seat": cast.fang.seat}
    Obligation.objects.filter(form="task_book").exclude(pk=duty.pk).delete()
    Obligation.objects.filter(pk=duty.pk).update(**core)
    made = actions.issue_task_books(cast.fang.act(key="all"), obligation=duty)
    served = {book.seat_id for book in made}
    cells = {cast.players[name].seat.pk for name in ("mao", "mi", "hua")}
    assert cells <= served
    assert cast.lu.seat.pk not in served
