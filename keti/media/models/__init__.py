"""Recordings, speakers, subtitles."""

from keti.media.models.recordings import Recording, Speaker
from keti.media.models.subtitles import (
    SubtitleReview,
    SubtitleTrack,
    SubtitleVersion,
    hash_of,
)

__all__ = [
    "Recording",
    "Speaker",
    "SubtitleReview",
    "SubtitleTrack",
    "SubtitleVersion",
    "hash_of",
]
