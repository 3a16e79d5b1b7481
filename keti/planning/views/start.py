"""The first run of an empty installation, and founding a programme from a template."""

from typing import Any

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language

from keti.accounts.actions import PersonFacts
from keti.groups.doors import attempt
from keti.kernel import clock
from keti.kernel.addresses import visitor
from keti.kernel.refusals import sentence
from keti.planning.actions import register_founder
from keti.planning.doors import (
    founder,
    is_empty,
    spend_token,
    token_fits,
    tried_too_often,
)
from keti.planning.forms import FirstRunForm

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def start(request: HttpRequest) -> HttpResponse:
    """Open the installation with the one-time token; afterwards this page does not exist."""
    if not is_empty():
        raise Http404
    lang = get_language() or "zh-hans"
    form = FirstRunForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return _first(request, form, status)
    facts = form.cleaned_data
    if tried_too_often(visitor(request)):
        form.add_error("token", sentence("planning.token-too-often", {}, lang))
        return _first(request, form, 429)
    if not token_fits(facts["token"]):
        form.add_error("token", sentence("planning.wrong-token", {}, lang))
        return _first(request, form, 422)
    person = PersonFacts(facts["name"], mail=facts["mail"], language=lang)
    at = clock.received(request)
    user, refused = attempt(
        lambda: register_founder(at=at, facts=person, password=facts["password"])
    )
    if user is None:
        form.add_error(None, refused.sentence(lang) if refused else "")
        return _first(request, form, 422)
    spend_token()
    login(request, user, backend=BACKEND)
    return HttpResponseRedirect("/start/new/")


def _first(request: HttpRequest, form: FirstRunForm, status: int) -> HttpResponse:
    return render(request, "planning/start.html", _house(request, {"form": form}), status=status)


def _house(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    return {"now": clock.received(request), "zone": "Asia/Shanghai"} | context


def founded(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme stands: roster next, then the river."""
    founder(request)
    return render(request, "planning/founded.html", _house(request, {"slug": slug}))
