"""A chain of a few nodes in the small programme of the tests."""

import pytest

from keti.research.actions import Parties, Said, enter, link, say_provenance


class Chain:
    """Nodes entered and linked by the players of the cast."""

    def __init__(self, cast):
        self.cast = cast

    def enter(self, kind, title, by="qin", group=None, **more):
        said = Said(kind, title, group=self.cast.group(group) if group else None, **more)
        return enter(self.cast.players[by].act(), programme=self.cast.programme, said=said)

    def link(self, first, second, kind="rests_on", by="qin"):
        return link(self.cast.players[by].act(), first=first, second=second, kind=kind)


@pytest.fixture
def chain(cast):
    return Chain(cast)


@pytest.fixture
def case(chain, cast):
    """A draft of the red cell by Mao: it tells of Hua's unit (of the blue cell), supplied by a unit
    outside."""
    chain.node = chain.enter("case", "某园区案例（演示）", "mao", "cell.red", text_zh="原文。")
    chain.parties = Parties(told=cast.hua.seat, supplier_named="某外部公司（演示）")
    say_provenance(cast.mao.act(), node=chain.node, parties=chain.parties)
    return chain
