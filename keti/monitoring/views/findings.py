"""Pages of findings: raising, one finding with its history and the next step."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from keti.documents.actions import path_of
from keti.duties import permissions as duties
from keti.duties.models import Obligation
from keti.groups.doors import Door, KeyForm, attempt, enter
from keti.groups.models import Group, Seat
from keti.kernel.acts import Act, Subject
from keti.kernel.prepared import prepared
from keti.kernel.refusals import Refused, Verdict
from keti.monitoring import actions, permissions, queries
from keti.monitoring.doors import subject_of
from keti.monitoring.enums import FindingState, Severity, StepKind
from keti.monitoring.forms import AnswerForm, AssignForm, RaiseForm, ReasonForm
from keti.monitoring.models import Finding, FindingQuerySet, Step
from keti.monitoring.views.lists import group_of, mark_of


def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Raise a finding on the subject that the signed link names."""
    door = enter(request, slug)
    posted = request.method == "POST"
    about = str((request.POST if posted else request.GET).get("about", ""))
    try:
        subject, group = subject_of(door, about)
    except Refused as broken:
        context = {"door": door, "refused": broken.sentence(door.lang)}
        return render(request, "monitoring/broken.html", context, status=422)
    if not posted:
        form = RaiseForm(door=door, initial={"about": about})
        return render(request, "monitoring/new.html", _raising(door, form, subject, group))
    form = RaiseForm(request.POST, request.FILES, door=door)
    return _raise(door, form, subject, group)


def _raising(door: Door, form: RaiseForm, subject: Subject, group: Group | None) -> dict[str, Any]:
    verdict = permissions.seat_may_raise(door.seat, subject)
    answers = queries.accountable(door.programme, subject, group, door.seat, door.now)
    return {
        "door": door,
        "form": form,
        "subject": subject,
        "group": group_of(door, group),
        "answers": answers.called.in_(door.lang) if answers else "",
        "why": "" if door.seat.can("manage") else verdict.sentence(door.lang),
    }


def _raise(door: Door, form: RaiseForm, subject: Subject, group: Group | None) -> HttpResponse:
    context = _raising(door, form, subject, group)
    if form.is_valid():
        said = form.cleaned_data
        made, refused = attempt(
            lambda: actions.raise_finding(
                door.act_from(form),
                programme=door.programme,
                subject=subject,
                group=group,
                title=str(said["title"]),
                text=str(said["text"]),
                severity=str(said["severity"]),
            ),
            form,
        )
        if made is not None:
            return HttpResponseRedirect(made.path)
        context["refused"] = refused.sentence(door.lang) if refused else ""
    return render(door.request, "monitoring/new.html", context, status=422)


def fetch(door: Door, finding_id: str) -> Finding:
    """The finding, if this seat may see it; 404 otherwise."""
    found = door.first(("monitoring.finding",), _seen, finding_id)
    if found is None:
        raise Http404
    return found


def _seen(door: Door, finding_id: str) -> FindingQuerySet:
    every = queries.of_programme(door.programme)
    return permissions.visible(door.sight, every).filter(public_id=finding_id)


def _steps(finding: int) -> QuerySet[Step]:
    named = ("file", "seat__person", "seat__organisation")
    return Step.objects.filter(finding=finding).select_related(*named).order_by("pk")


def finding(request: HttpRequest, slug: str, finding_id: str) -> HttpResponse:
    """One finding: what, on what, its history, whose turn it is."""
    door = enter(request, slug)
    return render(request, "monitoring/finding.html", shown(door, fetch(door, finding_id)))


def shown(door: Door, one: Finding, **more: object) -> dict[str, Any]:
    """What the page of a finding shows."""
    answering = one.state == FindingState.RAISED
    turn = queries.turn(one)
    next_seat = turn.seat if turn and turn.seat else one.owed_by if answering else one.raised_by
    may_answer, why_answer = _offered(door, one.owed_by, one, permissions.may_answer)
    may_verify, why_verify = _offered(door, one.raised_by, one, permissions.may_verify)
    closed = one.state == FindingState.CLOSED
    steps = prepared(("monitoring.steps",), _steps, one.pk)
    return {
        "door": door,
        "one": one,
        "group": group_of(door, one.group),
        "mark": mark_of(door, one),
        "severity": one.get_severity_display(),
        "grave": one.severity == Severity.BLOCKING,
        "lines": [_line(one, step, number) for number, step in enumerate(steps, start=1)],
        "next": "" if closed else next_seat.called.in_(door.lang),
        "may_answer": answering and may_answer,
        "may_verify": may_verify,
        "why": why_answer if answering else "" if closed else why_verify,
        "answer": AnswerForm(door=door, principal=one.owed_by, prefix="a") if answering else None,
        **_steering(door, one, turn),
        "close": ReasonForm(door=door, principal=one.raised_by, prefix="c") if may_verify else None,
        "reopen": ReasonForm(door=door, principal=one.raised_by, prefix="r")
        if may_verify
        else None,
    } | more


def _steering(door: Door, one: Finding, turn: Obligation | None) -> dict[str, Any]:
    """What the coordinator is offered: to remind, to give it to another seat, to follow it."""
    if not permissions.steers(door.seat):
        return {}
    among = choices(door, one) if one.state == FindingState.RAISED else []
    return {
        "steers": True,
        "turn": turn,
        "remind": KeyForm(),
        "reminded": door.request.GET.get("reminded") == "1",
        "assign": AssignForm(among=among, prefix="s") if among else None,
        "follow": KeyForm(),
        "follows": one.followers.filter(seat=door.seat).exists(),
    }


def choices(door: Door, one: Finding) -> list[tuple[str, str]]:
    """The seats that may be given the answer, for a field to choose from."""
    seats = queries.assignable(one, door.now)
    return [(seat.public_id, seat.called.in_(door.lang)) for seat in seats]


def _offered(
    door: Door, seat: Seat, one: Finding, asks: Callable[[Act, Finding], Verdict]
) -> tuple[bool, str]:
    """May the visitor do it, for themselves or by recording for the seat whose turn it is?"""
    verdict = asks(door.act(), one)
    if verdict or door.seat.can("manage"):
        return True, ""
    unit = door.seat.organisation_id
    if unit is not None and seat.unit is not None and seat.unit.pk == unit:
        return True, ""
    return False, verdict.sentence(door.lang)


def _line(one: Finding, step: Step, number: int) -> dict[str, Any]:
    return {
        "at": step.happened_at,
        "kind": StepKind(step.kind).label,
        "who": step.seat.holder.label,
        "by": step.by_label if step.on_behalf else "",
        "text": step.text,
        "file": step.file,
        "url": f"{one.path}files/{number}/" if step.file else "",
        "late": step.happened_at < step.recorded_at,
    }


def file(request: HttpRequest, slug: str, finding_id: str, number: int) -> FileResponse:
    """The file that came with the step of this number in the history."""
    door = enter(request, slug)
    steps = list(fetch(door, finding_id).steps.select_related("file").order_by("pk"))
    kept = steps[number - 1].file if 0 < number <= len(steps) else None
    if kept is None:
        raise Http404
    handle = path_of(kept.sha256).open("rb")
    return FileResponse(handle, as_attachment=True, filename=kept.name, content_type=kept.mime)


@require_POST
def answer(request: HttpRequest, slug: str, finding_id: str) -> HttpResponse:
    """Answer a finding."""
    door = enter(request, slug)
    one = fetch(door, finding_id)
    form = AnswerForm(request.POST, request.FILES, door=door, principal=one.owed_by, prefix="a")

    def do(act: Act) -> Finding:
        upload = form.cleaned_data.get("file")
        kept = None
        if upload:
            permissions.may_answer(act, one).or_refuse()
            kept = door.keep(act, upload)
        return actions.answer_finding(
            act, finding=one, text=str(form.cleaned_data["text"]), file=kept
        )

    return _done(door, one, form, do, "answer")


@require_POST
def close(request: HttpRequest, slug: str, finding_id: str) -> HttpResponse:
    """Close a finding."""
    door = enter(request, slug)
    one = fetch(door, finding_id)
    form = ReasonForm(request.POST, request.FILES, door=door, principal=one.raised_by, prefix="c")

    def do(act: Act) -> Finding:
        reason = str(form.cleaned_data["reason"])
        return actions.close_finding(act, finding=one, reason=reason)

    return _done(door, one, form, do, "close")


@require_POST
def reopen(request: HttpRequest, slug: str, finding_id: str) -> HttpResponse:
    """Return a finding that is not settled."""
    door = enter(request, slug)
    one = fetch(door, finding_id)
    form = ReasonForm(request.POST, request.FILES, door=door, principal=one.raised_by, prefix="r")

    def do(act: Act) -> Finding:
        reason = str(form.cleaned_data["reason"])
        return actions.reopen_finding(act, finding=one, reason=reason)

    return _done(door, one, form, do, "reopen")


def _done(
    door: Door,
    one: Finding,
    form: AnswerForm | ReasonForm,
    do: Callable[[Act], Finding],
    name: str,
) -> HttpResponse:
    """Do the act of a valid form and go back to the page; else the page with what was typed."""
    why = ""
    if form.is_valid():
        made, refused = attempt(lambda: do(door.act_from(form)), form)
        if made is not None:
            return HttpResponseRedirect(one.path)
        why = refused.sentence(door.lang) if refused else ""
    context = shown(door, one, **{name: form}, refused=why)
    return render(door.request, "monitoring/finding.html", context, status=422)


def for_duty(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """From the duty to answer or to verify to its finding."""
    door = enter(request, slug)
    mine = duties.visible(door.sight, Obligation.objects.filter(public_id=duty_id))
    duty = mine.filter(form__in=["finding", "verification"]).first()
    if duty is None:
        raise Http404
    return HttpResponseRedirect(reverse("monitoring:finding", args=[slug, duty.subject_id]))
