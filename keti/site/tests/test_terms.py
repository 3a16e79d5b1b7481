"""Terms of office: they end at midnight of the programme's zone, unless somebody is renewed."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from keti.accounts.actions import open_account
from keti.accounts.models import Person
from keti.charter.rules.lint import lint
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.groups.rules import term_end
from keti.intake.actions import appoint_members, end_terms, renew_term, replace_holder
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.notify.models import Message
from keti.site import tick
from tests.cases.test_charters import text_of
from tests.cast import ZONE, local
from tests.town import Town

pytestmark = pytest.mark.django_db
HEAD = "  head: {en: Head, in: whole, min: 1, max: 1, "
TEXT = text_of("00-base").replace(HEAD, f"{HEAD}term: [P1M, P2W], renewals: 1, ")


@pytest.fixture
def town() -> Iterator[Town]:
    yield Town(TEXT)


def owed(seat: Seat) -> list[tuple[str, str, datetime]]:
    found = Obligation.objects.filter(subject_id=seat.public_id, form="appoint").order_by("pk")
    return [(one.key.rpartition("/")[2], one.state, one.due_at) for one in found]


def test_lint_has_nothing_against_it():
    assert [one.as_text("en") for one in lint(TEXT, "x")] == []


@pytest.mark.parametrize(
    ("terms", "renewed", "since", "ends"),
    [
        (["P1Y"], 0, "2023-03-02T09:00", "2024-03-02T00:00"),
        (["P1Y"], 0, "2023-03-02T00:00", "2024-03-02T00:00"),
        (["P1Y"], 0, "2023-03-01T23:59", "2024-03-01T00:00"),
        (["P2Y", "P1Y"], 3, "2024-02-29T08:00", "2025-03-01T00:00"),
        (["P2W"], 0, "2023-12-25T12:00", "2024-01-08T00:00"),
    ],
)
def test_a_term_is_whole_days_of_the_zone(terms, renewed, since, ends):
    assert term_end(terms, renewed, local(since), ZONE) == local(ends)


def test_who_takes_a_seat_holds_it_for_a_term_and_an_election_is_owed_by_its_end(town):
    seat = town.seat("head", "whole", "甲")
    assert seat.term_ends_at == local("2023-04-02T00:00")
    assert owed(seat) == [("1", "open", local("2023-04-02T00:00"))]
    duty = Obligation.objects.get(form="appoint")
    assert (duty.pool, duty.title_en) == ("managers", "Elect or appoint anew: Head, Whole")
    assert duty.opens_at is not None
    assert seat.starts_at < duty.opens_at < seat.term_ends_at
    others = Seat.objects.filter(programme=town.programme).exclude(pk=seat.pk)
    assert set(others.values_list("term_ends_at", flat=True)) == {None}


def test_nobody_renewed_the_seat_falls_vacant_at_that_instant_and_its_work_waits(town):
    seat = town.seat("head", "whole", "甲")
    paper = Obligation.objects.get(programme=town.programme, kind="paper")
    assert paper.seat == seat
    assert end_terms(local("2023-04-01T23:59")) == 0
    town.act("2023-04-02T00:00")
    tick.write()
    seat.refresh_from_db()
    paper.refresh_from_db()
    assert (seat.ends_at, paper.seat) == (local("2023-04-02T00:00"), None)
    line = Entry.objects.get(kind="groups.seat.ended")
    assert (line.subject_id, line.happened_at) == (seat.public_id, local("2023-04-02T00:00"))
    assert Message.objects.filter(kind="groups.term-over").count() == 1
    tick.write()
    assert Entry.objects.filter(kind="groups.seat.ended").count() == 1
    assert owed(seat) == [("1", "open", local("2023-04-02T00:00"))]
    place = town.place("head", "whole", person=Person.objects.create(name="丙"))
    [heir] = appoint_members(town.act("2023-04-05T10:00"), places=[place])
    paper.refresh_from_db()
    assert paper.seat == heir
    assert owed(seat) == [("1", "met", local("2023-04-02T00:00"))]
    assert heir.term_ends_at == local("2023-05-05T00:00")


def test_who_is_renewed_goes_on_where_the_term_ended_and_not_more_often_than_said(town):
    seat = town.seat("head", "whole", "甲")
    with pytest.raises(Refused, match=r"groups\.renewed-too-early"):
        renew_term(town.act("2023-03-05T09:00"), seat=seat)
    renewed = renew_term(town.act("2023-03-25T09:00"), seat=seat)
    assert (renewed.renewed, renewed.term_ends_at) == (1, local("2023-04-16T00:00"))
    assert owed(seat) == [
        ("1", "met", local("2023-04-02T00:00")), ("2", "open", local("2023-04-16T00:00")),
    ]  # fmt: skip
    assert end_terms(local("2023-04-02T00:00")) == 0
    with pytest.raises(Refused, match=r"groups\.renewed-enough"):
        renew_term(town.act("2023-04-12T09:00"), seat=renewed)
    heir = replace_holder(
        town.act("2023-04-12T09:00"), seat=renewed, reason="换届。",
        place=town.place("head", "whole", person=Person.objects.create(name="丁")),
    )  # fmt: skip
    assert owed(seat)[1][1] == "met"
    assert owed(heir) == [("1", "open", local("2023-05-12T00:00"))]


def test_the_last_of_the_secretariat_stays_until_somebody_follows():
    town = Town(TEXT.replace("  clerk: {en: Clerk,", "  clerk: {en: Clerk, term: P1M,"))
    clerk = Seat.objects.get(programme=town.programme, role__key="clerk")
    assert clerk.term_ends_at is not None
    assert end_terms(local("2023-04-20T00:00")) == 0
    clerk.refresh_from_db()
    assert clerk.ends_at is None


def test_the_page_of_the_seat_says_until_when_and_renews(town, client: Client):
    seat = town.seat("head", "whole", "甲")
    client.force_login(open_account(town.founder, password="Lamp-post-19-north"))
    url = reverse("intake:seat", args=["town", seat.public_id])
    assert "2023-04-01" in (early := client.get(url).content.decode())
    renew = reverse("intake:renew", args=["town", seat.public_id])
    assert f'action="{renew}"' not in early
    town.act("2023-03-25T09:00")
    assert f'action="{renew}"' in client.get(url).content.decode()
    sent = {"renew-key": "k1"}
    assert client.post(renew, sent).status_code == 302
    assert client.post(renew, sent).status_code == 302
    seat.refresh_from_db()
    assert (seat.renewed, seat.term_ends_at) == (1, local("2023-04-16T00:00"))
    assert Entry.objects.filter(kind="groups.term.renewed").count() == 1
