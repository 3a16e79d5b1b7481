"""A charter with other ids, other dates or fewer groups is still the same programme."""

from __future__ import annotations

from collections import Counter

import pytest

from keti.charter.rules import Compiled, load
from keti.charter.tests.small import NOTICE, STANDARD
from tests.charter_tools import fewer_groups, renamed, shifted


def compiled(text: str) -> Compiled:
    found, findings = load(text, "strange.yaml")
    assert [one.as_text("en") for one in findings if one.severity != "note"] == []
    assert found is not None
    return found


def shape(one: Compiled) -> list[tuple[object, ...]]:
    return [(o.form, o.period, o.due_at, len(o.needs), o.title) for o in one.obligations]


@pytest.mark.parametrize("path", [NOTICE, STANDARD])
def test_every_id_renamed(path):
    text = path.read_text("utf-8")
    before, after = compiled(text), compiled(renamed(text))
    assert shape(before) == shape(after)
    for name in ("groups", "roles", "works", "gates", "anchors", "parties"):
        keys = [{one.key for one in getattr(side, name)} for side in (before, after)]
        assert keys[0] & keys[1] == set()


@pytest.mark.parametrize("path", [NOTICE, STANDARD])
def test_shifted_by_400_days(path):
    text = path.read_text("utf-8")
    before, after = compiled(text), compiled(shifted(text, 400))
    assert Counter(one.form for one in before.obligations).keys() == {
        one.form for one in after.obligations
    }
    assert (after.anchors[0].date - before.anchors[0].date).days == 400


def test_three_groups_renamed_and_shifted():
    after = compiled(shifted(fewer_groups(renamed(NOTICE.read_text("utf-8")), 2), 400))
    assert len(after.groups) == 3
    assert len([one for one in after.obligations if one.form == "decision"]) == 7
