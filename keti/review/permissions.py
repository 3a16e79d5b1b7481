"""Who decides at a gate, who stands aside, who sees what of it."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db.models import OuterRef, Q, QuerySet, Subquery

from keti.charter.queries import compiled
from keti.charter.rules.compiled import GateSpec
from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.groups.models import Group, Seat, SeatQuerySet
from keti.groups.permissions import Sight, acting_seat, needs_paper, principal
from keti.kernel.acts import Act
from keti.kernel.once import once
from keti.kernel.prepared import prepared
from keti.kernel.refusals import YES, Verdict, no
from keti.programmes.models import Programme
from keti.reports.models import Version
from keti.review import rules
from keti.review.enums import GateState
from keti.review.models import Conflict, Decision, Gate, GateQuerySet, Input, Opinion


def spec_of(gate: Gate) -> GateSpec:
    """What the charter in force says of this gate."""
    return gate.spec


def deciders(gate: Gate, at: datetime) -> list[Seat]:
    """The seats that decide, held at `at`, in protocol order; each knows its holder's `homes`."""
    named = tuple(spec_of(gate).decides)

    def sitting(programme: int, at: datetime) -> SeatQuerySet:
        every = Seat.objects.filter(programme=programme)
        deciding = every.filter(role__key__in=named).standing(at)
        held = Q(person__in=deciding.exclude(person=None).values("person"))
        held |= Q(delegate__in=deciding.exclude(delegate=None).values("delegate"))
        held |= Q(person__in=deciding.exclude(delegate=None).values("delegate"))
        held |= Q(delegate__in=deciding.exclude(person=None).values("person"))
        beneath = Q(ends_at=None, group__parent__isnull=False) & held
        return every.filter(Q(pk__in=deciding.values("pk")) | beneath).with_names()

    rows = prepared(("review.deciders", named), sitting, gate.programme_id, at)
    homes: dict[int, frozenset[str]] = {}
    for seat in rows:
        if seat.ends_at is None and seat.group.parent_id is not None:
            homes[_person(seat)] = homes.get(_person(seat), frozenset()) | {seat.group.key}
    found = [one for one in rows if one.stands_at(at) and is_decider(one, gate)]
    for seat in found:
        vars(seat)["homes"] = homes.get(_person(seat), frozenset())
    return found


def detected(gate: Gate, seats: list[Seat]) -> dict[int, str]:
    """Seats that stand aside whatever they declare: seat -> code of the conflict found."""
    found = {pk: rules.NO_VOICE for pk in _voiceless(gate, seats)}
    pins = pinned(gate)
    if not pins:
        return found
    named = spec_of(gate).decides
    homes = _homes(gate, seats)
    authors = [_author(pin) for pin in pins] + _chapter_authors(pins)
    for seat in seats:
        side = _side(seat, homes.get(_person(seat), frozenset()))
        for author in authors:
            code = rules.conflict(side, author, named=named)
            if code:
                found.setdefault(seat.pk, code)
    return found


def pinned(gate: Gate) -> list[Input]:
    """What is judged in the present round, as pinned, with who handed it in; once for a page."""
    key = ("review.pinned", gate.round)
    return once((*key, gate.pk), lambda: prepared(key, partial(_pinned, gate.round), gate.pk))


def _pinned(number: int, gate: int) -> QuerySet[Input]:
    made = Version.objects.filter(public_id=OuterRef("subject_id"))
    found = Input.objects.filter(gate=gate, round=number).order_by("number")
    found = found.annotate(
        made_of=Subquery(made.values("chapters")[:1]),
        collected=Subquery(made.values("collected")[:1]),
    )
    return found.select_related(
        "gate",
        "gate__programme",
        "obligation",
        "group",
        "file",
        "author",
        "author__role",
        "author__person",
        "author__person__unit",
        "author__delegate",
        "author__organisation",
    )


def _chapter_authors(pins: list[Input]) -> list[rules.Side]:
    """Who handed in the chapters and sub-reports out of which the pinned reports are made."""
    made = [vars(pin) for pin in pins if pin.subject_kind == "reports.version"]
    whole = [part for one in made for part in one["made_of"] or one["collected"] or ()]
    parts = tuple(sorted({part["version"] for part in whole if part["version"]}))
    if not parts:
        return []
    owed = prepared(("review.chapters", parts), partial(_chapters, parts))
    return [_written(one.seat, one.group) for one in owed]


def _chapters(parts: tuple[str, ...]) -> QuerySet[Obligation]:
    duties = Obligation.objects.filter(report__versions__public_id__in=parts).distinct()
    return duties.select_related(
        "group", "seat", "seat__role", "seat__person", "seat__person__unit", "seat__delegate",
        "seat__organisation",
    )  # fmt: skip


def declared_aside(seats: list[Seat], declared: Iterable[Conflict]) -> dict[int, str]:
    """Seats that stand aside because somebody declared a conflict: the same person in whatever
    seat, and everybody who acts for the same unit. Seat -> code."""
    sources = [one.seat for one in declared if one.has]
    people = {_person(seat) for seat in sources} - {0}
    units = {seat.unit.pk for seat in sources if seat.unit}
    found = {}
    for seat in seats:
        if _person(seat) in people or seat.pk in {one.pk for one in sources}:
            found[seat.pk] = "review.conflict-declared"
        elif seat.unit and seat.unit.pk in units:
            found[seat.pk] = "review.conflict-unit-declared"
    return found


def _voiceless(gate: Gate, seats: list[Seat]) -> list[int]:
    """Deciders who also hold a role to which the charter gives no voice at this gate."""
    silent = spec_of(gate).rule.no_voice
    if not silent:
        return []
    others = Seat.objects.filter(programme=gate.programme, ends_at=None, role__key__in=silent)
    people = {_person(seat) for seat in others} - {0}
    units = {seat.organisation_id for seat in others} - {None}
    return [
        seat.pk
        for seat in seats
        if seat.role.key in silent or _person(seat) in people or seat.organisation_id in units
    ]


def _homes(gate: Gate, seats: list[Seat]) -> dict[int, frozenset[str]]:
    """The sub-groups in which these deciders of the gate hold a seat, by person."""
    return {_person(seat): vars(seat)["homes"] for seat in seats if _person(seat)}


def _person(seat: Seat) -> int:
    return seat.person_id or seat.delegate_id or 0


def _side(seat: Seat, groups: frozenset[str]) -> rules.Side:
    unit = seat.unit
    return rules.Side(
        seat=seat.public_id,
        role=seat.role.key,
        person=_person(seat),
        unit=unit.pk if unit else 0,
        parent_unit=(unit.affiliated_with_id or 0) if unit else 0,
        groups=groups,
    )


def _author(pin: Input) -> rules.Side:
    return _written(pin.author, pin.group)


def _written(seat: Seat | None, group: Group) -> rules.Side:
    groups = frozenset({group.key} if group.parent_id else set())
    return _side(seat, groups) if seat else rules.Side("", "", groups=groups)


def may_ask(act: Act, programme: Programme, spec: GateSpec) -> Verdict:
    """Who asks for a decision on request: the roles the charter names, in the group it is about or
    above it; where it names none, who leads that group or manages. While the programme and the
    group last; on behalf only with the signed paper."""
    seat = principal(act, programme)
    if not asks(seat, spec):
        return no("review.not-yours-to-ask", seat=seat.title)
    group = Group.objects.get(programme=programme, key=spec.group)
    if programme.closed_at is not None or group.stopped_at is not None:
        return no("review.over-nothing-to-ask")
    return needs_paper(act)


def asks(seat: Seat, spec: GateSpec) -> bool:
    """The same asked of a seat, before anything is typed."""
    law, role = compiled(seat.programme), seat.role
    if spec.asked_by:
        reaches = law.reaches(role.group_kind, seat.group.key, spec.group)
        return role.key in spec.asked_by and reaches
    return seat.can("manage") or (seat.can("lead") and seat.group.key == spec.group)


def may_open(act: Act, gate: Gate) -> Verdict:
    """The secretariat opens a gate, or one of those who decide."""
    seat = principal(act, gate.programme)
    if gate.obligation.state == DutyState.CANCELLED:
        return no("duties.cancelled")
    if seat.can("manage") or _is_among(seat, deciders(gate, act.recorded_at)):
        return YES
    return no("review.secretariat-or-decider", seat=seat.title)


def may_declare(act: Act, gate: Gate) -> Verdict:
    """Only a decider declares; on behalf only with the signed paper; only while it is open."""
    seat = principal(act, gate.programme)
    if not _is_among(seat, deciders(gate, act.recorded_at)):
        return no("review.not-a-decider", seat=seat.title)
    if gate.state != GateState.OPEN:
        return no("review.not-open")
    return needs_paper(act)


def may_decide(act: Act, gate: Gate, *, aside: frozenset[int]) -> Verdict:
    """The secretariat records what the panel decided; a decider who does not stand aside may."""
    seat = principal(act, gate.programme)
    if seat.pk in aside:
        return no("review.stands-aside", who=seat.called)
    decides = _is_among(seat, deciders(gate, act.recorded_at))
    if not (decides or acting_seat(act, gate.programme).can("manage")):
        return no("review.not-a-decider", seat=seat.title)
    return needs_paper(act) if decides else YES


def is_decider(seat: Seat, gate: Gate) -> bool:
    """Does this seat's role decide at this gate?"""
    return gate.law.decides(gate.spec, seat.role.key, seat.group.key)


def _is_among(seat: Seat, seats: list[Seat]) -> bool:
    return any(one.pk == seat.pk for one in seats)


def visible(sight: Sight | None, gates: GateQuerySet) -> GateQuerySet:
    """Gates of the whole and of one's own group, and what one asked for; all for those who see
    everything; an external seat sees of the others only the gates it decides."""
    if sight is None:
        return gates.none()
    gates = gates.filter(programme=sight.programme_id)
    if sight.everything:
        return gates
    charter, role, group = compiled(sight.seat.programme), sight.seat.role.key, sight.seat.group.key
    decided = [gate.key for gate in charter.gates if charter.decides(gate, role, group)]
    own = Q(key__in=decided) | Q(request__seat=sight.seat.pk)
    for one in charter.requests:
        if charter.decides(one, role, group):
            own |= Q(key__startswith=f"{one.key}/")
    if sight.external:
        return gates.filter(own)
    return gates.filter(own | Q(group=sight.seat.group_id) | Q(group__parent=None))


def sees(sight: Sight | None, gate: Gate) -> bool:
    """The predicate that agrees with `visible`."""
    if sight is None or sight.programme_id != gate.programme_id:
        return False
    if sight.everything or is_decider(sight.seat, gate):
        return True
    if gate.asked_for and gate.request.seat_id == sight.seat.pk:
        return True
    return not sight.external and (
        gate.group_id == sight.seat.group_id or gate.group.parent_id is None
    )


def reads_input(sight: Sight, pin: Input) -> bool:
    """The pinned text: for deciders and those who see everything, unless they stand aside from
    it; and for the group it comes from."""
    if pin.group_id in sight.inside or pin.author_id == sight.seat.pk:
        return True
    if sight.stands_aside_from(pin.gate.public_id, pin.owner_id):
        return False
    return sight.everything or is_decider(sight.seat, pin.gate)


def reads_votes(sight: Sight, decision: Decision) -> bool:
    """How the votes fell, once decided: whoever sees the gate, but not who stands aside from it."""
    return not sight.stands_aside_from(decision.gate.public_id)


def reads_opinions(sight: Sight, decision: Decision) -> bool:
    """Names and comments, once decided: deciders who did not stand aside, and who sees all.

    Whoever stood aside never reads them, in whatever seat; nor does anybody of the unit.
    """
    seat = sight.seat
    if sight.stands_aside_from(decision.gate.public_id):
        return False
    aside = {one["person"] for one in decision.record["deciders"] if one["aside"]}
    person = seat.acting_person
    if person is None or person.public_id in aside:
        return False
    return sight.everything or is_decider(seat, decision.gate)


def reads_copy(sight: Sight, opinion: Opinion, made: Iterable[Decision]) -> bool:
    """The marked copy of an opinion, which bears names: who gave it, and once its round is decided
    whoever reads opinions with names."""
    if opinion.seat_id == sight.seat.pk:
        return True
    return any(reads_opinions(sight, one) for one in made if one.round == opinion.round)
