"""An address on record that is somebody else's now: it moves, and its former holder is out."""

from django.db import transaction

from keti.accounts.actions import correct_person, release_address
from keti.accounts.models import Person, User
from keti.groups.actions import hold_roster
from keti.groups.models import Seat
from keti.groups.permissions import may_manage
from keti.intake import queries
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_each
from keti.ledger import actions as ledger
from keti.notify.actions import readdress
from keti.programmes.models import Programme


@transaction.atomic
def hand_over_mailbox(
    act: Act, *, programme: Programme, person: Person, to: Person | None, reason: str
) -> Person:
    """The address of somebody seated here belongs to somebody else from now on: every session, way
    in and second factor of the former holder ends, and the address moves to `to`, or to nobody.

    Only the secretariat. Refuses no reason, whom other programmes rest on, who may found
    programmes, and a new holder who has an address or an account already.

    Taken back by: correct_record (the address recorded anew; its holder signs in by it).
    """
    hold_roster(programme)
    if ledger.repeated(act, "accounts.mailbox.handed-over", programme=programme):
        return Person.objects.get(pk=person.pk)
    may_manage(act, programme).or_refuse()
    for one in (person, to):
        if one is not None and not Seat.objects.filter(programme=programme).of(one).exists():
            raise Refused("intake.not-seated-here", who=one.label)
    hold_each(Person.objects.filter(pk__in=[one.pk for one in (person, to) if one]))
    to = Person.objects.get(pk=to.pk) if to else None
    if not reason.strip():
        raise Refused("intake.mailbox-needs-a-reason")
    if queries.was_elsewhere(programme, person):
        raise Refused("intake.bound-elsewhere", who=person.label)
    if to is not None and (to.mail or User.objects.filter(person=to).exists()):
        raise Refused("intake.new-holder-has-an-address", who=to.label)
    address = release_address(person, act.recorded_at)
    if to is not None:
        to = correct_person(to, {"mail": address})
        readdress(to, programme=programme, at=act.recorded_at)
    ledger.record(
        act,
        "accounts.mailbox.handed-over",
        programme=programme,
        about=person.subject(),
        facts={"reason": reason.strip(), "to": to.label if to else ""},
    )
    return Person.objects.get(pk=person.pk)
