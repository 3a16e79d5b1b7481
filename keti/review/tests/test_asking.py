"""Decisions on request: asked for with a reason, owed from then on, any number of times."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from keti.accounts.actions import enter_organisation
from keti.accounts.models import Person
from keti.charter.queries import compiled
from keti.duties.enums import DutyState, Nature
from keti.duties.models import Obligation
from keti.ledger.queries import entries
from keti.meetings.actions import MinutesFacts, confirm_minutes, plan_meeting, record_minutes
from keti.notify.models import Message
from keti.review.actions import ask_decision, decide, declare_conflict, open_gate
from keti.review.enums import GateState
from keti.review.models import Gate, Input, Request
from keti.review.permissions import sees, visible
from keti.review.queries import of_programme
from keti.review.rules import leanings, waited_for
from keti.review.tests.bench import refused
from tests.cast import local, seen_by

pytestmark = pytest.mark.django_db
RED = "more_time@cell.red"
WHY = "田野调查因汛期推迟，请延期两周。"
AT = "2030-04-02T10:00"


def asked(cast, who="lu", at=AT, reason=WHY, **more):
    act = cast.players[who].act(at, **more)
    return ask_decision(act, programme=cast.programme, asked=RED, reason=reason)


def test_who_asks_makes_the_deciders_owe_it_and_the_request_is_frozen(cast):
    gate = asked(cast)
    assert (gate.key, gate.state, gate.round) == (f"{RED}/1", GateState.OPEN, 1)
    duty = gate.obligation
    assert (duty.nature, duty.form, duty.seat, duty.state) == (
        Nature.PROMISE, "decision", cast.gao.seat, DutyState.OPEN,
    )  # fmt: skip
    assert duty.due_at == local("2030-04-13T00:00")
    pin = Input.objects.get(gate=gate)
    assert (pin.subject_kind, pin.author, pin.sha256, str(pin.title)) == (
        "review.request", cast.lu.seat, gate.request.sha256, "延期申请",
    )  # fmt: skip
    told = entries(cast.programme).order_by("-pk")[0]
    assert (told.kind, told.subject_id) == ("review.decision.asked", gate.public_id)
    facts = told.content["facts"]
    assert (facts["reason"], facts["review_set"]) == (WHY, gate.review_set)
    assert [one.recipient_label for one in Message.objects.filter(kind="review.opened")] == [
        cast.gao.person.label
    ]


def test_a_decision_meets_the_duty_and_a_refusal_ends_nothing(cast):
    gate = asked(cast)
    act = cast.gao.act("2030-04-05T10:00")
    declare_conflict(act, gate=gate, has=False)
    decide(act, gate=gate, outcome="refuse", reasons="汛期已过。")
    gate.refresh_from_db()
    assert (gate.state, gate.outcome) == (GateState.DECIDED, "refuse")
    assert Obligation.objects.get(pk=gate.obligation_id).state == DutyState.MET
    assert cast.group("cell.red").stopped_at is None
    assert not Obligation.objects.filter(state=DutyState.CANCELLED).exclude(
        nature=Nature.RESPONSE
    ).exists()  # fmt: skip


def test_it_is_asked_for_any_number_of_times(cast):
    first, second = asked(cast), asked(cast, at="2030-04-03T10:00", reason="再请一周。")
    assert [first.key, second.key] == [f"{RED}/1", f"{RED}/2"]
    assert "第 2 次申请" in second.label
    assert second.spec == first.spec
    again = cast.lu.act("2030-04-04T10:00", key="once")
    once = ask_decision(again, programme=cast.programme, asked=RED, reason="三。")
    twice = ask_decision(again, programme=cast.programme, asked=RED, reason="三。")
    assert once == twice
    assert Request.objects.count() == 3


@pytest.mark.parametrize("who", ["mao", "he", "ji", "qin", "gao"])
def test_nobody_else_asks(cast, who):
    assert refused(lambda: asked(cast, who)).code == "review.not-yours-to-ask"
    assert Gate.objects.filter(request__isnull=False).count() == 0


def test_the_secretariat_records_it_with_the_signed_paper(cast):
    act = {"on_behalf_of": cast.lu.seat}
    assert refused(lambda: asked(cast, "qin", **act)).code == "groups.on-behalf-needs-paper"


def test_what_is_refused_says_why(cast):
    assert refused(lambda: asked(cast, reason=" ")).code == "review.say-why-you-ask"

    def run():
        return ask_decision(cast.lu.act(AT), programme=cast.programme, asked="x", reason=WHY)

    assert refused(run).code == "review.not-on-request"


def test_where_all_who_decide_are_on_the_side_of_who_asks_nobody_can(cast):
    """The request stood for ever: its only judge stood aside."""
    unit = cast.lu.person.unit or enter_organisation("甲单位（演示）", kind="enterprise")
    Person.objects.filter(pk__in=(cast.lu.person.pk, cast.gao.person.pk)).update(unit=unit)
    assert refused(lambda: asked(cast)).code == "review.nobody-free-to-decide"
    assert Gate.objects.filter(request__isnull=False).count() == 0


def test_a_request_is_never_changed(cast):
    gate = asked(cast)
    for change in (
        lambda: Request.objects.filter(gate=gate).update(reason="另一个理由。"),
        lambda: Request.objects.filter(gate=gate).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_who_decides_and_who_asked_see_it_and_the_other_group_does_not(cast):
    gate = asked(cast)
    for who, expected in (("lu", True), ("mao", True), ("gao", True), ("he", False)):
        sight = seen_by(cast.players[who].seat)
        assert sees(sight, gate) is expected
        found = visible(sight, of_programme(cast.programme)).filter(pk=gate.pk)
        assert found.exists() is expected


def test_on_request_an_end_is_what_is_voted_for(cast):
    spec = compiled(cast.programme).requests[0]
    assert leanings(spec) == {"approve": "approve", "refuse": "refuse"}


def test_a_request_before_a_meeting_is_heard_on_its_confirmed_minutes(cast):
    talk = cast.duty("talk", "cell.red")
    ask = {"programme": cast.programme, "asked": "swap@cell.red", "reason": "换一位组员。"}
    gate = ask_decision(cast.lu.act(AT), **ask)
    assert (gate.state, gate.request.inputs) == (GateState.WAITING, [talk.key])
    assert gate.obligation.due_at == max(talk.due_at, local(AT)) + timedelta(days=7)
    assert Message.objects.filter(kind="review.asked").count() == 1
    opening = Obligation.objects.filter(kind="review.open", subject_id=gate.public_id)
    assert not opening.exists()
    met = plan_meeting(
        cast.lu.act(AT), obligation=talk, starts_at=local("2030-04-11T14:00"), place="三号会议室"
    )
    said = MinutesFacts(
        body="同意换人。", attendance={cast.lu.seat: "present"}, resolutions=["同意。"],
        action_items=[],
    )  # fmt: skip
    met = record_minutes(cast.lu.act("2030-04-11T17:00"), meeting=met, minutes=said)
    early = refused(lambda: open_gate(cast.qin.act("2030-04-11T18:00"), gate=gate))
    assert (early.code, opening.exists()) == ("review.not-yet", False)
    met = confirm_minutes(cast.lu.act("2030-04-11T19:00"), meeting=met)
    assert opening.open().count() == 1
    gate = open_gate(cast.qin.act("2030-04-12T09:00"), gate=gate)
    pins = Input.objects.filter(gate=gate)
    assert [(one.subject_kind, one.sha256) for one in pins] == [
        ("review.request", gate.request.sha256), ("meetings.meeting", met.sha256),
    ]  # fmt: skip
    cast.at("2030-04-12T10:00")
    page = cast.gao.client.get(f"{gate.path}inputs/1-2/").content.decode()
    assert met.path in page


def test_of_what_comes_again_the_next_still_owed_is_waited_for():
    days = [local(f"2030-0{n}-01T00:00") for n in (4, 5, 6)]
    rows = [("talk@red/2030-04", False, days[0]), ("talk@red/2030-05", True, days[1]),
            ("talk@red/2030-06", True, days[2]), ("book@red", False, days[0])]  # fmt: skip
    assert waited_for(rows) == ("talk@red/2030-05", "book@red")
    assert waited_for(rows[:1]) == ("talk@red/2030-04",)


def test_the_page_asks_and_shows_the_request(cast):
    cast.at(AT)
    page = cast.lu.client.get("/p/cast/reviews/")
    assert "申请一项决定" in page.content.decode()
    assert "申请一项决定" not in cast.mao.client.get("/p/cast/reviews/").content.decode()
    url = "/p/cast/reviews/ask/"
    assert "没有规定您现在的身份可以申请的决定" in cast.mao.client.get(url).content.decode()
    form = cast.lu.client.get(url)
    assert "延期 · 红组" in form.content.decode()
    assert "蓝组" not in form.content.decode()
    bad = cast.lu.client.post(url, {"asked": RED, "reason": "", "key": "a"})
    assert bad.status_code == 422
    made = cast.lu.client.post(url, {"asked": RED, "reason": WHY, "key": "b"})
    gate = Gate.objects.get(request__isnull=False)
    assert (made.status_code, made.url) == (302, gate.path)
    for player in (cast.lu, cast.gao):
        shown = player.client.get(gate.path).content.decode()
        assert WHY in shown
    pin = cast.gao.client.get(f"{gate.path}inputs/1-1/")
    assert WHY in pin.content.decode()
    sent = cast.gao.client.post(
        f"{gate.path}decide/", {"d-outcome": "approve", "d-comment": "同意。", "d-clear": "on",
                                "d-key": "c"},
    )  # fmt: skip
    assert sent.status_code == 302, sent.content.decode()[-3000:]
    assert "同意" in cast.lu.client.get(gate.path).content.decode()
    assert cast.lu.client.get("/p/cast/reviews/").status_code == 200
    assert cast.gao.client.get("/p/cast/").status_code == 200
