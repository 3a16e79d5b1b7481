"""Conflicts of who supplied a case, what a rule demands of it, its pages, who does not see them."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keti.groups.doors import unchanged
from keti.research import queries
from keti.research.actions import (
    Parties,
    answer_approval,
    say_provenance,
    settle,
    withdraw_check,
)
from keti.research.models import CaseApproval, FactCheck
from keti.research.queries import Graph
from keti.research.rules import cases, gaps
from keti.research.rules.cases import Supplied, Unit
from keti.research.rules.graph import Tie
from keti.research.tests.casework import WORDS, ask, check, fresh, refused, rewrite, stand, waiting

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def test_nobody_of_the_units_involved_checks_and_such_a_check_does_not_count(case, cast):
    settle(cast.lu.act(), node=fresh(case.node))
    assert refused(lambda: check(case, "hua")) == "research.check-by-unit-involved"
    check(case, "he")
    parties = Parties(told=cast.hua.seat, supplier=cast.he.seat)
    say_provenance(cast.lu.act(), node=fresh(case.node), parties=parties)
    assert stand(case).check == "involved"
    named = Parties(told=cast.hua.seat, supplier_named=" 纪氏研究所（演示） ")
    say_provenance(cast.lu.act(), node=fresh(case.node), parties=named)
    assert refused(lambda: check(case, "ji")) == "research.check-by-unit-involved"


def test_a_conflict_is_found_by_each_rule_and_told_as_far_as_one_sees(case, chain, cast):
    assert stand(case).conflicts == ()
    parties = Parties(told=cast.hua.seat, supplier=cast.hua.seat)
    say_provenance(cast.mao.act(), node=case.node, parties=parties)
    assert stand(case).conflicts == ("same-unit",)
    gains = Parties(told_named="甲", supplier=cast.hua.seat, gains="yes", how="卖这项产品（演示）")
    say_provenance(cast.mao.act(), node=case.node, parties=gains)
    assert stand(case).conflicts == ("gains",)
    case.parties = Parties(told_named="甲", supplier=cast.hua.seat)
    say_provenance(cast.mao.act(), node=case.node, parties=case.parties)
    demand = chain.enter("demand", "要补贴", "hua", "cell.blue", confidential=True)
    advice = chain.enter("recommendation", "给补贴", "lu", "cell.red")
    settle(cast.lu.act(), node=advice)
    settle(cast.lu.act(), node=fresh(case.node))
    chain.link(advice, demand, "answers")
    chain.link(case.node, advice, "illustrates")
    assert stand(case).conflicts == ("own-demand",)
    assert stand(case, "hua").conflicts == ("own-demand",)
    assert stand(case, "mao").conflicts == (), "who does not see the demand does not hear of it"
    words = "提供单位提出的诉求与本案例关联到同一条政策建议"
    url = reverse("research:node", args=["cast", case.node.public_id])
    assert words in cast.qin.client.get(url).content.decode()
    assert words not in cast.mao.client.get(url).content.decode()
    listed = reverse("research:nodes", args=["cast"])
    assert "利益冲突" in cast.qin.client.get(listed).content.decode()
    assert ">利益冲突<" not in cast.mao.client.get(listed).content.decode()
    sheet = reverse("research:export", args=["cast", "csv"])
    assert words in b"".join(cast.qin.client.get(sheet)).decode()
    assert words not in b"".join(cast.mao.client.get(sheet)).decode()


def test_conflicts_agree_with_looking_at_every_pair():
    """The rule over a graph, against the plain reading of the words."""
    units = [Unit(1, "甲"), Unit(2, "乙"), Unit(None, " 甲 ")]
    kinds = {1: "case", 2: "recommendation", 3: "demand", 4: "recommendation", 5: "demand"}
    ties = [
        Tie(1, 1, 2, "illustrates"), Tie(2, 2, 3, "answers"), Tie(3, 4, 5, "answers"),
        Tie(4, 1, 4, "contradicts"),
    ]  # fmt: skip
    for supplier in units:
        for asker in units:
            for demand in (3, 5):
                supplied = {1: Supplied(supplier, units[1])}
                found = cases.conflicts(supplied, {demand: [asker]}, kinds, ties).get(1, ())
                assert ("own-demand" in found) == (demand == 3 and cases.same(supplier, asker))
                assert ("same-unit" in found) == (supplier is units[1])
    assert cases.same(units[0], units[2]) and not cases.same(None, None)
    assert not cases.same(Unit(None, ""), Unit(None, " "))


# --- gaps


RULES = {"sound": {"each": "case", "needs": ["checked", "approved"], "severity": "error"}}


@pytest.fixture
def asked_for(monkeypatch):
    """The charter asks of every case that it is checked and approved."""
    monkeypatch.setattr(queries, "rules", lambda programme: gaps.rules_of(RULES))


def lacking(cast):
    return {(one.node, one.what) for one in queries.gaps_that_bind(cast.programme)}


def test_a_rule_names_the_case_and_what_it_lacks(case, chain, cast, asked_for):
    node, other = case.node.pk, chain.enter("case", "另一个", "mao", "cell.red").pk
    both = {(other, "checked"), (other, "approved")}
    assert lacking(cast) == both | {(node, "checked"), (node, "approved")}
    one = check(case, "mi", "fails")
    assert (node, "checked") in lacking(cast)
    withdraw_check(cast.mi.act(), check=one, reason="再查。")
    check(case, "mi", "in_part")
    assert lacking(cast) == both | {(node, "approved")}
    answer_approval(cast.hua.act(), approval=ask(case), answer="approved")
    assert lacking(cast) == both
    words = [one.zh for one in queries.gap_sentences(cast.programme)]
    assert words == [
        "研究链还缺：研究案例2缺查证属实或部分属实的事实核查（要 1，现有 0）。",
        "研究链还缺：研究案例2缺所述单位的认可（要 1，现有 0）。",
    ]
    rewrite(case, "又改了。")
    assert lacking(cast) == both | {(node, "checked"), (node, "approved")}
    url = reverse("research:node", args=["cast", case.node.public_id])
    assert "缺所述单位的认可" in cast.mao.client.get(url).content.decode()


# --- pages


def test_units_and_checks_through_the_pages(case, chain, cast):
    source = chain.enter("source", "年报（演示）", "mao", "cell.red")
    node = case.node
    units = reverse("research:provenance", args=["cast", node.public_id])
    shown = cast.mao.client.get(units).content.decode()
    assert "华氏研究所（演示） · 华研究员" in shown and "某外部公司（演示）" in shown
    sent = {"key": "k1", "told": cast.hua.seat.public_id, "supplier_named": "某外部公司（演示）",
            "gains": "yes", "how": ""}  # fmt: skip
    answer = cast.mao.client.post(units, sent)
    assert answer.status_code == 422 and "请写明提供单位有什么利益" in answer.content.decode()
    sent |= {"key": "k2", "how": "卖产品（演示）"}
    assert cast.mao.client.post(units, sent).status_code == 302
    url = reverse("research:check", args=["cast", node.public_id])
    sent = {"key": "k3", "version": 1, "outcome": "holds", "words": WORDS, "day": "2030-03-01",
            "cited": "文献来源9"}  # fmt: skip
    answer = cast.mi.client.post(url, sent)
    assert answer.status_code == 422 and WORDS in answer.content.decode()
    sent |= {"key": "k4", "cited": "文献来源1、"}
    assert cast.mi.client.post(url, sent).status_code == 302
    assert FactCheck.objects.get().cited == [source.public_id]
    page = reverse("research:node", args=["cast", node.public_id])
    settle(cast.lu.act(), node=fresh(node))
    assert WORDS in cast.hua.client.get(page).content.decode()
    assert "年报（演示）" not in cast.hua.client.get(page).content.decode(), "it is a draft of red"
    assert "年报（演示）" in cast.mi.client.get(page).content.decode()
    sheet = b"".join(cast.qin.client.get(reverse("research:export", args=["cast", "csv"])))
    assert "提供单位有利益" in sheet.decode() and ",属实," in sheet.decode()


def test_the_unit_answers_through_the_pages(case, cast):
    node = case.node
    page = reverse("research:node", args=["cast", node.public_id])
    assert cast.hua.client.get(page).status_code == 404
    ask_url = reverse("research:ask_approval", args=["cast", node.public_id])
    assert "华研究员" in cast.mao.client.get(ask_url).content.decode()
    assert cast.mao.client.post(ask_url, {"key": "k5", "version": 1}).status_code == 302
    one = CaseApproval.objects.get()
    desk = cast.hua.client.get(reverse("site:desk", args=["cast"])).content.decode()
    answers = reverse("research:answer_approval", args=["cast", one.public_id])
    assert answers in desk and "去认可" in desk
    assert "原文。" in cast.hua.client.get(page).content.decode()
    assert "原文。" in cast.hua.client.get(answers).content.decode()
    answer = cast.hua.client.post(answers, {"key": "k6", "answer": "changes", "words": ""})
    assert answer.status_code == 422 and "请写明要改什么" in answer.content.decode()
    answer = cast.hua.client.post(answers, {"key": "k7", "answer": "approved"})
    assert answer.status_code == 302
    sheet = b"".join(cast.qin.client.get(reverse("research:export", args=["cast", "csv"])))
    assert ",认可," in sheet.decode()


def test_the_secretariat_records_a_letter_on_the_page(case, cast):
    one = ask(case)
    url = reverse("research:answer_approval", args=["cast", one.public_id])
    sent = {"key": "k1", "answer": "approved", "words": "同意（演示）",
            "on_behalf_of": cast.hua.seat.public_id}  # fmt: skip
    assert cast.qin.client.post(url, sent).status_code == 422
    file = SimpleUploadedFile("复函.pdf", PDF, "application/pdf")
    answer = cast.qin.client.post(url, sent | {"key": "k2", "evidence": file})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    one.refresh_from_db()
    assert one.on_behalf and one.answer == "approved"
    assert cast.he.client.get(url).status_code == 404


def test_a_stranger_a_neighbour_and_an_expert_see_nothing_of_a_confidential_case(chain, cast):
    node = chain.enter("case", "密案（演示）", "mao", "cell.red", confidential=True)
    parties = Parties(told=cast.hua.seat, supplier_named="密商（演示）")
    say_provenance(cast.mao.act(), node=node, parties=parties)
    chain.node, chain.cast = node, cast
    one = check(chain, "lu", words="密查（演示）")
    asked = ask(chain)
    [duty] = waiting(cast, "hua")
    pages = [
        reverse("research:node", args=["cast", node.public_id]),
        *(reverse(f"research:{name}", args=["cast", node.public_id])
          for name in ("provenance", "check", "ask_approval")),
        reverse("research:withdraw_check", args=["cast", one.public_id]),
        reverse("research:answer_approval", args=["cast", asked.public_id]),
        reverse("research:withdraw_approval", args=["cast", asked.public_id]),
    ]  # fmt: skip
    for who in ("mi", "he", "ji", "rong", "fang"):
        for page in pages:
            assert cast.players[who].client.get(page).status_code == 404, (who, page)
            assert cast.players[who].client.post(page, {"key": "x"}).status_code == 404
        for name in ("desk", "ledger"):
            seen = cast.players[who].client.get(reverse(f"site:{name}", args=["cast"]))
            assert duty.title_zh not in seen.content.decode(), (who, name)
    for page in pages:
        assert cast.hua.client.get(page).status_code == 200
    lines = b"".join(cast.ji.client.get(reverse("site:ledger_file", args=["cast"]))).decode()
    kinds = [json.loads(line).get("leaf", {}).get("kind", "") for line in lines.splitlines()]
    assert not [kind for kind in kinds if kind.startswith("research.")]


def test_the_record_holds_no_word_of_a_case(case, cast):
    check(case)
    answer_approval(cast.hua.act(), approval=ask(case), answer="changes", words="改数字。")
    lines = b"".join(cast.qin.client.get(reverse("site:ledger_file", args=["cast"]))).decode()
    for words in (WORDS, "改数字", "某外部公司", "某园区"):
        assert words not in lines and words not in json.dumps(lines)


def test_a_graph_without_cases_asks_nothing(cast, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries.standings(cast.programme, Graph({}, (), {})) == {}


def statements(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_pages_cost_the_same_however_much_stands_behind_cases(case, chain, cast, monkeypatch):
    monkeypatch.setattr(unchanged, "checking", False)
    source = chain.enter("source", "年报（演示）", "mao", "cell.red")
    demand = chain.enter("demand", "要补贴", "he", "cell.blue")
    advice = chain.enter("recommendation", "给补贴", "lu", "cell.red")
    chain.link(advice, demand, "answers")
    chain.link(case.node, advice, "illustrates")
    settle(cast.lu.act(), node=fresh(case.node))
    check(case, "ji", cited=[source])
    one = ask(case)
    pages = [reverse("research:node", args=["cast", case.node.public_id])]
    pages += [reverse(f"research:{name}", args=["cast"]) for name in ("nodes", "research")]
    pages += [
        reverse(f"research:{name}", args=["cast", case.node.public_id])
        for name in ("provenance", "check", "ask_approval")
    ]
    pages += [reverse("research:answer_approval", args=["cast", one.public_id])]
    clients = (cast.qin.client, cast.hua.client)
    few = [statements(client, url) for client in clients for url in pages]
    for number in range(4):
        check(case, ("he", "gao", "tao", "fang")[number], cited=[source])
        more = chain.enter("case", f"案例{number}", "mao", "cell.red")
        parties = Parties(told=cast.he.seat, supplier=cast.he.seat)
        say_provenance(cast.mao.act(), node=more, parties=parties)
        chain.link(more, advice, "illustrates")
        settle(cast.lu.act(), node=fresh(more))
    assert [statements(client, url) for client in clients for url in pages] == few
    assert max(few) <= 15, few
