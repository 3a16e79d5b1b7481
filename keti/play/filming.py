"""Scenes of recordings: what was filmed at the conference is entered, consented, subtitled, shown.

One film everybody in it lets be used; in the other somebody does not, and it is kept back."""

from typing import Any

from keti.consents.actions import give_consent
from keti.consents.enums import Purpose
from keti.groups.permissions import same_side
from keti.media.actions import (
    Footage,
    approve_recording,
    enter_recording,
    name_speaker,
    review_track,
    save_track,
)
from keti.media.queries import PURPOSES
from keti.media.rules.cues import Cue
from keti.play.stage import Stage

SAID = {
    "zh": (
        "各位来宾，发布大会现在开始。（演示）",
        "下面发布课题报告。（演示）",
        "谢谢各位。（演示）",
    ),
    "en": (
        "Welcome to the release. (demo)",
        "The report is now public. (demo)",
        "Thank you all. (demo)",
    ),
}
"""What is said in the film, by language."""
CUE, GAP = 4000, 200
MINUTES = 20


def film(stage: Stage, gathering: Any, speakers: list[Any]) -> None:
    """Two films of a gathering, entered the day after."""
    pick = stage.pen.pick
    if not speakers:
        return
    title = pick("发布环节录像（演示）", "Film of the release (demo)")
    shown = _entered(stage, gathering, title, "release")
    for number, seat in enumerate(speakers[1:] or speakers):
        name_speaker(stage.act(stage.manager()), recording=shown, person=seat.person)
        for purpose in PURPOSES[:2] if number else PURPOSES:
            _agree(stage, seat, purpose)
    shown = approve_recording(stage.act(stage.manager()), recording=shown)
    _subtitle(stage, shown)
    title = pick("研究介绍环节录像（演示）", "Film of the talks (demo)")
    kept_back = _entered(stage, gathering, title, "talks")
    name_speaker(stage.act(stage.manager()), recording=kept_back, person=speakers[0].person)
    _agree(stage, speakers[0], Purpose.BROADCAST)
    approve_recording(stage.act(stage.manager()), recording=kept_back)
    stage.memory["filmed"] = shown
    words = (
        "大会录像配好中英文字幕；一段有人不同意使用，不予展示",
        "films subtitled in two languages; one kept back, somebody in it does not agree",
    )
    stage.note(pick(*words))


def _entered(stage: Stage, gathering: Any, title: str, film: str) -> Any:
    day = stage.programme.local(gathering.begins_at).date()
    outlet = stage.pen.pick("演示视频平台", "Demo video platform")
    footage = Footage(
        title, day, event=gathering.label, seconds=MINUTES * 60, outlet=outlet,
        link=f"https://example.org/films/{film}",
    )  # fmt: skip
    return enter_recording(stage.act(stage.manager()), programme=stage.programme, footage=footage)


def _agree(stage: Stage, seat: Any, purpose: Purpose) -> None:
    about = {"programme": stage.programme, "person": seat.person, "purpose": purpose}
    give_consent(stage.act(seat), **about, lang="en" if stage.pen.english else "zh-hans")


def _subtitle(stage: Stage, recording: Any) -> None:
    """Both languages, each read against the film by somebody else than who saved them."""
    desk = stage.manager()
    leads = [one for one in stage.able("lead") if one.acting_person is not None]
    readers = [one for one in leads if not same_side(stage.act(one), desk)]
    for language, words in SAID.items():
        if stage.pen.english and language != "en":
            continue
        cues = [Cue(n * CUE, (n + 1) * CUE - GAP, one) for n, one in enumerate(words)]
        version = save_track(
            stage.act(desk), recording=recording, language=language, cues=cues, base=0
        )
        if readers:
            review_track(stage.act(readers[0]), version=version)
