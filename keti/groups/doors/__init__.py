"""The door between a page and an act: who is here, in which seat, and how a form becomes an Act."""

from keti.groups.doors.answering import go, keeping, page, tried
from keti.groups.doors.entering import (
    Door,
    digest_of,
    enter,
    enter_office,
    programme_by_slug,
    stands_inside,
    why_not,
)
from keti.groups.doors.filling import (
    DatedForm,
    KeepingForm,
    KeyField,
    KeyForm,
    forget_read_forms,
)
from keti.groups.doors.recording import RECORDING_BLAMES, ActForm
from keti.groups.doors.trying import ask, attempt, look, was_refused
from keti.groups.doors.unchanged import turns
from keti.groups.doors.word_files import WordFile, as_typed, keep_pictures, left_in, words_of

__all__ = [
    "RECORDING_BLAMES",
    "ActForm",
    "DatedForm",
    "Door",
    "KeepingForm",
    "KeyField",
    "KeyForm",
    "WordFile",
    "as_typed",
    "ask",
    "attempt",
    "digest_of",
    "enter",
    "enter_office",
    "forget_read_forms",
    "go",
    "keep_pictures",
    "keeping",
    "left_in",
    "look",
    "page",
    "programme_by_slug",
    "stands_inside",
    "tried",
    "turns",
    "was_refused",
    "why_not",
    "words_of",
]
