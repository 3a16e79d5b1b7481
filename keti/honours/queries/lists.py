"""Who qualifies by the newest record, who decides and what they said, what waits for an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from keti.charter.queries import compiled
from keti.charter.rules.compiled import RoleSpec, WorkSpec
from keti.charter.rules.criteria import Criterion, Tally
from keti.duties.actions import Response
from keti.duties.enums import Pool, Verb
from keti.groups.models import Group, Seat, seat_names
from keti.groups.queries import groups_of, standing
from keti.honours.enums import PUBLIC, InputState, Stage
from keti.honours.models import (
    Contribution,
    HonourVote,
    Nomination,
    NominationQuerySet,
    Nominator,
    Objection,
    ParticipationRecord,
)
from keti.honours.permissions import conflict, honours_of
from keti.honours.queries.facts import newest_record, seats_of
from keti.honours.rules import Figures, HonourSpec, Voice, asked, meets
from keti.kernel.refusals import both
from keti.programmes.models import Programme

ROOM = "honours"
COMPANY = "enterprise"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One seat an honour may be given to, its figures, and the criteria it does not meet."""

    seat: Seat
    figures: Figures
    lacks: tuple[Criterion, ...]

    @property
    def qualifies(self) -> bool:
        return not self.lacks


def works(programme: Programme) -> tuple[WorkSpec, ...]:
    """The works of the charter in force."""
    return compiled(programme).works


def roles(programme: Programme) -> tuple[RoleSpec, ...]:
    """The roles of the charter in force."""
    return compiled(programme).roles


def nominators(nomination: Nomination) -> list[Nominator]:
    """Who put it forward, with their seats."""
    return list(nomination.nominators.select_related(*seat_names("seat")))


def votes(nomination: Nomination) -> list[HonourVote]:
    """What was said of it, with the seats."""
    return list(nomination.votes.select_related(*seat_names("seat")))


def objections(nomination: Nomination) -> list[Objection]:
    """What was objected, with the seats."""
    return list(nomination.objections.select_related(*seat_names("seat")))


def unmade(programme: Programme) -> int:
    """How many certificates have no file yet."""
    rows = Nomination.objects.filter(programme=programme, stage=Stage.AWARDED, certificate=None)
    return rows.count()


def record_figures(record: ParticipationRecord) -> dict[str, Figures]:
    """The figures of an edition, by seat."""
    return {
        seat: {
            name: Tally(done, owed, tuple(behind)) for name, (done, owed, behind) in some.items()
        }
        for seat, some in record.figures.items()
    }


def shortlist(programme: Programme, spec: HonourSpec, at: datetime) -> list[Candidate]:
    """Everybody the honour may be given to, by the newest record, in protocol order; none before
    the first. A criterion that nothing computes is left to who decides."""
    record = newest_record(programme)
    if record is None:
        return []
    figures, criteria = (
        record_figures(record),
        asked(spec.criteria, {one.key for one in works(programme)})[0],
    )
    return [
        Candidate(seat, some, tuple(meets(criteria, some)))
        for seat in seats_of(programme, at)
        if seat.role.key in spec.to and (some := figures.get(seat.public_id)) is not None
    ]


def held_against(nomination: Nomination, spec: HonourSpec, at: datetime) -> Candidate | None:
    """The nominated seat as the newest record has it; None where it does not stand there."""
    found = shortlist(nomination.programme, spec, at)
    return next((one for one in found if one.seat.pk == nomination.seat_id), None)


def deciders(nomination: Nomination, at: datetime) -> list[tuple[Seat, str]]:
    """Everybody who holds a role that decides, in protocol order, with the code of the conflict
    found; "" where there is none."""
    spec = honours_of(nomination.programme).get(nomination.honour)
    if spec is None:
        return []
    seats = standing(nomination.programme, at).filter(role__key__in=spec.decided_by)
    return [(seat, conflict(seat, nomination.seat)) for seat in seats]


def voices(nomination: Nomination, at: datetime) -> list[tuple[Seat, Voice]]:
    """Who decides, and what each said so far; who is in conflict stands aside."""
    said = dict(HonourVote.objects.filter(nomination=nomination).values_list("seat", "word"))
    return [
        (seat, Voice(seat.role.key, "aside" if code else said.get(seat.pk, "")))
        for seat, code in deciders(nomination, at)
    ]


def benches(nominations: Iterable[Nomination], at: datetime) -> dict[int, list[Seat]]:
    """Nomination -> who has not spoken yet."""
    return {
        one.pk: [seat for seat, voice in voices(one, at) if not voice.word] for one in nominations
    }


def firms_deciding(programme: Programme, spec: HonourSpec, at: datetime) -> list[str]:
    """The units working for profit that hold a role which decides."""
    seats = standing(programme, at).filter(role__key__in=spec.decided_by)
    parties = {one.name.zh: one.kind for one in compiled(programme).parties}
    found = [seat.organisation for seat in seats if seat.organisation is not None]
    kinds = [(one, one.kind or parties.get(one.name_zh, "")) for one in found]
    return [one.label for one, kind in kinds if kind == COMPANY]


def public_of(programme: Programme) -> NominationQuerySet:
    """What everybody may know of; certificates of participation are checked by their number."""
    proofs = [key for key, spec in honours_of(programme).items() if spec.participation]
    found = Nomination.objects.filter(programme=programme, stage__in=PUBLIC)
    return found.exclude(honour__in=proofs).with_names()


def sealed(programme: Programme) -> Q:
    """The lines that nobody else reads yet: what was said before all have spoken."""
    waiting = Nomination.objects.filter(programme=programme, stage=Stage.CHECKED)
    said = ("honours.vote.cast", "honours.conflict.declared")
    return Q(kind__in=said, subject_id__in=list(waiting.values_list("public_id", flat=True)))


def by_number(number: str) -> Nomination | None:
    """The certificate of this number, awarded or taken back since; None where there is none, and
    where two programmes that are played gave out the same."""
    found = Nomination.objects.filter(number=number.strip()).exclude(number="")
    rows = list(found.select_related("programme").with_names()[:2])
    return rows[0] if len(rows) == 1 else None


def awaited(programme: Programme, subject_id: str, at: datetime) -> list[Response]:
    """What waits in this room: contributions to verify, nominations to check and to decide,
    objections to answer."""
    whole = next((one for one in groups_of(programme) if one.parent_id is None), None)
    if whole is None:
        return []
    return [
        *_inputs(programme, subject_id, whole),
        *_nominations(programme, subject_id, whole, at),
        *_objections(programme, subject_id, whole),
    ]


def _inputs(programme: Programme, subject_id: str, whole: Group) -> list[Response]:
    found = Contribution.objects.filter(programme=programme, state=InputState.DECLARED)
    found = found.filter(public_id=subject_id) if subject_id else found
    return [
        Response(
            verb=Verb.DECIDE,
            about=one.subject(),
            title=both("honours.input-to-verify", what=one.what),
            group=whole,
            since=one.recorded_at,
            pool=Pool.WATCHERS,
            caused_by=one.seat,
        )
        for one in found.select_related("programme", "seat").order_by("pk")
    ]


def _nominations(
    programme: Programme, subject_id: str, whole: Group, at: datetime
) -> list[Response]:
    waiting = (Stage.NOMINATED, Stage.CHECKED)
    found = Nomination.objects.filter(programme=programme, stage__in=waiting).with_names()
    rows = list(found.filter(public_id=subject_id) if subject_id else found)
    checks = [
        Response(
            verb=Verb.DECIDE,
            about=one.subject(),
            title=one.title,
            group=whole,
            since=one.nominated_at,
            pool=Pool.SECRETARIAT,
            caused_by=one.seat,
        )
        for one in rows
        if one.stage == Stage.NOMINATED
    ]
    asked_of = benches([one for one in rows if one.stage == Stage.CHECKED], at)
    return checks + [
        Response(
            verb=Verb.JUDGE,
            about=one.subject(),
            title=one.title,
            group=whole,
            since=one.checked_at or at,
            turn=seat.public_id,
            seat=seat,
            closed=True,
        )
        for one in rows
        for seat in asked_of.get(one.pk, ())
    ]


def _objections(programme: Programme, subject_id: str, whole: Group) -> list[Response]:
    found = Objection.objects.filter(nomination__programme=programme, answered_at=None)
    found = found.filter(public_id=subject_id) if subject_id else found
    rows = found.select_related("nomination", "nomination__programme", "seat").order_by("pk")
    return [
        Response(
            verb=Verb.ANSWER,
            about=one.subject(),
            title=one.nomination.title,
            group=whole,
            since=one.at,
            pool=Pool.SECRETARIAT,
            caused_by=one.seat,
        )
        for one in rows
    ]
