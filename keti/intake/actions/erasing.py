"""What is on record of a person is erased when they ask for it; what proves stays."""

from collections.abc import Iterator

from django.db import transaction

from keti.accounts.actions import forget_person
from keti.accounts.models import Person
from keti.consents.enums import Purpose
from keti.consents.queries import newest_of
from keti.groups import actions as groups
from keti.groups.models import Seat
from keti.groups.permissions import may_manage
from keti.intake import queries
from keti.intake.rules.erased import ERASED, Mask
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.ledger.models import Entry
from keti.ledger.queries import lines_of
from keti.notify.actions import forget
from keti.programmes.models import Programme


@transaction.atomic
def erase_person(
    act: Act, *, programme: Programme, person: Person, typed: str, reason: str
) -> Person:
    """Erase name, address, number and account of somebody, and what letters and the lines of the
    record say of them: salt and words of these lines go, so that nobody can show or guess them any
    more, while tree, checkpoints and receipts hold. Papers, reports, minutes and files that were
    handed in stay as they were signed.

    Only the secretariat, who types the name once more and says why. Refuses whoever is not known
    here, is known in another programme, sits in a seat, may found programmes, agrees to be named in
    public still, or was erased before.

    Taken back by: nothing, because what is erased is nowhere any more; the page asks for the name.
    """
    groups.hold_roster(programme)
    person = hold_row(Person, person.pk)
    if ledger.repeated(act, "intake.person.erased", programme=programme):
        return person
    may_manage(act, programme).or_refuse()
    _may_erase(act, programme, person)
    if typed.strip() != person.name:
        raise Refused("intake.erase-another-name").at("typed")
    if not reason.strip():
        raise Refused("intake.erase-needs-a-reason").at("reason")
    rows = [person, *Person.objects.filter(same_as=person)]
    words = [one for row in rows for one in (row.name, row.name_en, row.mail, row.mobile)]
    mask, about = Mask(words), _ids(programme, rows)
    lines = ledger.erase_openings(
        ((one, _is_about(one, about)) for one in lines_of(programme)), mask
    )
    forget(programme, {one.public_id for one in rows}, ERASED, mask)
    Seat.objects.filter(person__in=rows).exclude(honorific="").update(honorific="")
    for one in rows:
        forget_person(one, ERASED)
    facts: dict[str, object] = {"reason": mask(reason.strip(), about=True), "lines": lines}
    person.refresh_from_db()
    ledger.record(
        act, "intake.person.erased", programme=programme, about=person.subject(), facts=facts
    )
    return person


def _may_erase(act: Act, programme: Programme, person: Person) -> None:
    if person.same_as_id or not queries.is_known_in(programme, person):
        raise Refused("intake.not-seated-here", who=person.label)
    if person.name == ERASED.zh:
        raise Refused("intake.erased-already")
    if queries.was_elsewhere(programme, person):
        raise Refused("intake.bound-elsewhere", who=person.label)
    if person.may_found:
        raise Refused("intake.founder-is-not-erased", who=person.label)
    seated = Seat.objects.filter(programme=programme).standing(act.recorded_at).of(person)
    if seated.exists():
        raise Refused("intake.erase-still-seated", who=person.label)
    newest = [one for purpose in Purpose for one in newest_of(programme, (person,), purpose)]
    if any(one.withdrawn_at is None for one in newest):
        raise Refused("intake.erase-consent-stands", who=person.label)


def _ids(programme: Programme, rows: list[Person]) -> frozenset[str]:
    """What is about them: the rows themselves, their seats and applications (public ids)."""
    found = [one.public_id for one in rows]
    for one in rows:
        seats = Seat.objects.filter(programme=programme).speaking(one)
        found += seats.values_list("public_id", flat=True)
        found += [sent.public_id for sent in queries.applications_of(programme, one)]
    return frozenset(found)


def _is_about(line: Entry, ids: frozenset[str]) -> bool:
    return not ids.isdisjoint(_named(line))


def _named(line: Entry) -> Iterator[str]:
    yield line.actor_id
    yield line.subject_id
    for place in ("seat", "behalf"):
        yield line.leaf.partition(f'"{place}":"')[2].partition('"')[0]
