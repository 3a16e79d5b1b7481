"""Pages of the gates: who sees what of a case, hidden opinions, papers, constant queries."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keti.duties.models import Obligation
from keti.ledger.rules import verify
from keti.review.actions import decide, declare_conflict, give_opinion, open_gate
from keti.review.models import Decision, Gate, Opinion
from keti.review.permissions import sees, visible
from keti.review.tests.bench import PNG, gate, halfway, opened, paper, vote
from tests.cast import seen_by

pytestmark = pytest.mark.django_db
LIST = "/p/cast/reviews/"


def page(player, path):
    return player.client.get(path).content.decode()


def case(cast):
    """The red cell's gate on 2030-05-17: Ren stands aside, Rong voted with a comment."""
    on = opened(cast)
    declare_conflict(cast.ren.act("2030-05-17T08:00"), gate=on, has=True, text="合作过论文。")
    vote(cast, "rong", "approve", on, comment="论证充分。")
    cast.at("2030-05-17T10:00")
    return on


@pytest.mark.parametrize(
    ("who", "status"),
    [("ren", 200), ("lu", 200), ("mao", 200), ("ji", 200), ("gao", 200), ("he", 404),
     ("hua", 404), ("wu", 404)],
)  # fmt: skip
def test_who_sees_the_gate_of_a_cell(cast, who, status):
    on = opened(cast)
    cast.at("2030-05-16T10:00")
    assert cast.players[who].client.get(on.path).status_code == status
    pinned = cast.players[who].client.get(f"{on.path}inputs/1-1/")
    assert pinned.status_code == status


def test_visible_and_sees_agree(cast):
    gates = list(Gate.objects.with_names())
    for player in cast.players.values():
        sight = seen_by(player.seat)
        shown = set(visible(sight, Gate.objects.all()).values_list("pk", flat=True))
        assert shown == {one.pk for one in gates if sees(sight, one)}


def test_a_reviewer_sees_only_the_gates_they_decide(cast):
    cast.at("2030-05-16T10:00")
    text = page(cast.ren, LIST)
    assert text.count("由我决定") == 3
    assert "开题评审" not in text
    assert cast.ren.client.get(gate(cast, "setup@core").path).status_code == 404


def test_a_reviewer_reads_the_pinned_version_and_not_a_later_draft(cast):
    on = opened(cast)
    cast.at("2030-05-16T10:00")
    text = page(cast.ren, f"{on.path}inputs/1-1/")
    assert "成果一。" in text
    assert "第 1 版" in text
    assert cast.ren.client.get(f"{on.path}inputs/1-2/").status_code == 404
    assert cast.ren.client.get(f"{on.path}inputs/1-1/file/").status_code == 404


def test_opinions_are_hidden_until_the_decision(cast):
    on = case(cast)
    for who in ("rui", "qin", "gao", "ji", "lu", "mao", "ren"):
        assert "论证充分。" not in page(cast.players[who], on.path)
    assert "论证充分。" in page(cast.rong, on.path)


def test_nobody_else_learns_before_the_decision_who_has_voted_or_how_many(cast):
    on = opened(cast)
    watching = ("qin", "ji", "gao", "lu", "mao", "ren")
    declare_conflict(cast.rui.act("2030-05-17T09:00"), gate=on, has=False)
    cast.at("2030-05-17T12:00")
    paths = (on.path, "/p/cast/ledger/", "/p/cast/desk/", "/p/cast/")
    before = {(who, path): told(cast.players[who], path) for who in watching for path in paths}
    give_opinion(cast.rui.act("2030-05-17T11:00"), gate=on, verdict="approve", comment="论证充分。")
    for who, path in before:
        if path == "/p/cast/ledger/":
            assert "给出评审意见" not in told(cast.players[who], path)
        else:
            assert told(cast.players[who], path) == before[who, path]
    sealed = cast.ji.client.get("/p/cast/ledger/ledger.jsonl").getvalue().decode().splitlines()
    assert '"sealed":' in sealed[-2]
    assert "芮专家" not in sealed[-2]
    assert verify(sealed) == []


def told(player, path):
    """The page without what differs from one answer to the next."""
    shown = re.sub(r'(value|nonce|CSRFToken)(=|": )"[^"]*"', "", page(player, path))
    return re.sub(r"[\w-]+:[\w-]{6}:[\w-]{43}", "", shown)


def test_whoever_stands_aside_reads_no_opinion_even_afterwards(cast):
    on = case(cast)
    vote(cast, "rui", "approve", on, at="2030-05-17T11:00", comment="同意。")
    decide(cast.qin.act("2030-05-18T09:00"), gate=on, outcome="approve", reasons="材料完整。")
    cast.at("2030-05-18T10:00")
    assert "论证充分。" not in page(cast.ren, on.path)
    assert "材料完整。" in page(cast.ren, on.path)
    for who in ("rong", "qin", "gao"):
        text = page(cast.players[who], on.path)
        assert "论证充分。" in text
        assert "荣专家（演示）（评审人）：通过" in text
    for who in ("lu", "mao"):
        text = page(cast.players[who], on.path)
        assert "论证充分。" in text
        assert "荣专家（演示）（评审人）：通过" not in text


def test_the_page_says_who_stands_aside_and_what_is_missing(cast):
    on = case(cast)
    text = page(cast.qin, on.path)
    assert "本人声明利益冲突" in text
    assert "合作过论文。" in text
    assert "评审意见还没有到齐，或者结论未定，暂不能作出决定。此前份数和内容都不公开。" in text
    assert "合作过论文。" not in page(cast.lu, on.path)


def test_a_conflicted_reviewer_is_offered_no_form_and_is_refused(cast):
    on = case(cast)
    text = page(cast.ren, on.path)
    assert "提交意见" not in text
    assert "记录决定" not in text
    sent = cast.ren.client.post(
        f"{on.path}opinion/", {"o-key": "k", "o-outcome": "approve", "o-comment": "我同意"}
    )
    assert sent.status_code == 422
    assert "须回避，不能提交意见或决定" in sent.content.decode()
    assert Opinion.objects.filter(seat=cast.ren.seat).count() == 0


def test_open_declare_opine_decide_on_the_page(cast):
    halfway(cast)
    cast.at("2030-05-17T10:00")
    on = gate(cast)
    text = page(cast.qin, on.path)
    assert "开启评审" in text
    assert cast.qin.client.post(f"{on.path}open/", {"key": "k1"}).status_code == 302
    for who in ("ren", "rong"):
        client = cast.players[who].client
        first = client.post(f"{on.path}declare/", {"c-key": f"c{who}", "c-has": "no"})
        second = client.post(
            f"{on.path}opinion/", {"o-key": f"o{who}", "o-outcome": "revise", "o-comment": "改。"}
        )
        assert (first.status_code, second.status_code) == (302, 302)
    sent = {"d-key": "d1", "d-outcome": "revise", "d-comment": "补充数据来源。"}
    assert cast.qin.client.post(f"{on.path}decide/", sent).status_code == 302
    assert cast.qin.client.post(f"{on.path}decide/", sent).status_code == 302
    assert Decision.objects.count() == 1
    text = page(cast.lu, on.path)
    assert "修改后再审，待第 2 轮" in text
    assert "补充数据来源。" in text


def test_the_signed_sheet(cast):
    paper(cast)
    on = open_gate(cast.qin.act("2030-03-16T09:00"), gate=gate(cast, "setup@core"))
    cast.at("2030-03-20T10:00")
    sheet = cast.qin.client.get(f"{on.path}sheet/pdf/")
    assert (sheet.status_code, sheet["Content-Type"]) == (200, "application/pdf")
    assert sheet.content.startswith(b"%PDF")
    assert cast.lu.client.get(f"{on.path}sheet/pdf/").status_code == 404
    sent = {
        "d-key": "d1", "d-clear": "on", "d-outcome": "approve", "d-comment": "同意。",
        "d-on_behalf_of": cast.gao.seat.public_id, "d-happened_at": "2030-03-19T15:00",
    }  # fmt: skip
    bare = cast.qin.client.post(f"{on.path}decide/", sent)
    assert bare.status_code == 422
    assert "补录须附凭据" in bare.content.decode()
    assert "同意。" in bare.content.decode()
    scan = SimpleUploadedFile("签批单.png", PNG, "image/png")
    done = cast.qin.client.post(f"{on.path}decide/", {**sent, "d-evidence": scan})
    assert done.status_code == 302
    made = Decision.objects.get()
    assert (made.on_behalf, made.evidence.name) == (True, "签批单.png")
    text = page(cast.gao, on.path)
    assert "代录" in text
    assert cast.gao.client.get(f"{on.path}decision/1/scan/").status_code == 200
    assert cast.lu.client.get(f"{on.path}decision/1/scan/").status_code == 404
    word = cast.lu.client.get(f"{on.path}decision/1/docx/")
    assert word.status_code == 200
    assert cast.lu.client.get(f"{on.path}decision/1/txt/").status_code == 404


def test_the_commissioner_decides_with_one_form(cast):
    paper(cast)
    on = open_gate(cast.qin.act("2030-03-16T09:00"), gate=gate(cast, "setup@core"))
    cast.at("2030-03-20T10:00")
    sent = {"d-key": "d1", "d-outcome": "approve", "d-comment": ""}
    undeclared = cast.gao.client.post(f"{on.path}decide/", sent)
    assert undeclared.status_code == 422
    assert "先作利益冲突声明" in undeclared.content.decode()
    assert cast.gao.client.post(f"{on.path}decide/", {**sent, "d-clear": "on"}).status_code == 302
    late = cast.gao.client.post(f"{on.path}decide/", {**sent, "d-key": "d2"})
    assert late.status_code == 422
    assert "此关口已于" in late.content.decode()


def test_the_page_in_english(cast):
    on = case(cast)
    cast.qin.client.cookies["django_language"] = "en"
    text = page(cast.qin, on.path)
    assert "declared a conflict of interest" in text
    assert "Opinions are missing, or do not settle the outcome yet" in text


def test_from_the_desk_to_the_gate(cast):
    cast.at("2030-05-16T10:00")
    on = gate(cast)
    duty = Obligation.objects.get(gate="half@cell.red")
    led = cast.ren.client.get(f"{LIST}for/{duty.public_id}/")
    assert (led.status_code, led.url) == (302, on.path)
    assert cast.he.client.get(f"{LIST}for/{duty.public_id}/").status_code == 404


def test_the_list_asks_no_more_queries_for_more_gates(cast):
    cast.at("2030-05-16T10:00")
    cast.qin.client.get(LIST)
    with CaptureQueriesContext(connection) as five:
        cast.qin.client.get(LIST)
    Gate.objects.exclude(key="setup@core").delete()
    with CaptureQueriesContext(connection) as one:
        cast.qin.client.get(LIST)
    assert len(one) == len(five)


def test_the_gate_page_asks_no_more_queries_for_more_opinions(cast):
    on = opened(cast)
    vote(cast, "ren", "approve", on)
    vote(cast, "rong", "approve", on)
    cast.at("2030-05-17T12:00")
    cast.qin.client.get(on.path)
    with CaptureQueriesContext(connection) as two:
        cast.qin.client.get(on.path)
    act = cast.rui.act("2030-05-17T12:00")
    declare_conflict(act, gate=on, has=False)
    give_opinion(act, gate=on, verdict="approve")
    with CaptureQueriesContext(connection) as three:
        cast.qin.client.get(on.path)
    assert len(two) == len(three)
    assert len(three) < 50


def test_the_secretary_is_asked_for_whom_an_opinion_is_recorded(cast):
    on = opened(cast)
    cast.at("2030-05-17T10:00")
    text = page(cast.qin, on.path)
    assert "代录评审意见" in text
    assert "记录决定" not in text
    sent = cast.qin.client.post(f"{on.path}declare/", {"c-key": "k", "c-has": "no"})
    assert sent.status_code == 422
    assert "代谁录入" in sent.content.decode()
