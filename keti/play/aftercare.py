"""Scenes after the release: what is promised for years is done year by year.

By shape of the promise, never by id: who goes first (`from`, `to`, `entitles`) goes first in an
activity a year; what is shown by minutes is a seminar in a region, with guests and a scheme."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from keti.activities.actions import (
    Announced,
    Came,
    Sheet,
    announce,
    check_sheet,
    decline_places,
    enter_sheet,
    hold_activity,
    invite_guest,
    take_places,
    withdraw_guest,
)
from keti.activities.enums import ActivityKind
from keti.activities.queries import NEVER, invited, right_of, taken
from keti.play.stage import Stage
from keti.play.working import scan
from keti.promises.queries import declared

Push = Callable[..., None]
YEAR, LATER = timedelta(days=365), timedelta(days=70)
PRIORITY, CLOSING, AHEAD = timedelta(days=1), timedelta(days=4), timedelta(days=5)
PLACES, ANSWERS = 12, 2
YEARS = (("头一年", "first"), ("第二年", "second"), ("第三年", "third"), ("再下一年", "following"))
DIVISION = "130100"


def look_after(stage: Stage, push: Push) -> None:
    """Plan the activities of the years after the release; once."""
    if "looked-after" in stage.memory:
        return
    stage.memory["looked-after"] = True
    kinds = [one.key for one in stage.charter.works if one.form == "promise"]
    for kind in kinds:
        said = declared(stage.programme, kind)
        if said.get("entitles") and said.get("from") and (right := right_of(stage.programme, kind)):
            _yearly(stage, kind, right, push)
        elif said.get("evidence") == "minutes" and not said.get("entitles"):
            push(stage.now + LATER, kind, lambda kind=kind: _seminar(stage, kind, push))


def _yearly(stage: Stage, kind: str, right: tuple[datetime, datetime], push: Push) -> None:
    """Nothing where the right has not begun: what it is counted from was not decided."""
    first, last = right
    if first == NEVER:
        return
    for number, words in enumerate(YEARS):
        at = max(first, stage.now) + LATER + YEAR * number
        if at + AHEAD < last:
            title = stage.pen.pick(
                f"{words[0]}公益讲堂（演示）", f"Open lectures, {words[1]} year (demo)"
            )
            push(at, title, lambda title=title: _good_works(stage, kind, title, push))


def _said(stage: Stage, kind: str, title: str, form: ActivityKind, **more: Any) -> Announced:
    today = stage.programme.local(stage.now).date()
    day = today + AHEAD
    return Announced(
        form.value, title, day, day, PLACES, today + CLOSING, promise=kind,
        where=stage.pen.pick("市民中心（演示）", "Civic centre (demo)"),
        partners=stage.pen.pick("公益合作单位（演示）", "A charity (demo)"), **more,
    )  # fmt: skip


def _good_works(stage: Stage, kind: str, title: str, push: Push) -> None:
    """Announced; some of those who go first take places while others may not yet, one declines."""
    today = stage.programme.local(stage.now).date()
    said = _said(stage, kind, title, ActivityKind.CHARITY, priority=today + PRIORITY)
    one = announce(stage.act(stage.manager()), programme=stage.programme, said=said)
    stage.note(stage.pen.pick(f"预告：{title}", f"announced: {title}"))
    seats = invited(one, stage.now)[:ANSWERS]
    for number, seat in enumerate(seats):
        at = stage.now + timedelta(hours=2 + number)
        push(at, title, lambda seat=seat, number=number: _answer(stage, one, seat, number))
    push(stage.now + AHEAD + timedelta(hours=9), title, lambda: _held(stage, one))


def _answer(stage: Stage, one: Any, seat: Any, number: int) -> None:
    if number == ANSWERS - 1:
        decline_places(stage.act(seat), activity=one)
    else:
        take_places(stage.act(seat), activity=one, people=number + 1)


def _held(stage: Stage, one: Any) -> None:
    """It took place: most came; it stands as an exhibit of its promise from now on."""
    act = stage.act(stage.manager())
    people = {spot.public_id: max(1, spot.people - 1) for spot in taken(one)}
    guests = frozenset(one.guests.filter(withdrawn_at=None).values_list("public_id", flat=True))
    account = stage.pen.pick(
        f"{one.title}：讲座和答疑各一场。（演示）",
        f"{one.title}: one lecture, one hour of questions. (demo)",
    )
    came = Came(people, guests, account)
    hold_activity(act, activity=one, came=came, file=scan(stage, act))
    stage.note(stage.pen.pick(f"举办：{one.title}", f"held: {one.title}"))


def _seminar(stage: Stage, kind: str, push: Push) -> None:
    """A seminar in a region: one guest named with a paper, one by post alone, one who takes the
    name back; what the region is to do about it is a scheme of its own."""
    pick = stage.pen.pick
    title = pick("地方治理研讨会（演示）", "Seminar in a region (demo)")
    said = _said(stage, kind, title, ActivityKind.SEMINAR, division=DIVISION)
    one = announce(stage.act(stage.manager()), programme=stage.programme, said=said)
    body = pick("某市研究院（演示）", "A city's institute (demo)")
    names = (
        pick("甄与会（演示）", "Guest One (demo)"),
        "",
        pick("贾旁听（演示）", "Guest Two (demo)"),
    )
    for number, name in enumerate(names, start=1):
        act = stage.act(stage.manager())
        post = pick(f"嘉宾席位{number}（演示）", f"Guest seat {number} (demo)")
        paper = scan(stage, act) if name else None
        guest = invite_guest(act, activity=one, body=body, post=post, name=name, consent=paper)
    withdraw_guest(stage.act(stage.manager()), guest=guest)
    stage.note(pick(f"预告：{title}", f"announced: {title}"))
    push(stage.now + AHEAD + timedelta(hours=9), title, lambda: _concluded(stage, one))


def _concluded(stage: Stage, one: Any) -> None:
    _held(stage, one)
    pick = stage.pen.pick
    sheet = Sheet(
        one.division, pick("地方治理方案（演示）", "Scheme for the region (demo)"),
        pick("按研讨意见分三步推进。（演示）", "Three steps, as the seminar advised. (demo)"),
        stage.programme.local(stage.now).date(), scheme=True, activity=one,
    )  # fmt: skip
    made = enter_sheet(stage.act(stage.manager()), programme=stage.programme, said=sheet)
    watchers = [one for one in stage.able("watch") if one.acting_person is not None]
    for seat in watchers[:1]:
        check_sheet(stage.act(seat), sheet=made)
