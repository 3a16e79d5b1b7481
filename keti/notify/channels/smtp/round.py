"""One run of sending: some letters at a time, each for itself, within a time of its own.

Whatever is wrong with one letter costs that letter alone and is written on its row. A letter is
marked uncertain at the moment before it is handed over, by a change of its row's state: two runs
never hand over the same one, and a crash in between never sends it twice. No transaction is open
and no lock is held while the server is talked to.
"""

import logging
import time
from collections import deque
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from keti.notify.channels.smtp.lines import Asks, Connected, Connection, Ended, Event
from keti.notify.channels.smtp.packing import Parcel, packed
from keti.notify.enums import DeliveryState
from keti.notify.models import Delivery
from keti.notify.rules import Fate, Outcome

log = logging.getLogger("keti.post")

TRIES = 6
LINES = 4
"""Connections at the same time, at most."""
SLOW = 0.5
"""Seconds after which a letter in hand says that the server is slow: a quick one needs one line."""
PATIENCE = 2.0
"""Seconds between one more line and the next."""
TROUBLES = 3
"""So many troubles of the server in a row, and the rest waits untouched."""


class Round:
    """One run of sending. It alone reads and writes rows; its lines talk to the server."""

    def __init__(self, now: datetime, todo: list[tuple[int, ...]], seconds: float) -> None:
        self.now = now
        self.todo = deque(todo)
        self.events: SimpleQueue[Event] = SimpleQueue()
        self.lines: list[Connection] = []
        self.begun = time.monotonic()
        self.ends = self.begun + seconds
        self.reached = self.slow = False
        self.troubles = 0
        self.sent = 0

    def run(self) -> int:
        """Hand over what can be handed over in the time given; returns how many were taken."""
        try:
            self._one_more_line()
            while any(line.carrying for line in self.lines):
                self._step()
        finally:
            self._close()
        if self.troubles >= TROUBLES or not self.reached:
            log.warning("the mail server does not answer; %d letters wait", len(self.todo))
        return self.sent

    def _step(self) -> None:
        if self._over() and not any(line.handing_over for line in self.lines):
            for line in self.lines:
                line.carrying = None
            return
        try:
            event = self.events.get(timeout=SLOW)
        except Empty:
            event = None
        now = time.monotonic()
        self.slow |= any(line.carrying and now - line.since > SLOW for line in self.lines)
        if event is not None:
            self._heard(event)
        due = self.begun + PATIENCE * len(self.lines)
        if self.reached and self.slow and len(self.lines) < LINES and now > due:
            self._one_more_line()

    def _over(self) -> bool:
        """True when no further letter is begun; past the server's time-out, none is waited for."""
        late = time.monotonic() - self.ends
        if late > settings.EMAIL_TIMEOUT:
            for line in self.lines:
                line.handing_over = False
        return late > 0

    def _heard(self, event: Event) -> None:
        if isinstance(event, Connected):
            self.reached = True
        elif isinstance(event, Asks):
            event.line.answer(self._claimed(event.parcel))
        else:
            self._ended(event)

    def _claimed(self, parcel: Parcel) -> bool:
        """True for exactly one run: the row, or every row of a digest, changes from waiting to
        uncertain."""
        if time.monotonic() > self.ends:
            return False
        uncertain = {"state": DeliveryState.UNCERTAIN, "fault": "notify.reply-lost", "error": ""}
        if len(parcel.rows) == 1:
            return bool(_standing(parcel, DeliveryState.WAITING).update(**uncertain))
        with transaction.atomic():
            taken = _standing(parcel, DeliveryState.WAITING).update(**uncertain)
            if taken != len(parcel.rows):
                transaction.set_rollback(True)
        return taken == len(parcel.rows)

    def _ended(self, event: Ended) -> None:
        line, outcome = event.line, event.outcome
        granted, line.handing_over, line.carrying = line.handing_over, False, None
        self.troubles = self.troubles + 1 if outcome.trouble else 0
        if outcome.fate is Fate.UNTOUCHED:
            log.warning("the mail server takes nothing: %s", outcome.words)
            self.todo.appendleft(tuple(pk for pk, _attempts in event.parcel.rows))
            self.lines.remove(line)
            line.stop()
            if not self.lines:
                self._one_more_line()
            return
        _note(event.parcel, outcome, self.now, granted=granted)
        self.sent += outcome.fate is Fate.SENT
        self._feed(line)

    def _one_more_line(self) -> None:
        """Open a line where a letter is left for it."""
        if self.todo and (self.reached or not self.troubles):
            line = Connection(self.events)
            if self._feed(line):
                self.lines.append(line)
                line.start()

    def _feed(self, line: Connection) -> bool:
        """Give the line its next letter; what cannot be put together is said so on its row."""
        while self.todo and self.troubles < TROUBLES and time.monotonic() < self.ends:
            keys = self.todo.popleft()
            waiting = Delivery.objects.filter(pk__in=keys, state=DeliveryState.WAITING)
            together = list(waiting.select_related("message__programme").order_by("pk"))
            if not together:
                continue
            made = packed(*together)
            if isinstance(made, Parcel):
                line.carry(made)
                return True
            for one in together:
                rows = waiting.filter(pk=one.pk, attempts=one.attempts)
                _settle(rows, one.attempts, made, self.now)
        return False

    def _close(self) -> None:
        """End all lines; one that still waits for the server is cut."""
        for line in self.lines:
            line.stop()
        patience = time.monotonic() + 1
        for line in self.lines:
            line.join(max(0.0, patience - time.monotonic()))
            if line.is_alive():
                line.cut()


def _note(parcel: Parcel, outcome: Outcome, now: datetime, *, granted: bool) -> None:
    """Write the outcome on the row, if the row still stands as this run left it."""
    state = DeliveryState.UNCERTAIN if granted else DeliveryState.WAITING
    most = max(attempts for _pk, attempts in parcel.rows)
    _settle(_standing(parcel, state), most, outcome, now)


def _standing(parcel: Parcel, state: DeliveryState) -> QuerySet[Delivery]:
    """The rows of the parcel, as far as they stand in this state and as they were read."""
    as_read = Q()
    for pk, attempts in parcel.rows:
        as_read |= Q(pk=pk, attempts=attempts)
    return Delivery.objects.filter(as_read, state=state)


def _settle(rows: QuerySet[Delivery], before: int, outcome: Outcome, now: datetime) -> None:
    if outcome.fate is Fate.SENT:
        rows.update(state=DeliveryState.SENT, sent_at=now, error="", fault="")
    elif outcome.fate not in (Fate.TAKEN, Fate.UNTOUCHED):
        tried = before + 1
        rows.update(
            state=_state(outcome, tried),
            attempts=tried,
            fault=outcome.code,
            error=outcome.words,
            next_attempt_at=now + timedelta(minutes=2**tried),
        )


def _state(outcome: Outcome, tried: int) -> DeliveryState:
    if outcome.code == "notify.no-address":
        return DeliveryState.NO_ADDRESS
    if outcome.fate is Fate.LOST:
        return DeliveryState.UNCERTAIN
    if outcome.fate is Fate.REFUSED or tried >= TRIES:
        return DeliveryState.FAILED
    return DeliveryState.WAITING
