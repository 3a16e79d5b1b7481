"""A recording with its speaker and subtitles, for tests."""

from datetime import date

from keti.consents.actions import give_consent
from keti.consents.enums import Purpose
from keti.media.actions import (
    Footage,
    approve_recording,
    enter_recording,
    name_speaker,
    save_track,
)
from keti.media.models import Recording, SubtitleVersion
from keti.media.rules.cues import Cue

LINK = "https://example.org/film"
CUES = [Cue(1000, 3000, "各位来宾"), Cue(4000, 6000, "下午好")]


def footage(title="开题会议录像（演示）", **more) -> Footage:
    """What somebody enters."""
    known = {
        "link": LINK,
        "outlet": "演示平台",
        "seconds": 3600,
        "transcript": "各位来宾，下午好。",
    }
    return Footage(title, **({"day": date(2030, 1, 5)} | known | more))


def entered(cast, **more) -> Recording:
    """A recording that waits for approval."""
    return enter_recording(cast.qin.act(), programme=cast.programme, footage=footage(**more))


def agree(player, *purposes) -> None:
    """Somebody agrees to each of these."""
    for purpose in purposes:
        give_consent(
            player.act(), programme=player.seat.programme, person=player.person, purpose=purpose
        )


def shown(cast, *players) -> Recording:
    """An approved recording in which these speak and agree that it is used inside."""
    one = entered(cast)
    for player in players:
        name_speaker(cast.qin.act(), recording=one, person=player.person)
        agree(player, Purpose.RECORDING)
    return approve_recording(cast.qin.act(), recording=one)


def subtitled(cast, one, language="zh", cues=CUES, base=0) -> SubtitleVersion:
    """The next version of its subtitles."""
    return save_track(cast.qin.act(), recording=one, language=language, cues=cues, base=base)
