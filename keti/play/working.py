"""Scenes of the work itself: task books, meetings, tasks, files."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from keti.documents.actions import keep_upload
from keti.documents.rules.paper import Paper
from keti.documents.rules.render import render
from keti.documents.rules.written import as_body
from keti.duties.actions import hand_in_file
from keti.groups import queries as groups
from keti.meetings import queries as meetings
from keti.meetings.actions import (
    ItemFacts,
    MinutesFacts,
    confirm_minutes,
    plan_meeting,
    record_minutes,
)
from keti.play.stage import Stage
from keti.work import queries as work
from keti.work.actions import accept_task_book, finish_task, issue_task_books
from keti.work.rules import BookContent

Push = Callable[[datetime, str, Callable[[], None]], None]
UNTIL_NEXT = timedelta(days=16)
"""What a meeting asks for is due between it and the next: a played folder that stands in the
middle of a month holds tasks that nobody has done yet."""


def scan(stage: Stage, act: Any) -> Any:
    """A one-page paper as it comes from the scanner, kept as evidence of `act`."""
    data = stage.memory.get("scan")
    if data is None:
        paper = Paper(
            kind="notice",
            title=stage.pen.pick("签署页（演示）", "Signed page (demo)"),
            lang="en" if stage.pen.english else "zh-hans",
            body=as_body(stage.pen.pick("演示用扫描件，内容虚构。", "A scan for demonstration.")),
            day=stage.programme.local(stage.now).date(),
            demo=True,
        )
        data = stage.memory["scan"] = render(paper, "pdf").data
    name = stage.pen.pick("签署页.pdf", "signed-page.pdf")
    return keep_upload(act, programme=stage.programme, name=name, data=data)


def issue_books(stage: Stage, duty: Any, push: Push) -> None:
    content = BookContent(
        title=stage.pen.pick(
            f"{duty.group.label}研究任务", f"Work of {duty.group.title.in_('en')}"
        ),
        texts={key: stage.pen.section(0) for key, _ in work.sections_of(duty)},
        targets=[stage.pen.plan(), stage.pen.plan()],
    )
    books = issue_task_books(stage.act(duty.seat), obligation=duty, content=content)
    stage.note(
        stage.pen.pick(
            f"{duty.group.label}下达任务书 {len(books)} 份",
            f"{duty.group.title.in_('en')}: {len(books)} task books issued",
        )
    )


def accept_book(stage: Stage, duty: Any, push: Push) -> None:
    """By click; once, by the sealed paper that the secretariat records for the member."""
    if duty.from_charter:
        return
    book = work.book_of(duty.seat)
    if book is None:
        return
    if "sealed" in stage.memory:
        accept_task_book(stage.act(duty.seat), task_book=book)
        return
    stage.memory["sealed"] = True
    manager = stage.manager()
    paper = scan(stage, stage.act(manager))
    act = stage.act(
        manager, on_behalf_of=duty.seat, happened=stage.now - timedelta(hours=20), evidence=paper
    )
    accept_task_book(act, task_book=book, scan=paper)
    stage.note(
        stage.pen.pick(
            f"秘书处代录 {duty.seat.label} 签收任务书（盖章扫描件，补录）",
            f"recorded late on behalf of {duty.seat.label}: task book accepted on paper",
        )
    )


def do_task(stage: Stage, duty: Any, push: Push) -> None:
    task = work.tasks(stage.programme).get(public_id=duty.subject_id)
    finish_task(stage.act(duty.seat), task=task, note=stage.pen.section(0))


def meet(stage: Stage, duty: Any, push: Push) -> None:
    """Invite some days ahead; the meeting is held and its minutes recorded on the day."""
    if meetings.meeting_of(duty):
        return
    starts = duty.due_instant - timedelta(hours=9)
    meeting = plan_meeting(
        stage.act(duty.seat),
        obligation=duty,
        starts_at=starts,
        place=stage.pen.pick("线上会议室（演示）", "Online room (demo)"),
    )
    push(starts + timedelta(hours=3), duty.label, lambda: _held(stage, duty, meeting.public_id))


def _held(stage: Stage, duty: Any, public_id: str) -> None:
    meeting = meetings.meetings(stage.programme).get(public_id=public_id)
    invited = meetings.to_invite(duty.group, stage.now, duty)
    attendance = {seat: "excused" if stage.dice.random() < 0.08 else "present" for seat in invited}
    owners = [seat for seat in invited if seat.acting_person and not seat.role.external]
    owner = owners[stage.dice.randrange(len(owners))]
    item = ItemFacts(stage.pen.plan(), owner, stage.now + UNTIL_NEXT)
    minutes = MinutesFacts(
        body=f"{stage.pen.section(0)}\n\n{stage.pen.section(1)}",
        attendance=attendance,
        resolutions=[stage.pen.section(2)],
        action_items=[item] if stage.dice.random() < 0.4 else [],
    )
    recorded = record_minutes(stage.act(duty.seat), meeting=meeting, minutes=minutes)
    confirm_minutes(stage.act(duty.seat), meeting=recorded)
    stage.note(
        stage.pen.pick(
            f"{duty.group.label}{duty.label}：{len(invited)} 人，纪要已确认",
            f"{duty.group.title.in_('en')}: {duty.title.in_('en')}, {len(invited)} invited, "
            "minutes confirmed",
        )
    )


def hand_file(stage: Stage, duty: Any, push: Push) -> None:
    act = stage.act(duty.seat)
    file = scan(stage, act)
    lines = [stage.pen.section(0), stage.pen.section(2)]
    hand_in_file(act, obligation=duty, file=file, lines=lines)
    stage.note(stage.pen.pick(f"提交文件：{duty.label}", f"file handed in: {duty.title.in_('en')}"))


def members(stage: Stage, group: Any) -> list[Any]:
    """Who works in the group now."""
    return [seat for seat in groups.able(stage.programme, "contribute", stage.now, group)]
