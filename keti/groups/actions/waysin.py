"""Personal ways in, issued and ended because of a seat."""

from django.conf import settings
from django.db import transaction

from keti.accounts import actions as accounts
from keti.accounts.models import Person, WayIn, WayInMeans
from keti.accounts.queries import has_proved_address, ways_of_seat
from keti.groups import notices, permissions
from keti.groups.models import Seat
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Refused, Verdict, no
from keti.kernel.transactions import hold, hold_row
from keti.ledger import actions as ledger


def fit_for_way_in(seat: Seat, means: WayInMeans) -> Verdict:
    """May who acts in the seat get a way in by these means?

    No: nobody acts there; a letter without an address or without mail; one that is handed over to
    somebody whom other programmes rest on, or who has proved an address: whoever handed it over
    could use it, and would stand where this programme has nothing to say.
    """
    person = seat.acting_person
    if person is None:
        return no("groups.way-in-needs-a-person", seat=seat.title)
    if means == WayInMeans.LETTER:
        return _by_letter(person)
    elsewhere = Seat.objects.exclude(programme=seat.programme_id).filter(ends_at=None).of(person)
    if person.may_found or has_proved_address(person) or elsewhere.exists():
        return no("groups.way-in-by-letter-only", who=person.label)
    return YES


def _by_letter(person: Person) -> Verdict:
    if not person.mail:
        return no("groups.way-in-needs-an-address", who=person.label)
    return YES if settings.KETI_MAIL else no("groups.way-in-needs-mail")


@transaction.atomic
def issue_way_in(act: Act, *, seat: Seat, means: WayInMeans) -> WayIn:
    """A personal way in for who acts in the seat: as a letter to the address on record, or to be
    handed over. Only the secretariat; the older one by the same means ends.

    Refuses an ended seat, and what `fit_for_way_in` refuses.

    Taken back by: revoke_way_in (until it was used).
    """
    programme = seat.programme
    seat = hold(Seat.objects.with_names()).get(pk=seat.pk)
    if entry := ledger.repeated(act, "accounts.wayin.issued", programme=programme):
        return WayIn.objects.get(public_id=str(entry.content["facts"]["way"]))
    permissions.may_manage(act, programme).or_refuse()
    if seat.ends_at is not None and seat.ends_at <= act.recorded_at:
        raise Refused("groups.seat-has-ended", seat=seat.title)
    fit_for_way_in(seat, means).or_refuse()
    return _issued(act, seat, means)


def _issued(act: Act, seat: Seat, means: WayInMeans) -> WayIn:
    person = seat.acting_person
    if person is None:
        raise Refused("groups.way-in-needs-a-person", seat=seat.title)
    way = notices.way_in_of(act, seat, person, means)
    ledger.record(
        act,
        "accounts.wayin.issued",
        programme=seat.programme,
        about=seat.subject(),
        facts={
            "way": way.public_id,
            "to": person.label,
            "means": means.value,
            "expires": way.expires_at,
        },
    )
    if means == WayInMeans.LETTER:
        notices.let_in(act, seat, way)
    return way


@transaction.atomic
def send_way_in_again(act: Act, *, way: WayIn) -> WayIn:
    """A new way in by letter, asked for with an old one: it goes to the address on record alone.

    Refuses everybody but its person, and one whose seat is not theirs any more.

    Taken back by: revoke_way_in (until it was used).
    """
    seat = hold(Seat.objects.with_names()).filter(public_id=way.seat_id).first()
    if entry := ledger.repeated(act, "accounts.wayin.issued", programme=way.programme):
        return WayIn.objects.get(public_id=str(entry.content["facts"]["way"]))
    person = way.person.now
    if act.by.public_id != person.public_id:
        raise Refused("accounts.way-in-of-somebody-else", who=person.label)
    ended = seat is None or (seat.ends_at is not None and seat.ends_at <= act.recorded_at)
    if seat is None or ended or seat.acting_person != person or not _by_letter(person):
        raise Refused("groups.way-in-not-again")
    return _issued(act, seat, WayInMeans.LETTER)


@transaction.atomic
def revoke_way_in(act: Act, *, seat: Seat, way_id: str) -> None:
    """End one way in at once: sent to the wrong person, or seen by others. Only the secretariat.

    Refuses one that is not of this seat. One that has ended already stays as it is.

    Taken back by: issue_way_in (a new one).
    """
    hold_row(Seat, seat.pk)
    if ledger.repeated(act, "accounts.wayin.revoked", programme=seat.programme):
        return
    permissions.may_manage(act, seat.programme).or_refuse()
    way = ways_of_seat(seat.public_id).filter(public_id=way_id).first()
    if way is None:
        raise Refused("groups.no-such-way-in")
    if way.revoked_at is not None or way.used_at is not None:
        return
    accounts.close_way_in(way, act.recorded_at)
    ledger.record(
        act,
        "accounts.wayin.revoked",
        programme=seat.programme,
        about=seat.subject(),
        facts={"way": way.public_id, "to": way.person.label},
    )
