"""What the rooms say waits, compared with what is owed: for the doctor, and for data of before."""

from collections.abc import Iterator
from datetime import datetime

from keti.duties.actions.responding import SOURCES, Response
from keti.duties.enums import DutyState, Nature
from keti.duties.models import Obligation
from keti.programmes.models import Programme


def astray(programme: Programme, at: datetime) -> Iterator[str]:
    """What waits and is not owed, what is owed and does not wait, what is owed by others than it
    waits for; nothing where acts and list agree. Holds nothing and writes nothing."""
    rows = Obligation.objects.filter(programme=programme, nature=Nature.RESPONSE)
    owed = {one.key: one for one in rows.filter(state=DutyState.OPEN)}
    for room in sorted(SOURCES):
        for asked in SOURCES[room](programme, "", at):
            duty = owed.pop(asked.key, None)
            if duty is None:
                yield f"{asked.key} waits and is not owed"
            elif (duty.kind, *_whose(duty)) != (f"{room}.{asked.verb}", *_whose(asked)):
                yield f"{asked.key} is owed by others than it waits for"
    yield from (f"{key} is owed and does not wait" for key in sorted(owed))


def _whose(one: Obligation | Response) -> tuple[object, ...]:
    """Whom it waits for, as keys."""
    if isinstance(one, Obligation):
        return (one.seat_id, one.pool, one.pool_group_id, one.role_id)
    rows = (one.seat, one.pool_group, one.role)
    seat, group, role = (row.pk if row is not None else None for row in rows)
    return (seat, one.pool or "", group, role)
