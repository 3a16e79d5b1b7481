"""Who stands aside reads nothing of what is judged, in no seat and by no way; nor does the unit."""

import pytest

from keti.accounts.actions import PersonFacts, enter_person
from keti.groups.actions import Place, appoint, end_seat
from keti.groups.models import Recusal, Seat
from keti.review.actions import decide, declare_conflict, open_gate
from keti.review.models import Input
from keti.review.permissions import reads_input
from keti.review.queries import bench
from keti.review.tests.bench import gate, halfway, opened, vote
from tests.cast import Player, seen_by

pytestmark = pytest.mark.django_db
SECRET = "只有评审读的一句话"


def case(cast):
    """The red cell's gate, open on a text with a secret."""
    halfway(cast, text=SECRET)
    return open_gate(cast.qin.act("2030-05-16T09:00"), gate=gate(cast))


def seated(cast, name, group, role, unit):
    """Somebody new of this unit in this seat."""
    person = enter_person(
        PersonFacts(f"{name}（演示）", mail=f"{name}@example.org", unit=unit, is_demo=True)
    )
    place = Place(group=cast.group(group), role=cast.role(role), person=person)
    seat = appoint(cast.qin.act("2030-03-02T09:00"), place=place)
    return Player(person, Seat.objects.with_names().get(pk=seat.pk), cast.moment)


def ways(on):
    """Every page of the case that shows the text or speaks of opinions."""
    pin = Input.objects.get(gate=on)
    report = pin.obligation.report
    return [
        f"{on.path}inputs/1-1/",
        report.path,
        report.versions.get().path,
        f"{report.versions.get().path}report.pdf",
    ]


def reads(player, on):
    """Through which of the ways, or through search, this player meets the secret."""
    found = [path for path in ways(on) if player.client.get(path).status_code == 200]
    hits = player.client.get("/search/", {"q": SECRET}).content.decode()
    return [*found, *(["search"] if "/reports/" in hits else [])]


def test_a_declared_conflict_closes_the_text_to_the_person_and_to_the_unit(cast):
    colleague = seated(cast, "colleague", "core", "watcher", cast.ren.person.unit)
    on = case(cast)
    cast.at("2030-05-17T10:00")
    assert reads(cast.ren, on) == [f"{on.path}inputs/1-1/"]
    assert "search" in reads(colleague, on)
    declare_conflict(cast.ren.act("2030-05-17T08:00"), gate=on, has=True, text="合作过论文。")
    assert reads(cast.ren, on) == []
    assert reads(colleague, on) == []
    assert "search" in reads(cast.ji, on)
    assert reads(cast.lu, on)[1:3] == ways(on)[1:3]


def test_the_unit_stands_aside_from_the_vote_as_well(cast):
    colleague = seated(cast, "colleague", "core", "referee", cast.ren.person.unit)
    on = opened(cast)
    declare_conflict(cast.ren.act("2030-05-17T08:00"), gate=on, has=True, text="合作过论文。")
    sitting = bench(on, cast.at("2030-05-17T09:00"))
    assert sitting.of(cast.ren.seat).aside == "review.conflict-declared"
    assert sitting.of(colleague.seat).aside == "review.conflict-unit-declared"
    assert sitting.of(cast.rong.seat).aside == ""


def test_a_seat_stands_when_the_list_of_all_says_so(cast):
    gone = seated(cast, "gone", "core", "referee", None).seat
    end_seat(cast.qin.act("2030-04-01T09:00"), seat=gone, reason="另有任用")
    gone.refresh_from_db()
    for day in ("2030-03-01T09:00", "2030-03-02T09:00", "2030-04-01T08:59", "2030-04-01T09:00"):
        at = cast.at(day)
        there = {seat.pk: seat.stands_at(at) for seat in Seat.objects.all()}
        assert {pk for pk, yes in there.items() if yes} == set(
            Seat.objects.standing(at).values_list("pk", flat=True)
        )
        assert there[gone.pk] == ("2030-03-02T09:00" <= day < "2030-04-01T09:00")


def test_opinions_and_their_lines_stay_closed_to_who_stands_aside(cast):
    colleague = seated(cast, "colleague", "core", "watcher", cast.ren.person.unit)
    on = opened(cast)
    declare_conflict(cast.ren.act("2030-05-17T08:00"), gate=on, has=True, text="合作过论文。")
    vote(cast, "rong", "approve", on, comment="论证充分。")
    vote(cast, "rui", "approve", on, comment="同意。")
    decide(cast.qin.act("2030-05-18T09:00"), gate=on, outcome="approve", reasons="材料完整。")
    cast.at("2030-05-18T10:00")
    assert "论证充分。" in cast.ji.client.get(on.path).content.decode()
    for player in (cast.ren, colleague):
        assert "论证充分。" not in player.client.get(on.path).content.decode()
    lines = colleague.client.get("/p/cast/ledger/").content.decode()
    assert "给出评审意见" not in lines
    assert "给出评审意见" in cast.ji.client.get("/p/cast/ledger/").content.decode()


def test_the_author_of_what_is_judged_keeps_reading_it(cast):
    on = case(cast)
    pin = Input.objects.select_related("gate").get(gate=on)
    Recusal.objects.create(
        programme=cast.programme,
        organisation=cast.lu.person.unit,
        subject_id=pin.owner_id,
        since=cast.moment,
    )
    assert reads_input(seen_by(cast.lu.seat), pin)
    assert reads_input(seen_by(cast.rong.seat), pin)


def test_a_group_reads_comments_in_no_order_that_names_their_authors(cast, monkeypatch):
    on = opened(cast)
    for who, text in (("ren", "第一条。"), ("rong", "第二条。"), ("rui", "第三条。")):
        vote(cast, who, "approve", on, comment=text)
    decide(cast.qin.act("2030-05-18T09:00"), gate=on, outcome="approve")
    cast.at("2030-05-18T10:00")
    orders = set()
    for key in ("a" * 50, "b" * 50, "c" * 50, "d" * 50, "e" * 50):
        monkeypatch.setattr("django.conf.settings.SECRET_KEY", key)
        text = cast.lu.client.get(on.path, HTTP_ACCEPT_LANGUAGE="zh-hans")
        cast.lu.__dict__.pop("client", None)
        shown = text.content.decode()
        orders.add(tuple(sorted(("第一条。", "第二条。", "第三条。"), key=shown.find)))
    assert len(orders) > 1
