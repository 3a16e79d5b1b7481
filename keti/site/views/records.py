"""The ledger's lines."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render

from keti.consents import queries as consents
from keti.consents.models import LABEL, NOBODY_NAMED
from keti.duties.doors import said
from keti.groups.doors import Door, enter
from keti.groups.queries import labels_in
from keti.intake import queries as intake
from keti.ledger.models import Entry
from keti.ledger.queries import checkpoint, entries, export
from keti.review import queries as review

PAGE = 50


def hidden_lines(door: Door) -> Q:
    """Lines that even who sees every group does not read: opinions of others while their gate is
    open, what is said of things the person or the unit stands aside from, and of applications
    and consents that only the secretariat and whoever it is about read."""
    hidden = review.sealed(door.programme) | intake.sealed(door.programme, door.person)
    hidden |= consents.sealed(door.person, door.seats)
    if door.sight.barred:
        hidden |= Q(subject_id__in=door.sight.barred)
    return hidden & ~Q(actor_id=door.person.public_id)


def visible_entries(door: Door) -> QuerySet[Entry]:
    """All lines for who sees every group; for others their own and those of their seats."""
    lines = entries(door.programme)
    if door.sight.everything:
        return lines.exclude(hidden_lines(door))
    own = Q(actor_id=door.person.public_id)
    for seat in door.seats:
        own |= Q(leaf__contains=f'"seat":"{seat.public_id}"')
        own |= Q(leaf__contains=f'"behalf":"{seat.public_id}"')
        own |= Q(subject_id=seat.public_id)
    return lines.filter(own)


def ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """The record of acts, newest first."""
    door = enter(request, slug)
    mine = visible_entries(door)
    kind = request.GET.get("kind", "")
    kinds = sorted(mine.order_by().values_list("kind", flat=True).distinct())
    chosen = mine.filter(kind=kind) if kind else mine
    page = Paginator(chosen.order_by("-seq"), PAGE).get_page(request.GET.get("page"))
    head, label = (
        checkpoint(door.programme),
        labels_in(door.programme, door.lang, LABEL, NOBODY_NAMED),
    )
    context = {
        "door": door,
        "page": page,
        "lines": [_line(entry, door, label) for entry in page],
        "kinds": [(one, said(one, door.lang)) for one in kinds],
        "kind": kind,
        "sees_all": door.sight.everything,
        "head": head,
        "head_text": head.text(),
    }
    return render(request, "site/ledger.html", context)


def _line(entry: Entry, door: Door, label: Callable[[str], str]) -> dict[str, Any]:
    content = entry.content
    return {
        "seq": entry.seq,
        "at": entry.recorded_at,
        "happened_at": entry.happened_at,
        "late": content["late"],
        "behalf": label(content["behalf"]),
        "who": label(content["actor"]),
        "seat": content["seat"],
        "words": said(entry.kind, door.lang),
        "about": label(content["about"]),
        "note": content["facts"].get("reason", ""),
        "hash": entry.leaf_hash,
    }


def ledger_file(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The whole ledger as `ledger.jsonl`, for who sees every group."""
    door = enter(request, slug)
    if not door.sight.everything:
        raise Http404
    lines = export(door.programme, hidden_lines(door))
    answer = StreamingHttpResponse(
        (f"{line}\n" for line in lines), content_type="application/x-ndjson"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-ledger.jsonl"'
    return answer
