"""What was promised and what became of it, for everybody, once the report is public."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from keti.ledger.doors import whole
from keti.programmes.models import Programme
from keti.promises import queries
from keti.promises.enums import Outcome
from keti.promises.models import Exhibit
from keti.promises.rules import Shown, reached
from keti.promises.views.pages import standing_of
from keti.release import queries as releases
from keti.research import queries as research

MOST = 50
"""So many addresses are shown of one promise."""


def promises(request: HttpRequest, slug: str) -> HttpResponse:
    """Every promise of a programme whose report is public: target, measured, what became of it,
    and the addresses where that can be checked. Files and who entered them stay inside."""
    return whole(request, partial(_promises, request, slug))


def _promises(request: HttpRequest, slug: str) -> HttpResponse:
    out = releases.publication_at(slug)
    if out is None or out.retracted_at is not None:
        raise Http404
    lang = get_language() or "zh-hans"
    programme = out.programme
    duties = queries.with_outcome(queries.promises(programme)).order_by("due", "pk")
    exhibits: dict[tuple[str, str], list[Exhibit]] = {}
    for one in Exhibit.objects.filter(programme=programme, withdrawn_at=None).order_by("day", "pk"):
        exhibits.setdefault((one.kind, one.period), []).append(one)
    rows = [
        _row(duty, exhibits.get((duty.kind, duty.period), []), programme, lang) for duty in duties
    ]
    tally = [
        (str(word), sum(1 for row in rows if row["outcome"] == code))
        for code, word in Outcome.choices
    ]
    context = {
        "out": out,
        "title": programme.title.in_(lang),
        "rows": rows,
        "tally": tally,
        "uptakes": _uptakes(programme, lang),
    }
    return render(request, "promises/public.html", context)


def _uptakes(programme: Programme, lang: str) -> list[dict[str, Any]]:
    """What became of each recommendation, in words."""
    return [
        {
            "tag": one.recommendation.tag.in_(lang),
            "title": one.recommendation.title.in_(lang),
            "addressee": one.addressee.title.in_(lang),
            "state": research.state_words(one).in_(lang),
            "day": one.day,
            "link": one.link,
        }
        for one in research.public_uptakes(programme)
    ]


def _row(duty: Any, shown: list[Exhibit], programme: Programme, lang: str) -> dict[str, Any]:
    """A promise of which nobody has said yet what became of it shows no figure and no address."""
    mark, word = standing_of(duty) or ("none", "")
    shown = shown if duty.outcome else []
    rows = [Shown(one.nature, one.outlet, one.unit, one.value, one.day) for one in shown]
    target = queries.target_of(programme, duty.kind) if shown else {}
    return {
        "title": " ".join(filter(None, (duty.title.in_(lang), duty.period))),
        "due": duty.due,
        "outcome": duty.outcome,
        "mark": mark,
        "word": word,
        "reason": duty.outcome_reason or "",
        "reaches": [queries.drawn(one) for one in reached(rows, target)],
        "links": [one for one in shown if one.link][:MOST],
    }
