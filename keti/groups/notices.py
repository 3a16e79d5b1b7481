"""Who is told when seats change and when something was recorded for somebody."""

from datetime import datetime

from keti.accounts.models import Person
from keti.groups.models import Seat
from keti.groups.queries import labels_in
from keti.kernel.acts import Act, Subject, Text
from keti.kernel.refusals import both
from keti.notify.actions import Letter, post, recall
from keti.notify.models import Message
from keti.programmes.models import Programme


def recorded(programme: Programme, label: str) -> Text:
    """What the record calls something, as a letter says it in each language."""
    return Text(label, labels_in(programme, "en")(label))


def tell_principal(act: Act, seat: Seat, about: Subject, what: Text) -> None:
    """The principal learns that something was recorded on their behalf, and may dispute it."""
    person = seat.acting_person
    if act.on_behalf_of is None or person is None:
        return
    moment = seat.programme.local(act.happened_at).strftime("%Y-%m-%d %H:%M")
    letter = Letter(
        "groups.on-behalf",
        f"behalf:{about.id}:{act.key or act.recorded_at.isoformat()}",
        both("groups.told-on-behalf-subject", what=what),
        both("groups.told-on-behalf", who=act.by.label, what=what, when=moment),
        about.path,
    )
    post(seat.programme, letter, to=[person], at=act.recorded_at)


def appointed(act: Act, seat: Seat) -> None:
    """The person who acts in a new seat is told of it."""
    person = seat.acting_person
    if person is None:
        return
    letter = Letter(
        "groups.appointed",
        _key(seat, person),
        both("groups.told-appointed-subject", seat=seat.title),
        both("groups.told-appointed", seat=seat.title),
        f"/p/{seat.programme.slug}/desk/",
    )
    post(seat.programme, letter, to=[person], at=act.recorded_at)


def unsay_appointed(act: Act, seat: Seat) -> bool:
    """Take the letter of the appointment back, where nobody has it yet: was that so?"""
    person = seat.acting_person
    return bool(person and recall(seat.programme, _key(seat, person), at=act.recorded_at))


def annulled(act: Act, seat: Seat, reason: str) -> None:
    """The person who was appointed by mistake learns that it was one."""
    person = seat.acting_person
    if person is None:
        return
    letter = Letter(
        "groups.annulled",
        f"annulled:{seat.public_id}",
        both("groups.told-annulled-subject", seat=seat.title),
        both("groups.told-annulled", seat=seat.title, reason=reason),
    )
    post(seat.programme, letter, to=[person], at=act.recorded_at)


def replaced(act: Act, before: Seat, after: Seat, reason: str) -> None:
    """Who held the seat until now learns who follows."""
    person = before.acting_person
    if person is None:
        return
    facts = {"seat": before.title, "who": after.called, "reason": reason}
    letter = Letter(
        "groups.replaced",
        f"replaced:{before.public_id}",
        both("groups.told-replaced-subject", **facts),
        both("groups.told-replaced", **facts),
    )
    post(before.programme, letter, to=[person], at=act.recorded_at)


def _key(seat: Seat, person: Person) -> str:
    return f"seat:{seat.public_id}:{person.public_id}"


def untold(programme: Programme, at: datetime, but: str = "") -> list[Seat]:
    """Seats in which somebody with an address acts who was never written to about it; without those
    of the person of the public id `but`, who asks."""
    told = set(
        Message.objects.filter(programme=programme, kind="groups.appointed").values_list(
            "key", flat=True
        )
    )
    seats = Seat.objects.filter(programme=programme).standing(at).with_names()
    return [
        seat
        for seat in seats
        if (person := seat.acting_person)
        and person.mail
        and person.public_id != but
        and _key(seat, person) not in told
    ]


def delegate_announced(seat: Seat) -> Text:
    """The text for a chat group after a unit named another person to act for it."""
    person = seat.acting_person
    return both(
        "groups.announced-delegate",
        unit=seat.holder.label,
        person=person.label if person else "",
        seat=seat.title,
    )
