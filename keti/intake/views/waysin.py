"""Personal ways in for who holds a seat: looked at, sent by letter, or handed over; ended."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from keti.accounts.actions import secret_of
from keti.accounts.models import WayIn, WayInMeans
from keti.accounts.queries import handed_over, ways_of_seat, why_ended
from keti.documents.doors import paper_file
from keti.documents.rules.forms import Row
from keti.documents.rules.paper import Paper, printed_day, tongue
from keti.documents.rules.qr import qr_svg
from keti.documents.rules.written import Box, Grid
from keti.groups import actions as groups
from keti.groups.doors import Door, attempt, enter_office, page
from keti.groups.models import Seat
from keti.groups.notices import handed, letter_words
from keti.groups.queries import seat_by_id
from keti.intake.forms.ways import WayForm
from keti.intake.views.seats import SEATS
from keti.kernel.acts import Act
from keti.kernel.addresses import absolute
from keti.kernel.refusals import Refused
from keti.lists.doors import Deed, offers

SLIPS_ACROSS = 2


def address_of(way: WayIn) -> str:
    """The full address behind which the way in stands."""
    return absolute(reverse("site:way_in", args=[secret_of(way)]))


def _seat(door: Door, public_id: str) -> Seat:
    found = seat_by_id(door.programme, public_id)
    if found is None or (found.ends_at is not None and found.ends_at <= door.now):
        raise Http404
    return found


def one(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """What the letter and the sentence say, before either is made; and those there are."""
    door = enter_office(request, slug)
    seat = _seat(door, public_id)
    form, refused = WayForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        means = WayInMeans(form.cleaned_data["means"])
        act = door.act(str(form.cleaned_data["key"]))
        way, refused = attempt(lambda: groups.issue_way_in(act, seat=seat, means=means))
        if way is not None:
            return _made(request, door, seat, means)
    person = seat.acting_person
    context = {
        "door": door,
        "seat": seat,
        "title": seat.title.in_(door.lang),
        "form": form,
        "person": person,
        "letter": [one.in_(person.language) for one in letter_words(seat)] if person else [],
        "text": handed(seat, person, door.now).in_(person.language) if person else "",
        "why": {
            means.value: groups.fit_for_way_in(seat, means).sentence(door.lang)
            for means in WayInMeans
        },
        "ways": _ways(door, seat),
    }
    return page(request, "intake/way_in.html", context, refused=refused)


def _made(request: HttpRequest, door: Door, seat: Seat, means: WayInMeans) -> HttpResponse:
    if means == WayInMeans.LETTER:
        messages.success(request, _("带着专用入口的信已交发，发到登记的邮箱。"))
        return HttpResponseRedirect(request.path)
    where = reverse("intake:ways", args=[door.programme.slug])
    return HttpResponseRedirect(f"{where}#{seat.public_id}")


def _ways(door: Door, seat: Seat) -> list[tuple[WayIn, str]]:
    """Every way in of the seat with how it stands."""
    found = list(ways_of_seat(seat.public_id)[:20])
    return [(one, _standing(one, why_ended(one, door.now))) for one in found]


def _standing(way: WayIn, why: str) -> str:
    words = {
        "": _("可用"),
        "accounts.way-in-used": _("已用"),
        "accounts.way-in-expired": _("已过期"),
    }
    return words.get(why, _("已停用"))


@require_POST
def end(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """End one way in at once."""
    door = enter_office(request, slug)
    seat = seat_by_id(door.programme, public_id)
    if seat is None:
        raise Http404
    key, way = (request.POST.get(name, "")[:80] for name in ("key", "way"))
    _done, refused = attempt(lambda: groups.revoke_way_in(door.act(key), seat=seat, way_id=way))
    if refused:
        messages.error(request, refused.sentence(door.lang))
    else:
        messages.success(request, _("专用入口已停用。"))
    return HttpResponseRedirect(reverse("intake:way_in", args=[slug, public_id]))


def ways(request: HttpRequest, slug: str) -> HttpResponse:
    """The ways in that wait to be handed over: a sentence for each, and the slips to print."""
    door = enter_office(request, slug)
    context = {"door": door, "rows": [_row(door, *pair) for pair in _waiting(door)]}
    answer = page(request, "intake/ways_in.html", context)
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer


def _waiting(door: Door) -> list[tuple[WayIn, Seat]]:
    found = list(handed_over(door.programme.pk, door.now))
    of_these = Seat.objects.filter(public_id__in=[one.seat_id for one in found])
    seats = of_these.filter(programme=door.programme).standing(door.now).with_names()
    known = {one.public_id: one for one in seats}
    return [(one, known[one.seat_id]) for one in found if one.seat_id in known]


def _row(door: Door, way: WayIn, seat: Seat) -> dict[str, Any]:
    address = address_of(way)
    words = handed(seat, way.person, way.expires_at).in_(way.person.language)
    return {
        "way": way,
        "seat": seat,
        "title": seat.title.in_(door.lang),
        "who": way.person.called.in_(door.lang),
        "text": f"{words}\n{address}",
        "qr": mark_safe(qr_svg(address, _("专用入口"))),
    }


def slips(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Slips to print and cut: one for each way in that waits to be handed over."""
    door = enter_office(request, slug)
    found = _waiting(door)
    if not found:
        raise Http404
    return paper_file(request, _sheet(door, found), form, door.asker, moves=True)


def _sheet(door: Door, found: Sequence[tuple[WayIn, Seat]]) -> Paper:
    boxes = [_slip(way, seat) for way, seat in found]
    boxes += [Box()] * (-len(boxes) % SLIPS_ACROSS)
    rows: list[Row] = [
        tuple(boxes[at : at + SLIPS_ACROSS]) for at in range(0, len(boxes), SLIPS_ACROSS)
    ]
    day = door.programme.local(door.now)
    return Paper(
        kind="form",
        title=_("专用入口"),
        lang=tongue(door.lang),
        subtitle=_("一人一条，裁开后当面交给本人；用一次即失效。"),
        issuer=door.programme.title.in_(door.lang),
        date=printed_day(day, door.lang),
        day=day.date(),
        body=(Grid(tuple(rows), (1,) * SLIPS_ACROSS),),
        demo=door.programme.is_demo,
    )


def _slip(way: WayIn, seat: Seat) -> Box:
    """One slip in the language of its person: the sentence, the address, its QR code."""
    address = address_of(way)
    words = handed(seat, way.person, way.expires_at).in_(way.person.language)
    return Box(f"{words}\n{address}", qr=address)


def _refusals(means: WayInMeans, door: Door, found: Sequence[Seat]) -> dict[str, str]:
    """Which seats get no way in by these means, and why."""
    told = {}
    for seat in Seat.objects.with_names().filter(pk__in=[one.pk for one in found]):
        verdict = groups.fit_for_way_in(seat, means)
        if not verdict:
            told[seat.public_id] = verdict.sentence(door.lang)
    return told


def _issue(means: WayInMeans, act: Act, seat: Seat, _reason: str) -> WayIn:
    whole = Seat.objects.with_names().filter(pk=seat.pk).first()
    if whole is None:
        raise Refused("groups.no-seat")
    return groups.issue_way_in(act, seat=whole, means=means)


def _manages(door: Door) -> bool:
    return door.seat.can("manage")


offers(
    SEATS.name,
    Deed(
        "way-letter", gettext_lazy("发信：专用入口"), _manages,
        partial(_refusals, WayInMeans.LETTER), partial(_issue, WayInMeans.LETTER),
    ),
    Deed(
        "way-hand", gettext_lazy("做成聊天文字和纸条：专用入口"), _manages,
        partial(_refusals, WayInMeans.HAND), partial(_issue, WayInMeans.HAND), then="intake:ways",
    ),
)  # fmt: skip
