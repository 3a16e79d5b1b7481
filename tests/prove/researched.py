"""A programme whose research has five thousand nodes and twenty thousand links: what each of its
pages asks of the database and costs beside a bare view of a hundred rows, anew and kept; and how
long it takes to find what is suspect.

Statements are asserted; times are printed, for a busy machine makes everything dearer.
`python -m tests.prove.researched`, or `tools/with-postgres` before it.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.bare import bare
from keti.groups.doors import unchanged
from keti.research import queries
from keti.research.enums import Share, Stakeholder, UptakeState
from keti.research.models import Edition, Link, Node, Uptake
from keti.research.rules import graph, kinds
from keti.research.rules.matrix import MATRICES
from tests.cast import Cast
from tests.house.most import MOST_STATEMENTS
from tests.twin.crawl import Visitor

MANY = {
    "goal": 50, "scenario": 450, "challenge": 500, "demand": 600, "case": 600, "source": 1050,
    "finding": 1000, "direction": 200, "element": 250, "recommendation": 250, "addressee": 50,
}  # fmt: skip
NODES, LINKS, UPTAKES = sum(MANY.values()), 20_000, 1_000
AGAIN = 5


def filled(cast: Cast, dice: Random) -> None:
    """All of it, written in bulk: a fiftieth confidential, a tenth drafts, a hundredth stale."""
    groups = [cast.group(key) for key in ("core", "cell.red", "cell.blue")]
    owners = [cast.fang.seat, cast.mao.seat, cast.hua.seat]
    made = [
        _node(cast, kind, number, groups[at], owners[at], dice)
        for kind, count in MANY.items()
        for number in range(1, count + 1)
        for at in [dice.randrange(len(groups))]
    ]
    Node.objects.bulk_create(made, 500)
    Edition.objects.bulk_create(
        [
            Edition(programme=cast.programme, node=one, seat=one.owner, by=cast.qin.person,
                    at=cast.moment, **one.says())
            for one in made
        ],
        500,
    )  # fmt: skip
    _link(cast, made, dice)
    _became(cast, made, dice)


def _node(cast: Cast, kind: str, number: int, group: Any, owner: Any, dice: Random) -> Node:
    facts = {one.key: _said(one, dice) for one in kinds.kind_of(kind).fields}
    sides = Stakeholder.values if kind == kinds.DEMAND else [""]
    node = Node(
        programme=cast.programme, kind=kind, number=number, group=group, owner=owner,
        title_zh=f"{kind}之{number}（演示）", title_en=f"{kind} {number} (demo)",
        text_zh="这一段说明它从哪里来、说了什么、还有哪些没有弄清楚（演示）。" * 8,
        stakeholder=dice.choice(sides), facts=facts, confidential=dice.random() < 0.02,
        status="draft" if dice.random() < 0.1 else "settled", made_at=cast.moment,
        changed_at=cast.moment,
    )  # fmt: skip
    node.fp = graph.fingerprint(kind, [node.title_zh, node.text_zh], facts, True)
    return node


def _said(one: kinds.Field, dice: Random) -> str:
    if one.choices:
        return dice.choice([*one.choices])
    if one.shape == kinds.LINK:
        return "https://example.org/"
    if one.shape == kinds.DAY:
        return "2029-12-01"
    return f"所写的第{dice.randrange(300)}种情况（演示）"


def _link(cast: Cast, made: list[Node], dice: Random) -> None:
    """Each node tied to what stands before it in the chain, as it is mostly tied."""
    pairs = set()
    while len(pairs) < LINKS:
        first, second = sorted(dice.sample(range(NODES), 2), reverse=True)
        pairs.add((first, second))
    rows = [
        Link(programme=cast.programme, first=made[first], second=made[second],
             kind=kinds.kind_of(made[first].kind).lead,
             first_fp=made[first].fp if dice.random() > 0.01 else "then",
             second_fp=made[second].fp, seat=cast.qin.seat, made_at=cast.moment,
             read_by=cast.qin.person, read_at=cast.moment)
        for first, second in sorted(pairs)
    ]  # fmt: skip
    Link.objects.bulk_create(rows, 500)


def _became(cast: Cast, made: list[Node], dice: Random) -> None:
    advice, offices = ([one for one in made if one.kind == kind]
                       for kind in (kinds.RECOMMENDATION, kinds.ADDRESSEE))  # fmt: skip
    rows = [
        Uptake(programme=cast.programme, recommendation=dice.choice(advice),
               addressee=dice.choice(offices), state=state, day=cast.moment.date(),
               share=Share.COINCIDES if state in (UptakeState.PARTLY, UptakeState.ADOPTED) else "",
               evidence="来函（演示）", seat=cast.qin.seat, by=cast.qin.person, at=cast.moment)
        for _n in range(UPTAKES)
        for state in [dice.choice(UptakeState.values)]
    ]  # fmt: skip
    Uptake.objects.bulk_create(rows, 500)


def pages(cast: Cast) -> Iterator[str]:
    """Every page of the room that is only read, and the forms that know the graph."""
    for name in ("research", "nodes", "figures", "gaps", "uptakes"):
        yield reverse(f"research:{name}", args=["cast"])
    yield reverse("research:nodes", args=["cast"]) + "?kind=finding&sort=title"
    for kind in ("finding", "recommendation"):
        yield _of("node", kind)
    yield from (_of(name, "finding") for name in ("link", "merge", "change"))
    for name, one in MATRICES.items():
        yield reverse("research:matrix", args=["cast", name])
        if not one.by_links:
            head = "finding" if one.head == "kind" else "none"
            yield reverse("research:cell", args=["cast", name, "none", head])
    yield reverse("research:cell", args=["cast", "recommendation-evidence", "1", "1"])


def _of(name: str, kind: str) -> str:
    """The page of a settled node that everybody reads, the one with most links."""
    found = Node.objects.filter(kind=kind, status="settled", confidential=False)
    ties = Link.objects.values_list("first_id", flat=True)
    often = {key: 0 for key in found.values_list("pk", flat=True)}
    for key in ties:
        if key in often:
            often[key] += 1
    most = max(often, key=lambda key: often[key])
    return reverse(f"research:{name}", args=["cast", Node.objects.get(pk=most).public_id])


def paid(do: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """Milliseconds of the processor in this process, the middle of a few: no wait for others."""
    spent = []
    for _n in range(AGAIN):
        before()
        began = time.process_time()
        do()
        spent.append((time.process_time() - began) * 1000)
    return statistics.median(spent)


def yardstick() -> float:
    """What the bare view costs, through a handler with nothing around it."""
    with override_settings(MIDDLEWARE=[], ROOT_URLCONF="bench.bare"):
        handler = BaseHandler()
        handler.load_middleware()
        request = Visitor(None).requests.get("/")
        request.urlconf = "bench.bare"
        assert bare(request).status_code == 200
        return paid(lambda: handler.get_response(request))


def anew() -> None:
    """What was reckoned for a page before is forgotten, as after a line of the record."""
    unchanged._kept.clear()


def asked(visitor: Visitor, path: str) -> int:
    anew()
    with CaptureQueriesContext(connection) as statements:
        answer = visitor.get(path)
    assert answer.status_code == 200, path
    return len(statements)


@pytest.mark.prove
def test_pages_of_a_large_research_keep_their_statements(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "checking", False)
    filled(cast, Random(5))
    connection.cursor().execute("ANALYZE")
    print(f"\n{connection.vendor}: {NODES} nodes, {LINKS} links, {UPTAKES} uptakes")
    seen = queries.whole(cast.programme)
    reckoned = paid(lambda: graph.suspects(seen.ties))
    read = paid(lambda: queries.whole(cast.programme))
    print(f"suspects: {len(seen.suspects)} in {reckoned:.1f} ms; the graph read in {read:.0f} ms")
    dearest = {}
    for who in ("qin", "hua"):
        visitor = Visitor(cast.players[who].client)
        for path in pages(cast):
            visitor.get(path)
            statements, unit = asked(visitor, path), yardstick()
            first = paid(lambda visitor=visitor, path=path: visitor.get(path), anew)
            kept = paid(lambda visitor=visitor, path=path: visitor.get(path))
            spent = f"anew {first:.0f} ms = {first / unit:.1f} ×, kept {kept:.0f} ms"
            print(
                f"{who} {path[:60]:60} {statements:3} st. {spent} = {kept / unit:.1f} ×",
                flush=True,
            )
            dearest[who, path] = statements
    assert {one: count for one, count in dearest.items() if count > MOST_STATEMENTS} == {}


def main(arguments: list[str]) -> int:
    """All pages; 0 when none asks more than a page may."""
    return int(pytest.main([__file__, "-q", "-s", *arguments]))
