"""Which scene meets a duty of which form."""

from collections.abc import Callable
from typing import Any

from keti.kernel.forms_of_work import FORMS
from keti.play import (
    commenting,
    ending,
    joining,
    judging,
    promising,
    proving,
    reporting,
    spreading,
    watching,
    working,
)

Scene = Callable[..., Any]
HANDLERS: dict[str, Scene] = {
    "call": joining.issue_call,
    "admission": joining.decide_admission,
    "appointment": joining.appoint,
    "founding": joining.found_group,
    "task_book": working.issue_books,
    "acceptance": working.accept_book,
    "task": working.do_task,
    "meeting": working.meet,
    "report": reporting.report,
    "file": working.hand_file,
    "consultation": commenting.consult,
    "finding": watching.answer,
    "verification": watching.verify,
    "decision": judging.judge,
    "closing": ending.close,
    "roll": ending.enrol,
    "publication": ending.publish,
    "promise": promising.keep,
    "proof": proving.look,
    "takedown": spreading.down,
}


def scene_of(form: str) -> Scene | None:
    """The scene of a form; a form of the charter without one of its own is handed in as a file.
    None for what no charter declares and nobody plays."""
    declared = any(one.key == form for one in FORMS)
    return HANDLERS.get(form) or (working.hand_file if declared else None)
