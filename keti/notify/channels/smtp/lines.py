"""Lines to the mail server: each carries one letter after the other over one connection.

A line talks to the server and to nothing else; rows are read and written by who started it.
"""

import logging
import re
import smtplib
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread

from django.core.mail.backends.smtp import EmailBackend

from keti.kernel.texts import one_line
from keti.notify.channels.smtp.packing import Parcel
from keti.notify.rules import Fate, Outcome, judged

log = logging.getLogger("keti.post")
YES = range(200, 300)
GO_ON = 354


class Unreachable(Exception):
    """The server does not answer, or takes nothing from us: no letter is to blame."""


@dataclass(frozen=True, slots=True)
class Connected:
    """The line reached the server."""

    line: "Connection"


@dataclass(frozen=True, slots=True)
class Asks:
    """The server takes the recipient: may the letter be handed over? Answered by `answer`."""

    line: "Connection"
    parcel: Parcel


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a letter; the line is free for the next."""

    line: "Connection"
    parcel: Parcel
    outcome: Outcome


Event = Connected | Asks | Ended


class Connection(Thread):
    """One connection to the mail server, opened with the first letter, used for many."""

    def __init__(self, events: "SimpleQueue[Event]") -> None:
        super().__init__(name="keti-post", daemon=True)
        self.events = events
        self.parcels: SimpleQueue[Parcel | None] = SimpleQueue()
        self.answers: SimpleQueue[bool] = SimpleQueue()
        self.backend = EmailBackend()
        self.carrying: Parcel | None = None
        self.since = time.monotonic()
        self.handing_over = False
        self.stopped = False

    def carry(self, parcel: Parcel) -> None:
        """Take this letter next."""
        self.carrying, self.since = parcel, time.monotonic()
        self.parcels.put(parcel)

    def answer(self, granted: bool) -> None:
        """The answer to `Asks`."""
        self.handing_over = granted
        self.answers.put(granted)

    def stop(self) -> None:
        """No further letter; a question still open is answered no."""
        self.stopped = True
        self.answers.put(False)
        self.parcels.put(None)

    def cut(self) -> None:
        """End the connection at once, from outside: whoever waits on it wakes."""
        smtp = self.backend.connection
        if smtp is not None and smtp.sock is not None:
            with suppress(OSError):
                smtp.sock.shutdown(socket.SHUT_RDWR)

    def run(self) -> None:
        while (parcel := self.parcels.get()) is not None:
            try:
                outcome = self._carried(parcel)
            except Unreachable as away:
                self._hang_up()
                words = one_line(str(away))[:300]
                outcome = Outcome(Fate.UNTOUCHED, "notify.server-gone", words, trouble=True)
            except Exception as trouble:
                log.exception("a letter could not be handed over")
                self._hang_up()
                words = one_line(f"{type(trouble).__name__}: {trouble}")[:300]
                outcome = Outcome(Fate.LATER, "notify.cannot-be-written", words)
            self.events.put(Ended(self, parcel, outcome))
        self._hang_up(politely=True)

    def _carried(self, parcel: Parcel) -> Outcome:
        """Envelope first, then the question to who keeps the rows, then the letter itself."""
        smtp = self._addressed(parcel)
        try:
            status, said = smtp.rcpt(parcel.to)
            if status not in YES:
                return self._refused(judged(status, said, "notify.address-refused"))
            self.events.put(Asks(self, parcel))
            if not self.answers.get():
                return self._refused(Outcome(Fate.TAKEN))
            status, said = smtp.docmd("DATA")
            if status != GO_ON:
                return self._refused(judged(status, said, "notify.letter-refused"))
            smtp.send(_framed(parcel.data))
        except UnicodeError as wrong:
            outcome = Outcome(Fate.REFUSED, "notify.address-impossible", one_line(str(wrong))[:300])
            return self._refused(outcome)
        except OSError as gone:
            self._hang_up()
            words = one_line(str(gone) or type(gone).__name__)[:300]
            return Outcome(Fate.LATER, "notify.server-gone", words, trouble=True)
        return self._answered(smtp)

    def _answered(self, smtp: smtplib.SMTP) -> Outcome:
        """The server has all of it. Only a clear no means that it was not taken."""
        try:
            status, said = smtp.getreply()
        except OSError as gone:
            self._hang_up()
            words = one_line(str(gone))[:300]
            return Outcome(Fate.LOST, "notify.reply-lost", words, trouble=True)
        if status in YES:
            return Outcome(Fate.SENT)
        if 400 <= status < 600:
            return self._refused(judged(status, said, "notify.letter-refused"))
        self._hang_up()
        words = one_line(f"{status} {said.decode('utf-8', 'replace')}")[:300]
        return Outcome(Fate.LOST, "notify.reply-lost", words, trouble=True)

    def _addressed(self, parcel: Parcel) -> smtplib.SMTP:
        """A connection that took our sender; one that grew old in use is opened once more."""
        for old in (self.backend.connection is not None, False):
            try:
                smtp = self._open()
                status, said = smtp.mail(parcel.sender)
                if status in YES:
                    return smtp
                words = f"{status} {said.decode('utf-8', 'replace')}"
            except (OSError, ValueError) as gone:
                words = str(gone) or type(gone).__name__
            self._hang_up()
            if not old:
                raise Unreachable(words)
        raise AssertionError("unreachable")

    def _open(self) -> smtplib.SMTP:
        if self.stopped:
            raise Unreachable("stopped")
        if self.backend.open():
            self.events.put(Connected(self))
        smtp = self.backend.connection
        if smtp is None:
            raise Unreachable("no connection")
        smtp.ehlo_or_helo_if_needed()
        return smtp

    def _refused(self, outcome: Outcome) -> Outcome:
        """Clear the envelope for the next letter, or leave a server that has enough."""
        smtp, clear = self.backend.connection, False
        if smtp is not None and not outcome.trouble:
            with suppress(OSError):
                clear = smtp.rset()[0] in YES
        if not clear:
            self._hang_up()
        return outcome

    def _hang_up(self, politely: bool = False) -> None:
        backend = self.backend
        for smtp in (backend.connection, getattr(backend, "_partial_connection", None)):
            if smtp is not None:
                with suppress(OSError):
                    if politely:
                        smtp.quit()
                    smtp.close()
        self.backend = EmailBackend()


def _framed(data: bytes) -> bytes:
    """The letter between DATA and the single dot that ends it (RFC 5321, 4.5.2)."""
    stuffed = re.sub(rb"(?m)^\.", b"..", data)
    return stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n") + b".\r\n"
