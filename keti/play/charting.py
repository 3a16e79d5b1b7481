"""Scenes of the map: its edges, and what each cell says; some nobody gets to assess."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from keti.kernel.refusals import Refused
from keti.play.research import Table
from keti.play.stage import Stage
from keti.research import queries
from keti.research.actions import Said, assess, enter_all, settle

UNASSESSED, OLD, UNREAD = 5, 7, 9
"""Of so many cells one is left open, one rests on what is half a year old, one nobody else read."""
RECENTLY, LONG_AGO = timedelta(days=3), timedelta(days=200)


def chart(stage: Stage, table: Table) -> None:
    """The secretariat enters the edges of every map the table has words for and writes the cells;
    who leads the whole reads and settles them. Nothing where the charter declares no map."""
    for one in queries.maps(stage.programme).values():
        sides, heads = (_edge(stage, table, kind) for kind in (one.side, one.head))
        count = 0
        for number, (side, head, state) in enumerate(_cells(sides, heads, [*one.states])):
            count += 1
            _cell(stage, table, one.key, (side, head), state, number)
        if count:
            zh, en = one.title.zh, one.title.in_("en")
            stage.note(stage.pen.pick(f"{zh}：研判 {count} 格", f"{en}: {count} cells assessed"))


def _edge(stage: Stage, table: Table, kind: str) -> list[Any]:
    seat = stage.manager()
    many: list[Said] = table.of(None, kind)
    nodes = enter_all(stage.act(seat), programme=stage.programme, many=many) if many else []
    for node in nodes:
        settle(stage.act(seat), node=node)
    return nodes


def _cells(sides: list[Any], heads: list[Any], states: list[str]) -> Iterator[tuple[Any, Any, str]]:
    for row, side in enumerate(sides):
        for column, head in enumerate(heads):
            place = row * len(heads) + column
            if place % UNASSESSED != UNASSESSED - 1:
                yield side, head, states[(row + column * 3) % len(states)]


def _cell(
    stage: Stage, table: Table, key: str, ends: tuple[Any, Any], state: str, number: int
) -> None:
    writer, reader = stage.manager(), _reader(stage)
    old = LONG_AGO if number % OLD == OLD - 1 else RECENTLY
    day = (stage.programme.local(stage.now) - old).date().isoformat()
    side, head = ends
    said = table.assessed(side.title, head.title, state, day, number + 1)
    made = assess(
        stage.act(writer), programme=stage.programme, key=key, side=side, head=head, said=said
    )
    if number % UNREAD != UNREAD - 1:
        settle(stage.act(reader), node=made)


def _reader(stage: Stage) -> Any:
    """Who leads the whole, or another of the secretariat: somebody else than who writes."""
    writer = stage.manager().acting_person
    leads = [one for one in stage.able("lead") if one.group.parent_id is None]
    found = [one for one in (*leads, *stage.able("manage"))
             if one.acting_person and one.acting_person != writer]  # fmt: skip
    if not found:
        raise Refused("groups.no-seat")
    return found[0]
