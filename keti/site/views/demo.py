"""Only in a demo folder on loopback: sign in as anybody of the cast, move the clock."""

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from keti.accounts.actions import open_account
from keti.accounts.models import Person
from keti.groups.doors import attempt
from keti.groups.models import Seat
from keti.kernel import clock
from keti.kernel.refusals import Refused
from keti.site.demo import advance
from keti.site.views.house import back_to

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def people(request: HttpRequest) -> HttpResponse:
    """The cast: everybody with a seat, by programme and role."""
    lang = get_language() or "zh-hans"
    programmes: dict[str, dict[str, list[dict[str, str]]]] = {}
    seats = list(Seat.objects.standing(clock.received(request)).with_names())
    for seat in sorted(seats, key=_first_shown):
        person = seat.acting_person
        if person is None or not person.mail:
            continue
        roles = programmes.setdefault(seat.programme.title.in_(lang), {})
        roles.setdefault(seat.role.title.in_(lang), []).append(
            {"name": person.label, "group": seat.group.title.in_(lang), "id": seat.public_id}
        )
    shown = [(title, list(roles.items())) for title, roles in programmes.items()]
    context = {"programmes": shown, "now": clock.received(request), "zone": "Asia/Shanghai"}
    return render(request, "site/demo.html", context)


def _first_shown(seat: Seat) -> tuple[bool, bool]:
    """Programmes that still run come first, and in each the secretariat."""
    return seat.programme.closed_at is not None, not seat.can("manage")


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the person who acts in the chosen seat."""
    seat = Seat.objects.with_names().filter(public_id=request.POST.get("seat", "")).first()
    person: Person | None = seat.acting_person if seat else None
    if seat is None or person is None:
        raise Http404
    user, refused = attempt(lambda: open_account(person))
    if user is None:
        raise refused or Refused("site.no-such-demo-person")
    login(request, user, backend=BACKEND)
    request.session[f"seat:{seat.programme.slug}"] = seat.public_id
    return HttpResponseRedirect(reverse("site:desk", args=[seat.programme.slug]))


@require_POST
def one_day(request: HttpRequest) -> HttpResponse:
    """Let a day pass."""
    advance()
    return HttpResponseRedirect(back_to(request, "/"))


@require_POST
def next_due(request: HttpRequest) -> HttpResponse:
    """Let time pass to the next due instant of the programme in sight."""
    advance(_slug_of(back_to(request, "")), to_next_due=True)
    return HttpResponseRedirect(back_to(request, "/"))


def _slug_of(path: str) -> str:
    """The programme of an address `/p/<slug>/…`; empty for any other."""
    parts = path.split("/")
    return parts[2] if len(parts) > 3 and parts[1] == "p" else ""
