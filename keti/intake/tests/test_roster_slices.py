"""A roster goes in a few rows at a time: broken off, met by others, tried again, it enters each row
once and as it was shown, or says why not."""

import pytest
from django.db import transaction

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person
from keti.accounts.models import Organisation, Person
from keti.groups.actions import Place, appoint, end_seat
from keti.groups.models import Seat
from keti.intake import actions
from keti.intake.actions import entering
from keti.intake.models import RosterImport
from keti.intake.tests.sheets import row
from keti.intake.tests.test_roster_upsert import kinds, shown
from keti.kernel import transactions
from keti.ledger.models import Entry


class BrokenOff(Exception):
    """The worker is gone."""


@pytest.fixture(autouse=True)
def a_row_a_slice(monkeypatch):
    monkeypatch.setattr(entering, "SLICE_SECONDS", -1.0)


def enter(cast, report, tell=None, key="enter"):
    return actions.import_roster(
        cast.qin.act(key=key), programme=cast.programme, file=report.file, shown=report, tell=tell
    )


def five(cast):
    return shown(cast, *(row(f"戊{n}", f"第{n}单位") for n in range(1, 6)))


def between(number, do):
    """Do it once, when this many rows are behind us."""
    return lambda done, of: do() if done == number else None


def test_rows_go_in_one_after_another_and_the_counts_are_of_what_is_in(cast):
    report, seen = five(cast), []

    def look(done, of):
        now = RosterImport.objects.get(pk=report.pk)
        seen.append((done, of, now.state, now.seats, now.people, now.units))

    done = enter(cast, report, look)
    assert seen == [(n, 5, "entering", n, n, n) for n in range(1, 6)]
    assert (done.state, done.seats, done.people, done.units) == ("imported", 5, 5, 5)
    assert Entry.objects.filter(kind="intake.roster.imported").count() == 1


def test_broken_off_it_goes_on_where_it_was_and_enters_nobody_twice(cast):
    report, before = five(cast), Seat.objects.count()

    def fall(done, of):
        if done == 3:
            raise BrokenOff

    with pytest.raises(BrokenOff):
        enter(cast, report, fall)
    assert (
        Seat.objects.count() - before,
        Person.objects.filter(name__startswith="戊").count(),
    ) == (3, 3)
    page = cast.qin.client.get(report.path).content.decode()
    assert "要导入的 5 行中，已导入 3 行" in page
    assert "接着导入" in page
    done = enter(cast, RosterImport.objects.get(pk=report.pk))
    assert (done.state, done.seats, done.people, done.units) == ("imported", 5, 5, 5)
    assert (Seat.objects.count() - before, done.problems) == (5, [])
    assert Organisation.objects.filter(name_zh__startswith="第").count() == 5


def test_a_seat_that_ended_before_it_goes_on_is_counted_once(cast):
    report = five(cast)
    with pytest.raises(BrokenOff):
        enter(cast, report, between(1, lambda: (_ for _ in ()).throw(BrokenOff())))
    end_seat(cast.qin.act(), seat=Seat.objects.get(person__name="戊1"), reason="调离。")
    done = enter(cast, RosterImport.objects.get(pk=report.pk))
    assert (done.seats, Seat.objects.filter(person__name__startswith="戊").count()) == (5, 5)


def test_what_is_being_entered_is_not_taken_away(cast):
    report = five(cast)
    with pytest.raises(BrokenOff):
        enter(cast, report, between(1, lambda: (_ for _ in ()).throw(BrokenOff())))
    with pytest.raises(entering.Refused) as no:
        actions.remove_roster(cast.qin.act(), report=report)
    assert no.value.code == "intake.roster-was-entered"


def test_two_whom_only_their_numbers_tell_apart_stay_two_over_slices_and_a_break(cast):
    rows = [
        row("丁伟", "甲单位", 手机="13800000001"),
        row("丁伟", "甲单位", 手机="13900000002"),
        row("丁伟", "甲单位", 手机="13900000002", 组别="蓝组"),
    ]
    report = shown(cast, *rows)
    assert kinds(report) == ["new", "new", "new"]
    with pytest.raises(BrokenOff):
        enter(cast, report, between(1, lambda: (_ for _ in ()).throw(BrokenOff())))
    done = enter(cast, RosterImport.objects.get(pk=report.pk))
    assert (done.seats, done.people, done.units, done.problems) == (3, 2, 1, [])
    assert Person.objects.filter(name="丁伟").count() == 2


def test_who_was_seated_meanwhile_by_others_is_not_seated_twice(cast):
    def other():
        someone = enter_person(PersonFacts("戊4", unit=enter_organisation("第4单位")))
        place = Place(cast.group("cell.red"), cast.role("hand"), person=someone)
        appoint(cast.qin.act(), place=place)

    done = enter(cast, five(cast), between(2, other))
    assert (done.state, done.seats, done.people, done.problems) == ("imported", 4, 4, [])
    assert Seat.objects.filter(person__name="戊4").count() == 1


def test_a_row_that_would_now_do_something_else_is_set_aside_and_says_so(cast):
    report = shown(cast, row("己1", "第1单位"), row("己5", "第5单位"))

    def twice():
        for mail in ("a@example.org", "b@example.org"):
            unit = enter_organisation("第5单位")
            Person.objects.create(name="己5", unit=unit, mail=mail)

    done = enter(cast, report, between(1, twice))
    assert (done.state, kinds(done), done.seats) == ("imported", ["new", "problem"], 1)
    [problem] = done.problems
    assert (problem["row"], problem["what"][0]) == (
        3,
        "核对之后，这一行涉及的人员或职务有了变化，没有导入。",
    )
    assert not Seat.objects.filter(person__name="己5").exists()


def test_what_somebody_corrected_meanwhile_is_not_written_over(cast):
    rows = [row("戊1", "第1单位"), row("戊2", "第2单位")]
    enter(cast, shown(cast, *rows))
    person = Person.objects.get(name="戊2")
    report = shown(
        cast, row("戊1", "第1单位", 称谓="教授"), row("戊2", "第2单位", 邮箱="w2@example.org")
    )
    assert kinds(report) == ["changed", "changed"]

    def other():
        Person.objects.filter(pk=person.pk).update(mail="b@example.org", mail_key="b@example.org")

    done = enter(cast, report, between(1, other), key="again")
    person.refresh_from_db()
    assert (person.mail, kinds(done), done.changed) == ("b@example.org", ["changed", "problem"], 1)


def test_a_seat_that_ended_meanwhile_is_not_restyled_nor_filled_anew(cast):
    enter(cast, shown(cast, row("戊1", "第1单位"), row("戊2", "第2单位")))
    seat = Seat.objects.get(person__name="戊2")
    report = shown(cast, row("戊1", "第1单位", 称谓="教授"), row("戊2", "第2单位", 称谓="教授"))
    done = enter(
        cast,
        report,
        between(1, lambda: end_seat(cast.qin.act(), seat=seat, reason="另有任务")),
        key="again",
    )
    assert (kinds(done), done.changed, done.seats) == (["changed", "problem"], 1, 0)
    assert Seat.objects.filter(person__name="戊2", ends_at=None).count() == 0


def test_a_slice_that_is_tried_again_counts_once(cast, monkeypatch):
    run = transactions.run

    def twice(do):
        with transaction.atomic():
            do()
            transaction.set_rollback(True)
        return run(do)

    report = five(cast)
    monkeypatch.setattr(entering.transactions, "run", twice)
    done = enter(cast, report)
    assert (done.state, done.seats, done.people, done.units) == ("imported", 5, 5, 5)
    assert Person.objects.filter(name__startswith="戊").count() == 5


def test_who_loses_the_right_meanwhile_enters_no_further_row(cast):
    report, before = five(cast), Seat.objects.count()

    def lose():
        Seat.objects.filter(pk=cast.qin.seat.pk).update(ends_at=cast.moment)

    with pytest.raises(entering.Refused):
        enter(cast, report, between(2, lose))
    assert Seat.objects.count() - before == 2
    assert RosterImport.objects.get(pk=report.pk).state == "entering"
