"""What the research says: entered, changed, tied, read again, merged and apart, withdrawn."""

from collections.abc import Callable

from keti.research.actions import (
    Said,
    change,
    enter,
    enter_all,
    link,
    merge,
    read_again,
    settle,
    undo_merge,
    unlink,
    withdraw,
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
}
