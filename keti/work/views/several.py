"""Task books whose signatures came on paper, recorded several at once from one scan."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy

from keti.groups.doors import Door
from keti.kernel.acts import Act
from keti.kernel.refusals import sentence
from keti.lists.doors import Deed
from keti.work import actions
from keti.work.enums import BOOK_WORDS, TaskBookState
from keti.work.models import TaskBook


def _not_waiting(door: Door, books: Sequence[TaskBook]) -> dict[str, str]:
    """Which task books wait for no signature."""
    return {
        one.public_id: sentence(
            "work.not-in-this-state", {"state": BOOK_WORDS[one.state]}, door.lang
        )
        for one in books
        if one.state != TaskBookState.ISSUED
    }


def _accept(act: Act, book: TaskBook, _reason: str) -> TaskBook:
    act = replace(act, on_behalf_of=book.seat)
    return actions.accept_task_book(act, task_book=book)


DEEDS = (
    Deed(
        "signed", gettext_lazy("记录签收"), lambda door: door.seat.can("manage"), _not_waiting,
        _accept, paper=gettext_lazy("签字盖章的原件扫描（一份可含多人）"),
    ),
)  # fmt: skip
