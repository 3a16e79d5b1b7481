"""The mailbox: what was written to me, what went out and how it fared."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from keti.documents.doors import give_out
from keti.groups.doors import Door, KeyForm, ask, attempt, enter
from keti.lists.doors import save, show
from keti.notify.models import Enclosure, Message
from keti.notify.queries import mailbox as letters
from keti.notify.queries import stuck
from keti.site import actions, permissions
from keti.site.views.letters import RECEIVED, SENT, went_out


def mailbox(request: HttpRequest, slug: str) -> HttpResponse:
    """What was written to me; for the secretariat also what went out, and how it fared; for
    others what they wrote themselves."""
    door = enter(request, slug)
    out = request.GET.get("box") == "out"
    late = stuck(door.now).filter(message__programme=door.programme) if out else None
    context = {
        "door": door,
        "letters": show(request, door, SENT if out else RECEIVED),
        "stuck": late.count() if late is not None else 0,
        "again": request.GET.get("again") == "1",
        "recalled": request.GET.get("recalled", "")[:6],
        "row_key": KeyForm()["key"].value() if out else "",
        "out": out,
        "manages": door.seat.can("manage"),
        "may_write": bool(ask(lambda: permissions.may_write(door.act(), door.programme))),
        "written": request.GET.get("written", "")[:6],
    }
    return render(request, "site/mailbox.html", context)


def received_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """What was written to me, as a file."""
    return save(request, RECEIVED, slug, form)


def sent_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """What went out and how it fared, as a file."""
    return save(request, SENT, slug, form)


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
    reason = request.POST.get("reason", "").strip()
    taken, refused = attempt(lambda: actions.recall(act, message=message, reason=reason))
    back = f"{reverse('site:mailbox', args=[slug])}?box=out"
    if refused:
        context = {"door": door, "why": refused.sentence(door.lang), "back": back}
        return render(request, "site/refused.html", context, status=422)
    return HttpResponseRedirect(f"{back}&recalled={taken}")
