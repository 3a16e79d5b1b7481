"""People and units come into being here, each once; who is who is asked, never guessed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from keti.accounts.models import NamedBy, Organisation, Person, User, WayIn
from keti.accounts.queries import by_mail, namesakes
from keti.accounts.rules import mail_fault, name_key, plain_width, spoken
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold, hold_row

SOMEBODY_ELSE = "new"
"""The answer that nobody on record is meant."""


class Asked(Refused):
    """Somebody on record may be meant, or another: whoever decides says it in `who`."""

    def __init__(self, code: str, among: Iterable[Person], **facts: object) -> None:
        super().__init__(code, ask="", **facts)
        self.among = tuple(among)


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What an office knows of a person when it enters them.

    `who` is the answer to what was asked: the public id of who is meant, or `SOMEBODY_ELSE`. With
    `correct` the office knows that the name and the unit on record are wrong; with `guest` that
    the person belongs to another unit than the one they are named for. Of a `stranger`, somebody
    whom an applicant named, a name and a unit tell nothing: who bears both is asked about.
    """

    name: str
    mail: str = ""
    mobile: str = ""
    honorific: str = ""
    name_en: str = ""
    unit: Organisation | None = None
    language: str = ""
    is_demo: bool = False
    who: str = ""
    correct: bool = False
    guest: bool = False
    stranger: bool = False


@transaction.atomic
def enter_person(
    facts: PersonFacts,
    *,
    beside: Iterable[Person] = (),
    may_add: Callable[[Person], None] | None = None,
) -> Person:
    """The person of these facts: the one with this mail, or with this name in this unit, or new.

    Called by acts of other rooms (roster, application, appointment), which record it. What the
    office enters wins over a name taken from an address; what is missing on record is added.
    `beside` are others who may be meant of a stranger; `may_add` refuses what is not added to who
    was found. Refuses an empty or too long name and what
    is no address; asks where somebody on record has the address under another name or unit, or
    more than one has the name and unit: nobody is swapped for another, or taken for one, without a
    word. Whoever is somebody else than the owner of the address is entered without it.
    """
    facts = _checked(facts)
    owner = by_mail(facts.mail)
    found = _meant(facts, owner, list(beside))
    if found is None:
        return _made(replace(facts, mail="") if owner else facts)
    if may_add is not None:
        may_add(found)
    return complete_person(found, facts)


def _meant(facts: PersonFacts, owner: Person | None, beside: list[Person]) -> Person | None:
    """Whom the facts mean, None for nobody on record. Asks where it is not certain."""
    if owner is not None:
        return None if facts.who == SOMEBODY_ELSE else owner
    same = list(namesakes(facts.name, facts.unit))
    among = same + [one for one in beside if one not in same] if facts.stranger else same
    chosen = [one for one in among if one.public_id == facts.who]
    if chosen or facts.who == SOMEBODY_ELSE or not among:
        return chosen[0] if chosen else None
    if not facts.stranger:
        if facts.mail and facts.unit is None:
            return None
        if len(same) == 1 and not (facts.mail and same[0].mail):
            return same[0]
    raise Asked("accounts.who-is-meant", among, who=facts.name)


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
def correct_person(person: Person, changes: Mapping[str, Any], *, by_office: bool = True) -> Person:
    """Put right what is on record: name, unit, address, number. Called by acts of other rooms,
    which have shown what becomes of what, and record it. A name that is not given by an office is
    still nobody's word but the person's.

    Refuses what `enter_person` refuses of a new one, and the address of somebody else.
    """
    person = hold_row(Person, person.pk)
    for name, value in changes.items():
        setattr(person, name, value)
    facts = PersonFacts(**{name: getattr(person, name) for name in _TEXTS})
    owner = by_mail(_checked(facts).mail)
    if owner is not None and owner.pk != person.pk:
        raise Refused(
            "accounts.another-name", mail=person.mail, known=owner.name, typed=person.name
        ).at("mail")
    if "name" in changes and by_office:
        person.named_by = NamedBy.OFFICE
    person.save()
    return person


def _checked(facts: PersonFacts) -> PersonFacts:
    if not facts.name.strip():
        raise Refused("accounts.person-needs-a-name")
    if fault := facts.mail.strip() and mail_fault(facts.mail):
        raise Refused(fault).at("mail")
    return replace(facts, name=facts.name.strip(), mail=plain_width(facts.mail.strip()))


def _made(facts: PersonFacts) -> Person:
    return Person.objects.create(
        **{name: getattr(facts, name) for name in _TEXTS},
        unit=facts.unit,
        language=facts.language or spoken(facts.name),
        is_demo=facts.is_demo,
    )


_TEXTS = ("name", "name_en", "mail", "mobile", "honorific")


@transaction.atomic
def complete_person(person: Person, facts: PersonFacts) -> Person:
    """This person on record with what the office knows better or more. Asks where the record says
    another name or unit, unless the facts say that this one is meant, or that the record is wrong.
    """
    person = hold(Person.objects.all()).select_related("unit").get(pk=person.pk)
    wins = facts.correct or person.named_by == NamedBy.ADDRESS
    certain = wins or facts.who == person.public_id
    if not certain and person.name_key != name_key(facts.name):
        known = {"known": person.name, "typed": facts.name}
        raise Asked("accounts.another-name", [person], mail=facts.mail, **known)
    unit = facts.unit if facts.unit and not facts.guest else None
    if not certain and unit and person.unit and person.unit != unit:
        known = {"known": person.unit.label, "typed": unit.label}
        raise Asked("accounts.another-unit", [person], who=person.name, **known)
    if wins:
        person.name, person.named_by = facts.name, NamedBy.OFFICE
    person.unit = unit if wins and unit else person.unit or unit
    for name in _TEXTS[1:]:
        setattr(person, name, getattr(person, name) or getattr(facts, name))
    person.save()
    return person


@transaction.atomic
def unite(stray: Person, person: Person) -> Person:
    """Somebody who came by signing in is this person on record: the account and its address become
    theirs. Called by the act in which an office says so, which records it.

    Nothing moves where an office has named the one, or the other signs in by an account already.
    """
    pair = hold(Person.objects.all()).filter(pk__in=[stray.pk, person.pk]).order_by("pk")
    rows = {one.pk: one for one in pair}
    stray, person = rows[stray.pk], rows[person.pk]
    own = User.objects.filter(person=person).exists()
    if own or stray.named_by != NamedBy.ADDRESS or stray.same_as_id:
        return person
    person.mail, stray.mail, stray.same_as = stray.mail, "", person
    stray.save()
    person.save()
    User.objects.filter(person=stray).update(person=person)
    return person


@transaction.atomic
def merge_people(gone: Person, kept: Person) -> Person:
    """Two records of one human become one: what is wanting on `kept` is taken from `gone`, whose
    row stays for what was done and sent under it. Called by the act that says so and records it.

    Whoever signs in by either address is `kept` from now on; the addresses of both find them.
    """
    pair = hold(Person.objects.all()).filter(pk__in=[gone.pk, kept.pk]).order_by("pk")
    rows = {one.pk: one for one in pair}
    gone, kept = rows[gone.pk], rows[kept.pk]
    wanting = [name for name in (*_TEXTS[1:], "unit") if not getattr(kept, name)]
    taken = {name: getattr(gone, name) for name in wanting}
    if taken.get("mail"):
        gone.mail = ""
    gone.same_as = kept
    gone.save()
    for name, value in taken.items():
        setattr(kept, name, value)
    kept.save()
    Person.objects.filter(same_as=gone).update(same_as=kept)
    WayIn.objects.filter(person=gone, used_at=None).update(closed=True)
    if not User.objects.filter(person=kept).exists():
        User.objects.filter(person=gone).update(person=kept)
    return kept
