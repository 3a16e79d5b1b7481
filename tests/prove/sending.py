"""Many who send at moments of their own, and when each of them was wholly heard."""

import fcntl
import http.client
import select
import socket
import struct
import termios
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.prove.visitors import TOKEN

PATIENCE = 7200.0
"""Seconds: whoever waits this long for an answer is counted as unanswered."""
SURE = 0.01
"""Seconds: clocks of one machine, read to the millisecond one after the other."""
FEW_STACK = 512 << 10


@dataclass(frozen=True, slots=True)
class Letter:
    """One form that somebody sends at a moment; who `breaks` hangs up unanswered, and sends the
    same once more."""

    at: float
    who: int
    session: str
    path: str
    form: Callable[[], dict[str, Any]]
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """Who, which status, when the first byte was sent, when the last one was acknowledged by the
    other side's kernel, when the answer came. Status 0: no answer; -1: hung up before it."""

    who: int
    status: int
    began: float
    heard: float
    ended: float


def storm(letters: Sequence[Letter], port: int) -> list[Told]:
    """Everybody sends at their moment, however many wait for answers already."""
    told: list[Told] = []
    before = threading.stack_size(FEW_STACK)
    threads = []
    for letter in sorted(letters, key=lambda one: one.at):
        time.sleep(max(0.0, letter.at - time.time()))
        threads.append(threading.Thread(target=_deliver, args=(letter, port, told)))
        threads[-1].start()
    for thread in threads:
        thread.join()
    threading.stack_size(before)
    return told


def _deliver(letter: Letter, port: int, told: list[Told]) -> None:
    body = encode_multipart(BOUNDARY, {"csrfmiddlewaretoken": TOKEN, **letter.form()})
    if letter.breaks:
        told.append(_send(letter, body, port, answered=False))
    told.append(_send(letter, body, port, answered=True))


def _send(letter: Letter, body: bytes, port: int, *, answered: bool) -> Told:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    cookie = f"sessionid={letter.session}; csrftoken={TOKEN}"
    status, began, heard = 0, time.time(), float("inf")
    try:
        line.request(
            "POST", letter.path, body, {"Content-Type": MULTIPART_CONTENT, "Cookie": cookie}
        )
        heard = _heard(line.sock)
        if answered:
            answer = line.getresponse()
            answer.read()
            status = answer.status
        else:
            status = -1
    except (OSError, http.client.HTTPException):
        status = 0
    finally:
        line.close()
    return Told(letter.who, status, began, heard, time.time())


def _heard(line: socket.socket) -> float:
    """The moment by which the other side had everything, or began to answer."""
    unheard, answer = struct.pack("i", 0), select.poll()
    answer.register(line, select.POLLIN)
    while struct.unpack("i", fcntl.ioctl(line, termios.TIOCOUTQ, unheard))[0]:
        if answer.poll(2):
            break
    return time.time()


def waits(told: list[Told]) -> dict[str, float]:
    """How long the answers took, and how long it took to be heard."""
    answers = sorted(one.ended - one.began for one in told if one.status > 0) or [0.0]
    heard = sorted(one.heard - one.began for one in told)
    return {
        "p50": round(answers[len(answers) // 2], 2),
        "p95": round(answers[len(answers) * 95 // 100], 2),
        "slowest": round(answers[-1], 2),
        "wholly heard, p95": round(heard[len(heard) * 95 // 100], 3),
        "wholly heard, slowest": round(heard[-1], 3),
    }


def in_time(told: list[Told], closes: dict[int, float]) -> set[int]:
    """Whoever was wholly heard before the instant that closes theirs, answered or not."""
    return {one.who for one in told if one.heard < closes[one.who] - SURE}


def too_late(told: list[Told], closes: dict[int, float]) -> set[int]:
    """Whoever had not begun to send when theirs was closed, however often they tried."""
    first: dict[int, float] = {}
    for one in told:
        first[one.who] = min(one.began, first.get(one.who, one.began))
    return {who for who, began in first.items() if began > closes[who] + SURE}
