"""Plans, purely: the golden example of a ninth group, and what holds for any amendment."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from keti.charter.rules import Compiled, load
from keti.charter.rules.comparing import differing, touches
from keti.kernel.acts import Text
from keti.planning.rules import changes as made
from keti.planning.rules import classes
from keti.planning.rules.applied import applied, standing
from keti.planning.rules.changes import Change, Plan, from_data
from keti.planning.rules.plan import plan
from keti.planning.rules.reality import MET, OPEN, WAIVED, Duty, Reality, founded
from keti.planning.rules.wording import PlanTitles, line, text

ROOT = Path(__file__).parents[3]
NOTICE = (ROOT / "charters" / "metaverse-governance-2022.yaml").read_text()
CAST = (ROOT / "tests" / "cast.yaml").read_text()
FIRST = ("appointment.sector", "founding.sector", "task_book.sector", "task_book.accepted")
GOV = "      gov: {zh: 政务元宇宙, en: Government services metaverse}\n"
SPORT = "      sport: {zh: 体育元宇宙, en: Sports metaverse}\n"
CUT_OFF = ("BYMONTHDAY=28,29,30;BYSETPOS=-1\n", "BYMONTHDAY=26,27,28;BYSETPOS=-1\n")
NINTH = NOTICE.replace(GOV, GOV + SPORT).replace(*CUT_OFF)


@cache
def charter(written: str) -> Compiled:
    compiled, findings = load(written, "charter.yaml")
    assert compiled is not None, [one.as_text("en") for one in findings]
    return compiled


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture(scope="module")
def ninth() -> Plan:
    """On 1 August: a ninth sector, and the cut-off of the monthly reports two days earlier."""
    touched = tuple(".".join(one) for one in differing(NOTICE, NINTH))
    return plan(charter(NINTH), founded(charter(NOTICE)), utc("2022-08-08T01:00"), touched)


def keys(found: tuple[Change, ...], start: str = "") -> list[str]:
    return [one.key for one in found if one.key.startswith(start)]


def test_the_ninth_group_moves_the_reports_that_are_ahead(ninth: Plan):
    moved = ninth.of(made.MOVE, made.DUTY)
    assert len(keys(moved, "report.monthly@")) == 16
    assert len(keys(moved, "report.consolidated@")) == 2
    city = next(one for one in moved if one.key == "report.monthly@sector.city/2022-08")
    assert city.value("before", "due") == "2022-08-30T16:00:00Z"
    assert city.value("after", "due") == "2022-08-26T16:00:00Z"


def test_the_ninth_group_owes_what_is_ahead_and_nothing_from_before(ninth: Plan):
    born = keys(ninth.of(made.CREATE, made.DUTY))
    assert born == [
        *(f"{one}@sector.sport" for one in FIRST),
        "meeting.group@sector.sport/2022-08",
        "meeting.group@sector.sport/2022-09",
        "meeting.group@sector.sport/2022-10",
        "report.monthly@sector.sport/2022-08",
        "report.monthly@sector.sport/2022-09",
        "report.monthly@sector.sport/2022-10",
        "chapter@sector.sport",
    ]
    unborn = {one.key: one.why for one in ninth.of(made.FORBIDDEN)}
    assert unborn["report.monthly@sector.sport/2022-06"] == "born-late"
    assert unborn["report.monthly@sector.sport/2022-07"] == "born-late"
    assert unborn["report.midterm@sector.sport"] == "born-late"
    assert unborn["gate.midterm_review@sector.sport"] == "nothing-to-judge"
    assert keys(ninth.of(made.CREATE, made.GATE)) == []
    assert keys(ninth.of(made.CREATE, made.GROUP)) == ["sector.sport"]


def test_what_is_past_by_then_is_frozen(ninth: Plan):
    frozen = {one.key: one.why for one in ninth.of(made.FROZEN)}
    assert frozen["report.monthly@sector.city/2022-07"] == "past"
    assert (ninth.kept, ninth.past) == (83, 69)


def test_the_ninth_group_is_a_major_amendment(ninth: Plan):
    touched = differing(NOTICE, NINTH)
    klass = classes.class_of(charter(NOTICE), touched)
    assert (klass.key, klass.title) == ("major", Text("重大调整", "Major amendment"))
    assert klass.approve == ("commissioner_rep", "principal", "monitor")
    assert klass.notice == timedelta(days=7)
    assert ninth.touched == ("calendar.monthly_due.rrule", "groups.sector.instances.sport")


def test_a_plan_survives_being_written_down(ninth: Plan):
    back = from_data(ninth.as_data())
    assert back.digest() == ninth.digest()
    assert back.as_data() == ninth.as_data()


def test_a_plan_reads_as_text_in_both_languages(ninth: Plan):
    new = charter(NINTH)
    for lang, said in (
        ("zh", "期限 2022-08-30 周二 24:00 → 2022-08-26 周五 24:00"),
        ("en", "due Tue 2022-08-30 24:00 → Fri 2022-08-26 24:00"),
    ):
        words = PlanTitles(
            lang,
            charter_zone(),
            {one.key: one.title for one in new.groups},
            {one.key: one.title for one in new.roles},
        )
        whole = text(ninth, words)
        assert said in whole
        assert "report.monthly@sector.sport/2022-07" in whole
        for one in ninth.changes:
            assert line(one, words) in whole


def charter_zone() -> ZoneInfo:
    return ZoneInfo(charter(NOTICE).tz)


def test_order_comments_and_chinese_keys_mean_nothing():
    same = CAST.replace("tz: Asia/Shanghai", "时区: Asia/Shanghai  # 北京时间")
    first, rest = same.split("workdays: mon-fri\n")
    assert differing(CAST, first + rest + "\nworkdays: mon-fri\n") == ()


def test_a_pattern_leads_to_a_path_by_whole_steps_and_keys_may_hold_dots():
    path = ("obligations", "meeting.group", "rrule")
    assert touches("obligations", path) == 1
    assert touches("obligations.*", path) == 2
    assert touches("obligations.*.rrule", path) == 3
    assert touches("obligations.meeting.group.rrule", path) == 3
    assert touches("obligations.*.due", path) == 0
    assert touches("obligations.meeting", path) == 0
    assert touches("obligations.meeting.group.rrule.more", path) == 0


def test_the_most_exact_pattern_decides_and_the_weightiest_path():
    notice = charter(NOTICE)

    def of(*paths: tuple[str, ...]) -> str:
        return classes.class_of(notice, paths).key

    assert of(("obligations", "report.monthly", "due")) == "minor"
    assert of(("obligations", "report.monthly", "at")) == "routine"
    assert of(("obligations", "report.monthly", "sections")) == "normal"
    assert of(("programme", "title", "zh")) == "major"
    assert of(("obligations", "report.monthly", "due"), ("roles", "monitor", "min")) == "major"


# What holds for any amendment.

DATES = ["2030-05-31", "2030-06-14", "2030-05-15", "2030-06-20", "2030-07-18", "2030-07-20"]


@dataclass(frozen=True)
class Written:
    """A charter text that shows itself as what is different from the cast's."""

    text: str

    def __repr__(self) -> str:
        return str(differing(CAST, self.text))


@dataclass(frozen=True)
class Scene:
    """A programme some way on, at the instant an amendment takes effect."""

    reality: Reality = field(repr=False)
    at: datetime

    def __repr__(self) -> str:
        fates = [
            (one.key, one.state, one.begun, bool(one.extended_to))
            for one in self.reality.duties
            if one.state != OPEN or one.begun or one.extended_to
        ]
        return f"{self.at} {fates}"


@st.composite
def texts(draw: st.DrawFn) -> Written:
    """A charter like the cast's: other days, one group more or less, another holder or name."""
    written = CAST
    for day in DATES:
        by = draw(st.integers(-4, 9))
        moved = (datetime.fromisoformat(day) + timedelta(days=by)).date().isoformat()
        written = written.replace(f"due: {day}", f"due: {moved}")
    last = draw(st.integers(24, 30))
    written = written.replace("28,29,30", f"{last - 2},{last - 1},{last}")
    blue = ", blue: {zh: 蓝组, en: Blue cell}"
    more = draw(st.sampled_from([blue, "", blue + ", green: {zh: 绿组, en: Green}"]))
    written = written.replace(blue, more)
    if draw(st.booleans()):
        written = written.replace("form: report\n    by: author", "form: report\n    by: head")
    if draw(st.booleans()):
        written = written.replace("zh: 章节", "zh: 分章")
    if draw(st.booleans()):
        written = written.replace("rule: {quorum: 2,", "rule: {quorum: 3,")
    return Written(written)


INSTANTS = st.integers(0, 140).map(lambda day: utc("2030-03-02T01:00") + timedelta(days=day))


@st.composite
def lived(draw: st.DrawFn, at: datetime) -> Reality:
    """The cast's programme some way on: done, begun, waived and extended duties, an open gate."""
    reality = founded(charter(CAST))
    duties = []
    for duty in reality.duties:
        fate = draw(st.sampled_from(["", "", "", MET, WAIVED, "begun", "extended"]))
        if duty.due_at <= at - timedelta(days=20) and not fate:
            fate = MET
        duties.append(_fated(duty, fate))
    begun = {one.gate for one in duties if one.begun and one.gate}
    gates = tuple(replace(one, begun=one.spec.key in begun) for one in reality.gates)
    return replace(reality, duties=tuple(duties), gates=gates)


def _fated(duty: Duty, fate: str) -> Duty:
    if fate in (MET, WAIVED):
        return replace(duty, state=fate, begun=True)
    if fate == "extended":
        return replace(duty, extended_to=duty.due_at + timedelta(days=3))
    return replace(duty, begun=fate == "begun")


@st.composite
def orderly(draw: st.DrawFn) -> Scene:
    """A programme in which everything due is done and nothing ahead is begun or extended.

    No gate ahead is waived: a gate nobody needs keeps the rule it had when its group went.
    """
    at = utc("2030-03-02T01:00") + timedelta(days=draw(st.integers(0, 60)))
    reality = founded(charter(CAST))
    ahead = ["", "", WAIVED]
    duties = tuple(
        _fated(one, MET if one.due_at <= at else draw(st.sampled_from(ahead[: 2 + (not one.gate)])))
        for one in reality.duties
    )
    return Scene(replace(reality, duties=duties), at)


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    at = draw(INSTANTS)
    return Scene(draw(lived(at)), at)


MANY = settings(max_examples=30, deadline=None)


@MANY
@given(scenes(), texts())
def test_applying_a_plan_leaves_nothing_to_do(scene: Scene, written: Written):
    reality, at = scene.reality, scene.at
    desired = charter(written.text)
    after = applied(reality, plan(desired, reality, at), desired)
    again = plan(desired, after, at)
    assert again.doing == ()
    assert applied(after, again, desired) == after


@MANY
@given(orderly(), texts(), texts())
def test_one_amendment_after_the_other_is_both(scene: Scene, first: Written, second: Written):
    """Where neither refuses what stands, the way does not matter; a group gone and back is new."""
    reality, at = scene.reality, scene.at
    one, other = charter(first.text), charter(second.text)
    waived = {duty.group for duty in reality.duties if duty.state == WAIVED}
    assume(waived <= {group.key for group in one.groups})
    step = plan(one, reality, at)
    middle = applied(reality, step, one)
    then, straight = plan(other, middle, at), plan(other, reality, at)
    for each in (step, then, straight):
        assume(not each.blocks)
        assume(not any(change.why in ("begun", "too-soon") for change in each.changes))
    twice, once = (
        standing(applied(middle, then, other)),
        standing(applied(reality, straight, other)),
    )
    assert [one for one in twice.duties if one not in once.duties] == []
    assert twice == once


@MANY
@given(scenes(), texts())
def test_nothing_becomes_late_and_nothing_is_born_late(scene: Scene, written: Written):
    reality, at = scene.reality, scene.at
    desired = charter(written.text)
    after = applied(reality, plan(desired, reality, at), desired)
    late = {one.key for one in reality.duties if one.is_open and one.due <= at}
    assert {one.key for one in after.duties if one.is_open and one.due <= at} <= late


@MANY
@given(scenes(), texts())
def test_what_was_handed_in_begun_or_past_is_not_altered(scene: Scene, written: Written):
    reality, at = scene.reality, scene.at
    desired = charter(written.text)
    after = {one.key: one for one in applied(reality, plan(desired, reality, at), desired).duties}
    for duty in reality.duties:
        if duty.state != OPEN or duty.due <= at:
            assert after[duty.key] == duty
        elif duty.begun:
            kept = replace(duty, due_at=after[duty.key].due_at, extended_to=None)
            assert replace(after[duty.key], extended_to=None) == kept
            assert after[duty.key].due >= duty.due


@MANY
@given(scenes(), texts())
def test_an_open_gate_stands_by_what_it_was_opened_under(scene: Scene, written: Written):
    reality, at = scene.reality, scene.at
    desired = charter(written.text)
    after = {
        one.spec.key: one for one in applied(reality, plan(desired, reality, at), desired).gates
    }
    for gate in reality.gates:
        if gate.begun:
            assert after[gate.spec.key] == gate


@MANY
@given(scenes(), texts())
def test_no_duty_is_left_to_nobody(scene: Scene, written: Written):
    """Every open duty has a role and a group that exist, or the amendment is refused for it."""
    reality, at = scene.reality, scene.at
    desired = charter(written.text)
    found = plan(desired, reality, at)
    after = applied(reality, found, desired)
    roles = {one.key for one in after.roles if not one.ended}
    groups = {one.key for one in after.groups if not one.ended}
    orphans = {
        one.key
        for one in after.duties
        if one.is_open and (one.role not in roles or one.group not in groups)
    }
    assert orphans == {one.key for one in found.blocks if one.why == "still-owes"}


@MANY
@given(INSTANTS)
def test_a_group_added_in_mid_run_owes_nothing_from_before(at: datetime):
    green = CAST.replace("en: Blue cell}", "en: Blue cell}, green: {zh: 绿组, en: Green}")
    desired, reality = charter(green), founded(charter(CAST))
    after = applied(reality, plan(desired, reality, at), desired)
    fresh = [one for one in after.duties if one.group == "cell.green"]
    wanted = [one for one in desired.obligations if one.group == "cell.green"]
    assert all(one.due_at > at for one in fresh)
    judged = {one.key for one in fresh}
    assert judged >= {one.key for one in wanted if one.due_at > at and not one.gate}


def test_a_role_whose_duty_is_overdue_cannot_go():
    gone = CAST.replace(
        "  author: {zh: 执笔人, en: Author, in: core, min: 1, max: 1, can: [contribute, read]}\n",
        "",
    ).replace("by: author", "by: head")
    found = plan(charter(gone), founded(charter(CAST)), utc("2030-03-20T01:00"))
    assert [(one.why, one.key) for one in found.blocks] == [("still-owes", "paper@core")]
    held = found.of(made.HOLD, made.DUTY)
    assert {one.value("after", "role") for one in held} == {"head"}
    assert "skeleton@core" in keys(held)


def test_a_date_before_it_takes_effect_is_left_with_what_hangs_on_it():
    at = utc("2022-08-27T01:00")
    found = plan(charter(NINTH), founded(charter(NOTICE)), at)
    city = [one for one in found.changes if one.key == "report.monthly@sector.city/2022-08"]
    assert [(one.verb, one.why, one.aspects) for one in city] == [
        ("forbidden", "too-soon", ("due", "opens_at"))
    ]


def test_what_was_cancelled_otherwise_is_not_owed_again():
    reality = founded(charter(CAST))
    duties = tuple(replace(one, state="stopped") for one in reality.duties)
    found = plan(charter(CAST), replace(reality, duties=duties), utc("2030-03-02T01:00"))
    assert found.doing == ()


def test_a_unit_named_otherwise_takes_the_seat():
    moved = CAST.replace("holder: office, holder_kind: unit", "holder: house, holder_kind: unit")
    found = plan(charter(moved), founded(charter(CAST)), utc("2030-03-02T01:00"))
    seat = found.of(made.HOLD, made.SEAT)[0]
    holders = [seat.value(when, "holder") for when in ("before", "after")]
    assert holders == ["测试秘书处（演示）", "测试委员会（演示）"]
    assert seat.title == Text("秘书", "Clerk")
