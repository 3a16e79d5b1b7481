"""Acts run in one place, and rows are held in one way."""

import ast

from tests.house.sources import HOUSE, trees

KEEPER = HOUSE / "kernel" / "transactions.py"
SAVEPOINTS = {
    "intake/actions/entering.py": "a row of a roster that is refused is taken back whole",
    "jobs/actions/asking.py": "one row; two who ask at once for the same work meet at its key",
    "notify/channels/smtp/round.py": "the rows of one gathered letter are claimed all or none",
    "planning/actions/applying.py": "a plan that no longer holds is taken back, its end is kept",
    "play/stage.py": "the cast of a play acts one after another, nobody meets anybody",
    "site/ready.py": "the probe of the database, taken back",
    "site/views/house.py": "the probe of the database, taken back",
}
HOLD_KEYS = {
    "kernel/clock.py": "the stored instant of a play or demo folder: nothing refers to it",
    "accounts/actions/signing.py": "an address of a sign-in: nothing refers to it",
}


def calls(name: str) -> set[str]:
    """The files, but the kernel's own, in which something of this name is called."""
    return {
        file.relative_to(HOUSE).as_posix()
        for file, tree in trees()
        if file != KEEPER
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == name
    }


def test_rows_are_held_by_the_one_function_that_holds_nothing_else():
    """`of` and `no_key` everywhere: no joined row is held, and no key that others refer to."""
    assert calls("select_for_update") == set()


def test_no_row_is_held_with_its_key_by_a_shortcut():
    assert calls("update_or_create") == set(HOLD_KEYS)


def test_transactions_are_opened_where_acts_are_run():
    """An act opened elsewhere would not be tried again when it meets another."""
    opened = {
        file.relative_to(HOUSE).as_posix()
        for file, tree in trees()
        if file != KEEPER
        for node in ast.walk(tree)
        if isinstance(node, ast.With)
        for item in node.items
        if "transaction.atomic" in ast.unparse(item.context_expr)
    }
    assert opened <= set(SAVEPOINTS)
