"""Silence about a finding is told; the coordinator reminds, gives it on, follows it."""

from datetime import timedelta

import pytest

from keti.charter.queries import working_day_after
from keti.duties.actions import remind_due
from keti.duties.models import Obligation
from keti.groups.actions import Place
from keti.intake.actions import appoint_members, end_membership
from keti.kernel.refusals import Refused
from keti.ledger.queries import entries
from keti.monitoring import actions
from keti.monitoring.models import Finding, Follower
from keti.monitoring.tests.test_actions import codes, duty, raised
from keti.notify.models import Message
from keti.planning.actions import propose_amendment
from keti.planning.tests.test_amending import Proposal, file
from keti.site.actions import remind
from tests.cast import Cast, Player, local

pytestmark = pytest.mark.django_db
FIXER = (
    "  watcher: {zh: 督察",
    "  fixer: {zh: 协调员, en: Coordinator, in: core, min: 0, can: [resolve, read]}\n"
    "  watcher: {zh: 督察",
)
SILENT = ("    escalate: [{after: P1D, to: watcher}]\n", "")
REASON = "组长出差，请代为答复。"


def under(cast: Cast, *changes: tuple[str, str]) -> Cast:
    """The cast under a charter changed like this; Wu coordinates where it knows that role."""
    cast.at("2030-04-02T09:00")
    proposal = Proposal(file(*changes), "补上协调员。")
    made = propose_amendment(cast.gao.act(), programme=cast.programme, proposal=proposal)
    assert made.state == "applied"
    if FIXER in changes:
        place = Place(cast.group("core"), cast.role("fixer"), person=cast.wu.person)
        [cast.wu.seat] = appoint_members(cast.qin.act(), places=[place])
    cast.at("2030-04-10T10:00")
    return cast


@pytest.fixture
def steered(cast: Cast) -> Cast:
    return under(cast, FIXER)


def told(kind: str) -> list[str]:
    found = Message.objects.filter(kind=kind).order_by("pk")
    return list(found.values_list("recipient_label", flat=True))


def silent(cast: Cast, finding: Finding, after: timedelta) -> list[str]:
    """Who is told of the silence about this answer by then."""
    due = duty(finding, "answer").due_at
    remind_due(due + after, cast.programme)
    rows = Message.objects.filter(kind="duties.escalation", subject__contains="答复监控意见")
    return sorted(rows.values_list("recipient_label", flat=True))


def test_the_coordinator_is_told_of_silence_with_whom_the_charter_names(steered: Cast) -> None:
    finding = raised(steered)
    assert duty(finding, "answer").escalate == [[86400, "watcher"], [86400, "fixer"]]
    assert silent(steered, finding, timedelta(hours=23)) == []
    both = ["吴路人（演示）", "纪监控（演示）"]
    assert silent(steered, finding, timedelta(days=1)) == both
    assert silent(steered, finding, timedelta(days=2)) == both


def test_where_the_charter_names_nobody_it_is_told_after_one_working_day(cast: Cast) -> None:
    under(cast, FIXER, SILENT)
    finding = raised(cast)
    due = duty(finding, "answer").due_at
    assert due == local("2030-04-16T00:00")
    assert working_day_after(cast.programme, due) == local("2030-04-17T00:00")
    assert silent(cast, finding, timedelta(hours=23)) == []
    assert silent(cast, finding, timedelta(days=1)) == ["吴路人（演示）"]


def test_a_working_day_waits_for_the_weekend(cast: Cast) -> None:
    friday = local("2030-04-13T00:00")
    assert working_day_after(cast.programme, friday) == local("2030-04-16T00:00")


def test_without_a_coordinator_the_secretariat_is_told(cast: Cast) -> None:
    under(cast, SILENT)
    assert silent(cast, raised(cast), timedelta(days=1)) == ["秦秘书（演示）"]


def test_an_answer_in_time_is_told_to_nobody(steered: Cast) -> None:
    finding = raised(steered)
    actions.answer_finding(steered.lu.act("2030-04-11T10:00"), finding=finding, text="已补。")
    assert silent(steered, finding, timedelta(days=3)) == []


def test_what_is_returned_escalates_again(steered: Cast) -> None:
    finding = raised(steered)
    actions.answer_finding(steered.lu.act("2030-04-11T10:00"), finding=finding, text="已补。")
    again = actions.reopen_finding(
        steered.ji.act("2030-04-12T10:00"), finding=finding, reason="还缺。"
    )
    assert silent(steered, again, timedelta(days=1)) == ["吴路人（演示）", "纪监控（演示）"]


def test_inner_words_are_escalated_to_nobody_who_may_not_see_them(cast: Cast) -> None:
    to_patron_and_captains = ("{after: P1D, to: watcher}", "{after: P1D, to: captain}")
    under(cast, to_patron_and_captains)
    assert silent(cast, raised(cast), timedelta(days=1)) == ["卢组长（演示）"]


def test_the_coordinator_reminds_of_a_finding_and_of_nothing_else(steered: Cast) -> None:
    finding = raised(steered)
    act = steered.wu.act()
    assert remind(act, obligation=duty(finding, "answer")) == 1
    assert told("site.reminder") == ["卢组长（演示）"]
    month = steered.duty("moon", "cell.red")
    assert codes(lambda: remind(act, obligation=month)) == "site.only-leads-remind"


def assigned(cast: Cast, finding: Finding, who: str = "wu", to: str = "mao") -> Finding:
    player, seat = cast.players[who], cast.players[to].seat
    assert seat is not None
    return actions.assign_finding(player.act(), finding=finding, seat=seat, reason=REASON)


def test_another_seat_of_the_group_answers_by_the_same_day(steered: Cast) -> None:
    finding = raised(steered)
    due = duty(finding, "answer").due_at
    moved = assigned(steered, finding)
    owed = duty(finding, "answer")
    assert (moved.owed_by, owed.seat, owed.due_at) == (
        steered.mao.seat, steered.mao.seat, due,
    )  # fmt: skip
    assert sorted(told("monitoring.assigned")) == ["卢组长（演示）", "毛研究员（演示）"]
    letter = Message.objects.filter(kind="monitoring.assigned").first()
    assert letter is not None
    assert REASON in letter.body
    assert "2030-04-15 周一 24:00" in letter.body
    step = moved.steps.latest("pk")
    assert (step.kind, step.text, step.by_label) == ("assigned", REASON, "吴路人（演示）")
    line = entries(steered.programme).last()
    assert line is not None
    assert line.kind == "monitoring.finding.assigned"
    assert line.content["facts"] == {
        "from": "卢组长（演示）（组长）", "to": "毛研究员（演示）（组员）", "reason": REASON,
    }  # fmt: skip
    act = steered.lu.act("2030-04-11T10:00")
    assert codes(lambda: actions.answer_finding(act, finding=moved, text="好")) == (
        "monitoring.not-yours-to-answer"
    )
    done = actions.answer_finding(steered.mao.act("2030-04-11T10:00"), finding=moved, text="已补。")
    assert done.state == "answered"


def test_given_back_again_everybody_is_told_again(steered: Cast) -> None:
    finding = raised(steered)
    for to in ("mao", "lu", "mao"):
        finding = assigned(steered, finding, to=to)
    assert told("monitoring.assigned").count("毛研究员（演示）") == 3


def test_sent_twice_it_is_done_once(steered: Cast) -> None:
    finding = raised(steered)
    act = steered.wu.act(key="k")
    for _ in range(2):
        actions.assign_finding(act, finding=finding, seat=steered.mao.seat, reason=REASON)
    assert finding.steps.count() == 2


@pytest.mark.parametrize("who", ["lu", "mao", "ji", "gao", "ren"])
def test_nobody_else_gives_it_on_or_follows(steered: Cast, who: str) -> None:
    finding = raised(steered)
    assert codes(lambda: assigned(steered, finding, who)) == "monitoring.only-the-coordinator"
    act = steered.players[who].act()
    assert codes(lambda: actions.join_finding(act, finding=finding)) == (
        "monitoring.only-the-coordinator"
    )


@pytest.mark.parametrize("to", ["he", "fang", "lu", "ji", "ren"])
def test_it_goes_to_the_accountable_group_alone(steered: Cast, to: str) -> None:
    finding = raised(steered)
    assert codes(lambda: assigned(steered, finding, to=to)) == "monitoring.not-assignable"
    assert duty(finding, "answer").seat == steered.lu.seat


def test_never_to_who_raised_it_nor_to_who_has_gone(steered: Cast) -> None:
    finding = raised(steered, who="mao")
    assert codes(lambda: assigned(steered, finding)) == "monitoring.not-assignable"
    end_membership(steered.qin.act(), seat=steered.mi.seat, reason="调离。")
    assert codes(lambda: assigned(steered, finding, to="mi")) == "monitoring.not-assignable"


def test_only_with_a_reason_and_while_it_waits_for_an_answer(steered: Cast) -> None:
    finding = raised(steered)
    act, seat = steered.wu.act(), steered.mao.seat
    assert (
        codes(lambda: actions.assign_finding(act, finding=finding, seat=seat, reason=" "))
        == "monitoring.give-a-reason"
    )
    actions.answer_finding(steered.lu.act("2030-04-11T10:00"), finding=finding, text="已补。")
    with pytest.raises(Refused) as refused:
        assigned(steered, finding)
    assert refused.value.sentence() == "此意见现为“待核实”，没有待办的答复可以改由他人办理。"


def test_who_follows_is_told_of_every_step_but_of_their_own(steered: Cast) -> None:
    finding = raised(steered)
    actions.join_finding(steered.wu.act(), finding=finding)
    finding = assigned(steered, finding)
    assert told("monitoring.followed") == []
    actions.answer_finding(steered.mao.act("2030-04-11T10:00"), finding=finding, text="已补。")
    actions.reopen_finding(steered.ji.act("2030-04-12T10:00"), finding=finding, reason="还缺。")
    actions.answer_finding(steered.mao.act("2030-04-13T10:00"), finding=finding, text="补全。")
    actions.close_finding(steered.ji.act("2030-04-14T10:00"), finding=finding, reason="好。")
    assert told("monitoring.followed") == ["吴路人（演示）"] * 4
    letters = Message.objects.filter(kind="monitoring.followed").order_by("pk")
    assert [one.body.splitlines()[0].partition("”")[2] for one in letters] == [
        "已答复，待核实。点开可看经过。",
        "已退回再改。点开可看经过。",
        "已答复，待核实。点开可看经过。",
        "已核销。点开可看经过。",
    ]


def test_leaving_and_an_ended_seat_end_it(steered: Cast) -> None:
    finding = raised(steered)
    act = steered.wu.act()
    assert codes(lambda: actions.leave_finding(act, finding=finding)) == "monitoring.not-joined"
    actions.join_finding(act, finding=finding)
    assert codes(lambda: actions.join_finding(act, finding=finding)) == "monitoring.joined-already"
    actions.leave_finding(act, finding=finding)
    assert not Follower.objects.exists()
    actions.join_finding(act, finding=finding)
    end_membership(steered.qin.act(), seat=steered.wu.seat, reason="调离。")
    actions.answer_finding(steered.lu.act("2030-04-11T10:00"), finding=finding, text="已补。")
    assert told("monitoring.followed") == []


def page(player: Player, finding: Finding) -> str:
    answer = player.client.get(finding.path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_page_offers_it_to_the_coordinator(steered: Cast) -> None:
    finding = raised(steered)
    assert "改由本组其他人答复" not in page(steered.lu, finding)
    shown = steered.wu.client.get(finding.path)
    assert "改由本组其他人答复" in shown.content.decode()
    form = shown.context["assign"]
    names = [words for _, words in form.fields["seat"].choices]
    assert [one.partition("（")[0] for one in names if one] == ["毛研究员", "米研究员"]
    sent = {"s-key": form.initial["key"], "s-seat": steered.mao.seat.public_id, "s-reason": ""}
    refused = steered.wu.client.post(f"{finding.path}assign/", sent)
    assert refused.status_code == 422
    sent["s-reason"] = REASON
    done = steered.wu.client.post(f"{finding.path}assign/", sent)
    assert (done.status_code, done.url) == (302, finding.path)
    text = page(steered.ji, finding)
    assert "改由他人答复" in text
    assert REASON in text


def test_the_page_follows_leaves_and_reminds(steered: Cast) -> None:
    finding = raised(steered)
    shown = steered.wu.client.get(finding.path)
    sent = {"key": shown.context["follow"].initial["key"]}
    assert steered.wu.client.post(f"{finding.path}join/", sent).status_code == 302
    assert Follower.objects.get().seat == steered.wu.seat
    shown = steered.wu.client.get(finding.path)
    assert "不再跟进" in shown.content.decode()
    sent = {"key": shown.context["follow"].initial["key"]}
    assert steered.wu.client.post(f"{finding.path}leave/", sent).status_code == 302
    turn = Obligation.objects.get(subject_id=finding.public_id)
    sent = {"key": shown.context["remind"].initial["key"], "next": f"{finding.path}?reminded=1"}
    done = steered.wu.client.post(f"/p/cast/desk/remind/{turn.public_id}/", sent)
    assert (done.status_code, done.url) == (302, f"{finding.path}?reminded=1")
    assert "已提醒卢组长" in steered.wu.client.get(done.url).content.decode()


def test_who_may_not_is_told_so_by_the_page_as_well(steered: Cast) -> None:
    finding = raised(steered)
    sent = {"s-key": "k", "s-seat": steered.mao.seat.public_id, "s-reason": REASON}
    answer = steered.lu.client.post(f"{finding.path}assign/", sent)
    assert answer.status_code == 422
    assert "由协调员或秘书处办理" in answer.content.decode()
    assert steered.he.client.post(f"{finding.path}assign/", sent).status_code == 404
