"""What everybody may read: the public notice of a programme, and whether a certificate is true."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from keti.consents.queries import recipient
from keti.groups.doors import programme_by_slug
from keti.honours import queries
from keti.honours.enums import Stage
from keti.honours.forms import FindForm
from keti.honours.models import Nomination
from keti.ledger.doors import whole


def _lang() -> str:
    return get_language() or "zh-hans"


def notice(request: HttpRequest, slug: str) -> HttpResponse:
    """Whom honours are to be granted to, until when that may be contested, and whom they were."""
    return whole(request, partial(_notice, request, slug))


def _notice(request: HttpRequest, slug: str) -> HttpResponse:
    programme, lang = programme_by_slug(slug), _lang()
    rows = list(queries.public_of(programme))
    if not rows:
        raise Http404
    agreed = queries.named_in_public(programme)
    shown = [(one, queries.shown_of(one, lang, agreed)) for one in rows]
    context = {
        "programme": programme.title.in_(lang),
        "zone": programme.zone,
        "demo": programme.is_demo,
        "office": recipient(programme).in_(lang),
        "running": [pair for pair in shown if pair[0].stage == Stage.NOTICED],
        "awarded": [pair for pair in shown if pair[0].stage == Stage.AWARDED],
        "revoked": [pair for pair in shown if pair[0].stage == Stage.REVOKED],
    }
    return render(request, "honours/public.html", context)


def find(request: HttpRequest) -> HttpResponse:
    """Check a certificate by its number."""
    form = FindForm(request.GET if "number" in request.GET else None)
    missing = False
    if form.is_bound and form.is_valid():
        found = queries.by_number(form.cleaned_data["number"])
        if found is not None:
            return HttpResponseRedirect(reverse("honours:check", args=[found.public_id]))
        missing = True
    shown = {"form": form, "missing": missing}
    return render(request, "honours/find.html", shown, status=404 if missing else 200)


def check(request: HttpRequest, nomination_id: str) -> HttpResponse:
    """What the certificate says, and whether it still holds; nothing else."""
    rows = Nomination.objects.filter(public_id=nomination_id).exclude(number="")
    one = rows.with_names().first()
    if one is None:
        raise Http404
    shown = queries.shown_of(one, _lang(), queries.named_in_public(one.programme))
    context = {
        "shown": shown,
        "revoked": one.stage == Stage.REVOKED,
        "ended": one.programme.local(one.ended_at).strftime("%Y-%m-%d") if one.ended_at else "",
        "demo": one.programme.is_demo,
        "standalone": reverse("site:record"),
    }
    return render(request, "honours/check.html", context)
