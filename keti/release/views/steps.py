"""The end of the programme on one page, closing it, publishing and withdrawing its report."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from keti.documents.doors import paper_file
from keti.duties.doors import LatenessView, who_of
from keti.duties.models import Obligation
from keti.groups.doors import Door, KeyForm, ask, attempt, enter
from keti.jobs.actions import progress_of
from keti.jobs.enums import JobState
from keti.kernel.acts import Text
from keti.kernel.addresses import absolute
from keti.kernel.refusals import Refused, sentence
from keti.monitoring import permissions as monitoring
from keti.monitoring.models import Finding
from keti.monitoring.queries import open_findings
from keti.release import actions, permissions, queries
from keti.release.enums import EndStep
from keti.release.forms import PublishForm, ReadyForm, RetractForm, StepForm
from keti.release.models import Publication
from keti.release.views.doors import fetch
from keti.reports.queries import version_by_id

Shown = dict[str, Any]
OTHERS = 100
"""So many other duties are listed before closing; of more the page says how many."""


def release(request: HttpRequest, slug: str) -> HttpResponse:
    """Closing, roll, publication: what is done, what stands in the way."""
    door = enter(request, slug)
    return render(request, "release/release.html", _overview(door))


def _overview(door: Door, **more: object) -> Shown:
    return {
        "door": door,
        "manages": door.seat.can("manage"),
        "over": door.programme.closed_at,
        "finish_form": KeyForm(),
        **door.unchanged(("release.overview",), lambda: _stands(door), names=True),
        **more,
    }


def _stands(door: Door) -> Shown:
    duties = queries.duties_of(door.programme)
    public = queries.published(door.programme)
    owed = queries.owed_in_sight(door.sight).count()
    return {
        "steps": [_step(door, duty) for duty in duties],
        "public": public,
        "owed": owed,
        "ends": public is not None or (not owed and queries.is_out(door.programme)),
    }


def _step(door: Door, duty: Obligation) -> Shown:
    done = not duty.is_open
    reasons = [] if done else why_not(duty, door.now)
    mark, word = LatenessView.of(door).said(duty, door.lang)
    return {
        "duty": duty,
        "form": duty.form,
        "title": duty.title.in_(door.lang),
        "who": who_of(duty, door.lang),
        "mark": mark,
        "word": word,
        "done": done,
        "reasons": [one.in_(door.lang) for one in reasons],
        "findings": _open_findings(door) if duty.form == EndStep.CLOSING and not done else [],
        "url": reverse(f"release:{duty.form}", args=[door.programme.slug, duty.public_id]),
        "why_not": "" if done else why_not_me(door, duty),
    }


def _open_findings(door: Door) -> list[Finding]:
    """The open findings that this seat may read: who may not learns only that there are some."""
    return list(monitoring.visible(door.sight, open_findings(door.programme)))


def why_not(duty: Obligation, now: datetime) -> list[Text]:
    """What stands in the way of this step."""
    if duty.form == EndStep.CLOSING:
        return queries.why_not_close(duty)
    if duty.form == EndStep.ROLL:
        return queries.why_not_draw_up(duty, now)
    return queries.why_not_publish(duty, queries.approval(duty).version, now)


def why_not_me(door: Door, duty: Obligation) -> str:
    """Why this seat may not do the step, in words."""
    return ask(lambda: permissions.may_release(door.act(), duty)).sentence(door.lang)


def for_duty(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """The page of the step that this duty is."""
    door = enter(request, slug)
    duty = fetch(door, duty_id)
    return HttpResponseRedirect(reverse(f"release:{duty.form}", args=[slug, duty.public_id]))


@require_POST
def finish(request: HttpRequest, slug: str) -> HttpResponse:
    """Lay the programme aside once nothing is owed."""
    door = enter(request, slug)
    form = KeyForm(request.POST)
    if not form.is_valid():
        return render(request, "release/release.html", _overview(door), status=422)
    act = door.act(form.cleaned_data["key"])
    _, refused = attempt(lambda: actions.finish_programme(act, programme=door.programme))
    if refused:
        page = _overview(door, refused=refused.sentence(door.lang))
        return render(request, "release/release.html", page, status=422)
    return HttpResponseRedirect(reverse("release:release", args=[slug]))


def closing(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """What the closing paper will say, and closing the programme."""
    door = enter(request, slug)
    duty = fetch(door, duty_id, EndStep.CLOSING)
    if request.method != "POST":
        return render(request, "release/closing.html", _closing(door, duty, StepForm(door=door)))
    form = StepForm(request.POST, request.FILES, door=door)
    refused: Refused | None = None
    if form.is_valid():
        _, refused = attempt(lambda: actions.close_programme(door.act_from(form), obligation=duty))
        if refused is None:
            return HttpResponseRedirect(request.path)
    return render(request, "release/closing.html", _closing(door, duty, form, refused), status=422)


def _closing(door: Door, duty: Obligation, form: StepForm, refused: Refused | None = None) -> Shown:
    done = queries.closure_of(duty)
    owed, owed_count = ([], 0) if done else _others(door, duty)
    return {
        "door": door,
        "step": _step(door, duty),
        "form": form,
        "done": done,
        "counts": done.counts if done else queries.tally(door.programme),
        "owed": owed,
        "owed_count": owed_count,
        "owed_more": owed_count - len(owed),
        "refused": refused.sentence(door.lang) if refused else "",
    }


def _others(door: Door, duty: Obligation) -> tuple[list[Shown], int]:
    """What else is owed, shown before closing (it does not hold it up): the first of it, and how
    much in all."""
    found = queries.owed_in_sight(door.sight).exclude(pk=duty.pk)
    first = list(found[:OTHERS])
    shown: list[Shown] = [
        {
            "url": one.path,
            "title": one.title.in_(door.lang),
            "group": one.group.title.in_(door.lang),
            "due": one.due_instant,
        }
        for one in first
    ]
    return shown, found.count() if len(first) == OTHERS else len(first)


def closing_file(request: HttpRequest, slug: str, duty_id: str, form: str) -> HttpResponse:
    """The closing paper as a file."""
    door = enter(request, slug)
    done = queries.closure_of(fetch(door, duty_id, EndStep.CLOSING))
    if done is None:
        raise Http404
    return paper_file(request, queries.closing_paper(done, door.lang), form, door.asker)


def publication(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """What goes out, on whose approval, to whom it is announced; and publishing it."""
    door = enter(request, slug)
    duty = fetch(door, duty_id, EndStep.PUBLICATION)
    if request.method != "POST":
        return render(request, "release/publication.html", _publication(door, duty))
    form = PublishForm(request.POST, request.FILES, door=door)
    refused: Refused | None = None
    if form.is_valid():
        version = version_by_id(door.programme, form.cleaned_data["version"])
        if version is None:
            raise Http404
        _, refused = attempt(
            lambda: actions.publish(door.act_from(form), obligation=duty, version=version)
        )
        if refused is None:
            return HttpResponseRedirect(request.path)
    page = _publication(
        door, duty, form=form, refused=refused.sentence(door.lang) if refused else ""
    )
    return render(request, "release/publication.html", page, status=422)


@require_POST
def ready(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Make number, files and page ready for an instant."""
    door = enter(request, slug)
    duty = fetch(door, duty_id, EndStep.PUBLICATION)
    form = ReadyForm(request.POST, request.FILES, door=door)
    refused: Refused | None = None
    if form.is_valid():
        said = form.cleaned_data
        version = version_by_id(door.programme, said["version"])
        if version is None:
            raise Http404
        act, until = door.act_from(form), said["until"]
        _, refused = attempt(
            lambda: actions.make_ready(act, obligation=duty, until=until, version=version), form
        )
        if refused is None:
            return HttpResponseRedirect(reverse("release:publication", args=[slug, duty_id]))
    said_words = refused.sentence(door.lang) if refused and not form.errors else ""
    page = _publication(door, duty, ready_form=form, refused=said_words)
    return render(request, "release/publication.html", page, status=422)


def _mine(door: Door, duty: Obligation) -> Publication | None:
    """The newest publication; what waits for its instant is known to those alone who publish."""
    out = queries.publication_of(duty)
    if out is not None and out.embargo_until and not out.lifted_at and why_not_me(door, duty):
        return None
    return out


def _publication(door: Door, duty: Obligation, **more: object) -> Shown:
    found = queries.approval(duty)
    out = _mine(door, duty)
    version = found.version
    roll = queries.roll_before(duty)
    initial = {"version": version.public_id if version else ""}
    return {
        "door": door,
        "duty": duty,
        "step": _step(door, duty),
        "form": PublishForm(door=door, initial=initial),
        "ready_form": ReadyForm(door=door, initial=initial),
        "held": out is not None and out.retracted_at is None and out.is_held,
        "retract_form": RetractForm(),
        "found": found,
        "gate": found.gate.title.in_(door.lang) if found.gate else "",
        "report": queries.report_title(version).in_(door.lang) if version else "",
        "roll": roll,
        "entries": len(queries.printed(roll)) if roll else 0,
        "out": out,
        "address": absolute(out.path) if out else "",
        "files": queries.artefacts(out) if out else {},
        "lacking": _lacking(door, duty, out),
        "told": queries.audience_size(door.programme, door.now),
        "manages": door.seat.can("manage"),
    } | more


def _lacking(door: Door, duty: Obligation, out: Publication | None) -> Shown:
    """How far the files of a publication are, while they are not there; {} once they are."""
    if out is None or out.retracted_at is not None or queries.is_made(out):
        return {}
    job = actions.job_of(out)
    failed = job is None or job.state == JobState.FAILED
    why = sentence(job.error, job.why_facts, door.lang) if job and failed else ""
    return {
        "failed": failed,
        "why": why,
        "progress": progress_of(job.public_id) if job else None,
        "may_try": failed and not why_not_me(door, duty),
    }


def proof(request: HttpRequest, slug: str, duty_id: str, form: str) -> HttpResponse:
    """The report as it would go out now, for those who publish it."""
    door = enter(request, slug)
    duty = fetch(door, duty_id, EndStep.PUBLICATION)
    paper = queries.proof(duty, door.lang, door.now)
    if paper is None or why_not_me(door, duty):
        raise Http404
    return paper_file(request, paper, form, door.asker, moves=True)


@require_POST
def produce_again(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Try the files of a publication once more."""
    door = enter(request, slug)
    duty = fetch(door, duty_id, EndStep.PUBLICATION)
    out = queries.publication_of(duty)
    if out is None or why_not_me(door, duty):
        raise Http404
    actions.order_again(out, door.act())
    return HttpResponseRedirect(reverse("release:publication", args=[slug, duty_id]))


@require_POST
def retract(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Withdraw the publication with a reason."""
    door = enter(request, slug)
    duty = fetch(door, duty_id, EndStep.PUBLICATION)
    out = queries.publication_of(duty)
    if out is None:
        raise Http404
    form = RetractForm(request.POST)
    refused: Refused | None = None
    if form.is_valid():
        act = door.act(form.cleaned_data["key"])
        _, refused = attempt(
            lambda: actions.retract(act, publication=out, reason=form.cleaned_data["reason"])
        )
        if refused is None:
            return HttpResponseRedirect(reverse("release:publication", args=[slug, duty_id]))
    said = refused.sentence(door.lang) if refused else ""
    page = _publication(door, duty, retract_form=form, refused=said)
    return render(request, "release/publication.html", page, status=422)
