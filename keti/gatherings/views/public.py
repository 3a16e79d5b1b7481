"""What everybody may read of a gathering, once it is announced."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from keti.gatherings import queries

MINUTE = "%Y-%m-%d %H:%M"


def gathering(request: HttpRequest, slug: str, gathering_id: str) -> HttpResponse:
    """When and where, the parts that are shown, who speaks, where they agreed."""
    one = queries.announced(slug, gathering_id)
    if one is None:
        raise Http404
    lang = get_language() or "zh-hans"
    context = {
        "one": one,
        "title": one.title.in_(lang),
        "programme": one.programme.title.in_(lang),
        "parts": queries.parts(one, lang, public=True),
        "begins": one.programme.local(one.begins_at).strftime(MINUTE),
        "ends": one.programme.local(one.ends_at).strftime(MINUTE),
    }
    return render(request, "gatherings/public.html", context)
