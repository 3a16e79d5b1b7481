"""A roster corrects what stands: shown row by row first, entered as it was shown, told later."""

import re

import pytest

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person, open_account
from keti.accounts.models import Person
from keti.consents.models import Consent
from keti.groups.actions import Place, appoint, end_seat
from keti.groups.models import Group, Seat
from keti.intake import actions
from keti.intake.models import RosterImport
from keti.intake.tests.sheets import kept, row
from keti.intake.tests.test_applications import refused
from keti.ledger.models import Entry
from keti.notify.models import Message


def shown(cast, *rows, **answers):
    file = kept(cast, rows)
    given = {name.removeprefix("row"): value for name, value in answers.items()}
    return actions.read_roster(cast.qin.act(), programme=cast.programme, file=file, answers=given)


def entered(cast, *rows, **answers):
    report = shown(cast, *rows, **answers)
    return actions.import_roster(
        cast.qin.act(), programme=cast.programme, file=report.file, shown=report
    )


def kinds(report) -> list[str]:
    return [line["kind"] for line in report.lines]


def changes(line) -> set[tuple[str, object, object]]:
    return {(one["column"], one["before"], one["after"]) for one in line["changes"]}


def test_what_a_later_sheet_adds_is_shown_and_corrects_the_same_person_and_seat(cast):
    entered(cast, row("戊一", "甲单位"))
    seat = Seat.objects.get(person__name="戊一")
    people = Person.objects.count()
    more = {"称谓": "教授", "顺序": "3", "手机": "13800000003", "入册同意": "是"}
    later = row("戊一", "甲单位", 邮箱="wu1@example.org", **more)
    report = shown(cast, later)
    [line] = report.lines
    assert (line["kind"], report.changed, report.seats, report.people) == ("changed", 1, 0, 0)
    assert changes(line) == {
        ("mail", "", "wu1@example.org"),
        ("mobile", "", "13800000003"),
        ("honorific", "", "教授"),
        ("order", "", 3),
        ("consent", "", "✓"),
    }
    seat.refresh_from_db()
    assert (seat.honorific, seat.person.mail) == ("", "")
    actions.import_roster(cast.qin.act(), programme=cast.programme, file=report.file, shown=report)
    seat = Seat.objects.get(pk=seat.pk)
    assert (seat.honorific, seat.order, seat.ends_at) == ("教授", 3, None)
    assert (seat.person.mail, seat.person.mobile) == ("wu1@example.org", "13800000003")
    assert Consent.objects.get().person == seat.person
    assert (Person.objects.count(), Seat.objects.filter(person__name="戊一").count()) == (people, 1)
    assert kinds(shown(cast, later)) == ["unchanged"]


def test_a_cell_that_says_it_comes_later_is_filled_by_the_later_sheet(cast):
    """And taken away by no sheet that is older."""
    first = row("戊一", "甲单位", 邮箱="先没有邮箱", 手机="后补")
    later = row("戊一", "甲单位", 邮箱="wu1@example.org", 手机="13800000003")
    assert kinds(entered(cast, first)) == ["new"]
    assert Person.objects.get(name="戊一").mail == ""
    report = entered(cast, later)
    assert changes(report.lines[0]) == {
        ("mail", "", "wu1@example.org"),
        ("mobile", "", "13800000003"),
    }
    assert kinds(shown(cast, first)) == ["unchanged"]
    assert Person.objects.get(name="戊一").mail == "wu1@example.org"


def test_two_sheets_read_before_either_is_entered(cast):
    """What the later one does has changed meanwhile: it is shown again, and then entered."""
    early = shown(cast, row("戊一", "甲单位"))
    late = shown(cast, row("戊一", "甲单位", 邮箱="wu1@example.org"))
    assert (kinds(early), kinds(late)) == (["new"], ["new"])
    actions.import_roster(cast.qin.act(), programme=cast.programme, file=early.file, shown=early)
    assert kinds(shown(cast, row("戊一", "甲单位", 邮箱="wu1@example.org"))) == ["changed"]
    assert Seat.objects.filter(person__name="戊一").count() == 1


def test_an_empty_cell_says_nothing(cast):
    entered(cast, row("戊一", "甲单位", 称谓="教授", 顺序="3", 邮箱="wu1@example.org"))
    assert kinds(shown(cast, row("戊一", "甲单位"))) == ["unchanged"]


def test_a_mistyped_address_of_the_only_one_of_the_name_in_the_seat_is_corrected(cast):
    entered(cast, row("戊一", "甲单位", 邮箱="wul@example.org"))
    report = entered(cast, row("戊一", "甲单位", 邮箱="wu1@example.org"))
    assert changes(report.lines[0]) == {("mail", "wul@example.org", "wu1@example.org")}
    assert Person.objects.get(name="戊一").mail == "wu1@example.org"


def test_two_of_one_name_and_unit_stay_two_and_are_found_again(cast):
    rows = [row("丁伟", "甲单位", 手机="13800000001"), row("丁伟", "甲单位", 手机="13900000002")]
    assert kinds(entered(cast, *rows)) == ["new", "new"]
    assert Person.objects.filter(name="丁伟").count() == 2
    assert Seat.objects.filter(person__name="丁伟").count() == 2
    assert kinds(shown(cast, *rows)) == ["unchanged", "unchanged"]
    assert kinds(shown(cast, *reversed(rows))) == ["unchanged", "unchanged"]


def test_two_rows_that_nothing_tells_apart_are_asked_about_and_the_answer_counts(cast):
    rows = [row("丁伟", "甲单位"), row("丁伟", "甲单位")]
    report = shown(cast, *rows)
    assert kinds(report) == ["new", "asked"]
    assert [one["ref"] for one in report.lines[1]["among"]] == ["row2"]
    assert kinds(shown(cast, *rows, row3="new")) == ["new", "new"]
    same = shown(cast, *rows, row3="row2")
    assert kinds(same) == ["new", "problem"]
    assert same.problems[0]["what"][0].startswith("与第2行重复")
    entered(cast, *rows, row3="new")
    assert Person.objects.filter(name="丁伟").count() == 2


def test_a_third_of_the_name_is_asked_about_not_taken_for_one_of_the_two(cast):
    two = [row("丁伟", "甲单位", 手机="13800000001"), row("丁伟", "甲单位", 手机="13900000002")]
    entered(cast, *two)
    report = shown(cast, row("丁伟", "甲单位", 手机="13700000003"))
    assert kinds(report) == ["asked"]
    assert len(report.lines[0]["among"]) == 2
    assert (report.seats, report.changed) == (0, 0)
    assert kinds(shown(cast, row("丁伟", "甲单位"))) == ["asked"]


def test_a_corrected_unit_of_who_holds_the_seat_is_asked_about(cast):
    entered(cast, row("宋峰", "甲单位"))
    person = Person.objects.get(name="宋峰")
    report = shown(cast, row("宋峰", "乙单位"))
    assert kinds(report) == ["asked"]
    report = entered(cast, row("宋峰", "乙单位"), row2=person.public_id)
    assert changes(report.lines[0]) == {("unit", "甲单位", "乙单位")}
    person.refresh_from_db()
    assert (person.unit.name_zh, Person.objects.filter(name="宋峰").count()) == ("乙单位", 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("丙　一", "甲单位"), ("丙一", "甲单位")),
        (("丙一", "中联数据（上海）"), ("丙一", "中联数据(上海)")),
        (("丙一", "中联数据【上海】"), ("丙 一", "中联数据（上海）")),
        (("阿依·买提", "甲单位"), ("阿依•买提", "甲单位")),
        (("阿依・买提", "甲　单位"), ("阿依·买提", "甲单位")),
        (("Ann Lee", "Alpha Lab"), ("ANN LEE", "ＡＬＰＨＡ lab")),
    ],
)
def test_one_name_and_unit_however_written_are_one_person(cast, one, other):
    rows = [row(*one), row(*other, 组别="蓝组")]
    assert kinds(entered(cast, *rows)) == ["new", "new"]
    held = Seat.objects.filter(person__isnull=False).order_by("-pk")[:2]
    assert len({seat.person_id for seat in held}) == 1
    assert held[0].person.unit is not None
    assert kinds(shown(cast, *rows)) == ["unchanged", "unchanged"]


def test_a_name_spread_by_blanks_is_entered_without_them_and_put_right_on_record(cast):
    entered(cast, row("丙　一", "甲单位"))
    assert Person.objects.filter(name="丙一").exists()
    unit = enter_organisation("乙单位")
    old = enter_person(PersonFacts("郑 建国", unit=unit))
    appoint(cast.qin.act(), place=Place(cast.group("cell.red"), cast.role("hand"), person=old))
    report = entered(cast, row("郑建国", "乙单位"))
    assert changes(report.lines[0]) == {("name", "郑 建国", "郑建国")}
    old.refresh_from_db()
    assert old.name == "郑建国"


def test_an_address_of_somebody_else_is_named_in_its_row(cast):
    report = entered(
        cast, row("丙", "甲单位", 邮箱="lu@example.org"), row("丁", "甲单位", 邮箱="LU@example.org")
    )
    assert kinds(report) == ["problem", "problem"]
    for line in report.lines:
        [fault] = line["problems"]
        assert fault["column"] == "mail"
        assert "卢组长（演示）" in fault["what"][0]


def test_a_bad_address_is_refused_by_row_and_the_next_row_is_entered(cast):
    bad, good = (
        row("庚一", "甲单位", 邮箱="g1@example..org"),
        row("庚二", "甲单位", 邮箱="g2@example.org"),
    )
    report = entered(cast, bad, good)
    assert kinds(report) == ["problem", "new"]
    assert not Person.objects.filter(name="庚一").exists()


def test_who_has_no_number_comes_last_then_as_entered(cast):
    rows = [
        row("己空", "甲单位"),
        row("己无", "甲单位"),
        row("己乙", "甲单位", 顺序="2"),
        row("己甲", "甲单位", 顺序="1.0"),
    ]
    entered(cast, *rows)
    seats = Seat.objects.filter(group__key="cell.red", person__name__startswith="己").with_names()
    assert [seat.person.name for seat in seats] == ["己甲", "己乙", "己空", "己无"]


def test_a_unit_gets_the_delegate_its_row_names(cast):
    role = {"组别": "蓝组"}
    entered(cast, row("", "乙公司", **role))
    seat = Seat.objects.get(organisation__name_zh="乙公司")
    assert seat.delegate is None
    report = entered(cast, row("", "乙公司", 代表人="乙代表", 邮箱="yi@example.org", **role))
    assert changes(report.lines[0]) == {("delegate", "", "乙代表")}
    seat.refresh_from_db()
    assert (seat.delegate.name, seat.delegate.mail) == ("乙代表", "yi@example.org")
    again = entered(cast, row("", "乙公司", 代表人="新代表", **role))
    assert changes(again.lines[0]) == {("delegate", "乙代表", "新代表")}
    seat.refresh_from_db()
    assert seat.delegate.name == "新代表"


def test_an_address_without_anybody_is_not_dropped(cast):
    report = shown(cast, row("", "乙公司", 组别="蓝组", 邮箱="yi@example.org"))
    assert kinds(report) == ["problem"]
    assert report.problems[0]["column"] == "delegate"


def test_the_record_of_who_signs_in_elsewhere_is_not_changed_here(cast):
    entered(cast, row("戊一", "甲单位", 邮箱="wu1@example.org"))
    open_account(Person.objects.get(name="戊一"))
    report = entered(cast, row("戊一", "甲单位", 邮箱="other@example.org"))
    assert kinds(report) == ["problem"]
    assert report.problems[0]["column"] == "mail"
    assert Person.objects.get(name="戊一").mail == "wu1@example.org"


def test_what_changed_meanwhile_is_said_and_nothing_is_entered(cast):
    report = shown(cast, row("戊一", "甲单位"), row("戊二", "甲单位"))
    before = Seat.objects.count()
    unit = enter_organisation("甲单位")
    someone = enter_person(PersonFacts("戊一", unit=unit))
    appoint(cast.qin.act(), place=Place(cast.group("cell.red"), cast.role("hand"), person=someone))
    now = actions.import_roster(
        cast.qin.act(), programme=cast.programme, file=report.file, shown=report
    )
    assert (now.state, now.stale, kinds(now)) == ("read", True, ["unchanged", "new"])
    assert Seat.objects.count() == before + 1
    done = actions.import_roster(cast.qin.act(), programme=cast.programme, file=now.file, shown=now)
    assert (done.state, done.stale, Seat.objects.count()) == ("imported", False, before + 2)


def test_roles_that_are_full_or_exclude_each_other_are_seen_before_anything_is_entered(cast):
    report = shown(
        cast,
        row("戊一", "甲单位", 职务="组长"),
        row("纪监控（演示）", "纪氏研究所（演示）", 邮箱="ji@example.org"),
        row("戊二", "甲单位", 组别="核心组", 职务="督察"),
        row("戊二", "甲单位"),
    )
    assert kinds(report) == ["problem", "problem", "new", "problem"]


def test_a_reading_is_taken_away_and_what_was_entered_stays(cast):
    report = shown(cast, row("戊一", "甲单位"))
    no = refused(lambda: actions.remove_roster(cast.lu.act(), report=report))
    assert no.code == "groups.only-the-secretariat"
    actions.remove_roster(cast.qin.act(), report=report)
    assert not RosterImport.objects.exists()
    assert Entry.objects.get(kind="intake.roster.removed").subject_id == report.public_id
    done = entered(cast, row("戊一", "甲单位"))
    no = refused(lambda: actions.remove_roster(cast.qin.act(), report=done))
    assert no.code == "intake.roster-was-entered"


def test_entering_writes_to_nobody_and_the_office_sends_the_letters(cast):
    Message.objects.all().delete()
    silent = row("戊二", "甲单位")
    entered(cast, row("戊一", "甲单位", 邮箱="wu1@example.org"), silent)
    assert not Message.objects.exists()
    told = actions.tell_seated(cast.qin.act(), programme=cast.programme)
    assert "戊一" in {seat.person.name for seat in told if seat.person}
    assert not {"戊二"} & {seat.holder.label for seat in told}
    assert Message.objects.filter(recipient_label="戊一").count() == 1
    no = refused(lambda: actions.tell_seated(cast.qin.act(), programme=cast.programme))
    assert no.code == "intake.everybody-is-told"
    no = refused(lambda: actions.tell_seated(cast.lu.act(), programme=cast.programme))
    assert no.code == "groups.only-the-secretariat"


def test_how_many_letters_were_written_is_said(cast):
    entered(cast, row("戊一", "甲单位", 邮箱="wu1@example.org"))
    page = cast.qin.client.post("/p/cast/roster/tell/", {"key": "k"}, follow=True).content.decode()
    told = re.search(r"已写好 (\d+) 封任职告知，即将发出。", page)
    assert told and int(told[1]) >= 1
    assert Message.objects.filter(recipient_label="戊一").count() == 1


def test_reading_holds_nothing(cast, django_assert_max_num_queries, monkeypatch):
    held = []
    file = kept(cast, [row(f"戊{number}", "甲单位") for number in range(300)])
    monkeypatch.setattr("keti.kernel.transactions.hold", lambda rows: held.append(rows) or rows)
    with django_assert_max_num_queries(21):
        found = actions.compare(cast.programme, file, {})
    assert (len(found.steps), held) == (300, [])


def test_who_left_is_seated_anew(cast):
    entered(cast, row("戊一", "甲单位"))
    end_seat(cast.qin.act(), seat=Seat.objects.get(person__name="戊一"), reason="调离。")
    people = Person.objects.count()
    assert kinds(entered(cast, row("戊一", "甲单位"))) == ["new"]
    assert Person.objects.count() == people
    assert Group.objects.filter(seats__person__name="戊一").exists()
