"""What the research says: entered, changed, tied, read again, merged and apart, withdrawn."""

from collections.abc import Callable
from datetime import date

from keti.research.actions import (
    Became,
    Found,
    Parties,
    Said,
    answer_approval,
    ask_approval,
    assess,
    change,
    check_facts,
    enter,
    enter_all,
    link,
    merge,
    read_again,
    say_provenance,
    say_uptake,
    settle,
    undo_merge,
    unlink,
    verify_uptake,
    withdraw,
    withdraw_approval,
    withdraw_check,
    withdraw_uptake,
)
from tests.cast import Cast


def a_chain(cast: Cast) -> None:
    """A finding rests on a source that changes; it is read again; two sources are one, and two."""
    act, programme = cast.qin.act, cast.programme
    finding = enter(act(), programme=programme, said=Said("finding", "甲发现"))
    many = [Said("source", "来源甲"), Said("source", "来源乙")]
    source, other = enter_all(act(), programme=programme, many=many)
    tie = link(act(), first=finding, second=source, kind="rests_on")
    changed = Said("source", "来源甲", text_zh="更正。")
    source = change(act(), node=source, said=changed, version=1)
    tie = read_again(act(), link=tie)
    other = undo_merge(act(), node=merge(act(), node=other, into=source))
    settle(act(), node=finding)
    unlink(act(), link=tie)
    withdraw(act(), node=other, reason="重复。")


def a_map(cast: Cast) -> None:
    """A cell of the map is assessed."""
    act, programme = cast.qin.act, cast.programme
    edges = [Said("jurisdiction", "甲地（演示）"), Said("business_model", "虚拟展厅")]
    side, head = enter_all(act(), programme=programme, many=edges)
    said = Said("assessment", "", facts={"state": "unclear", "as_of": "2030-03-01"})
    assess(act(), programme=programme, key="chart", side=side, head=head, said=said)


def what_became(cast: Cast) -> None:
    """A recommendation is addressed to a ministry; what became of it is said, found true by the
    other and withdrawn."""
    act, programme = cast.qin.act, cast.programme
    node = enter(act(), programme=programme, said=Said("recommendation", "建议甲"))
    ministry = enter(act(), programme=programme, said=Said("addressee", "某部（演示）"))
    link(act(), first=node, second=ministry, kind="addresses")
    node = settle(act(), node=node)
    settle(act(), node=ministry)
    day = date(2030, 1, 2)
    became = Became("acknowledged", day, evidence="来函（演示）")
    one = say_uptake(act(), recommendation=node, addressee=ministry, became=became)
    verify_uptake(cast.ji.act(), uptake=one)
    withdraw_uptake(act(), uptake=one, reason="函件是另一件事。")


def behind_a_case(cast: Cast) -> None:
    """A case tells of a unit of the other cell; its facts are checked, its unit approves; both are
    withdrawn, one after a change of the case."""
    act, programme = cast.mao.act, cast.programme
    said = Said("case", "案例甲", group=cast.group("cell.red"))
    node = enter(act(), programme=programme, said=said)
    parties = Parties(told=cast.hua.seat, supplier_named="某外部公司（演示）")
    say_provenance(act(), node=node, parties=parties)
    found = Found("holds", "对照年报（演示）", date(2030, 3, 1))
    check = check_facts(cast.mi.act(), node=node, version=1, found=found)
    one = ask_approval(act(), node=node, version=1)
    one = answer_approval(cast.hua.act(), approval=one, answer="approved")
    withdraw_check(cast.mi.act(), check=check, reason="看错了年份。")
    withdraw_approval(cast.hua.act(), approval=one, reason="批错了。")


RESEARCHING: dict[Callable[[Cast], None], set[str]] = {
    a_chain: {
        "research.change",
        "research.enter",
        "research.enter_all",
        "research.link",
        "research.merge",
        "research.read_again",
        "research.settle",
        "research.undo_merge",
        "research.unlink",
        "research.withdraw",
    },
    a_map: {"research.assess"},
    behind_a_case: {
        "research.answer_approval",
        "research.ask_approval",
        "research.check_facts",
        "research.say_provenance",
        "research.withdraw_approval",
        "research.withdraw_check",
    },
    what_became: {
        "research.say_uptake",
        "research.verify_uptake",
        "research.withdraw_uptake",
    },
}
