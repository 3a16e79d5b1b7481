"""Putting right what is on record of oneself."""

from collections.abc import Mapping

from django.db import transaction

from keti.accounts.actions import correct_person
from keti.accounts.models import Person
from keti.accounts.rules import plain_width
from keti.groups.actions import hold_roster
from keti.groups.models import Seat
from keti.groups.queries import able, people
from keti.intake import notices, permissions
from keti.intake.rules.roster import is_number
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger import actions as ledger
from keti.notify.actions import post, readdress
from keti.programmes.models import Programme

OWN = ("name", "name_en", "honorific", "mobile", "language")
PRINTED = ("name", "name_en", "unit")
"""What stands in lists and papers: the secretariats are told of it."""


@transaction.atomic
def correct_own(act: Act, *, person: Person, changes: Mapping[str, str]) -> Person:
    """Put right one's own name as printed, style, number and language of letters; another `unit` is
    only asked for, because who stands aside follows from it: the secretariats decide. They are told
    of what is printed. Every programme that goes on where the person sits has a line of it.

    Only the person. Refuses an empty name, what is no number, and where nothing differs. What was
    frozen stays as it was. Letters that have not gone follow the language.

    Taken back by: correct_own (corrected again), intake.correct_record (by a secretariat).
    """
    programmes = _programmes(person)
    for programme in programmes:
        hold_roster(programme)
    books: list[Programme | None] = [*programmes] or [None]
    if any(ledger.repeated(act, "intake.person.corrected-own", programme=one) for one in books):
        return Person.objects.get(pk=person.pk)
    permissions.may_correct_own(act, person).or_refuse()
    person = Person.objects.select_related("unit").get(pk=person.pk)
    wanted, unit = _differing(person, changes)
    if not wanted and not unit:
        raise Refused("intake.nothing-to-correct")
    before = person.name
    if wanted:
        person = correct_person(person, wanted, by_office=False)
    asked = {"unit": unit} if unit else {}
    told = [name for name in PRINTED if name in {**wanted, **asked}]
    facts = {"columns": sorted({**wanted, **asked}), **asked}
    if "name" in wanted:
        facts["name"] = [before, person.name]
    for programme in programmes:
        readdress(person, programme=programme, at=act.recorded_at)
        office = people(able(programme, "manage", act.recorded_at)) if told else []
        letter = notices.corrected_own(act, programme, person, before, unit)
        post(programme, letter, to=[one for one in office if one != person], at=act.recorded_at)
    for book in books:
        ledger.record(
            act,
            "intake.person.corrected-own",
            programme=book,
            about=person.subject(),
            facts=facts,
        )
    return person


def _programmes(person: Person) -> list[Programme]:
    """Those that go on where the person sits or sat, by rising key."""
    held = Seat.objects.of(person).values("programme")
    return list(Programme.objects.filter(pk__in=held, closed_at=None).order_by("pk"))


def _differing(person: Person, changes: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """What is to be changed and into what; the unit that is asked for, "" for none."""
    wanted = {}
    for name in OWN:
        text = changes.get(name, getattr(person, name)).strip()
        text = plain_width(text) if name == "mobile" else text
        if text != getattr(person, name):
            wanted[name] = text
    if wanted.get("mobile") and not is_number(wanted["mobile"]):
        raise Refused("intake.roster-bad-mobile").at("mobile")
    if not wanted.get("name", person.name):
        raise Refused("accounts.person-needs-a-name").at("name")
    known = person.unit.name_zh if person.unit else ""
    unit = changes.get("unit", known).strip()
    return wanted, "" if unit == known else unit
