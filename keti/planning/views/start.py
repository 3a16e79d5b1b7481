"""The first run of an empty installation, and founding a programme from a template."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language

from keti.accounts.actions import PersonFacts
from keti.charter.actions import CharterFile, check
from keti.charter.models import CharterVersion
from keti.charter.rules.compiled import Compiled, ObligationSpec
from keti.duties.rules import titled
from keti.groups.doors import attempt
from keti.groups.models import Seat
from keti.kernel import clock
from keti.kernel.addresses import visitor
from keti.kernel.refusals import sentence
from keti.kernel.templatetags.keti_dates import deadline_text
from keti.planning.actions import register_founder
from keti.planning.doors import (
    founder,
    is_empty,
    spend_token,
    token_fits,
    tried_too_often,
)
from keti.planning.forms import FirstRunForm
from keti.planning.queries import founded_at
from keti.planning.rules.anew import born

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
    person, lang = founder(request), get_language() or "zh-hans"
    context: dict[str, Any] = {"slug": slug}
    seat = Seat.objects.of(person).filter(programme__slug=slug).select_related("programme").first()
    if seat is not None:
        programme = seat.programme
        since = founded_at(programme)
        first = CharterVersion.objects.filter(programme=programme).order_by("number")[0]
        charter, _findings = check(CharterFile(first.name, first.text, first.clauses))
        context |= past_at_birth(charter, since, lang) if charter and since else {}
    return render(request, "planning/founded.html", _house(request, context))


def past_at_birth(charter: Compiled, at: datetime, lang: str) -> dict[str, Any]:
    """What of the charter is past when it is founded at `at`: begun anew until when, dropped."""
    birth = born(charter, at)
    groups = {one.key: one.title for one in charter.groups}
    zone = ZoneInfo(charter.tz)

    def told(specs: tuple[ObligationSpec, ...]) -> list[tuple[str, str]]:
        return [
            (
                f"{groups[one.group].in_(lang)} · {titled(one.title, one.period).in_(lang)}",
                deadline_text(one.due_at, zone, lang),
            )
            for one in specs
        ]

    return {"late_anew": told(birth.anew), "late_dropped": told(birth.dropped)}
