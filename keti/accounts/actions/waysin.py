"""Personal ways in: made, used, ended. The secret follows from the row and the house's key."""

import hmac
from base64 import b32encode
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from keti.accounts.actions.links import hashed
from keti.accounts.actions.people import unite
from keti.accounts.models import NamedBy, Person, User, WayIn, WayInMeans
from keti.accounts.queries import account_of, by_mail, way_in_by_id, why_ended
from keti.kernel.acts import Act
from keti.kernel.ids import new_id
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold, hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme

LIFE = timedelta(days=14)


def secret_of(way: WayIn) -> str:
    """The secret of a way in. It is worked out where a letter, a text or a slip is made, and lies
    nowhere: neither a copy of the database nor the outbox lets anybody in."""
    return _secret(way.public_id)


def _secret(public_id: str) -> str:
    key = f"keti.accounts.way-in {settings.SECRET_KEY}".encode()
    return b32encode(hmac.digest(key, public_id.encode(), "sha256")[:20]).decode().lower()


@transaction.atomic
def make_way_in(
    *,
    programme: Programme,
    person: Person,
    seat_id: str,
    means: WayInMeans,
    at: datetime,
    by_label: str,
) -> WayIn:
    """A new way in for a person because of a seat (public id); the older one by the same means
    ends. Called by the acts of the groups room, which ask the permission and record it."""
    older = WayIn.objects.filter(person=person, seat_id=seat_id, means=means, used_at=None)
    if older.filter(revoked_at=None).exists():
        older.filter(revoked_at=None).update(revoked_at=at)
    public_id = new_id()
    return WayIn.objects.create(
        public_id=public_id,
        token_hash=hashed(_secret(public_id)),
        programme=programme,
        person=person,
        seat_id=seat_id,
        means=means,
        by_label=by_label,
        mail_key=person.mail_key,
        issued_at=at,
        expires_at=at + LIFE,
    )


@transaction.atomic
def refreshed_way_in(public_id: str, at: datetime) -> str:
    """The public id of the way in that a letter which is yet to go carries: its own while that
    opens something, or was used; else one made anew for the address that is on record now."""
    way = way_in_by_id(public_id)
    if way is None or way.used_at or way.revoked_at or way.closed or not way.person.mail:
        return public_id
    if way.mail_key == way.person.mail_key and not way.ended(at):
        return public_id
    return make_way_in(
        programme=way.programme,
        person=way.person,
        seat_id=way.seat_id,
        means=WayInMeans(way.means),
        at=at,
        by_label=way.by_label,
    ).public_id


@transaction.atomic
def drop_way_in(way: WayIn) -> None:
    """Remove one that nobody was told of: its letter had been written before."""
    WayIn.objects.filter(pk=way.pk, used_at=None).delete()


@transaction.atomic
def close_way_in(way: WayIn, at: datetime) -> None:
    """It opens nothing any more. Called by the groups room, which records it."""
    WayIn.objects.filter(pk=way.pk, revoked_at=None).update(revoked_at=at)


@transaction.atomic
def account_for(person: Person, mail: str) -> User:
    """The account somebody signs in to by a way in: their own, else that of the address, else a
    new one. Nothing is bound to it before the last step of signing in.

    Refuses an address by which somebody else signs in.
    """
    user = User.objects.filter(person=person).first() or account_of(mail)
    if user is None:
        user = User.objects.create_user(mail)
    elif person.mail and user.person_id not in (None, person.pk):
        raise Refused("accounts.way-in-of-another-account")
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": False, "primary": True}
    )
    return user


@transaction.atomic
def use_way_in(act: Act, *, way: WayIn, user: User) -> Person:
    """Use up a way in: whoever signs in to this account is its person from now on.

    The address counts as proved only where a letter carried the way in to that very address.
    Refuses everybody but its person, one that opens nothing any more (two at once: the second), and
    an account that is somebody else's.

    Taken back by: nothing, because somebody has come in by it; their session can be ended.
    """
    person = hold_row(Person, way.person_id)
    if ledger.repeated(act, "accounts.wayin.used", programme=way.programme):
        return person
    if act.by.public_id != person.public_id:
        raise Refused("accounts.way-in-of-somebody-else", who=person.label)
    way = hold(WayIn.objects.select_related("person", "programme")).get(pk=way.pk)
    why = why_ended(way, act.recorded_at)
    if why:
        raise Refused(why)
    mine = hold_row(User, user.pk)
    _becomes(mine, person)
    if way.means == WayInMeans.LETTER and way.mail_key == mine.email:
        _proved(mine)
    user.person = mine.person
    WayIn.objects.filter(pk=way.pk).update(used_at=act.recorded_at)
    ledger.record(
        act,
        "accounts.wayin.used",
        programme=way.programme,
        about=person.subject(),
        facts={"means": way.means, "by": way.by_label},
    )
    return person


def _becomes(user: User, person: Person) -> None:
    """The account is this person's. One that stood unproved before brings no password along."""
    if user.person_id == person.pk:
        return
    stray = user.person
    own = User.objects.filter(person=person).exclude(pk=user.pk).exists()
    if own or (person.mail and (stray is not None or person.mail_key != user.email)):
        raise Refused("accounts.way-in-of-another-account")
    if not person.mail:
        if stray is not None:
            _same(stray, person)
            return
        _takes_address(person, user)
    elif user.has_usable_password() and not _is_proved(user):
        user.set_unusable_password()
    user.person = person
    user.save(update_fields=["person", "password"])


def _same(stray: Person, person: Person) -> None:
    """Who came by signing in and holds this way in is the person it was made for."""
    if stray.named_by != NamedBy.ADDRESS or stray.same_as_id:
        raise Refused("accounts.way-in-of-another-account")
    unite(stray, person)


def _takes_address(person: Person, user: User) -> None:
    """Whoever had no address on record has the one that was just proved."""
    if by_mail(user.email) is not None or not _is_proved(user):
        raise Refused("accounts.way-in-of-another-account")
    person.mail = user.email
    person.save(update_fields=["mail"])


def _is_proved(user: User) -> bool:
    proved = EmailAddress.objects.filter(user=user, email=user.email, verified=True)
    return bool(proved.exists())


def _proved(user: User) -> None:
    address, _ = EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"primary": True}
    )
    address.set_verified()
