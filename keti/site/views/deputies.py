"""Who stands in for a seat of a group: whom the charter lets, who does now, and ending it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.groups.actions import end_standing_in, stand_in
from keti.groups.doors import Door, KeyForm, attempt, enter, why_not
from keti.groups.models import Colleague, Group, Seat
from keti.groups.permissions import may_let_stand_in
from keti.groups.queries import groups_of, may_deputise, standing, standing_in
from keti.site.forms import StandInForm


def deputies(request: HttpRequest, slug: str, group_id: str) -> HttpResponse:
    """Every seat that has deputies, with who stands in; and letting somebody stand in."""
    door = enter(request, slug)
    group = _group(door, group_id)
    seats = list(standing(door.programme, door.now).filter(group=group))
    posted = request.POST.get("seat", "") if request.method == "POST" else ""
    rows, status = [], 200
    now = list(standing_in(group))
    roles = {one.public_id: one.role.title.in_(door.lang) for one in seats}
    for seat in seats:
        may = [one for one in seats if may_deputise(one, seat)]
        if not may:
            continue
        able = [one for one in may if one.acting_person is not None]
        mine = seat.public_id == posted
        form = StandInForm(request.POST if mine else None, deputies=able, prefix=seat.public_id)
        refused = ""
        if mine and form.is_valid():
            refused = _let(door, seat, able, form)
            if not refused:
                messages.success(request, _("已登记代行，并已去信告知。"))
                return HttpResponseRedirect(request.path)
        status = 422 if mine else status
        theirs = [(one, roles.get(one.deputy_id, "")) for one in now if one.seat_id == seat.pk]
        rows.append(_row(door, seat, form, theirs, refused))
    context = {"door": door, "group": group, "title": group.title.in_(door.lang), "rows": rows}
    return render(request, "site/deputies.html", context, status=status)


def _group(door: Door, group_id: str) -> Group:
    group = groups_of(door.programme).filter(public_id=group_id).first()
    if group is None:
        raise Http404
    return group


def _let(door: Door, seat: Seat, able: list[Seat], form: StandInForm) -> str:
    """Let the chosen deputy stand in; why not, in words."""
    given = form.cleaned_data
    deputy = next(one for one in able if one.public_id == given["by_whom"])
    act = door.act(str(given["key"]))
    _made, refused = attempt(
        lambda: stand_in(act, seat=seat, deputy=deputy, reason=str(given["reason"]))
    )
    return refused.sentence(door.lang) if refused else ""


def _row(
    door: Door, seat: Seat, form: StandInForm, now: list[tuple[Colleague, str]], refused: str
) -> dict[str, Any]:
    act = door.act()
    whynot = why_not(door, lambda: may_let_stand_in(act, seat))
    return {
        "seat": seat.public_id,
        "title": seat.called.in_(door.lang),
        "form": form,
        "refused": refused,
        "whynot": whynot,
        "now": [
            (one, role, KeyForm(), not whynot or one.person_id == door.person.pk)
            for one, role in now
        ],
    }


@require_POST
def end(request: HttpRequest, slug: str, group_id: str, standing_id: str) -> HttpResponse:
    """Somebody stands in no longer."""
    door = enter(request, slug)
    group, form = _group(door, group_id), KeyForm(request.POST)
    found = Colleague.objects.filter(seat__group=group).exclude(deputy_id="")
    one = (
        found.select_related("seat__programme", "seat__group").filter(public_id=standing_id).first()
    )
    if one is None or not form.is_valid():
        raise Http404
    act = door.act(str(form.cleaned_data["key"]))
    _done, refused = attempt(lambda: end_standing_in(act, standing=one))
    if refused:
        messages.error(request, refused.sentence(door.lang))
    else:
        messages.success(request, _("已结束代行。"))
    return HttpResponseRedirect(reverse("site:deputies", args=[slug, group_id]))
