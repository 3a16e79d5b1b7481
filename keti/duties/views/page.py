"""One duty: what, who, when and why; extending, waiving, linking."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.accounts.queries import links_of
from keti.duties import actions, permissions, queries
from keti.duties.doors import (
    LatenessView,
    deed_of,
    page_of,
    rule_words,
    said,
    title_of,
)
from keti.duties.enums import ClaimState, DutyState
from keti.duties.forms import (
    AcceptForm,
    DeclineForm,
    ExplainForm,
    ExtendForm,
    HandInForm,
    UndoForm,
    WaiveForm,
)
from keti.duties.models import Claim, Filing, Obligation, ObligationQuerySet, Reminder
from keti.groups.doors import Door, KeyForm, ask, attempt, enter, why_not
from keti.groups.queries import labels_in
from keti.kernel.acts import Act
from keti.kernel.prepared import prepared
from keti.kernel.refusals import Verdict
from keti.ledger.models import Entry
from keti.ledger.queries import entries

Shown = dict[str, Any]
SHOWN_APART = timedelta(minutes=1)


def duty(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """The page of one duty."""
    door = enter(request, slug)
    return render(request, "duties/duty.html", _context(door, fetch(door, duty_id)))


def fetch(door: Door, duty_id: str) -> Obligation:
    """The duty, if this seat may see it; 404 otherwise."""

    found = door.first(("duties.duty",), _seen, duty_id)
    if found is None:
        raise Http404
    found.group.programme = door.programme
    if found.seat is not None:
        found.seat.group.programme = door.programme
    return found


def _seen(door: Door, duty_id: str) -> ObligationQuerySet:
    every = permissions.visible(door.sight, Obligation.objects.all())
    return every.with_names().filter(public_id=duty_id)


def sees_inside(door: Door, duty: Obligation) -> bool:
    """What was handed in is read by the holder, the group, and those who see every group and do
    not stand aside from it."""
    return permissions.sees_inside(door.sight, duty)


def _context(door: Door, duty: Obligation, **more: object) -> Shown:
    sight = LatenessView.of(door)
    mark, standing = sight.said(duty, door.lang)
    inside = sees_inside(door, duty)
    filings = prepared(("duties.filings",), _filings, duty.pk) if inside else []
    claims = _claims(door, duty) if inside else []
    does = duty.is_open and not duty.is_response
    history = _history(door, duty, inside, filings)
    offers = _offers(door, duty)
    return {
        "door": door,
        "duty": duty,
        "title": title_of(duty, door.lang),
        "deed": deed_of(duty, door.lang),
        "group": duty.group.title.in_(door.lang),
        "role": duty.role.title.in_(door.lang) if duty.role else "",
        "rule_words": rule_words(duty, door.lang),
        "mark": mark,
        "standing": standing,
        "inside": inside,
        "is_open": duty.is_open,
        "waits_for": [
            (title_of(one, door.lang), page_of(one))
            for one in queries.unmet(door.programme, duty.needs)
        ],
        "claims": claims,
        "decline": DeclineForm(door=door) if claims else None,
        "accept": AcceptForm(door=door) if claims else None,
        "filings": filings,
        "number": queries.number_of(duty) if filings else "",
        "history": history,
        "sent_back": _sent_back(duty, history),
        **offers,
        "undoing": _undoing(door, duty, more.get("undone")),
        "watches": door.seat.can("watch"),
        "raises": permissions.raises_finding(door.seat, duty),
        "hand_in": HandInForm(door=door, owner=duty.seat) if does else None,
        "explain": ExplainForm(door=door, owner=duty.seat) if does else None,
        "hears_why": permissions.hears_why(door.sight, duty, sight.watchers),
        "opened": duty.form == "file" or door.request.GET.get("record") == "1",
        "extend": ExtendForm() if offers["may_extend"] else None,
        "waive": WaiveForm() if offers["may_waive"] else None,
        "link_form": KeyForm(),
        "links": _links(door, duty),
    } | more


def _offers(door: Door, duty: Obligation) -> Shown:
    """What the page offers: each button where its act's own permission says yes, to the visitor
    or to whom the visitor records for. A response is answered in its room by who may answer."""
    act, standing = door.act(), duty.is_open
    why = why_not_hand_in(door, duty)
    if duty.is_response:
        does = permissions.answers(door.sight, duty) or door.seat.can("manage")
    else:
        does = not why and duty.form != "file"
    person = duty.seat.acting_person if duty.seat else None
    return {
        "why_not_hand_in": why,
        "do_url": duty.path if standing and does else "",
        "may_write": standing and not why and duty.form == "file",
        "why_not_explain": _why_not(door, duty, permissions.may_explain),
        "may_extend": standing and bool(ask(lambda: permissions.may_extend(act, duty))),
        "may_waive": standing and bool(ask(lambda: permissions.may_waive(act, duty))),
        "may_link": standing
        and person is not None
        and bool(ask(lambda: permissions.may_link(act, duty))),
    }


def _undoing(door: Door, duty: Obligation, undone: object) -> list[Shown]:
    """What was done to the duty and the visitor may take back; the form that was refused as it was
    typed."""
    act, manages = door.act(), door.seat.can("manage")
    offered = {
        "waiver": duty.state == DutyState.WAIVED and manages,
        "extension": duty.extended_to is not None and duty.is_open and manages,
        "filing": duty.state == DutyState.MET
        and duty.with_kind == "duties.filing"
        and (manages or bool(ask(lambda: permissions.may_do(act, duty)))),
    }
    typed = {undone.prefix: undone} if isinstance(undone, UndoForm) else {}
    return [
        {
            "what": what,
            "form": typed.get(what) or UndoForm(prefix=what),
            "url": reverse(f"duties:take_back_{what}", args=[door.programme.slug, duty.public_id]),
        }
        for what, may in offered.items()
        if may
    ]


def why_not_hand_in(door: Door, duty: Obligation) -> str:
    """Why the visitor hands nothing in; '' where they do, and for what is answered in its room."""
    return "" if duty.is_response else _why_not(door, duty, permissions.may_do)


def _why_not(door: Door, duty: Obligation, may: Callable[[Act, Obligation], Verdict]) -> str:
    """Why the visitor does it neither for themselves nor on behalf of the holder; '' where so."""
    act = door.act()
    own = why_not(door, lambda: may(act, duty))
    if not own or duty.seat is None:
        return own
    theirs = replace(act, on_behalf_of=duty.seat)
    return own if why_not(door, lambda: may(theirs, duty)) else ""


def _links(door: Door, duty: Obligation) -> list[Shown]:
    """Whom a personal link was given and what became of it; for the secretariat alone."""
    if not ask(lambda: permissions.may_link(door.act(), duty)):
        return []
    return [
        {"link": one, "who": one.person.label, "open": one.is_open(door.now), "form": KeyForm()}
        for one in prepared(("duties.links",), links_of, duty.public_id)
    ]


def _claims(door: Door, duty: Obligation) -> list[Shown]:
    """What was claimed of this duty's time, what became of it, and whether the visitor answers."""
    return [
        {
            "one": one,
            "state": one.get_state_display(),
            "whynot": why_not(door, partial(permissions.may_confirm, door.act(), one)),
            "waits": one.state == ClaimState.WAITING,
        }
        for one in prepared(("duties.claims",), _claimed, duty.pk)
    ]


def _filings(duty: int) -> QuerySet[Filing]:
    return Filing.objects.filter(obligation=duty).select_related("file", "withdrawal")


def _claimed(duty: int) -> QuerySet[Claim]:
    named = ("by", "evidence", "seat__role", "seat__person", "seat__organisation")
    found = Claim.objects.filter(obligation=duty).select_related(*named)
    return found.select_related("obligation__programme")


def _reminders(duty: int) -> QuerySet[Reminder]:
    return Reminder.objects.filter(obligation=duty)


OF_THE_PROGRAMME = ("duties.obligation.extended", "duties.obligation.waived")
"""What became of another group's duty that its date and state show anyway: the rest is its own."""
LINKS = ("duties.link.issued", "duties.link.revoked")
"""Who was given a personal link is the secretariat's to know, as the list of the links is."""


def _history(door: Door, duty: Obligation, inside: bool, filings: Sequence[Filing]) -> list[Shown]:
    """What became of the duty, in the order in which it happened; of two at once as recorded."""
    about = [duty.public_id]
    if inside:
        about += [one.public_id for one in filings]
        about += queries.story_of(duty)
    linked = bool(ask(lambda: permissions.may_link(door.act(), duty)))

    def told(*about: str) -> QuerySet[Entry]:
        found = entries(door.programme).filter(subject_id__in=about)
        if not inside:
            found = found.filter(kind__in=OF_THE_PROGRAMME)
        return found if linked else found.exclude(kind__in=LINKS)

    about = list(dict.fromkeys(about))
    key = ("duties.history", door.programme.pk, len(about), inside, linked)
    lines = [_line(door, entry, inside) for entry in prepared(key, told, *about)]
    if inside:
        lines += [_reminded(one) for one in prepared(("duties.reminders",), _reminders, duty.pk)]
    return sorted(lines, key=lambda line: (line["at"], line["recorded_at"] or line["at"]))


def _sent_back(duty: Obligation, history: Sequence[Shown]) -> Shown | None:
    """The line that tells why it is owed again, while it is; others may not read it."""
    if duty.state != DutyState.RETURNED:
        return None
    return next((one for one in reversed(history) if one.get("returned") and one["note"]), None)


def _line(door: Door, entry: Entry, inside: bool) -> Shown:
    content = entry.content
    apart = entry.recorded_at - entry.happened_at >= SHOWN_APART
    return {
        "at": entry.happened_at,
        "who": content["actor"] if inside else "",
        "words": said(entry.kind, door.lang),
        "note": _note(content["facts"], door) if inside else "",
        "points": content["facts"].get("points", []) if inside else [],
        "returned": entry.kind.endswith(".returned"),
        "behalf": content["behalf"] if inside else "",
        "late": content["late"],
        "claimed": content.get("claimed", False),
        "recorded_at": entry.recorded_at if apart else None,
    }


def _note(facts: Shown, door: Door) -> str:
    """Why it was done, or to whom it was said, where the line tells."""
    to = labels_in(door.programme, door.lang)(str(facts.get("to") or ""))
    return str(facts.get("reason") or to)


def _reminded(reminder: Reminder) -> Shown:
    asked = "+" in reminder.step
    words = _("系统请有关职务协调") if asked else _("系统发出提醒")
    return {"at": reminder.sent_at, "who": "", "words": words, "recorded_at": None}


@require_POST
def extend(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Extend the duty for its seat."""
    door = enter(request, slug)
    thing = fetch(door, duty_id)
    form = ExtendForm(request.POST)
    if not form.is_valid():
        return again(request, door, thing, extend=form)
    facts = form.cleaned_data
    until, reason = form.until(door.programme.tz), str(facts["reason"])
    return _act(
        request,
        door,
        thing,
        lambda act: actions.extend(act, obligation=thing, to=until, reason=reason),
        form=form,
        name="extend",
    )


@require_POST
def waive(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Waive the duty."""
    door = enter(request, slug)
    thing = fetch(door, duty_id)
    form = WaiveForm(request.POST)
    if not form.is_valid():
        return again(request, door, thing, waive=form)
    reason = str(form.cleaned_data["reason"])
    return _act(
        request,
        door,
        thing,
        lambda act: actions.waive(act, obligation=thing, reason=reason),
        form=form,
        name="waive",
    )


def _act(
    request: HttpRequest,
    door: Door,
    thing: Obligation,
    do: Callable[[Act], object],
    *,
    form: KeyForm,
    name: str,
) -> HttpResponse:
    act = door.act(str(form.cleaned_data["key"]))
    _done, refused = attempt(lambda: do(act))
    if refused:
        return again(request, door, thing, refused=refused.sentence(door.lang), **{name: form})
    if name == "extend":
        announce = reverse("duties:announce", args=[door.programme.slug])
        return HttpResponseRedirect(f"{announce}?duty={thing.public_id}")
    return HttpResponseRedirect(page_of(thing))


def again(request: HttpRequest, door: Door, thing: Obligation, **more: object) -> HttpResponse:
    """The same page with what was typed and why it was refused."""
    return render(request, "duties/duty.html", _context(door, thing, **more), status=422)
