"""Every form of work, a row each: what it is called, what it takes, what it leaves. Pure.

What a room does with a form (its address, where it is met) stands in `works.py` of that room.
"""

from __future__ import annotations

from dataclasses import dataclass

from keti.kernel.acts import Text


@dataclass(frozen=True, slots=True)
class FormFacts:
    """One form of work.

    `said`: other Chinese words for it, between blanks; `acts` carry it out; `hours`: median effort,
    None where it takes place instead of being made (`happens`) or takes none; `ahead`: so many
    hours before it is due the play does it, None at some time of the days before; `deed`: the verb
    put before its title where a charter names it by a noun; `paper`: somebody writes it; `labour`:
    somebody works on it; `numbered`: what it leaves bears a number; `begins`: a group begins with
    it.
    """

    key: str
    title: Text
    said: str
    acts: tuple[str, ...]
    hours: float | None = None
    ahead: float | None = None
    deed: str = ""
    happens: bool = False
    paper: bool = False
    labour: bool = True
    numbered: bool = True
    begins: bool = False


FORMS: list[FormFacts] = [
    FormFacts(
        "call", Text("征集通知", "call"), "征集通知 通知", ("intake.publish_call",),
        hours=4.0, ahead=14.0, labour=False,
    ),
    FormFacts(
        "admission", Text("确定入选", "decision on admission"), "征集 录取 入选",
        ("intake.submit_application", "intake.decide_application"),
        hours=8.0, ahead=3.0, labour=False,
    ),
    FormFacts(
        "appointment", Text("职务任命", "appointment"), "任命 任免",
        ("intake.confirm_appointments",), hours=2.0, ahead=6.0, begins=True,
    ),
    FormFacts(
        "founding", Text("成立小组", "founding of a group"), "成立 成立小组", ("intake.found",),
        ahead=14.0, happens=True, numbered=False, begins=True,
    ),
    FormFacts(
        "task_book", Text("下达任务书", "task book"), "任务书", ("work.issue_task_books",),
        hours=1.0, ahead=10.0, begins=True,
    ),
    FormFacts(
        "acceptance", Text("签收", "acceptance"), "签收", ("work.accept_task_book",),
        hours=0.5, numbered=False, begins=True,
    ),
    FormFacts(
        "meeting", Text("会议", "meeting"), "会议 例会",
        ("meetings.record_minutes", "meetings.confirm_minutes"),
        ahead=96.0, deed="meeting", happens=True,
    ),
    FormFacts(
        "report", Text("报告", "report"), "报告 月报 季报", ("reports.submit_report",),
        hours=6.0, deed="report", paper=True,
    ),
    FormFacts(
        "file", Text("文件", "file"), "文件 材料", ("duties.hand_in_file",),
        hours=10.0, deed="report", paper=True,
    ),
    FormFacts(
        "consultation", Text("征求意见", "consultation"), "征求意见 公示",
        ("consultation.open_round", "consultation.close_round"),
        ahead=9999.0, deed="consultation", happens=True, paper=True,
    ),
    FormFacts(
        "decision", Text("决定", "decision"), "决定", ("review.open_gate", "review.decide"),
        hours=3.0, ahead=9.0, deed="decision", numbered=False,
    ),
    FormFacts(
        "closing", Text("结题", "closing"), "结题 结项", ("release.close_programme",),
        hours=4.0, ahead=12.0,
    ),
    FormFacts(
        "publication", Text("发布", "publication"), "发布 出版", ("release.publish",),
        hours=6.0, ahead=14.0,
    ),
    FormFacts(
        "roll", Text("名册", "roll"), "名册",
        (
            "release.open_proof", "release.answer_proof", "release.settle_proof",
            "release.close_proof", "release.draw_up_roll",
        ),
        hours=4.0, ahead=12.0, numbered=False,
    ),
    FormFacts(
        "promise", Text("承诺", "promise"), "承诺 兑现", ("promises.settle",),
        hours=2.0, deed="promise", numbered=False,
    ),
]  # fmt: skip
"""In the order in which a programme meets them. A row added before the language is read is a form
of it like any other."""
