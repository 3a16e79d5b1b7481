"""One part of a programme, the consent of who speaks in it, one signer."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from keti.consents.enums import Purpose
from keti.consents.queries import consenting, wording
from keti.gatherings import actions, permissions
from keti.gatherings.forms import DropForm, PaperForm, SignedForm
from keti.gatherings.models import Signer, Slot
from keti.gatherings.views.pages import unsaid
from keti.groups.doors import Door, KeyForm, attempt, enter, enter_office, keeping, why_not
from keti.kernel.refusals import Refused


def _slot(door: Door, slot_id: str) -> Slot:
    found = Slot.objects.filter(programme=door.programme, public_id=slot_id, dropped_at=None)
    named = ("speaker__unit", "speaker__same_as__unit")
    one = found.select_related("gathering__programme", "programme", *named).first()
    if one is None:
        raise Http404
    mine = one.speaker is not None and one.speaker.now == door.person
    if not mine and not permissions.may_arrange(door.act(), door.programme):
        raise Http404
    return one


def slot(request: HttpRequest, slug: str, slot_id: str) -> HttpResponse:
    """One part, for the office and for who speaks in it; dropping it."""
    door = enter(request, slug)
    one = _slot(door, slot_id)
    form = keeping(DropForm(request.POST or None), door)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        act = door.act(str(form.cleaned_data["key"]))
        _done, refused = attempt(lambda: actions.drop_slot(act, slot=one), form)
        if refused is None:
            return HttpResponseRedirect(one.gathering.path)
    return _page(door, one, form, keeping(PaperForm(), door), refused)


def _page(door: Door, one: Slot, form: Any, paper: Any, refused: Refused | None) -> HttpResponse:
    person = one.speaker.now if one.speaker else None
    agreed = person is not None and person.public_id in consenting(door.programme, Purpose.SPEECH)
    context = {
        "door": door,
        "one": one,
        "title": one.title.in_(door.lang),
        "to": one.gathering.title.in_(door.lang),
        "speaker": person.called.in_(door.lang) if person else "",
        "agreed": agreed,
        "record": reverse("consents:person", args=[door.programme.slug, person.public_id])
        if agreed and person
        else "",
        "mine": person is not None and person == door.person,
        "wording": wording(door.programme, Purpose.SPEECH).in_(door.lang),
        "key": KeyForm(),
        "form": form,
        "paper": paper,
        "why_not": why_not(door, lambda: permissions.may_arrange(door.act(), door.programme)),
        "refused": unsaid(refused, paper, door),
    }
    bad = refused or any(one.is_bound and one.errors for one in (form, paper))
    return render(door.request, "gatherings/slot.html", context, status=422 if bad else 200)


@require_POST
def agreed(request: HttpRequest, slug: str, slot_id: str) -> HttpResponse:
    """Record that who speaks agreed on paper."""
    door = enter_office(request, slug)
    one = _slot(door, slot_id)
    form = keeping(PaperForm(request.POST, request.FILES), door)
    refused: Refused | None = None
    if form.is_valid():
        _done, refused = attempt(
            lambda: actions.agree_on_paper(door.act_from(form), slot=one), form
        )
        if refused is None:
            return HttpResponseRedirect(request.path.removesuffix("agreed/"))
    return _page(door, one, keeping(DropForm(), door), form, refused)


def signer(request: HttpRequest, slug: str, signer_id: str) -> HttpResponse:
    """One signer: that the party signed, and the copies it took."""
    door = enter_office(request, slug)
    found = Signer.objects.filter(programme=door.programme, public_id=signer_id)
    one = found.select_related("gathering__programme", "programme").first()
    if one is None:
        raise Http404
    form = keeping(
        SignedForm(request.POST or None, request.FILES or None, initial={"handed": one.copies}),
        door,
    )
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        act, said = door.act(str(form.cleaned_data["key"])), form.cleaned_data

        def done() -> Signer:
            kept = door.keep(act, said["file"]) if said["file"] else None
            return actions.note_signed(act, signer=one, handed=said["handed"], file=kept)

        _done, refused = attempt(done, form)
        if refused is None:
            return HttpResponseRedirect(one.gathering.path)
    context = {"door": door, "one": one, "form": form, "refused": unsaid(refused, form, door)}
    status = 422 if refused or (form.is_bound and form.errors) else 200
    return render(request, "gatherings/signer.html", context, status=status)
