"""An act is tried: what it made, or why it was refused. A question asks without a transaction."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

from keti.documents.actions import (
    nothing_left_behind,
)
from keti.groups.doors.filling import KeepingForm, blame_box
from keti.kernel import transactions
from keti.kernel.refusals import Refused, Verdict

T = TypeVar("T")
was_refused: ContextVar[bool] = ContextVar("was_refused", default=False)
"""Whether an act was refused in this request: what was typed for it is not done with then."""
tried_forms: ContextVar[list[KeepingForm] | None] = ContextVar("tried", default=None)


def attempt(
    do: Callable[[], T], form: KeepingForm | None = None
) -> tuple[T | None, Refused | None]:
    """Run an act in one transaction; a refusal comes back as a value and leaves nothing stored.

    The act meets others: what the database bids to be tried again is tried again
    (`kernel.transactions.run`); what still cannot be run comes back as a refusal too.
    What the act kept of files goes with it, also what waited aside where the sender has no right.
    With its `form` the refusal is shown at the field it is about, where it is about one; of a text
    that is too long for its column at the box in which it was typed, whatever form came.
    """
    tried: list[KeepingForm] = [] if form is None else [form]
    token = tried_forms.set(tried)
    try:
        with nothing_left_behind():
            return transactions.run(do), None
    except Refused as refused:
        was_refused.set(True)
        for one in tried:
            one.let_go(refused)
        if not blame_box(refused) and form is not None:
            form.blame(refused)
        return None, refused
    finally:
        tried_forms.reset(token)


def ask(question: Callable[[], Verdict]) -> Verdict:
    """The answer of a permission; a seat that cannot act at all is a no with its reason.

    A question opens no transaction: on SQLite every transaction of this house takes the write
    lock at its beginning, and who only reads would wait for whoever writes.
    """
    try:
        return question()
    except Refused as refused:
        return Verdict(False, refused.code, refused.ask, refused.facts)


def look(read: Callable[[], T]) -> tuple[T | None, Refused | None]:
    """What a page reads, or the refusal as a value. Like `ask`, it opens no transaction."""
    try:
        return read(), None
    except Refused as refused:
        return None, refused
