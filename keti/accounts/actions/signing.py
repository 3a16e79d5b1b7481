"""Ways to sign in: accounts, whose they are, calendars, second factors."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from keti.accounts.actions.people import PersonFacts, enter_person
from keti.accounts.models import NamedBy, Person, User
from keti.accounts.queries import account_of, by_mail, row_of
from keti.kernel.acts import Act
from keti.kernel.ids import new_token
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger


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
    mine = hold_row(User, user.pk)
    if mine.person_id is None and _confirmed(mine):
        person = row_of(mine.email)
        if person is None:
            local = mine.email.rpartition("@")[0]
            person = Person.objects.create(name=local, mail=mine.email, named_by=NamedBy.ADDRESS)
        if not User.objects.filter(person=person).exists():
            mine.person = person
            mine.save(update_fields=["person"])
    user.person = mine.person
    return mine.person.now if mine.person else None


def _confirmed(user: User) -> bool:
    addresses = EmailAddress.objects.filter(user=user, verified=True)
    return bool(addresses.filter(email=user.email).exists())


@transaction.atomic
def follow_address(user: User) -> None:
    """Letters go where somebody signs in: whoever has proved another address for their account is
    written to there. An address that is somebody else's on record stays theirs."""
    mine = User.objects.filter(pk=user.pk).first()
    if mine is None or mine.person_id is None or by_mail(mine.email) or not _confirmed(mine):
        return
    person = hold_row(Person, mine.person_id)
    person.mail = mine.email
    person.save(update_fields=["mail"])


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

    Taken back by: nothing, because an address that others may have seen is never opened again; it
    is renewed once more.
    """
    person = hold_row(Person, person.pk)
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

    Taken back by: nothing, because the person sets up a factor of their own again.
    """
    person = hold_row(Person, person.pk)
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
