"""The notice's programme: both columns of its calendar, and what it expands to."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from keti.charter.rules import Compiled, load
from keti.charter.rules.aliases import CHINESE
from keti.charter.rules.loading import KEPT
from keti.charter.rules.shape import Form, Verb
from keti.charter.tests.small import NOTICE, STANDARD

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def notice() -> Compiled:
    return _compiled(NOTICE)


def _compiled(path) -> Compiled:
    compiled, _ = load(path.read_text("utf-8"), path.name)
    assert compiled is not None
    return compiled


def local(moment: datetime) -> str:
    return moment.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize("path", [NOTICE, STANDARD])
def test_ships_without_errors_or_warnings(path):
    found = load(path.read_text("utf-8"), path.name)[1]
    assert [one.as_text("en") for one in found if one.severity != "note"] == []


GOLDEN = {
    "research": ("6 个月；180 天；5月1日至10月31日", "2022-05-01", "2022-10-31"),
    "registration": ("5月5日至5月25日", "2022-05-05", "2022-05-25"),
    "establishment": ("签约之前", "2022-05-20", "2022-05-20"),
    "cooperation_reviewed": ("签约之前", "2022-05-26", "2022-05-26"),
    "admission_decided": ("", "2022-05-26", "2022-05-26"),
    "kickoff": ("5月27日", "2022-05-27", "2022-05-27"),
    "task_books_accepted": ("", "2022-06-08", "2022-06-08"),
    "midterm": ("中期", "2022-08-01", "2022-08-01"),
    "midterm_gate": ("", "2022-08-15", "2022-08-15"),
    "outline_due": ("终期前一个月", "2022-09-30", "2022-09-30"),
    "outline_gate": ("", "2022-10-12", "2022-10-12"),
    "final_report_due": ("研究期结束前", "2022-10-31", "2022-10-31"),
    "panel_first": ("", "2022-11-07", "2022-11-07"),
    "panel_by": ("", "2022-11-18", "2022-11-18"),
    "final_act": ("", "2022-11-23", "2022-11-23"),
    "closing_day": ("", "2022-11-25", "2022-11-25"),
    "governance_day": ("11月底", "2022-11-29", "2022-11-29"),
}


def test_every_named_date_as_stated_and_as_resolved(notice):
    found = {
        one.key: (one.stated, one.date.isoformat(), one.last.isoformat()) for one in notice.anchors
    }
    assert found == GOLDEN


def test_every_date_has_its_rule_and_every_departure_its_reason(notice):
    assert [one.key for one in notice.anchors if not one.rule] == []
    silent = [one.key for one in notice.anchors if not (one.decided_by and one.why)]
    assert silent == ["kickoff", "final_report_due"]
    assert notice.anchor("outline_due").rule == "research.to - P1M; round: down"


def test_spans_are_half_open(notice):
    registration = notice.anchor("registration")
    assert local(registration.start) == "2022-05-05 00:00"
    assert local(registration.end) == "2022-05-26 00:00"
    assert local(notice.anchor("research").end) == "2022-11-01 00:00"
    assert local(notice.anchor("admission_decided").end) == "2022-05-26 18:00"
    assert notice.anchor("governance_day").precision == "month"


SERIES = {
    "monthly_due": "06-30 07-29 08-30 09-30 10-28",
    "consolidated_due": "07-07 08-05 09-06 10-12 11-04",
    "meeting_day": "06-16 07-21 08-18 09-15 10-20",
    "group_meeting_day": "06-09 07-14 08-11 09-08 10-13",
}


def test_recurring_dates(notice):
    found = {
        one.key: " ".join(f"{day.day:%m-%d}" for day in one.occurrences) for one in notice.series
    }
    assert found == SERIES
    periods = [one.period for one in notice.series[0].occurrences]
    assert periods == ["2022-06", "2022-07", "2022-08", "2022-09", "2022-10"]


def test_nine_groups_from_two_declarations(notice):
    kinds = Counter(one.kind for one in notice.groups)
    assert kinds == {"overall": 1, "sector": 8}
    assert notice.group("sector.finance").title.zh == "金融元宇宙"


def test_a_cast_of_about_sixty(notice):
    groups = Counter(one.kind for one in notice.groups)
    assert sum(role.min * groups[role.group_kind] for role in notice.roles) == 61


def test_what_is_owed_in_numbers(notice):
    assert Counter(one.form for one in notice.obligations) == {
        "call": 1, "appointment": 9, "admission": 1, "founding": 9, "task_book": 9,
        "acceptance": 8, "meeting": 45, "report": 65, "consultation": 1, "file": 2,
        "closing": 1, "roll": 1, "publication": 1, "decision": 13,
        "promise": 25,
    }  # fmt: skip
    keys = [one.key for one in notice.obligations]
    assert len(set(keys)) == len(keys) == 191


def test_a_monthly_report(notice):
    found = {one.key: one for one in notice.obligations}
    report = found["report.monthly@sector.finance/2022-07"]
    assert (report.role, report.group, report.period) == (
        "sector_lead",
        "sector.finance",
        "2022-07",
    )
    assert report.due_at == datetime(2022, 7, 29, 16, tzinfo=UTC)
    assert report.needs == ("meeting.group@sector.finance/2022-07",)
    assert report.remind == (timedelta(days=5), timedelta(days=1))
    assert report.escalate == (
        (timedelta(days=1), "coordinator"),
        (timedelta(days=5), "principal"),
    )
    assert "report.monthly@sector.finance/2022-05" not in found


def test_the_consolidated_report_needs_eight_of_the_same_month(notice):
    found = {one.key: one for one in notice.obligations}
    needs = found["report.consolidated@overall/2022-09"].needs
    assert len(needs) == 8
    assert {need.rpartition("/")[2] for need in needs} == {"2022-09"}


def test_gates(notice):
    panel = notice.gate("final_panel@overall")
    assert panel.rule.quorum == Fraction(4, 5)
    assert panel.inputs == ("final_report@overall",)
    assert local(panel.first_by) == "2022-11-08 00:00"
    assert local(panel.by_at) == "2022-11-19 00:00"
    assert panel.revise_within == timedelta(days=5)
    midterm = notice.gate("midterm_review@sector.gov")
    assert midterm.inputs == ("report.midterm@sector.gov",)
    assert [one.effect for one in midterm.outcomes] == ["approve", "revise", "revise"]
    assert notice.gate("final_decision@overall").sign_off is True


def test_every_gate_is_owed_by_someone(notice):
    owed = {one.gate: one.key for one in notice.obligations if one.gate}
    assert owed == {one.key: f"gate.{one.key}" for one in notice.gates}


def test_whoever_is_accountable_can_sit_in_the_group(notice):
    for one in notice.obligations:
        assert notice.role(one.role).group_kind in (notice.group(one.group).kind, "overall"), one


def test_whatever_is_needed_is_owed_and_due_earlier(notice):
    found = {one.key: one for one in notice.obligations}
    for one in notice.obligations:
        for need in one.needs:
            assert found[need].due_at <= one.due_at, (one.key, need)
        assert one.opens_at is None or one.opens_at < one.due_at, one.key


def test_admission(notice):
    admission = notice.admission
    assert admission is not None
    assert local(admission.closes_at) == "2022-05-26 00:00"
    assert local(admission.decide_at) == "2022-05-26 18:00"
    assert [one.kind for one in admission.tracks] == ["person", "unit"]
    assert set(admission.role_for.values()) == {"group_member"}
    assert len(admission.choices) == 8


@pytest.mark.parametrize("path", [NOTICE, STANDARD])
def test_every_source_is_a_clause(path):
    with path.with_suffix("").with_suffix(".clauses.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    clauses = {row["clause"] for row in rows}
    compiled = _compiled(path)
    for things in (compiled.roles, compiled.works, compiled.gates, compiled.anchors):
        cited = {word for one in things for word in one.source.split("; ") if word}
        assert cited <= clauses
    assert all(row["zh"] and row["en"] for row in rows)
    assert len(rows) == (89 if path == NOTICE else 13)


def test_the_two_charters_share_no_id():
    ids = [
        {one.key for things in (c.groups, c.roles, c.works, c.gates, c.anchors) for one in things}
        for c in (_compiled(NOTICE), _compiled(STANDARD))
    ]
    assert ids[0] & ids[1] == set()


def test_the_standard_ends_before_may():
    compiled = _compiled(STANDARD)
    assert max(one.due_at for one in compiled.obligations) < datetime(2022, 5, 1, tzinfo=UTC)
    assert len(compiled.groups) == 3
    rounds = [one for one in compiled.obligations if one.form == "consultation"]
    assert [(one.due_at - one.opens_at).days for one in rounds] == [30]


def test_an_installation_may_correct_the_working_days():
    text = NOTICE.read_text("utf-8")
    compiled, _ = load(text, "n", {date(2022, 7, 29): False})
    assert compiled is not None
    assert compiled.series[0].occurrences[1].day == date(2022, 7, 28)


@pytest.mark.parametrize("path", [NOTICE, STANDARD])
def test_no_id_is_a_word_of_the_language(path):
    compiled = _compiled(path)
    words = {*CHINESE, *get_args(Form), *get_args(Verb)}
    for things in (compiled.groups, compiled.roles, compiled.works, compiled.gates):
        assert {one.key.partition("@")[0] for one in things} & words == set()
    assert {one.key for one in (*compiled.anchors, *compiled.series)} & words == set()


def test_every_block_of_the_language_is_used_and_kept(notice):
    assert set(notice.blocks) == {*KEPT, "numbers", "maps"}
    empty = [name for name, block in notice.blocks.items() if not block]
    assert empty == ["numbers"], "every series of the notice begins at 1"
    assert notice.blocks["amendment"]["classes"]["minor"]["approve"] == ["coordinator"]
