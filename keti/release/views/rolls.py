"""The roll: its proof, one entry corrected, drawing it up, as page and file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from keti.documents.doors import paper_file
from keti.duties.models import Obligation
from keti.groups.doors import Door, attempt, enter
from keti.groups.models import Seat
from keti.kernel.refusals import Refused, sentence
from keti.release import actions, permissions, queries
from keti.release.enums import EndStep
from keti.release.forms import EntryForm, StepForm
from keti.release.views.doors import fetch, said_counts
from keti.release.views.steps import why_not, why_not_me

Shown = dict[str, Any]


def roll(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """The roll as drawn up; for those who draw it up also the proof and who is not named."""
    door = enter(request, slug)
    duty = fetch(door, duty_id, EndStep.ROLL)
    if request.method != "POST":
        return render(request, "release/roll.html", _roll(door, duty, StepForm(door=door)))
    form = StepForm(request.POST, request.FILES, door=door)
    refused: Refused | None = None
    if form.is_valid():
        _, refused = attempt(lambda: actions.draw_up_roll(door.act_from(form), obligation=duty))
        if refused is None:
            return HttpResponseRedirect(request.path)
    return render(request, "release/roll.html", _roll(door, duty, form, refused), status=422)


def _roll(door: Door, duty: Obligation, form: StepForm, refused: Refused | None = None) -> Shown:
    drawn = queries.drawn(duty)
    inside = permissions.sees_left_out(door.seat, duty)
    last = queries.proof_of(duty)
    shown: Shown = {
        "round": last,
        "looked": said_counts(last) if last else [],
        "door": door,
        "duty": duty,
        "title": duty.title.in_(door.lang),
        "drawn": drawn,
        "groups": queries.roll_groups(queries.printed(drawn), door.lang) if drawn else (),
        "inside": inside,
        "refused": refused.sentence(door.lang) if refused else "",
    }
    if not inside:
        return shown
    draft = queries.proposed(door.programme, door.now)
    return shown | {
        "form": form,
        "reasons": [one.in_(door.lang) for one in why_not(duty, door.now)],
        "why_not": why_not_me(door, duty),
        "public": queries.published(door.programme) is not None,
        "proof": [
            (group, [(seat, queries.entry_line(one, door.lang)) for seat, one in lines])
            for group, lines in queries.proof_groups(draft, door.lang)
        ],
        "count": len(draft.entries),
        "submitted": len(queries.submitted(door.programme, door.now)),
        "left_out": [
            (one.name, one.seat.title.in_(door.lang), sentence(one.code, {}, door.lang))
            for one in draft.left_out
        ],
    }


def entry(request: HttpRequest, slug: str, duty_id: str, seat_id: str) -> HttpResponse:
    """Correct how one seat is named in the roll."""
    door = enter(request, slug)
    duty = fetch(door, duty_id, EndStep.ROLL)
    draft = queries.proposed(door.programme, door.now)
    seat, line = draft.seats.get(seat_id), draft.entry_of(seat_id)
    if seat is None or line is None or not permissions.sees_left_out(door.seat, duty):
        raise Http404
    initial = {
        "name_zh": line.name_zh,
        "name_en": line.name_en,
        "honorific": line.honorific,
        "order": line.place[2],
    }
    unit = seat.organisation_id is not None
    if request.method != "POST":
        return _entry_page(door, duty, seat, EntryForm(initial=initial, is_unit=unit))
    form = EntryForm(request.POST, is_unit=unit)
    if not form.is_valid():
        return _entry_page(door, duty, seat, form, status=422)
    said = dict(form.cleaned_data)
    act = door.act(said.pop("key"))
    _, refused = attempt(
        lambda: actions.correct_entry(act, obligation=duty, seat=seat, form=actions.Form(**said))
    )
    if refused:
        return _entry_page(door, duty, seat, form, refused=refused, status=422)
    return HttpResponseRedirect(reverse("release:roll", args=[slug, duty.public_id]))


def _entry_page(
    door: Door, duty: Obligation, seat: Seat, form: EntryForm, **more: Any
) -> HttpResponse:
    refused: Refused | None = more.get("refused")
    page = {
        "door": door,
        "duty": duty,
        "title": duty.title.in_(door.lang),
        "seat_title": seat.title.in_(door.lang),
        "form": form,
        "refused": refused.sentence(door.lang) if refused else "",
    }
    return render(door.request, "release/entry.html", page, status=more.get("status", 200))


def roll_file(request: HttpRequest, slug: str, duty_id: str, form: str) -> HttpResponse:
    """The roll as a file."""
    door = enter(request, slug)
    drawn = queries.drawn(fetch(door, duty_id, EndStep.ROLL))
    if drawn is None:
        raise Http404
    return paper_file(request, queries.roll_paper(drawn, door.lang), form, door.asker)


def submitted_file(request: HttpRequest, slug: str, duty_id: str, form: str) -> HttpResponse:
    """The roll as ministries get it: those alone who agreed to that, asked anew at each print."""
    door = enter(request, slug)
    duty = fetch(door, duty_id, EndStep.ROLL)
    if not permissions.sees_left_out(door.seat, duty):
        raise Http404
    paper = queries.submitted_paper(duty, door.lang, door.now)
    return paper_file(request, paper, form, door.asker, moves=True)
