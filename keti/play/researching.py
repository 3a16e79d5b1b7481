"""Scenes of the research itself: what the groups enter, how they tie it, and what became of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from keti.groups import queries as groups
from keti.kernel.refusals import Refused
from keti.play.charting import chart
from keti.play.research import Table
from keti.play.stage import Stage
from keti.research.actions import (
    Became,
    Found,
    Parties,
    Said,
    answer_approval,
    ask_approval,
    change,
    check_facts,
    enter_all,
    link,
    say_provenance,
    say_uptake,
    settle,
    verify_uptake,
)

Planned = tuple[datetime, str, Callable[[], None]]
Ties = Iterator[tuple[Any, Any, str]]
QUARTERS, QUARTER, FIRST = 12, timedelta(days=85), timedelta(days=30)
FOLLOWED = 2
"""Of so many recommendations somebody says each quarter what became of them."""
STATES = (("sent", "acknowledged"), ("under_study",), ("adopted", "partly", "declined"))
"""What an office does in the first year, in the second, in the third."""
TAKEN_UP = ("adopted", "partly")


def scenes(stage: Stage) -> list[Planned]:
    """What is entered in the middle of the term, group by group, and asked for three years after;
    nothing where no table of research lies beside the charter."""
    table: Table = stage.memory["research"]
    if not table.rows:
        return []
    found: list[Planned] = [(_at(stage, 0.38), "research", partial(_whole, stage, table))]
    for order, key in enumerate(table.groups):
        for share, scene in (
            (0.42, _gather),
            (0.54, _conclude),
            (0.64, _recommend),
            (0.68, _vouch),
        ):
            at = _at(stage, share) + timedelta(minutes=10 * order)
            found.append((at, "research", partial(scene, stage, table, key, order)))
    found.append((_at(stage, 0.5), "map", partial(chart, stage, table)))
    for number in range(QUARTERS):
        at = _at(stage, 1) + FIRST + QUARTER * number
        found.append((at, "uptake", partial(_follow, stage, table, number)))
    return found


def _at(stage: Stage, share: float) -> datetime:
    start, end = stage.programme.starts_at, stage.programme.ends_at
    moment: datetime = start + (end - start) * share
    return moment.replace(hour=2, minute=40, second=0, microsecond=0)


def _lead(stage: Stage, key: str) -> Any:
    """Who leads the group now. Refuses where nobody does."""
    found = [one for one in stage.able("lead") if one.group.key == key and one.acting_person]
    if not found:
        raise Refused("groups.no-seat")
    return found[0]


def _enter(stage: Stage, seat: Any, many: list[Said]) -> dict[str, list[Any]]:
    """All of these in one act, by kind."""
    found: dict[str, list[Any]] = {}
    for one in enter_all(stage.act(seat), programme=stage.programme, many=many):
        found.setdefault(one.kind, []).append(one)
    return found


def _keep(stage: Stage, key: str, found: dict[str, list[Any]]) -> None:
    stage.memory.setdefault("nodes", {}).setdefault(key, {}).update(found)


def _known(stage: Stage, key: str) -> dict[str, list[Any]]:
    """What the group has entered; refused while it has not."""
    found: dict[str, dict[str, list[Any]]] = stage.memory.get("nodes", {})
    if key not in found:
        raise Refused("research.nothing-to-enter")
    return found[key]


def _tie(stage: Stage, seat: Any, ties: Ties) -> None:
    for first, second, kind in ties:
        link(stage.act(seat), first=first, second=second, kind=kind)


def _whole(stage: Stage, table: Table) -> None:
    """The elements of the framework and the offices it is for: read by everybody."""
    seat = stage.manager()
    many = [one for kind in ("element", "addressee") for one in table.of(None, kind)]
    found = _enter(stage, seat, many)
    for node in [one for nodes in found.values() for one in nodes]:
        settle(stage.act(seat), node=node)
    _keep(stage, "", found)


def _gather(stage: Stage, table: Table, key: str, order: int) -> None:
    """Scenarios, challenges, sources and cases by the lead; what companies ask for by a member."""
    lead = _lead(stage, key)
    kinds = ("scenario", "challenge", "source", "case")
    found = _enter(stage, lead, [one for kind in kinds for one in table.of(lead.group, kind)])
    able = groups.able(stage.programme, "contribute", stage.now, lead.group)
    member = next((one for one in able if not one.can("lead") and one.acting_person), lead)
    found |= _enter(stage, member, table.of(lead.group, "demand"))
    _tie(stage, lead, _gathered(found, _known(stage, "")))
    _keep(stage, key, found)
    count = sum(map(len, found.values()))
    zh, en = lead.group.title.zh, lead.group.title.in_("en")
    stage.note(
        stage.pen.pick(f"{zh}录入研究条目 {count} 条", f"{en}: {count} nodes of the research")
    )


def _gathered(found: dict[str, list[Any]], whole: dict[str, list[Any]]) -> Ties:
    for kind, target, how in (
        ("challenge", found["scenario"], "addresses"),
        ("demand", found["challenge"], "addresses"),
        ("case", whole["element"], "illustrates"),
    ):
        for place, one in enumerate(found[kind]):
            yield one, target[place % len(target)], how
    yield found["source"][-1], found["source"][2], "contradicts"


def _conclude(stage: Stage, table: Table, key: str, order: int) -> None:
    """Findings, each on two sources that do not come of one house, and directions."""
    lead, found, whole = _lead(stage, key), _known(stage, key), _known(stage, "")
    many = [one for kind in ("finding", "direction") for one in table.of(lead.group, kind)]
    new = _enter(stage, lead, many)
    _tie(stage, lead, _concluded(new, found, whole, order))
    for node in new["finding"]:
        settle(stage.act(lead), node=node)
    _keep(stage, key, new)


def _concluded(
    new: dict[str, list[Any]], found: dict[str, list[Any]], whole: dict[str, list[Any]], order: int
) -> Ties:
    sources, challenges = found["source"], found["challenge"]
    for place, one in enumerate(new["finding"]):
        yield one, sources[place], "rests_on"
        yield one, sources[place + len(challenges)], "rests_on"
        yield one, challenges[place], "addresses"
    for place, one in enumerate(new["direction"]):
        yield one, challenges[place], "addresses"
        yield one, whole["element"][(order + place) % len(whole["element"])], "part_of"


def _recommend(stage: Stage, table: Table, key: str, order: int) -> None:
    """Recommendations, on what they rest, what they answer and to whom they go; the last demand is
    not taken up. Half of the cases are settled with them."""
    lead, found, whole = _lead(stage, key), _known(stage, key), _known(stage, "")
    new = _enter(stage, lead, table.of(lead.group, "recommendation"))
    _tie(stage, lead, _recommended(new["recommendation"], found, whole, order))
    for node in new["recommendation"]:
        settle(stage.act(lead), node=node)
    found["case"][::2] = [settle(stage.act(lead), node=one) for one in found["case"][::2]]
    last, said = found["demand"][-1], table.of(lead.group, "demand")[-1]
    said = replace(said, facts={**said.facts, "unmet": table.unmet(last.title)})
    change(stage.act(lead), node=last, said=said, version=last.version)
    _keep(stage, key, new)


def _vouch(stage: Stage, table: Table, key: str, order: int) -> None:
    """Of the first settled case it is said whom it tells of; the lead of the next group checks its
    facts by a source, and that unit approves."""
    lead, found = _lead(stage, key), _known(stage, key)
    other = _lead(stage, table.groups[(order + 1) % len(table.groups)])
    case = next(one for one in found["case"] if one.status == "settled")
    told = next((one for one in _speakers(stage, lead) if one.unit.pk != _unit(other)), None)
    if told is None:
        raise Refused("groups.no-seat")
    parties = Parties(told=told, supplier_named=case.facts.get("supplier", ""))
    say_provenance(stage.act(lead), node=case, parties=parties)
    words = stage.pen.pick(
        "三项事实逐一对照所列文献，一致（演示）", "Three facts held against this source (demo)"
    )
    day = stage.programme.local(stage.now).date()
    said = Found("holds", words, day, found["source"][:1])
    check_facts(stage.act(other), node=case, version=case.version, found=said)
    one = ask_approval(stage.act(lead), node=case, version=case.version)
    answer_approval(stage.act(told), approval=one, answer="approved")


def _speakers(stage: Stage, lead: Any) -> list[Any]:
    """Who speaks for a unit in the group of this lead, beside it."""
    able = groups.able(stage.programme, "contribute", stage.now, lead.group)
    return [one for one in able if one.unit and one.acting_person and one.pk != lead.pk]


def _unit(seat: Any) -> int | None:
    return seat.unit.pk if seat.unit else None


def _recommended(
    new: list[Any], found: dict[str, list[Any]], whole: dict[str, list[Any]], order: int
) -> Ties:
    for place, one in enumerate(new):
        yield one, found["finding"][place % len(found["finding"])], "rests_on"
        yield one, found["demand"][place], "answers"
        yield one, whole["element"][(order + place) % len(whole["element"])], "part_of"
        yield one, _office(whole, order), "addresses"


def _office(whole: dict[str, list[Any]], order: int) -> Any:
    return whole["addressee"][order % len(whole["addressee"])]


def _follow(stage: Stage, table: Table, number: int) -> None:
    """What became of the first recommendations of two groups, as the secretariat hears of it; who
    watches finds it true."""
    nodes, whole = stage.memory.get("nodes", {}), _known(stage, "")
    seat, watching = stage.manager(), stage.able("watch")
    day = stage.programme.local(stage.now).date()
    for one in range(number * FOLLOWED, (number + 1) * FOLLOWED):
        order = one % len(table.groups)
        found = nodes.get(table.groups[order], {}).get("recommendation")
        if not found:
            continue
        states = STATES[min(one // len(table.groups), len(STATES) - 1)]
        state = states[order % len(states)]
        shown = table.evidence(found[0].title, one // len(table.groups) + 1)
        became = Became(state, day, shown, share="coincides" if state in TAKEN_UP else "")
        made = say_uptake(
            stage.act(seat), recommendation=found[0], addressee=_office(whole, order), became=became
        )
        if watching:
            verify_uptake(stage.act(watching[0]), uptake=made)
