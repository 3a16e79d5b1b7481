"""Scenes of a comment round: opened early, commented, every comment answered, closed in time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from keti.consultation import queries as rounds
from keti.consultation.actions import Remark, close_round, comment, dispose, open_round
from keti.kernel.acts import Text
from keti.play.stage import Stage

Push = Callable[[datetime, str, Callable[[], None]], None]
REMARK = ("建议补充适用范围。", "Please add the scope of use.")
LETTERS = (
    (
        Text("拾光街居民（演示）", "A resident (demo)"),
        Text("请说明普通人怎样看懂。", "Please say how a lay person can read it."),
    ),
    (
        Text("归雁设备厂（演示）", "Wild Goose Equipment (demo)"),
        Text("过渡期太短，建议延长到一年。", "The transition is short; a year would do."),
    ),
)
ANSWERS = (
    ("adopted", ("", "")),
    (
        "partly",
        ("适用范围已补充，例外另行说明。", "The scope is added."),
    ),
    ("declined", ("与前文重复，不另写。", "It repeats what stands before.")),
)


def consult(stage: Stage, duty: Any, push: Push) -> None:
    """Open the round; others comment in the days that follow; it closes before its end."""
    if rounds.round_of(duty):
        return
    opened = open_round(stage.act(duty.seat), obligation=duty)
    stage.note(stage.pen.pick(f"{duty.label}开始", f"{duty.title.in_('en')} opened"))
    voices = [seat for seat in stage.able("contribute") if seat.acting_person][:24:5]
    for number, seat in enumerate(voices):
        at = stage.now + (duty.due_instant - stage.now) * (number + 1) / (len(voices) + 2)
        push(at, duty.label, _speaking(stage, opened, seat))
    if stage.charter.work(duty.kind).public:
        for number, letter in enumerate(LETTERS, start=1):
            at = stage.now + (duty.due_instant - stage.now) * number / (len(LETTERS) + 1)
            push(at, duty.label, _received(stage, opened, duty, letter))
    until, due = rounds.least_until(opened), duty.due_instant
    closes = max(due - timedelta(hours=5), until + timedelta(minutes=5)) if until else None
    push(closes or due - timedelta(hours=5), duty.label, lambda: _answer(stage, duty))


def _speaking(stage: Stage, opened: Any, seat: Any) -> Callable[[], None]:
    def scene() -> None:
        comment(stage.act(seat), round=opened, remark=Remark(stage.pen.pick(*REMARK)))

    return scene


def _received(
    stage: Stage, opened: Any, duty: Any, letter: tuple[Text, Text]
) -> Callable[[], None]:
    """What somebody outside the programme wrote, recorded by who holds the round."""
    sender, words = (one.in_("en" if stage.pen.english else "zh") for one in letter)

    def scene() -> None:
        comment(stage.act(duty.seat), round=opened, remark=Remark(words, sender=sender))
        stage.note(stage.pen.pick(f"登记公众意见：{sender}", f"public comment recorded: {sender}"))

    return scene


def _answer(stage: Stage, duty: Any) -> None:
    opened = rounds.round_of(duty)
    comments = rounds.comments_of(opened) if opened else []
    for number, one in enumerate(comments):
        disposition, reason = ANSWERS[number % len(ANSWERS)]
        dispose(
            stage.act(duty.seat),
            comment=one,
            disposition=disposition,
            reason=stage.pen.pick(*reason),
        )
    close_round(stage.act(duty.seat), obligation=duty)
    stage.note(
        stage.pen.pick(
            f"{duty.label}结束：{len(comments)} 条意见，均已答复",
            f"{duty.title.in_('en')} closed: {len(comments)} comments, all answered",
        )
    )
