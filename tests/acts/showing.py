"""Scenes of recordings: entered, spoken in, subtitled, reviewed, taken down."""

from keti.media.actions import (
    approve_recording,
    mend_recording,
    name_speaker,
    remove_speaker,
    review_track,
    shift_track,
    withdraw_recording,
)
from keti.media.tests.scene import entered, footage, subtitled
from tests.acts.undoing import Scene
from tests.cast import Cast


def recordings(cast: Cast) -> None:
    """A recording is entered, mended, approved; who is in it is named, one removed; its subtitles
    are saved, moved, reviewed; then it is taken down."""
    one = entered(cast)
    mend_recording(cast.qin.act(), recording=one, footage=footage(title="会议录像（演示）"))
    name_speaker(cast.qin.act(), recording=one, person=cast.mao.person)
    guest = name_speaker(cast.qin.act(), recording=one, name="来宾丙（演示）")
    remove_speaker(cast.qin.act(), speaker=guest, reason="没有发言。")
    approve_recording(cast.qin.act(), recording=one)
    first = subtitled(cast, one)
    moved = shift_track(cast.qin.act(), version=first, milliseconds=500)
    review_track(cast.mao.act(), version=moved)
    withdraw_recording(cast.qin.act(), recording=one, reason="会场录错了。")


SHOWING: dict[Scene, set[str]] = {
    recordings: {
        "media.approve_recording",
        "media.enter_recording",
        "media.mend_recording",
        "media.name_speaker",
        "media.remove_speaker",
        "media.review_track",
        "media.save_track",
        "media.shift_track",
        "media.withdraw_recording",
    },
}
