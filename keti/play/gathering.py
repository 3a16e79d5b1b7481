"""Scenes of the conference: prepared once the roll stands, held on the day of the release."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from keti.consents.actions import give_consent
from keti.consents.enums import Purpose
from keti.gatherings import queries
from keti.gatherings.actions import (
    Arranged,
    Part,
    add_slot,
    announce,
    arrange,
    conclude,
    invite,
    list_signer,
    note_reply,
    note_signed,
)
from keti.gatherings.enums import Kind, Reply
from keti.play.filming import film
from keti.play.stage import Stage
from keti.promises.queries import declared

HOURS, DAY = timedelta(hours=3), timedelta(days=1)
SPEAKERS, GUESTS, PRESENT = 3, 5, 260


def prepare(stage: Stage, begins: datetime, push: Callable[..., None]) -> None:
    """The programme by the minute, guests, who signs; announced the evening before."""
    if begins <= stage.now:
        return
    what = Arranged(
        Kind.CONFERENCE,
        stage.pen.pick("成果发布大会（演示）", "Conference of the release (demo)"),
        stage.pen.pick("会展中心（演示）", "Exhibition centre (demo)"),
        begins,
        begins + HOURS,
        title_en="Conference of the release (demo)",
        promise=_promise(stage),
    )
    one = arrange(stage.act(stage.manager()), programme=stage.programme, what=what)
    _parts(stage, one, begins)
    guests = [_invited(stage, one, number) for number in range(1, GUESTS + 1)]
    party = stage.pen.pick("合作单位（演示）", "A partner (demo)")
    paper = stage.pen.pick("合作备忘录（演示）", "Memorandum (demo)")
    row = list_signer(stage.act(stage.manager()), gathering=one, paper=paper, party=party, copies=2)
    announce(stage.act(stage.manager()), gathering=one)
    stage.note(stage.pen.pick("公布发布大会的议程", "programme of the conference announced"))
    push(begins + HOURS, "conference", lambda: _held(stage, one, guests, row))
    push(begins + DAY, "films", lambda: film(stage, one, _speakers(stage)))


def _promise(stage: Stage) -> str:
    """The promise that is kept at an event; none where the charter promises nothing of the kind."""
    kinds = queries.promises(stage.programme)
    return next((one for one in kinds if declared(stage.programme, one).get("at")), "")


def _parts(stage: Stage, one: Any, begins: datetime) -> None:
    pick = stage.pen.pick
    opening = Part(
        begins, 10, pick("开场", "Opening"), "Opening", cue=pick("暖场片停", "Film stops")
    )
    add_slot(stage.act(stage.manager()), gathering=one, what=opening)
    title = "Release of the report"
    release = Part(begins + timedelta(minutes=10), 20, pick("发布课题报告", title), title)
    add_slot(stage.act(stage.manager()), gathering=one, what=release)
    for number, seat in enumerate(_speakers(stage)):
        at = begins + timedelta(minutes=30 + 20 * number)
        own = seat.group.title
        said = pick(f"{own.zh}研究介绍", own.in_("en"))
        part = Part(at, 20, said, own.in_("en"), speaker=seat.person)
        add_slot(stage.act(stage.manager()), gathering=one, what=part)
        if number:
            about = {"programme": stage.programme, "person": seat.person}
            give_consent(stage.act(seat), **about, purpose=Purpose.SPEECH)


def _speakers(stage: Stage) -> list[Any]:
    return [one for one in stage.able("lead") if one.person is not None][:SPEAKERS]


def _invited(stage: Stage, one: Any, number: int) -> Any:
    name = stage.pen.pick(f"来宾{number}（演示）", f"Guest {number} (demo)")
    unit = stage.pen.pick("某省主管部门（演示）", "A provincial office (demo)")
    return invite(stage.act(stage.manager()), gathering=one, name=name, unit=unit)


def _held(stage: Stage, one: Any, guests: list[Any], row: Any) -> None:
    """Most guests came; what was to be signed is signed; it shows for its promise."""
    for number, guest in enumerate(guests):
        reply = Reply.CAME if number else Reply.DECLINED
        note_reply(stage.act(stage.manager()), invitee=guest, reply=reply)
    note_signed(stage.act(stage.manager()), signer=row, handed=2)
    link = "https://example.org/conference"
    conclude(stage.act(stage.manager()), gathering=one, present=PRESENT, link=link)
    stage.note(
        stage.pen.pick(f"发布大会举行，{PRESENT} 人到场", f"conference held, {PRESENT} came")
    )
