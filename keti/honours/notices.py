"""Who is told of figures, answers, decisions, public notices, awards and their end."""

from collections.abc import Iterable

from django.urls import reverse

from keti.accounts.models import Person
from keti.groups.models import Seat
from keti.groups.queries import able, people, standing
from keti.honours.enums import InputState
from keti.honours.models import Assessment, Contribution, Nomination, Objection, ParticipationRecord
from keti.kernel.acts import Act
from keti.kernel.refusals import both
from keti.notify.actions import Letter, post
from keti.notify.enums import Sort
from keti.programmes.models import Programme


def _letter(name: str, mark: str, path: str, **facts: object) -> Letter:
    return Letter(
        f"honours.{name}",
        f"honours-{name}:{mark}",
        both(f"honours.told-{name}-subject", **facts),
        both(f"honours.told-{name}", **facts),
        path,
        Sort.DUTY,
    )


def _send(act: Act, programme: Programme, letter: Letter, to: Iterable[Person]) -> None:
    post(programme, letter, to=list(to), at=act.recorded_at)


def _own(seat: Seat) -> list[Person]:
    return [seat.acting_person] if seat.acting_person else []


def _mine(programme: Programme) -> str:
    return reverse("honours:mine", args=[programme.slug])


def assessed(act: Act, made: Assessment) -> None:
    """The holder of a task book learns what was said of its targets."""
    book = made.book
    letter = _letter("assessed", made.public_id, _mine(book.programme), number=book.number)
    _send(act, book.programme, letter, _own(book.seat))


def drawn(act: Act, made: ParticipationRecord, seats: list[Seat]) -> None:
    """Everybody whose figures were drawn up learns where to see the own ones."""
    programme = made.programme
    facts = {"programme": programme.title, "number": made.number}
    letter = _letter("drawn", made.public_id, _mine(programme), **facts)
    _send(act, programme, letter, people(seats))


def answered(act: Act, one: Contribution) -> None:
    """Who declared something learns whether it was verified."""
    name = "input-verified" if one.state == InputState.VERIFIED else "input-declined"
    mark = f"{one.public_id}:{act.recorded_at.isoformat()}"
    letter = _letter(name, mark, one.path, what=one.what, reason=one.reason)
    _send(act, one.programme, letter, _own(one.seat))


def decided(act: Act, one: Nomination, outcome: str) -> None:
    """The secretariat learns that all have spoken."""
    if outcome:
        letter = _letter(f"decided-{outcome}", one.public_id, one.path, title=one.title)
        _send(act, one.programme, letter, people(able(one.programme, "manage", act.recorded_at)))


def noticed(act: Act, one: Nomination) -> None:
    """Everybody who takes part learns of the public notice and where to object."""
    until = one.programme.local(one.notice_ends or act.recorded_at).strftime("%Y-%m-%d %H:%M")
    letter = _letter("noticed", one.public_id, one.path, title=one.title, until=until)
    _send(act, one.programme, letter, people(list(standing(one.programme, act.recorded_at))))


def objection_answered(act: Act, one: Objection) -> None:
    """Who objected learns the answer."""
    if one.seat is not None:
        facts = {"title": one.nomination.title, "answer": one.answer}
        letter = _letter("objection", one.public_id, one.nomination.path, **facts)
        _send(act, one.nomination.programme, letter, _own(one.seat))


def awarded(act: Act, one: Nomination) -> None:
    """Who was awarded something learns its number and where the certificate is."""
    facts = {"title": one.title, "number": one.number}
    letter = _letter("awarded", one.public_id, _mine(one.programme), **facts)
    _send(act, one.programme, letter, _own(one.seat))


def revoked(act: Act, one: Nomination) -> None:
    """Who was awarded something learns that it was taken back, and why."""
    facts = {"title": one.title, "number": one.number, "reason": one.reason}
    letter = _letter("revoked", one.public_id, _mine(one.programme), **facts)
    _send(act, one.programme, letter, _own(one.seat))
