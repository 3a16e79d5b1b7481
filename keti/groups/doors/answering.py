"""The answer to a form: an act tried, the page with what was refused, on to where it is seen."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from keti.groups.doors.filling import KeepingForm
from keti.groups.doors.trying import attempt
from keti.kernel.refusals import Refused


def tried(
    request: HttpRequest, form: KeepingForm, do: Callable[[], Any]
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
