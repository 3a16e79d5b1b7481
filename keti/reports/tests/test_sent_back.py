"""The page of a duty says why it is owed again, to whoever may read what was handed in."""

import pytest
from django.urls import reverse

from keti.reports.actions import return_report, submit_report
from keti.reports.rules import Answer
from tests.cast import Cast

from .conftest import Desk

pytestmark = pytest.mark.django_db
REASON = "数据不足。\n请补第二章。"
POINTS = ["第二章补来源", "表 1 的单位写明"]


def test_the_duty_of_a_returned_report_says_why_and_asks_what(cast: Cast, desk: Desk) -> None:
    report = desk.written()
    page = reverse("duties:duty", args=["cast", report.obligation.public_id])
    submit_report(cast.lu.act(), report=report)
    assert "退回理由" not in cast.lu.client.get(page).content.decode()
    return_report(cast.qin.act(), report=report, reason=REASON, points=POINTS)
    own = cast.lu.client.get(page).content.decode()
    story = own[own.index("<h2>经过</h2>") :]
    story = story[: story.index("</ol>")]
    assert f" · {REASON}</li>" in story and story.count("<li>") == 3
    asked = "".join(f"<li>{one}</li>" for one in POINTS)
    assert f"退回理由</dt><dd><p>{REASON}</p>\n      <ol>{asked}</ol></dd>" in own
    for other in (cast.he, cast.hua):
        answer = other.client.get(page)
        seen = answer.content.decode()
        assert "退回理由" not in seen and "第二章" not in seen, other
    submit_report(cast.lu.act(), report=report, answers=[Answer(done=True)] * 2)
    assert "退回理由" not in cast.lu.client.get(page).content.decode()
