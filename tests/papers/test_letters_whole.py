"""What is written comes out of letters and calendars as it was written, sign for sign: read here
by the mail and calendar readers of others, and calendars once more by hand."""

import re
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import cast as seen_as
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMessage as Sent
from icalendar import Calendar

from keti.documents.tests.test_rules_typed import HAN, made
from keti.kernel.acts import Text
from keti.kernel.texts import one_line
from keti.meetings.rules import Event, ics
from keti.notify.channels.smtp.digest import gathered
from keti.notify.channels.smtp.packing import _alone
from keti.notify.models import Message
from keti.notify.rules import Mailbox, invitation
from keti.notify.rules.feed import Appointment, DueDate, calendar

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2030, 4, 1, 9, tzinfo=ZONE)
SHORT, LONG = 40, 10_000
TITLE = 200
"""No title is longer."""
HARD = [
    "From 甲 to 乙\n.\n..\n. 一句\n-- \n=20=E4=B8=AD=\n=",
    f"{HAN * 60}\n{'a' * 2400}\n{'x ' * 700}",
    "👩‍🔬🇨🇳👍🏽 㐂𠮷豈\ufe00 e\u0301 café ｆｕｌｌ",
    'a;b,c:d\\n\\,\\;"e"\\\\N^n^^^\'\nSUMMARY:x\nEND:VEVENT\n X',
    "　　首行缩进\n\t制表\t格\n行尾空格  \n\n\n三个空行之后",
    '=?utf-8?b?5Lit?= Re: Fwd: <a@b.c>, (x) "y" %41 &amp; <b>',
    "一" * 75 + "，" + "二" * 24 + "😀" * 30,
]


def texts(count: int) -> list[str]:
    """Hard ones, and so many as people type."""
    return [*HARD, *(made(seed).strip("\n") for seed in range(count))]


def letter(subject: str, body: str) -> Message:
    """A letter as its room wrote it, not stored."""
    return Message(subject=subject, body=body, language="zh-hans", created_at=AT)


def received(mail: Sent) -> EmailMessage:
    """What a mail program reads of it."""
    data = mail.message().as_bytes(linesep="\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 998
    return seen_as(EmailMessage, message_from_bytes(data, policy=policy.default))


def said(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


class Words(HTMLParser):
    """Each paragraph and heading of a page, in its own words."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("p", "h2", "h3"):
            self.parts.append((tag, ""))

    def handle_data(self, data: str) -> None:
        if self.parts:
            tag, words = self.parts.pop()
            self.parts.append((tag, words + data))


def by_hand(data: bytes, within: str = "VEVENT") -> dict[str, str]:
    """The names and texts of the one event of a calendar, by RFC 5545 and nothing else."""
    for line in data.split(b"\r\n"):
        assert len(line) <= 75, line
    unfolded = re.sub(rb"\r\n[ \t]", b"", data).decode()
    inside = unfolded.partition(f"BEGIN:{within}\r\n")[2].partition(f"\r\nEND:{within}")[0]
    found = {}
    for line in inside.split("\r\n"):
        name, _colon, value = line.partition(":")
        plain = re.sub(r"\\(.)", lambda one: {"n": "\n", "N": "\n"}.get(one[1], one[1]), value)
        found[name] = plain
    return found


def event(data: bytes) -> dict[str, str]:
    """The same by a library."""
    (one,) = Calendar.from_ical(data).walk("VEVENT")
    return {name: str(one[name]) for name in ("SUMMARY", "LOCATION", "DESCRIPTION") if name in one}


def come_out(some: list[str]) -> None:
    """Every text through a letter, a digest and each calendar."""
    for text in some:
        title = one_line(text)
        assert "\n" not in title
        mail = received(_alone(letter(text[:TITLE], text), "a@example.org"))
        assert mail["subject"] == one_line(text[:TITLE])
        assert said(mail, "plain").removesuffix("\n") == text
        told = {"SUMMARY": title, "LOCATION": title}
        where = Event("u", text, AT, text, text, "https://example.org/a", 1, AT, False)
        for data, wanted in (
            (ics(where), told | {"DESCRIPTION": text}),
            (asked_to(text).encode(), told),
            (calendar(text, [DueDate("u", text, AT, 1, False, ZONE)], AT), {"SUMMARY": title}),
        ):
            assert event(data) == wanted
            assert {name: by_hand(data)[name] for name in wanted} == wanted
        assert by_hand(calendar(text, [], AT), "VCALENDAR")["X-WR-CALNAME"] == title


def asked_to(text: str) -> str:
    what = Appointment("u", text, AT, 1, False, ZONE, text)
    box = Mailbox(text, "a@example.org")
    return invitation(what, organiser=box, guest=box, stamp=AT)


def in_a_digest(some: list[str], programme: object) -> None:
    """Many texts in one letter, in both its parts."""
    messages = [
        Message(pk=number, public_id=f"m{number}", programme=programme, subject=text, body=text,
                path="/p/cast/", language="zh-hans", created_at=AT)
        for number, text in enumerate(some, start=1)
    ]  # fmt: skip
    mail = received(gathered(messages, None))
    plain, page = said(mail, "plain"), Words()
    page.feed(said(mail, "html"))
    heads = [words for tag, words in page.parts if tag == "h3"]
    bodies = [words for tag, words in page.parts if tag == "p"][: len(some)]
    assert heads == [one_line(text) for text in some]
    assert bodies == [text.strip() for text in some]
    at = 0
    for text in some:
        whole = f"■ {one_line(text)}\n{text.strip()}\n"
        assert whole in plain[at:]
        at = plain.index(whole, at) + len(whole)


def test_a_text_comes_out_of_letters_and_calendars_as_it_was_written() -> None:
    come_out(texts(SHORT))


def test_and_out_of_a_digest(cast) -> None:
    in_a_digest(texts(SHORT), cast.programme)


def test_a_title_of_several_lines_is_one_line() -> None:
    mail = received(_alone(letter("甲\n\tBcc: x@example.org\r\n乙", "文"), "a@example.org"))
    assert mail["subject"] == "甲 \tBcc: x@example.org 乙".replace(" \t", " ")
    assert mail["bcc"] is None


def test_an_invitation_names_people_as_they_are_written() -> None:
    box = Mailbox('钱 "小"; 某, 乙:丙', "a@example.org")
    what = Appointment("u", Text("会", "m").in_("zh"), AT, 1, False, ZONE)
    data = invitation(what, organiser=box, guest=box, stamp=AT)
    (one,) = Calendar.from_ical(data).walk("VEVENT")
    assert one["ATTENDEE"].params["CN"] == "钱 小; 某, 乙:丙"


@pytest.mark.prove
@pytest.mark.parametrize("share", range(10))
def test_ten_thousand_texts(share: int, cast) -> None:
    size = LONG // 10
    some = [made(seed).strip("\n") for seed in range(share * size, (share + 1) * size)]
    come_out(some)
    for start in range(0, size, 100):
        in_a_digest(some[start : start + 100], cast.programme)
