"""Who may found programmes and keeps the installation: more than one, never nobody."""

from django.db import transaction

from keti.accounts.actions.people import PersonFacts, enter_person
from keti.accounts.models import Person
from keti.kernel.acts import Act, Ref
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_each
from keti.ledger import actions as ledger


@transaction.atomic
def name_founder(act: Act, *, facts: PersonFacts) -> Person:
    """Let another person found programmes and keep the installation. Who may already is returned.

    Refuses everybody who may not themselves, and who has no address to sign in by.

    Taken back by: drop_founder (from now on).
    """
    hold_founders()
    if entry := ledger.repeated(act, "accounts.founder.named", programme=None):
        return Person.objects.get(public_id=entry.subject_id)
    must_found(act.by)
    if not facts.mail.strip():
        raise Refused("accounts.founder-needs-mail").at("mail")
    person = enter_person(facts)
    if person.may_found:
        return person
    person.may_found = True
    person.save(update_fields=["may_found"])
    ledger.record(act, "accounts.founder.named", programme=None, about=person.subject())
    return person


@transaction.atomic
def drop_founder(act: Act, *, person: Person) -> Person:
    """Somebody founds programmes no longer; their seats stay. Refuses everybody who may not found,
    and the last one.

    Taken back by: name_founder (from then on).
    """
    founders = hold_founders()
    if ledger.repeated(act, "accounts.founder.ended", programme=None):
        return person
    must_found(act.by)
    person = Person.objects.get(pk=person.pk)
    if not person.may_found:
        return person
    if len(founders) == 1:
        raise Refused("accounts.last-founder", who=person.label)
    person.may_found = False
    person.save(update_fields=["may_found"])
    ledger.record(act, "accounts.founder.ended", programme=None, about=person.subject())
    return person


def hold_founders() -> list[Person]:
    """Two who drop each other at once wait for one another."""
    founders = Person.objects.filter(may_found=True)
    hold_each(founders)
    return list(founders)


def must_found(by: Ref) -> None:
    """Refuse everybody who may not found programmes."""
    if not Person.objects.filter(public_id=by.public_id, may_found=True).exists():
        raise Refused("accounts.only-founders")
