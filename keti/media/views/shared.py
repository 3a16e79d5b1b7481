"""What the pages of the room have in common: fetching by id, trying an act, refusing in words."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from keti.groups.doors import Door, KeepingForm, attempt
from keti.kernel.refusals import Refused
from keti.media import permissions
from keti.media.forms import MediaForm
from keti.media.models import Recording


def recording_of(door: Door, public_id: str) -> Recording:
    """The recording of this id, where this seat or this person may see it."""
    rows = Recording.objects.select_related("programme", "file", "by", "decided_by")
    found = permissions.visible(door.sight, rows, door.person).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def kept_by(door: Door, public_id: str) -> Recording:
    """The recording of this id, for who keeps recordings; for others its work does not exist."""
    if not permissions.keeps_media(door.seat):
        raise Http404
    return recording_of(door, public_id)


def tried(
    request: HttpRequest, form: MediaForm, do: Callable[[], Any]
) -> tuple[Any, Refused | None]:
    """Do the act of a form that was sent and is valid: what it made, or why not."""
    if request.method != "POST" or not form.is_valid():
        return None, None
    return attempt(do, form)


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *forms: KeepingForm,
    refused: Refused | None = None,
) -> HttpResponse:  # fmt: skip
    """The page; 422 with the reason where its form was refused."""
    bad = any(form.is_bound and form.errors for form in forms)
    shown = refused is not None and not bad
    context["refusal"] = refused.sentence(context["door"].lang) if refused and shown else ""
    return render(request, template, context, status=422 if bad or refused else 200)


def go(address: str) -> HttpResponseRedirect:
    """On to where it can be seen."""
    return HttpResponseRedirect(address)
