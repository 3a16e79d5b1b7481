"""The rounds of a gate: time for each, who opens the next, what is told of each."""

import pytest
from django.db.models import Q

from keti.duties.models import Obligation
from keti.duties.queries import late_at
from keti.monitoring.actions import close_finding, raise_finding
from keti.review.actions import decide, open_gate
from keti.review.tests.bench import gate, opened, refused, revised, sent_back, vote
from tests.cast import local

pytestmark = pytest.mark.django_db
DESK = "/p/cast/desk/"


def page(player, path):
    return player.client.get(path)


def late(at):
    """The keys of the decisions that count as late at this moment."""
    found = Obligation.objects.filter(late_at(local(at)), ~Q(gate=""))
    return set(found.values_list("key", flat=True))


def to_open(player):
    """What the desk says can be opened."""
    parts = page(player, DESK).context["parts"]
    lines = [line for part in parts if part.kind == "mine" for line in part.lines]
    steps = [(line.title, step.label) for line in lines for step in line.actions]
    return [one for one in steps if one[1] == "去开启"]


def test_a_gate_sent_back_is_due_when_the_charter_says_and_not_later(cast):
    duty = sent_back(cast).obligation
    assert duty.due_instant == duty.due_at == local("2030-06-01T00:00")
    assert duty.key in late("2030-06-02T09:00")
    other = gate(cast, "half@cell.blue").obligation
    assert (other.extended_to, other.key in late("2030-06-02T09:00")) == (None, True)


def test_a_second_verdict_after_the_day_counts_as_late_whoever_kept_it_waiting(cast):
    on = sent_back(cast)
    revised(cast, "2030-05-30")
    open_gate(cast.qin.act("2030-05-31T10:00"), gate=on)
    vote(cast, "ren", "approve", on, at="2030-06-02T11:00")
    vote(cast, "rong", "approve", on, at="2030-06-02T12:30")
    decide(cast.qin.act("2030-06-02T13:00"), gate=on, outcome="approve")
    on.obligation.refresh_from_db()
    assert (on.obligation.due_instant, on.obligation.state) == (local("2030-06-01T00:00"), "met")
    assert on.obligation.key in late("2030-06-02T14:00")


def test_the_secretariat_is_told_when_the_next_round_can_be_opened(cast):
    on = sent_back(cast)
    cast.at("2030-05-19T09:00")
    assert to_open(cast.qin) == []
    revised(cast, "2030-05-20")
    cast.at("2030-05-20T10:00")
    assert to_open(cast.qin) == [("开启中期评审 · 红组第 2 轮", "去开启")]
    for who in ("lu", "mao", "ji"):
        assert to_open(cast.players[who]) == []
    open_gate(cast.qin.act("2030-05-20T11:00"), gate=on)
    assert to_open(cast.qin) == []


def test_opinions_are_secret_only_in_the_round_not_decided_yet(cast):
    on = sent_back(cast)
    given = "任专家（演示）（评审人）提交意见"
    revised(cast, "2030-05-20")
    open_gate(cast.qin.act("2030-05-21T09:00"), gate=on)
    cast.at("2030-05-21T10:00")
    assert page(cast.ji, on.path).content.decode().count(given) == 1
    vote(cast, "ren", "approve", on, at="2030-05-21T11:00")
    cast.at("2030-05-21T12:00")
    assert page(cast.ji, on.path).content.decode().count(given) == 1
    vote(cast, "rong", "approve", on, at="2030-05-21T12:30")
    decide(cast.qin.act("2030-05-22T09:00"), gate=on, outcome="approve")
    cast.at("2030-05-22T10:00")
    assert page(cast.ji, on.path).content.decode().count(given) == 2
    assert page(cast.lu, on.path).content.decode().count(given) == 0


def test_the_open_round_stands_before_the_card_of_the_last(cast):
    on = sent_back(cast)
    cast.at("2030-05-19T09:00")
    text = page(cast.lu, on.path).content.decode()
    assert text.index("第 1 轮决定") < text.index("由谁决定")
    assert "此前各轮的决定" not in text
    revised(cast, "2030-05-20")
    open_gate(cast.qin.act("2030-05-21T09:00"), gate=on)
    cast.at("2030-05-21T10:00")
    text = page(cast.qin, on.path).content.decode()
    places = [
        text.index(word) for word in ("由谁决定", "此前各轮的决定", "第 1 轮决定", "经过</h2>")
    ]
    assert places == sorted(places)
    assert "2030-05-31" in text
    assert "2030-06-08" not in text


def test_who_may_send_back_too_late_for_the_day_is_told_so_before(cast):
    on = opened(cast)
    said = "期限不变，下一轮结论会记为逾期"
    for who in ("ren", "rong"):
        vote(cast, who, "approve", on)
    for at, told in (("2030-05-17T10:00", False), ("2030-05-30T10:00", True)):
        cast.at(at)
        assert (said in page(cast.qin, on.path).content.decode()) is told


def test_a_finding_that_blocks_is_shown_before_anybody_is_refused(cast):
    on = opened(cast)
    for who in ("ren", "rong"):
        vote(cast, who, "approve", on)
    cast.at("2030-05-17T09:30")
    assert "还差什么" not in page(cast.qin, on.path).content.decode()
    made = raise_finding(
        cast.ji.act("2030-05-17T10:00"), programme=cast.programme, subject=on.subject(),
        group=cast.group("cell.red"), title="来源不明", text="缺来源", severity="blocking",
    )  # fmt: skip
    cast.at("2030-05-17T11:00")
    shown = page(cast.qin, on.path)
    missing = "监控意见尚未核销：1 来源不明（纪监控（演示）（督察）提出）"
    why = "还有 1 条须先整改的监控意见未核销。核销后才能通过。"
    assert shown.context["reasons"] == [{"text": missing, "url": made.path}]
    text = shown.content.decode()
    assert f'<a href="{made.path}">{missing}</a>' in text
    assert text.index(why) < text.index("记录决定</button>")
    act = cast.qin.act("2030-05-17T11:00")
    assert refused(lambda: decide(act, gate=on, outcome="approve")).sentence() == why
    outside = page(cast.ren, on.path)
    counted = "还有 1 条须先整改的监控意见没有核销"
    assert outside.context["reasons"] == [{"text": counted, "url": ""}]
    close_finding(cast.ji.act("2030-05-17T12:00"), finding=made, reason="已补")
    cast.at("2030-05-17T13:00")
    assert page(cast.qin, on.path).context["reasons"] == []
