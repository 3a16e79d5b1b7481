"""Every act of the room: task books (`books`), tasks (`tasks`), what was answered by
mistake (`undoing`)."""

from keti.work.actions.books import (
    accept_task_book,
    decline_task_book,
    draft_task_books,
    issue_task_books,
    reissue_task_book,
    save_draft,
)
from keti.work.actions.tasks import (
    TaskSpec,
    agree_tasks,
    assign_task,
    decline_task,
    finish_task,
    freeze_agreed,
    hold_agreed,
    hold_planned,
    withdraw_dropped,
)
from keti.work.actions.undoing import reopen_task, void_acceptance
from keti.work.rules import BookContent

__all__ = [
    "BookContent",
    "TaskSpec",
    "accept_task_book",
    "agree_tasks",
    "assign_task",
    "decline_task",
    "decline_task_book",
    "draft_task_books",
    "finish_task",
    "freeze_agreed",
    "hold_agreed",
    "hold_planned",
    "issue_task_books",
    "reissue_task_book",
    "reopen_task",
    "save_draft",
    "void_acceptance",
    "withdraw_dropped",
]
