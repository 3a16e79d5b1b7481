"""In whose name a paper goes out, who signs it, and that an English paper is English."""

import io
from dataclasses import replace
from typing import Any

import docx
import pytest

from keti.accounts.models import Person
from keti.charter.queries import compiled
from keti.charter.rules import load
from keti.charter.rules.compiled import Compiled
from keti.charter.tests.small import SMALL, findings
from keti.groups.models import Seat
from keti.intake.actions import call as publishing
from keti.intake.actions import confirm_appointments, publish_call
from keti.intake.models import Call
from keti.kernel.acts import Text
from keti.meetings.actions import confirm_minutes
from keti.meetings.models import Meeting
from keti.review.actions import decide, declare_conflict, open_gate
from keti.review.models import Gate
from keti.review.tests.bench import gate, paper
from tests.cast import Cast
from tests.papers import scenes

HOUSE, OFFICE = "测试委员会（演示）", "测试秘书处（演示）"
PARTIES = ("  council: {zh: 理事会（演示）, kind: association}",
           "  council: {zh: 理事会（演示）, kind: association}\n  lab: {zh: 实验室（演示）}\n"
           "  bureau: {zh: 事务所（演示）}")  # fmt: skip


def bodies(*changes: tuple[str, str]) -> Compiled:
    text = SMALL
    for old, new in (PARTIES, ("commissioner: council", "commissioner: council\n  contractor: lab"),
                     *changes):  # fmt: skip
        assert text.count(old) == 1
        text = text.replace(old, new)
    charter, found = load(text, "small.yaml")
    assert charter is not None, [one.as_text("en") for one in found]
    return charter


def test_papers_go_out_in_the_name_of_who_commissions_unless_the_charter_says_otherwise() -> None:
    usual = bodies()
    assert [usual.issuer(key).key for key in ("", "note", "check", "no such")] == ["council"] * 4
    whole = bodies(("contractor: lab", "contractor: lab\n  issued_by: lab"))
    assert [whole.issuer(key).key for key in ("", "paper", "end")] == ["lab"] * 3
    single = bodies(
        ("paper: {zh: 论文,", "paper: {zh: 论文, issued_by: bureau,"),
        ("  check:\n", "  check:\n    issued_by: lab\n"),
    )
    said = {key: single.issuer(key).key for key in ("paper", "note", "check", "end")}
    assert said == {"paper": "bureau", "note": "council", "check": "lab", "end": "council"}


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("commissioner: council", "commissioner: council\n  issued_by: nobody", 8),
        ("paper: {zh: 论文,", "paper: {zh: 论文, issued_by: nobody,", 25),
        ("  check:\n", "  check:\n    issued_by: nobody\n", 28),
    ],
)
def test_a_body_nobody_declared_is_an_error_at_its_line(old: str, new: str, line: int) -> None:
    assert SMALL.count(old) == 1
    found = [one for one in findings(SMALL.replace(old, new)) if one.path.endswith("issued_by")]
    assert [(one.line, one.severity, one.number) for one in found] == [(line, "error", "SHP139")]


def word(taken: scenes.Taken, lang: str = "zh-hans") -> list[str]:
    """All that is written in the Word file, paragraph by paragraph, tables last."""
    client = taken.who.client
    client.cookies["django_language"] = lang
    answer = client.get(taken.at("docx"))
    assert answer.status_code == 200
    read: Any = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return [*(one.text for one in read.paragraphs), *cells]


def minutes(cast: Cast) -> scenes.Taken:
    taken = scenes.minutes(cast)
    confirm_minutes(cast.lu.act(), meeting=Meeting.objects.get())
    return taken


def named(cast: Cast) -> scenes.Taken:
    cast.at("2030-04-01T10:00")
    duty = cast.duty("seat.core")
    confirm_appointments(cast.qin.act(), obligation=duty)
    return scenes.Taken("intake:named", ("cast", duty.public_id), cast.qin, ())


@pytest.mark.parametrize(
    ("scene", "kind"),
    [
        (scenes.decision, "half"), (scenes.closing, "wind_up"), (scenes.roll, "names"),
        (scenes.proof, "go_public"), (minutes, "talk"), (named, "seat.core"),
    ],
    ids=lambda one: getattr(one, "__name__", str(one)),
)  # fmt: skip
def test_each_paper_bears_the_body_its_own_work_names(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, scene: Any, kind: str
) -> None:
    bodies = {kind: "office"}
    monkeypatch.setattr(
        Compiled, "issuer", lambda self, key="": self.party(bodies.get(key, "house"))
    )
    said = word(scene(cast))
    assert any(line.startswith(OFFICE) for line in said[:4])
    assert [line for line in said if HOUSE in line and "委托人" not in line] == []


def test_a_call_that_names_nobody_is_signed_by_the_body_that_issues_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.at("2030-03-01T10:00")
    said = compiled(cast.programme)
    bare = replace(said, call=replace(said.call, signatory=Text()), issued_by="office")
    monkeypatch.setattr(publishing, "compiled", lambda programme: bare)
    publish_call(cast.qin.act(), obligation=cast.duty("invite"))
    call = Call.objects.get()
    assert call.signatory.zh == OFFICE
    read = word(scenes.Taken("intake:call_{form}", ("cast",), cast.wu, ()))
    assert read.count(OFFICE) == 2, "the letterhead and the signature"


def test_a_panel_signs_one_by_one_and_has_no_seal(cast: Cast) -> None:
    said = word(scenes.decision(cast))
    assert said[0] == HOUSE
    places = [cell.split("\n")[0] for cell in said if "签字" in cell]
    assert places == [f"{name}专家（演示）（评审人）" for name in ("任", "荣", "芮")]
    assert not any("盖章" in line for line in said)


def test_who_decides_alone_signs_and_seals(cast: Cast) -> None:
    paper(cast)
    on = open_gate(cast.qin.act("2030-03-16T09:00"), gate=gate(cast, "setup@core"))
    declare_conflict(cast.gao.act("2030-03-17T09:00"), gate=on, has=False)
    decide(cast.gao.act("2030-03-17T10:00"), gate=on, outcome="approve", reasons="同意。")
    cast.at("2030-03-18T10:00")
    said = word(scenes.Taken("review:decision", ("cast", on.public_id, 1), cast.gao, ()))
    assert said[0] == HOUSE
    assert "高主任（演示）（委托人）" in said and "（盖章处）" in said
    assert "开题评审决定书" in said
    assert [cell for cell in said if "第 1 版" in cell and "合作书" in cell]


def test_a_verdict_is_not_decided_twice_in_its_title(cast: Cast) -> None:
    Gate.objects.filter(key="half@cell.red").update(title_zh="中期决定")
    assert "中期 · 红组决定书" in word(scenes.decision(cast))


@pytest.mark.parametrize(
    "scene", [scenes.decision, scenes.votes, scenes.task_book, scenes.report, scenes.finding],
    ids=lambda one: one.__name__,
)  # fmt: skip
def test_names_the_record_keeps_in_chinese_are_english_in_an_english_paper(
    cast: Cast, scene: Any
) -> None:
    for place, person in enumerate(Person.objects.all()):
        Person.objects.filter(pk=person.pk).update(name_en=f"Player {place} (demo)")
    taken = scene(cast)
    names = [str(seat.holder) for seat in Seat.objects.all()]
    said = word(taken, "en")
    assert [line for line in said for name in names if name in line] == []
