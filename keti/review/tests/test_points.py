"""What a gate asks for point by point when it returns a report: entered, sent, answered, shown."""

import pytest

from keti.ledger.models import Entry
from keti.reports.actions import submit_report
from keti.reports.models import Report, Version
from keti.reports.rules import Answer, numbered
from keti.review.actions import decide, declare_conflict, open_gate
from keti.review.models import Decision
from keti.review.tests.bench import opened, refused, vote
from keti.review.tests.test_pages import page

pytestmark = pytest.mark.django_db
POINTS = ["补充案例。", "注明数据来源。"]
TYPED = "总体可行，须修改。\n1. 补充案例。\n2. 注明数据来源。"


def voted(cast, verdict="revise"):
    on = opened(cast)
    for who in ("ren", "rong"):
        vote(cast, who, verdict, on)
    cast.at("2030-05-18T09:00")
    return on


def sent_back(cast):
    on = voted(cast)
    act = cast.qin.act("2030-05-18T09:00")
    decide(act, gate=on, outcome="revise", reasons="总体可行。\n须修改。", points=POINTS)
    return on


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (TYPED, POINTS),
        ("1、补充案例。2、注明数据来源。", POINTS),
        ("（1）补充案例。\n（2）注明数据来源。", POINTS),
        ("投入共 1.5 亿，\n2.3 节重复。", []),
        ("1. 只有一条。", []),
        ("", []),
    ],
)
def test_a_text_numbers_its_own_points(text, found):
    assert numbered(text) == found


def test_numbered_words_are_laid_into_the_box_once_and_sent_with_the_report(cast):
    on = voted(cast)
    sent = {"d-key": "d1", "d-outcome": "revise", "d-comment": TYPED}
    shown = cast.qin.client.post(f"{on.path}decide/", sent)
    assert (shown.status_code, Decision.objects.count()) == (422, 0)
    form = shown.context["decide"]
    assert (form["points"].value(), form["comment"].value()) == ("\n".join(POINTS), TYPED)
    assert "文字里编了号的已列在这里" in shown.content.decode()
    more = {"d-lifted": form["lifted"].value(), "d-points": form["points"].value()}
    for _ in range(2):
        assert cast.qin.client.post(f"{on.path}decide/", sent | more).status_code == 302
    assert Decision.objects.get().points == POINTS
    assert [one["text"] for one in Report.objects.get().points] == POINTS


def test_who_clears_the_box_asks_for_no_points(cast):
    on = voted(cast)
    sent = {"d-key": "d1", "d-outcome": "revise", "d-comment": TYPED, "d-lifted": "on"}
    assert cast.qin.client.post(f"{on.path}decide/", sent).status_code == 302
    assert (Decision.objects.get().points, Report.objects.get().points) == (None, None)


def test_numbered_words_of_an_approval_are_left_alone(cast):
    on = voted(cast, "approve")
    sent = {"d-key": "d1", "d-outcome": "approve", "d-comment": TYPED}
    assert cast.qin.client.post(f"{on.path}decide/", sent).status_code == 302


def test_points_with_an_outcome_that_returns_nothing_are_refused_with_what_was_typed(cast):
    on = voted(cast, "approve")
    act = cast.qin.act("2030-05-18T09:00")
    why = refused(lambda: decide(act, gate=on, outcome="approve", points=POINTS))
    assert why.code == "review.points-need-a-return"
    sent = {"d-key": "d1", "d-outcome": "approve", "d-comment": "好。", "d-points": "改一处。"}
    shown = cast.qin.client.post(f"{on.path}decide/", sent)
    assert shown.status_code == 422
    assert "改一处。" in shown.content.decode()
    assert Decision.objects.count() == 0


def test_the_next_version_answers_the_points_and_the_reviewers_read_how(cast):
    on = sent_back(cast)
    report = Report.objects.get()
    assert report.reason == "总体可行。\n须修改。"
    line = Entry.objects.get(kind="review.gate.decided")
    assert line.content["facts"]["points"] == POINTS
    for path in (on.path, report.path, f"{report.path}edit/", f"{report.path}submit/"):
        text = page(cast.lu, path)
        assert [one for one in POINTS if one not in text] == [], path
    assert '<p class="next">须修改。' in page(cast.lu, report.path)
    why = refused(lambda: submit_report(cast.lu.act("2030-05-20T09:00"), report=report))
    assert why.code == "reports.point-unanswered"
    said = (Answer(done=True), Answer(note="资料没有来源。"))
    submit_report(cast.lu.act("2030-05-20T09:20"), report=report, answers=said)
    assert [one["done"] for one in Version.objects.get(number=2).points] == [True, False]
    open_gate(cast.qin.act("2030-05-21T09:00"), gate=on)
    declare_conflict(cast.ren.act("2030-05-21T10:00"), gate=on, has=False)
    text = page(cast.ren, f"{on.path}inputs/2-1/")
    assert "对退回要点的答复" in text
    assert "资料没有来源。" in text


def test_the_last_round_offers_no_points(cast):
    on = sent_back(cast)
    said = (Answer(done=True), Answer(done=True))
    submit_report(cast.lu.act("2030-05-20T09:20"), report=Report.objects.get(), answers=said)
    open_gate(cast.qin.act("2030-05-21T09:00"), gate=on)
    for who in ("ren", "rong"):
        vote(cast, who, "approve", on, at="2030-05-21T11:00")
    cast.at("2030-05-22T09:00")
    shown = cast.qin.client.get(on.path)
    assert "points" not in shown.context["decide"].fields


def test_the_frozen_paper_is_offered_to_who_reads_it_and_closed_to_who_is_barred(cast):
    on = opened(cast)
    declare_conflict(cast.ren.act("2030-05-17T08:00"), gate=on, has=True, text="合作过论文。")
    cast.at("2030-05-17T10:00")
    where = f"{on.path}inputs/1-1/"
    assert f'href="{where}docx/"' in page(cast.rong, where)
    assert f'href="{where}pdf/"' in page(cast.rong, where)
    for who, status in (("rong", 200), ("lu", 200), ("ren", 404), ("he", 404), ("hua", 404)):
        for form in ("pdf", "docx"):
            assert cast.players[who].client.get(f"{where}{form}/").status_code == status, who
    assert cast.rong.client.get(f"{where}txt/").status_code == 404
