"""Subtitles of a recording: edited beside it, imported, moved, reviewed, given out."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from keti.groups.doors import Door, enter, go, page, tried, why_not
from keti.kernel.refusals import Refused, sentence
from keti.media import actions, permissions, queries
from keti.media.enums import How, Language
from keti.media.forms import ImportForm, ReviewForm, ShiftForm, SubtitlesForm
from keti.media.models import Recording, SubtitleVersion
from keti.media.rules.checks import MEASURES
from keti.media.rules.cues import MOST_BYTES, WRITERS, Cue, decoded, read, to_vtt
from keti.media.views.shared import recording_of

KINDS = {"vtt": "text/vtt; charset=utf-8", "srt": "application/x-subrip; charset=utf-8"}
MOST_FAULTS = 300


def _newest(one: Recording, language: str) -> SubtitleVersion | None:
    """What is worked on, and read by whoever sees the recording."""
    if language not in Language.values:
        raise Http404
    return queries.versions(one, language).first()


def _based_on(one: Recording, language: str, base: int) -> SubtitleVersion:
    """The version that somebody looked at when they asked for something."""
    found = queries.versions(one, language).filter(number=base).first()
    if found is None:
        raise Http404
    return found


def track(request: HttpRequest, slug: str, recording_id: str, language: str) -> HttpResponse:
    """The editor: cues beside the recording, or as plain text."""
    door = enter(request, slug)
    one = recording_of(door, recording_id)
    newest = _newest(one, language)
    if newest is None and not permissions.keeps_media(door.seat):
        raise Http404
    shown = _asked(request, door, one, language) or newest
    form = SubtitlesForm(
        request.POST or None, door=door,
        initial={
            "base": newest.number if newest else 0,
            "cues": to_vtt(shown.read()) if shown else "",
        },
    )  # fmt: skip

    def do() -> SubtitleVersion:
        cues = _read(str(form.cleaned_data["cues"]), "cues")
        return _saved(door, form, one, language, cues, How.EDITED)

    made, refused = tried(request, form, do)
    if made is not None:
        return go(made.track.path)
    context = _context(door, one, language, shown, newest) | {"form": form}
    return page(request, "media/track.html", context, form, refused=refused)


def _asked(
    request: HttpRequest, door: Door, one: Recording, language: str
) -> SubtitleVersion | None:
    number = request.GET.get("version", "")
    if not number.isascii() or not number.isdigit() or not permissions.keeps_media(door.seat):
        return None
    return queries.versions(one, language).filter(number=min(int(number), 10**6)).first()


def _read(text: str, field: str) -> list[Cue]:
    try:
        return read(text)
    except Refused as refused:
        raise refused.at(field) from None


def _saved(
    door: Door, form: Any, one: Recording, language: str, cues: list[Cue], how: How
) -> SubtitleVersion:
    act = door.act(str(form.cleaned_data["key"]))
    return actions.save_track(
        act, recording=one, language=language, cues=cues, base=form.cleaned_data["base"], how=how
    )


def _context(
    door: Door, one: Recording, language: str, shown: SubtitleVersion | None,
    newest: SubtitleVersion | None,
) -> dict[str, Any]:  # fmt: skip
    keeps = permissions.keeps_media(door.seat)
    beside = _beside(one, language)
    cues = shown.read() if shown else []
    found = queries.faults_of(door.programme, cues, language, beside.read() if beside else ())
    base = {"base": newest.number if newest else 0}
    most = MEASURES[language]
    context: dict[str, Any] = {
        "door": door,
        "one": one,
        "language": Language(language),
        "shown": shown,
        "newest": newest,
        "keeps": keeps,
        "limits": {"speed": most.speed, "width": most.width},
        "beside": beside,
        "beside_text": to_vtt(beside.read()) if beside else "",
        "faults": [
            {"cue": row.cue, "said": sentence(row.code, row.facts, door.lang)}
            for row in found[:MOST_FAULTS]
        ],
        "fault_count": len(found),
        "review": queries.review_of(shown) if shown else None,
        "import_form": ImportForm(door=door, initial=base),
    }
    if newest is not None:
        context["versions"] = list(queries.versions(one, language).defer("cues")[:30])
        context["shift_form"] = ShiftForm(door=door, initial=base | {"first": 1})
        context["review_form"] = ReviewForm(door=door, initial=base)
        context["why_no_review"] = why_not(door, lambda: permissions.may_review(door.act(), newest))
    return context


def _beside(one: Recording, language: str) -> SubtitleVersion | None:
    if language == Language.ZH:
        return None
    return queries.versions(one, Language.ZH).first()


@require_POST
def bring(request: HttpRequest, slug: str, recording_id: str, language: str) -> HttpResponse:
    """A file of subtitles becomes the next version."""
    door = enter(request, slug)
    one = recording_of(door, recording_id)
    newest = _newest(one, language)
    form = ImportForm(request.POST, request.FILES, door=door)

    def do() -> SubtitleVersion:
        upload = form.cleaned_data["file"]
        permissions.may_keep(door.act(), door.programme).or_refuse()
        upload.seek(0)
        try:
            cues = read(decoded(upload.read(MOST_BYTES + 1)))
        except Refused as refused:
            raise refused.at("file") from None
        return _saved(door, form, one, language, cues, How.IMPORTED)

    made, refused = tried(request, form, do)
    return _answered(request, (door, one, language, newest), (made, refused), "import_form", form)


@require_POST
def shift(request: HttpRequest, slug: str, recording_id: str, language: str) -> HttpResponse:
    """Every cue from one on moves by the same time."""
    door = enter(request, slug)
    one = recording_of(door, recording_id)
    newest = _newest(one, language)
    form = ShiftForm(request.POST, door=door)

    def do() -> SubtitleVersion:
        said = form.cleaned_data
        return actions.shift_track(
            door.act(str(said["key"])), version=_based_on(one, language, said["base"]),
            milliseconds=round(said["seconds"] * 1000), first=int(said["first"]),
        )  # fmt: skip

    made, refused = tried(request, form, do)
    return _answered(request, (door, one, language, newest), (made, refused), "shift_form", form)


@require_POST
def review(request: HttpRequest, slug: str, recording_id: str, language: str) -> HttpResponse:
    """I read these subtitles against the recording: they are right."""
    door = enter(request, slug)
    one = recording_of(door, recording_id)
    newest = _newest(one, language)
    form = ReviewForm(request.POST, door=door)

    def do() -> SubtitleVersion:
        said = form.cleaned_data
        act, version = door.act(str(said["key"])), _based_on(one, language, said["base"])
        return actions.review_track(act, version=version, note=str(said["note"])).version

    made, refused = tried(request, form, do)
    return _answered(request, (door, one, language, newest), (made, refused), "review_form", form)


def _answered(
    request: HttpRequest,
    what: tuple[Door, Recording, str, SubtitleVersion | None],
    came: tuple[SubtitleVersion | None, Refused | None],
    name: str,
    form: Any,
) -> HttpResponse:
    (door, one, language, newest), (made, refused) = what, came
    if made is not None:
        return go(made.track.path)
    known = {
        "base": newest.number if newest else 0,
        "cues": to_vtt(newest.read()) if newest else "",
    }
    editor = SubtitlesForm(door=door, initial=known)
    context = _context(door, one, language, newest, newest) | {"form": editor, name: form}
    return page(request, "media/track.html", context, form, refused=refused)


def export(
    request: HttpRequest, slug: str, recording_id: str, language: str, form: str
) -> HttpResponse:
    """The subtitles as a file: the newest for who keeps them, the reviewed ones for others."""
    door = enter(request, slug)
    one = recording_of(door, recording_id)
    version = _asked(request, door, one, language) or _given(door, one, language)
    if form not in WRITERS or version is None:
        raise Http404
    name = f"{one.public_id[-8:]}.{language}.{version.number}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    text = WRITERS[form](version.read())
    return HttpResponse(text, content_type=KINDS[form], headers=headers)


def _given(door: Door, one: Recording, language: str) -> SubtitleVersion | None:
    if language not in Language.values:
        return None
    keeps = permissions.keeps_media(door.seat)
    return _newest(one, language) if keeps else queries.reviewed(one, language)
