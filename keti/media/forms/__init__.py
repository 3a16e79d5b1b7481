"""Forms of recordings and subtitles, of channels, readings and reports."""

from keti.media.forms.postings import DownForm, PostingForm
from keti.media.forms.reach import ChannelForm, ClippingForm, CorrectForm, ReadForm, SheetForm
from keti.media.forms.recordings import (
    ImportForm,
    MediaForm,
    ReasonForm,
    RecordingForm,
    ReviewForm,
    ShiftForm,
    SpeakerForm,
    SubtitlesForm,
)

__all__ = [
    "ChannelForm",
    "ClippingForm",
    "CorrectForm",
    "DownForm",
    "ImportForm",
    "MediaForm",
    "PostingForm",
    "ReadForm",
    "ReasonForm",
    "RecordingForm",
    "ReviewForm",
    "SheetForm",
    "ShiftForm",
    "SpeakerForm",
    "SubtitlesForm",
]
