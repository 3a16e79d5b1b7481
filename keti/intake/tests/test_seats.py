"""When a seat changes hands, what is owed about findings goes with it."""

import pytest

from keti.duties.models import Obligation
from keti.groups.actions import Place
from keti.intake.actions import (
    appoint_members,
    close_admission,
    confirm_appointments,
    end_membership,
    found,
    publish_call,
)
from keti.kernel.acts import Subject
from keti.kernel.refusals import Refused
from keti.monitoring.actions import answer_finding, raise_finding
from keti.monitoring.models import Finding
from keti.notify.models import Message

pytestmark = pytest.mark.django_db
ABOUT = Subject("reports.report", "r1", "红组月报", "/p/cast/reports/r1/")


def raised(cast) -> Finding:
    return raise_finding(
        cast.ji.act("2030-04-10T10:00"),
        programme=cast.programme,
        subject=ABOUT,
        group=cast.group("cell.red"),
        title="数据来源不明",
        text="第二节没有写明数据来源。",
        severity="ordinary",
    )


def duty(finding: Finding, what: str) -> Obligation:
    return Obligation.objects.get(key=f"finding.{what}@{finding.public_id}/{finding.round}")


def codes(run) -> str:
    with pytest.raises(Refused) as refused:
        run()
    return refused.value.code


def test_the_answer_follows_the_seat(cast):
    finding = raised(cast)
    owed = duty(finding, "answer")
    end_membership(cast.qin.act("2030-04-11T09:00"), seat=cast.lu.seat, reason="调离")
    owed.refresh_from_db()
    assert owed.seat == cast.fang.seat
    answer = {"finding": finding, "text": "已补。"}
    assert codes(lambda: answer_finding(cast.he.act("2030-04-11T10:00"), **answer)) == (
        "monitoring.not-yours-to-answer"
    )
    place = Place(cast.group("cell.red"), cast.role("captain"), person=cast.wu.person)
    (heir,) = appoint_members(cast.qin.act("2030-04-12T09:00"), places=[place])
    owed.refresh_from_db()
    finding.refresh_from_db()
    assert (owed.seat, finding.owed_by, owed.group) == (heir, heir, heir.group)
    told = Message.objects.filter(kind="monitoring.passed-on").order_by("pk")
    assert [one.recipient_label for one in told] == ["方组长（演示）", "吴路人（演示）"]
    assert "2030-04-15 周一 24:00" in told[0].body


def test_who_holds_the_duty_meanwhile_may_answer(cast):
    finding = raised(cast)
    end_membership(cast.qin.act("2030-04-11T09:00"), seat=cast.lu.seat, reason="调离")
    answer_finding(cast.fang.act("2030-04-11T10:00"), finding=finding, text="已补。")
    assert duty(finding, "verify").seat == cast.ji.seat
    end_membership(cast.qin.act("2030-04-11T11:00"), seat=cast.ji.seat, reason="调离")
    assert duty(finding, "verify").seat == cast.ji.seat
    place = Place(cast.group("core"), cast.role("watcher"), person=cast.wu.person)
    (heir,) = appoint_members(cast.qin.act("2030-04-12T09:00"), places=[place])
    assert duty(finding, "verify").seat == heir


@pytest.mark.parametrize(
    "do", [confirm_appointments, found, publish_call, close_admission], ids=lambda one: one.__name__
)
def test_a_duty_of_another_form_is_not_met_by_the_way(cast, do):
    """What a report owes is not met by confirming seats, though the secretariat does both."""
    other = cast.duty("moon", "cell.red")
    assert codes(lambda: do(cast.qin.act(), obligation=other)) == "intake.other-form"
    other.refresh_from_db()
    assert other.state == "open"
