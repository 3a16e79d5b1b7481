"""Who assesses, declares, verifies, nominates, checks, decides, objects, awards; who sees what."""

from django.db.models import Q, QuerySet

from keti.charter.queries import compiled
from keti.groups.models import Seat
from keti.groups.permissions import (
    Sight,
    acting_seat,
    may_manage,
    needs_paper,
    principal,
    same_side,
)
from keti.honours.enums import PUBLIC, Stage
from keti.honours.models import Contribution, Nomination, NominationQuerySet, Piece
from keti.honours.rules import HonourSpec, spec_from
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no
from keti.programmes.models import Programme
from keti.review import rules as review
from keti.work.models import TaskBook

SEES_ALL = ("manage", "watch", "commission")


def honours_of(programme: Programme) -> dict[str, HonourSpec]:
    """The honours of the charter in force, by key."""
    blocks = compiled(programme).blocks.get("honours", {})
    return {key: spec_from(key, block) for key, block in blocks.items()}


def may_draw(act: Act, programme: Programme) -> Verdict:
    """The secretariat draws up the participation records."""
    return may_manage(act, programme)


def may_assess(act: Act, book: TaskBook) -> Verdict:
    """The lead of the group, one of the one above, or the secretariat; nobody for the own side."""
    seat = principal(act, book.programme)
    leads = seat.can("lead") and seat.group_id in (book.group_id, book.group.parent_id)
    if not (leads or seat.can("manage")):
        return no("honours.only-leads-assess", seat=seat.title)
    return _not_own(act, book.seat)


def may_declare(act: Act, programme: Programme) -> Verdict:
    """Whoever takes part declares what they put in themselves, or whoever records it for them."""
    seat = principal(act, programme)
    if seat.role.external:
        return no("honours.outside", seat=seat.title)
    return YES


def may_verify(act: Act, contribution: Contribution) -> Verdict:
    """The secretariat or a monitor, never on the side of who declared."""
    seat = acting_seat(act, contribution.programme)
    if not (seat.can("manage") or seat.can("watch")):
        return no("honours.only-others-verify", seat=seat.title)
    return _not_own(act, contribution.seat)


def may_take_back(act: Act, contribution: Contribution) -> Verdict:
    """Who declared it."""
    seat = principal(act, contribution.programme)
    if seat.pk == contribution.seat_id:
        return YES
    return no("honours.only-who-declared", who=contribution.seat.called)


def may_nominate(act: Act, spec: HonourSpec, seat: Seat) -> Verdict:
    """The roles that the charter names; where it names none, the secretariat and the leads of the
    group. Nobody nominates the own side."""
    mine = principal(act, seat.programme)
    if spec.nominated_by:
        able = mine.role.key in spec.nominated_by
    else:
        able = mine.can("manage") or (mine.can("lead") and _leads(mine, seat))
    if not able:
        return no("honours.not-among-nominators", seat=mine.title)
    return _not_own(act, seat)


def _leads(mine: Seat, seat: Seat) -> bool:
    return mine.group_id in (seat.group_id, seat.group.parent_id)


def may_check(act: Act, nomination: Nomination) -> Verdict:
    """The secretariat, never on the side of who is nominated."""
    verdict = may_manage(act, nomination.programme)
    return _not_own(act, nomination.seat) if verdict else verdict


def may_vote(act: Act, nomination: Nomination) -> Verdict:
    """Whoever holds a role that decides, in the own word; never in conflict."""
    seat = principal(act, nomination.programme)
    spec = honours_of(nomination.programme).get(nomination.honour)
    if spec is None or seat.role.key not in spec.decided_by:
        return no("honours.not-among-deciders", seat=seat.title)
    code = conflict(seat, nomination.seat)
    return no(code, who=seat.called) if code else needs_paper(act)


def conflict(decider: Seat, nominee: Seat) -> str:
    """Why this decider stands aside whatever they declare, as at a gate; "" where nothing is."""
    found = review.conflict(_side(decider), _side(nominee), named=())
    return f"honours.{found.partition('.')[2]}" if found else ""


def _side(seat: Seat) -> review.Side:
    unit, person = seat.unit, seat.acting_person
    return review.Side(
        seat=seat.public_id,
        role=seat.role.key,
        person=person.pk if person else 0,
        unit=unit.pk if unit else 0,
        parent_unit=(unit.affiliated_with_id or 0) if unit else 0,
    )


def may_object(act: Act, nomination: Nomination) -> Verdict:
    """Everybody who sits here may object, and the secretariat records who wrote from outside."""
    principal(act, nomination.programme)
    return YES


def may_award(act: Act, nomination: Nomination) -> Verdict:
    """The secretariat gives notice, answers objections, awards and takes back; never its own."""
    return may_check(act, nomination)


def may_end(act: Act, nomination: Nomination) -> Verdict:
    """The secretariat, or who nominated, ends a nomination before the award."""
    seat = principal(act, nomination.programme)
    if seat.can("manage") or nomination.nominators.filter(seat=seat).exists():
        return YES
    return no("honours.only-who-nominated", seat=seat.title)


def may_certify(act: Act, programme: Programme, spec: HonourSpec) -> Verdict:
    """All at once: only where it certifies participation and the acting role alone decides."""
    seat = acting_seat(act, programme)
    if not spec.participation or spec.appeal:
        return no("honours.one-by-one", title=spec.title)
    if set(spec.decided_by) != {seat.role.key}:
        return no("honours.not-among-deciders", seat=seat.title)
    return YES


def may_keep_stock(act: Act, programme: Programme) -> Verdict:
    """The secretariat receives, hands over and takes back."""
    return may_manage(act, programme)


def _not_own(act: Act, seat: Seat) -> Verdict:
    if same_side(act, seat):
        return no("honours.not-for-ones-own", who=seat.called)
    return YES


def visible(sight: Sight | None, nominations: NominationQuerySet) -> NominationQuerySet:
    """What is public; all of it for secretariat, monitors, commissioner and who decides; before
    that its nominators alone. `sees` says the same of one."""
    if sight is None:
        return nominations.none()
    mine = nominations.filter(programme=sight.programme_id)
    if _sees_every(sight):
        return mine
    deciding = Q(honour__in=_decides(sight)) & ~Q(stage=Stage.NOMINATED)
    named = Q(nominators__seat=sight.seat.pk)
    return mine.filter(Q(stage__in=PUBLIC) | deciding | named).distinct()


def sees(sight: Sight | None, nomination: Nomination) -> bool:
    """The predicate that agrees with `visible`."""
    if sight is None or sight.programme_id != nomination.programme_id:
        return False
    if _sees_every(sight) or nomination.stage in PUBLIC:
        return True
    if nomination.honour in _decides(sight) and nomination.stage != Stage.NOMINATED:
        return True
    return nomination.nominators.filter(seat=sight.seat.pk).exists()


def _sees_every(sight: Sight) -> bool:
    return any(sight.can(verb) for verb in SEES_ALL) and sight.seat.proposed_at is None


def _decides(sight: Sight) -> list[str]:
    role = sight.seat.role.key
    found = honours_of(sight.seat.programme)
    return [key for key, spec in found.items() if role in spec.decided_by]


def visible_inputs(sight: Sight | None, rows: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Contributions of the own seat; all for secretariat and monitors. `sees_input` says the same
    of one."""
    if sight is None:
        return rows.none()
    mine = rows.filter(programme=sight.programme_id)
    return mine if _verifies(sight) else mine.filter(seat=sight.seat.pk)


def sees_input(sight: Sight | None, contribution: Contribution) -> bool:
    """The predicate that agrees with `visible_inputs`."""
    if sight is None or sight.programme_id != contribution.programme_id:
        return False
    return _verifies(sight) or contribution.seat_id == sight.seat.pk


def _verifies(sight: Sight) -> bool:
    return sight.can("manage") or sight.can("watch")


def reads_record(sight: Sight | None, seat: Seat) -> bool:
    """The figures of a seat: who holds it always; secretariat and monitors, once drawn up."""
    if sight is None or sight.programme_id != seat.programme_id:
        return False
    return sight.seat.pk == seat.pk or _verifies(sight)


def reads_all(sight: Sight | None) -> bool:
    """The records of everybody, and the stock: secretariat and monitors."""
    return sight is not None and _verifies(sight)


def stock_of(sight: Sight | None, pieces: QuerySet[Piece]) -> QuerySet[Piece]:
    """The stock of badges and banners: the secretariat's. `sees_piece` says the same of one."""
    if sight is None or not sight.can("manage"):
        return pieces.none()
    return pieces.filter(programme=sight.programme_id)


def sees_piece(sight: Sight | None, piece: Piece) -> bool:
    """The predicate that agrees with `stock_of`."""
    if sight is None or not sight.can("manage"):
        return False
    return sight.programme_id == piece.programme_id


def takes_certificate(sight: Sight | None, nomination: Nomination) -> bool:
    """The file that names its owner: the owner, and the secretariat."""
    if sight is None or sight.programme_id != nomination.programme_id:
        return False
    return sight.seat.pk == nomination.seat_id or sight.can("manage")


def reads_votes(sight: Sight | None, nomination: Nomination) -> bool:
    """Who said what of it: secretariat and monitors."""
    return sight is not None and sees(sight, nomination) and _verifies(sight)
