"""The applicant's pages: choosing a track, filling in, the receipt, withdrawing."""

from datetime import datetime
from typing import cast

from django.forms import Field
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from keti.accounts.models import NamedBy, Person
from keti.accounts.queries import person_of
from keti.charter.rules.joining import AdmissionSpec, TrackSpec
from keti.groups.doors import KeyForm, attempt, digest_of, page
from keti.intake import actions, permissions, queries
from keti.intake.enums import ApplicationState
from keti.intake.forms.application import ApplicationForm, initial_of
from keti.intake.models import Application, Call
from keti.intake.rules.content import fingerprint, tidy, track_of
from keti.intake.views.call import call_or_404
from keti.intake.views.shared import lang
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused


def _applicant(request: HttpRequest) -> Person:
    person = person_of(request.user)
    if person is None:
        raise Http404
    return person


def _admission(call: Call) -> AdmissionSpec:
    admission = queries.admission_of(call.programme)
    if admission is None:
        raise Http404
    return admission


def start(request: HttpRequest, slug: str) -> HttpResponse:
    """The tracks of the call, and what this person has sent or begun."""
    call, person = call_or_404(slug), _applicant(request)
    admission, now = _admission(call), clock.received(request)
    mine = list(queries.own(person, call))
    taken = {one.track_kind for one in mine if one.state not in ("draft", "withdrawn")}
    tracks = [
        {
            "key": track.key,
            "title": track.title.in_(lang()),
            "require": [check.title.in_(lang()) for check in track.require],
            "taken": track.kind in taken,
        }
        for track in admission.tracks
    ]
    titles = {track.key: track.title.in_(lang()) for track in admission.tracks}
    rows = [{"one": one, "track": titles.get(one.track, one.track)} for one in mine]
    context = {
        "call": call,
        "tracks": tracks,
        "rows": rows,
        "form_title": admission.form_title.in_(lang()),
        "now": now,
        "zone": call.programme.zone,
        "closed": not call.is_open(now),
    }
    return page(request, "intake/apply.html", context)


def fill_in(request: HttpRequest, slug: str, track: str) -> HttpResponse:
    """The form: save the draft, or submit it."""
    call, person = call_or_404(slug), _applicant(request)
    spec = _track(call, track)
    form = _form(request, call, person, spec)
    refused: Refused | None = None
    if request.method == "POST":
        handing_in = request.POST.get("do") == "submit"
        sent, refused = (_hand_in if handing_in else _save)(request, call, person, form)
        if sent is not None:
            return HttpResponseRedirect(sent.receipt_path if handing_in else request.path)
        if handing_in:
            form.show_gaps()
    else:
        live = queries.live_of(person, call, spec.kind)
        if live is not None:
            return HttpResponseRedirect(live.receipt_path)
    now = clock.received(request)
    told = refused.code == "intake.incomplete" if refused else False
    stale = refused.code == "intake.stale-draft" if refused else False
    draft = queries.draft_of(person, call, spec.kind)
    context = {
        "call": call,
        "told": told,
        "track": spec.title.in_(lang()),
        "track_key": spec.key,
        "form": form.marked(),
        "draft": draft,
        "theirs": _theirs(form, draft) if stale and draft else [],
        "base": _base(draft) if stale or request.method != "POST" else request.POST.get("base", ""),
        "form_title": _admission(call).form_title.in_(lang()),
        "now": now,
        "zone": call.programme.zone,
        "closes_at": draft.closes_at if draft else call.closes_at,
        "is_open": draft.is_received(now) if draft else call.is_open(now),
        "closed": call.has_closed(now) and not (draft and draft.is_received(now)),
        "early": call.opens_at is not None and now < call.opens_at,
    }
    return page(request, "intake/fill_in.html", context, refused=refused)


def _track(call: Call, key: str) -> TrackSpec:
    track = track_of(_admission(call), key)
    if track is None:
        raise Http404
    return track


def _form(request: HttpRequest, call: Call, person: Person, track: TrackSpec) -> ApplicationForm:
    draft = queries.draft_of(person, call, track.kind)
    unit = person.unit.name_zh if person.unit else ""
    name = "" if person.named_by == NamedBy.ADDRESS else person.name  # no name of a person
    initial: dict[str, object] = {"name": name, "mobile": person.mobile, "unit": unit}
    if draft is not None:
        initial = initial_of(draft.filled)
    return ApplicationForm(
        request.POST if request.method == "POST" else None,
        admission=_admission(call),
        track=track,
        titles=dict(queries.titles(call.programme)),
        lang=lang(),
        initial=initial,
    )


def _base(draft: Application | None) -> str:
    """What a page is written on: the fingerprint of the text it came with."""
    return fingerprint(draft.content) if draft else ""


def _theirs(form: ApplicationForm, draft: Application) -> list[dict[str, str]]:
    """The boxes in which what is stored differs from what was typed: both texts."""
    stored, typed = initial_of(draft.filled), initial_of(tidy(form.content(), form.admission))
    return [
        {
            "label": str(field.label),
            "stored": _words(field, stored.get(name, "")),
            "typed": _words(field, typed.get(name, "")),
        }
        for name, field in form.fields.items()
        if stored.get(name) != typed.get(name)
    ]


def _words(field: Field, value: object) -> str:
    """A value of the form as it is read: of choices their words."""
    if isinstance(value, bool):
        return "✓" if value else "—"
    if isinstance(value, list):
        words = dict(getattr(field, "choices", ()))
        return "\n".join(str(words.get(key, key)) for key in value)
    return str(value)


def _act(request: HttpRequest, person: Person) -> Act:
    key, at = request.POST.get("key", "")[:80], clock.received(request)
    return Act(by=person, recorded_at=at, key=key, digest=digest_of(request))


def _save(
    request: HttpRequest, call: Call, person: Person, form: ApplicationForm
) -> tuple[Application | None, Refused | None]:
    """The draft as typed, on the text the page came with."""
    act, base = _act(request, person), request.POST.get("base")
    return attempt(
        lambda: actions.save_application(act, call=call, content=form.content(), base=base)
    )


def _hand_in(
    request: HttpRequest, call: Call, person: Person, form: ApplicationForm
) -> tuple[Application | None, Refused | None]:
    """Saved and handed in as one act: the receipt is for what this form says. What was sent already
    has its receipt, if it says the same; what cannot be handed in stays as a draft. What another
    window saved meanwhile is shown beside it first."""
    act, base = _act(request, person), request.POST.get("base")

    def do() -> Application:
        saved = actions.save_application(act, call=call, content=form.content(), base=base)
        return actions.submit_application(act, application=saved)

    done, refused = attempt(do)
    if refused is None:
        return done, None
    live = queries.live_of(person, call, form.track.kind)
    said = tidy(form.content(), _admission(call)).as_json()
    if live is not None:
        return (live, None) if live.sha256 == fingerprint(said) else (None, refused)
    if refused.code != "intake.stale-draft":
        _save(request, call, person, form)
    return None, refused


@require_POST
def autosave(request: HttpRequest, slug: str, track: str) -> HttpResponse:
    """Keep the draft while it is being written; says when it was kept, and when it was not."""
    call, person = call_or_404(slug), _applicant(request)
    spec = _track(call, track)
    form = _form(request, call, person, spec)
    saved, refused = _save(request, call, person, form)
    now = clock.received(request)
    context = {
        "draft": saved,
        "call": call,
        "closed": call.has_closed(now) and not (saved and saved.is_received(now)),
        "zone": call.programme.zone,
        "refusal": refused.sentence(lang()) if refused else "",
        "base": _base(saved),
        "swapped": saved is not None,
    }
    answer = render(request, "intake/saved.html", context)
    if saved is not None:
        answer.headers["HX-Trigger"] = "draft-kept"
    return answer


def mine(request: HttpRequest, slug: str, public_id: str) -> Application:
    """The application, for whoever may see it; for everybody else there is none."""
    person = person_of(request.user)
    found = (
        permissions.visible(person, Application.objects.with_names())
        .filter(public_id=public_id, programme__slug=slug)
        .first()
    )
    if found is None:
        raise Http404
    return found


def receipt(
    request: HttpRequest, slug: str, public_id: str, refused: Refused | None = None
) -> HttpResponse:
    """Proof that the application was received: number, time, fingerprint, what was sent."""
    one = mine(request, slug, public_id)
    if one.state == ApplicationState.DRAFT:
        return HttpResponseRedirect(f"/calls/{slug}/apply/{one.track}/")
    now = clock.received(request)
    person = _applicant(request)
    owner = one.applicant.now == person
    context = {
        "one": one,
        "call": one.call,
        "owner": owner,
        "parts": parts(one, lang()),
        "group": one.group.title.in_(lang()) if one.group else "",
        "title": _admission(one.call).form_title.in_(lang()),
        "now": now,
        "zone": one.programme.zone,
        "form": KeyForm(),
        "may_withdraw": owner and _withdrawable(one, now),
    }
    return page(request, "intake/receipt.html", context, refused=refused)


def _withdrawable(one: Application, now: datetime) -> bool:
    """Until the close; from the waiting list at any time."""
    if one.state == ApplicationState.RESERVE:
        return True
    closes = one.call.closes_at
    return one.state == ApplicationState.SUBMITTED and closes is not None and now < closes


def parts(one: Application, speech: str) -> list[tuple[str, str]]:
    """What was sent, label and text, in the form's order."""
    admission = queries.admission_of(one.programme)
    track = track_of(admission, one.track) if admission else None
    form = ApplicationForm(
        admission=cast(AdmissionSpec, admission),
        track=cast(TrackSpec, track),
        titles=dict(queries.titles(one.programme)),
        lang=speech,
    )
    values = initial_of(one.filled)
    rows = []
    for name, field in form.fields.items():
        if name in ("key", "consent"):
            continue
        value = _words(field, values.get(name, ""))
        if value:
            rows.append((str(field.label), value))
    return rows


@require_POST
def withdraw(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Take the application back: before the close, from the waiting list at any time."""
    one = mine(request, slug, public_id)
    act = _act(request, _applicant(request))
    _done, refused = attempt(lambda: actions.withdraw_application(act, application=one))
    if refused is not None:
        return receipt(request, slug, public_id, refused)
    return HttpResponseRedirect(f"/calls/{slug}/apply/")
