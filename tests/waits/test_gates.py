"""What waits at a gate is owed: a vote by each who has one, the opening by the secretariat."""

from dataclasses import replace
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keti.accounts.actions import PersonFacts, enter_person
from keti.charter.queries import compiled
from keti.duties.actions import (
    await_everywhere,
    extend,
    hand_back,
    meet,
    remind_due,
    tell_followers,
)
from keti.duties.enums import Nature
from keti.duties.models import Obligation
from keti.duties.permissions import visible
from keti.groups.actions import Place
from keti.groups.models import Seat
from keti.groups.permissions import sight_of
from keti.intake.actions import appoint_members, end_membership
from keti.kernel.terms import term_ends
from keti.monitoring.actions import close_finding, raise_finding, reopen_finding
from keti.notify.models import Message
from keti.release.tests.ending import Walk
from keti.reports.models import Report
from keti.review.actions import decide, declare_conflict, give_opinion, open_gate
from keti.review.models import Gate
from keti.review.queries import facts
from keti.review.queries.waiting import _openable_from
from keti.review.tests.bench import (
    gate,
    halfway,
    opened,
    revised,
    scan,
    sent_back,
    vote,
)
from tests.cast import local

pytestmark = pytest.mark.django_db
TITLE = "评审中期评审 · 红组"


def rows(cast, kind):
    """(round, state, whom it waits for) of all that was ever asked, in order."""
    found = Obligation.objects.filter(programme=cast.programme, kind=f"review.{kind}")
    names = {one.seat.pk: name for name, one in cast.players.items() if one.seat}
    return [
        (one.key.split("/")[1], one.state, names.get(one.seat_id, one.pool))
        for one in found.order_by("pk")
    ]


def votes(cast):
    return rows(cast, "judge")


def openings(cast):
    """(round, state) of the openings of the red cell's gate."""
    on = gate(cast)
    found = Obligation.objects.filter(kind="review.open", subject_id=on.public_id)
    return [(one.key.rpartition("/")[2], one.state) for one in found.order_by("pk")]


def opening(cast):
    return Obligation.objects.get(kind="review.open", state="open")


def test_an_open_gate_asks_every_decider_but_who_owes_the_decision(cast):
    on = opened(cast)
    assert on.obligation.seat == cast.ren.seat
    assert votes(cast) == [("1", "open", "rong"), ("1", "open", "rui")]
    for one in Obligation.objects.filter(kind="review.judge"):
        assert (one.nature, one.form, one.title_zh) == (Nature.RESPONSE, "judge", TITLE)
        assert (one.due_at, one.pool) == (local("2030-06-01T00:00"), "")
        assert (one.words_of, one.escalate, one.remind) == (None, [], [5 * 86400, 86400])
        assert (one.subject_id, one.about_path) == (on.public_id, on.path)


def test_an_opinion_answers_ones_own_and_no_other(cast):
    vote(cast, "rong", "approve", opened(cast))
    assert votes(cast) == [("1", "met", "rong"), ("1", "open", "rui")]
    met = Obligation.objects.get(kind="review.judge", state="met")
    assert (met.met_at, met.on_behalf) == (local("2030-05-17T09:00"), False)


def test_an_opinion_on_paper_is_recorded_for_its_holder(cast):
    on = opened(cast)
    declare_conflict(cast.rong.act("2030-05-17T09:00"), gate=on, has=False)
    act = cast.qin.act("2030-05-17T10:00", on_behalf_of=cast.rong.seat)
    give_opinion(
        replace(act, evidence=scan(cast.qin, "2030-05-17T10:00")), gate=on, verdict="approve"
    )
    assert votes(cast) == [("1", "met", "rong"), ("1", "open", "rui")]
    assert Obligation.objects.get(kind="review.judge", state="met").on_behalf


def test_who_declares_a_conflict_is_asked_no_longer_and_has_not_answered(cast):
    on = opened(cast)
    declare_conflict(cast.rui.act("2030-05-17T09:00"), gate=on, has=False)
    assert votes(cast) == [("1", "open", "rong"), ("1", "open", "rui")]
    declare_conflict(cast.rui.act("2030-05-17T09:30"), gate=on, has=True, text="合作。")
    assert votes(cast) == [("1", "open", "rong"), ("1", "cancelled", "rui")]


def test_who_stands_aside_by_the_papers_is_never_asked(cast):
    cast.rui.person.unit = cast.lu.person.unit
    cast.rui.person.save()
    opened(cast)
    assert votes(cast) == [("1", "open", "rong")]


def test_the_decision_ends_what_was_not_said(cast):
    on = opened(cast)
    for who in ("ren", "rong"):
        vote(cast, who, "approve", on)
    act = cast.rui.act("2030-05-18T09:00")
    declare_conflict(act, gate=on, has=False)
    decide(act, gate=on, outcome="approve")
    assert votes(cast) == [("1", "met", "rong"), ("1", "cancelled", "rui")]


def test_the_next_round_asks_anew_within_its_own_time(cast):
    on = sent_back(cast)
    assert votes(cast) == [("1", "met", "rong"), ("1", "cancelled", "rui")]
    revised(cast, "2030-05-20")
    open_gate(cast.qin.act("2030-05-21T09:00"), gate=on)
    assert votes(cast)[2:] == [("2", "open", "rong"), ("2", "open", "rui")]
    due = Obligation.objects.filter(kind="review.judge", state="open").values_list("due", flat=True)
    assert set(due) == {local("2030-06-01T00:00")}  # the gate stays due when the charter says


def test_a_longer_decision_gives_the_votes_as_long(cast):
    on = opened(cast)
    later = local("2030-06-05T00:00")
    extend(cast.qin.act("2030-05-17T09:00"), obligation=on.obligation, to=later, reason="会期。")
    tell_followers(cast.programme, local("2030-05-17T09:00"))
    await_everywhere(cast.programme, local("2030-05-17T09:00"))
    due = Obligation.objects.filter(kind="review.judge").values_list("due_at", "due")
    assert set(due) == {(local("2030-06-01T00:00"), later)}


def test_votes_follow_the_seats(cast):
    opened(cast)
    end_membership(cast.qin.act("2030-05-17T09:00"), seat=cast.rui.seat, reason="调离。")
    assert votes(cast) == [("1", "open", "rong"), ("1", "cancelled", "rui")]
    person = enter_person(PersonFacts("闻专家（演示）", mail="wen@example.org", is_demo=True))
    act = cast.qin.act("2030-05-17T10:00")
    place = Place(cast.group("core"), cast.role("referee"), person=person)
    [new] = appoint_members(act, places=[place])
    assert [one[1] for one in votes(cast)] == ["open", "cancelled", "open"]
    assert Obligation.objects.filter(kind="review.judge", seat=new, state="open").count() == 1


def ways(cast, player, mine):
    """Everything the player is shown in which a duty could stand."""
    base = "/p/cast/"
    tails = ["", "desk/", "duties/", "duties/list/", "duties/list/?whose=others", "progress/",
             "duties/export.xlsx", "duties/export.csv", "ledger/", "ledger/ledger.jsonl",
             "mailbox/", "mailbox/?box=out", "groups/", "reviews/"]  # fmt: skip
    paths = [f"{base}{tail}" for tail in tails]
    paths += ["/me/", "/search/?q=评审中期", f"/cal/{player.person.feed_token}.ics"]
    paths += [f"{base}duties/{mine.public_id}/", f"{base}do/{mine.public_id}/"]
    return paths


def shown(player, path):
    answer = player.client.get(path, HTTP_ACCEPT_LANGUAGE="zh-hans")
    if answer.status_code == 302:
        return "redirected"
    got = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return got.decode("utf-8", "ignore").replace("\r\n ", "")


def test_a_vote_is_known_to_its_holder_alone(cast):
    on = opened(cast)
    mine = Obligation.objects.get(kind="review.judge", seat=cast.rong.seat)
    cast.at("2030-05-27T10:00")
    remind_due(local("2030-05-27T10:00"), cast.programme)
    assert Message.objects.filter(kind__startswith="duties.reminder", path=mine.path).count() == 1
    for name, player in cast.players.items():
        if name in ("rong", "rui"):
            continue
        found = [path for path in ways(cast, player, mine) if TITLE in shown(player, path)]
        assert (name, found) == (name, [])
        assert shown(player, f"/p/cast/do/{mine.public_id}/") != "redirected"
    for path in ("/p/cast/desk/", "/p/cast/mailbox/", f"/cal/{cast.rong.person.feed_token}.ics"):
        assert TITLE in shown(cast.rong, path)
    assert cast.rong.client.get(f"/p/cast/do/{mine.public_id}/").url == on.path


def test_nobody_counts_the_votes_of_others(cast):
    def seen(but):
        return {
            name: visible(sight_of(one.seat), Obligation.objects.all()).count()
            for name, one in cast.players.items()
            if one.seat and name not in but
        }

    on = opened(cast)
    before = seen(("rong",))
    vote(cast, "rong", "approve", on)
    assert seen(("rong",)) == before


@pytest.mark.parametrize(
    ("day", "since"), [("2030-05-14", "2030-05-16T00:00"), ("2030-05-20", "2030-05-20T09:20")]
)
def test_the_first_round_is_to_be_opened_once_the_input_is_in_and_its_time_has_come(
    cast, day, since
):
    assert openings(cast) == []
    halfway(cast, at=day)
    assert openings(cast) == [("1", "open")]
    duty = opening(cast)
    assert (duty.pool, duty.seat, duty.title_zh) == ("managers", None, "开启中期评审 · 红组")
    assert duty.opens_at == local("2030-05-16T00:00")
    assert duty.due_at == term_ends(local(since), timedelta(days=7), cast.programme.tz)


def test_an_input_taken_back_is_waited_for_again(cast):
    halfway(cast)
    duty = cast.duty("halfway", "cell.red")
    hand_back(duty, local("2030-05-15T09:00"))
    assert openings(cast) == [("1", "cancelled")]
    due = Obligation.objects.get(kind="review.open").due
    meet(cast.lu.act("2030-05-25T09:00"), obligation=duty, with_=duty.subject())
    assert openings(cast) == [("1", "open")]
    assert opening(cast).due > due


@pytest.mark.parametrize("who", ["qin", "ren"])
def test_opening_answers_it_whoever_may(cast, who):
    halfway(cast)
    open_gate(cast.players[who].act("2030-05-16T09:00"), gate=gate(cast))
    assert openings(cast) == [("1", "met")]


def test_a_round_sent_back_is_to_be_opened_when_its_input_is_in_again(cast):
    on = sent_back(cast)
    assert openings(cast) == [("1", "met")]
    revised(cast, "2030-05-20")
    assert openings(cast) == [("1", "met"), ("2", "open")]
    assert opening(cast).title_zh == "开启中期评审 · 红组第 2 轮"
    open_gate(cast.qin.act("2030-05-21T09:00"), gate=on)
    assert openings(cast) == [("1", "met"), ("2", "met")]


def test_a_finding_that_blocks_holds_the_opening_up_until_it_is_closed(cast):
    report = halfway(cast)
    made = raise_finding(
        cast.ji.act("2030-05-15T10:00"), programme=cast.programme, subject=report.subject(),
        group=cast.group("cell.red"), title="来源不明", text="缺来源", severity="blocking",
    )  # fmt: skip
    assert openings(cast) == [("1", "cancelled")]
    close_finding(cast.ji.act("2030-05-24T10:00"), finding=made, reason="已补")
    assert openings(cast) == [("1", "open")]
    reopen_finding(cast.ji.act("2030-05-25T10:00"), finding=made, reason="又缺")
    assert openings(cast) == [("1", "cancelled")]


def test_a_guard_that_comes_to_hold_asks_for_the_opening(cast):
    walk = Walk(cast)
    for who, at in (("lu", "09:00"), ("he", "09:30")):
        walk.report(who, "halfway", f"2030-05-14T{at}", gains="一。", snags="二。", cures="三。")
    walk.report("tao", "whole_book", "2030-05-14T10:00", frame="总论。")
    panel = walk.gate("panel@core")

    def asked():
        found = Obligation.objects.filter(kind="review.open", subject_id=panel.public_id)
        return [(one.state, one.opens_at) for one in found]

    walk.judged("half@cell.red", "2030-05-16", "ren", "rong")
    assert asked() == []
    walk.judged("half@cell.blue", "2030-05-17", "ren", "rong")
    assert asked() == [("open", local("2030-07-01T00:00"))]


def test_a_guard_that_names_a_day_asks_from_that_day_on(cast):
    on = gate(cast)
    law = compiled(cast.programme)
    spec = replace(law.gate(on.key), when="date>=merged_end or date>=term", opens_at=None)
    gates = tuple(spec if one.key == on.key else one for one in law.gates)
    vars(on)["law"] = replace(law, gates=gates)
    term = law.anchor("term").start
    assert _openable_from(on, facts(cast.programme), local("2030-03-10T09:00")) == term
    after = local("2030-04-10T09:00")
    assert _openable_from(on, facts(cast.programme), after) == after


def test_a_programme_whose_gates_wait_for_nothing_of_it_pays_little_for_what_is_met(cast):
    duty = cast.duty("moon", "cell.red")

    def cost():
        with CaptureQueriesContext(connection) as caught:
            tell_followers(cast.programme, cast.moment, duty)
        return len(caught)

    with_gates = cost()
    Gate.objects.filter(programme=cast.programme).delete()
    assert (with_gates, cost()) <= (3, 1)


def test_many_gates_cost_what_one_costs_where_none_can_be_opened(cast):
    def cost():
        with CaptureQueriesContext(connection) as caught:
            tell_followers(cast.programme, cast.moment)
        return len(caught)

    many = cost()
    Gate.objects.filter(programme=cast.programme).exclude(key="half@cell.red").delete()
    assert many == cost() <= 10


def test_reports_judged_before_are_marked_once(cast):
    on = opened(cast)
    Report.objects.update(judged_at=None)
    marking = import_module("keti.review.migrations.0004_judged_reports")
    marking.laid_before_a_gate(apps, None)
    assert Report.objects.get().judged_at == on.opened_at
    marking.laid_before_a_gate(apps, None)
    assert Report.objects.get().judged_at == on.opened_at


@pytest.mark.parametrize("seat", ["lu", "he", "ren", "gao", "qin"])
def test_the_charter_says_who_decides(cast, seat):
    law = compiled(cast.programme)
    place = Seat.objects.with_names().get(pk=cast.players[seat].seat.pk)
    decided = {one.kind for one in law.gates if law.decides(one, place.role.key, place.group.key)}
    assert decided == {"ren": {"half", "panel"}, "gao": {"setup", "end"}}.get(seat, set())


def test_a_role_of_the_gates_own_kind_decides_only_at_home(cast):
    law = compiled(cast.programme)
    spec = replace(law.gate("half@cell.red"), decides=("captain",))
    assert law.decides(spec, "captain", "cell.red")
    assert not law.decides(spec, "captain", "cell.blue")
