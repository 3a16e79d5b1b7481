"""Personal links to one duty: made, used, ended."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction

from keti.accounts.models import DutyLink, Person, WayIn
from keti.kernel.ids import new_token


def hashed(token: str) -> str:
    """What is stored of a personal link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_duty_link(
    *, person: Person, obligation_id: str, seat_id: str, at: datetime, expires_at: datetime
) -> tuple[DutyLink, str]:
    """A new personal link to one duty; returns it and its secret, which is shown once.

    The person's older links to the same duty end. Called by the duties room, which asks the
    permission and records it.
    """
    older = DutyLink.objects.filter(person=person, obligation_id=obligation_id, revoked_at=None)
    older.update(revoked_at=at)
    token = new_token()
    link = DutyLink.objects.create(
        token_hash=hashed(token),
        person=person,
        obligation_id=obligation_id,
        seat_id=seat_id,
        issued_at=at,
        expires_at=expires_at,
    )
    return link, token


@transaction.atomic
def use_duty_link(link: DutyLink, at: datetime) -> None:
    """Mark that the duty behind the link was handed in by it: it takes nothing more."""
    DutyLink.objects.filter(pk=link.pk).update(used_at=at, closed=True)


@transaction.atomic
def close_links(*, obligations: Iterable[str] = (), seats: Iterable[str] = ()) -> None:
    """End the links of these duties, or the links and ways in of these seats (public ids), for
    good. Called by whatever meets, waives or cancels a duty, or changes who acts in a seat.
    """
    ended = list(seats)
    if ended:
        WayIn.objects.filter(seat_id__in=ended, used_at=None).update(closed=True)
    either = models.Q(obligation_id__in=list(obligations)) | models.Q(seat_id__in=ended)
    found = list(DutyLink.objects.filter(either, closed=False).values_list("pk", flat=True))
    if found:  # most duties have none: nothing is written where there is nothing to end
        DutyLink.objects.filter(pk__in=found).update(closed=True)


@transaction.atomic
def revoke_link(link: DutyLink, at: datetime) -> None:
    """Nothing is behind the link any more. Called by the duties room, which records it."""
    DutyLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at)
