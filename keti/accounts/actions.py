"""People, units, consents and one-duty links come into being here."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from keti.accounts.models import Consent, DutyLink, Organisation, Person, User
from keti.accounts.queries import by_mail, organisation_named
from keti.kernel.acts import Act
from keti.kernel.ids import new_token
from keti.kernel.refusals import Refused
from keti.ledger import actions as ledger


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is known of a person when they are entered."""

    name: str
    mail: str = ""
    mobile: str = ""
    honorific: str = ""
    name_en: str = ""
    unit: Organisation | None = None
    language: str = "zh-hans"
    is_demo: bool = False


@transaction.atomic
def enter_person(facts: PersonFacts) -> Person:
    """The person of these facts: the one with this mail, or with this name in this unit, or new.

    Called by acts of other rooms (roster, application, appointment), which record it.
    Refuses an empty name.
    """
    if not facts.name.strip():
        raise Refused("accounts.person-needs-a-name")
    found = by_mail(facts.mail)
    if found is None and not facts.mail:
        found = Person.objects.filter(name=facts.name, unit=facts.unit).first()
    if found:
        return found
    return Person.objects.create(
        name=facts.name.strip(),
        name_en=facts.name_en,
        mail=facts.mail.strip().lower(),
        mobile=facts.mobile,
        honorific=facts.honorific,
        unit=facts.unit,
        language=facts.language,
        is_demo=facts.is_demo,
    )


@transaction.atomic
def enter_organisation(
    name: str,
    *,
    name_en: str = "",
    kind: str = "",
    is_demo: bool = False,
    affiliated_with: Organisation | None = None,
) -> Organisation:
    """The unit of this name, or a new one. Refuses an empty name."""
    name = name.strip()
    if not name:
        raise Refused("accounts.unit-needs-a-name")
    found = organisation_named(name)
    if found:
        return found
    return Organisation.objects.create(
        name_zh=name, name_en=name_en, kind=kind, is_demo=is_demo, affiliated_with=affiliated_with
    )


@transaction.atomic
def open_account(person: Person, *, password: str | None = None) -> User:
    """Give a person with a mail address a way to sign in. Refuses one without an address."""
    if not person.mail:
        raise Refused("accounts.no-mail", who=person.name)
    user = User.objects.filter(email=person.mail).first()
    if user is None:
        user = User.objects.create_user(person.mail, password, person=person)
    elif user.person_id is None:
        user.person = person
        user.save(update_fields=["person"])
    return user


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
    *, person: Person, obligation_id: str, seat_id: str, expires_at: datetime
) -> tuple[DutyLink, str]:
    """A new personal link to one duty; returns it and its secret, which is shown once.

    Called by the duties room, which asks the permission and records it.
    """
    token = new_token()
    link = DutyLink.objects.create(
        token_hash=hashed(token),
        person=person,
        obligation_id=obligation_id,
        seat_id=seat_id,
        expires_at=expires_at,
    )
    return link, token


@transaction.atomic
def use_duty_link(link: DutyLink, at: datetime) -> None:
    """Mark that the duty behind the link was handed in."""
    DutyLink.objects.filter(pk=link.pk).update(used_at=at)


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
    """A new secret address for the person's calendar feed; the old one stops working."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if ledger.repeated(act, "accounts.feed.renewed", programme=None):
        return person.feed_token
    person.feed_token = new_token()
    person.save(update_fields=["feed_token"])
    ledger.record(act, "accounts.feed.renewed", programme=None, about=person.subject())
    return person.feed_token
