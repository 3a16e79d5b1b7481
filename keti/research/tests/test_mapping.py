"""The map of what may be done where: assessed, read by another, out of date; who sees."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keti.documents.rules.sheet import read_xlsx
from keti.kernel.refusals import Refused
from keti.research import queries
from keti.research.actions import Said, assess, change, enter, merge, settle, unlink, withdraw
from keti.research.models import Edition, Link, Node
from keti.research.rules import mapping
from keti.research.rules.graph import Tie

MAP = {"state": "conditional", "instrument": "某办法第三条（演示）", "as_of": "2030-02-20",
       "conditions": "先备案。", "confidence": "high"}  # fmt: skip
UNSURE = {"state": "unclear", "as_of": "2030-02-20"}


class Edges:
    """A map of two jurisdictions and two models, settled."""

    def __init__(self, chain, cast):
        self.chain, self.cast = chain, cast
        names = {
            "jurisdiction": ("甲地（演示）", "乙地（演示）"),
            "business_model": ("虚拟展厅", "数字藏品"),
        }
        self.of = {
            kind: [chain.enter(kind, title, "qin") for title in titles]
            for kind, titles in names.items()
        }
        for nodes in self.of.values():
            for node in nodes:
                settle(cast.qin.act(), node=node)

    def assess(self, side=0, head=0, by="qin", group=None, key="chart", act=None, **facts):
        said = Said("assessment", "", group=self.cast.group(group) if group else None, facts=facts)
        return assess(
            act or self.cast.players[by].act(), programme=self.cast.programme, key=key,
            side=self.of["jurisdiction"][side], head=self.of["business_model"][head], said=said,
        )  # fmt: skip


@pytest.fixture
def edges(chain, cast):
    return Edges(chain, cast)


def refused(do):
    with pytest.raises(Refused) as found:
        do()
    return found.value.code


def shown(cast, who, page="map", *more):
    address = reverse(f"research:{page}", args=["cast", "chart", *more])
    return cast.players[who].client.get(address)


def test_a_cell_is_assessed_read_by_another_changed_and_read_again(edges, cast):
    one = edges.assess(by="lu", group="cell.red", **MAP)
    assert (one.status, one.title_zh) == ("draft", "甲地（演示） · 虚拟展厅")
    assert Link.objects.filter(first=one, kind="part_of", ended_at=None).count() == 2
    assert refused(lambda: settle(cast.lu.act(), node=one)) == "research.assessed-by-oneself"
    settle(cast.qin.act(), node=one)
    one = Node.objects.with_names().get(pk=one.pk)
    said = Said("assessment", one.title_zh, group=one.group, facts=MAP | {"state": "barred"})
    one = change(cast.lu.act(), node=one, said=said, version=2, reason="新规出台。")
    assert one.status == "draft"
    assert refused(lambda: settle(cast.lu.act(), node=one)) == "research.assessed-by-oneself"
    assert settle(cast.qin.act(), node=one).status == "settled"
    rows = Edition.objects.filter(node=one).values_list("status", "facts__state")
    assert list(rows) == [
        ("draft", "conditional"), ("settled", "conditional"), ("draft", "barred"),
        ("settled", "barred"),
    ]  # fmt: skip


def test_what_does_not_hold_is_refused_at_its_field(edges, cast):
    for facts, code in (
        ({}, "no-state"),
        (MAP | {"as_of": ""}, "no-day"),
        (MAP | {"as_of": "2030-02-30"}, "no-day"),
        (MAP | {"as_of": "2030-03-02"}, "later-day"),
        (MAP | {"instrument": " "}, "no-instrument"),
        (MAP | {"conditions": ""}, "no-conditions"),
    ):
        assert refused(lambda facts=facts: edges.assess(**facts)) == f"research.assessment-{code}"
    assert refused(lambda: edges.assess(**MAP | {"state": "bright"})) == "research.no-such-choice"
    assert refused(lambda: edges.assess(key="halfway", **MAP)) == "research.no-such-map"
    bare = Said("assessment", "甲", facts=MAP)
    assert (
        refused(lambda: enter(cast.qin.act(), programme=cast.programme, said=bare))
        == "research.assess-on-the-map"
    )
    sides, heads = edges.of.values()
    edges.of = {"jurisdiction": heads, "business_model": sides}
    assert refused(lambda: edges.assess(**MAP)) == "research.not-on-the-map"
    assert not Node.objects.filter(kind="assessment").exists()


def test_a_cell_holds_one_assessment_and_is_free_when_it_is_withdrawn(edges, cast):
    act = cast.qin.act(key="once")
    one = edges.assess(act=act, **UNSURE)
    assert edges.assess(act=act, **UNSURE) == one
    assert refused(lambda: edges.assess(**MAP)) == "research.assessed-already"
    assert edges.assess(head=1, **MAP) != one
    withdraw(cast.qin.act(), node=one, reason="写错格子。")
    assert edges.assess(**MAP).number == 3


def test_who_does_not_see_a_draft_is_shown_that_nobody_assessed_it(edges, cast):
    one = edges.assess(by="lu", group="cell.red", **MAP)
    place = [edges.of[kind][0].number for kind in ("jurisdiction", "business_model")]
    for who, sees in (("lu", True), ("mao", True), ("qin", True), ("hua", False), ("he", False)):
        page = shown(cast, who).content.decode()
        assert ("有条件开展</span></span> 1" in page, "未研判</span></span> 3" in page) == (
            sees,
            sees,
        ), who
        assert ("某办法" in shown(cast, who, "map_cell", *place).content.decode()) is sees, who
        assert (one.public_id in shown(cast, who, "map_changes").content.decode()) is sees, who
    settle(cast.qin.act(), node=one)
    page = shown(cast, "hua").content.decode()
    assert "有条件开展</span></span> 1" in page and "未研判</span></span> 3" in page


def test_the_page_says_what_is_old_unread_split_and_in_no_cell(edges, cast):
    old = edges.assess(**UNSURE | {"as_of": "2029-08-30"})
    page = " ".join(shown(cast, "qin").content.decode().split())
    assert "1 格超过半年没有核对。" in page and "1 格还没有第二个人复核。" in page
    fresh = edges.assess(side=1, **MAP)
    merge(cast.qin.act(), node=edges.of["jurisdiction"][1], into=edges.of["jurisdiction"][0])
    page = shown(cast, "qin").content.decode()
    assert "两条研判不一致" in page and "未研判</span></span> 1" in page
    assert "1 格有两条研判，互相矛盾。" in page
    unlink(cast.qin.act(), link=Link.objects.filter(first=fresh).first())
    for link in Link.objects.filter(first=fresh, ended_at=None):
        unlink(cast.qin.act(), link=link)
    page = shown(cast, "qin").content.decode()
    assert "不在任何格子里的研判" in page and fresh.public_id in page
    assert "两条研判不一致" not in page and old.path not in page


@pytest.mark.parametrize("name", ["map", "map_export", "map_changes"])
def test_the_pages_cost_the_same_however_much_is_assessed(edges, cast, name):
    def asked():
        with CaptureQueriesContext(connection) as found:
            assert shown(cast, "qin", name).status_code == 200
        return len(found)

    edges.assess(**UNSURE)
    asked()  # what is prepared once is prepared
    edges.assess(head=1, **MAP)
    few = asked()
    for head in (0, 1):
        edges.assess(side=1, head=head, **MAP)
    assert asked() == few <= 15


def test_the_form_keeps_what_was_typed_and_is_safe_twice(edges, cast):
    place = [edges.of[kind][0].number for kind in ("jurisdiction", "business_model")]
    address = reverse("research:map_cell", args=["cast", "chart", *place])
    hostile = {"key": "k1", "state": "allowed", "instrument": "<script>x</script>", "as_of": ""}
    wrong = cast.qin.client.post(address, hostile | {"group": ""})
    assert wrong.status_code == 422
    assert "请写明截至哪一天" in wrong.content.decode()
    assert "&lt;script&gt;x" in wrong.content.decode()
    for _ in range(2):
        sent = cast.qin.client.post(address, hostile | {"group": "", "as_of": "2030-02-01"})
        assert sent.status_code == 302 and sent["Location"] == address
    page = cast.qin.client.get(address).content.decode()
    assert Node.objects.filter(kind="assessment").count() == 1 and "<script>x" not in page
    assert cast.wu.client.get(address).status_code == 404
    assert cast.qin.client.get(address.replace("chart", "halfway")).status_code == 404


def test_the_sheet_has_every_cell_and_says_which_nobody_assessed(edges, cast):
    edges.assess(**MAP)
    edges.assess(side=1, head=1, **UNSURE)
    rows = read_xlsx(shown(cast, "qin", "map_export").content)
    assert [row[2] for row in rows] == ["研判结论", "有条件开展", "未研判", "未研判", "尚不明确"]
    assert rows[1][3:] == ["某办法第三条（演示）", "", "2030-02-20", "先备案。", "高", "未复核"]


def test_a_map_the_charter_declares_is_a_kind_of_its_own(cast):
    one = queries.maps(cast.programme)["chart"]
    assert [*one.states] == ["allowed", "conditional", "barred", "unclear"]
    said = {"title": one.title, "dims": ["street", "hour"], "cells": ["bright", "dim"]}
    other = mapping.maps_of({"m": said})
    kinds = {kind.key: kind for kind in mapping.with_maps((), other.values())}
    assert [*kinds] == ["street", "hour", "assessment"]
    assert [*kinds["assessment"].fields[0].choices] == ["bright", "dim"]


def test_cells_and_totals_equal_brute_force():
    rng = Random(7)
    one = mapping.Map("m", None, "a", "b", {})
    for _ in range(60):
        kinds = {key: rng.choice(["a", "b", "assessment", "assessment"]) for key in range(20)}
        ties = [Tie(n, *rng.sample(range(20), 2), "part_of") for n in range(60)]
        ends = mapping.ends_of(kinds, ties, one)
        for key, (side, head) in ends.items():
            tied = {tie.second for tie in ties if tie.first == key}
            assert {side, head} <= tied and (kinds[side], kinds[head]) == ("a", "b")
            assert kinds[key] == "assessment"
        both = {
            key for key, kind in kinds.items() if kind == "assessment"
            and {"a", "b"} <= {kinds[tie.second] for tie in ties if tie.first == key}
        }  # fmt: skip
        assert ends.keys() == both
        said = {key: {"state": rng.choice("xyz")} for key in ends}
        cells = mapping.placed(ends, said, frozenset(), date(2030, 1, 1))
        for place, cell in cells.items():
            states = {said[key]["state"] for key in cell.keys}
            assert set(cell.keys) == {key for key, at in ends.items() if at == place}
            assert (cell.state, cell.split) == (
                (states.pop(), False) if len(states) == 1 else ("", True)
            )
        counted = mapping.totals(cells, 400)
        assert counted[""] == 400 - len(cells)
        assert sum(counted.values()) == 400 - sum(cell.split for cell in cells.values())


def test_half_a_year_after_its_day_it_is_old():
    day = date(2030, 1, 31)
    facts = {"as_of": day.isoformat()}
    assert not mapping.stale(facts, day + timedelta(days=182))
    assert mapping.stale(facts, day + timedelta(days=183))
    assert not mapping.stale({}, day)
