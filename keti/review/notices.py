"""Who is told: asked, opened -> deciders; decided -> deciders, authors, secretariat;
revise -> authors."""

from collections.abc import Iterable
from datetime import datetime

from keti.accounts.models import Person
from keti.duties.notices import deadline
from keti.groups.models import Seat
from keti.groups.queries import able, people
from keti.kernel.acts import Act
from keti.kernel.fingerprints import short
from keti.kernel.refusals import both
from keti.notify.actions import Letter, post
from keti.notify.enums import Sort
from keti.reports.rules import told
from keti.review.models import Decision, Gate, Input


def opened(act: Act, gate: Gate, seats: list[Seat]) -> None:
    facts = {
        "version": short(gate.review_set),
        "due": deadline(gate.programme, gate.obligation.due_instant),
    }
    _tell(act, gate, "opened", facts, people(seats))


def asked(act: Act, gate: Gate, seats: list[Seat]) -> None:
    facts = {
        "who": gate.request.seat.called,
        "reason": gate.request.reason,
        "due": deadline(gate.programme, gate.obligation.due_instant),
    }
    _tell(act, gate, "asked", facts, people(seats))


def again(act: Act, gate: Gate, seats: list[Seat]) -> None:
    due = deadline(gate.programme, gate.obligation.due_instant)
    _tell(act, gate, "again", {"due": due}, people(seats))


def decided(act: Act, gate: Gate, decision: Decision, to: list[Person]) -> None:
    facts = {
        "outcome": decision.title,
        "number": decision.number,
        "reasons": _said(decision),
    }
    _tell(act, gate, "decided", facts, to)


def revise(act: Act, gate: Gate, decision: Decision, authors: list[Seat], due: datetime) -> None:
    facts = {
        "outcome": decision.title,
        "round": gate.round,
        "reasons": _said(decision),
        "due": deadline(gate.programme, due),
    }
    _tell(act, gate, "revise", facts, people(authors))


def _said(decision: Decision) -> str:
    return told(decision.reasons, decision.points or ())


def stopped(
    act: Act, gate: Gate, decision: Decision, seats: Iterable[Seat], cancelled: int
) -> None:
    what = gate.programme.title if gate.group.parent_id is None else gate.group.title
    facts = {"what": what, "outcome": decision.title, "reasons": decision.reasons}
    _tell(act, gate, "stopped", {**facts, "count": cancelled}, people(list(seats)))


def concerned(gate: Gate, deciders: list[Seat], pins: list[Input], at: datetime) -> list[Person]:
    """Deciders, authors, the leads of the gate's group and the secretariat, each once."""
    authors = [pin.author for pin in pins if pin.author is not None]
    leads = able(gate.programme, "lead", at, gate.group)
    return people([*deciders, *authors, *leads, *able(gate.programme, "manage", at)])


def _tell(act: Act, gate: Gate, what: str, facts: dict[str, object], to: list[Person]) -> None:
    facts = {**facts, "title": gate.title}
    letter = Letter(
        f"review.{what}",
        f"gate:{gate.public_id}:{what}:{gate.round}",
        both(f"review.told-{what}-subject", **facts),
        both(f"review.told-{what}", **facts),
        gate.path,
        Sort.DUTY if what in ("again", "asked", "opened", "revise") else Sort.NEWS,
    )
    post(gate.programme, letter, to=to, at=act.recorded_at)
