"""What the pages of the room have in common: fetching by id, trying an act, refusing in words."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from keti.groups.doors import Door, KeepingForm, attempt
from keti.kernel.refusals import Refused
from keti.letters import permissions
from keti.letters.forms import LettersForm
from keti.letters.models import Mailing, MailPiece, Office, RecipientList

T = TypeVar("T")


def office_of(door: Door, public_id: str) -> Office:
    """The office of this id, where this seat may see it."""
    found = permissions.visible(door.sight, Office.objects.select_related("programme"))
    return _one(found.filter(public_id=public_id).first())


def list_of(door: Door, public_id: str) -> RecipientList:
    """The list of this id, where this seat may see it."""
    rows = RecipientList.objects.select_related("programme", "decided_by")
    return _one(permissions.visible(door.sight, rows).filter(public_id=public_id).first())


def mailing_of(door: Door, public_id: str) -> Mailing:
    """The letter of this id, where this seat may see it."""
    rows = Mailing.objects.select_related("programme", "list", "issued_by")
    return _one(permissions.visible(door.sight, rows).filter(public_id=public_id).first())


def piece_of(door: Door, public_id: str) -> MailPiece:
    """The piece of this id with its state, where this seat may see it."""
    rows = MailPiece.objects.standing().select_related("mailing__programme", "office")
    return _one(permissions.visible(door.sight, rows).filter(public_id=public_id).first())


def _one(found: T | None) -> T:
    if found is None:
        raise Http404
    return found


def tried(
    request: HttpRequest, form: LettersForm, do: Callable[[], Any]
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
