"""Who is told when seats change and when something was recorded for somebody."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from keti.accounts.actions import drop_way_in, make_way_in
from keti.accounts.models import Person, WayIn, WayInMeans
from keti.charter.queries import compiled
from keti.groups.models import Colleague, Seat, SeatQuerySet
from keti.groups.queries import able, labels_in, people
from keti.kernel.acts import Act, Subject, Text
from keti.kernel.prepared import prepared
from keti.kernel.refusals import both
from keti.notify.actions import Letter, post, recall
from keti.notify.enums import Sort
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
    """The person who acts in a new seat is told of it: of what programme, run by whom, what is
    expected first; the letter carries a personal way in where letters leave the house."""
    person = seat.acting_person
    if person is None:
        return
    way = way_in_of(act, seat, person) if settings.KETI_MODE == "normal" else None
    letter = Letter(
        "groups.appointed",
        _key(seat, person),
        *_told_first(seat),
        way_in=way.public_id if way else None,
    )
    if not post(seat.programme, letter, to=[person], at=act.recorded_at) and way:
        drop_way_in(way)


def _told_first(seat: Seat) -> tuple[Text, Text, str]:
    """Subject, body and address of the first letter: who is nominated is asked, others are told."""
    if seat.proposed_at is not None:
        facts = _expected(seat) | {"unit": seat.holder.called}
        subject = both("groups.told-nominated-subject", unit=seat.holder.called)
        return subject, both("groups.told-nominated", **facts), reverse("site:me")
    subject = both("groups.told-appointed-subject", seat=seat.title)
    body = both("groups.told-appointed", **_expected(seat))
    return subject, body, reverse("site:desk", args=[seat.programme.slug])


def nomination_answered(act: Act, seat: Seat, asked: Person | None, how: str) -> None:
    """Told to the secretariat when who was nominated accepts or declines."""
    who = asked.called if asked else Text()
    facts = {"who": who, "unit": seat.holder.called, "seat": seat.title}
    letter = Letter(
        f"groups.nomination-{how}",
        f"nomination:{seat.public_id}:{act.recorded_at.isoformat()}",
        both(f"groups.told-nomination-{how}-subject", **facts),
        both(f"groups.told-nomination-{how}", **facts),
        reverse("intake:seat", args=[seat.programme.slug, seat.public_id]),
    )
    office = people(able(seat.programme, "manage", act.recorded_at))
    post(seat.programme, letter, to=[one for one in office if one != act.by], at=act.recorded_at)


def way_in_of(act: Act, seat: Seat, person: Person, means: WayInMeans = WayInMeans.LETTER) -> WayIn:
    """A new way in for who acts in the seat."""
    return make_way_in(
        programme=seat.programme,
        person=person,
        seat_id=seat.public_id,
        means=means,
        at=act.recorded_at,
        by_label=act.by.label,
    )


def let_in(act: Act, seat: Seat, way: WayIn) -> None:
    """The letter that carries a way in to the address on record, at once."""
    letter = Letter(
        "groups.way-in",
        f"way-in:{way.public_id}",
        both("groups.told-way-in-subject", programme=seat.programme.title),
        both("groups.told-way-in", **_expected(seat)),
        reverse("site:desk", args=[seat.programme.slug]),
        sort=Sort.PERSONAL,
        way_in=way.public_id,
    )
    post(seat.programme, letter, to=[way.person], at=act.recorded_at)


def handed(seat: Seat, person: Person, until: datetime) -> Text:
    """The sentence in which a way in is handed over; its address stands below it."""
    facts = {"programme": seat.programme.title, "seat": seat.title}
    day = seat.programme.local(until).strftime("%Y-%m-%d")
    return both("groups.handed-way-in", who=person.called, until=day, **facts)


def letter_words(seat: Seat) -> tuple[Text, Text]:
    """Subject and body of the letter that carries a way in, to be looked at before it goes."""
    subject = both("groups.told-way-in-subject", programme=seat.programme.title)
    return subject, both("groups.told-way-in", **_expected(seat))


def body_of(programme: Programme) -> Text:
    """The body that runs the programme, as its charter names it."""
    return compiled(programme).carrier().name


def _expected(seat: Seat) -> dict[str, object]:
    """Programme, body and seat, and what is expected first, as letters name them."""
    owed = next((found for read in _owed_first if (found := read(seat))), None)
    first = both("groups.told-first", what=owed[0], due=owed[1]) if owed else Text()
    programme = seat.programme
    facts = {"programme": programme.title, "body": body_of(programme), "seat": seat.title}
    return {**facts, "first": first}


OwedFirst = Callable[[Seat], tuple[Text, Text] | None]
_owed_first: list[OwedFirst] = []


def says_what_is_first(read: OwedFirst) -> None:
    """Let letters to a new seat name what `read` finds: what is to be done first, and by when.
    The room of duties calls it when the installation starts."""
    _owed_first.append(read)


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


def joined_as_colleague(act: Act, seat: Seat, person: Person) -> None:
    """Who works in a unit's seat from now on is told of it."""
    facts = {"seat": seat.title, "unit": seat.holder.called, "programme": seat.programme.title}
    letter = Letter(
        "groups.colleague",
        f"colleague:{seat.public_id}:{person.public_id}:{act.recorded_at.isoformat()}",
        both("groups.told-colleague-subject", **facts),
        both("groups.told-colleague", **facts),
        reverse("site:desk", args=[seat.programme.slug]),
    )
    post(seat.programme, letter, to=[person], at=act.recorded_at)


def stands_in(act: Act, standing: Colleague) -> None:
    """Who stands in for a seat from now on is told of it, and whoever acts there themselves."""
    _told_of(act, standing, "stands-in")


def stands_in_no_longer(act: Act, standing: Colleague) -> None:
    """That it has ended both are told."""
    _told_of(act, standing, "stands-in-no-longer")


def renewed(act: Act, seat: Seat) -> None:
    """Who goes on for another term is told until when."""
    _told_of_term(act, seat, "renewed")


def term_over(act: Act, seat: Seat) -> None:
    """Whose term is over is told so."""
    _told_of_term(act, seat, "term-over")


def _told_of_term(act: Act, seat: Seat, code: str) -> None:
    person, ends = seat.acting_person, seat.term_ends_at
    if person is None or person == act.by or ends is None:
        return
    last = seat.programme.local(ends - timedelta(seconds=1)).strftime("%Y-%m-%d")
    letter = Letter(
        f"groups.{code}",
        f"{code}:{seat.public_id}:{seat.renewed}",
        both(f"groups.told-{code}-subject", seat=seat.title),
        both(f"groups.told-{code}", seat=seat.title, until=last),
        seat.group.path,
    )
    post(seat.programme, letter, to=[person], at=act.recorded_at)


def _told_of(act: Act, standing: Colleague, code: str) -> None:
    seat, person = standing.seat, standing.person
    facts = {"seat": seat.title, "who": person.called, "reason": standing.reason.rstrip("。.")}
    letter = Letter(
        f"groups.{code}",
        f"{code}:{standing.public_id}",
        both(f"groups.told-{code}-subject", **facts),
        both(f"groups.told-{code}", **facts),
        seat.group.path,
    )
    both_of_them = [one for one in (person, seat.acting_person) if one and one != act.by]
    post(seat.programme, letter, to=both_of_them, at=act.recorded_at)


def _key(seat: Seat, person: Person) -> str:
    return f"seat:{seat.public_id}:{person.public_id}"


def untold(programme: Programme, at: datetime, but: str = "") -> list[Seat]:
    """Seats in which somebody with an address acts who was never written to about it; without those
    of the person of the public id `but`, who asks."""
    told = set(prepared(("groups.told",), _told_keys, programme.pk))
    seats = prepared(("groups.standing",), _standing, programme.pk, at)
    return [
        seat
        for seat in seats
        if (person := seat.acting_person)
        and person.mail
        and person.public_id != but
        and _key(seat, person) not in told
    ]


def _told_keys(programme: int) -> QuerySet[Message, str]:
    told = Message.objects.filter(programme=programme, kind="groups.appointed")
    return told.values_list("key", flat=True)


def _standing(programme: int, at: datetime) -> SeatQuerySet:
    return Seat.objects.filter(programme=programme).standing(at).with_names()


def delegate_announced(seat: Seat) -> Text:
    """The text for a chat group after a unit named another person to act for it."""
    person = seat.acting_person
    return both(
        "groups.announced-delegate",
        unit=seat.holder.label,
        person=person.label if person else "",
        seat=seat.title,
    )
