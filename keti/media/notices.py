"""Who is told: of a recording who speaks in it; of a review who saved the subtitles."""

from django.urls import reverse

from keti.kernel.acts import Act
from keti.kernel.refusals import both
from keti.media.models import Speaker, SubtitleVersion
from keti.notify.actions import Letter, post
from keti.notify.enums import Sort


def asked(act: Act, speaker: Speaker) -> None:
    """Whoever is seen or heard is asked whether they agree."""
    programme, recording = speaker.programme, speaker.recording
    facts: dict[str, object] = {"programme": programme.title, "title": recording.title}
    letter = Letter(
        "media.asked",
        f"speaker:{speaker.public_id}",
        both("media.told-asked-subject", **facts),
        both("media.told-asked", **facts),
        reverse("media:mine", args=[programme.slug]),
        Sort.DUTY,
    )
    post(programme, letter, to=[speaker.person], at=act.recorded_at)


def reviewed(act: Act, version: SubtitleVersion) -> None:
    """Whoever saved the subtitles learns that they were found right."""
    facts: dict[str, object] = {
        "title": version.track.recording.title,
        "number": version.number,
        "who": act.by.label,
    }
    letter = Letter(
        "media.reviewed",
        f"subtitles:{version.public_id}",
        both("media.told-reviewed-subject", **facts),
        both("media.told-reviewed", **facts),
        version.track.path,
    )
    post(version.programme, letter, to=[version.by], at=act.recorded_at)
