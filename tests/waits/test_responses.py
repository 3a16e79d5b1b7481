"""What waits for an answer: whom it waits for, until when, who is told, who sees, how it ends."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keti.duties import actions
from keti.duties.enums import DutyState, Nature, Pool, Verb
from keti.duties.models import Claim, Obligation
from keti.duties.permissions import answers, owed_by_seat, visible
from keti.duties.queries import asked, owed_of
from keti.duties.tests.test_actions import stored
from keti.duties.tests.waiting import claimed, responses, waiting, waits
from keti.groups.actions import Place
from keti.groups.permissions import sight_of
from keti.intake.actions import appoint_members, end_membership
from keti.intake.tests.scene import submitted
from keti.kernel.refusals import Refused
from keti.notify.models import Message
from keti.planning.actions import propose_amendment
from keti.planning.tests.test_amending import Proposal, file
from keti.reports.actions import accept_report
from keti.reports.tests.conftest import Desk
from tests.cast import Cast, Player, local

pytestmark = pytest.mark.django_db
VOUCH, ACCEPT = "duties.vouch", "reports.accept"
MINE = "对红组的表决（演示）"


@pytest.fixture
def desk(cast: Cast) -> Desk:
    """The month's end: 28 April 2030, ten in the morning."""
    cast.at("2030-04-28T10:00")
    return Desk(cast)


def those_who(cast: Cast, duty: Obligation) -> set[str]:
    """Whom it waits for, by the predicate and by the rule over rows."""
    found = set()
    for name, one in cast.players.items():
        if one.seat is None:
            continue
        sight = sight_of(one.seat)
        said = answers(sight, duty)
        assert said == owed_of(sight).filter(pk=duty.pk).exists(), name
        if said:
            found.add(name)
    return found


def test_a_claimed_moment_waits_for_secretariat_and_monitor(cast: Cast) -> None:
    cast.at("2030-03-18T10:00")
    claim = claimed(cast)
    assert waits(cast, VOUCH) == [("1", "open", ["qin", "ji"])]
    assert waiting(cast, VOUCH).caused_by == cast.tao.seat
    actions.accept_claim(cast.ji.act(), claim=claim)
    assert waits(cast, VOUCH) == [("1", "met", [])]


def test_declining_a_claimed_moment_answers_it_as_well(cast: Cast) -> None:
    cast.at("2030-03-18T10:00")
    actions.decline_claim(cast.qin.act(), claim=claimed(cast), reason="看不清。")
    assert waits(cast, VOUCH) == [("1", "met", [])]


def test_nobody_of_the_side_that_gains_is_asked_to_vouch(cast: Cast) -> None:
    cast.at("2030-03-18T10:00")
    cast.qin.person.unit = cast.tao.person.unit
    cast.qin.person.save()
    claimed(cast)
    cast.qin.seat.refresh_from_db()
    assert those_who(cast, waiting(cast, VOUCH)) == {"ji"}


def test_each_pool_waits_for_its_own(cast: Cast, desk: Desk) -> None:
    desk.submitted()
    duty = waiting(cast, ACCEPT)
    assert those_who(cast, duty) == {"fang", "qin"}
    expected = {
        Pool.SECRETARIAT: {"qin"},
        Pool.COMMISSIONER: {"gao", "qin"},
        Pool.WATCHERS: {"ji", "qin"},
        Pool.ROLE: {"ren", "rong", "rui"},
    }
    for pool, who in expected.items():
        Obligation.objects.filter(pk=duty.pk).update(
            pool=pool, pool_group=None, role=cast.role("referee")
        )
        assert those_who(cast, waiting(cast, ACCEPT)) == who, pool


def test_for_whose_sake_it_is_asked_never_answers(cast: Cast, desk: Desk) -> None:
    desk.submitted()
    Obligation.objects.filter(kind=ACCEPT).update(caused_by=cast.fang.seat)
    duty = waiting(cast, ACCEPT)
    assert asked(duty, cast.qin.moment) == [cast.qin.seat]
    assert those_who(cast, duty) == {"qin"}


def test_who_stands_aside_is_not_asked(cast: Cast, desk: Desk) -> None:
    desk.submitted()
    duty = waiting(cast, ACCEPT)
    sight = replace(sight_of(cast.fang.seat), barred=frozenset({duty.subject_id}))
    assert not answers(sight, duty)
    assert not Obligation.objects.filter(owed_by_seat(sight), pk=duty.pk).exists()


def test_a_swapped_seat_takes_over_and_the_date_stays(cast: Cast, desk: Desk) -> None:
    desk.submitted()
    before = waiting(cast, ACCEPT)
    cast.at("2030-05-03T10:00")
    end_membership(cast.qin.act(), seat=cast.fang.seat, reason="调离。")
    place = Place(cast.group("core"), cast.role("head"), person=cast.wu.person)
    [cast.wu.seat] = appoint_members(cast.qin.act(), places=[place])
    assert waits(cast, ACCEPT) == [("1", "open", ["wu"])]
    after = waiting(cast, ACCEPT)
    assert (after.pk, after.due_at) == (before.pk, before.due_at)


def test_the_charters_term_counts_for_what_is_asked_under_it(cast: Cast, desk: Desk) -> None:
    desk.submitted()
    first = waiting(cast, ACCEPT).due_at
    sooner = ("remind: [P5D, P1D]", "remind: [P5D, P1D]\n    respond: {within: P9D, accept: P2D}")
    proposal = Proposal(file(sooner), "早些答复。")
    propose_amendment(cast.gao.act(), programme=cast.programme, proposal=proposal)
    assert waiting(cast, ACCEPT).due_at == first == local("2030-05-06T00:00")
    desk.submitted("he")
    assert responses(cast, ACCEPT).last().due_at == local("2030-05-01T00:00")
    cast.at("2030-04-29T10:00")
    claim = Claim.objects.count()
    act = replace(cast.tao.act(), happened=local("2030-03-14T17:00"))
    act = replace(act, evidence=stored(cast, act))
    duty = cast.duty("paper")
    actions.hand_in_file(act, obligation=duty, file=stored(cast, act), lines=["合作书"])
    assert Claim.objects.count() == claim + 1
    assert waiting(cast, VOUCH).due_at == local("2030-05-09T00:00")


def told(kind: str) -> set[str]:
    return set(Message.objects.filter(kind=kind).values_list("recipient_label", flat=True))


def test_everybody_of_the_pool_is_reminded_once(cast: Cast) -> None:
    cast.at("2030-03-18T10:00")
    claimed(cast)
    due = waiting(cast, VOUCH).due_at
    for _ in range(2):
        actions.remind_due(due - timedelta(hours=20), cast.programme)
    letters = Message.objects.filter(kind="duties.reminder", subject__contains="认定")
    assert {one.recipient_label for one in letters} == {"秦秘书（演示）", "纪监控（演示）"}
    assert letters.count() == 2


def test_silence_is_escalated_to_whom_the_charter_names(cast: Cast, desk: Desk) -> None:
    desk.submitted()
    duty = waiting(cast, ACCEPT)
    actions.remind_due(duty.due_at + timedelta(hours=23), cast.programme)
    assert not Message.objects.filter(kind="duties.escalation", subject__contains="接收")
    actions.remind_due(duty.due_at + timedelta(days=1), cast.programme)
    [letter] = Message.objects.filter(kind="duties.escalation", subject__contains="接收")
    assert letter.recipient_label == "纪监控（演示）"
    assert "核心组组长" in letter.body


def test_what_is_answered_is_neither_reminded_nor_escalated(cast: Cast, desk: Desk) -> None:
    report = desk.submitted().report
    due = waiting(cast, ACCEPT).due_at
    accept_report(cast.fang.act(), report=report)
    actions.remind_due(due + timedelta(days=2), cast.programme)
    assert not Message.objects.filter(subject__contains="接收红组")


def test_a_closed_one_is_not_escalated(cast: Cast) -> None:
    submitted(cast)
    duty = waiting(cast, "intake.decide")
    assert (duty.escalate, duty.is_closed) == ([], True)
    actions.remind_due(duty.due_at + timedelta(days=9), cast.programme)
    assert not Message.objects.filter(kind="duties.escalation", body__contains="申报").exists()


@pytest.fixture
def vote(cast: Cast) -> Obligation:
    """A vote that Ren owes: closed, and late."""
    cast.at("2030-05-20T10:00")
    return Obligation.objects.create(
        programme=cast.programme, key="respond.judge@x/1", kind="review.judge", form=Verb.JUDGE,
        nature=Nature.RESPONSE, title_zh=MINE, title_en="My vote (demo)",
        group=cast.group("core"), seat=cast.ren.seat, due_at=local("2030-05-19T00:00"),
        about_path="/p/cast/reviews/x/",
    )  # fmt: skip


PAGES = (
    "/p/cast/desk/",
    "/p/cast/duties/",
    "/p/cast/duties/list/",
    "/p/cast/duties/list/?whose=mine",
    "/p/cast/duties/list/?whose=others",
    "/p/cast/duties/export.csv",
    "/p/cast/",
    "/search/?q=表决",
    "/me/",
)


def text_of(player: Player, path: str) -> str:
    answer = player.client.get(path)
    got = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return got.decode()


def test_a_vote_is_known_to_its_holder_alone(cast: Cast, vote: Obligation) -> None:
    for name, player in cast.players.items():
        feed = f"/cal/{player.person.feed_token}.ics"
        seen = {path for path in (*PAGES, feed) if MINE in text_of(player, path)}
        if name != "ren":
            assert seen == set(), name
            assert player.client.get(f"/p/cast/do/{vote.public_id}/").status_code == 404
            assert player.client.get(f"/p/cast/duties/{vote.public_id}/").status_code == 404
        else:
            assert {"/p/cast/desk/", "/p/cast/duties/list/?whose=mine", feed} <= seen
            sent = player.client.get(f"/p/cast/do/{vote.public_id}/")
            assert (sent.status_code, sent.url) == (302, "/p/cast/reviews/x/")


def test_a_vote_is_in_nobody_elses_count(cast: Cast, vote: Obligation) -> None:
    def rows() -> dict[str, int]:
        seats = {name: one.seat for name, one in cast.players.items() if one.seat}
        return {
            name: visible(sight_of(seat), Obligation.objects.all()).count()
            for name, seat in seats.items()
        }

    before = rows()
    Obligation.objects.filter(pk=vote.pk).delete()
    after = rows()
    assert {name for name in before if before[name] != after[name]} == {"ren"}


def sentences(do) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        do()
    assert refused.value.code == "duties.answered-in-its-room"
    return refused.value.sentence("zh-hans"), refused.value.sentence("en")


def test_nothing_takes_the_place_of_the_answer(cast: Cast, desk: Desk) -> None:
    desk.submitted()
    duty = waiting(cast, ACCEPT)
    paper = desk.file("qin")
    for do in (
        lambda: actions.waive(cast.qin.act(), obligation=duty, reason="算了。"),
        lambda: actions.issue_link(cast.qin.act(), obligation=duty),
        lambda: actions.hand_in_file(cast.qin.act(), obligation=duty, file=paper, lines=["已收"]),
        lambda: actions.hand_in_file(cast.fang.act(), obligation=duty, file=paper, lines=["已收"]),
    ):
        zh, en = sentences(do)
        assert "须在其本身的页面办理" in zh
        assert "is done on its own page" in en
    assert waits(cast, ACCEPT) == [("1", "open", ["fang"])]


def test_following_costs_the_same_for_one_and_for_many(cast: Cast, desk: Desk) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as caught:
            actions.await_everywhere(cast.programme, cast.qin.moment)
        return len(caught)

    desk.submitted("lu")
    one = statements()
    desk.submitted("he")
    assert statements() == one


def test_ended_ones_stay_as_they_ended(cast: Cast, desk: Desk) -> None:
    report = desk.submitted().report
    accept_report(cast.fang.act(), report=report)
    actions.await_everywhere(cast.programme, cast.qin.moment)
    [duty] = responses(cast, ACCEPT)
    assert (duty.state, asked(duty, cast.qin.moment)[0].pk) == (DutyState.MET, cast.fang.seat.pk)
