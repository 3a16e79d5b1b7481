"""Recordings, speakers, subtitles; channels, postings, reach, reports in the media."""

from keti.media.models.channels import MediaChannel, ReachValue
from keti.media.models.postings import Posting
from keti.media.models.press import Clipping
from keti.media.models.recordings import Recording, Speaker
from keti.media.models.subtitles import (
    SubtitleReview,
    SubtitleTrack,
    SubtitleVersion,
    hash_of,
)

__all__ = [
    "Clipping",
    "MediaChannel",
    "Posting",
    "ReachValue",
    "Recording",
    "Speaker",
    "SubtitleReview",
    "SubtitleTrack",
    "SubtitleVersion",
    "hash_of",
]
