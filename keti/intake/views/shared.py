"""What the pages of intake share: finding things, a refusal on the page."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from keti.duties.models import Obligation
from keti.duties.permissions import visible
from keti.groups.doors import Door, KeepingForm, KeyForm, attempt
from keti.kernel.ids import new_id
from keti.kernel.refusals import Refused


def lang() -> str:
    return get_language() or "zh-hans"


def duty_of(door: Door, public_id: str, *forms: str) -> Obligation:
    """The duty of this page; 404 where it is absent, another's, or of another form."""
    mine = visible(door.sight, Obligation.objects.with_names().filter(form__in=forms))
    duty = mine.filter(public_id=public_id).first()
    if duty is None:
        raise Http404
    return duty


def tried(
    form: KeyForm, do: Callable[[dict[str, Any]], object], blame: KeepingForm | None = None
) -> tuple[bool, Refused | None]:
    """Do it with what a valid form says: whether it is done, and why not. A form that is not valid
    does nothing. With `blame` a refusal is shown at the field it is about."""
    if not form.is_valid():
        return False, None
    _made, refused = attempt(lambda: do(form.cleaned_data), blame)
    return refused is None, refused


def show(
    request: HttpRequest, template: str, context: dict[str, Any], refused: Refused | None = None
) -> HttpResponse:
    """A page; with a refusal it keeps what was typed and says why (422)."""
    context = {"key": new_id(), **context}
    if refused is not None:
        context["refusal"] = refused.sentence(lang())
    return render(request, template, context, status=422 if refused else 200)
