"""Gates can be opened, or no longer, by what is done in other rooms."""

from datetime import datetime

from django.db.models import QuerySet

from keti.duties import actions as duties
from keti.duties.models import Obligation
from keti.kernel.prepared import prepared
from keti.programmes.models import Programme
from keti.review import queries
from keti.review.enums import GateState
from keti.review.models import Gate, GateQuerySet

ROOM = "review"


def follow(programme: Programme, duty: Obligation | None, at: datetime) -> None:
    """A duty changed, or a finding: the secretariat is asked to open the gates that can be opened
    now, and no longer those that cannot. One statement where no gate waits for it.

    Readiness is a rule over several duties: the duty to decide stands for all of them, because
    duties are held already where a gate would come first.
    """
    waiting = prepared(("review.waiting",), _waiting, programme.pk)
    touched = queries.openings_touched(programme, waiting, duty) if waiting else []
    if not touched:
        return
    duties.hold_duties(*(one.obligation for one in touched))
    for public_id in _to_ask(programme, touched):
        duties.await_answers(programme, ROOM, public_id, at)


def _waiting(programme: int) -> GateQuerySet:
    """The gates that wait to be opened and are not settled otherwise."""
    found = Gate.objects.filter(programme=programme, state=GateState.WAITING).with_names()
    return found.exclude(obligation__state__in=queries.SETTLED)


def _to_ask(programme: Programme, gates: list[Gate]) -> list[str]:
    """Those that may be opened by their inputs, and those the secretariat was asked to open."""
    ids = {one.public_id for one in gates}
    wanted = ids & set(prepared(("review.openings",), _openings, programme.pk))
    return sorted(wanted | {one.public_id for one in queries.could_open(programme, gates)})


def _openings(programme: int) -> "QuerySet[Obligation, str]":
    asked = Obligation.objects.filter(programme=programme, kind=queries.OPENING).open()
    return asked.values_list("subject_id", flat=True)


def ask(gate: Gate, at: datetime) -> None:
    """Who has a voice at this gate is asked, or no longer; nobody has answered by this act."""
    duties.await_answers(gate.programme, ROOM, gate.public_id, at)
