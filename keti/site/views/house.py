"""The front door, health, the way to a duty's room, and which seat one acts in."""

from functools import partial

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from keti.accounts.queries import person_of
from keti.duties import permissions
from keti.duties.doors import page_of
from keti.duties.models import Obligation
from keti.groups.doors import Door, enter
from keti.groups.models import Seat
from keti.groups.permissions import works_in
from keti.kernel import clock
from keti.kernel.acts import Subject
from keti.ledger.doors import whole
from keti.monitoring.doors import raise_link
from keti.monitoring.permissions import seat_may_raise
from keti.planning.doors import is_empty
from keti.site import ready
from keti.site.queries import own_programmes, public_things
from keti.site.works import room_of


def front(request: HttpRequest) -> HttpResponse:
    """Own programmes and what is owed across them; for others what is public."""
    return whole(request, partial(_front, request))


def _front(request: HttpRequest) -> HttpResponse:
    if is_empty():
        return HttpResponseRedirect("/start/")
    person = person_of(request.user)
    now = clock.received(request)
    lang = get_language() or "zh-hans"
    context = {
        "now": now,
        "zone": "Asia/Shanghai",
        "mine": own_programmes(person, now, lang) if person else [],
        "calls": [],
        "reports": [],
        "signed_in": person is not None,
        "may_found": person is not None and person.may_found,
        "demo_doors": settings.KETI_DEMO_DOORS,
    } | public_things(now, lang)
    return render(request, "site/front.html", context)


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Room on the disk, a database that takes a write and gives it back, every migration."""
    missing = ready.PROBE.answer()
    status = 503 if missing else 200
    return HttpResponse(f"{missing or 'ready'}\n", content_type="text/plain", status=status)


def do(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Lead on to the room where the duty is done; to its own page where no room takes it.

    With `file=1` to where a paper is handed in for it: what somebody records for another.
    """
    door = enter(request, slug)
    duty = (
        permissions.visible(door.sight, Obligation.objects.all())
        .select_related("programme")
        .filter(public_id=duty_id)
        .first()
    )
    if duty is None:
        raise Http404
    if duty.is_response:
        return HttpResponseRedirect(duty.about_path or page_of(duty))
    room = room_of(duty.form)
    named = [slug, duty.public_id]
    if request.GET.get("file") != "1":
        return HttpResponseRedirect(reverse(room.route, args=named))
    if room.by_file or room.in_room:
        return HttpResponseRedirect(reverse(room.by_file or room.route, args=named))
    return HttpResponseRedirect(f"{page_of(duty)}?record=1#hand-in")


def raise_finding(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Lead on to the page that raises a finding about this duty, or a file handed in for it."""
    door = enter(request, slug)
    duty = (
        permissions.visible(door.sight, Obligation.objects.all())
        .select_related("programme", "group")
        .filter(public_id=duty_id)
        .first()
    )
    if duty is None:
        raise Http404
    about = _about(door, duty, request.GET.get("filing", ""))
    verdict = seat_may_raise(door.seat, about)
    if not verdict:
        context = {"door": door, "why": verdict.sentence(door.lang), "back": page_of(duty)}
        return render(request, "site/refused.html", context, status=422)
    return HttpResponseRedirect(raise_link(door, about, duty.group))


def _about(door: Door, duty: Obligation, filing: str) -> Subject:
    """The duty itself, or the file that this seat may open."""
    if not filing:
        return duty.subject()
    found = duty.filings.select_related("file", "obligation__programme").filter(public_id=filing)
    one = found.first() if permissions.sees_inside(door.sight, duty) else None
    if one is None:
        raise Http404
    return one.subject()


@require_POST
def switch_seat(request: HttpRequest) -> HttpResponse:
    """Act in another of one's seats from now on."""
    person = person_of(request.user)
    seat = Seat.objects.with_names().filter(public_id=request.POST.get("seat", "")).first()
    if person is None or seat is None or not works_in(person, seat):
        raise Http404
    request.session[f"seat:{seat.programme.slug}"] = seat.public_id
    return HttpResponseRedirect(back_to(request, reverse("site:desk", args=[seat.programme.slug])))


def back_to(request: HttpRequest, otherwise: str) -> str:
    """Where the visitor came from, when that is an address of this house."""
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, None)
    return asked if safe and asked.startswith("/") else otherwise
