"""Telling people what is due: reminders, escalations, the group announcement."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from keti.duties import notices, permissions, queries, rules
from keti.duties.models import Obligation, Reminder
from keti.groups import queries as groups
from keti.groups.permissions import principal
from keti.kernel.acts import Act
from keti.kernel.addresses import absolute
from keti.kernel.transactions import run
from keti.ledger import actions as ledger
from keti.notify.actions import note_announcement, post
from keti.programmes.models import Programme

log = logging.getLogger("keti.tick")


@transaction.atomic
def announce(act: Act, *, programme: Programme, text: str) -> None:
    """Log that this text was copied for a chat group: announced by hand.

    The secretariat announces to the whole programme, a lead to the own group. Refuses others.
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


def remind_due(programme: Programme, now: datetime) -> int:
    """Write every reminder and escalation that is due now or earlier and was not yet written.

    Two missed days lose nothing; a second run says nothing twice. Returns how many were written.
    """
    sent = set(
        Reminder.objects.filter(obligation__programme=programme).values_list(
            "obligation_id", "step"
        )
    )
    steps: list[tuple[int, int]] = []
    raised: list[tuple[int, int, str]] = []
    for pk, due, sequence, offsets, escalations in queries.reminding(programme):
        step = rules.step_due(due, offsets, now)
        if step is not None and (pk, f"{sequence}:{step}") not in sent:
            steps.append((pk, step))
        for after, role_key in escalations:
            past = now >= due + timedelta(seconds=after)
            if past and (pk, f"{sequence}:+{after}") not in sent:
                raised.append((pk, after, role_key))
    late = {pk for pk, *_ in (*steps, *raised)}
    named = Obligation.objects.with_names().in_bulk(late) if late else {}
    written = sum(_alone(_remind, named[pk], step, now) for pk, step in steps)
    return written + sum(_alone(_escalate, named[pk], *how, now) for pk, *how in raised)


def _alone(write: Callable[..., int], duty: Obligation, *rest: object) -> int:
    """A duty whose letter cannot be written holds up no other; it is tried again next time."""
    try:
        return run(partial(write, duty, *rest))
    except Exception:
        log.exception("a letter about duty %s cannot be written", duty.public_id)
        return 0


@transaction.atomic
def _remind(duty: Obligation, step: int, now: datetime) -> int:
    if not _first_to_say(duty, str(step), now):
        return 0
    to = groups.people(queries.asked(duty, now))
    return len(post(duty.programme, notices.reminder(duty, step), to=to, at=now))


def _first_to_say(duty: Obligation, step: str, now: datetime) -> bool:
    """Whether nobody else said this step meanwhile: another tick may run at the same moment."""
    _, fresh = Reminder.objects.get_or_create(
        obligation=duty, step=f"{duty.sequence}:{step}", defaults={"sent_at": now}
    )
    return fresh


@transaction.atomic
def _escalate(duty: Obligation, after: int, role_key: str, now: datetime) -> int:
    if not _first_to_say(duty, f"+{after}", now):
        return 0
    seats = groups.holders(duty.programme, role_key, None, now)
    people = groups.people(seats)
    return len(post(duty.programme, notices.escalation(duty, after), to=people, at=now))


def group_text(programme: Programme, now: datetime, lang: str) -> str:
    """The group announcement for the coming days, from the obligations themselves."""
    url = absolute(f"/p/{programme.slug}/desk/")
    return notices.announcement(programme, list(queries.soon(programme, now)), now, url, lang)
