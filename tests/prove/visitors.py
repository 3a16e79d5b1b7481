"""People of the cast at the real server: signed in, each form with a key of its own."""

import http.client
from secrets import token_hex
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from keti.kernel.acts import Subject
from keti.monitoring import doors
from tests.cast import Cast, Player

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

    def post(self, path: str, fields: dict[str, Any]) -> int:
        """Send one form; its status. Raises OSError when the server does not answer."""
        sent = {"csrfmiddlewaretoken": TOKEN, "key": token_hex(13), **fields}
        body = encode_multipart(BOUNDARY, sent)
        self.line = self.line or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookie = f"sessionid={self.session}; csrftoken={TOKEN}"
        try:
            self.line.request(
                "POST", path, body, {"Content-Type": MULTIPART_CONTENT, "Cookie": cookie}
            )
            answer = self.line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as gone:
            self.line.close()
            self.line = None
            raise OSError(str(gone)) from gone
        return answer.status


def png() -> SimpleUploadedFile:
    return SimpleUploadedFile("scan.png", PNG, "image/png")


Deed = tuple[str, str, dict[str, Any]]


def ordinary(cast: Cast, number: int) -> list[Deed]:
    """Who sends which form where: what people do all day. `number` makes the texts differ."""
    p = f"/p/{cast.programme.slug}"
    moon, paper = cast.duty("moon", "cell.red"), cast.duty("paper")
    hour = f"{number % 24:02d}:{number // 24 % 60:02d}"
    meeting = {"title": f"碰头会 {number}", "starts_at": f"2030-06-08T{hour}", "mode": "online"}
    task = {
        "seat": cast.mao.seat.public_id if cast.mao.seat else "",
        "title": f"任务 {number}",
        "due_at": "2030-06-20T00:00",
    }
    day = f"2030-{7 + number // 28 % 5:02d}-{1 + number % 28:02d}T{hour}"
    return [
        ("qin", f"{p}/duties/{moon.public_id}/extend/", {"to": day, "reason": f"第 {number} 次"}),
        ("qin", f"{p}/desk/remind/{moon.public_id}/", {}),
        ("qin", f"{p}/duties/{moon.public_id}/link/", {}),
        ("lu", f"{p}/meetings/call/", meeting),
        ("he", f"{p}/meetings/call/", meeting),
        ("lu", f"{p}/tasks/assign/", task),
        ("qin", f"{p}/duties/announce/", {"text": f"通知 {number}"}),
        ("ji", f"{p}/findings/new/", finding(cast, number)),
        ("tao", f"{p}/duties/{paper.public_id}/file/", {"file": png(), "line1": f"{number}"}),
        ("lu", f"{p}/reports/for/{moon.public_id}/start/", {}),
    ]


def finding(cast: Cast, number: int) -> dict[str, str]:
    """The form by which the monitor raises something about a duty."""
    duty = cast.duty("moon", "cell.blue")
    about = Subject("duties.obligation", duty.public_id, duty.label, duty.path)
    value = {
        "p": cast.programme.public_id,
        "s": [about.kind, about.id, about.label, about.path],
        "g": duty.group.public_id,
    }
    signed = doors.signing.dumps(value, salt=doors.SALT, compress=True)
    return {"about": signed, "title": f"疑问 {number}", "text": "请说明", "severity": "minor"}
