"""The proof round: its list for the office, one entry for its owner, what the office decides."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from keti.charter.rules.dates import duration
from keti.consents.enums import Purpose
from keti.consents.queries import consenting, wording
from keti.duties.models import Obligation
from keti.groups.doors import Door, KeyForm, attempt, enter, keeping, why_not
from keti.kernel.refusals import Refused
from keti.lists.doors import Column, Listing, by_code, declared, save, show
from keti.lists.rules import Count, Label, Marked, Moment
from keti.release import actions, permissions, queries
from keti.release.enums import Answered, EndStep
from keti.release.forms import AnswerForm, CloseForm, ProofRoundForm, SettleForm
from keti.release.models import ProofEntry
from keti.release.views.doors import fetch, said_counts

USUAL = timedelta(days=7)
MARKS = {
    Answered.ASKED: "none",
    Answered.CONFIRMED: "done",
    Answered.CORRECTED: "soon",
    Answered.TAKEN: "done",
    Answered.DECLINED: "done",
    Answered.SILENT: "waived",
}


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One entry of the list."""

    one: ProofEntry
    name: str
    seat: str
    who: str
    wished: str


def _base(door: Door) -> QuerySet[ProofEntry]:
    return permissions.proofs_in_sight(door.sight)


def _rows(door: Door, found: Iterable[ProofEntry]) -> Iterator[ProofRow]:
    entries = list(found)
    seats = queries.seats_of(entries)
    for one in entries:
        seat, lang = seats[one.seat_id], door.lang
        person = seat.acting_person
        wished = "；".join(
            part for part in (one.wished.in_(lang), one.wished_honorific, one.wish) if part
        )
        who = person.called.in_(lang) if person else ""
        yield ProofRow(one, one.name.in_(lang), seat.title.in_(lang), who, wished)


def _address(row: ProofRow) -> str:
    return reverse("release:proof_entry", args=[row.one.programme.slug, row.one.public_id])


PROOFS = declared(
    Listing(
        name="roll_proofs",
        title=gettext_lazy("名册校核"),
        columns=(
            Column("position", gettext_lazy("序号"), lambda row: Count(row.one.position),
                   ("position",)),
            Column(
                "name", gettext_lazy("名称或姓名"),
                lambda row: Label(row.name, _address(row), row.seat), ("name_zh",),
                ("name_zh", "name_en", "wished_zh", "wish"),
            ),
            Column("who", gettext_lazy("由谁核对"), lambda row: Label(row.who)),
            Column(
                "state", gettext_lazy("核对结果"),
                lambda row: Marked(MARKS[row.one.state], row.one.get_state_display()), ("state",),
            ),
            Column("wished", gettext_lazy("要求改成"), lambda row: Label(row.wished)),
            Column("reason", gettext_lazy("决定的理由"), lambda row: Label(row.one.reason)),
            Column("at", gettext_lazy("答复时间"), lambda row: Moment(row.one.answered_at),
                   ("answered_at",)),
            Column("round", gettext_lazy("轮次"), lambda row: Count(row.one.round.number),
                   ("round__number",), page=False),
        ),
        base=_base,
        rows=_rows,
        order=("-round", "position"),
        page="release:proofs",
        file="release:proofs_export",
        of_record=True,
        choices=(by_code("state", gettext_lazy("核对结果"), lambda _door: Answered.choices),),
        nothing=gettext_lazy("还没有发起校核"),
    )
)  # fmt: skip


def _office(request: HttpRequest, slug: str, duty_id: str) -> tuple[Door, Obligation]:
    """The door and the duty, for those who draw up the roll; no page for others."""
    door = enter(request, slug)
    duty = fetch(door, duty_id, EndStep.ROLL)
    if not permissions.sees_left_out(door.seat, duty):
        raise Http404
    return door, duty


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Every entry this seat may see and how it stands."""
    door = enter(request, slug)
    rolls = [one for one in queries.duties_of(door.programme) if one.form == EndStep.ROLL]
    mine = [one for one in rolls if permissions.sees_left_out(door.seat, one)]
    context = {
        "door": door,
        "rolls": [(one, one.title.in_(door.lang)) for one in mine],
        "found": show(request, door, PROOFS),
    }
    return render(request, "release/proofs.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    return save(request, PROOFS, slug, form)


def round_(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """The proof round of one roll: opening it, how it stands, closing it."""
    door, duty = _office(request, slug, duty_id)
    form = keeping(ProofRoundForm(request.POST or None, initial=_usual(door, duty)), door)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        act, until = door.act(str(said["key"])), said["until"]
        _done, refused = attempt(
            lambda: actions.open_proof(act, obligation=duty, until=until), form
        )
        if refused is None:
            return HttpResponseRedirect(request.path)
    return _round(door, duty, form, refused)


def _usual(door: Door, duty: Obligation) -> dict[str, Any]:
    """The end that the charter's time makes, at six in the evening."""
    said = queries.proof_said(duty)
    day = door.programme.local(door.now + (duration(said).plain() if said else USUAL))
    return {"until": day.replace(hour=18, minute=0, second=0, microsecond=0)}


def _round(
    door: Door, duty: Obligation, form: ProofRoundForm, refused: Refused | None = None
) -> HttpResponse:
    last = queries.proof_of(duty)
    context = {
        "door": door,
        "duty": duty,
        "title": duty.title.in_(door.lang),
        "round": last,
        "looked": said_counts(last) if last else [],
        "open": last is not None and last.closed_at is None,
        "public": queries.is_public_with(duty),
        "form": form,
        "close_form": keeping(CloseForm(), door),
        "why_not": why_not(door, lambda: permissions.may_release(door.act(), duty)),
        "refused": refused.sentence(door.lang) if refused and not form.errors else "",
    }
    bad = refused or (form.is_bound and form.errors)
    return render(door.request, "release/proof_round.html", context, status=422 if bad else 200)


@require_POST
def close(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """End the round."""
    door, duty = _office(request, slug, duty_id)
    last = queries.proof_of(duty)
    form = keeping(CloseForm(request.POST), door)
    if last is None:
        raise Http404
    refused: Refused | None = None
    if form.is_valid():
        act = door.act(str(form.cleaned_data["key"]))
        _done, refused = attempt(lambda: actions.close_proof(act, round_=last))
        if refused is None:
            return HttpResponseRedirect(reverse("release:proof_round", args=[slug, duty_id]))
    return _round(door, duty, keeping(ProofRoundForm(initial=_usual(door, duty)), door), refused)


def for_duty(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """The entry whose answer this duty is."""
    door = enter(request, slug)
    mine = permissions.proofs_in_sight(door.sight).filter(obligation__public_id=duty_id)
    found = mine.first()
    if found is None:
        raise Http404
    return HttpResponseRedirect(reverse("release:proof_entry", args=[slug, found.public_id]))


def _fetch(door: Door, entry_id: str) -> ProofEntry:
    mine = permissions.proofs_in_sight(door.sight).filter(public_id=entry_id)
    found = mine.select_related("round__obligation", "obligation", "programme").first()
    if found is None:
        raise Http404
    found.seat = queries.seats_of([found])[found.seat_id]
    if found.obligation is not None:
        found.obligation.programme, found.obligation.seat = door.programme, found.seat
    return found


def entry(request: HttpRequest, slug: str, entry_id: str) -> HttpResponse:
    """One entry: how it will stand, and saying that it is right or what is to be put."""
    door = enter(request, slug)
    one = _fetch(door, entry_id)
    form = AnswerForm(
        request.POST or None, request.FILES or None, door=door, owner=one.seat,
        initial=queries.wished_or_shown(one),
    )  # fmt: skip
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        said = form.wishes()
        _done, refused = attempt(
            lambda: actions.answer_proof(
                door.act_from(form), entry=one, wishes=actions.Wishes(**said) if said else None
            ),
            form,
        )
        if refused is None:
            return HttpResponseRedirect(request.path)
    return _entry(door, one, form=form, refused=refused)


def _entry(door: Door, one: ProofEntry, **more: Any) -> HttpResponse:
    form, refused = more.get("form"), more.get("refused")
    settling = more.get("settle_form")
    tried = [one for one in (form, settling) if one is not None and one.is_bound]
    bad = refused or any(one.errors for one in tried)
    person = one.seat.acting_person
    mine = person is not None and person == door.person
    office = permissions.sees_left_out(door.seat, one.round.obligation)
    context = {
        "door": door,
        "one": one,
        "seat": one.seat.title.in_(door.lang),
        "line": queries.proof_line(one, door.lang),
        "neighbours": queries.neighbours(one, door.lang),
        "mark": MARKS[Answered(one.state)],
        "form": form or AnswerForm(door=door, owner=one.seat, initial=queries.wished_or_shown(one)),
        "settle_form": settling or _settling(door, one),
        "office": office,
        "why_not": why_not(door, lambda: permissions.may_answer_proof(door.act(), one)),
        "refused": _unsaid(refused, tried, door.lang),
        "agreed": mine and door.person.public_id in consenting(door.programme, Purpose.SUBMISSION),
        "submission": wording(door.programme, Purpose.SUBMISSION).in_(door.lang) if mine else "",
        "consent_form": KeyForm(),
    }
    return render(door.request, "release/proof.html", context, status=422 if bad else 200)


def _unsaid(refused: Refused | None, tried: Iterable[Any], lang: str) -> str:
    """A refusal that no box shows."""
    return refused.sentence(lang) if refused and not any(one.errors for one in tried) else ""


def _settling(door: Door, one: ProofEntry) -> Any:
    wanted = queries.wished_or_shown(one) | {"order": one.order}
    return keeping(SettleForm(initial=wanted), door)


@require_POST
def settle(request: HttpRequest, slug: str, entry_id: str) -> HttpResponse:
    """The office takes a correction up or declines it."""
    door = enter(request, slug)
    one = _fetch(door, entry_id)
    if not permissions.sees_left_out(door.seat, one.round.obligation):
        raise Http404
    form = keeping(SettleForm(request.POST), door)
    refused: Refused | None = None
    if form.is_valid():
        said = form.cleaned_data
        wanted = None
        if said["taken"] == "yes":
            order = said["order"] if said["order"] is not None else one.order
            wanted = actions.Form(said["name_zh"], said["name_en"], said["honorific"], order)
        act = door.act(str(said["key"]))
        _done, refused = attempt(
            lambda: actions.settle_proof(act, entry=one, form=wanted, reason=said["reason"]), form
        )
        if refused is None:
            return HttpResponseRedirect(reverse("release:proof_entry", args=[slug, entry_id]))
    return _entry(door, one, settle_form=form, refused=refused)
