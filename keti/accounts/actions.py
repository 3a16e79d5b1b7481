"""People, units, consents and one-duty links come into being here."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import models, transaction

from keti.accounts.models import Consent, DutyLink, NamedBy, Organisation, Person, User
from keti.accounts.queries import account_of, by_mail, by_name, organisation_named
from keti.accounts.rules import fold, mail_fault, plain_width, unit_key
from keti.kernel.acts import Act
from keti.kernel.ids import new_token
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold
from keti.ledger import actions as ledger


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What an office knows of a person when it enters them.

    With `correct` the office knows that the name and the unit on record are wrong; with `guest` it
    knows that the person belongs to another unit than the one they are named for.
    """

    name: str
    mail: str = ""
    mobile: str = ""
    honorific: str = ""
    name_en: str = ""
    unit: Organisation | None = None
    language: str = "zh-hans"
    is_demo: bool = False
    correct: bool = False
    guest: bool = False


@transaction.atomic
def enter_person(facts: PersonFacts) -> Person:
    """The person of these facts: the one with this mail, or with this name in this unit, or new.

    Called by acts of other rooms (roster, application, appointment), which record it. What the
    office enters wins over a name taken from an address; what is missing on record is added.
    Refuses an empty or too long name, what is no address, and an address or a person on record
    under another name or in another unit: nobody is swapped for another without a word.
    """
    facts = _checked(facts)
    found = known(facts)
    if found is not None:
        return _completed(hold(Person.objects.all()).get(pk=found.pk), facts)
    return _made(facts)


@transaction.atomic
def new_person(facts: PersonFacts) -> Person:
    """A person of whom it is known that nobody on record is meant, also not one of the same name
    in the same unit. Called by acts of other rooms, which record it.

    Refuses an empty or too long name, what is no address, and an address that is on record.
    """
    facts = _checked(facts)
    owner = by_mail(facts.mail)
    if owner is not None:
        raise Refused(
            "accounts.another-name", mail=facts.mail, known=owner.name, typed=facts.name
        ).at("mail")
    return _made(facts)


@transaction.atomic
def correct_person(person: Person, changes: Mapping[str, Any]) -> Person:
    """Put right what is on record: name, unit, address, number. Called by acts of other rooms,
    which have shown what becomes of what, and record it.

    Refuses what `enter_person` refuses of a new one, and the address of somebody else.
    """
    person = hold(Person.objects.all()).get(pk=person.pk)
    for name, value in changes.items():
        setattr(person, name, value)
    facts = PersonFacts(**{name: getattr(person, name) for name in _TEXTS})
    owner = by_mail(_checked(facts).mail)
    if owner is not None and owner.pk != person.pk:
        raise Refused(
            "accounts.another-name", mail=person.mail, known=owner.name, typed=person.name
        ).at("mail")
    if "name" in changes:
        person.named_by = NamedBy.OFFICE
    person.save()
    return person


def _checked(facts: PersonFacts) -> PersonFacts:
    if not facts.name.strip():
        raise Refused("accounts.person-needs-a-name")
    if fault := facts.mail.strip() and mail_fault(facts.mail):
        raise Refused(fault).at("mail")
    facts = replace(facts, name=facts.name.strip(), mail=plain_width(facts.mail.strip()))
    fits(Person, {name: getattr(facts, name) for name in _TEXTS})
    return facts


def _made(facts: PersonFacts) -> Person:
    return Person.objects.create(
        **{name: getattr(facts, name) for name in _TEXTS},
        unit=facts.unit,
        language=facts.language,
        is_demo=facts.is_demo,
    )


_TEXTS = ("name", "name_en", "mail", "mobile", "honorific")


def known(facts: PersonFacts) -> Person | None:
    """Whom these facts are about: by the address, else by name and unit; None for nobody yet."""
    found = by_mail(facts.mail)
    if found is not None:
        return found
    namesake = by_name(facts.name, facts.unit)
    if namesake is None or (facts.mail and namesake.mail):
        return None
    return namesake if namesake.unit_id or not facts.mail else None


def _completed(person: Person, facts: PersonFacts) -> Person:
    """The person on record with what the office knows better or more."""
    wins = facts.correct or person.named_by == NamedBy.ADDRESS
    if not wins and fold(person.name) != fold(facts.name):
        raise Refused("accounts.another-name", mail=facts.mail, known=person.name, typed=facts.name)
    unit = facts.unit if facts.unit and not facts.guest else None
    if not wins and unit and person.unit and person.unit != unit:
        raise Refused(
            "accounts.another-unit", who=person.name, known=person.unit.label, typed=unit.label
        )
    if wins:
        person.name, person.named_by = facts.name, NamedBy.OFFICE
    person.unit = unit if wins and unit else person.unit or unit
    for name in _TEXTS[1:]:
        setattr(person, name, getattr(person, name) or getattr(facts, name))
    person.save()
    return person


def fits(table: type[models.Model], texts: Mapping[str, str]) -> None:
    """Refuse a text that is longer than its column, in words, on either database."""
    for name, text in texts.items():
        most = cast("models.CharField[str, str]", table._meta.get_field(name)).max_length
        if most is not None and len(text) > most:
            raise Refused("accounts.too-long", text=text[:20], most=most, count=len(text)).at(name)


@transaction.atomic
def enter_organisation(
    name: str,
    *,
    name_en: str = "",
    kind: str = "",
    is_demo: bool = False,
    affiliated_with: Organisation | None = None,
) -> Organisation:
    """The unit of this name, whatever its case, width and gaps, or a new one.

    Refuses an empty or too long name.
    """
    name = name.strip()
    if not unit_key(name):
        raise Refused("accounts.unit-needs-a-name")
    fits(Organisation, {"name_zh": name, "name_en": name_en, "kind": kind})
    found = organisation_named(name)
    if found:
        return found
    return Organisation.objects.create(
        name_zh=name, name_en=name_en, kind=kind, is_demo=is_demo, affiliated_with=affiliated_with
    )


@transaction.atomic
def open_account(person: Person, *, password: str | None = None) -> User:
    """Give a person with a mail address a way to sign in. Refuses one without an address.

    Only for whom the installation vouches itself: its founder, and people of a play or demo.
    """
    if not person.mail:
        raise Refused("accounts.no-mail", who=person.name)
    user = User.objects.filter(person=person).first() or account_of(person.mail)
    if user is None:
        user = User.objects.create_user(person.mail, password, person=person)
    elif user.person_id is None:
        user.person = person
        user.save(update_fields=["person"])
    return user


@transaction.atomic
def vouch_for(user: User) -> None:
    """The installation itself knows that the account's address is its holder's."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def join_person(user: User) -> Person | None:
    """The person of an account that has just signed in, joined once its address is confirmed.

    Called with every sign-in, after its last step. The person entered with this address; where
    nobody was, a new one named after the address. Never a person who has another account.
    """
    mine = hold(User.objects.all()).get(pk=user.pk)
    if mine.person_id is None and _confirmed(mine):
        person = by_mail(mine.email)
        if person is None:
            local = mine.email.rpartition("@")[0]
            person = Person.objects.create(name=local, mail=mine.email, named_by=NamedBy.ADDRESS)
        if not User.objects.filter(person=person).exists():
            mine.person = person
            mine.save(update_fields=["person"])
    user.person = mine.person
    return mine.person


def _confirmed(user: User) -> bool:
    addresses = EmailAddress.objects.filter(user=user, verified=True)
    return bool(addresses.filter(email=user.email).exists())


@transaction.atomic
def give_consent(act: Act, *, person: Person, purpose: str, scope: str, wording: str) -> Consent:
    """Record that `person` consents; a standing consent to the same is kept as it is."""
    consent, _ = Consent.objects.get_or_create(
        person=person,
        purpose=purpose,
        scope=scope,
        withdrawn_at=None,
        defaults={"wording": wording, "given_at": act.happened_at},
    )
    return consent


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
    """End the links of these duties, or of these seats (public ids), for good.

    Called by whatever meets, waives or cancels a duty, or changes who acts in a seat.
    """
    either = models.Q(obligation_id__in=list(obligations)) | models.Q(seat_id__in=list(seats))
    found = list(DutyLink.objects.filter(either, closed=False).values_list("pk", flat=True))
    if found:  # most duties have none: nothing is written where there is nothing to end
        DutyLink.objects.filter(pk__in=found).update(closed=True)


@transaction.atomic
def revoke_link(link: DutyLink, at: datetime) -> None:
    """Nothing is behind the link any more. Called by the duties room, which records it."""
    DutyLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at)


@transaction.atomic
def register_founder(facts: PersonFacts, *, password: str | None = None) -> Person:
    """Register the person who may found programmes: the secretary of a fresh installation.

    The caller has checked the one-time token, or plays in a play or demo folder.
    """
    person = enter_person(facts)
    person.may_found = True
    person.save(update_fields=["may_found"])
    if person.mail:
        user = open_account(person, password=password)
        if password:
            user.set_password(password)
            user.save(update_fields=["password"])
    return person


@transaction.atomic
def renew_feed(act: Act, *, person: Person) -> str:
    """A new secret address for the person's calendar feed; the old one stops working.

    Refuses everybody but the person.
    """
    person = hold(Person.objects.all()).get(pk=person.pk)
    if act.by.public_id != person.public_id:
        raise Refused("accounts.only-ones-own-feed", who=person.label)
    if ledger.repeated(act, "accounts.feed.renewed", programme=None):
        return person.feed_token
    person.feed_token = new_token()
    person.save(update_fields=["feed_token"])
    ledger.record(act, "accounts.feed.renewed", programme=None, about=person.subject())
    return person.feed_token


@transaction.atomic
def reset_factor(act: Act, *, person: Person, reason: str) -> None:
    """Take a lost second factor from a person's account: signing in takes one step until a new one
    is set up. Whoever may found programmes does it, never for themselves, with the reason.

    Refuses everybody else, a missing reason, and an account without a second factor.
    """
    person = hold(Person.objects.all()).get(pk=person.pk)
    if ledger.repeated(act, "accounts.factor.reset", programme=None):
        return
    own = act.by.public_id == person.public_id
    if own or not Person.objects.filter(public_id=act.by.public_id, may_found=True).exists():
        raise Refused("accounts.founders-reset-factors", who=person.label)
    if not reason.strip():
        raise Refused("accounts.reset-needs-a-reason")
    taken, _ = Authenticator.objects.filter(user__person=person).delete()
    if not taken:
        raise Refused("accounts.no-second-factor", who=person.label)
    facts = {"reason": reason.strip()}
    ledger.record(act, "accounts.factor.reset", programme=None, about=person.subject(), facts=facts)
