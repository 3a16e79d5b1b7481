"""Recordings and texts are put on a channel, as far as everybody in them agrees, and taken down."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from keti.accounts.models import Person
from keti.consents.models import Consent
from keti.duties import actions as duties
from keti.duties.actions import Debt
from keti.duties.models import Obligation
from keti.groups.permissions import acting_seat
from keti.groups.queries import able
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused, both
from keti.kernel.texts import one_line
from keti.kernel.transactions import hold_each, hold_row
from keti.ledger import actions as ledger
from keti.media import permissions, queries
from keti.media.actions.leaving import take_away
from keti.media.enums import RecordingState
from keti.media.models import MediaChannel, Posting, Recording, Speaker
from keti.media.rules.press import link_key
from keti.programmes.models import Programme

POSTED = "media.posting.entered"
POSTING_MENDED = "media.posting.mended"
DOWN = "media.posting.down"
LEFT = "media.posting.left"
POSTING_WITHDRAWN = "media.posting.withdrawn"
TAKEDOWN = "media.takedown"
WITHIN = timedelta(days=3)
"""So soon the secretariat takes down what somebody in it no longer agrees to."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What somebody enters of a posting; `terms`: on what licence, in words. A recording gives its
    own title where none is written."""

    link: str
    day: date
    title: str = ""
    terms: str = ""


@transaction.atomic
def post_on(
    act: Act, *, channel: MediaChannel, posted: Posted, recording: Recording | None = None
) -> Posting:
    """Note that a recording, or a text, stands on a channel.

    Refuses who is not the secretariat, a channel that was withdrawn, a recording that is not
    approved or in which somebody does not agree to that use (in public, or abroad where the channel
    is), no title, no address, a day that has not come, and an address at which something stands.

    Taken back by: take_down, withdraw_posting.
    """
    programme = hold_row(Programme, channel.programme_id)
    _hold_consents(channel, recording)
    film = hold_row(Recording, recording.pk) if recording else None
    found = hold_row(MediaChannel, channel.pk)
    if entry := ledger.repeated(act, POSTED, programme=programme):
        return Posting.objects.get(public_id=entry.subject_id)
    permissions.may_keep(act, programme).or_refuse()
    if found.withdrawn_at is not None:
        raise Refused("media.channel-withdrawn", name=found.label).at("channel")
    if film is not None:
        _refuse_film(programme, film, found)
        posted = replace(posted, title=posted.title.strip() or film.title)
    said = _fitting(act, programme, posted)
    assert isinstance(act.by, Person)
    made = Posting.objects.create(
        programme=programme,
        channel=found,
        recording=film,
        seat=acting_seat(act, programme),
        by=act.by,
        at=act.recorded_at,
        **said,
    )
    ledger.record(act, POSTED, programme=programme, about=made.subject(), facts=_told(made))
    return made


def _hold_consents(channel: MediaChannel, recording: Recording | None) -> None:
    """What people in it agree to now is held: who takes it back waits until this is entered, and
    then it is owed to be taken down."""
    if recording is None:
        return
    people = Speaker.objects.filter(recording=recording, withdrawn_at=None)
    rows = people.values_list("person_id", "person__same_as_id")
    who = {one for pair in rows for one in pair if one}
    human = Q(person__in=who) | Q(person__same_as__in=who)
    standing = Consent.objects.filter(human, programme=recording.programme_id, withdrawn_at=None)
    hold_each(standing.filter(purpose=queries.purpose_of(channel)))


def _refuse_film(programme: Programme, film: Recording, channel: MediaChannel) -> None:
    if film.programme_id != programme.pk:
        raise Refused("media.another-programme").at("recording")
    if film.state != RecordingState.APPROVED:
        raise Refused("media.not-approved").at("recording")
    count = len(queries.lacking(film, queries.purpose_of(channel)))
    if count:
        code = "media.disagree-abroad" if channel.abroad else "media.disagree-public"
        raise Refused(code, count=count).at("recording")


def _fitting(
    act: Act, programme: Programme, posted: Posted, but: Posting | None = None
) -> dict[str, Any]:
    """What is written of it; refuses what cannot stand."""
    title, terms = one_line(posted.title).strip(), one_line(posted.terms).strip()
    if not title:
        raise Refused("media.title-needed").at("title")
    if not posted.link:
        raise Refused("media.posted-where").at("link")
    if posted.day > programme.local(act.recorded_at).date():
        raise Refused("media.posted-ahead").at("day")
    key = link_key(posted.link)
    there = queries.standing_postings(programme).filter(link_key=key)
    if there.exclude(pk=but.pk if but else 0).exists():
        raise Refused("media.posted-already").at("link")
    said = {"title": title, "terms": terms, "link": posted.link, "day": posted.day}
    return said | {"link_key": key}


def _told(one: Posting) -> dict[str, object]:
    return {
        "title": one.title,
        "channel": one.channel.label,
        "recording": one.recording.public_id if one.recording else "",
        "link": one.link,
        "day": one.day.isoformat(),
        "terms": one.terms,
    }


def _held(act: Act, posting: Posting, kind: str) -> tuple[Programme, Posting, bool]:
    """The held rows, and whether this very act was done before."""
    programme = hold_row(Programme, posting.programme_id)
    found = hold_row(Posting, posting.pk)
    if ledger.repeated(act, kind, programme=programme):
        return programme, found, True
    permissions.may_keep(act, programme).or_refuse()
    if not found.stands:
        raise Refused("media.posting-gone")
    return programme, found, False


@transaction.atomic
def mend_posting(act: Act, *, posting: Posting, posted: Posted) -> Posting:
    """Put right where a posting is, since when and on what terms; the line keeps what it said
    before.

    Refuses what post_on refuses of it, and one that was taken down or withdrawn.

    Taken back by: mend_posting (again).
    """
    programme, found, again = _held(act, posting, POSTING_MENDED)
    if again:
        return found
    before = _told(found)
    for name, value in _fitting(act, programme, posted, found).items():
        setattr(found, name, value)
    found.save()
    facts = {**_told(found), "before": before}
    ledger.record(act, POSTING_MENDED, programme=programme, about=found.subject(), facts=facts)
    return found


@transaction.atomic
def take_down(act: Act, *, posting: Posting, day: date, reason: str) -> Posting:
    """It is gone from the channel since a day; so what was owed for it is met.

    Refuses who is not the secretariat, a day before it was put there or still to come, no reason,
    and one that is gone already.

    Taken back by: post_on (it stands there anew).
    """
    programme, found, again = _held(act, posting, DOWN)
    if again:
        return found
    if not found.day <= day <= programme.local(act.recorded_at).date():
        raise Refused("media.down-when", day=found.day.isoformat()).at("day")
    if not reason.strip():
        raise Refused("media.why").at("reason")
    found.down_day, found.down_at = day, act.recorded_at
    found.reason = one_line(reason).strip()
    found.down_by = act.by if isinstance(act.by, Person) else None
    found.save(update_fields=["down_day", "down_at", "down_by", "reason"])
    for duty in _owed(programme, found):
        duties.meet(act, obligation=duty, with_=found.subject())
    facts = {"day": day.isoformat(), "reason": found.reason}
    ledger.record(act, DOWN, programme=programme, about=found.subject(), facts=facts)
    return found


@transaction.atomic
def leave_up(act: Act, *, posting: Posting) -> Posting:
    """Everybody in it agrees again: it need not be taken down, and that is owed no more.

    Refuses who is not the secretariat, one that must still be taken down, and one of which nothing
    is owed.

    Taken back by: take_down.
    """
    programme, found, again = _held(act, posting, LEFT)
    if again:
        return found
    if queries.must_go(programme).filter(pk=found.pk).exists():
        raise Refused("media.must-go")
    if not duties.cancel_of_subject(programme, found.public_id):
        raise Refused("media.nothing-owed")
    ledger.record(act, LEFT, programme=programme, about=found.subject(), facts={})
    return found


@transaction.atomic
def withdraw_posting(act: Act, *, posting: Posting, reason: str) -> Posting:
    """It was entered by mistake: it never stood there. What it was stays to be read.

    Refuses who is not the secretariat, no reason, and one that is gone already.

    Taken back by: post_on (anew).
    """
    programme, found, again = _held(act, posting, POSTING_WITHDRAWN)
    if again:
        return found
    take_away(act, found, reason)
    duties.cancel_of_subject(programme, found.public_id)
    facts = {"title": found.title, "reason": found.reason}
    ledger.record(act, POSTING_WITHDRAWN, programme=programme, about=found.subject(), facts=facts)
    return found


def _owed(programme: Programme, posting: Posting) -> list[Obligation]:
    found = Obligation.objects.filter(programme=programme, subject_id=posting.public_id).open()
    return list(found.order_by("pk"))


def owe_takedowns(programme: Programme, act: Act) -> None:
    """Whatever stands on a channel against somebody's will is owed to be taken down: called by the
    act that brought it about, before its line. Nobody in it is named; the secretariat alone reads
    what it owes."""
    going = list(queries.must_go(programme).select_related("channel"))
    seats = able(programme, "manage", act.recorded_at) if going else []
    for one in going if seats else []:
        before = Obligation.objects.filter(programme=programme, subject_id=one.public_id)
        if before.open().exists():
            continue
        debt = Debt(
            key=f"media.takedown/{one.public_id}/{before.count() + 1}",
            kind=TAKEDOWN,
            form="takedown",
            title=both("media.takedown-title", title=one.title, channel=one.channel.label),
            group=seats[0].group,
            seat=seats[0],
            due_at=act.recorded_at + WITHIN,
            subject_id=one.public_id,
            closed=True,
        )
        duties.owe(programme, debt)
