"""Telling people what is due: reminders, escalations, the group announcement."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from keti.charter.queries import compiled
from keti.duties import notices, permissions, queries, rules
from keti.duties.enums import Nature
from keti.duties.models import Obligation, Reminder
from keti.groups import queries as groups
from keti.groups.models import Seat
from keti.groups.permissions import principal, sights
from keti.kernel.acts import Act
from keti.kernel.addresses import absolute
from keti.kernel.prepared import prepared
from keti.kernel.transactions import run
from keti.ledger import actions as ledger
from keti.notify.actions import note_announcement, post
from keti.programmes.models import Programme

log = logging.getLogger("keti.tick")
CHASED = timedelta(days=3)
"""What falls due so soon is asked for with what is awaited already."""
MOST, CHUNK = 5000, 200
"""So many duties are looked at in one run, and so many are noted in one transaction."""


@transaction.atomic
def announce(act: Act, *, programme: Programme, text: str) -> None:
    """Log that this text was copied for a chat group: announced by hand.

    The secretariat announces to the whole programme, a lead to the own group. Refuses others.

    Taken back by: nothing, because what was pasted into a chat is with its readers; another text
    corrects it.
    """
    if ledger.repeated(act, "duties.announcement.copied", programme=programme):
        return
    permissions.may_announce(act, programme).or_refuse()
    seat = principal(act, programme)
    group = "" if seat.can("manage") else seat.group.public_id
    note_announcement(act, programme=programme, text=text, group=group)
    ledger.record(
        act,
        "duties.announcement.copied",
        programme=programme,
        about=programme.subject(),
        facts={"text": text},
    )


def remind_due(now: datetime, programme: Programme | None = None) -> int:
    """Write every reminder and escalation that is due now or earlier and was not yet written, in
    every programme that goes on or in this one.

    Two missed days lose nothing; a second run says nothing twice. What costs is what is due, not
    how many programmes there are. Returns how many were written.
    """
    ripe = list(queries.to_say(now, programme)[:MOST])
    said = set(Reminder.objects.filter(obligation__in=ripe).values_list("obligation_id", "step"))
    named = Obligation.objects.with_names().in_bulk([duty.pk for duty in ripe if _words(duty, now)])
    written, told = 0, []
    for duty in ripe:
        words = [(step, how) for step, how in _words(duty, now) if (duty.pk, step) not in said]
        done = [_alone(how, named[duty.pk], now) for _step, how in words]
        written += sum(count or 0 for count in done)
        if None not in done:
            duty.next_word_at = rules.next_word(duty.due_instant, duty.remind, duty.escalate, now)
            told.append(duty)
    for first in range(0, len(told), CHUNK):
        _note_next(told[first : first + CHUNK])
    return written


Word = Callable[[Obligation, datetime], int]


def _words(duty: Obligation, now: datetime) -> list[tuple[str, Word]]:
    """What is to be said of a duty by now: the name of each step, and who writes it."""
    due, words = duty.due_instant, list[tuple[str, Word]]()
    step = rules.step_due(due, duty.remind, now)
    if step is not None:
        words.append((f"{duty.sequence}:{step}", partial(_remind, step)))
    raised: dict[int, list[str]] = {}
    for after, role_key in duty.escalate:
        if now >= due + timedelta(seconds=after):
            raised.setdefault(after, []).append(role_key)
    for after, roles in raised.items():
        words.append((f"{duty.sequence}:+{after}", partial(_escalate, after, roles)))
    return words


def _note_next(duties: list[Obligation]) -> None:
    """When something is said next; not of a duty that was moved meanwhile."""

    def write() -> None:
        for duty in duties:
            same = Obligation.objects.filter(pk=duty.pk, sequence=duty.sequence)
            same.update(next_word_at=duty.next_word_at)

    run(write)


def _alone(write: Word, duty: Obligation, now: datetime) -> int | None:
    """A duty whose letter cannot be written holds up no other; it is tried again next time."""
    try:
        return run(partial(write, duty, now))
    except Exception:
        log.exception("a letter about duty %s cannot be written", duty.public_id)
        return None


@transaction.atomic
def _remind(step: int, duty: Obligation, now: datetime) -> int:
    if not _first_to_say(duty, str(step), now):
        return 0
    to = groups.minding(queries.asked(duty, now))
    return len(post(duty.programme, notices.reminder(duty, step), to=to, at=now))


def _first_to_say(duty: Obligation, step: str, now: datetime) -> bool:
    """Whether nobody else said this step meanwhile: another tick may run at the same moment."""
    _, fresh = Reminder.objects.get_or_create(
        obligation=duty, step=f"{duty.sequence}:{step}", defaults={"sent_at": now}
    )
    return fresh


@transaction.atomic
def _escalate(after: int, roles: list[str], duty: Obligation, now: datetime) -> int:
    """One step may name several roles: all of them are told at once."""
    if not _first_to_say(duty, f"+{after}", now):
        return 0
    seats = [one for key in roles for one in groups.holders(duty.programme, key, None, now)]
    people = groups.people(_seeing(seats, duty))
    return len(post(duty.programme, notices.escalation(duty, after), to=people, at=now))


def _seeing(seats: list[Seat], duty: Obligation) -> list[Seat]:
    """Those who may know of the duty: the title of inner work goes to nobody who may not see it."""
    if duty.from_charter:
        return seats
    own = Obligation.objects.filter(pk=duty.pk)
    return [one.seat for one in sights(seats) if permissions.visible(one, own).exists()]


def chase_text(programme: Programme, kind: str, now: datetime, lang: str, *, named: bool) -> str:
    """The text that asks for one kind alone: what has opened and has not come, with or without the
    names of whom it waits for."""
    found = Obligation.objects.filter(programme=programme, nature=Nature.CHARTER, kind=kind)
    owed = found.open().filter(due__lte=now + CHASED).order_by("due", "pk")
    url = absolute(reverse("site:desk", args=[programme.slug]))
    title = compiled(programme).work(kind).title
    told = [notices.Told(*one) for one in owed.values_list(*notices.TOLD)]
    return notices.chase(programme, title, told, url, named=named).in_(lang)


def group_text(programme: Programme, now: datetime, lang: str) -> str:
    """The group announcement for the coming days, from the obligations themselves."""
    url = absolute(reverse("site:desk", args=[programme.slug]))
    soon = prepared(("duties.soon",), _soon, programme.pk, now + queries.AHEAD)
    told = [notices.Told(*one) for one in soon]
    return notices.announcement(programme, told, now, url, lang)


def _soon(programme: int, edge: datetime) -> QuerySet[Obligation, Any]:
    return queries.soon(programme, edge).values_list(*notices.TOLD)
