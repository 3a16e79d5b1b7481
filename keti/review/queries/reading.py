"""Reading gates: the bench, what is still missing, facts for guards, what was decided."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet

from keti.charter.queries import compiled
from keti.charter.rules.compiled import Compiled, GateSpec
from keti.charter.rules.facts import facts as settled
from keti.charter.rules.guards import evaluate
from keti.documents.models import StoredFile
from keti.duties.enums import DutyState, Nature
from keti.duties.models import Filing, Obligation
from keti.duties.notices import deadline
from keti.groups.models import Seat
from keti.kernel.acts import Text
from keti.kernel.prepared import prepared
from keti.kernel.refusals import both
from keti.meetings.queries import meeting_of
from keti.monitoring.models import Finding
from keti.monitoring.queries import blocking
from keti.programmes.models import Programme
from keti.reports.queries import latest_version
from keti.research.queries import gap_sentences, gaps_that_bind
from keti.review import permissions, rules
from keti.review.enums import Effect, GateState
from keti.review.models import Conflict, Decision, Gate, GateQuerySet, Input, Opinion
from keti.review.queries.speaking import given

COMPLETE = "trace.complete"
"""The fact that the chain of research lacks nothing the charter demands."""
SECRET = ("review.opinion.given", "review.opinion.changed", "review.opinion.withdrawn")
"""Lines that say who spoke: nobody else reads them before the decision."""
SETTLED = (DutyState.MET, DutyState.WAIVED, DutyState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Decider:
    """One seat on the bench: what it declared, why it stands aside, its opinion."""

    seat: Seat
    declared: Conflict | None
    detected: str
    opinion: Opinion | None

    @property
    def aside(self) -> str:
        """The code of why this seat stands aside, or ""."""
        return self.detected

    @property
    def votes(self) -> bool:
        return self.opinion is not None and not self.aside


@dataclass(frozen=True, slots=True)
class Bench:
    """Everybody who decides at a gate in its present round, in protocol order."""

    deciders: tuple[Decider, ...]
    unfilled: tuple[Text, ...]

    def of(self, seat: Seat | None) -> Decider | None:
        """The place of this seat, or None."""
        pk = seat.pk if seat else None
        return next((one for one in self.deciders if one.seat.pk == pk), None)

    @property
    def aside(self) -> frozenset[int]:
        return frozenset(one.seat.pk for one in self.deciders if one.aside)

    @property
    def tally(self) -> rules.Votes:
        heard = [one for one in self.deciders if one.detected != rules.NO_VOICE]
        votes = tuple(one.opinion.outcome for one in heard if one.opinion and one.votes)
        aside = sum(bool(one.aside) for one in heard)
        return rules.Votes(len(heard), aside, votes, len(self.unfilled))


@dataclass(frozen=True, slots=True)
class Candidate:
    """An input as it stands now: the version that would be pinned, or None while not received."""

    obligation: Obligation
    title: Text
    kind: str = ""
    id: str = ""
    owner: str = ""
    version: int = 0
    sha256: str = ""
    file: StoredFile | None = None
    at: datetime | None = None
    by: Seat | None = None

    @property
    def author(self) -> Seat | None:
        """Who asked, or who owes what is judged."""
        return self.by or self.obligation.seat


def of_programme(programme: Programme) -> GateQuerySet:
    """All gates, named, in the charter's order."""
    return Gate.objects.filter(programme=programme).with_names()


def gate_by_key(programme: Programme, key: str) -> Gate | None:
    """The gate of this key (`kind@group`), or None."""
    return of_programme(programme).filter(key=key).first()


def gate_of(obligation: Obligation) -> Gate | None:
    """The gate that this obligation is to decide, or None."""
    return of_programme(obligation.programme).filter(obligation=obligation).first()


def bench(gate: Gate, at: datetime) -> Bench:
    """Who decides at `at`, who stands aside and why, who has given an opinion."""
    seats = permissions.deciders(gate, at)
    told = prepared(("review.conflicts",), _declared, gate.pk)
    declared = {one.seat_id: one for one in told}
    found = permissions.declared_aside(seats, told) | permissions.detected(gate, seats)
    heard = {one.seat_id: one for one in given(gate) if one.round == gate.round}
    deciders = tuple(
        Decider(seat, declared.get(seat.pk), found.get(seat.pk, ""), heard.get(seat.pk))
        for seat in seats
    )
    spec, charter = permissions.spec_of(gate), compiled(gate.programme)
    present = Counter(one.seat.role.key for one in deciders if not one.aside)
    unfilled = tuple(
        Text(charter.role(key).title.zh, charter.role(key).title.en)
        for key in rules.too_few(spec, present)
    )
    return Bench(deciders, unfilled)


def _declared(gate: int) -> QuerySet[Conflict]:
    found = Conflict.objects.filter(gate=gate).order_by("pk")
    return found.select_related(
        "seat", "seat__person__unit", "seat__delegate__unit", "seat__organisation"
    )


def standing(gate: Gate, on: Bench) -> rules.VoteResult:
    """What the votes carry now."""
    spec = permissions.spec_of(gate)
    consensus = spec.rule.consensus_first and not gate.by_share
    return rules.standing(spec.rule, rules.leanings(spec), on.tally, consensus=consensus)


def judged_ids(gate: Gate) -> set[str]:
    """The public ids of everything at this gate from which somebody may stand aside: the gate
    and, once they are pinned, what is judged."""
    ids = {gate.public_id}
    for pin in Input.objects.filter(gate=gate).select_related("obligation"):
        ids |= {pin.obligation.public_id, pin.owner_id, pin.subject_id}
    return ids - {""}


def sealed(programme: Programme) -> Q:
    """The lines of the ledger that nobody else reads yet: opinions at a gate that is still open."""
    found = Q(pk__in=[])
    for public_id, since in Gate.objects.filter(
        programme=programme, state=GateState.OPEN
    ).values_list("public_id", "opened_at"):
        found |= Q(kind__in=SECRET, subject_id=public_id, recorded_at__gte=since)
    return found


def effects(spec: GateSpec) -> dict[str, str]:
    """Outcome key -> what it does."""
    return {one.key: one.effect for one in spec.outcomes}


def candidates(gate: Gate) -> list[Candidate]:
    """The inputs as they stand now, in the charter's order; before them what was asked for."""
    keys = tuple(permissions.spec_of(gate).inputs)

    def owed(programme: int) -> QuerySet[Obligation]:
        found = Obligation.objects.filter(programme=programme, key__in=keys)
        return found.select_related("programme", "group", "seat")

    found = prepared(("review.candidates", keys), owed, gate.programme_id)
    duties = {duty.key: duty for duty in found}
    return _asked(gate) + [_candidate(duties[key]) for key in keys if key in duties]


def _asked(gate: Gate) -> list[Candidate]:
    """The request, where the gate is decided on one."""
    if not gate.asked_for:
        return []
    one = gate.request
    seat = Seat.objects.with_names().get(pk=one.seat_id)
    return [
        Candidate(gate.obligation, one.title, "review.request", one.public_id, one.public_id, 1,
                  one.sha256, None, one.happened_at, seat)
    ]  # fmt: skip


def _candidate(duty: Obligation) -> Candidate:
    title = duty.title
    if duty.group.parent_id is not None:
        name = duty.group.title
        title = Text(
            f"{title.in_('zh')} · {name.in_('zh')}", f"{title.in_('en')}, {name.in_('en')}"
        )
    if duty.state != DutyState.MET:
        return Candidate(duty, title)
    version = latest_version(duty.programme, duty.key)
    if version is not None:
        return Candidate(
            duty, title, "reports.version", version.public_id, version.report.public_id,
            version.number, version.sha256, version.file, version.at,
        )  # fmt: skip
    if duty.with_kind == "meetings.meeting":
        return _minuted(duty, title)
    filings = prepared(("review.filings",), _filings, duty.pk)
    if not filings:
        return Candidate(duty, title)
    last = filings[-1]
    return Candidate(
        duty, title, "duties.filing", last.public_id, last.public_id, len(filings),
        last.sha256, last.file, last.happened_at,
    )  # fmt: skip


def _minuted(duty: Obligation, title: Text) -> Candidate:
    """The minutes of a meeting, once they are confirmed and so frozen."""
    met = meeting_of(duty)
    if met is None or not met.sha256:
        return Candidate(duty, title)
    return Candidate(
        duty, title, "meetings.meeting", met.public_id, met.public_id, 1, met.sha256, None,
        met.confirmed_at,
    )  # fmt: skip


def _filings(duty: int) -> QuerySet[Filing]:
    return Filing.objects.filter(obligation=duty, withdrawal=None).select_related("file")


def subject_ids(gate: Gate, now: Iterable[Candidate], pinned: Iterable[Input]) -> list[str]:
    """The ids under which a finding on an input of this gate may have been raised."""
    ids = {gate.public_id}
    for one in now:
        ids |= {one.obligation.public_id, one.obligation.with_id, one.id, one.owner}
    for pin in pinned:
        ids |= {pin.subject_id, pin.owner_id}
    return sorted(ids - {""})


def not_yet(gate: Gate, at: datetime) -> list[Text]:
    """Why the gate cannot be opened at `at`, each reason a sentence; empty when it can."""
    found = candidates(gate)
    held = held_up_by(gate, found, permissions.pinned(gate))
    return missing(gate, found, at) + finding_reasons(held)


def missing(gate: Gate, now: Iterable[Candidate], at: datetime) -> list[Text]:
    """What has to come before the gate opens, apart from findings, each a sentence."""
    reasons = too_early(gate, at)
    for one in now:
        if not one.sha256:
            who = one.author.called if one.author else ""
            reasons.append(both("review.why-input-missing", title=one.title, who=who))
    return reasons + guard_reasons(gate, at)


def too_early(gate: Gate, at: datetime) -> list[Text]:
    """That review opens later, where the charter says when."""
    opens = permissions.spec_of(gate).opens_at
    if opens is None or at >= opens:
        return []
    return [both("review.why-opens-later", when=deadline(gate.programme, opens))]


def held_up_by(gate: Gate, now: Iterable[Candidate], pinned: Iterable[Input]) -> list[Finding]:
    """The open findings that must be settled before this gate opens, or approves."""
    return blocking(gate.programme, subject_ids(gate, now, pinned))


def finding_reasons(held: Sequence[Finding]) -> list[Text]:
    """That findings hold the gate up, in words that name none: not everybody reads them."""
    return [both("review.why-findings-open", count=len(held))] if held else []


def finding_reason(finding: Finding) -> Text:
    """That this finding holds the gate up, for somebody who may read it."""
    who = finding.raised_by.called
    return both("review.why-finding-open", title=finding.label, who=who)


def guard_reasons(gate: Gate, at: datetime) -> list[Text]:
    """The leaves of the gate's guard that are not true yet, in words."""
    spec, charter = permissions.spec_of(gate), compiled(gate.programme)
    if not spec.when:
        return []
    reading = evaluate(spec.when, facts(gate.programme, at), gate.group.key)
    if reading.value:
        return []
    leaves = [("review.why-unsettled", name) for name in reading.unknown]
    leaves += [("review.why-otherwise", name) for name in reading.false if name != COMPLETE]
    lacking = gap_sentences(gate.programme) if COMPLETE in reading.false else []
    return [both(code, what=fact_title(charter, name)) for code, name in leaves] + lacking


def fact_title(charter: Compiled, name: str) -> Text:
    """A fact of a guard as people say it: `中期评审 · 金融：通过`."""
    if name.startswith("date>="):
        anchor = charter.anchor(name.removeprefix("date>="))
        return both("review.fact-date", what=Text(anchor.title.zh, anchor.title.en))
    bare, _, group = name.removeprefix("not ").partition("@")
    kind, _, state = bare.rpartition(".")
    gate = next((one for one in charter.gates if one.kind == kind), None)
    work = next((one for one in charter.works if one.key == kind), None)
    named = gate or work
    title = Text(named.title.zh, named.title.en) if named else Text(kind, kind)
    if group:
        where = charter.group(group.partition("/")[0]).title
        title = Text(f"{title.zh} · {where.in_('zh')}", f"{title.in_('en')}, {where.in_('en')}")
    outcome = rules.outcome_of(gate, state) if gate else None
    if outcome:
        result = Text(outcome.title.zh, outcome.title.en)
        return both("review.fact-gate", what=title, result=result)
    return both("review.fact-done", what=title)


def facts(programme: Programme, at: datetime | None = None) -> Mapping[str, bool | None]:
    """Everything a guard may ask: `kind.outcome@group` of gates, `work.done@group` of works,
    and with `at` also `date>=name`. None is what nobody has settled yet.

    What the charter names but nobody ever owed (a group was younger) is not waited for.
    """
    charter = compiled(programme)
    gates = dict(Gate.objects.filter(programme=programme).values_list("key", "outcome"))
    decided = {key: outcome for key, outcome in gates.items() if outcome}
    rows = Obligation.objects.filter(programme=programme, nature=Nature.CHARTER)
    owed = dict(rows.values_list("key", "state"))
    done = {key for key, state in owed.items() if state in SETTLED}
    real = replace(
        charter,
        gates=tuple(one for one in charter.gates if one.key in gates),
        obligations=tuple(one for one in charter.obligations if one.key in owed),
    )
    found = settled(real, decided, done)
    if at is not None:
        found |= {f"date>={one.key}": one.start <= at for one in charter.anchors}
    if any(COMPLETE in one.when for one in charter.gates):
        found |= {COMPLETE: not gaps_that_bind(programme)}
    return found


def approved(programme: Programme, gate_kind: str) -> bool:
    """Is every gate of this kind decided, and approved?"""
    gates = list(
        Gate.objects.filter(programme=programme, kind=gate_kind).select_related("programme")
    )
    return bool(gates) and all(
        gate.state == GateState.DECIDED and effects(gate.spec).get(gate.outcome) == Effect.APPROVE
        for gate in gates
    )


def decisions(gate: Gate) -> list[Decision]:
    """Every decision of the gate, newest round first."""
    return prepared(("review.decisions",), _decided, gate.pk)


def _decided(gate: int) -> QuerySet[Decision]:
    found = Decision.objects.filter(gate=gate).order_by("-round")
    return found.select_related(
        "gate", "evidence", "seat__role", "seat__person", "seat__organisation"
    )


def judges_filing(filing: Filing) -> bool:
    """Does a gate judge this file, or has one judged it? It is then not withdrawn."""
    pins = Input.objects.filter(obligation=filing.obligation_id, subject_kind="duties.filing")
    return pins.filter(subject_id=filing.public_id).exists()
