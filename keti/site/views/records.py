"""The ledger's lines and the mailbox."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from keti.consents import queries as consents
from keti.duties.doors import said
from keti.groups.doors import Door, KeyForm, attempt, enter
from keti.intake import queries as intake
from keti.ledger.models import Entry
from keti.ledger.queries import checkpoint, entries, export
from keti.notify.actions import STRANDED
from keti.notify.enums import MessageState
from keti.notify.models import Message
from keti.notify.queries import mailbox as letters
from keti.notify.queries import outbox, stuck
from keti.review import queries as review
from keti.site import actions

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
    head = checkpoint(door.programme)
    context = {
        "door": door,
        "page": page,
        "lines": [_line(entry, door) for entry in page],
        "kinds": [(one, said(one, door.lang)) for one in kinds],
        "kind": kind,
        "sees_all": door.sight.everything,
        "head": head,
        "head_text": head.text(),
    }
    return render(request, "site/ledger.html", context)


def _line(entry: Entry, door: Door) -> dict[str, Any]:
    content = entry.content
    return {
        "seq": entry.seq,
        "at": entry.recorded_at,
        "happened_at": entry.happened_at,
        "late": content["late"],
        "behalf": content["behalf"],
        "who": content["actor"],
        "seat": content["seat"],
        "words": said(entry.kind, door.lang),
        "about": content["about"],
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


STATES = {
    MessageState.SENT: "done",
    MessageState.WAITING: "doing",
    MessageState.UNCERTAIN: "returned",
    MessageState.FAILED: "overdue",
    MessageState.NO_ADDRESS: "soon",
}


def mailbox(request: HttpRequest, slug: str) -> HttpResponse:
    """What was written to me; for the secretariat also what went out, and how it fared."""
    door = enter(request, slug)
    manages = door.seat.can("manage")
    out = manages and request.GET.get("box") == "out"
    wanted = request.GET.get("state", "") if out else ""
    messages = outbox(door.programme) if out else letters(door.programme, door.person)
    if wanted:
        messages = messages.filter(state=wanted)
    page = Paginator(messages, PAGE).get_page(request.GET.get("page"))
    context = {
        "door": door,
        "page": page,
        "lines": [_letter(one, door) for one in page],
        "stuck": stuck(door.now).filter(programme=door.programme).count() if out else 0,
        "again": request.GET.get("again") == "1",
        "again_key": KeyForm()["key"].value() if out else "",
        "out": out,
        "manages": manages,
        "states": MessageState.choices,
        "wanted": wanted,
    }
    return render(request, "site/mailbox.html", context)


def _letter(one: Message, door: Door) -> dict[str, Any]:
    return {
        "one": one,
        "mark": STATES.get(MessageState(one.state), "none"),
        "why": one.why(door.lang),
        "stranded": one.state in STRANDED,
    }


@require_POST
def resend(request: HttpRequest, slug: str, message_id: str) -> HttpResponse:
    """Let a letter that failed, or may not have arrived, go once more."""
    door = enter(request, slug)
    message = outbox(door.programme).filter(public_id=message_id).first()
    if message is None or not door.seat.can("manage"):
        raise Http404
    act = door.act(request.POST.get("key", ""))
    _done, refused = attempt(lambda: actions.resend(act, message=message))
    back = f"{reverse('site:mailbox', args=[slug])}?box=out"
    if refused:
        context = {"door": door, "why": refused.sentence(door.lang), "back": back}
        return render(request, "site/refused.html", context, status=422)
    return HttpResponseRedirect(f"{back}&again=1")
