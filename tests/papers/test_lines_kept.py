"""A new line is a new line wherever it was typed and however it is read: page, PDF, Word."""

import html
import io
import re
import zipfile

import pytest
from django.test import Client
from pypdf import PdfReader

from keti.intake.models import Call
from keti.intake.tests.scene import published
from keti.meetings.actions import MinutesFacts, plan_meeting, record_minutes
from keti.reports.tests.conftest import Desk
from tests.cast import Cast, local

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TYPED = """1、走访三个县
2、写出初稿，约60万~100万字
先看材料
再定日期
一、分工
（1）甲写前言
① 乙写附录"""
BARE = ["".join(one.split()) for one in TYPED.split("\n")]


def of_page(page: str) -> list[str]:
    """The lines a page shows: what stands in one element, or before a break."""
    parts = re.split(r"</?(?:p|li|h\d|ul|ol|div)\b[^>]*>|<br\s*/?>", page)
    return [html.unescape(re.sub("<[^>]+>", "", one)).strip() for one in parts]


def of_pdf(data: bytes) -> list[str]:
    pages = PdfReader(io.BytesIO(data)).pages
    return [one.strip() for page in pages for one in page.extract_text().splitlines()]


def of_word(data: bytes) -> list[str]:
    """Paragraphs, each part of one before a break by itself."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
    parts = re.split(r"</w:p>|<w:br\s*/>", body)
    return [html.unescape(re.sub("<[^>]+>", "", one)).strip() for one in parts]


def report(cast: Cast) -> tuple[Client, str]:
    cast.at("2030-04-28T10:00")
    return cast.lu.client, Desk(cast).submitted(snags=TYPED).path


def minutes(cast: Cast) -> tuple[Client, str]:
    cast.at("2030-04-08T10:00")
    duty = cast.duty("talk", "cell.red")
    starts = local("2030-04-11T14:00")
    met = plan_meeting(cast.lu.act(), obligation=duty, starts_at=starts, place="三号会议室")
    cast.at("2030-04-11T17:00")
    facts = MinutesFacts(TYPED, {cast.lu.seat: "present"}, [])
    return cast.lu.client, record_minutes(cast.lu.act(), meeting=met, minutes=facts).path


def call(cast: Cast) -> tuple[Client, str]:
    made = published(cast)
    row = {one.attname: getattr(made, one.attname) for one in Call._meta.concrete_fields}
    row |= {"id": None, "public_id": "typed", "number": "通知9", "body_zh": TYPED}
    again = Call.objects.create(**row | {"obligation_id": cast.duty("gather").pk})
    return Client(), again.path


@pytest.mark.parametrize("where", [report, minutes, call])
def test_every_line_is_a_line_by_itself(cast: Cast, where) -> None:
    client, path = where(cast)
    found = {"page": of_page(client.get(path).content.decode())}
    found["pdf"] = of_pdf(client.get(f"{path}pdf/").content)
    found["word"] = of_word(client.get(f"{path}docx/").content)
    for how, lines in found.items():
        kept = ["".join(one.split()) for one in lines]  # a PDF has blanks between the scripts
        assert [one for one in kept if one in BARE] == BARE, how
