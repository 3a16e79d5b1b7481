"""Whom the charter calls to a meeting besides its group: invited, in the calendar."""

import pytest

from keti.charter.rules import load
from keti.charter.rules.lint import lint
from keti.charter.tests.test_one_group import PACKAGES
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.groups.permissions import sights
from keti.kernel import clock
from keti.meetings.actions import plan_meeting
from keti.meetings.models import Meeting
from keti.meetings.permissions import visible
from keti.meetings.queries import in_calendar, others, to_invite
from tests.cast import local
from tests.town import Town

AUDIT = (
    "  audit: {en: Auditor, in: whole, external: true, min: 0, can: [read], appointed_by: boss}\n"
)
BEFORE = "  wp_seats:"
JOINT = """\
  joint: {en: Joint, form: meeting, per: wp.w1, by: lead, due: 2023-04-14, with: [WHO], record: minutes}
"""  # noqa: E501


def called(who: str) -> str:
    text = PACKAGES.replace("  hand: {en: Hand,", f"{AUDIT}  hand: {{en: Hand,")
    return text.replace(BEFORE, JOINT.replace("WHO", who) + BEFORE)


@pytest.fixture
def town(db: None) -> Town:
    made = Town(called("wp, audit, task.t3, head"))
    for role, group, name in (
        ("lead", "wp.w1", "甲"), ("lead", "wp.w2", "乙"), ("audit", "whole", "丙"),
        ("hand", "task.t1", "丁"), ("hand", "task.t3", "戊"), ("head", "whole", "己"),
    ):  # fmt: skip
        made.seat(role, group, name)
    return made


def names(seats: list[Seat]) -> list[str]:
    return [one.holder.label for one in seats]


def test_other_groups_one_group_and_roles_are_called(town):
    assert [one.as_text("en") for one in lint(called("wp, audit, task.t3, head"), "x")] == []
    duty = Obligation.objects.with_names().get(kind="joint")
    at = clock.instant()
    assert names(to_invite(duty.group, at)) == ["甲", "丁"]
    assert sorted(names(to_invite(duty.group, at, duty))) == sorted("甲丁乙丙戊己")
    assert not {"乙", "丙", "戊"} & {*names(others(duty.group, at, duty))}


def test_they_are_invited_read_it_and_find_it_in_their_calendar(town):
    duty = Obligation.objects.with_names().get(kind="joint")
    meeting = plan_meeting(
        town.act("2023-04-01T09:00"), obligation=duty, starts_at=local("2023-04-14T10:00")
    )
    seats = [one.seat for one in meeting.attendance.select_related("seat__person")]
    assert sorted(names(seats)) == sorted("甲丁乙丙戊己")
    audit = Seat.objects.with_names().get(person__name="丙")
    sight = sights([audit])[0]
    assert [*visible(sight, Meeting.objects.all())] == [meeting]
    assert audit.person is not None
    found = in_calendar(audit.person, clock.instant(), "en")
    assert [one.title for one in found] == ["W1 · Joint"]


def test_a_kind_above_or_below_is_called_as_far_as_it_is_near():
    charter, found = load(called("task, whole"), "x")
    assert charter is not None, [one.as_text("en") for one in found]
    assert charter.work("joint").invites == ("task", "whole")
    assert charter.called("task", "wp.w1") == ["task.t1", "task.t2"]
    assert charter.called("wp", "wp.w1") == ["wp.w1", "wp.w2"]
    assert charter.called("wp", "task.t3") == ["wp.w2"]
    assert charter.called("whole", "task.t3") == ["whole"]


@pytest.mark.parametrize(
    ("text", "number", "path"),
    [
        (called("wp, taks"), "SHP190", "obligations.joint.with[1]"),
        (called("wp").replace("form: meeting, per: wp.w1", "form: file, per: wp.w1").replace(
            ", record: minutes", ""), "SHP191", "obligations.joint.with[0]"),
        (called("whole").replace("per: wp.w1, by: lead", "by: head"), "SHP192",
         "obligations.joint.with[0]"),
    ],
)  # fmt: skip
def test_who_cannot_be_called_is_told_at_its_place(text, number, path):
    assert (number, path) in {(one.number, one.path) for one in lint(text, "x")}
