"""Seats held ex officio: with the office they come, pass on, change hands and end."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from keti.accounts.actions import open_account
from keti.accounts.models import Organisation, Person
from keti.charter.actions import CharterFile
from keti.charter.rules.lint import lint
from keti.charter.tests.test_one_group import PACKAGES
from keti.groups.actions import end_seat, swap_delegate
from keti.groups.models import Group, Seat
from keti.intake.actions import annul_membership, appoint_members, end_membership, replace_holder
from keti.intake.queries import shortages
from keti.kernel import clock
from keti.kernel.refusals import Refused
from keti.planning.actions import Proposal, propose_amendment
from tests.cast import local
from tests.town import Town

pytestmark = pytest.mark.django_db
BOARD = (
    "  board: {en: Board member, in: whole, min: 3, max: 3, ex_officio: [lead, head], "
    "can: [advise, read]}\n"
)
OFFICES = PACKAGES.replace("  hand: {en: Hand,", f"{BOARD}  hand: {{en: Hand,")


@pytest.fixture
def town() -> Iterator[Town]:
    yield Town(OFFICES)


def test_lint_has_nothing_against_it():
    assert [one.as_text("en") for one in lint(OFFICES, "x")] == []


def test_who_is_appointed_to_the_office_sits_and_who_follows_there_follows_here(town):
    first = town.seat("lead", "wp.w1", "甲")
    assert town.board() == ["甲"]
    assert not town.seat("hand", "task.t1", "丁").office_id
    town.seat("lead", "wp.w2", "乙")
    assert town.board() == ["甲", "乙"]
    heir = Person.objects.create(name="丙")
    replace_holder(
        town.act("2023-03-06T09:00"), seat=first, place=town.place("lead", "wp.w1", person=heir),
        reason="换届。",
    )  # fmt: skip
    assert town.board() == ["乙", "丙"]
    gone = Seat.objects.get(role__key="board", person__name="甲")
    assert (gone.starts_at, gone.ends_at) == (local("2023-03-02T09:00"), local("2023-03-06T09:00"))
    assert town.lines() == [
        ("seat.appointed", "甲（Board member）", "甲（WP lead）"),
        ("seat.appointed", "乙（Board member）", "乙（WP lead）"),
        ("seat.ended", "甲（Board member）", "甲（WP lead）"),
        ("seat.appointed", "丙（Board member）", "丙（WP lead）"),
    ]


def test_one_who_holds_two_offices_sits_once_and_as_long_as_one_of_them(town):
    lead, head = town.seat("lead", "wp.w1", "甲"), town.seat("head", "whole", "甲")
    assert town.board() == ["甲"]
    end_membership(town.act("2023-03-06T09:00"), seat=lead, reason="离任。")
    assert town.board() == ["甲"]
    assert Seat.objects.get(role__key="board", ends_at=None).office_id == head.public_id
    end_membership(town.act("2023-03-07T09:00"), seat=head, reason="离任。")
    assert town.board() == []


def test_an_office_given_by_mistake_was_no_seat_either(town):
    lead = town.seat("lead", "wp.w1", "甲")
    annul_membership(town.act("2023-03-06T09:00"), seat=lead, reason="任错了人。")
    assert Seat.objects.get(role__key="board").never_held


def test_a_unit_sends_the_same_delegate(town):
    unit = Organisation.objects.create(name_zh="某院（演示）")
    one, other = (Person.objects.create(name=name, unit=unit) for name in "甲乙")
    place = town.place("lead", "wp.w1", organisation=unit, delegate=one)
    office = appoint_members(town.act(), places=[place])[0]
    seat = Seat.objects.get(role__key="board")
    assert (seat.organisation, seat.delegate) == (unit, one)
    swap_delegate(town.act("2023-03-06T09:00"), seat=office, delegate=other)
    seat.refresh_from_db()
    assert seat.delegate == other


def test_such_a_seat_is_neither_given_nor_ended_nor_changed_by_itself(town):
    lead = town.seat("lead", "wp.w1", "甲")
    seat = Seat.objects.get(role__key="board")
    with pytest.raises(Refused, match=r"groups\.seat-by-office"):
        end_seat(town.act(), seat=seat, reason="离任。")
    with pytest.raises(Refused, match=r"groups\.seat-by-office"):
        annul_membership(town.act(), seat=seat, reason="错。")
    person = Person.objects.create(name="戊")
    place = town.place("board", "whole", person=person)
    with pytest.raises(Refused, match=r"groups\.role-by-office"):
        appoint_members(town.act(), places=[place])
    with pytest.raises(Refused, match=r"groups\.seat-by-office"):
        replace_holder(town.act(), seat=seat, place=place, reason="换。")
    assert town.board() == ["甲"]
    assert lead.ends_at is None


def test_nobody_is_waited_for_who_comes_by_office(town):
    whole = Group.objects.get(programme=town.programme, key="whole")
    missing = [one.role.en for one in shortages(whole, clock.instant())]
    assert "Board member" not in missing
    assert "Head" in missing


def test_the_page_of_the_seat_says_by_which_office_and_offers_no_change(town, client: Client):
    lead = town.seat("lead", "wp.w1", "甲")
    seat = Seat.objects.get(role__key="board")
    client.force_login(open_account(town.founder, password="Lamp-post-19-north"))
    url, its = (reverse("intake:seat", args=["town", one.public_id]) for one in (seat, lead))
    page = client.get(url).content.decode()
    assert "由“WP lead · W1”当然担任" in page
    assert its in page
    assert "办理离任" not in page
    assert url in client.get(its).content.decode()


HEADED = PACKAGES.replace("  a: {en: A council (demo), kind: authority}\n",
                         "  a: {en: A council (demo), kind: authority}\n"
                         "  b: {en: B institute (demo), kind: academic}\n"
                         ).replace("head: {en: Head,", "head: {en: Head, holder: b,")  # fmt: skip


def test_an_amendment_seats_whom_it_names_by_office_and_ends_whom_it_no_longer_does():
    town = Town(HEADED)
    seated = HEADED.replace("  hand: {en: Hand,", f"{BOARD}  hand: {{en: Hand,")
    unseated = seated.replace("ex_officio: [lead, head]", "ex_officio: [lead]")
    unseated = unseated.replace("min: 3, max: 3, ex", "min: 2, max: 3, ex")
    for text, after in ((seated, ["B institute (demo)"]), (unseated, [])):
        file = CharterFile("x.yaml", text)
        made = propose_amendment(
            town.act("2023-03-06T09:00"),
            programme=town.programme,
            proposal=Proposal(file, "调整。"),
        )
        assert made.state == "applied"
        assert town.board() == after


def test_what_a_founding_seats_by_office_stands_from_the_first_day():
    town = Town(HEADED.replace("  hand: {en: Hand,", f"{BOARD}  hand: {{en: Hand,"))
    assert town.board() == ["B institute (demo)"]
    assert town.lines() == []


@pytest.mark.parametrize(
    ("change", "number", "path"),
    [
        (("[lead, head]", "[lead, chief]"), "SHP137", "roles.board.ex_officio[1]"),
        (("[lead, head]", "[lead, board]"), "ROL232", "roles.board.ex_officio[1]"),
        (("board: {", "board: {excludes: [head], "), "ROL233", "roles.board.ex_officio[1]"),
        (("max: 3", "max: 2"), "ROL235", "roles.board.max"),
        (("min: 3, max: 3", "min: 4, max: 4"), "ROL236", "roles.board.min"),
        (("board: {", "board: {holder_kind: unit, "), "ROL234", "roles.board.ex_officio[0]"),
    ],
)
def test_what_cannot_be_is_told_at_its_place(change, number, path):
    text = OFFICES.replace(BOARD, BOARD.replace(*change))
    if number == "ROL234":
        text = text.replace("lead: {en: WP lead,", "lead: {en: WP lead, holder_kind: person,")
    assert (number, path) in {(one.number, one.path) for one in lint(text, "x")}
