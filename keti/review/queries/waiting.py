"""What waits at the gates: opinions that are not given, and gates that can be opened."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import QuerySet

from keti.charter.queries import compiled
from keti.charter.rules.guards import evaluate, facts_of, parse
from keti.duties.actions import Response
from keti.duties.enums import DutyState, Pool, Verb
from keti.duties.models import Obligation
from keti.kernel.acts import Text
from keti.kernel.prepared import prepared
from keti.kernel.refusals import both
from keti.programmes.models import Programme
from keti.review import permissions
from keti.review.enums import GateState
from keti.review.models import Gate, GateQuerySet
from keti.review.queries import reading

OPENING = f"review.{Verb.OPEN}"


def awaited(programme: Programme, subject_id: str, at: datetime) -> list[Response]:
    """What is owed in answer at the gates: of everybody who has a voice their opinion, which nobody
    else knows of; of the secretariat the opening of a gate whose inputs are in and whose guard
    holds, from when it opens."""
    one = [subject_id] if subject_id else []
    gates = prepared(("review.under-way", bool(one)), _under_way, programme.pk, *one)
    judged = [one for one in gates if one.state == GateState.OPEN]
    votes = [vote for gate in judged for vote in _votes(gate, at)]
    return [*votes, *_openings(programme, gates, at)]


def _under_way(programme: int, *one: str) -> GateQuerySet:
    found = Gate.objects.filter(programme=programme).with_names()
    found = found.filter(state__in=[GateState.OPEN, GateState.WAITING])
    return found.filter(public_id__in=one) if one else found


def _votes(gate: Gate, at: datetime) -> list[Response]:
    """The opinions not given yet. Who must record the decision finds that among what it owes."""
    if gate.obligation.state == DutyState.CANCELLED:
        return []
    return [
        Response(
            verb=Verb.JUDGE,
            about=gate.subject(),
            title=gate.title,
            group=gate.group,
            since=gate.opened_at or at,
            turn=f"{gate.round}/{one.seat.public_id}",
            seat=one.seat,
            due=gate.obligation.due_instant,
            closed=True,
        )
        for one in reading.bench(gate, at).deciders
        if not one.aside and one.opinion is None and one.seat.pk != gate.obligation.seat_id
    ]


def openings_touched(
    programme: Programme, gates: Iterable[Gate], duty: Obligation | None
) -> list[Gate]:
    """Of these waiting gates those whose opening a change may have brought about or ended: their
    input is this duty, or their guard asks for it; any of them where no duty is named."""
    with_law(programme, gates)
    return [one for one in gates if duty is None or _asks_for(one, duty)]


def _asks_for(gate: Gate, duty: Obligation) -> bool:
    spec = gate.spec
    if duty.key in spec.inputs:
        return True
    if not spec.when:
        return False
    kind = duty.kind.removeprefix("gate.")
    names = [one for one in facts_of(parse(spec.when)) if not one.startswith("date>=")]
    asked = {name.rpartition(".")[0] for name in names}
    works = {one.key for one in gate.law.works} | {one.kind for one in gate.law.gates}
    # what is no work and no gate is a round on a text, or the admission: many duties stand for it
    return kind in asked or not asked <= works


def could_open(programme: Programme, gates: Iterable[Gate]) -> list[Gate]:
    """Of these waiting gates those that are still to be decided and whose inputs are all met."""
    waiting = [one for one in gates if one.state == GateState.WAITING]
    gates = [one for one in waiting if one.obligation.state not in reading.SETTLED]
    if not gates:
        return []
    with_law(programme, gates)
    keys = tuple(sorted({key for gate in gates for key in gate.spec.inputs}))

    def owed(programme: int) -> QuerySet[Obligation, tuple[str, str]]:
        found = Obligation.objects.filter(programme=programme, key__in=keys)
        return found.values_list("key", "state")

    states = dict(prepared(("review.inputs", keys), owed, programme.pk))
    return [one for one in gates if _all_met(one, states)]


def _all_met(gate: Gate, states: Mapping[str, str]) -> bool:
    """What the charter names but nobody ever owed is not waited for."""
    found = {states[key] for key in gate.spec.inputs if key in states}
    return found == {DutyState.MET}


def with_law(programme: Programme, gates: Iterable[Gate]) -> None:
    """Read the charter in force once for all gates that were never opened."""
    fresh = [one for one in gates if not one.charter and "law" not in vars(one)]
    law = compiled(programme) if fresh else None
    for one in fresh:
        vars(one)["law"] = law


def _openings(programme: Programme, gates: Iterable[Gate], at: datetime) -> list[Response]:
    ready = could_open(programme, gates)
    known = reading.facts(programme) if any(one.spec.when for one in ready) else {}
    made = []
    for gate in ready:
        first = _openable_from(gate, known, at)
        if first is not None and not _held_up(gate):
            made.append(_opening(gate, first, at))
    return made


def _openable_from(gate: Gate, known: Mapping[str, bool | None], at: datetime) -> datetime | None:
    """The first instant at which the gate's time has come and its guard holds; None while others
    have something to do first."""
    spec = gate.spec
    first = max(at, spec.opens_at or at)
    if not spec.when:
        return first
    guard = parse(spec.when)
    days = {f"date>={one.key}": one.start for one in gate.law.anchors}
    turns = sorted(days[name] for name in facts_of(guard) if name in days)
    for moment in (first, *(one for one in turns if one > first)):
        dated = {name: start <= moment for name, start in days.items()}
        if evaluate(guard, {**known, **dated}, gate.group.key).value:
            return moment
    return None


def _held_up(gate: Gate) -> bool:
    """A version to pin is missing, or a finding that blocks is open on an input."""
    found = reading.candidates(gate)
    missing = not all(one.sha256 for one in found)
    return missing or bool(reading.held_up_by(gate, found, permissions.pinned(gate)))


def _opening(gate: Gate, first: datetime, at: datetime) -> Response:
    return Response(
        verb=Verb.OPEN,
        about=gate.subject(),
        title=_round(gate),
        group=gate.group,
        since=first,
        turn=str(gate.round),
        pool=Pool.SECRETARIAT,
        opens_at=first if first > at else gate.spec.opens_at,
    )


def _round(gate: Gate) -> Text:
    if gate.round == 1:
        return gate.title
    return both("review.round-of", title=gate.title, n=gate.round)
