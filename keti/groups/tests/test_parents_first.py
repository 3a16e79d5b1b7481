"""A group is laid after the one it stands under, wherever the file names it."""

from keti.charter.rules.compiled import GroupSpec
from keti.groups.actions.frame import parents_first
from keti.kernel.acts import Text


def _groups(**parents: str) -> list[GroupSpec]:
    return [GroupSpec(key, key, Text(key), parent) for key, parent in parents.items()]


def test_parents_come_first_and_the_place_in_the_file_stays():
    laid = parents_first(_groups(leaf="branch", branch="root", root="", other="root"))
    assert [(order, one.key) for order, one in laid] == [
        (2, "root"), (1, "branch"), (3, "other"), (0, "leaf"),
    ]  # fmt: skip


def test_a_circle_and_a_parent_there_is_not_keep_nobody_out():
    laid = parents_first(_groups(root="", one="two", two="one", lost="nowhere"))
    assert sorted(one.key for _, one in laid) == ["lost", "one", "root", "two"]
