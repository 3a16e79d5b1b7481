"""The answer to a form: an act tried, the page with what was refused, on to where it is seen."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language

from keti.groups.doors.entering import Door
from keti.groups.doors.filling import KeepingForm, KeyForm
from keti.groups.doors.trying import attempt
from keti.kernel.ids import new_id
from keti.kernel.refusals import Refused

F = TypeVar("F", bound=KeepingForm)


def keeping(form: F, door: Door) -> F:
    """The form, with whose it is and since when: what was typed and chosen is kept while it is
    refused."""
    form.keeper, form.moment = door.person, door.now
    return form


def tried(request: HttpRequest, form: KeyForm, do: Callable[[], Any]) -> tuple[Any, Refused | None]:
    """Do the act of a form that was sent and is valid: what it made, or why not."""
    if request.method != "POST" or not form.is_valid():
        return None, None
    return attempt(do, form if isinstance(form, KeepingForm) else None)


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *forms: KeyForm,
    refused: Refused | None = None,
) -> HttpResponse:  # fmt: skip
    """The page, with a key for what it sends without a form; 422 with the reason where a form of it
    was refused, which is said once: at the field, where it is about one."""
    bad = any(form.is_bound and form.errors for form in forms)
    said = "" if refused is None or bad else refused.sentence(get_language() or "zh-hans")
    whole = {"key": new_id(), "refusal": said} | context
    return render(request, template, whole, status=422 if bad or refused else 200)


def go(address: str) -> HttpResponseRedirect:
    """On to where it can be seen."""
    return HttpResponseRedirect(address)
