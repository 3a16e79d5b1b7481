"""What the page of a recording shows, also after an act on it was refused."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from keti.consents.enums import Purpose
from keti.groups.doors import Door, go, page
from keti.groups.queries import people as people_of
from keti.groups.queries import standing
from keti.kernel.refusals import Refused
from keti.media import permissions, queries
from keti.media.enums import Language, RecordingState
from keti.media.forms import ReasonForm, SpeakerForm
from keti.media.models import Recording
from keti.media.views.shared import recording_of

MARKS = {
    RecordingState.DRAFT: "doing",
    RecordingState.APPROVED: "done",
    RecordingState.WITHDRAWN: "none",
}


def length(seconds: int | None) -> str:
    """So many hours, minutes and seconds; "" where nobody said."""
    if seconds is None:
        return ""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def choices(door: Door) -> list[tuple[str, str]]:
    """Whoever acts in a seat of the programme, once each."""
    seats = standing(door.programme, door.now).with_names()
    found = {one.pk: one for one in people_of(list(seats))}
    return [(one.public_id, one.called.in_(door.lang)) for one in found.values()]


def shown(door: Door, one: Recording) -> dict[str, Any]:
    """What the page of a recording shows to this seat."""
    keeps = permissions.keeps_media(door.seat)
    context: dict[str, Any] = {
        "door": door,
        "one": one,
        "mark": MARKS[RecordingState(one.state)],
        "length": length(one.seconds),
        "keeps": keeps,
        "open": keeps and one.state != RecordingState.WITHDRAWN,
        "tracks": _tracks(door, one, keeps),
    }
    asked = queries.speakers(one)
    rows = [
        {
            "one": row.speaker,
            "who": row.speaker.person.called.in_(door.lang),
            "answers": [(p.label, p in row.agrees) for p in queries.PURPOSES],
        }
        for row in asked
    ]
    context["speakers"] = rows
    context["hidden"] = any(Purpose.RECORDING not in row.agrees for row in asked)
    if context["open"]:
        context["form"] = SpeakerForm(door=door, people=choices(door))
        context["approve"] = bare(door)
        context["withdraw"] = ReasonForm(door=door)
    return context


def bare(door: Door, data: Any = None) -> ReasonForm:
    """The form of an act that asks for nothing more."""
    form = ReasonForm(data, door=door)
    del form.fields["reason"]
    return form


def _tracks(door: Door, one: Recording, keeps: bool) -> list[dict[str, Any]]:
    newest = {track.language: version for track, version in queries.tracks(one)}
    found = []
    for language in Language:
        version = newest.get(language)
        done = version is not None and getattr(version, "review", None) is not None
        args = [door.programme.slug, one.public_id, language.value]
        if keeps or version is not None:
            found.append(
                {
                    "language": language.label,
                    "version": version,
                    "by": version.review.by.called.in_(door.lang) if version and done else "",
                    "url": reverse("media:track", args=args),
                    "files": []
                    if not (done or (keeps and version))
                    else [
                        (form, reverse("media:subtitles", args=[*args, form]))
                        for form in ("vtt", "srt")
                    ],
                }
            )
    return found


def answered(
    request: HttpRequest, door: Door, one: Recording, done: Any, refused: Refused | None,
    *forms: tuple[str, Any],
) -> HttpResponse:  # fmt: skip
    """Back to the recording; the page itself with what was typed where it was refused."""
    if done is not None:
        return go(one.path)
    context = shown(door, recording_of(door, one.public_id)) | dict(forms)
    bound = [form for _name, form in forms]
    return page(request, "media/recording.html", context, *bound, refused=refused)
