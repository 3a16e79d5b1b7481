"""People of the cast at the real server: signed in, each form with a key of its own."""

import http.client
import time
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any
from zlib import crc32

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from keti.kernel.acts import Subject
from keti.monitoring import doors
from tests.cast import Cast, Player

IDLE = 60
"""Seconds after which a browser lets go of an unused line; the server does a little later."""
TOKEN = "0123456789abcdefghijklmnopqrstuv"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


class Visitor:
    """One signed-in person with a connection of their own."""

    def __init__(self, player: Player, port: int) -> None:
        self.session = player.client.cookies["sessionid"].value
        self.port = port
        self.line: http.client.HTTPConnection | None = None
        self.used = 0.0

    def post(self, path: str, fields: dict[str, Any]) -> int:
        """Send one form; its status. Raises OSError when the server does not answer."""
        sent = {"csrfmiddlewaretoken": TOKEN, "key": token_hex(13), **fields}
        body = encode_multipart(BOUNDARY, sent)
        return self._ask("POST", path, body, {"Content-Type": MULTIPART_CONTENT})

    def get(self, path: str) -> int:
        """Read one page; its status. Raises OSError when the server does not answer."""
        return self._ask("GET", path, b"", {})

    def _ask(self, method: str, path: str, body: bytes, more: dict[str, str]) -> int:
        if time.monotonic() - self.used > IDLE:
            self.hang_up()
        self.line = self.line or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookie = f"sessionid={self.session}; csrftoken={TOKEN}"
        try:
            self.line.request(method, path, body, {"Cookie": cookie, **more})
            answer = self.line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as gone:
            self.hang_up()
            raise OSError(str(gone)) from gone
        finally:
            self.used = time.monotonic()
        return answer.status

    def hang_up(self) -> None:
        """The next form goes over a line of its own."""
        if self.line:
            self.line.close()
        self.line = None


def everybody(cast: Cast, port: int) -> dict[str, Visitor]:
    """Those of the cast who act in a day, each with a line of their own."""
    return {who: Visitor(cast.players[who], port) for who in ("qin", "lu", "he", "ji", "tao")}


def png(number: int) -> SimpleUploadedFile:
    """A picture of its own, told apart by a word before its end."""
    word = b"tEXt" + f"n\0{number}".encode()
    chunk = (len(word) - 4).to_bytes(4, "big") + word + crc32(word).to_bytes(4, "big")
    return SimpleUploadedFile("scan.png", PNG[:-12] + chunk + PNG[-12:], "image/png")


Deed = tuple[str, str, dict[str, Any]]


class Day:
    """What people do all day: who sends which form where. The number makes the texts differ."""

    def __init__(self, cast: Cast) -> None:
        self.base = f"/p/{cast.programme.slug}"
        self.moon, self.paper = cast.duty("moon", "cell.red"), cast.duty("paper")
        self.assignee = cast.mao.seat.public_id if cast.mao.seat else ""
        self.about = _about(cast)

    def deeds(self, number: int) -> list[Deed]:
        base, moon, paper = self.base, self.moon.public_id, self.paper.public_id
        hour = f"{number % 24:02d}:{number // 24 % 60:02d}"
        meeting = {"title": f"碰头会 {number}", "starts_at": f"2030-06-08T{hour}", "mode": "online"}
        task = {"seat": self.assignee, "title": f"任务 {number}", "due_at": "2030-06-20T00:00"}
        later = (datetime(2030, 6, 1) + timedelta(minutes=number)).isoformat(timespec="minutes")
        finding = {"about": self.about, "title": f"疑问 {number}", "text": "请说明"}
        return [
            ("qin", f"{base}/duties/{moon}/extend/", {"to": later, "reason": "延"}),
            ("qin", f"{base}/desk/remind/{moon}/", {}),
            ("qin", f"{base}/duties/{moon}/link/", {}),
            ("lu", f"{base}/meetings/call/", meeting),
            ("he", f"{base}/meetings/call/", meeting),
            ("lu", f"{base}/tasks/assign/", task),
            ("qin", f"{base}/duties/announce/", {"text": f"通知 {number}"}),
            ("ji", f"{base}/findings/new/", finding | {"severity": "ordinary"}),
            ("tao", f"{base}/duties/{paper}/file/", {"file": png(number), "line1": f"{number}"}),
            ("lu", f"{base}/reports/for/{moon}/start/", {}),
        ]


def _about(cast: Cast) -> str:
    """The signed subject of a finding that the monitor raises on a duty."""
    duty = cast.duty("moon", "cell.blue")
    about = Subject("duties.obligation", duty.public_id, duty.label, duty.path)
    value = {
        "p": cast.programme.public_id,
        "s": [about.kind, about.id, about.label, about.path],
        "g": duty.group.public_id,
    }
    return doors.signing.dumps(value, salt=doors.SALT, compress=True)
