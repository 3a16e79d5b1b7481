"""Managing seats: the appointments and the founding of a group, one appointment, one seat."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.accounts.actions import PersonFacts
from keti.duties.models import Obligation
from keti.duties.queries import number_of, unmet
from keti.groups import actions as groups
from keti.groups.doors import Door, KeyForm, attempt, enter, enter_office, page, tried, why_not
from keti.groups.models import Colleague, Group, Seat
from keti.groups.permissions import by_hand, may_manage, may_renew
from keti.groups.queries import colleagues, groups_of, seat_by_id
from keti.intake import actions, permissions, queries
from keti.intake.forms.office import ColleagueForm, DelegateForm, EndForm, SeatForm, StyleForm
from keti.intake.forms.undoing import AheadForm, AnnulForm
from keti.intake.views import together
from keti.intake.views.shared import duty_of
from keti.kernel.refusals import Refused
from keti.ledger.queries import acted_in

ACTS = together.ACTS


def of_duty(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """The group of this duty: its seats, what is missing, and the act that meets the duty."""
    door = enter(request, slug)
    duty = duty_of(door, duty_id, *ACTS)
    refused: Refused | None = None
    form = AheadForm(request.POST or None, request.FILES or None, door=door)
    if request.method == "POST" and form.is_valid():
        ahead = form.cleaned_data["ahead"]
        _done, refused = attempt(
            lambda: ACTS[duty.form](door.act_from(form), obligation=duty, ahead=ahead), form
        )
        if refused is None:
            return HttpResponseRedirect(request.path)
    context = {
        "door": door,
        "duty": duty,
        "form": form,
        "title": duty.title.in_(door.lang),
        "met": duty.met_at is not None and duty.state == "met",
        "manages": bool(may_manage(door.act(), door.programme)),
        "waits_for": [one.titled.in_(door.lang) for one in unmet(door.programme, duty.needs)],
        "whynot": permissions.may_run(door.act(), duty, duty.form).sentence(door.lang),
        "number": number_of(duty),
        **_of_group(door, duty),
    }
    return page(request, "intake/group_duty.html", context, refused=refused)


def _of_group(door: Door, duty: Obligation) -> dict[str, Any]:
    group = duty.group
    return {
        "group": group.title.in_(door.lang),
        "group_id": group.public_id,
        "group_path": group.path,
        "missing": [one.in_(door.lang) for one in queries.shortages(group, door.now)],
        "seats": [
            {"seat": seat, "role": seat.role.title.in_(door.lang)}
            for seat in queries.seated(group, door.now)
        ],
    }


def _group(door: Door, public_id: str) -> Group | None:
    return groups_of(door.programme).filter(public_id=public_id).first() if public_id else None


def appoint(request: HttpRequest, slug: str) -> HttpResponse:
    """Appoint one unit or person; of one group where it is named in the address."""
    door = enter_office(request, slug)
    group = _group(door, request.GET.get("group", ""))
    form = SeatForm(request.POST or None, door=door, group=group)
    refused = None
    if request.method == "POST" and form.is_valid():
        done, refused = attempt(
            lambda: actions.appoint_members(door.act_from(form), places=[form.place()]), form
        )
        if done is not None:
            return HttpResponseRedirect(request.get_full_path() if group else f"/p/{slug}/roster/")
    context = {
        "door": door,
        "form": form,
        "group": group.title.in_(door.lang) if group else "",
        "seats": [
            {"seat": seat, "role": seat.role.title.in_(door.lang)}
            for seat in (queries.seated(group, door.now) if group else [])
        ],
    }
    return page(request, "intake/appoint.html", context, refused=refused)


def seat_or_404(door: Door, public_id: str) -> Seat:
    """The seat of this programme; 404 where there is none."""
    found = seat_by_id(door.programme, public_id)
    if found is None:
        raise Http404
    return found


def seat(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One seat: who holds it since when; name another delegate."""
    door = enter_office(request, slug)
    held = seat_or_404(door, public_id)
    form = _delegate_form(request.POST or None, door)
    refused = None
    if request.method == "POST" and form.is_valid():
        _done, refused = attempt(lambda: _swap(door, held, form), form)
        if refused is None:
            announce = reverse("duties:announce", args=[slug])
            return HttpResponseRedirect(f"{announce}?seat={held.public_id}")
    return show_seat(request, door, held, refused, form=form)


def _delegate_form(data: Any, door: Door) -> DelegateForm:
    return DelegateForm(data, programme=door.programme)


def _swap(door: Door, held: Seat, form: DelegateForm) -> Seat:
    given = form.cleaned_data
    facts = PersonFacts(
        given["name"],
        mail=given["mail"],
        unit=None if given["guest"] else held.organisation,
        who=given["who"],
        correct=given["correct"],
        guest=True,
    )
    return groups.swap_delegate(
        door.act(given["key"]),
        seat=held,
        delegate=actions.enter(door.programme, facts),
        guest=given["guest"],
    )


def show_seat(
    request: HttpRequest, door: Door, held: Seat, refused: Refused | None, **filled: Form
) -> HttpResponse:
    """The page of one seat, with the forms as they were `filled` in."""
    context = {
        "door": door,
        "held": held,
        "title": held.title.in_(door.lang),
        "form": filled.get("form") or _delegate_form(None, door),
        "styling": filled.get("styling") or StyleForm.of(held),
        "ending": filled.get("ending") or EndForm(),
        "annulling": filled.get("annulling") or AnnulForm(prefix="annul"),
        "used": acted_in(door.programme, held.public_id),
        "office": seat_by_id(door.programme, held.office_id) if held.office_id else None,
        "going": [one for one in groups.offices_of(held) if one.ends_at is None],
        "why_not_by_hand": by_hand(held).sentence(door.lang),
        "renewing": KeyForm(prefix="renew"),
        "why_not_renewed": why_not(door, lambda: may_renew(door.act(), held)),
        "colleagues": [(one, KeyForm()) for one in colleagues(held)],
        "joining": filled.get("joining")
        or ColleagueForm(programme=door.programme, prefix="colleague"),
    }
    return page(request, "intake/seat.html", context, refused=refused)


def _colleague_form(data: Any, door: Door) -> ColleagueForm:
    return ColleagueForm(data, programme=door.programme, prefix="colleague")


@require_POST
def colleague(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Name somebody of the unit who works in its seat beside the delegate."""
    door = enter_office(request, slug)
    held = seat_or_404(door, public_id)
    form = _colleague_form(request.POST, door)
    done, refused = tried(request, form, lambda: _joined(door, held, form))
    if done:
        messages.success(request, _("已登记经办人，并已去信告知。"))
        return HttpResponseRedirect(reverse("intake:seat", args=[slug, public_id]))
    return show_seat(request, door, held, refused, joining=form)


def _joined(door: Door, held: Seat, form: ColleagueForm) -> Colleague:
    given = form.cleaned_data
    facts = PersonFacts(
        given["name"],
        mail=given["mail"],
        mobile=given["mobile"],
        unit=held.organisation,
        who=given["who"],
        correct=given["correct"],
        is_demo=door.programme.is_demo,
    )
    person = actions.enter(door.programme, facts)
    return groups.name_colleague(door.act(given["key"]), seat=held, person=person)


@require_POST
def part(request: HttpRequest, slug: str, public_id: str, colleague_id: str) -> HttpResponse:
    """Somebody works in the unit's seat no longer."""
    door = enter_office(request, slug)
    held = seat_or_404(door, public_id)
    gone = Colleague.objects.filter(seat=held, public_id=colleague_id).first()
    if gone is None:
        raise Http404
    form = KeyForm(request.POST)
    done, refused = tried(
        request,
        form,
        lambda: groups.end_colleague(door.own_act(form), colleague=gone),
    )
    if done:
        return HttpResponseRedirect(reverse("intake:seat", args=[slug, public_id]))
    return show_seat(request, door, held, refused)


@require_POST
def restyle(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """How a seat is styled and where it stands in its role."""
    door = enter_office(request, slug)
    held = seat_or_404(door, public_id)
    form = StyleForm(request.POST, prefix="style")
    done, refused = tried(
        request,
        form,
        lambda: groups.restyle_seat(
            door.own_act(form),
            seat=held,
            honorific=form.cleaned_data["honorific"],
            order=form.cleaned_data["order"],
        ),
    )
    if done:
        messages.success(request, _("已更改。已签发的文件和已公布的名册保持原样。"))
        return HttpResponseRedirect(reverse("intake:seat", args=[slug, public_id]))
    return show_seat(request, door, held, refused, styling=form)


@require_POST
def end(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """End a seat with its reason."""
    door = enter_office(request, slug)
    held = seat_or_404(door, public_id)
    form = EndForm(request.POST)
    done, refused = tried(
        request,
        form,
        lambda: actions.end_membership(
            door.own_act(form), seat=held, reason=form.cleaned_data["reason"]
        ),
    )
    if done:
        return HttpResponseRedirect(reverse("intake:roster", args=[slug]))
    return show_seat(request, door, held, refused, ending=form)
