"""Owing, meeting, returning, passing on: what other rooms' acts do to the ledger of duties."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from keti.accounts.actions import close_links
from keti.charter.queries import compiled
from keti.charter.rules.compiled import Compiled, ObligationSpec
from keti.duties import permissions
from keti.duties.actions.claiming import claim
from keti.duties.actions.responding import await_everywhere, tell_followers
from keti.duties.enums import ClaimState, DutyState, Nature
from keti.duties.models import LONG_AGO, STILL_OWED, Obligation
from keti.groups import queries as groups
from keti.groups.models import Group, Role, Seat
from keti.groups.notices import tell_principal
from keti.kernel.acts import Act, Subject, Text
from keti.kernel.refusals import Refused
from keti.kernel.texts import shortened
from keti.kernel.transactions import hold_each, hold_row
from keti.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Debt:
    """An obligation that arises in the run: an answer to a finding, a task.

    `words_of` is the group whose inner work the title speaks of, where the holder sits elsewhere;
    a `closed` one is read by its holder and by who sees everything, and by nobody else.
    """

    key: str
    kind: str
    form: str
    title: Text
    group: Group
    seat: Seat
    due_at: datetime
    subject_id: str = ""
    remind: tuple[int, ...] = (5 * 86400, 86400)
    period: str = ""
    needs: tuple[str, ...] = field(default=())
    escalate: tuple[tuple[int, str], ...] = ()
    words_of: Group | None = None
    closed: bool = False


def hold_duties(*obligations: Obligation | None) -> None:
    """Hold several duties until the transaction ends, in the one order in which they are held."""
    wanted = [one.pk for one in obligations if one is not None]
    hold_each(Obligation.objects.filter(pk__in=wanted))


def hold_open_duties(programme: Programme, *others: Obligation) -> None:
    """Hold whatever is owed in the programme, and some others: for acts that may move all of it.

    After the programme and after what the act is about; before its first line is recorded.
    """
    owed = Q(programme=programme, state__in=STILL_OWED)
    hold_each(Obligation.objects.filter(owed | Q(pk__in=[one.pk for one in others])))


@transaction.atomic
def found_duties(programme: Programme, specs: Iterable[ObligationSpec]) -> int:
    """Create the charter's obligations that do not exist yet; returns how many.

    Called by the act that applies a charter, which records it. An existing key is left as it is:
    a due date once set is never recomputed.
    """
    known = set(Obligation.objects.filter(programme=programme).values_list("key", flat=True))
    group_of = {group.key: group for group in groups.groups_of(programme)}
    role_of = {role.key: role for role in Role.objects.filter(programme=programme)}
    fresh = [
        _from_spec(programme, spec, group_of[spec.group], role_of.get(spec.role))
        for spec in specs
        if spec.key not in known
    ]
    Obligation.objects.bulk_create(fresh)
    return len(fresh)


def _from_spec(
    programme: Programme, spec: ObligationSpec, group: Group, role: Role | None
) -> Obligation:
    return Obligation(
        programme=programme,
        key=spec.key,
        kind=spec.kind,
        form=spec.form,
        title_zh=spec.title.zh,
        title_en=spec.title.en,
        group=group,
        role=role,
        period=spec.period,
        opens_at=spec.opens_at,
        due_at=spec.due_at,
        due_rule=spec.due_rule,
        needs=list(spec.needs),
        gate=spec.gate,
        remind=[int(offset.total_seconds()) for offset in spec.remind],
        escalate=[[int(after.total_seconds()), role_key] for after, role_key in spec.escalate],
        source=spec.source,
    )


@transaction.atomic
def seat_the_duties(programme: Programme, at: datetime) -> int:
    """Give every open obligation its accountable seat: the first holder of its role, in protocol
    order, in its group, in the nearest group above it, or in the programme. What waits for an
    answer goes to who may give it now.

    Called after every appointment, end of a seat, or applied charter. Returns how many changed.
    """
    owed = Obligation.objects.filter(programme=programme, role__isnull=False).open()
    open_ones = owed.apart_from_responses()
    seats = list(groups.standing(programme, at))
    standing, law = {seat.pk for seat in seats}, compiled(programme)
    changed = 0
    for duty in open_ones.select_related("group", "role"):
        if duty.seat_id in standing or duty.each_their_own:
            continue
        holder = _holder(duty, seats, law)
        if (holder.pk if holder else None) != duty.seat_id:
            duty.seat, duty.next_word_at = holder, LONG_AGO
            duty.save(update_fields=["seat", "next_word_at"])
            changed += 1
    _nobody_accepts(programme, at)
    await_everywhere(programme, at)
    return changed


def _nobody_accepts(programme: Programme, at: datetime) -> None:
    """What was written for one seat alone is accepted by nobody else: it is not owed any more once
    the seat has ended."""
    gone = Obligation.objects.filter(programme=programme, form="acceptance", nature=Nature.PROMISE)
    gone = gone.filter(seat__ends_at__lte=at).open()
    close_links(obligations=list(gone.values_list("public_id", flat=True)))
    gone.update(state=DutyState.CANCELLED)


def _holder(duty: Obligation, seats: list[Seat], law: Compiled) -> Seat | None:
    """Who answers for a duty: in its group, else in the one above it, else in the programme."""
    own = [seat for seat in seats if seat.role_id == duty.role_id]
    inside = [seat for seat in own if seat.group_id == duty.group_id]
    if inside or (duty.role and duty.role.group_kind == duty.group.kind):
        return inside[0] if inside else None
    return next(
        (one for one in own if law.reaches(one.role.group_kind, one.group.key, duty.group.key)),
        None,
    )


@transaction.atomic
def owe(programme: Programme, debt: Debt) -> Obligation:
    """Create an obligation that arose from an act, which records it. Same key: the same one."""
    duty, _ = Obligation.objects.get_or_create(
        programme=programme,
        key=debt.key,
        defaults={
            "kind": debt.kind,
            "form": debt.form,
            "title_zh": shortened(debt.title.zh, 200),
            "title_en": shortened(debt.title.en, 200),
            "group": debt.group,
            "seat": debt.seat,
            "period": debt.period,
            "due_at": debt.due_at,
            "remind": list(debt.remind),
            "escalate": [list(step) for step in debt.escalate],
            "needs": list(debt.needs),
            "subject_id": debt.subject_id,
            "words_of": None if debt.closed else debt.words_of or debt.group,
            "nature": Nature.PROMISE,
        },
    )
    return duty


@transaction.atomic
def owe_decision(programme: Programme, spec: ObligationSpec, at: datetime) -> Obligation:
    """Owe a decision that somebody asked for; the act that asks records it. Its seat follows the
    role, as that of a decision with a day of its own does."""
    group = groups.groups_of(programme).get(key=spec.group)
    role = Role.objects.filter(programme=programme, key=spec.role).first()
    duty = _from_spec(programme, spec, group, role)
    duty.nature, duty.words_of = Nature.PROMISE, group
    duty.seat = _holder(duty, list(groups.standing(programme, at)), compiled(programme))
    duty.save()
    return duty


def begin(obligation: Obligation, at: datetime) -> None:
    """Work on it has begun: a draft exists."""
    Obligation.objects.filter(pk=obligation.pk, begun_at=None).update(begun_at=at)


@transaction.atomic
def each_owes_own(obligation: Obligation, at: datetime) -> None:
    """The members owe it one by one from now on: no single seat holds the group's duty as well."""
    begin(obligation, at)
    Obligation.objects.filter(pk=obligation.pk).open().update(seat=None)


@transaction.atomic
def pass_on(obligation: Obligation, seat: Seat) -> None:
    """Another seat owes it from now on, because the one that owed it has ended."""
    Obligation.objects.filter(pk=obligation.pk).open().update(
        seat=seat, group=seat.group, next_word_at=LONG_AGO
    )


@transaction.atomic
def pass_tasks_on(before: Seat, after: Seat) -> int:
    """The tasks that a seat still owed are owed by who takes it over; returns how many. What the
    charter asks follows the role, a finding its own rule, and nobody accepts what was written for
    another. Called by the act that replaces the holder, which records it."""
    tasks = Obligation.objects.filter(seat=before, form="task", nature=Nature.PROMISE)
    return tasks.open().update(seat=after, next_word_at=LONG_AGO)


@transaction.atomic
def meet(
    act: Act, *, obligation: Obligation, with_: Subject, at: datetime | None = None
) -> Obligation:
    """Mark the obligation met, as of when it happened (补录 counts from then).

    Where who records it gains by an earlier moment, it stays late until another accepts that.
    `at` is given where the record itself knows the moment: of what is put together from other
    duties, and of a meeting announced before it was held.

    Called by the act that meets it, which asked the permission and records it.
    Refuses one that is cancelled or waived. One already met keeps its first instant.
    """
    duty = hold_row(Obligation, obligation.pk)
    if duty.state in (DutyState.CANCELLED, DutyState.WAIVED):
        raise Refused("duties.cancelled")
    fresh = duty.state != DutyState.MET and duty.met_at is None
    counted = at or permissions.counts_from(act, duty)
    claimed = fresh and at is None and counted != act.happened_at
    if duty.state != DutyState.MET:
        duty.state = DutyState.MET
        duty.met_at = duty.met_at or counted
        duty.claim = ClaimState.WAITING if claimed else duty.claim
        duty.recorded_at = act.recorded_at
        duty.recorded_late = act.recorded_late
        duty.on_behalf = act.on_behalf_of is not None
    duty.with_kind, duty.with_id, duty.with_path = with_.kind, with_.id, with_.path
    duty.save()
    close_links(obligations=[duty.public_id])
    if claimed:
        claim(act, duty)
    if act.on_behalf_of is not None and duty.seat:
        tell_principal(act, duty.seat, with_, duty.group.named(duty.titled))
    tell_followers(duty.programme, act.recorded_at, duty)
    return duty


@transaction.atomic
def hand_back(obligation: Obligation, at: datetime) -> None:
    """What met it was returned at that moment: it is owed again, by who holds the seat now. Its
    receipt keeps its first instant."""
    met = Obligation.objects.filter(pk=obligation.pk, state=DutyState.MET)
    if met.update(state=DutyState.RETURNED):
        _pass_to_heir(obligation, at)
        tell_followers(obligation.programme, at, obligation)


def _pass_to_heir(obligation: Obligation, at: datetime) -> None:
    """Who handed it in may have left the seat meanwhile: while it was met, nobody took it over."""
    duty = Obligation.objects.select_related("group", "role", "seat").get(pk=obligation.pk)
    ended = duty.seat is not None and duty.seat.ends_at is not None and duty.seat.ends_at <= at
    if ended and duty.role is not None and not duty.each_their_own:
        seats, law = list(groups.standing(duty.programme, at)), compiled(duty.programme)
        duty.seat, duty.next_word_at = _holder(duty, seats, law), LONG_AGO
        duty.save(update_fields=["seat", "next_word_at"])


@transaction.atomic
def owe_again(obligation: Obligation, *, until: datetime) -> None:
    """A gate asks for a revision: what was handed in on time is owed again by `until`.

    The due date itself stays; what was late stays late. The deciding act records it.
    """
    duty = hold_row(Obligation, obligation.pk)
    on_time = duty.met_at is not None and duty.met_at < duty.due_instant
    if on_time and until > duty.due_instant:
        duty.extended_to = until
        duty.moved()
        duty.save(update_fields=["extended_to", "sequence", "next_word_at"])


@transaction.atomic
def cancel_of_subject(programme: Programme, subject_id: str) -> int:
    """Cancel what is still open about a thing that ended; the calling act records it."""
    ending = Obligation.objects.filter(programme=programme, subject_id=subject_id).open()
    close_links(obligations=list(ending.values_list("public_id", flat=True)))
    return ending.update(state=DutyState.CANCELLED)
