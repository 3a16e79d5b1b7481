"""What the secretariat does to several duties at once: more time for each, with one reason."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from django.utils.translation import gettext_lazy

from keti.duties import actions, permissions
from keti.duties.models import Obligation
from keti.duties.notices import deadline
from keti.groups.doors import Door, ask
from keti.kernel.acts import Act
from keti.kernel.refusals import sentence
from keti.lists.doors import Deed

WEEK, FORTNIGHT = timedelta(days=7), timedelta(days=14)


def _not_extended(longer: timedelta, door: Door, duties: Sequence[Obligation]) -> dict[str, str]:
    """Which duties get no more time by this, and why."""
    told: dict[str, str] = {}
    for one in duties:
        one.programme = door.programme
        verdict = ask(partial(permissions.may_extend, door.act(), one))
        if not verdict:
            told[one.public_id] = verdict.sentence(door.lang)
        elif not one.is_open:
            told[one.public_id] = sentence("duties.no-longer-owed", {}, door.lang)
        elif one.due_instant + longer <= door.now:
            facts = {"due": deadline(door.programme, one.due_instant)}
            told[one.public_id] = sentence("duties.extension-must-be-later", facts, door.lang)
    return told


def _extend(longer: timedelta, act: Act, duty: Obligation, reason: str) -> Obligation:
    return actions.extend(act, obligation=duty, to=duty.due_instant + longer, reason=reason)


def _manages(door: Door) -> bool:
    return door.seat.can("manage")


DEEDS = tuple(
    Deed(
        key, title, _manages, partial(_not_extended, longer), partial(_extend, longer),
        reason=gettext_lazy("延期理由"),
    )
    for key, title, longer in (
        ("week", gettext_lazy("延期一周"), WEEK),
        ("fortnight", gettext_lazy("延期两周"), FORTNIGHT),
    )
)  # fmt: skip
