"""Who does a duty, who may see it, and to whom lateness is shown."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from keti.charter.queries import compiled
from keti.duties.enums import ClaimState, DutyState, Nature, Pool, Verb
from keti.duties.models import Claim, Obligation, ObligationQuerySet
from keti.groups.models import Seat, SeatQuerySet
from keti.groups.permissions import Sight, gains, may_manage, not_before, principal, same_side
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no
from keti.programmes.models import Programme


def may_do(act: Act, obligation: Obligation) -> Verdict:
    """The accountable seat does the duty, itself or through somebody recording for it."""
    seat = principal(act, obligation.programme)
    if obligation.state in (DutyState.CANCELLED, DutyState.WAIVED):
        return no("duties.cancelled")
    if obligation.is_response:
        return no("duties.answered-in-its-room", title=obligation.title)
    if obligation.each_their_own:
        return no("duties.each-their-own", role=obligation.role.title if obligation.role else "")
    if obligation.seat_id is None:
        role = obligation.role.title if obligation.role else ""
        return no("duties.vacant", role=role)
    if seat.pk != obligation.seat_id and not _same_standing(seat, obligation):
        holder = obligation.seat.label if obligation.seat else ""
        who = obligation.seat.called if obligation.seat else ""
        return no("duties.not-yours", ask=holder, who=who, seat=seat.title)
    return YES


def may_explain(act: Act, obligation: Obligation) -> Verdict:
    """Who owes it says why it is late, as long as it is owed."""
    if obligation.state == DutyState.MET:
        return no("duties.nothing-to-explain")
    return may_do(act, obligation)


def _same_standing(seat: Seat, obligation: Obligation) -> bool:
    """Another holder of the accountable role in the same group counts as the holder."""
    return (
        obligation.role_id is not None
        and seat.role_id == obligation.role_id
        and obligation.seat is not None
        and seat.group_id == obligation.seat.group_id
        and obligation.from_charter
    )


def may_extend(act: Act, obligation: Obligation) -> Verdict:
    """One duty is extended by one act of the secretariat: the routine adjustment. A vote ends with
    its gate, a comment with its round: those are extended."""
    if obligation.state == DutyState.CANCELLED:
        return no("duties.cancelled")
    if obligation.is_response and obligation.form in (Verb.JUDGE, Verb.COMMENT):
        return no("duties.ends-with-its-process")
    return may_manage(act, obligation.programme)


def may_waive(act: Act, obligation: Obligation) -> Verdict:
    """The secretariat waives; what others wait for an answer to ends only by the answer."""
    if obligation.is_response:
        return no("duties.answered-in-its-room", title=obligation.title)
    return may_manage(act, obligation.programme)


def may_announce(act: Act, programme: Programme) -> Verdict:
    """The secretariat logs what was announced, and a lead for the own group: whoever reads the
    log takes it for theirs."""
    seat = principal(act, programme)
    if seat.can("manage") or seat.can("lead"):
        return YES
    return no("duties.only-leads-announce", seat=seat.title)


def counts_from(act: Act, duty: Obligation) -> datetime:
    """From when the act counts for this duty.

    What its recorder does not gain from: when it happened. A claim of who gains: when it was
    received, once the duty is late, until the claim is accepted. Refuses a claimed moment before
    the duty could be done.
    """
    seat = beneficiary(act, duty)
    if seat is None or not gains(act, seat):
        return act.happened_at
    if duty.opens_at is not None:
        not_before(act, duty.opens_at, duty.programme)
    late = act.recorded_at >= duty.due_instant
    return act.recorded_at if late else act.happened_at


def beneficiary(act: Act, duty: Obligation) -> Seat | None:
    """The seat that would gain by an earlier moment: the accountable one."""
    behalf = act.on_behalf_of or act.seat
    return duty.seat or (behalf if isinstance(behalf, Seat) else None)


def may_confirm(act: Act, claim: Claim) -> Verdict:
    """The secretariat or a monitor accepts or declines a claimed moment; never who gains by it."""
    programme = claim.obligation.programme
    seat = principal(act, programme)
    if not (seat.can("manage") or seat.can("watch")):
        return no("duties.only-others-confirm", seat=seat.title)
    if getattr(act.by, "pk", None) == claim.by_id or _gains(act, seat, claim):
        return no("duties.who-gains-does-not-confirm", who=claim.seat.called)
    if claim.state != ClaimState.WAITING:
        return no("duties.claim-answered")
    if not compiled(programme).late.allow_recorded_late:
        return no("groups.late-recording-not-allowed")
    return YES


def _gains(act: Act, seat: Seat, claim: Claim) -> bool:
    """Who records or for whom it is recorded is on the side of the one that would gain."""
    unit = claim.seat.unit
    near = unit is not None and seat.unit is not None and unit.pk == seat.unit.pk
    return near or seat.pk == claim.seat_id or same_side(act, claim.seat)


def may_link(act: Act, obligation: Obligation) -> Verdict:
    """The secretariat issues personal links, for what a file or a form meets; an answer to others
    is given where it waits."""
    if obligation.is_response:
        return no("duties.answered-in-its-room", title=obligation.title)
    return may_manage(act, obligation.programme)


def answers(sight: Sight, obligation: Obligation) -> bool:
    """Does it wait for this seat: as its holder, or as one of its pool? The room's own act asks
    its permission in the end. Agrees with `owed_by_seat`."""
    seat = sight.seat
    if obligation.seat_id is not None or not obligation.pool:
        return obligation.seat_id == seat.pk
    if sight.stands_aside_from(obligation.subject_id) or _caused(seat, obligation):
        return False
    if obligation.pool == Pool.ROLE:
        within = obligation.pool_group_id in (None, seat.group_id)
        return within and obligation.role_id == seat.role_id
    leads = seat.can("lead") and obligation.pool_group_id == seat.group_id
    return {
        Pool.SECRETARIAT: seat.can("manage"),
        Pool.LEADS: leads or seat.can("manage"),
        Pool.COMMISSIONER: seat.can("commission") or seat.can("manage"),
        Pool.WATCHERS: seat.can("watch") or seat.can("manage"),
    }[Pool(obligation.pool)]


def _caused(seat: Seat, obligation: Obligation) -> bool:
    """It is asked for the sake of this seat, or, where a moment is vouched for, of its side."""
    cause = obligation.caused_by_id
    if cause is None or obligation.pool != Pool.WATCHERS:
        return cause == seat.pk
    return cause in set(_own_side(seat).values_list("pk", flat=True))


def _own_side(seat: Seat) -> SeatQuerySet:
    """The seats of the same person, and of the unit of the seat or of who acts in it."""
    person, unit = seat.acting_person, seat.unit
    near = Q(pk=seat.pk)
    units = {unit.pk if unit else None, person.unit_id if person else None} - {None}
    if person is not None:
        near |= Q(person=person) | Q(delegate=person)
    if units:
        near |= Q(organisation__in=units) | Q(person__unit__in=units)
    return Seat.objects.filter(near, programme=seat.programme_id)


def owed_by_seat(sight: Sight) -> Q:
    """What waits for this seat: its own duties, and the answers of the pools it belongs to, but for
    those it caused itself and those about what it stands aside from."""
    return Q(seat=sight.seat) | Q(seat=None) & _asked_of(sight)


def waiting_for(sight: Sight, states: Sequence[DutyState] = ()) -> ObligationQuerySet:
    """The rows of `owed_by_seat`, in these states where any are named. Found along one index for
    what the seat owes and one for its pools: neither looks at what others owe."""
    every = Obligation.objects.order_by()
    rows = every.filter(state__in=states) if states else every
    own = rows.filter(seat=sight.seat)
    asked = ~Q(pool="") & Q(pool__in=_pools(sight.seat)) & _asked_of(sight)
    pooled = rows.filter(asked, seat=None, programme=sight.programme_id)
    return Obligation.objects.filter(pk__in=own.values("pk").union(pooled.values("pk"), all=True))


def _pools(seat: Seat) -> list[Pool]:
    """The pools to which a seat of its verbs may belong."""
    found = {Pool.ROLE}
    if seat.can("manage"):
        found |= {Pool.SECRETARIAT, Pool.LEADS, Pool.COMMISSIONER, Pool.WATCHERS}
    for pool, verb in WHOSE.items():
        found |= {pool} if seat.can(verb) else set()
    return sorted(found)


WHOSE = {Pool.LEADS: "lead", Pool.COMMISSIONER: "commission", Pool.WATCHERS: "watch"}


def _asked_of(sight: Sight) -> Q:
    seat = sight.seat
    role = Q(pool=Pool.ROLE, role=seat.role_id)
    pools = role & (Q(pool_group=None) | Q(pool_group=seat.group_id))
    if seat.can("manage"):
        pools |= Q(pool__in=[Pool.SECRETARIAT, Pool.LEADS, Pool.COMMISSIONER])
    if seat.can("lead"):
        pools |= Q(pool=Pool.LEADS, pool_group=seat.group_id)
    if seat.can("commission"):
        pools |= Q(pool=Pool.COMMISSIONER)
    pools &= Q(caused_by=None) | ~Q(caused_by=seat)
    if seat.can("manage") or seat.can("watch"):
        near = _own_side(seat).values("pk")
        pools |= Q(pool=Pool.WATCHERS) & (Q(caused_by=None) | ~Q(caused_by__in=near))
    if sight.barred:
        pools &= ~Q(subject_id__in=sight.barred)
    return pools


def visible(sight: Sight | None, obligations: ObligationQuerySet) -> ObligationQuerySet:
    """What this seat may see: what the charter announced, what waits for it, and inner duties by
    the group whose words they carry (`Obligation.words_of`). A vote: its holder alone."""
    if sight is None:
        return obligations.none()
    obligations = obligations.filter(programme=sight.programme_id)
    if sight.everything:
        return obligations.filter(~_VOTES | owed_by_seat(sight))
    inner = sight.reads_within("words_of")
    announced = Q(nature=Nature.CHARTER)
    return obligations.filter(announced | owed_by_seat(sight) | inner)


def announced(sight: Sight | None, obligations: ObligationQuerySet) -> ObligationQuerySet:
    """Those of `visible` that the charter announced: everybody inside the programme sees them."""
    if sight is None:
        return obligations.none()
    return obligations.filter(programme=sight.programme_id, nature=Nature.CHARTER)


_VOTES = Q(nature=Nature.RESPONSE, words_of=None)
"""What nobody but its holder knows of."""


def sees_inside(sight: Sight | None, obligation: Obligation) -> bool:
    """May the files handed in for it, and its history, be read? Its holder, the group, and who
    sees all groups and does not stand aside from it."""
    if sight is None or sight.programme_id != obligation.programme_id:
        return False
    if obligation.seat_id == sight.seat.pk:
        return True
    if obligation.is_closed:
        return False
    if obligation.group_id in sight.inside:
        return True
    return sight.everything and not sight.stands_aside_from(
        obligation.public_id, obligation.with_id
    )


def hears_why(sight: Sight, obligation: Obligation, watchers: frozenset[str]) -> bool:
    """May the words be read in which its holder says why it is late? Whoever is shown that it is,
    and reads what is handed in for it."""
    shown = sees_lateness(sight.seat, obligation, watchers)
    return shown and sees_inside(sight, obligation)


def raises_finding(seat: Seat, obligation: Obligation) -> bool:
    """Is raising a finding offered beside the duty: to monitors, to whom the charter names, and to
    whom it was recorded for? The act asks the same (`monitoring.permissions.may_raise`)."""
    recorded = obligation.on_behalf and obligation.seat_id == seat.pk
    return named_to_raise(seat) or recorded


def named_to_raise(seat: Seat) -> bool:
    """Does the charter let this seat raise findings, about whatever it sees?"""
    return seat.can("watch") or seat.role.key in compiled(seat.programme).findings.raised_by


def lateness_watchers(programme: Programme) -> frozenset[str]:
    """The charter's `late.seen_by`: the verbs, and `holder`, to whom lateness is shown."""
    return compiled(programme).late.seen_by


def sees_lateness(seat: Seat | None, obligation: Obligation, watchers: frozenset[str]) -> bool:
    """Others see 未交; lateness is shown to the holder and to whom the charter names."""
    if seat is None:
        return False
    if "holder" in watchers and obligation.seat_id == seat.pk:
        return True
    if obligation.is_response:
        if answers(_bare(seat), obligation):
            return True
        return seat.can("manage") and not obligation.is_closed
    for verb in watchers - {"holder"}:
        if not seat.can(verb):
            continue
        if verb != "lead" or seat.group_id == obligation.group_id:
            return True
    return False


def announced_lateness(seat: Seat, watchers: frozenset[str]) -> Q:
    """Which of the duties that the charter announced, the only ones counted and listed by how they
    stand, show this seat their lateness: for one of them as sees_lateness says."""
    scope = Q(seat=seat) if "holder" in watchers else Q(pk__in=[])
    for verb in watchers - {"holder"}:
        if seat.can(verb) and verb != "lead":
            return Q(pk__isnull=False)
        if seat.can(verb):
            scope |= Q(group=seat.group_id)
    return scope


def _bare(seat: Seat) -> Sight:
    """The seat as somebody for whom things wait; of what it sees only that is asked."""
    return Sight(seat, everything=False, inside=frozenset())
