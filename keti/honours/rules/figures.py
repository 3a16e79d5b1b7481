"""What is counted of a seat, and who meets what an honour asks for. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from keti.charter.rules.criteria import (
    BOOK,
    COMPUTED,
    DELIVERABLE,
    DUTY,
    INPUT,
    MEETING,
    OF_A_WORK,
    PEER,
    REPORT,
    Criterion,
    Tally,
    read_criterion,
)

MEASURES = tuple(f"{about}.{state}" for about, states in COMPUTED.items() for state in states)
Figures = Mapping[str, Tally]
"""Measure -> its tally, of one seat."""
NOTHING = Tally()


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty the charter demands, as it stands: of which work and form, by whom, due (in seconds
    of UTC), when it was first received, whether it is done with, and whether that was accepted."""

    key: str
    work: str
    form: str
    seat: str
    group: str
    due: int
    met: int | None = None
    done: bool = False
    accepted: bool = False
    deliverable: bool = False

    @property
    def on_time(self) -> bool:
        """Received before it was due."""
        return self.met is not None and self.met < self.due


def counted(
    owed: Iterable[Owed],
    books: Mapping[str, tuple[str, ...]],
    attended: Iterable[tuple[str, bool]],
    inputs: Iterable[tuple[str, bool]],
    peers: Iterable[str],
) -> Figures:
    """The figures of one seat.

    `owed`: what counts for it. `books`: its task book -> what became of each target. `attended`:
    meeting -> present or not. `inputs`: what was declared -> verified. `peers`: who of its own role
    nominated it.
    """
    duties, meetings, given = list(owed), list(attended), list(inputs)
    found: dict[str, Tally] = dict(_of_duties(duties))
    states = [one for some in books.values() for one in some]
    done = sum(one in ("met", "waived") for one in states)
    found[f"{BOOK}.met"] = Tally(done, len(states), tuple(books))
    present = sum(here for _, here in meetings)
    found[f"{MEETING}.attended"] = Tally(present, len(meetings), tuple(one for one, _ in meetings))
    named = tuple(one for one, _ in given)
    found[f"{INPUT}.reported"] = Tally(len(given), len(given), named)
    proved = tuple(one for one, verified in given if verified)
    found[f"{INPUT}.verified"] = Tally(len(proved), len(given), proved)
    voices = tuple(peers)
    found[f"{PEER}.by_peers"] = Tally(len(voices), len(voices), voices)
    return found


def _of_duties(owed: list[Owed]) -> Iterable[tuple[str, Tally]]:
    rows = {
        REPORT: [one for one in owed if one.form == "report"],
        DELIVERABLE: [one for one in owed if one.deliverable],
        DUTY: owed,
    }
    rows |= {work: [one for one in owed if one.work == work] for work in {x.work for x in owed}}
    for about, some in rows.items():
        for state in (*OF_A_WORK, *COMPUTED.get(about, ())):
            yield f"{about}.{state}", _tally(some, state)


def _tally(owed: list[Owed], state: str) -> Tally:
    def done(one: Owed) -> bool:
        if state == "on_time":
            return one.on_time
        return one.accepted if state == "accepted" else one.done

    return Tally(sum(map(done, owed)), len(owed), tuple(one.key for one in owed))


def short(owed: Iterable[Owed], seat: str, group: str, about: str = "") -> list[Owed]:
    """What counts for a seat: its own duties; of a kind of which it owes none, those of its group.
    `about` leaves only one kind: a form, what is a deliverable, or a work."""
    some = [one for one in owed if not about or about in (one.form, one.work)]
    own = [one for one in some if one.seat == seat]
    return own or [one for one in some if one.group == group]


def asked(words: Iterable[str], works: Collection[str]) -> tuple[list[Criterion], list[str]]:
    """The criteria of an honour that are computed, and the words of the others."""
    read = [(word, read_criterion(word)) for word in words]
    known = [one for _, one in read if one is not None and one.computed(works)]
    return known, [word for word, one in read if one is None or not one.computed(works)]


def meets(criteria: Iterable[Criterion], figures: Figures) -> list[Criterion]:
    """The criteria that these figures do not meet; none where all are."""
    return [one for one in criteria if not one.holds(figures.get(one.measure, NOTHING))]
