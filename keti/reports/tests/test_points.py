"""A report goes back with points; the next version answers each of them."""

import pytest

from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.reports.actions import hand_in_by_file, return_report, send_back, submit_report
from keti.reports.models import Report, Version
from keti.reports.rules import Answer, points_of
from tests.cast import Cast

from .conftest import Desk

POINTS = ["数字请注明出处。", "说明案例的年份。"]
ASKED = [{"text": POINTS[0], "of": 1}, {"text": POINTS[1], "of": 1}]
SAID = [
    {"text": POINTS[0], "of": 1, "done": True, "note": ""},
    {"text": POINTS[1], "of": 1, "done": False, "note": "资料没有年份。"},
]


def returned(cast: Cast, desk: Desk) -> Report:
    version = desk.submitted()
    return return_report(cast.fang.act(), report=version.report, reason="请修改。", points=POINTS)


def test_points_are_the_lines_of_the_box_and_blank_ones_are_none() -> None:
    assert points_of(" 一、改题目 \n\n  二、补表\r\n") == ["一、改题目", "二、补表"]
    assert points_of(" \n") == []


def test_a_version_is_not_handed_in_while_a_point_has_no_answer(cast: Cast, desk: Desk) -> None:
    report = returned(cast, desk)
    assert report.points == ASKED
    line = Entry.objects.get(kind="reports.report.returned")
    assert line.content["facts"]["points"] == POINTS
    half = Answer(done=True)
    for answers, missing in (((), "1、2"), ((half,), "2"), ((half, Answer(note=" ")), "2")):
        with pytest.raises(Refused) as refused:
            submit_report(cast.lu.act(), report=report, answers=answers)
        assert refused.value.facts["numbers"] == missing
    assert Version.objects.count() == 1
    said = (half, Answer(note="资料没有年份。"))
    version = submit_report(cast.lu.act(), report=report, answers=said)
    assert (version.number, version.points) == (2, SAID)
    assert Report.objects.get().points is None
    # without points nothing has to be answered, and the version is another one
    again = return_report(cast.fang.act(), report=version.report, reason="再改。")
    assert submit_report(cast.lu.act(), report=again).points is None
    assert len({one.sha256 for one in Version.objects.all()}) == 3


def test_a_file_answers_the_points_too(cast: Cast, desk: Desk) -> None:
    duty, file = returned(cast, desk).obligation, desk.file("lu")
    with pytest.raises(Refused) as refused:
        hand_in_by_file(cast.lu.act(), obligation=duty, file=file, handed=desk.handed())
    assert refused.value.code == "reports.point-unanswered"
    said = (Answer(done=True), Answer(done=True))
    version = hand_in_by_file(
        cast.lu.act(), obligation=duty, file=file, handed=desk.handed(), answers=said
    )
    assert [one["done"] for one in version.points or ()] == [True, True]


def test_too_many_points_are_refused_and_the_report_stays(cast: Cast, desk: Desk) -> None:
    version = desk.submitted()
    with pytest.raises(Refused) as refused:
        return_report(cast.fang.act(), report=version.report, reason="改。", points=["改"] * 51)
    assert refused.value.code == "reports.too-many-points"
    assert Report.objects.get().state == "submitted"


def test_a_gate_that_sends_back_leaves_open_points_open(cast: Cast, desk: Desk) -> None:
    report = returned(cast, desk)
    back = send_back(cast.qin.act(), report=report, reason="评审意见见纪要。")
    assert (back.reason, back.points) == ("评审意见见纪要。", ASKED)
    with pytest.raises(Refused):
        submit_report(cast.lu.act(), report=back)


def test_points_on_the_pages_of_reader_and_writer(cast: Cast, desk: Desk) -> None:
    report = desk.submitted().report
    typed = {"reason": "请修改。", "points": "\n".join(POINTS), "key": "k1"}
    assert cast.fang.client.post(f"{report.path}return/", typed).status_code == 302
    where = f"{report.path}submit/"
    for page in (report.path, f"{report.path}edit/", where):
        text = cast.lu.client.get(page).content.decode()
        assert [one for one in POINTS if one not in text] == [], page
    page = cast.lu.client.post(where, {"key": "k2", "pd0": "on", "pn1": " "})
    assert page.status_code == 422 and page.context["form"]["pd0"].value() is True
    assert "第 2 条要点还没有答复" in page.content.decode()
    said = {"key": "k2", "pd0": "on", "pn1": "资料没有年份。"}
    assert [cast.lu.client.post(where, said).status_code for _ in range(2)] == [302, 302]
    text = cast.fang.client.get(report.path).content.decode()
    assert "对退回要点的答复" in text and "资料没有年份。" in text
    assert Version.objects.get(number=2).points == SAID
