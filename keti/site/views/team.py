"""A unit's own seat: who works in it beside the delegate, and what to do when one cannot act."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.groups.actions import TEAM, end_colleague, member_of, name_colleague
from keti.groups.doors import Door, KeyForm, attempt, enter, why_not
from keti.groups.models import Colleague, Seat
from keti.groups.permissions import may_keep_team
from keti.groups.queries import colleagues, may_deputise, standing
from keti.kernel.refusals import Refused
from keti.site.forms import TeamForm


def team(request: HttpRequest, slug: str) -> HttpResponse:
    """The seat one acts in, of one's own unit; the delegate adds who works in it."""
    door = _unit(enter(request, slug))
    if request.method != "POST":
        return _page(door, TeamForm())
    form = TeamForm(request.POST)
    if not form.is_valid():
        return _page(door, form)
    _made, refused = attempt(lambda: _named(door, form))
    if refused is not None:
        return _page(door, form, refused)
    messages.success(request, _("已登记经办人，并已去信告知。"))
    return HttpResponseRedirect(request.path)


def _unit(door: Door) -> Door:
    """Only a unit's seat has a team."""
    if door.seat.organisation_id is None:
        raise Http404
    return door


def _named(door: Door, form: TeamForm) -> Colleague:
    given, seat, act = form.cleaned_data, door.seat, door.act(str(form.cleaned_data["key"]))
    may_keep_team(act, seat).or_refuse()
    person = member_of(seat, str(given["name"]), str(given["mail"]))
    return name_colleague(act, seat=seat, person=person)


def _page(door: Door, form: TeamForm, refused: Refused | None = None) -> HttpResponse:
    seat = door.seat
    here = door.read(("site.team-near",), _near)
    whynot = why_not(door, lambda: may_keep_team(door.act(), seat))
    mine = door.person.pk
    team = list(colleagues(seat))
    office = [(one.called, one.acting_person) for one in here if one.can("manage")]
    context = {
        "door": door,
        "title": seat.title.in_(door.lang),
        "unit": seat.holder.called.in_(door.lang),
        "delegate": seat.delegate,
        "people": [(one, KeyForm(), not whynot or one.person_id == mine) for one in team],
        "count": len(team),
        "most": TEAM,
        "whynot": whynot,
        "form": form,
        "refusal": refused.sentence(door.lang) if refused and not form.errors else "",
        "office": [(who.in_(door.lang), one.mail) for who, one in office if one is not None],
        "group": seat.group if any(may_deputise(one, seat) for one in here) else None,
        "runs": seat.can("manage"),
    }
    return render(door.request, "site/team.html", context, status=_status(form, refused))


def _near(door: Door) -> QuerySet[Seat]:
    """Who of the group might stand in, and the secretariat."""
    manages = Seat.objects.filter(programme=door.programme).able("manage").values("pk")
    near = Q(group=door.seat.group_id) | Q(pk__in=manages)
    return standing(door.programme, door.now).filter(near)


def _status(form: TeamForm, refused: Refused | None) -> int:
    return 422 if refused or form.errors else 200


@require_POST
def leave(request: HttpRequest, slug: str, colleague_id: str) -> HttpResponse:
    """Somebody of the unit works in its seat no longer."""
    door, form = _unit(enter(request, slug)), KeyForm(request.POST)
    gone = colleagues(door.seat).filter(public_id=colleague_id).first()
    if gone is None or not form.is_valid():
        raise Http404
    act = door.act(str(form.cleaned_data["key"]))
    _done, refused = attempt(lambda: end_colleague(act, colleague=gone))
    if refused is not None:
        messages.error(request, refused.sentence(door.lang))
    elif gone.person_id == door.person.pk:
        return HttpResponseRedirect(reverse("site:me"))
    else:
        messages.success(request, _("已登记，从现在起不再经办。"))
    return HttpResponseRedirect(reverse("site:own_unit", args=[slug]))
