"""Scenes of reporting: drafts, submissions, one on paper, returns and acceptances, comments."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from keti.charter.rules.compiled import WorkSpec
from keti.duties import queries as duties
from keti.groups import queries as groups
from keti.kernel.acts import Text
from keti.kernel.refusals import Refused
from keti.play.stage import Stage
from keti.play.working import members, scan
from keti.reports import queries as reports
from keti.reports.actions import (
    accept_report,
    hand_in_by_file,
    return_report,
    save_draft,
    save_translation,
    start_report,
    submit_report,
)
from keti.reports.permissions import is_reader
from keti.reports.rules import Answer, Content, Handed, PlanItem

Push = Callable[[datetime, str, Callable[[], None]], None]
POINTS = (
    ("第一部分的两个数字请注明出处。", "请说明案例是哪一年的。"),
    ("Name the source of the two figures of the first part.", "Say of which year the case is."),
)
RETURN = ("请补充两处依据后再交。", "Please add the basis of two statements.")


def report(stage: Stage, duty: Any, push: Push) -> None:
    """Write and hand in what is owed; a returned one is corrected and handed in again."""
    if duty.key == stage.memory.get("paper") and duty.state == "open":
        _on_paper(stage, duty)
    else:
        _typed(stage, duty)
    if duty.kind in {work.collects for work in stage.charter.works if work.collects}:
        at = stage.now + timedelta(hours=20)
        public_id, first = duty.public_id, duty.state == "open"
        push(at, duty.label, lambda: _read(stage, public_id, first))


def _typed(stage: Stage, duty: Any) -> None:
    seat = duty.seat
    draft = start_report(stage.act(seat), obligation=duty)
    written = _written(stage, duty)
    content = _content(stage, duty, draft, written)
    draft = save_draft(stage.act(seat), report=draft, content=content, base=draft.revision)
    for lang, keys in reports.editions_of(duty).items():
        other = Content({key: written[key].in_(lang) for key in keys})
        save_translation(stage.act(seat), report=draft, lang=lang, content=other)
    said = stage.pen.pick("原始资料没有注明年份。", "The source does not tell the year.")
    asked = range(len(draft.points or ()))
    answers = [Answer(done=not at, note=said if at else "") for at in asked]
    version = submit_report(stage.act(seat), report=draft, answers=answers)
    again = duty.state == "returned"
    late = stage.now >= duty.due_instant
    word = stage.pen.pick("重交" if again else "提交", "handed in again" if again else "handed in")
    tail = stage.pen.pick("（逾期）", " (late)") if late and not again else ""
    where = duty.group.title.in_("en" if stage.pen.english else "zh")
    what = duty.title.in_("en" if stage.pen.english else "zh")
    what = f"{what} {duty.period}".strip()
    stage.note(f"{where} {word} {what} v{version.number} {version.sha256[:8]}{tail}")


def _written(stage: Stage, duty: Any) -> dict[str, Text]:
    """Section key -> what is written there, in both languages."""
    spec = reports.spec_of(duty)
    write = stage.pen.monthly if spec.recurring else stage.pen.chapter
    return {one.key: write(one.title, duty.group.key) for one in spec.sections}


def _content(stage: Stage, duty: Any, draft: Any, written: dict[str, Text]) -> Content:
    """What is written, in the programme's first language, and what was quoted from the groups."""
    spec = reports.spec_of(duty)
    tongue = "en" if stage.pen.english else "zh"
    more = dict(draft.sections) if spec.collects else _headings(stage, spec)
    texts = {key: one.in_(tongue) for key, one in written.items()}
    for key, text in texts.items():
        if str(more.get(key, "")).strip():
            texts[key] = f"{text}\n\n{more[key]}"
    return Content(texts, _plan(stage, duty) if spec.plan else ())


def _headings(stage: Stage, spec: WorkSpec) -> dict[str, str]:
    """What an outline says beside its words: the headings of the book, in its first section."""
    works = stage.charter.works
    book = next((one for one in works if one.outline == spec.key), None)
    if book is None:
        return {}
    chapter = next((one for one in works if one.key == book.assembles), None)
    groups = [one.title for one in stage.charter.groups if chapter and one.kind == chapter.per]
    parts = [one.title for one in chapter.sections] if chapter else []
    whole = [one.title for one in book.sections if not one.summary]
    return {spec.sections[0].key: stage.pen.outline(whole, groups, parts)}


def _plan(stage: Stage, duty: Any) -> list[PlanItem]:
    team = members(stage, duty.group) or [duty.seat]
    start = max(duty.due_instant, stage.now)
    last = stage.programme.local(start + timedelta(days=20)).date()
    return [
        PlanItem(stage.pen.plan(duty.group.key), seat.public_id, last)
        for seat in stage.dice.sample(team, min(2, len(team)))
    ]


def _on_paper(stage: Stage, duty: Any) -> None:
    """It came signed on paper in time; the secretariat records it days later with the scan."""
    manager = stage.manager()
    paper = scan(stage, stage.act(manager))
    handed_over = duty.due_instant - timedelta(hours=8)
    act = stage.act(manager, on_behalf_of=duty.seat, happened=handed_over, evidence=paper)
    spec = reports.spec_of(duty)
    texts = {one.key: stage.pen.section(n % 3) for n, one in enumerate(spec.sections)}
    handed = Handed(Content(texts, _plan(stage, duty) if spec.plan else ()))
    hand_in_by_file(act, obligation=duty, file=paper, handed=handed)
    stage.note(
        stage.pen.pick(
            f"秘书处补录 {duty.group.label}{duty.label}：纸质件按期送达，附扫描件",
            f"recorded late: {duty.title.in_('en')} of {duty.group.title.in_('en')} came on paper "
            "in time, with its scan",
        )
    )


def _reader(stage: Stage, group: Any) -> Any:
    for seat in groups.standing(stage.programme, stage.now):
        if seat.acting_person and is_reader(seat, group):
            return seat
    raise Refused("groups.no-seat")


def _read(stage: Stage, public_id: str, first: bool) -> None:
    """Who receives the report accepts it; one report of the play is returned first."""
    duty = duties.by_id(stage.programme, public_id)
    one = reports.report_of(duty) if duty else None
    if one is None or one.state != "submitted":
        return
    reader = _reader(stage, one.group)
    if first and one.obligation.key == stage.memory.get("returned"):
        why, points = stage.pen.pick(*RETURN), POINTS[stage.pen.english]
        return_report(stage.act(reader), report=one, reason=why, points=points)
        stage.note(
            stage.pen.pick(
                f"退回修改：{one.group.label} {one.obligation.label}",
                f"returned for revision: {one.obligation.title.in_('en')} of "
                f"{one.group.title.in_('en')}",
            )
        )
        return
    accept_report(stage.act(reader), report=one)
