"""A personal way in: a harmless page; the button on it signs in. Opening it uses nothing up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from keti.accounts.actions import hashed
from keti.accounts.doors import ask_for_letter, enter_by
from keti.accounts.models import Person, WayIn
from keti.accounts.queries import person_of, way_in_by_hash, why_ended
from keti.groups.actions import send_way_in_again
from keti.groups.doors import attempt, digest_of
from keti.groups.models import Seat
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused, sentence
from keti.site.forms import WayInForm


@dataclass(frozen=True, slots=True)
class Visit:
    """The way in that was opened, the seat it stands for, and when."""

    way: WayIn
    seat: Seat
    now: datetime

    @property
    def person(self) -> Person:
        """Whose it is: also where the record was joined to another meanwhile."""
        return self.way.person.now

    @property
    def ended(self) -> str:
        """The code of why it opens nothing; "" while it does."""
        stands = self.seat.ends_at is None or self.seat.ends_at > self.now
        why = why_ended(self.way, self.now)
        mine = stands and self.seat.acting_person == self.person
        return why or ("" if mine else "accounts.way-in-ended")

    @property
    def may_ask_again(self) -> bool:
        """Whether a new one can be sent to the address on record."""
        stands = self.seat.ends_at is None or self.seat.ends_at > self.now
        mine = stands and self.seat.acting_person == self.person
        return bool(mine and self.person.mail and settings.KETI_MAIL)


def way_in(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a personal way in; its button signs in, once."""
    visit = _visit(token, clock.received(request))
    with translation.override(_language(request, visit)):
        answer = _answer(request, visit)
    answer.headers["Referrer-Policy"] = "strict-origin"  # never the path; no origin, no form
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def opens(token: str) -> bool:
    """Whether there is such a way in, ended or not: an ended one may be asked for again."""
    return way_in_by_hash(hashed(token)) is not None


def _visit(token: str, now: datetime) -> Visit:
    way = way_in_by_hash(hashed(token))
    seats = Seat.objects.with_names().filter(public_id=way.seat_id) if way else []
    seat = next(iter(seats), None)
    if way is None or seat is None:
        raise Http404
    return Visit(way, seat, now)


def _language(request: HttpRequest, visit: Visit) -> str:
    """The language chosen on this device, else the person's own."""
    chosen = request.COOKIES.get("django_language", "")
    return chosen if chosen in ("zh-hans", "en") else visit.person.language


def _answer(request: HttpRequest, visit: Visit) -> HttpResponse:
    if request.method != "POST":
        return _page(request, visit, WayInForm(asks=_asks(visit)))
    form = WayInForm(request.POST, asks=_asks(visit) and "again" not in request.POST)
    if not form.is_valid() or _inside(request):
        return _page(request, visit, form, status=422)
    try:
        if "again" in request.POST:
            return _again(request, visit, str(form.cleaned_data["key"]))
        if visit.ended:
            return _page(request, visit, form, status=410)
        then = reverse("site:desk", args=[visit.seat.programme.slug])
        mail = visit.person.mail or str(form.cleaned_data["mail"])
        return enter_by(request, visit.way, mail, then)
    except Refused as refused:
        lang = translation.get_language() or "zh-hans"
        return _page(request, visit, form, why=refused.sentence(lang), status=422)


def _asks(visit: Visit) -> bool:
    """Whether an address is asked for: none is on record by which to sign in."""
    return not visit.person.mail and settings.KETI_MAIL


def _inside(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated)


def _again(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    """A new one to the address on record, which is never shown; counted as at the other doors."""
    person = visit.person
    if person.mail:
        ask_for_letter(request, person.mail)
    act = Act(by=person, recorded_at=visit.now, key=f"way-in:{key}", digest=digest_of(request))
    _done, refused = attempt(lambda: send_way_in_again(act, way=visit.way))
    if refused:
        raise refused
    return HttpResponseRedirect(f"{request.path}?sent=1")


def _page(
    request: HttpRequest, visit: Visit, form: WayInForm, *, why: str = "", status: int = 200
) -> HttpResponse:
    lang = translation.get_language() or "zh-hans"
    programme, me = visit.seat.programme, person_of(request.user)
    ended = visit.ended
    context: dict[str, Any] = {
        "programme": programme,
        "title": programme.title.in_(lang),
        "who": visit.person.called.in_(lang),
        "seat": visit.seat.title.in_(lang),
        "until": visit.way.expires_at,
        "form": form,
        "why": why,
        "ended": sentence(ended, {}, lang) if ended else "",
        "again": bool(ended) and visit.may_ask_again,
        "sent": request.GET.get("sent") == "1",
        "inside": _inside(request),
        "mine": me is not None and me == visit.person,
        "other": me.called.in_(lang) if me is not None and me != visit.person else "",
        "asks": _asks(visit),
        "shut": not visit.person.mail and not settings.KETI_MAIL,
        "now": visit.now,
        "zone": programme.zone,
    }
    return render(request, "site/way_in.html", context, status=status)
