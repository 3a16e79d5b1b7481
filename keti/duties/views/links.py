"""Personal links of one duty: a new one, shown once; ending one."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.documents.rules.qr import qr_svg
from keti.duties import actions
from keti.duties.doors import deed_of, page_of
from keti.duties.forms import EndLinkForm
from keti.duties.notices import deadline
from keti.duties.views.page import again, fetch
from keti.groups.doors import KeyForm, attempt, enter
from keti.kernel.addresses import absolute
from keti.kernel.refusals import sentence


@require_POST
def link(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """A personal link to this one duty, shown once, with its QR code."""
    door = enter(request, slug)
    thing = fetch(door, duty_id)
    form = KeyForm(request.POST)
    if not form.is_valid():
        return again(request, door, thing)
    act = door.act(str(form.cleaned_data["key"]))
    token, refused = attempt(lambda: actions.issue_link(act, obligation=thing))
    if refused or token is None:
        why = refused.sentence(door.lang) if refused else ""
        return again(request, door, thing, refused=why)
    address = absolute(reverse("site:phone", args=[token]))
    person = thing.seat.acting_person if thing.seat else None
    context = {
        "door": door,
        "duty": thing,
        "deed": deed_of(thing, door.lang),
        "address": address,
        "letter": sentence(
            "duties.link-said",
            {
                "who": person.label if person else "",
                "deed": deed_of(thing, door.lang),
                "due": deadline(door.programme, thing.due_instant),
                "url": address,
            },
            door.lang,
        ),
        "qr": mark_safe(qr_svg(address, _("个人办理链接"))),
        "who": person.label if person else "",
        "back": page_of(thing),
    }
    return render(request, "duties/link.html", context)


@require_POST
def end(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """End one personal link at once."""
    door = enter(request, slug)
    thing = fetch(door, duty_id)
    form = EndLinkForm(request.POST)
    if not form.is_valid():
        return again(request, door, thing)
    given = form.cleaned_data
    _done, refused = attempt(
        lambda: actions.revoke_link(door.act(given["key"]), obligation=thing, link_id=given["link"])
    )
    if refused:
        return again(request, door, thing, refused=refused.sentence(door.lang))
    return HttpResponseRedirect(page_of(thing))
