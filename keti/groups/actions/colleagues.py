"""Colleagues: who of a unit works in its seat beside the delegate."""

from django.db import transaction

from keti.accounts.actions import PersonFacts, new_person
from keti.accounts.models import Person
from keti.accounts.queries import by_mail, namesakes
from keti.accounts.rules import name_key
from keti.charter.queries import only_language
from keti.groups import notices, permissions
from keti.groups.actions.fitting import Place, fit_for_seat, hold_roster
from keti.groups.models import Colleague, Seat
from keti.kernel.acts import ROUTINE, Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger

TEAM = 10
"""So many of a unit work in one of its seats beside its delegate (R131): no door is left open to a
whole house."""


@transaction.atomic
def name_colleague(act: Act, *, seat: Seat, person: Person) -> Colleague:
    """Let somebody of the unit work in its seat beside the delegate, from now on. Who does already
    is returned as they stand.

    Refuses everybody but the secretariat and the unit's delegate, a seat that a person holds or
    that has ended, its own delegate, somebody of another unit, whom another seat of theirs excludes
    from this role, and more than `TEAM`.

    Taken back by: end_colleague (from now on).
    """
    hold_roster(seat.programme)
    seat = hold_row(Seat, seat.pk)
    if entry := ledger.repeated(act, "groups.colleague.named", programme=seat.programme):
        return Colleague.objects.get(public_id=entry.subject_id)
    permissions.may_keep_team(act, seat).or_refuse()
    standing = Colleague.objects.filter(seat=seat, person=person, until=None).first()
    if standing is not None:
        return standing
    _fits(seat, person)
    if Colleague.objects.filter(seat=seat, until=None, deputy_id="").count() >= TEAM:
        raise Refused("groups.team-is-full", unit=seat.holder.called, most=TEAM).at("name")
    made = Colleague.objects.create(seat=seat, person=person, since=act.recorded_at)
    ledger.record(
        act,
        "groups.colleague.named",
        programme=seat.programme,
        about=made.subject(),
        facts=ROUTINE | {"seat": seat.label},
    )
    notices.joined_as_colleague(act, seat, person)
    return made


def _fits(seat: Seat, person: Person) -> None:
    if seat.organisation is None:
        raise Refused("groups.only-units-have-colleagues")
    if seat.ends_at is not None:
        raise Refused("groups.seat-has-ended", seat=seat.title)
    if person.pk == seat.delegate_id:
        raise Refused("groups.is-the-delegate", who=person.label).at("name")
    place = Place(seat.group, seat.role, organisation=seat.organisation, delegate=person)
    fit_for_seat(place, held=seat).or_refuse()


def member_of(seat: Seat, name: str, mail: str) -> Person:
    """The person of the seat's unit whom its delegate names: on record with this name, unit and
    address, or new. Called by who then names them a colleague.

    Refuses whom only an office can tell apart: an address of somebody else, a name that the unit
    has already under another address. A delegate gives nobody on record an address to sign in by.
    """
    unit = seat.organisation
    owner = by_mail(mail)
    if owner is not None:
        if owner.name_key == name_key(name) and owner.unit_id == seat.organisation_id:
            return owner
        raise Refused("groups.team-asks-the-office", who=name).at("mail")
    if namesakes(name, unit).exists():
        raise Refused("groups.team-asks-the-office", who=name).at("name")
    programme = seat.programme
    facts = PersonFacts(
        name, mail=mail, unit=unit, language=only_language(programme), is_demo=programme.is_demo
    )
    return new_person(facts)


@transaction.atomic
def end_colleague(act: Act, *, colleague: Colleague) -> Colleague:
    """Somebody works in the unit's seat no longer. What they did there stays. Only the
    secretariat, the unit's delegate, and the colleague themselves.

    Taken back by: name_colleague (from then on).
    """
    seat = colleague.seat
    hold_roster(seat.programme)
    colleague = hold_row(Colleague, colleague.pk)
    if ledger.repeated(act, "groups.colleague.ended", programme=seat.programme):
        return colleague
    if getattr(act.by, "pk", None) != colleague.person_id:
        permissions.may_keep_team(act, seat).or_refuse()
    if colleague.until is None:
        colleague.until = act.recorded_at
        colleague.save(update_fields=["until"])
        ledger.record(
            act,
            "groups.colleague.ended",
            programme=seat.programme,
            about=colleague.subject(),
            facts=ROUTINE | {"seat": seat.label},
        )
    return colleague
