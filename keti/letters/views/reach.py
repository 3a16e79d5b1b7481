"""How far a letter reached: a picture of tiles, a table with its gaps; for everybody where it is
published."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from keti.groups.doors import attempt, go, page, why_not
from keti.letters import actions, permissions, queries
from keti.letters.doors import enter_letters
from keti.letters.enums import MailingState
from keti.letters.forms import LettersForm
from keti.letters.models import Mailing
from keti.letters.rules import divisions, tiles
from keti.letters.views.shared import mailing_of


def reach(request: HttpRequest, slug: str, mailing_id: str) -> HttpResponse:
    """How far one letter reached, for who keeps letters."""
    door = enter_letters(request, slug)
    one = mailing_of(door, mailing_id)
    if one.state != MailingState.ISSUED:
        raise Http404
    context = {"door": door, "one": one, "form": LettersForm(door=door), **told(one, door.lang)}
    context["why_not"] = why_not(door, lambda: permissions.may_issue(door.act(), door.programme))
    return render(request, "letters/reach.html", context)


def told(one: Mailing, lang: str) -> dict[str, Any]:
    """What both pages show: the picture, a row for each province with its gaps, the totals."""
    found = queries.reached(one)
    rows = [
        {
            "code": code,
            "name": divisions.short(code, lang),
            "all": counted[0],
            "out": counted[1],
            "arrived": counted[2],
            "pieces": sum(found[each][0] for each in found if each[:2] == code[:2]),
            "gaps": ("、" if lang.startswith("zh") else ", ").join(
                divisions.DIVISIONS[each]
                for each in found
                if each[:2] == code[:2] and not found[each][2]
            ),
        }
        for code in divisions.PROVINCES
        for counted in [tiles.within(code, found)]
    ]
    return {
        "rows": rows,
        "picture": tiles.picture(found, lang),
        "divisions": len(found),
        "addressed": sum(counts[0] > 0 for counts in found.values()),
        "went": sum(counts[1] > 0 for counts in found.values()),
        "arrived": sum(counts[2] > 0 for counts in found.values()),
        "table": divisions.VERSION,
    }


@require_POST
def show(request: HttpRequest, slug: str, mailing_id: str, show: str) -> HttpResponse:
    """Let everybody read it, or nobody any more."""
    door = enter_letters(request, slug)
    one = mailing_of(door, mailing_id)
    if show not in ("publish", "hide"):
        raise Http404
    form = LettersForm(request.POST, door=door)
    do = actions.show_reach if show == "publish" else actions.hide_reach
    refused = None
    if form.is_valid():
        act = door.act(str(form.cleaned_data["key"]))
        done, refused = attempt(lambda: do(act, mailing=one))
        if done is not None:
            return go(f"{one.path}reach/")
    context = {"door": door, "one": one, "form": form, **told(one, door.lang)}
    return page(request, "letters/reach.html", context, form, refused=refused)


def public(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The same counts for everybody, once they are published: no office, no address."""
    rows = Mailing.objects.select_related("programme").exclude(shown_at=None)
    one = rows.filter(programme__slug=slug, ordinal=number).first()
    if one is None:
        raise Http404
    lang = getattr(request, "LANGUAGE_CODE", "zh-hans")
    return render(request, "letters/public.html", {"one": one, **told(one, lang)})
