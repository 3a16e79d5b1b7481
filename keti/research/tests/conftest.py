"""A chain of a few nodes in the small programme of the tests."""

import pytest

from keti.research.actions import Said, enter, link


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
