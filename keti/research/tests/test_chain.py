"""Nodes entered, changed, tied, read again and merged; who may, who sees; the pages."""

import json
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keti.groups.doors import unchanged
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.research import permissions, queries
from keti.research.actions import (
    Said,
    change,
    enter,
    enter_all,
    merge,
    read_again,
    settle,
    undo_merge,
    unlink,
    withdraw,
)
from keti.research.models import Edition, Link, Node
from keti.research.rules import graph
from tests.cast import seen_by


def refused(do):
    with pytest.raises(Refused) as found:
        do()
    return found.value.code


def fresh(node):
    return Node.objects.with_names().get(pk=node.pk)


def said_of(node, **more):
    names = ("title_zh", "title_en", "text_zh", "text_en", "group", "facts", "confidential")
    return Said(node.kind, **{name: getattr(node, name) for name in names} | more)


def edit(cast, node, text, by="qin"):
    node = fresh(node)
    return change(
        cast.players[by].act(), node=node, said=said_of(node, text_zh=text), version=node.version
    )


def test_a_node_is_entered_changed_settled_withdrawn_and_every_version_stays(chain, cast):
    node = chain.enter("challenge", "平台责任不清", "mao", "cell.red")
    assert (node.number, node.status, node.owner) == (1, "draft", cast.mao.seat)
    edit(cast, node, "改写。", "mao")
    settle(cast.lu.act(), node=fresh(node))
    withdraw(cast.lu.act(), node=fresh(node), reason="重复。")
    rows = Edition.objects.filter(node=node).values_list("version", "status")
    assert list(rows) == [(1, "draft"), (2, "draft"), (3, "settled"), (4, "withdrawn")]
    again = edit(cast, node, "又成立。")
    assert again.status == "draft" and again.version == 5
    words = [str(one.content) for one in Entry.objects.filter(subject_id=node.public_id)]
    assert len(words) == 5 and not any("平台责任" in one for one in words)


def test_who_may_enter_and_where(chain, cast):
    assert refused(lambda: chain.enter("goal", "目标", "mao")) == "research.whole-is-the-leads"
    assert refused(lambda: chain.enter("goal", "目标", "mao", "cell.blue")) == (
        "research.not-your-group"
    )
    assert refused(lambda: chain.enter("goal", "目标", "ji", "core")) == "research.not-your-group"
    assert refused(lambda: chain.enter("nonsense", "甲")) == "research.no-such-kind"
    assert refused(lambda: chain.enter("goal", "  ")) == "research.say-a-title"
    wrong = {"facts": {"severity": "awful"}}
    assert refused(lambda: chain.enter("challenge", "甲", **wrong)) == "research.no-such-choice"
    assert chain.enter("goal", "", "fang", title_en="A goal").title_zh == "A goal"


def test_others_neither_change_nor_settle(chain, cast):
    node = chain.enter("challenge", "甲", "mao", "cell.red")
    assert refused(lambda: edit(cast, node, "乙", "hua")) == "research.not-yours"
    assert refused(lambda: settle(cast.mao.act(), node=node)) == ("research.only-the-lead-settles")
    assert refused(lambda: withdraw(cast.mi.act(), node=node, reason="x")) == "research.not-yours"


def test_two_who_change_at_once_lose_nothing(chain, cast):
    node = chain.enter("challenge", "甲")
    edit(cast, node, "一")
    said = said_of(node, text_zh="二")
    stale = refused(lambda: change(cast.qin.act(), node=fresh(node), said=said, version=1))
    assert stale == "research.changed-meanwhile"
    same = fresh(node)
    assert refused(
        lambda: change(cast.qin.act(), node=same, said=said_of(same), version=same.version)
    ) == "research.nothing-changed"  # fmt: skip
    assert Edition.objects.filter(node=node).count() == 2


def test_what_changes_makes_suspect_what_rests_on_it_until_read_again(chain, cast):
    source, finding = chain.enter("source", "统计"), chain.enter("finding", "发现")
    advice, case = chain.enter("recommendation", "建议"), chain.enter("case", "案例")
    low, high = chain.link(finding, source), chain.link(advice, finding)
    chain.link(case, finding, "illustrates")
    assert queries.whole(cast.programme).suspects == set()
    edit(cast, source, "数字更正。")
    assert queries.whole(cast.programme).suspects == {finding.pk, advice.pk}
    read_again(cast.qin.act(), link=low)
    assert queries.whole(cast.programme).suspects == set()
    assert refused(lambda: read_again(cast.qin.act(), link=low)) == "research.not-suspect"
    withdraw(cast.qin.act(), node=fresh(source), reason="撤稿。")
    assert queries.whole(cast.programme).suspects == {finding.pk, advice.pk}
    assert refused(lambda: read_again(cast.qin.act(), link=low)) == "research.does-not-stand"
    unlink(cast.qin.act(), link=low)
    assert queries.whole(cast.programme).suspects == set()
    assert refused(lambda: unlink(cast.qin.act(), link=low)) == "research.unlinked-already"
    assert Link.objects.get(pk=high.pk).ended_at is None


def test_links_that_make_no_sense_are_refused(chain, cast):
    one, other = chain.enter("finding", "甲"), chain.enter("source", "乙")
    assert refused(lambda: chain.link(one, one)) == "research.linked-to-itself"
    assert refused(lambda: chain.link(one, other, "likes")) == "research.no-such-link"
    chain.link(one, other)
    assert refused(lambda: chain.link(one, other)) == "research.linked-already"
    assert refused(lambda: chain.link(one, other, by="mao")) == "research.no-such-node"


def totals(programme):
    """How many nodes, links and words there are, whatever is read as what."""
    nodes = Node.objects.filter(programme=programme).order_by("pk")
    return (
        list(nodes.values_list("pk", "fp", "version")),
        list(Link.objects.order_by("pk").values_list("first", "second", "first_fp", "second_fp")),
        Edition.objects.count(),
    )


@pytest.mark.parametrize("seed", range(3))
def test_merging_and_its_undoing_lose_nothing(chain, cast, seed):
    dice = Random(seed)
    nodes = [chain.enter("challenge", f"挑战{n}") for n in range(5)]
    sources = [chain.enter("source", f"来源{n}") for n in range(3)]
    for node in nodes:
        chain.link(node, dice.choice(sources))
    before, seen = totals(cast.programme), queries.whole(cast.programme)
    standing, gone = list(nodes), []
    for _ in range(4):
        one = standing.pop(dice.randrange(len(standing)))
        merge(cast.qin.act(), node=fresh(one), into=fresh(dice.choice(standing)))
        gone.append(one)
        merged = queries.whole(cast.programme)
        assert len(merged.ties) == 5 and merged.counts["challenge"] == len(standing)
        assert totals(cast.programme) == before
    dice.shuffle(gone)
    for one in gone:
        undo_merge(cast.qin.act(), node=fresh(one))
    after = queries.whole(cast.programme)
    assert totals(cast.programme) == before
    assert (after.ties, after.suspects, after.counts) == (seen.ties, seen.suspects, seen.counts)


def test_what_is_merged_is_read_as_the_other_and_its_links_want_reading(chain, cast):
    one, other = chain.enter("challenge", "名一"), chain.enter("challenge", "名二")
    way = chain.enter("direction", "方向")
    tie = chain.link(way, one, "addresses")
    merge(cast.qin.act(), node=one, into=other)
    seen = queries.whole(cast.programme)
    assert [(row.first, row.second, row.stale) for row in seen.ties] == [(way.pk, other.pk, True)]
    read_again(cast.qin.act(), link=tie)
    assert queries.whole(cast.programme).suspects == set()
    assert refused(lambda: edit(cast, one, "改")) == "research.merged-cannot-change"
    assert refused(lambda: merge(cast.qin.act(), node=other, into=fresh(other))) == (
        "research.merge-one-kind"
    )
    assert refused(lambda: undo_merge(cast.qin.act(), node=fresh(other))) == "research.not-merged"


def test_a_secret_is_not_told_by_merging(chain, cast):
    secret = chain.enter("demand", "保密诉求", confidential=True)
    open_one = chain.enter("demand", "公开诉求")
    assert refused(lambda: merge(cast.qin.act(), node=secret, into=open_one)) == (
        "research.merge-would-tell"
    )


def readers(cast, node):
    found = set()
    for name, player in cast.players.items():
        sight = seen_by(player.seat) if player.seat else None
        rule = permissions.visible(sight, Node.objects.all()).filter(pk=node.pk).exists()
        assert rule == permissions.sees(sight, fresh(node)), name
        found |= {name} if rule else set()
    return found


def test_who_sees_a_draft_a_settled_one_and_a_confidential_one(chain, cast):
    draft = chain.enter("challenge", "草", "mao", "cell.red")
    assert readers(cast, draft) == {"mao", "mi", "lu", "qin", "ji", "gao"}
    settle(cast.lu.act(), node=draft)
    assert readers(cast, draft) == {*cast.players} - {"wu"}
    secret = chain.enter("demand", "密", "mao", "cell.red", confidential=True)
    assert readers(cast, secret) == {"mao", "lu", "qin"}
    settle(cast.lu.act(), node=secret)
    assert readers(cast, secret) == {"mao", "lu", "qin"}


def test_a_secret_demand_fills_no_gap_and_no_count_of_who_may_not_see_it(chain, cast):
    advice = chain.enter("recommendation", "建议", group="cell.red")
    settle(cast.qin.act(), node=advice)
    secret = chain.enter("demand", "密", "mao", "cell.red", confidential=True)
    chain.link(advice, secret, "answers", by="qin")
    edit(cast, secret, "又改")
    mine, others = (queries.graph_of(seen_by(one.seat)) for one in (cast.lu, cast.hua))
    assert mine.suspects == {advice.pk} and mine.counts["demand"] == 1
    assert others.suspects == set() and others.counts["demand"] == 0 and others.ties == ()
    page = cast.hua.client.get(reverse("research:node", args=["cast", advice.public_id]))
    assert page.status_code == 200 and "密" not in page.content.decode().replace("保密", "")
    gone = cast.hua.client.get(reverse("research:node", args=["cast", secret.public_id]))
    assert gone.status_code == 404


def test_what_the_charter_demands_and_a_node_lacks(chain, cast):
    advice = chain.enter("recommendation", "建议", facts={"instrument": "law"})
    finding = chain.enter("finding", "发现")
    chain.link(advice, finding)
    found = {(one.node, one.what, one.want - one.have) for one in
             queries.gaps_that_bind(cast.programme)}  # fmt: skip
    assert found == {(advice.pk, "addressee", 1), (finding.pk, "source", 2)}
    for n in range(2):
        chain.link(finding, chain.enter("source", f"来源{n}", facts={"publisher": f"社{n}"}))
    chain.link(advice, chain.enter("addressee", "主管部门"), "addresses")
    assert queries.gaps_that_bind(cast.programme) == []


def test_sent_twice_is_done_once(chain, cast):
    said = Said("goal", "目标")
    act = cast.qin.act(key="one")
    assert enter(act, programme=cast.programme, said=said) == enter(
        act, programme=cast.programme, said=said
    )
    many = [Said("goal", "甲"), Said("challenge", "乙"), Said("goal", "丙")]
    act = cast.qin.act(key="two")
    made = enter_all(act, programme=cast.programme, many=many)
    assert [(one.kind, one.number) for one in made] == [
        ("goal", 2), ("challenge", 1), ("goal", 3)
    ]  # fmt: skip
    assert enter_all(act, programme=cast.programme, many=many) == made
    assert Node.objects.count() == 4
    assert refused(lambda: enter_all(cast.qin.act(), programme=cast.programme, many=[])) == (
        "research.nothing-to-enter"
    )


def test_the_database_keeps_versions_and_ends(chain, cast):
    node, other = chain.enter("finding", "甲"), chain.enter("source", "乙")
    tie = chain.link(node, other)
    unlink(cast.qin.act(), link=tie)
    for table, what in (
        ("edition", "title_zh = 'x'"), ("node", "number = 9"), ("link", "ended_at = NULL"),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE research_{table} SET {what}")


def test_the_pages_from_entering_to_a_gap_closed(chain, cast):
    client = cast.lu.client
    new = reverse("research:new", args=["cast", "recommendation"])
    red = cast.group("cell.red").public_id
    words = {"key": "k1", "title_zh": "完善<b>规则</b>", "group": red, "instrument": "law"}
    sent = client.post(new, words)
    advice = Node.objects.get()
    assert sent.status_code == 302 and sent.url == reverse(
        "research:node", args=["cast", advice.public_id]
    )
    page = client.get(sent.url).content.decode()
    assert "完善&lt;b&gt;规则" in page and "缺建议对象：要 1，现有 0" in page
    chain.enter("addressee", "主管部门", "lu", "cell.red")
    tie = reverse("research:link", args=["cast", advice.public_id])
    bad = client.post(tie, {"key": "k2", "kind": "addresses", "second": "建议对象9"})
    assert bad.status_code == 422 and "没有找到这一条" in bad.content.decode()
    assert client.post(
        tie, {"key": "k3", "kind": "addresses", "second": "建议对象1 主管部门"}
    ).status_code == 302  # fmt: skip
    page = client.get(sent.url).content.decode()
    assert "缺建议对象" not in page and "主管部门" in page


def test_a_change_is_seen_read_again_and_stands_in_the_matrix(chain, cast):
    client, red = cast.lu.client, cast.group("cell.red").public_id
    advice = chain.enter("recommendation", "建议", "lu", "cell.red")
    to = chain.enter("addressee", "主管部门", "lu", "cell.red")
    row = chain.link(advice, to, "addresses", "lu")
    edited = reverse("research:change", args=["cast", to.public_id])
    form = {"key": "k4", "title_zh": "主管部门乙", "group": red, "version": "1"}
    assert client.post(edited, form).status_code == 302
    overview = client.get(reverse("research:research", args=["cast"])).content.decode()
    assert "政策建议" in overview
    read = reverse("research:read", args=["cast", row.public_id])
    shown = reverse("research:node", args=["cast", advice.public_id])
    assert "存疑" in client.get(shown).content.decode()
    assert client.post(read, {"key": "k5"}).status_code == 302
    assert queries.whole(cast.programme).suspects == graph.suspects([])
    gaps = client.get(reverse("research:gaps", args=["cast"])).content.decode()
    assert "研究发现：要 1" in gaps and "卢组长" in gaps
    matrix = reverse("research:matrix", args=["cast", "addressee-recommendation"])
    shown = client.get(matrix).content.decode()
    cell = reverse("research:cell", args=["cast", "addressee-recommendation", "1", "1"])
    assert cell in shown and "主管部门乙" in client.get(cell).content.decode()
    sheet = reverse("research:matrix_export", args=["cast", "addressee-recommendation"])
    assert client.get(sheet).content[:2] == b"PK"


def test_a_stranger_sees_no_page(chain, cast):
    node = chain.enter("goal", "目标")
    for name, args in (("research", []), ("nodes", []), ("gaps", []), ("node", [node.public_id])):
        address = reverse(f"research:{name}", args=["cast", *args])
        assert cast.wu.client.get(address).status_code == 404


def upload(client, text, key="k"):
    address = reverse("research:import", args=["cast", "challenge"])
    file = SimpleUploadedFile("挑战.csv", text.encode(), "text/csv")
    return client.post(address, {"key": key, "group": "", "file": file})


def test_a_sheet_says_what_it_did_not_take(chain, cast):
    chain.enter("challenge", "已有的")
    text = (
        "第三组汇总表,,,\n标题,严重程度,层级,电话\n平台责任,高,政府,1\n已有的,低,,2\n,低,,3\n"
        "甲,很高,,4\n 平台责任 ,,,5\n"
    )
    page = upload(cast.qin.client, text).content.decode()
    made = Node.objects.exclude(title_zh="已有的").get()
    assert (made.title_zh, made.level, made.facts) == (
        "平台责任", "government", {"severity": "high"}
    )  # fmt: skip
    for words in ("录入了 1 条", "同名的已经有了", "没有标题", "不是这一列可以填的选项", "电话"):
        assert words in page, words
    again = upload(cast.qin.client, text, "k2")
    assert again.status_code == 422 and Node.objects.count() == 2
    empty = cast.qin.client.get(reverse("research:template", args=["cast", "challenge"]))
    assert empty.content[:2] == b"PK"


def statements(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_pages_cost_the_same_however_much_hangs_on_a_node(chain, cast, monkeypatch):
    monkeypatch.setattr(unchanged, "checking", False)
    client, finding = cast.qin.client, chain.enter("finding", "发现")
    chain.link(finding, chain.enter("source", "来源"))
    chain.link(chain.enter("recommendation", "建议"), finding)
    pages = [
        reverse("research:node", args=["cast", finding.public_id]),
        reverse("research:research", args=["cast"]),
        reverse("research:gaps", args=["cast"]),
        reverse("research:matrix", args=["cast", "recommendation-evidence"]),
        reverse("research:cell", args=["cast", "recommendation-evidence", "1", "1"]),
    ]
    few = [statements(client, one) for one in pages]
    for n in range(6):
        chain.link(finding, chain.enter("source", f"来源{n}"))
        chain.link(chain.enter("recommendation", f"建议{n}"), finding)
    assert [statements(client, one) for one in pages] == few
    assert max(few) <= 15, few


def told_of(cast, who):
    """The kinds of line about the research that somebody reads in the record, as a file."""
    answer = getattr(cast, who).client.get(reverse("site:ledger_file", args=["cast"]))
    lines = map(json.loads, b"".join(answer).decode().splitlines())
    found = [one["leaf"]["kind"] for one in lines if "leaf" in one]
    return sorted(kind for kind in found if kind.startswith("research."))


def test_the_record_tells_of_confidential_nodes_who_sees_them_alone(chain, cast):
    """A fingerprint in a line lets words be tried that can be guessed."""
    node = chain.enter("challenge", "甲", "hua", "cell.blue")
    secret = chain.enter("case", "密", "mao", "cell.red", confidential=True)
    chain.link(node, secret)
    programme, group = cast.programme, cast.group("cell.red")
    many = [Said("case", f"{n}", group=group, confidential=n > 0) for n in range(2)]
    enter_all(cast.lu.act(), programme=programme, many=many)
    assert told_of(cast, "ji") == ["research.node.entered"]
    assert told_of(cast, "qin") == [
        "research.linked",
        "research.node.entered",
        "research.node.entered",
        "research.nodes.entered",
    ]
    page = cast.ji.client.get(reverse("site:ledger", args=["cast"])).content.decode()
    assert "治理挑战 1" in page and "研究案例" not in page
