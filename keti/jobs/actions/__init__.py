from keti.jobs.actions.asking import Asker, Wanted, ask, ask_again, at_once
from keti.jobs.actions.keeping import keep
from keti.jobs.actions.performing import Running, register, register_tidying
from keti.jobs.actions.places import progress_of
from keti.jobs.actions.working import IDLE_SECONDS, sweep, take_up, work

__all__ = [
    "IDLE_SECONDS",
    "Asker",
    "Running",
    "Wanted",
    "ask",
    "ask_again",
    "at_once",
    "keep",
    "progress_of",
    "register",
    "register_tidying",
    "sweep",
    "take_up",
    "work",
]
