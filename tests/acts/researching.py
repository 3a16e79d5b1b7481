"""What the research says: entered, changed, tied, read again, merged and apart, withdrawn."""

from collections.abc import Callable
from datetime import date

from keti.research.actions import (
    Became,
    Said,
    change,
    enter,
    enter_all,
    link,
    merge,
    read_again,
    say_uptake,
    settle,
    undo_merge,
    unlink,
    verify_uptake,
    withdraw,
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
    what_became: {
        "research.say_uptake",
        "research.verify_uptake",
        "research.withdraw_uptake",
    },
}
