"""Acts of recordings and their subtitles."""

from keti.media.actions.recordings import (
    Footage,
    approve_recording,
    enter_recording,
    mend_recording,
    withdraw_recording,
)
from keti.media.actions.speakers import name_speaker, remove_speaker
from keti.media.actions.subtitles import review_track, save_track, shift_track

__all__ = [
    "Footage",
    "approve_recording",
    "enter_recording",
    "mend_recording",
    "name_speaker",
    "remove_speaker",
    "review_track",
    "save_track",
    "shift_track",
    "withdraw_recording",
]
