"""Scenes of honours: what was put in and achieved is told, counted, nominated, decided, awarded."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from keti.groups import queries as groups
from keti.groups.permissions import same_side
from keti.honours import queries
from keti.honours.actions import (
    Input,
    assess_book,
    award,
    certify_all,
    check,
    declare_input,
    draw_record,
    give_notice,
    nominate,
    verify_input,
    vote,
)
from keti.honours.permissions import honours_of, may_nominate
from keti.honours.rules import Checklist
from keti.play.stage import Stage
from keti.play.working import scan
from keti.work.queries import books

MOST = 2
"""So many are put forward for one honour."""
APPROVED = Checklist(basis="同意表彰的批复（演示）", authority="主管部门（演示）")
DONE = ("按任务书完成，已核对。（演示）", "Done as the task book asks; checked. (demo)")
PARTLY = ("一项成果尚未定稿。（演示）", "One output is not final yet. (demo)")
WHY = ("全程参加，按时完成。（演示）", "Took part throughout, and in time. (demo)")
GIVEN = ("派员参加调研（演示）", "People sent to the survey (demo)")
DAYS = ("人日", "person days")


def honour(stage: Stage, push: Callable[..., None]) -> None:
    """Everything up to the public notice, on one day; the awards when it has run out."""
    specs = honours_of(stage.programme)
    if not specs or "honoured" in stage.memory:
        return
    stage.memory["honoured"] = True
    _assess(stage)
    _put_in(stage, [one for one in specs.values() if any("input" in word for word in one.criteria)])
    record = draw_record(stage.act(stage.manager()), programme=stage.programme)
    stage.note(
        stage.pen.pick(
            f"编制参与记录第 {record.number} 版",
            f"participation records drawn up, edition {record.number}",
        )
    )
    for spec in specs.values():
        found = queries.shortlist(stage.programme, spec, stage.now)
        seats = [one.seat for one in found if one.qualifies]
        if spec.participation and not spec.appeal:
            _certify(stage, spec, seats)
        else:
            for seat in seats[:MOST]:
                _put_forward(stage, spec, seat, push)


def _assess(stage: Stage) -> None:
    """Every task book that counts, by a lead who is on no side of it; of one a target is open."""
    for place, book in enumerate(books(stage.programme).live()):
        leads = groups.able(stage.programme, "lead", stage.now, book.group)
        judges = _others(stage, [*leads, stage.manager()], book.seat)
        if not judges:
            continue
        done, partly = stage.pen.pick(*DONE), stage.pen.pick(*PARTLY)
        marks = [("met", done)] * max(len(book.content["targets"]), 1)
        if place == 1:
            marks[0] = ("partly", partly)
        assess_book(stage.act(judges[0]), book=book, marks=marks)


def _others(stage: Stage, seats: Iterable[Any], than: Any) -> list[Any]:
    """Those of these seats that somebody acts in who is not on the side of this one."""
    able = [one for one in seats if one.acting_person is not None]
    return [one for one in able if not same_side(stage.act(one), than)]


def _put_in(stage: Stage, specs: list[Any]) -> None:
    """Where an honour asks for it: declared by each, with evidence, and verified."""
    roles = {role for spec in specs for role in spec.to}
    day = stage.programme.local(stage.now).date()
    since = stage.programme.local(stage.programme.starts_at).date()
    for seat in queries.seats_of(stage.programme, stage.now):
        watchers = _others(stage, [*stage.able("watch"), stage.manager()], seat)
        if seat.role.key not in roles or seat.acting_person is None or not watchers:
            continue
        act = stage.act(seat)
        said = Input("people", stage.pen.pick(*GIVEN), 20, stage.pen.pick(*DAYS), since, day)
        made = declare_input(act, programme=stage.programme, said=said, evidence=scan(stage, act))
        verify_input(stage.act(watchers[0]), contribution=made)


def _certify(stage: Stage, spec: Any, seats: list[Any]) -> None:
    deciding = [one for key in spec.decided_by for one in _holders(stage, key)]
    if seats and deciding:
        made = certify_all(stage.act(deciding[0]), programme=stage.programme, honour=spec.key)
        title = spec.title.in_("en" if stage.pen.english else "zh")
        stage.note(stage.pen.pick(f"{title}：{len(made)} 份", f"{title}: {len(made)}"))


def _holders(stage: Stage, role: str) -> list[Any]:
    return groups.holders(stage.programme, role, None, stage.now)


def _put_forward(stage: Stage, spec: Any, seat: Any, push: Callable[..., None]) -> None:
    """Nominated, checked, decided by everybody, and under public notice."""
    able = _others(stage, groups.standing(stage.programme, stage.now), seat)
    mine = [one for one in able if may_nominate(stage.act(one), spec, seat)]
    if not mine:
        return
    made = nominate(stage.act(mine[0]), honour=spec.key, seat=seat, reason=stage.pen.pick(*WHY))
    day = stage.programme.local(stage.programme.starts_at).date().isoformat()
    told = Checklist(basis=APPROVED.basis, basis_day=day, authority=APPROVED.authority)
    check(stage.act(stage.manager()), nomination=made, told=told)
    for one, code in queries.deciders(made, stage.now):
        if not code:
            made = vote(stage.act(one), nomination=made, yes=True)
    made = give_notice(stage.act(stage.manager()), nomination=made)
    title = made.title.in_("en" if stage.pen.english else "zh")
    stage.note(stage.pen.pick(f"公示：{title}", f"public notice: {title}"))
    after = (made.notice_ends or stage.now) + timedelta(hours=9)
    push(after, title, lambda: _award(stage, made))


def _award(stage: Stage, made: Any) -> None:
    done = award(stage.act(stage.manager()), nomination=made)
    title = done.title.in_("en" if stage.pen.english else "zh")
    stage.note(stage.pen.pick(f"授予：{title} {done.number}", f"awarded: {title} {done.number}"))
