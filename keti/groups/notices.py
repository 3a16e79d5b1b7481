"""Who is told when seats change and when something was recorded for somebody."""

from keti.groups.models import Seat
from keti.kernel.acts import Act, Subject, Text
from keti.kernel.refusals import sentence
from keti.notify.actions import Letter, post


def both(code: str, **facts: object) -> Text:
    """The sentence of a message code in both languages."""
    return Text(sentence(code, facts, "zh-hans"), sentence(code, facts, "en"))


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
        f"seat:{seat.public_id}:{person.public_id}",
        both("groups.told-appointed-subject", seat=seat.title),
        both("groups.told-appointed", seat=seat.title),
        f"/p/{seat.programme.slug}/desk/",
    )
    post(seat.programme, letter, to=[person], at=act.recorded_at)


def delegate_announced(seat: Seat) -> Text:
    """The text for a chat group after a unit named another person to act for it."""
    person = seat.acting_person
    return both(
        "groups.announced-delegate",
        unit=seat.holder.label,
        person=person.label if person else "",
        seat=seat.title,
    )
