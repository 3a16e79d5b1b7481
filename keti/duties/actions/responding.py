"""What waits for an answer: made by the act that causes it, met or ended by the act that answers.

A room says what waits (`Source`), read from its own rows; its acts call `await_answers`, which
brings the list of what is owed in step with it. Nothing here writes a ledger line: the act that
causes a response, and the one that answers it, record themselves. A room whose list depends on
what is done elsewhere says so (`Follower`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from keti.accounts.actions import close_links
from keti.accounts.models import Person
from keti.charter.queries import compiled
from keti.charter.rules.compiled import Late
from keti.duties.enums import DutyState, Nature, Pool, Verb
from keti.duties.models import LONG_AGO, Obligation
from keti.duties.permissions import answers
from keti.groups.models import Group, Role, Seat
from keti.groups.permissions import counted_at, principal, sight_of
from keti.kernel.acts import Act, Subject, Text
from keti.kernel.prepared import prepared
from keti.kernel.refusals import both
from keti.kernel.terms import term_ends
from keti.kernel.texts import shortened
from keti.kernel.transactions import hold, hold_each
from keti.programmes.models import Programme

FEW = 12
"""So many answers are looked for by a kept statement; more are seldom asked for at once."""


@dataclass(frozen=True, slots=True)
class Response:
    """One answer that others wait for: what is to be done with what, by whom, since when.

    `turn` tells one round of the same thing from the next: the version, the round, the role asked.
    `seat` answers, or any one of the `pool`: of `role`, of the leads of `pool_group`, of the
    secretariat. `due` where the process has an end of its own; else the charter's term from
    `since`. `closed`: nobody but the holder knows of it, and it is not escalated. `caused_by` is
    the seat for whose sake it is asked: it never answers itself. `asker` waits for the answer and
    is told when it ends without one.
    """

    verb: Verb
    about: Subject
    title: Text
    group: Group
    since: datetime
    turn: str = "1"
    seat: Seat | None = None
    pool: Pool | None = None
    role: Role | None = None
    pool_group: Group | None = None
    caused_by: Seat | None = None
    due: datetime | None = None
    opens_at: datetime | None = None
    closed: bool = False
    asker: Person | None = None

    @property
    def key(self) -> str:
        """Stable: the same answer to the same thing in the same turn."""
        return f"respond.{self.verb}@{self.about.id}/{self.turn}"


Source = Callable[[Programme, str, datetime], Iterable[Response]]
"""What waits in one room of a programme at an instant; of one thing where its id is given."""

SOURCES: dict[str, Source] = {}


def waits(programme: Programme, room: str, subject_id: str, at: datetime) -> list[Response]:
    """What waits in a room: in a programme or a group that is over, nothing any more."""
    if programme.closed_at is not None:
        return []
    return [one for one in SOURCES[room](programme, subject_id, at) if not one.group.is_over]


def says_what_waits(room: str, source: Source) -> None:
    """Let a room say what waits in it; called once, when the house is put together."""
    SOURCES[room] = source


Follower = Callable[[Programme, Obligation | None, datetime], None]
"""Brings the list of one room in step after a duty changed elsewhere, or, without one, after a
finding was raised or closed or somebody came to stand aside."""

FOLLOWERS: dict[str, Follower] = {}


def follows_what_changes(room: str, follower: Follower) -> None:
    """Let a room follow what is done elsewhere; called once, when the house is put together."""
    FOLLOWERS[room] = follower


def tell_followers(programme: Programme, at: datetime, duty: Obligation | None = None) -> None:
    """A duty was met, returned, extended or waived; or, without one, something else changed on
    which a list of what waits depends. Called by the act that changed it, before its line."""
    for room in sorted(FOLLOWERS):
        FOLLOWERS[room](programme, duty, at)


@transaction.atomic
def await_answers(
    programme: Programme,
    room: str,
    subject_id: str,
    at: datetime,
    *,
    act: Act | None = None,
    answers_as: Verb | None = None,
) -> None:
    """Bring what is owed in answer in step with what waits in the room, or about one thing in it.

    `subject_id` "" stands for all of the room. Called by every act that makes something wait,
    answers it or ends it, before it records itself, with itself as `act`: what no longer waits was
    met where that act may answer it, and is cancelled otherwise. `answers_as` is for an act whose
    own permission lets others answer as well: what waited for that verb it has met. A due instant
    once set stays, a later one extends it; who may answer follows the seats.
    """
    wanted = {one.key: one for one in waits(programme, room, subject_id, at)}
    over: list[Obligation] = []
    for duty in _waiting(programme, room, subject_id, tuple(wanted)):
        duty.programme = programme
        asked = wanted.pop(duty.key, None)
        if asked is not None:
            _follow(duty, asked)
        elif duty.state == DutyState.OPEN:
            over.append(duty)
    if over:
        _end(over, programme, act, answers_as)
    _ask(programme, room, wanted.values())


def _waiting(
    programme: Programme, room: str, subject_id: str, wanted: tuple[str, ...]
) -> list[Obligation]:
    """What is owed in answer in the room, or about one thing in it, and what was owed under these
    keys: held, in the one order."""

    def read(programme: int, *words: str) -> QuerySet[Obligation]:
        found = hold(Obligation.objects.all()).filter(programme=programme, nature=Nature.RESPONSE)
        found = found.filter(kind__startswith=f"{room}.")
        keys = words[1:] if subject_id else words
        found = found.filter(subject_id=words[0]) if subject_id else found
        found = found.filter(Q(state=DutyState.OPEN) | Q(key__in=keys))
        return found.select_related("caused_by").order_by("pk")

    words = (subject_id, *wanted) if subject_id else wanted
    if len(wanted) > FEW:
        return list(read(programme.pk, *words))
    key = ("duties.answers", room, bool(subject_id), len(wanted))
    return prepared(key, read, programme.pk, *words)


def hold_answers(programme: Programme, subject_id: str) -> None:
    """Hold what is owed in answer about one thing, for an act that numbers its paper before."""
    found = Obligation.objects.filter(programme=programme, nature=Nature.RESPONSE)
    hold_each(found.filter(subject_id=subject_id))


@transaction.atomic
def ask_anew(programme: Programme, room: str, subject_id: str, at: datetime) -> None:
    """The same for something that did not wait before this act: nothing of it is owed yet, so that
    nothing has to be held."""
    _ask(programme, room, waits(programme, room, subject_id, at))


def _ask(programme: Programme, room: str, wanted: Iterable[Response]) -> None:
    asked = list(wanted)
    if asked:
        late = compiled(programme).late
        Obligation.objects.bulk_create(_made(programme, room, one, late) for one in asked)


def await_everywhere(programme: Programme, at: datetime) -> None:
    """The same in every room: after seats moved, and once for data of before."""
    for room in sorted(SOURCES):
        await_answers(programme, room, "", at)


def _spaced(title: Text) -> Text:
    """A title that begins with a number stands apart from the verb: 接收 6 月月度报告."""
    return Text(f" {title.zh}", title.en) if title.zh[:1].isdigit() else title


def _made(programme: Programme, room: str, one: Response, late: Late) -> Obligation:
    escalate = [] if one.closed else [[int(a.total_seconds()), to] for a, to in late.escalate]
    deed = both(f"duties.respond-{one.verb}", title=_spaced(one.title))
    return Obligation(
        programme=programme,
        key=one.key,
        kind=f"{room}.{one.verb}",
        form=one.verb,
        nature=Nature.RESPONSE,
        title_zh=shortened(deed.zh, 200),
        title_en=shortened(deed.en, 200),
        group=one.group,
        role=one.role,
        seat=one.seat,
        pool=one.pool or "",
        pool_group=one.pool_group,
        caused_by=one.caused_by,
        opens_at=one.opens_at,
        due_at=_due(programme, one, late),
        remind=[int(offset.total_seconds()) for offset in late.remind],
        escalate=escalate,
        subject_id=one.about.id,
        about_path=one.about.path,
        words_of=None if one.closed else one.group,
    )


def _due(programme: Programme, one: Response, late: Late) -> datetime:
    return one.due or term_ends(one.since, late.answer_within(one.verb), programme.tz)


def _follow(duty: Obligation, asked: Response) -> None:
    """Still waiting: who may answer is who may answer now; once ended it waits again, for as long
    as what is asked for the first time."""
    longer = _allowed(duty, asked)
    if duty.state == DutyState.OPEN and not longer and whose(duty) == whose(asked):
        return
    for name in ("group", "seat", "pool_group", "role", "caused_by"):
        setattr(duty, name, getattr(asked, name))
    duty.pool, duty.words_of = asked.pool or "", None if asked.closed else asked.group
    duty.state = DutyState.OPEN
    duty.met_at = duty.recorded_at = None
    duty.on_behalf = duty.recorded_late = False
    duty.next_word_at = LONG_AGO
    duty.save()


def whose(one: Obligation | Response) -> tuple[object, ...]:
    """Whom it waits for, for whose sake, and who else may know of it, as keys."""
    if isinstance(one, Obligation):
        words = one.words_of_id
        return (one.seat_id, one.pool, one.pool_group_id, one.role_id, one.caused_by_id, words)
    rows = (one.seat, one.pool_group, one.role, one.caused_by, None if one.closed else one.group)
    seat, *rest = (row.pk if row is not None else None for row in rows)
    return (seat, one.pool or "", *rest)


def _allowed(duty: Obligation, asked: Response) -> bool:
    """More time, where what is asked for now is due later than it was; was any given?"""
    due = asked.due
    if duty.state != DutyState.OPEN:
        due = _due(duty.programme, asked, compiled(duty.programme).late)
    if due is None or due <= duty.due_instant:
        return False
    duty.extended_to = due
    duty.moved()
    return True


def end(over: list[Obligation]) -> None:
    """Cancel these answers: nobody gives them any more. Their rows are held."""
    for duty in over:
        duty.state, duty.with_path = DutyState.CANCELLED, duty.about_path
    _kept(over)


def _end(
    over: list[Obligation], programme: Programme, act: Act | None, answers_as: Verb | None
) -> None:
    """Met by the act that may answer it; what ends otherwise is cancelled."""
    seat = principal(act, programme) if act is not None and act.seat is not None else None
    sight = sight_of(seat) if seat is not None else None
    for duty in over:
        met = sight is not None and (duty.form == answers_as or answers(sight, duty))
        if act is not None and seat is not None and met:
            duty.state, duty.met_at = DutyState.MET, counted_at(act, seat)
            duty.recorded_at, duty.recorded_late = act.recorded_at, act.recorded_late
            duty.on_behalf = act.on_behalf_of is not None
        else:
            duty.state = DutyState.CANCELLED
        duty.with_path = duty.about_path
    _kept(over)


def _kept(over: list[Obligation]) -> None:
    Obligation.objects.bulk_update(over, ENDS)
    close_links(obligations=[one.public_id for one in over])


ENDS = ("state", "met_at", "recorded_at", "recorded_late", "on_behalf", "with_path")
"""What is written of a response that ends."""
