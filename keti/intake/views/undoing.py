"""What the secretariat takes back, corrects or hands over: a decision, a call, an appointment."""

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.groups.doors import KeyForm, attempt, enter_office, page, tried
from keti.intake import actions, queries
from keti.intake.forms.undoing import (
    AnnulForm,
    ErratumForm,
    PostponeForm,
    ReplaceForm,
    ReturnForm,
    TakeBackForm,
    end_of,
)
from keti.intake.views.applications import one_of, show_one
from keti.intake.views.call import call_or_404
from keti.intake.views.groups import seat_or_404, show_seat


@require_POST
def take_back(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Take the decision on an application back."""
    door = enter_office(request, slug)
    application = one_of(door, public_id)
    form = TakeBackForm(request.POST, prefix="back")
    done, refused = tried(
        request,
        form,
        lambda: actions.take_back_decision(
            door.own_act(form),
            application=application,
            reason=form.cleaned_data["reason"],
        ),
    )
    if done:
        messages.success(request, _("决定已撤销，申报表回到待审。"))
        return HttpResponseRedirect(application.path)
    return show_one(request, door, application, refused=refused, taking_back=form)


@require_POST
def give_back(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Return an application for completion."""
    door = enter_office(request, slug)
    application = one_of(door, public_id)
    form = ReturnForm(request.POST, prefix="return")
    done, refused = tried(
        request,
        form,
        lambda: actions.return_application(
            door.own_act(form),
            application=application,
            reason=form.cleaned_data["reason"],
            until=end_of(form.cleaned_data["last_day"], door.programme.tz),
        ),
    )
    if done:
        messages.success(request, _("已退回补正，申报人已收到说明。"))
        return HttpResponseRedirect(application.path)
    return show_one(request, door, application, refused=refused, returning=form)


def erratum(request: HttpRequest, slug: str) -> HttpResponse:
    """The corrections of the published call, and publishing another."""
    door = enter_office(request, slug)
    call = call_or_404(slug)
    form = ErratumForm(request.POST or None)
    refused = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made, refused = attempt(
            lambda: actions.publish_erratum(
                door.act(given["key"]), call=call, text=form.text(), reason=given["reason"]
            )
        )
        if made is not None:
            messages.success(request, _("更正已发布，文号 %(number)s。") % {"number": made.number})
            return HttpResponseRedirect(request.path)
    context: dict[str, Any] = {
        "door": door,
        "call": call,
        "title": call.title.in_(door.lang),
        "errata": [(one, one.text.in_(door.lang)) for one in call.errata.all()],
        "form": form,
    }
    return page(request, "intake/erratum.html", context, refused=refused)


def postpone(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the published call close later: what moves with it is shown first."""
    door = enter_office(request, slug)
    call = call_or_404(slug)
    form = PostponeForm(request.POST or None)
    form.keeper, form.moment = door.person, door.now
    refused = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made, refused = attempt(
            lambda: actions.postpone_close(
                door.act(given["key"]),
                call=call,
                closes_at=cast(datetime, end_of(given["last_day"], door.programme.tz)),
                reason=given["reason"],
            ),
            form,
        )
        if made is not None:
            messages.success(request, _("报名已延期，文号 %(number)s。") % {"number": made.number})
            return HttpResponseRedirect(call.path)
    context = {
        "door": door,
        "call": call,
        "closed": call.has_closed(door.now),
        "hanging": [
            (one, one.group.title.in_(door.lang), one.titled.in_(door.lang))
            for one in queries.hanging(door.programme, door.now)
        ],
        "form": form,
        "zone": door.programme.zone,
    }
    return page(request, "intake/postpone.html", context, refused=None if form.errors else refused)


@require_POST
def annul(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Take an appointment back as a mistake."""
    door = enter_office(request, slug)
    held = seat_or_404(door, public_id)
    form = AnnulForm(request.POST, prefix="annul")
    done, refused = tried(
        request,
        form,
        lambda: actions.annul_membership(
            door.own_act(form), seat=held, reason=form.cleaned_data["reason"]
        ),
    )
    if done:
        messages.success(request, _("误任已撤销。"))
        return HttpResponseRedirect(reverse("intake:roster", args=[slug]))
    return show_seat(request, door, held, refused, annulling=form)


@require_POST
def renew(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The holder of a seat goes on for another term."""
    door = enter_office(request, slug)
    held = seat_or_404(door, public_id)
    form = KeyForm(request.POST, prefix="renew")
    done, refused = tried(request, form, lambda: actions.renew_term(door.own_act(form), seat=held))
    if done:
        messages.success(request, _("已连任，新任期已记下。"))
        return HttpResponseRedirect(reverse("intake:seat", args=[slug, public_id]))
    return show_seat(request, door, held, refused)


def replace(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One seat passes to another holder at one moment."""
    door = enter_office(request, slug)
    held = seat_or_404(door, public_id)
    form = ReplaceForm(request.POST or None, request.FILES or None, door=door, seat=held)
    refused = None
    if request.method == "POST" and form.is_valid():
        heir, refused = attempt(
            lambda: actions.replace_holder(
                door.act_from(form),
                seat=held,
                place=form.place(),
                reason=form.cleaned_data["reason"],
            ),
            form,
        )
        if heir is not None:
            who = heir.holder.called.in_(door.lang)
            messages.success(request, _("已由 %(who)s 接任。") % {"who": who})
            return HttpResponseRedirect(reverse("intake:seat", args=[slug, heir.public_id]))
    context = {
        "door": door,
        "held": held,
        "title": held.title.in_(door.lang),
        "form": form,
    }
    return page(request, "intake/replace.html", context, refused=refused)
