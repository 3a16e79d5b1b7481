"""Who is in a recording: named, asked, their paper recorded, removed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from keti.accounts.models import Person
from keti.consents.actions import give_consent, withdraw_consent
from keti.consents.enums import Purpose
from keti.consents.forms import PaperForm
from keti.consents.queries import consenting, wording
from keti.groups.doors import Door, attempt, enter, go, page, tried
from keti.kernel.refusals import Refused
from keti.media import actions, queries
from keti.media.forms import ReasonForm, SpeakerForm
from keti.media.models import Recording, Speaker
from keti.media.views.shared import kept_by
from keti.media.views.showing import answered, choices


@require_POST
def name(request: HttpRequest, slug: str, recording_id: str) -> HttpResponse:
    """Name who is seen or heard."""
    door = enter(request, slug)
    one = kept_by(door, recording_id)
    form = SpeakerForm(request.POST, door=door, people=choices(door))

    def do() -> Speaker:
        said = form.said()
        who = Person.objects.filter(public_id=said["person"]).first() if said["person"] else None
        act = door.act(str(form.cleaned_data["key"]))
        return actions.name_speaker(act, recording=one, person=who, name=said["name"])

    done, refused = tried(request, form, do)
    return answered(request, door, one, done, refused, ("form", form))


def _speaker(one: Recording, public_id: str) -> Speaker:
    rows = Speaker.objects.filter(recording=one, withdrawn_at=None)
    found = rows.select_related("person", "programme").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def speaker(request: HttpRequest, slug: str, recording_id: str, speaker_id: str) -> HttpResponse:
    """One speaker: what they agree to; record what they signed on paper."""
    door = enter(request, slug)
    one = kept_by(door, recording_id)
    who = _speaker(one, speaker_id)
    form = PaperForm(request.POST or None, request.FILES or None, door=door)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        _done, refused = attempt(lambda: _recorded(door, who, form), form)
        if refused is None:
            return go(request.path)
    known = {who.person.public_id, who.person.now.public_id}
    asked = [
        {
            "code": purpose.value,
            "title": purpose.label,
            "wording": wording(door.programme, purpose).in_(door.lang),
            "agreed": bool(known & consenting(door.programme, purpose)),
        }
        for purpose in queries.PURPOSES
    ]
    context: dict[str, Any] = {
        "door": door,
        "one": one,
        "speaker": who,
        "who": who.person.called.in_(door.lang),
        "asked": asked,
        "form": form,
        "remove": ReasonForm(door=door),
    }
    return page(request, "media/speaker.html", context, form, refused=refused)


def purpose_in(request: HttpRequest) -> Purpose:
    """Which of what speakers are asked the form is about."""
    asked = request.POST.get("purpose", "")
    if asked not in {one.value for one in queries.PURPOSES}:
        raise Http404
    return Purpose(asked)


def _recorded(door: Door, who: Speaker, form: PaperForm) -> object:
    act, purpose = door.act_from(form), purpose_in(door.request)
    programme, person = door.programme, who.person
    if door.request.POST.get("do") == "withdraw":
        return withdraw_consent(act, programme=programme, person=person, purpose=purpose)
    return give_consent(
        act, programme=programme, person=person, purpose=purpose, lang=person.language
    )


@require_POST
def remove(request: HttpRequest, slug: str, recording_id: str, speaker_id: str) -> HttpResponse:
    """They are not in it after all."""
    door = enter(request, slug)
    one = kept_by(door, recording_id)
    who = _speaker(one, speaker_id)
    form = ReasonForm(request.POST, door=door)

    def do() -> Speaker:
        act, reason = door.act(str(form.cleaned_data["key"])), form.cleaned_data["reason"]
        return actions.remove_speaker(act, speaker=who, reason=reason)

    done, refused = tried(request, form, do)
    return answered(request, door, one, done, refused)
