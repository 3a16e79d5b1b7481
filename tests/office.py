"""A real mail server on this machine that does what a test wants of it: takes, refuses, hangs,
breaks off. What it took is kept with its envelope."""

import asyncio
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message as Mail
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

BREAK_OFF = "break off"
"""Instead of an answer: the connection ends."""
BE_SILENT = "be silent"
"""Instead of an answer: nothing, until the client gives up."""


class Office:
    """The server's mood. Answers are looked up by the recipient's local part, then by "*"."""

    def __init__(self) -> None:
        self.kept: list[tuple[list[str], Mail]] = []
        self.to_recipient: dict[str, str] = {}
        self.to_letter: dict[str, str] = {}
        self.to_sender = "250 OK"
        self.asked: Counter[str] = Counter()
        self.connections = 0
        self.letters_a_connection = 0
        self.seconds_a_letter = 0.0
        self.port = 0

    async def _say(self, server: SMTP, answer: str) -> str:
        if answer == BREAK_OFF:
            server.transport.abort()
            await asyncio.sleep(0)
        if answer == BE_SILENT:
            await asyncio.Event().wait()
        return answer

    def _answer(self, answers: dict[str, str], address: str) -> str:
        return answers.get(address.partition("@")[0], answers.get("*", "250 OK"))

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, name: str,
                          answers: list[str]) -> list[str]:  # fmt: skip
        self.connections += 1
        session.host_name, session.letters = name, 0
        return answers

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str,
                          options: Any) -> str:  # fmt: skip
        self.asked["mail"] += 1
        answer = await self._say(server, self.to_sender)
        if self.letters_a_connection and session.letters >= self.letters_a_connection:
            return "421 too many letters"
        if answer.startswith("2"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str,
                          options: Any) -> str:  # fmt: skip
        self.asked[address] += 1
        answer = await self._say(server, self._answer(self.to_recipient, address))
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        session.letters += 1
        await asyncio.sleep(self.seconds_a_letter)
        answer = self._answer(self.to_letter, envelope.rcpt_tos[0])
        if answer.startswith("2") or answer in (BREAK_OFF, BE_SILENT):
            self.kept.append((list(envelope.rcpt_tos), message_from_bytes(envelope.content)))
        return await self._say(server, answer)

    def addresses(self) -> list[str]:
        """To whom letters came, sorted."""
        return sorted(one for to, _ in self.kept for one in to)

    def ids(self) -> Counter[str]:
        """How often each Message-ID came."""
        return Counter(str(letter["Message-ID"]) for _, letter in self.kept)


def words(letter: Mail, header: str = "Subject") -> str:
    """A header as a person reads it."""
    return str(make_header(decode_header(str(letter[header]))))


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def opened(office: Office, port: int = 0) -> Iterator[Office]:
    """The office open on a port, for as long as the block runs."""
    office.port = port or free_port()
    server = Controller(office, hostname="127.0.0.1", port=office.port, auth_require_tls=False)
    server.start()
    try:
        yield office
    finally:
        server.stop()


@contextmanager
def deaf() -> Iterator[int]:
    """A port that lets one in and then says nothing at all."""
    with socket.socket() as ear:
        ear.bind(("127.0.0.1", 0))
        ear.listen(64)
        yield int(ear.getsockname()[1])
