"""Acts of recordings and their subtitles, of channels, their reach, and reports in the media."""

from keti.media.actions.channels import (
    ChannelFacts,
    enter_channel,
    mend_channel,
    withdraw_channel,
)
from keti.media.actions.postings import (
    Posted,
    leave_up,
    mend_posting,
    post_on,
    take_down,
    withdraw_posting,
)
from keti.media.actions.press import (
    Report,
    Taken,
    enter_clipping,
    import_clippings,
    mend_clipping,
    withdraw_clipping,
)
from keti.media.actions.reach import Read, correct_reach, note_reach
from keti.media.actions.recordings import (
    Footage,
    approve_recording,
    enter_recording,
    mend_recording,
    withdraw_recording,
)
from keti.media.actions.showing import show_reach
from keti.media.actions.speakers import name_speaker, remove_speaker
from keti.media.actions.subtitles import review_track, save_track, shift_track

__all__ = [
    "ChannelFacts",
    "Footage",
    "Posted",
    "Read",
    "Report",
    "Taken",
    "approve_recording",
    "correct_reach",
    "enter_channel",
    "enter_clipping",
    "enter_recording",
    "import_clippings",
    "leave_up",
    "mend_channel",
    "mend_clipping",
    "mend_posting",
    "mend_recording",
    "name_speaker",
    "note_reach",
    "post_on",
    "remove_speaker",
    "review_track",
    "save_track",
    "shift_track",
    "show_reach",
    "take_down",
    "withdraw_channel",
    "withdraw_clipping",
    "withdraw_posting",
    "withdraw_recording",
]
