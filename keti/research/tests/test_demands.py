"""What was asked for: counted without telling whose a small count is, answered, and told."""

from itertools import product
from random import Random

import pytest
from django.urls import reverse

from keti.notify.models import Message
from keti.research import queries
from keti.research.actions import Said, change, settle
from keti.research.rules.demands import LEAST, Asked, told
from keti.research.rules.gaps import Point, Rule, gaps
from keti.research.rules.graph import Tie

SIDES = ("large", "small", "")


def asked_of(counts):
    """So many taken up, refused and open of each side."""
    for side, (taken, refused, waiting) in counts.items():
        yield from [Asked(side, taken_up=True)] * taken
        yield from [Asked(side, refused=True)] * refused
        yield from [Asked(side)] * waiting


def test_what_is_taken_up_counts_once_also_where_it_was_refused_before():
    rows, total = told([Asked("large", True, True)] * 3, SIDES)
    assert (rows[0].count, rows[0].taken_up, rows[0].refused, rows[0].open) == (3, 3, 0, 0)
    assert total == 3


def test_few_confidential_ones_do_not_follow_from_the_list_of_the_others():
    """Everybody reads which demands are not confidential, and takes them away from the figures."""
    open_ones = [Asked("large")] * 4
    rows, total = told([*open_ones, Asked("large", confidential=True)], SIDES)
    assert (rows[0].count, total) == (None, None)
    many = [Asked("large", confidential=True)] * 3
    rows, total = told([*open_ones, *many], SIDES)
    assert (rows[0].count, rows[0].open, total) == (7, 7, 7)
    answered = [Asked("large", taken_up=True)] * 3
    one = Asked("large", taken_up=True, confidential=True)
    rows, total = told([*open_ones, *many, *answered, one], SIDES)
    assert (rows[0].count, rows[0].taken_up, total) == (11, None, 11)


def test_no_small_count_follows_from_what_is_shown():
    """Every table that shows the same has one small part that could be another."""
    parts = list(product(range(5), repeat=3))
    dice = Random(3)
    for _round in range(400):
        counts = {side: dice.choice(parts) for side in SIDES}
        rows, total = told(asked_of(counts), SIDES)
        for side, row in zip(SIDES, rows, strict=True):
            whole = sum(counts[side])
            if 0 < whole < LEAST:
                assert (row.count, row.taken_up, total) == (None, None, None)
            elif any(0 < part < LEAST for part in counts[side]):
                assert (row.count, row.taken_up, row.refused, row.open) == (whole, None, None, None)
            else:
                assert (row.taken_up, row.refused, row.open) == counts[side]
        if all(row.count is not None for row in rows):
            assert total == sum(map(sum, counts.values()))


@pytest.mark.parametrize(
    "filled, ties, have",
    [((), (), 0), (("unmet",), (), 1), ((), ("answers",), 1), ((), ("contradicts",), 0)],
)
def test_a_demand_is_answered_by_a_recommendation_or_with_a_reason(filled, ties, have):
    rule = Rule("r", "demand", {"answered": 1})
    points = [Point(1, "demand", frozenset(filled)), Point(2, "recommendation")]
    found = gaps([rule], points, [Tie(9, 2, 1, kind, False) for kind in ties])
    assert [one.have for one in found] == ([] if have else [0])


def said_of(node, **more):
    names = ("title_zh", "title_en", "text_zh", "text_en", "group", "facts", "confidential")
    return Said(node.kind, **{name: getattr(node, name) for name in names} | more)


def test_who_asked_is_told_once_they_can_read_the_answer(chain, cast):
    demand = chain.enter("demand", "要试点", "mao", "cell.red", confidential=True)
    node = chain.enter("recommendation", "设立试点", "lu", "cell.red")
    chain.link(node, demand, "answers", "lu")
    assert not Message.objects.filter(kind="research.answered").exists()
    settle(cast.lu.act(), node=node)
    letter = Message.objects.get(kind="research.answered")
    assert letter.recipient_id == cast.mao.person.public_id
    assert "政策建议1“设立试点”回应" in letter.body


def test_who_asked_is_told_that_it_is_not_taken_up_and_the_mail_says_no_word_of_it(chain, cast):
    demand = chain.enter("demand", "免税", "mao", "cell.red", confidential=True)
    facts = {"unmet": "已有政策覆盖（演示）。"}
    change(cast.lu.act(), node=demand, said=said_of(demand, facts=facts), version=1)
    letter = Message.objects.get(kind="research.answered")
    assert letter.recipient_id == cast.mao.person.public_id
    assert "没有采纳" in letter.body
    assert not any(word in letter.body + letter.subject for word in ("免税", "已有政策"))


def test_the_figures_count_confidential_ones_and_show_who_is_silent(chain, cast):
    for number in range(4):
        chain.enter("demand", f"诉求{number}", "mao", "cell.red", stakeholder="small",
                    confidential=True)  # fmt: skip
    chain.enter("demand", "诉求五", "mao", "cell.red", stakeholder="large")
    rows, total = queries.demands(cast.programme)
    shown = {row.side: (row.count, row.open) for row in rows}
    assert (shown["small"], shown["large"], total) == ((4, 4), (None, None), None)
    page = cast.ji.client.get(reverse("research:figures", args=["cast"])).content.decode()
    assert "不列出" in page and "还没有声音的一方" in page and "用户与公众" in page
    assert "诉求0" not in page and "诉求五" not in page
