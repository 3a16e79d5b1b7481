"""Two records of one human, or of one unit, become one: what sits where follows."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from keti.accounts.models import Organisation, Person
from keti.groups.models import Colleague, Recusal, Seat
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Refused, Verdict, no


def fit_together(gone: Person, kept: Person) -> Verdict:
    """May one human hold the seats of both? No where the roles of two of them exclude each other,
    or one would judge what the other answers for."""
    standing = Seat.objects.filter(ends_at=None)
    mine = list(standing.of(kept).with_names())
    for theirs in standing.of(gone).with_names():
        for seat in mine:
            if seat.programme_id != theirs.programme_id or seat.pk == theirs.pk:
                continue
            if theirs.role.key in seat.role.excludes or seat.role.key in theirs.role.excludes:
                return no(
                    "groups.roles-exclude-each-other",
                    holder=kept.label,
                    held=seat.title,
                    role=theirs.role.title,
                )
    return YES


@transaction.atomic
def move_seats(act: Act, *, gone: Person, kept: Person) -> list[Seat]:
    """Whatever `gone` held or acted in is of `kept`; a seat that both held stands once, and the
    other is returned as ended now. What `gone` stands aside from, `kept` does. Called by the act
    that merges the two and records it. Refuses roles that exclude each other."""
    fit_together(gone, kept).or_refuse()
    doubled = _end(
        act, _doubled(Seat.objects.filter(person=gone), Seat.objects.filter(person=kept))
    )
    Seat.objects.filter(person=gone).update(person=kept)
    Seat.objects.filter(delegate=gone).update(delegate=kept)
    beside = Q(seat__in=Colleague.objects.filter(person=kept, until=None).values("seat"))
    beside |= Q(seat__delegate=kept)
    Colleague.objects.filter(beside, person=gone, until=None).update(until=act.recorded_at)
    Colleague.objects.filter(person=gone).update(person=kept)
    _stand_aside(Recusal.objects.filter(person=gone), person=kept)
    return doubled


@transaction.atomic
def move_unit_seats(act: Act, *, gone: Organisation, kept: Organisation) -> list[Seat]:
    """The same for two records of one unit."""
    doubled = _end(
        act,
        _doubled(Seat.objects.filter(organisation=gone), Seat.objects.filter(organisation=kept)),
    )
    Seat.objects.filter(organisation=gone).update(organisation=kept)
    _stand_aside(Recusal.objects.filter(organisation=gone), organisation=kept)
    Recusal.objects.filter(organisation=gone).delete()
    return doubled


def _doubled(theirs: Iterable[Seat], mine: Iterable[Seat]) -> list[Seat]:
    held = {(one.group_id, one.role_id) for one in mine if one.ends_at is None}
    return [one for one in theirs if one.ends_at is None and (one.group_id, one.role_id) in held]


def _end(act: Act, seats: list[Seat]) -> list[Seat]:
    for seat in seats:
        if seat.starts_at > act.recorded_at:
            raise Refused("ledger.happened-in-the-future")
        seat.ends_at = act.recorded_at
        seat.save(update_fields=["ends_at"])
    return seats


def _stand_aside(known: Iterable[Recusal], **side: Person | Organisation) -> None:
    Recusal.objects.bulk_create(
        [
            Recusal(
                programme_id=one.programme_id, subject_id=one.subject_id, since=one.since, **side
            )
            for one in known
        ],
        ignore_conflicts=True,
    )
