"""Which scene meets a duty of which form."""

from collections.abc import Callable
from typing import Any

from keti.play import commenting, ending, joining, judging, reporting, watching, working

HANDLERS: dict[str, Callable[..., Any]] = {
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
}
