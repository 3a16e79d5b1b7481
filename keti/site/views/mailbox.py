"""The mailbox: what was written to me, what went out and how it fared."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from keti.documents.doors import give_out
from keti.groups.doors import Door, KeyForm, ask, attempt, enter
from keti.notify.actions import STRANDED
from keti.notify.enums import DeliveryState, Way
from keti.notify.models import Enclosure, Message
from keti.notify.queries import in_state, outbox, stuck
from keti.notify.queries import mailbox as letters
from keti.site import actions, permissions

PAGE = 50
STATES = {
    DeliveryState.SENT: "done",
    DeliveryState.WAITING: "doing",
    DeliveryState.UNCERTAIN: "returned",
    DeliveryState.FAILED: "overdue",
    DeliveryState.NO_ADDRESS: "soon",
    DeliveryState.RECALLED: "none",
}


def went_out(door: Door) -> QuerySet[Message]:
    """Everything that went out, for the secretariat; for others what they wrote with their own
    hand: what an act told others is no letter of whoever did it."""
    messages = outbox(door.programme)
    return messages if door.seat.can("manage") else messages.filter(by_id=door.person.public_id)


def mailbox(request: HttpRequest, slug: str) -> HttpResponse:
    """What was written to me; for the secretariat also what went out, and how it fared; for
    others what they wrote themselves."""
    door = enter(request, slug)
    manages = door.seat.can("manage")
    out = request.GET.get("box") == "out"
    wanted = request.GET.get("state", "") if out else ""
    messages = went_out(door) if out else letters(door.programme, door.person, door.now)
    if wanted:
        messages = in_state(messages, wanted)
    messages = messages.prefetch_related("written__enclosures__file")
    page = Paginator(messages, PAGE).get_page(request.GET.get("page"))
    context = {
        "door": door,
        "page": page,
        "lines": [_said(one, door) | (_sent(one, door) if out else {}) for one in page],
        "stuck": stuck(door.now).filter(message__programme=door.programme).count() if out else 0,
        "again": request.GET.get("again") == "1",
        "recalled": request.GET.get("recalled", "")[:6],
        "row_key": KeyForm()["key"].value() if out else "",
        "out": out,
        "manages": manages,
        "may_write": bool(ask(lambda: permissions.may_write(door.act(), door.programme))),
        "written": request.GET.get("written", "")[:6],
        "states": DeliveryState.choices,
        "wanted": wanted,
    }
    return render(request, "site/mailbox.html", context)


def _said(one: Message, door: Door) -> dict[str, Any]:
    """A letter in the language of the page."""
    subject, body = one.said(door.lang)
    return {"one": one, "subject": subject, "body": body}


def _sent(one: Message, door: Door) -> dict[str, Any]:
    """One letter that went out: how its mail fared, and what may be done with it."""
    mail = one.by_way(Way.MAIL)
    until = one.held_until if one.is_held(door.now) else None
    return {
        "mail": mail,
        "mark": STATES.get(DeliveryState(mail.state), "none") if mail else "none",
        "why": mail.why(door.lang) if mail else "",
        "own": bool(one.written_id and one.by_id == door.person.public_id),
        "held": f"{door.programme.local(until):%H:%M}" if until else "",
        "stranded": bool(mail and mail.state in STRANDED and not until and door.seat.can("manage")),
    }


def _letter(door: Door, message_id: str) -> Message:
    """The letter of this id, for who may see that it went out; 404 for everybody else."""
    message = went_out(door).filter(public_id=message_id).first()
    if message is None:
        raise Http404
    return message


def enclosure(request: HttpRequest, slug: str, message_id: str, file_id: str) -> FileResponse:
    """A file enclosed in a letter, for its reader and for whoever may see that it went out."""
    door = enter(request, slug)
    mine = letters(door.programme, door.person, door.now).filter(public_id=message_id).first()
    message = mine or _letter(door, message_id)
    enclosed = Enclosure.objects.filter(written=message.written_id, file__public_id=file_id)
    found = enclosed.select_related("file").first()
    if found is None:
        raise Http404
    return give_out(found.file)


@require_POST
def resend(request: HttpRequest, slug: str, message_id: str) -> HttpResponse:
    """Let a letter that failed, or may not have arrived, go once more."""
    door = enter(request, slug)
    if not door.seat.can("manage"):
        raise Http404
    message = _letter(door, message_id)
    act = door.act(request.POST.get("key", ""))
    _done, refused = attempt(lambda: actions.resend(act, message=message))
    back = f"{reverse('site:mailbox', args=[slug])}?box=out"
    if refused:
        context = {"door": door, "why": refused.sentence(door.lang), "back": back}
        return render(request, "site/refused.html", context, status=422)
    return HttpResponseRedirect(f"{back}&again=1")


@require_POST
def recall(request: HttpRequest, slug: str, message_id: str) -> HttpResponse:
    """Take back every copy of a letter that is still held back."""
    door = enter(request, slug)
    message = _letter(door, message_id)
    act = door.act(request.POST.get("key", ""))
    reason = request.POST.get("reason", "").strip()[:300]
    taken, refused = attempt(lambda: actions.recall(act, message=message, reason=reason))
    back = f"{reverse('site:mailbox', args=[slug])}?box=out"
    if refused:
        context = {"door": door, "why": refused.sentence(door.lang), "back": back}
        return render(request, "site/refused.html", context, status=422)
    return HttpResponseRedirect(f"{back}&recalled={taken}")
