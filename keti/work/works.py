"""The forms of work of this room, and the tasks that acts bring about."""

from keti.kernel.bound import Bound

WORKS = (
    Bound("task_book", "taskbooks", rail="taskbooks"),
    Bound("acceptance", "taskbooks", in_room=True, rail="taskbooks"),
    Bound("task", "tasks", in_room=True, rail="taskbooks"),
)
