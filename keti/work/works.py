"""The forms of work of this room, and the tasks that acts bring about."""

from keti.kernel.bound import Binding

WORKS = (
    Binding("task_book", "work:books_for", rail="taskbooks"),
    Binding("acceptance", "work:books_for", in_room=True, rail="taskbooks"),
    Binding("task", "work:tasks_for", in_room=True, rail="taskbooks"),
)
