"""Rules read the old dialect without a table of what was read before."""

import pytest

from keti.documents.rules import tree
from keti.documents.rules.written import MARKED


@pytest.fixture(autouse=True)
def _rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tree.READERS, MARKED, tree.marked)
