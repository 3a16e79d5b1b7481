"""Where the script keeps what is typed, and the page on which one finds it again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from keti.accounts.models import Person
from keti.accounts.queries import person_of
from keti.drafts import queries
from keti.drafts.actions import discard_draft, restore_draft, save_draft
from keti.drafts.doors import act_of, read_draft
from keti.drafts.models import Draft
from keti.drafts.permissions import visible
from keti.drafts.rules import ALTOGETHER, LONGEST_PLACE, MOST, UNTOUCHED
from keti.kernel import clock
from keti.kernel.refusals import Refused
from keti.kernel.transactions import run

ZONE = "Asia/Shanghai"
STATUS = {
    "drafts.another-window": 409,
    "drafts.begun-again": 409,
    "drafts.gone": 410,
    "drafts.too-large": 413,
    "drafts.unreadable": 400,
    "drafts.somebody-else": 401,
}


def _person(request: HttpRequest) -> Person:
    person = person_of(request.user)
    if person is None:
        raise Http404
    return person


@require_GET
def of_page(request: HttpRequest) -> HttpResponse:
    """Who is signed in, a fresh token for their forms, and the drafts of the forms of one page."""
    person = _person(request)
    place = request.GET.get("place", "")[:LONGEST_PLACE]
    named = request.GET.getlist("form")[:MOST]
    found = queries.on_page(person, place, named) if place else []
    drafts = {one.form_key: one.shown() for one in found}
    return JsonResponse({"person": person.public_id, "token": get_token(request), "drafts": drafts})


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep what stands in a form; says the new revision, or why not and what stands there."""
    person = _person(request)
    form_key = ""
    try:
        typed, said = read_draft(request)
        form_key = typed.form_key
        if said.get("person") != person.public_id:
            raise Refused("drafts.somebody-else")
        act, base = act_of(request, person), str(said.get("base", ""))
        kept = run(lambda: save_draft(act, typed=typed, base=base))
    except Refused as refused:
        return _refused(person, refused, form_key)
    return JsonResponse(
        {"id": kept.public_id, "revision": kept.revision_id, "at": kept.saved_at.isoformat()}
    )


def _refused(person: Person, refused: Refused, form_key: str) -> HttpResponse:
    """The reason as a sentence; where another text stands there, that text."""
    answer: dict[str, Any] = {
        "code": refused.code,
        "why": refused.sentence(get_language() or "zh-hans"),
    }
    if refused.code == "drafts.another-window":
        other = queries.unsent(person).filter(form_key=form_key).first()
        answer["draft"] = other.shown() if other else None
    status = STATUS.get(refused.code, getattr(refused, "status", 422))
    return JsonResponse(answer, status=status)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What I typed and have not sent."""
    return _list_page(request)


def _list_page(request: HttpRequest, refused: Refused | None = None) -> HttpResponse:
    person, now = _person(request), clock.received(request)
    lang = get_language() or "zh-hans"
    context = {
        "refusal": refused.sentence(lang) if refused else "",
        "drafts": queries.unsent(person),
        "copies": [
            (one.title.in_(lang), one.where.in_(lang), one.path, one.saved_at)
            for one in queries.elsewhere(person, now)
        ],
        "discarded": queries.just_discarded(person, now),
        "days": UNTOUCHED.days,
        "most": MOST,
        "megabytes": ALTOGETHER >> 20,
        "now": now,
        "zone": ZONE,
    }
    status = STATUS.get(refused.code, 422) if refused else 200
    return render(request, "drafts/list.html", context, status=status)


@require_GET
def signed_in(request: HttpRequest) -> HttpResponse:
    """Where a sign-in in a new window ends: the first window goes on by itself."""
    return render(request, "drafts/signed_in.html")


def _own(request: HttpRequest, kept_id: str) -> Draft:
    found = visible(person_of(request.user)).filter(public_id=kept_id).first()
    if found is None:
        raise Http404
    return found


def _done(request: HttpRequest) -> HttpResponse:
    """A script goes on by itself; a form is led back to the list."""
    if request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
    return HttpResponseRedirect(reverse("drafts:list"))


@require_POST
def discard(request: HttpRequest, kept_id: str) -> HttpResponse:
    """Put one of my drafts aside."""
    draft, act = _own(request, kept_id), act_of(request, _person(request))
    run(lambda: discard_draft(act, draft=draft))
    return _done(request)


@require_POST
def restore(request: HttpRequest, kept_id: str) -> HttpResponse:
    """Take back that it was put aside."""
    draft, act = _own(request, kept_id), act_of(request, _person(request))
    try:
        run(lambda: restore_draft(act, draft=draft))
    except Refused as refused:
        return _list_page(request, refused)
    return _done(request)
