"""An amendment of the cast's charter: proposed, approved, in force, and what it leaves alone."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from keti.charter.actions import CharterFile
from keti.charter.queries import compiled, in_force
from keti.charter.rules import load
from keti.duties.actions import begin, extend, seat_the_duties
from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.groups.models import Group, Seat
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.notify.models import Message
from keti.planning import actions, queries
from keti.planning.actions import Proposal
from keti.planning.models import Amendment, Approval
from keti.planning.rules.applied import applied, standing
from keti.planning.rules.plan import plan
from keti.review.models import Gate
from tests.cast import Cast, local

CHARTER = Path(__file__).parents[3] / "tests" / "cast.yaml"
CLASSES = """
amendment:
  propose: [head, captain]
  classes:
    light: {touches: [obligations.*.opens, call], approve: [clerk], notice: P0D}
    plain: {touches: [calendar, obligations, deliverables], approve: [head, clerk], notice: P3D}
    heavy: {touches: [groups, roles, gates, amendment], approve: [patron, head], notice: P7D}
  never: [delete_record, findings]
"""
NOW = "2030-04-03T10:00"


def text(*changes: tuple[str, str]) -> str:
    """The cast's charter with an amendment block, and these replacements."""
    written = CHARTER.read_text() + CLASSES
    for before, after in changes:
        assert before in written, before
        written = written.replace(before, after)
    return written


EARLIER = ("BYMONTHDAY=28,29,30;BYSETPOS=-1", "BYMONTHDAY=26,27,28;BYSETPOS=-1")
GREEN = (
    "blue: {zh: 蓝组, en: Blue cell}",
    "blue: {zh: 蓝组, en: Blue cell}, green: {zh: 绿组, en: Green cell}",
)
NO_BLUE = (
    "red: {zh: 红组, en: Red cell}, blue: {zh: 蓝组, en: Blue cell}",
    "red: {zh: 红组, en: Red cell}",
)


def file(*changes: tuple[str, str]) -> CharterFile:
    return CharterFile("cast.yaml", text(*changes))


@pytest.fixture
def ruled(cast: Cast) -> Cast:
    """The cast under a charter with an amendment block: brought in by an amendment itself."""
    cast.at("2030-04-02T09:00")
    made = actions.propose_amendment(
        cast.gao.act(), programme=cast.programme, proposal=Proposal(file(), "补上调整办法。")
    )
    assert made.state == "applied"
    cast.at(NOW)
    return cast


def propose(cast: Cast, *changes: tuple[str, str], who: str = "fang", **more: object) -> Amendment:
    player = getattr(cast, who)
    return actions.propose_amendment(
        player.act(**more),
        programme=cast.programme,
        proposal=Proposal(file(*changes), "应各组要求。"),
    )


def answer(cast: Cast, who: str, amendment: Amendment, *, approve: bool = True) -> Amendment:
    player = getattr(cast, who)
    return actions.answer_amendment(
        player.act(), amendment=amendment, approve=approve, reason="" if approve else "不妥。"
    )


def test_a_charter_without_classes_is_amended_by_who_commissions(cast: Cast):
    cast.at("2030-04-02T09:00")
    made = actions.propose_amendment(
        cast.gao.act(), programme=cast.programme, proposal=Proposal(file(), "补上调整办法。")
    )
    assert (made.klass, made.approvers, made.state) == ("", ["patron"], "applied")
    assert in_force(cast.programme).number == 2
    assert [one.kind for one in Entry.objects.filter(subject_id=made.public_id)] == [
        "planning.amendment.proposed",
        "planning.amendment.applied",
    ]


def test_the_class_follows_from_what_is_touched_and_its_notice_is_kept(ruled: Cast):
    light = propose(
        ruled,
        ("form: call, by: clerk, opens: 2030-03-01", "form: call, by: clerk, opens: 2030-02-28"),
    )
    assert (light.klass, light.approvers, light.state) == ("light", ["clerk"], "proposed")
    plain = propose(ruled, EARLIER)
    assert (plain.klass, plain.touched) == ("plain", ["calendar.monthly.rrule"])
    assert plain.takes_effect_at == local("2030-04-06T10:00")
    heavy = propose(ruled, EARLIER, GREEN)
    assert (heavy.klass, heavy.number) == ("heavy", 4)
    assert heavy.takes_effect_at == local("2030-04-10T10:00")


def test_only_who_may_propose_does_and_a_stranger_cannot(ruled: Cast):
    with pytest.raises(Refused) as refused:
        propose(ruled, EARLIER, who="mao")
    assert refused.value.code == "planning.may-not-propose"
    with pytest.raises(Refused) as refused:
        propose(ruled, EARLIER, who="wu")
    assert refused.value.code == "groups.no-seat"


def test_an_amendment_waits_for_its_approvals_then_for_its_moment(ruled: Cast):
    made = propose(ruled, EARLIER)
    assert queries.missing(made) == ["clerk"]
    ruled.at("2030-04-04T09:00")
    with pytest.raises(Refused) as refused:
        actions.apply_amendment(ruled.fang.act(), amendment=made)
    assert refused.value.code == "planning.approvals-missing"
    made = answer(ruled, "qin", made)
    assert made.state == "approved"
    assert in_force(ruled.programme).number == 2
    told = Message.objects.filter(kind="planning.coming")
    assert sorted(one.recipient_label for one in told) == sorted(
        [ruled.lu.person.label, ruled.he.person.label, ruled.fang.person.label]
    )
    with pytest.raises(Refused) as refused:
        actions.apply_amendment(ruled.fang.act(), amendment=made)
    assert refused.value.code == "planning.not-yet-effective"
    ruled.at("2030-04-06T10:00")
    assert actions.apply_due(local("2030-04-06T10:00")) == 1
    assert actions.apply_due(local("2030-04-06T10:01")) == 0
    duty = ruled.duty("moon", "cell.red", "2030-04")
    assert duty.due_at == local("2030-04-27T00:00")
    assert in_force(ruled.programme).number == 3
    lines = Entry.objects.filter(kind="planning.amendment.applied", subject_id=made.public_id)
    assert [one.content["facts"]["class"] for one in lines] == ["plain"]
    assert [one[0] for one in lines[0].content["facts"]["approvals"]] == ["head", "clerk"]


def test_a_no_ends_it_with_its_reason(ruled: Cast):
    made = propose(ruled, EARLIER)
    with pytest.raises(Refused) as refused:
        actions.answer_amendment(ruled.qin.act(), amendment=made, approve=False, reason=" ")
    assert refused.value.code == "planning.give-a-reason"
    made = answer(ruled, "qin", made, approve=False)
    assert (made.state, made.settled_why) == ("refused", "不妥。")
    with pytest.raises(Refused) as refused:
        answer(ruled, "qin", made)
    assert refused.value.code == "planning.not-open"


def test_an_answer_is_for_an_asked_role_and_once(ruled: Cast):
    made = propose(ruled, EARLIER, GREEN, who="lu")
    with pytest.raises(Refused) as refused:
        answer(ruled, "qin", made)
    assert refused.value.code == "planning.not-an-approver"
    made = answer(ruled, "gao", made)
    with pytest.raises(Refused) as refused:
        answer(ruled, "gao", made)
    assert refused.value.code == "planning.already-answered"
    assert queries.missing(made) == ["head"]


def test_who_proposed_or_the_secretariat_withdraws(ruled: Cast):
    made = propose(ruled, EARLIER)
    with pytest.raises(Refused) as refused:
        actions.withdraw_amendment(ruled.lu.act(), amendment=made, reason="算了")
    assert refused.value.code == "planning.not-your-amendment"
    made = actions.withdraw_amendment(ruled.fang.act(), amendment=made, reason="另议。")
    assert (made.state, made.settled_why) == ("withdrawn", "另议。")


def test_the_same_act_twice_makes_one_amendment(ruled: Cast):
    first = propose(ruled, EARLIER, key="one")
    assert propose(ruled, EARLIER, key="one").pk == first.pk
    assert Amendment.objects.filter(programme=ruled.programme).count() == 2


def test_what_means_the_same_is_no_amendment(ruled: Cast):
    with pytest.raises(Refused) as refused:
        propose(ruled, ("tz: Asia/Shanghai", "tz: Asia/Shanghai  # 同前"))
    assert refused.value.code == "planning.nothing-to-do"


def test_what_is_never_amended_is_refused(ruled: Cast):
    with pytest.raises(Refused) as refused:
        propose(ruled, ("triage_within: P3D", "triage_within: P4D"))
    assert refused.value.code == "planning.never"


def test_a_plan_overtaken_by_another_is_refused(ruled: Cast):
    one, other = propose(ruled, EARLIER), propose(ruled, EARLIER, GREEN)
    answer(ruled, "qin", one)
    actions.apply_due(local("2030-04-06T10:00"))
    ruled.at("2030-04-07T10:00")
    with pytest.raises(Refused) as refused:
        answer(ruled, "gao", other)
    assert refused.value.code == "planning.stale"


def test_a_file_begun_on_an_earlier_version_takes_nothing_back(ruled: Cast):
    begun = in_force(ruled.programme).sha256
    answer(ruled, "qin", propose(ruled, EARLIER))
    actions.apply_due(local("2030-04-06T10:00"))
    ruled.at("2030-04-07T10:00")
    proposal = Proposal(file(GREEN), "增设一组。", begun_on=begun)
    with pytest.raises(Refused) as refused:
        actions.propose_amendment(ruled.gao.act(), programme=ruled.programme, proposal=proposal)
    assert refused.value.code == "planning.draft-overtaken"
    assert Amendment.objects.filter(programme=ruled.programme, reason="增设一组。").count() == 0


def test_a_plan_whose_duty_was_begun_meanwhile_lapses_and_nothing_changes(ruled: Cast):
    made = answer(ruled, "qin", propose(ruled, EARLIER))
    duty = ruled.duty("moon", "cell.red", "2030-04")
    begin(duty, local("2030-04-05T09:00"))
    assert actions.apply_due(local("2030-04-06T10:00")) == 1
    made.refresh_from_db()
    assert (made.state, in_force(ruled.programme).number) == ("stale", 2)
    duty.refresh_from_db()
    assert duty.due_at == local("2030-05-01T00:00")
    assert Message.objects.filter(kind="planning.ended").count() == 1


def test_a_new_group_owes_nothing_from_before(ruled: Cast):
    made = answer(ruled, "gao", propose(ruled, GREEN))
    at = made.takes_effect_at
    assert actions.apply_due(at) == 1
    owed = Obligation.objects.filter(programme=ruled.programme, group__key="cell.green")
    assert owed.count() > 5
    assert [one.key for one in owed if one.due_at <= at] == []
    assert Group.objects.get(key="cell.green").founded_at == at
    assert Gate.objects.filter(key="half@cell.green").count() == 1


def test_a_group_that_goes_takes_its_open_duties_and_seats_along(ruled: Cast):
    ruled.reseat()
    Obligation.objects.filter(due_at__lte=local("2030-04-15T00:00")).update(
        state=DutyState.MET, met_at=local("2030-04-01T09:00")
    )
    made = answer(ruled, "gao", propose(ruled, NO_BLUE))
    before = Obligation.objects.filter(group__key="cell.blue", state=DutyState.MET).count()
    assert actions.apply_due(made.takes_effect_at) == 1
    blue = Obligation.objects.filter(programme=ruled.programme, group__key="cell.blue")
    assert {one.state for one in blue} == {DutyState.MET, DutyState.CANCELLED}
    assert blue.filter(state=DutyState.MET).count() == before
    assert not Seat.objects.filter(group__key="cell.blue", ends_at=None).exists()
    assert not Gate.objects.filter(key="half@cell.blue").exists()
    told = Message.objects.filter(kind="planning.applied", recipient_id=ruled.hua.person.public_id)
    assert told.count() == 1
    back = actions.propose_amendment(
        ruled.fang.act("2030-04-12T10:00"),
        programme=ruled.programme,
        proposal=Proposal(file(), "恢复。"),
    )
    actions.answer_amendment(ruled.gao.act("2030-04-12T11:00"), amendment=back, approve=True)
    assert actions.apply_due(back.takes_effect_at) == 1
    assert not Group.objects.get(key="cell.blue").ended_at
    assert blue.get(key="moon@cell.blue/2030-05").state == DutyState.OPEN


def test_a_group_that_still_owes_something_late_cannot_go(ruled: Cast):
    with pytest.raises(Refused) as refused:
        propose(ruled, NO_BLUE)
    assert refused.value.code == "planning.blocked"


def test_an_extension_once_given_stays(ruled: Cast):
    duty = ruled.duty("moon", "cell.red", "2030-04")
    extend(ruled.qin.act(), obligation=duty, to=local("2030-05-10T00:00"), reason="出差")
    made = answer(ruled, "qin", propose(ruled, EARLIER))
    assert actions.apply_due(made.takes_effect_at) == 1
    duty.refresh_from_db()
    assert (duty.due_at, duty.due_instant) == (local("2030-04-27T00:00"), local("2030-05-10T00:00"))


def test_the_act_does_what_the_pure_twin_does(ruled: Cast):
    ruled.reseat()
    at = local("2030-04-10T10:00")
    desired, _ = load(text(EARLIER, GREEN), "cast.yaml")
    assert desired is not None
    before = queries.reality(ruled.programme, at)
    wanted = applied(before, plan(desired, before, at), desired)
    made = answer(ruled, "gao", propose(ruled, EARLIER, GREEN))
    assert actions.apply_due(at) == 1
    made.refresh_from_db()
    assert made.state == "applied"
    now = queries.reality(ruled.programme, at)
    assert standing(now) == standing(wanted)
    assert plan(desired, now, at).doing == ()


def test_what_was_proposed_never_changes(ruled: Cast):
    made = propose(ruled, EARLIER)
    for change in ({"reason": "x"}, {"klass": "light"}, {"text": "x"}, {"approvers": []}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Amendment.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.filter(pk=made.pk).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(amendment=made).update(verdict="refuse", reason="x")


def test_the_preview_says_exactly_whom_it_reaches(ruled: Cast):
    seat_the_duties(ruled.programme, local(NOW))
    found = actions.prepare(ruled.programme, file(EARLIER), local(NOW), seat=ruled.fang.seat)
    reach = {one.person.label: [change.key for change in one.changes] for one in found.affected}
    assert reach == {
        ruled.lu.person.label: [f"moon@cell.red/2030-0{month}" for month in (4, 5)],
        ruled.he.person.label: [f"moon@cell.blue/2030-0{month}" for month in (4, 5)],
        ruled.fang.person.label: [f"sum@core/2030-0{month}" for month in (4, 5)],
    }
    assert found.takes_effect_at - local(NOW) == timedelta(days=3)


def test_a_group_that_is_gone_is_still_found_by_its_key(ruled: Cast):
    Obligation.objects.filter(due_at__lte=local("2030-04-15T00:00")).update(
        state=DutyState.MET, met_at=local("2030-04-01T09:00")
    )
    made = answer(ruled, "gao", propose(ruled, NO_BLUE))
    actions.apply_due(made.takes_effect_at)
    charter = compiled(ruled.programme)
    assert "cell.blue" not in [one.key for one in charter.groups]
    assert charter.group("cell.blue").title.zh == "蓝组"


ALLOWED = (
    "    parent: core\n    founded: start\n",
    "    parent: core\n    founded: start\n    may_override: [obligations.talk.rrule]\n",
)


def own(group: str, path: str = "obligations.talk.rrule") -> tuple[str, str]:
    """This group's own way, by an override of one path."""
    name = {"red": "en: Red cell", "blue": "en: Blue cell"}[group]
    return name, f'{name}, overrides: {{{path}: "FREQ=MONTHLY;BYDAY=4TH"}}'


@pytest.fixture
def free(cast: Cast) -> Cast:
    """As `ruled`, and a group may hold its monthly meeting on another day."""
    cast.at("2030-04-02T09:00")
    actions.propose_amendment(
        cast.gao.act(), programme=cast.programme, proposal=Proposal(file(ALLOWED), "各组自定会期。")
    )
    cast.at(NOW)
    return cast


def test_a_lead_sets_what_its_group_may_set_alone_and_at_once(free: Cast):
    made = propose(free, ALLOWED, own("red"), who="lu")
    assert (made.state, made.group, made.approvers) == (
        "applied",
        free.group("cell.red"),
        ["captain"],
    )
    assert free.duty("talk", "cell.red", "2030-05").due_at == local("2030-05-24T00:00")
    assert free.duty("talk", "cell.blue", "2030-05").due_at == local("2030-05-10T00:00")


def test_what_another_group_may_set_is_not_for_this_lead(free: Cast):
    made = propose(free, ALLOWED, own("blue"), who="lu")
    assert (made.state, made.group, made.klass) == ("proposed", None, "heavy")


def test_what_a_group_may_not_set_is_an_error_of_the_file(free: Cast):
    with pytest.raises(Refused) as refused:
        propose(free, ALLOWED, own("red", "obligations.gather.rrule"), who="lu")
    assert refused.value.code == "planning.charter-has-errors"
