"""Where somebody is signed in: noted, ended; and an address that is somebody else's from now on."""

from datetime import datetime
from importlib import import_module

from django.conf import settings
from django.db import transaction

from keti.accounts.models import Person, SignedIn, User, WayIn
from keti.kernel.acts import Act, Text
from keti.kernel.ids import new_token
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger

LONGEST_AGENT = 300


@transaction.atomic
def note_sign_in(user: User, *, session_key: str, agent: str, at: datetime) -> str:
    """Somebody is signed in on one more device; returns by what it is known (public id)."""
    row = SignedIn.objects.create(
        user=user, session_key=session_key, agent=agent[:LONGEST_AGENT], since=at, used_at=at
    )
    return row.public_id


@transaction.atomic
def note_use(known: str, at: datetime) -> None:
    """Something was done on this device."""
    SignedIn.objects.filter(public_id=known).update(used_at=at)


@transaction.atomic
def follow_session(known: str, session_key: str) -> None:
    """The session of this device has another key now: its holder changed the password."""
    SignedIn.objects.filter(public_id=known).update(session_key=session_key)


@transaction.atomic
def end_sessions(act: Act, *, person: Person, only: str = "", but: str = "") -> int:
    """End one of one's own sessions (`only`, by its public id), or all of them but one: those too
    of which nothing is listed. Returns how many listed ones ended.

    Refuses everybody but the person.

    Taken back by: nothing, because whoever is meant signs in again.
    """
    person = hold_row(Person, person.pk)
    if act.by.public_id != person.public_id:
        raise Refused("accounts.only-ones-own-sessions", who=person.label)
    if ledger.repeated(act, "accounts.sessions.ended", programme=None):
        return 0
    mine = SignedIn.objects.filter(user__person=person)
    ended = mine.filter(public_id=only) if only else mine.exclude(public_id=but)
    count = _end(list(ended))
    if not only:
        User.objects.filter(person=person).update(sessions_key=new_token())
    ledger.record(
        act,
        "accounts.sessions.ended",
        programme=None,
        about=person.subject(),
        facts={"count": count, "all": not only},
    )
    return count


def _end(rows: list[SignedIn]) -> int:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for row in rows:
        store.delete(row.session_key)
    SignedIn.objects.filter(pk__in=[one.pk for one in rows]).delete()
    return len(rows)


@transaction.atomic
def release_address(person: Person, at: datetime) -> str:
    """The address on record is somebody else's from now on: the account that signs in by it goes,
    with every session, every second factor and every way in. Returns the address. Called by the
    acts that say so, which record it.

    Refuses whoever has no address, and who may found programmes: others would be shut out.
    """
    person = hold_row(Person, person.pk)
    if not person.mail:
        raise Refused("accounts.no-address-to-give-up", who=person.label)
    if person.may_found:
        raise Refused("accounts.founders-keep-their-address", who=person.label)
    WayIn.objects.filter(person=person, used_at=None, revoked_at=None).update(revoked_at=at)
    _end(list(SignedIn.objects.filter(user__person=person)))
    User.objects.filter(person=person).delete()
    address, person.mail = person.mail, ""
    person.save(update_fields=["mail"])
    return address


@transaction.atomic
def forget_person(person: Person, name: Text) -> Person:
    """Nothing is on record of this person any more but that there was somebody: the account goes,
    with every session, second factor and way in. Called by the act that says so and records it."""
    person = hold_row(Person, person.pk)
    WayIn.objects.filter(person=person, used_at=None).update(closed=True)
    _end(list(SignedIn.objects.filter(user__person=person)))
    User.objects.filter(person=person).delete()
    person.name, person.name_en = name.zh, name.en
    person.mail = person.mobile = person.honorific = ""
    person.feed_token = new_token()
    person.save()
    return person


@transaction.atomic
def give_up_mailbox(act: Act, *, person: Person) -> None:
    """One's own address belongs to somebody else from now on: nobody signs in as this person by it
    any more, and no letter to them goes there.

    Refuses everybody but the person, and what `release_address` refuses.

    Taken back by: intake.correct_record (the secretariat records an address anew).
    """
    hold_row(Person, person.pk)
    if ledger.repeated(act, "accounts.mailbox.handed-over", programme=None):
        return
    if act.by.public_id != person.public_id:
        raise Refused("accounts.only-ones-own-sessions", who=person.label)
    release_address(person, act.recorded_at)
    ledger.record(
        act, "accounts.mailbox.handed-over", programme=None, about=person.subject(), facts={}
    )
