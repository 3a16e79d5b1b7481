"""What the rooms say waits, compared with what is owed: for the doctor, and for data of before."""

from collections.abc import Iterator
from datetime import datetime

from keti.duties.actions.responding import SOURCES, waits, whose
from keti.duties.enums import DutyState, Nature
from keti.duties.models import Obligation
from keti.programmes.models import Programme


def astray(programme: Programme, at: datetime) -> Iterator[str]:
    """What waits and is not owed, what is owed and does not wait, what is owed or seen by others
    than it should be; nothing where acts and list agree. Holds nothing and writes nothing."""
    rows = Obligation.objects.filter(programme=programme, nature=Nature.RESPONSE)
    owed = {one.key: one for one in rows.filter(state=DutyState.OPEN)}
    for room in sorted(SOURCES):
        for asked in waits(programme, room, "", at):
            duty = owed.pop(asked.key, None)
            if duty is None:
                yield f"{asked.key} waits and is not owed"
            elif (duty.kind, *whose(duty)) != (f"{room}.{asked.verb}", *whose(asked)):
                yield f"{asked.key} is owed or seen by others than it should be"
    yield from (f"{key} is owed and does not wait" for key in sorted(owed))
