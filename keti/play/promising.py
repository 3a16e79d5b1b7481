"""Scenes of promises: what is shown for each, what became of it, what units were given.

By order in the charter, never by id: most are kept, those with a target in part, one openly not.
"""

from collections.abc import Callable, Mapping
from typing import Any

from keti.groups import queries as groups
from keti.play.stage import Stage
from keti.play.working import scan
from keti.promises import queries
from keti.promises.actions import Exhibited, Given, confirm_benefit, exhibit, give, settle
from keti.promises.enums import Nature, Outcome, Tier, Unit
from keti.promises.rules import COUNT

BROKEN = 4
"""Of the promises without a target the one of this number is openly not kept."""
SHARES = (62, 41, 9)
"""What the play's channels reach, in percent of the target."""
UNITS_GIVEN = 3


def keep(stage: Stage, duty: Any, push: Callable[..., None]) -> None:
    """Show what there is for a promise and say what became of it."""
    outcome = _outcome(stage, duty)
    target = queries.target_of(stage.programme, duty.kind)
    _show(stage, duty, target, outcome)
    settle(
        stage.act(duty.seat),
        obligation=duty,
        outcome=outcome,
        reason="" if outcome == Outcome.KEPT else _why(stage, duty, outcome),
    )
    if outcome == Outcome.KEPT:
        _give(stage, duty)
    title = " ".join(filter(None, (duty.title.in_("en"), duty.period)))
    stage.note(
        stage.pen.pick(f"承诺“{duty.label}”：{outcome.label}", f"promise {title}: {outcome}")
    )


def _outcome(stage: Stage, duty: Any) -> Outcome:
    if queries.target_of(stage.programme, duty.kind):
        return Outcome.PARTLY
    if _filmed(stage, duty):
        return Outcome.PARTLY
    if duty.period:
        return Outcome.KEPT
    single = [one.key for one in stage.charter.works if one.form == "promise" and not one.recurring]
    plain = [key for key in single if not queries.target_of(stage.programme, key)]
    return Outcome.NOT_KEPT if duty.kind in plain[BROKEN - 1 : BROKEN] else Outcome.KEPT


def _filmed(stage: Stage, duty: Any) -> Any:
    """The film that shows for a promise of subtitles; None where none was made."""
    asked = queries.declared(stage.programme, duty.kind).get("subtitles")
    return stage.memory.get("filmed") if asked else None


def _why(stage: Stage, duty: Any, outcome: Outcome) -> str:
    if outcome == Outcome.PARTLY and _filmed(stage, duty):
        return stage.pen.pick(
            "两段录像配好一段；另一段有人不同意使用，不予展示（演示）。",
            "One of two films has its subtitles; the other is kept back, somebody in it does not "
            "agree (demo).",
        )
    if outcome == Outcome.PARTLY:
        title = duty.title.in_("en")
        return stage.pen.pick(
            f"{duty.label}没有达到目标：演示数据里，各渠道的实测数都低于承诺的数。",
            f"{title}: target not reached; in this demonstration every channel stays below it.",
        )
    return stage.pen.pick(
        "到期时没有办成，原因已向各成员单位说明（演示）。",
        "Not done by its day; the members were told why (demo).",
    )


def _show(stage: Stage, duty: Any, target: Mapping[str, Any], outcome: Outcome) -> None:
    day = stage.programme.local(stage.now).date()
    if not target:
        act, film = stage.act(duty.seat), _filmed(stage, duty)
        words = ("的说明", ": account") if outcome == Outcome.NOT_KEPT else ("的材料", ": proof")
        title = stage.pen.pick(
            f"{duty.label}{words[0]}（演示）", f"{duty.title.in_('en')}{words[1]} (demo)"
        )
        said = " ".join(filter(None, (title, duty.period)))
        link = film.link if film else "https://example.org/proof"
        exhibit(
            act, obligation=duty, what=Exhibited(Nature.ITEM, said, day, link=link),
            file=scan(stage, act),
        )  # fmt: skip
        return
    for number, share in enumerate(SHARES, start=1):
        outlet = stage.pen.pick(f"演示媒体{number}", f"Demo outlet {number}")
        for unit, value in target.items():
            _measure(stage, duty, outlet, str(unit), int(value) * share // 100, number)


def _measure(stage: Stage, duty: Any, outlet: str, unit: str, value: int, number: int) -> None:
    day = stage.programme.local(stage.now).date()
    link = f"https://example.org/{duty.kind}/{number}"
    if unit == COUNT:
        title = stage.pen.pick(f"{outlet}的报道（演示）", f"A report of {outlet} (demo)")
        tier = (Tier.CENTRAL, Tier.LOCAL, Tier.TRADE)[number - 1]
        what = Exhibited(
            Nature.CLIPPING, title, day, outlet=outlet, tier=tier, reprint=number > 1, link=link
        )
    else:
        title = stage.pen.pick(f"{outlet}后台读数（演示）", f"Figure read at {outlet} (demo)")
        source = stage.pen.pick("平台后台导出（演示）", "the platform's export (demo)")
        kind = unit if unit in Unit.values else Unit.VIEWS
        what = Exhibited(
            Nature.MEASURE, title, day, outlet=outlet, unit=kind, value=value, source=source,
            link=link,
        )  # fmt: skip
    act = stage.act(duty.seat)
    exhibit(act, obligation=duty, what=what)


def _give(stage: Stage, duty: Any) -> None:
    """The first units that it is for are given something; every second of them confirms."""
    declared = queries.declared(stage.programme, duty.kind)
    if not declared.get("entitles"):
        return
    found = queries.entitlements(stage.programme, [], stage.now)
    units = [one.unit for one in found if one.kind == duty.kind and one.entitled][:UNITS_GIVEN]
    what = stage.pen.pick(f"{duty.label}一份（演示）", f"{duty.title.in_('en')}, one (demo)")
    for number, unit in enumerate(units):
        given = Given(duty.kind, unit, what, stage.programme.local(stage.now).date())
        made = give(stage.act(stage.manager()), programme=stage.programme, given=given)
        seat = _seat_of(stage, unit)
        if seat is not None and number % 2 == 0:
            confirm_benefit(stage.act(seat), benefit=made)


def _seat_of(stage: Stage, unit: Any) -> Any:
    seats = groups.standing(stage.programme, stage.now)
    return next((one for one in seats if one.unit == unit and one.acting_person), None)
