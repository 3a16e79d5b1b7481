"""The secretariat's pages: the list, one application, checks, the decision, paper, closing."""

from dataclasses import replace
from typing import Any

from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST

from keti.accounts.actions import PersonFacts
from keti.documents.doors import give_out
from keti.duties import queries as duties
from keti.duties.models import NumberedPaper, Obligation
from keti.groups.doors import ActForm, Door, attempt, enter_office, page
from keti.groups.queries import groups_of
from keti.intake import actions, permissions, queries
from keti.intake.enums import ApplicationState
from keti.intake.forms.application import ApplicationForm
from keti.intake.forms.office import CheckForm, DecisionForm, PaperForm
from keti.intake.forms.undoing import ReturnForm, TakeBackForm
from keti.intake.models import Application, Call
from keti.intake.rules.content import track_of
from keti.intake.views.apply import parts
from keti.intake.views.lists import APPLICATIONS, submitted
from keti.intake.views.shared import duty_of
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.lists import doors as lists


def index(request: HttpRequest, slug: str) -> HttpResponse:
    """All submitted applications, narrowed by track, group and state; of a programme to which
    nobody applies its roster."""
    door = enter_office(request, slug)
    if queries.admission_of(door.programme) is None and not submitted(door).exists():
        return HttpResponseRedirect(reverse("intake:roster", args=[slug]))
    return _index(request, door, None)


def _index(
    request: HttpRequest, door: Door, refused: Refused | None, closing: Obligation | None = None
) -> HttpResponse:
    """The list; with the duty to close the admission also what that takes."""
    admission = queries.admission_of(door.programme)
    call, named, to_close = door.unchanged(
        ("intake.around-applications",), lambda: _around(door), names=True
    )
    open_one = closing or to_close
    context = {
        "door": door,
        "applications": lists.show(request, door, APPLICATIONS),
        "tracks": [
            (track.key, track.title.in_(door.lang))
            for track in (admission.tracks if admission else ())
        ],
        "call": call,
        "named": named,
        "closing": open_one,
        "closing_title": open_one.title.in_(door.lang) if open_one else "",
        **(_closing(door, closing) if closing else {}),
    }
    return page(request, "intake/applications.html", context, refused=refused)


def _around(door: Door) -> tuple[Call | None, list[NumberedPaper], Obligation | None]:
    """The call, the papers of the admission, the duty to close it."""
    return (
        queries.call_of(door.programme),
        duties.numbered_papers(door.programme, "admission"),
        duties.open_of(door.programme, form="admission").first(),
    )


def _closing(door: Door, duty: Obligation) -> dict[str, Any]:
    whynot = permissions.may_close(door.act(), duty).sentence(door.lang)
    return {"closes": True, "closing_whynot": whynot, "form": ActForm(door=door)}


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, with everything that was filled in."""
    return lists.save(request, APPLICATIONS, slug, form)


def one_of(door: Door, public_id: str) -> Application:
    """The application, once it was submitted; 404 otherwise."""
    found = (
        submitted(door)
        .with_names()
        .prefetch_related("checks")
        .filter(public_id=public_id, submitted_at__isnull=False)
        .first()
    )
    if found is None:
        raise Http404
    return found


def one(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One application: what was sent, each requirement, the decision."""
    door = enter_office(request, slug)
    return show_one(request, door, one_of(door, public_id))


def show_one(
    request: HttpRequest,
    door: Door,
    application: Application,
    *,
    refused: Refused | None = None,
    **filled: Form,
) -> HttpResponse:
    """The page of one application, with the forms as they were `filled` in."""
    lines = queries.check_lines(application)
    admission = queries.admission_of(door.programme)
    track = track_of(admission, application.track) if admission else None
    context = {
        "door": door,
        "one": application,
        "parts": parts(application, door.lang),
        "lines": lines,
        "perhaps": list(queries.perhaps_the_same(application)),
        "track": track.title.in_(door.lang) if track else "",
        "founds": track is not None and bool(track.founds),
        "priority": [text.in_(door.lang) for text in track.priority] if track else [],
        "group": application.group.title.in_(door.lang) if application.group else "",
        "checks": filled.get("checks") or CheckForm(lines=lines, lang=door.lang),
        "decision": filled.get("decision") or _decision(None, door, application),
        "taking_back": filled.get("taking_back") or TakeBackForm(prefix="back"),
        "returning": filled.get("returning") or ReturnForm(prefix="return"),
        "may_return": application.state == ApplicationState.SUBMITTED,
        "waits": application.state == ApplicationState.RESERVE,
        "reversals": list(application.reversals.all()),
        "whynot": permissions.may_assess(door.act(), application).sentence(door.lang),
    }
    return page(request, "intake/application.html", context, refused=refused)


def _decision(data: Any, door: Door, application: Application) -> DecisionForm:
    admission = queries.admission_of(door.programme)
    track = track_of(admission, application.track) if admission else None
    choices = admission.choices if admission and track and not track.founds else ()
    groups = [group for group in groups_of(door.programme) if group.key in choices]
    return DecisionForm(data, application=application, groups=groups, lang=door.lang)


@require_POST
def check(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Record what was found on the requirements."""
    door = enter_office(request, slug)
    application = one_of(door, public_id)
    form = CheckForm(request.POST, lines=queries.check_lines(application), lang=door.lang)
    refused = None
    if form.is_valid():
        act = door.own_act(form)
        _done, refused = attempt(
            lambda: actions.check_eligibility(act, application=application, results=form.results())
        )
        if refused is None:
            return HttpResponseRedirect(application.path)
    return show_one(request, door, application, checks=form, refused=refused)


@require_POST
def decide(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Admit, reject or put on the waiting list; the applicant is told."""
    door = enter_office(request, slug)
    application = one_of(door, public_id)
    form = _decision(request.POST, door, application)
    refused = None
    if form.is_valid():
        act = door.own_act(form)
        do = str(request.POST.get("do", ""))
        _done, refused = attempt(lambda: _decided(act, application, form, do), form)
        if refused is None:
            return HttpResponseRedirect(application.path)
    return show_one(request, door, application, decision=form, refused=refused)


def _decided(act: Act, application: Application, form: DecisionForm, do: str) -> Application:
    """What the pressed button says: admitted, rejected, put on the waiting list."""
    reason = form.cleaned_data["reason"]
    if do == "reserve":
        return actions.put_in_reserve(act, application=application, reason=reason)
    admit = do == "admit"
    return actions.decide_application(
        act,
        application=application,
        admit=admit,
        reason=reason,
        place=form.place() if admit else None,
        said=form.said(),
    )


def close(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """The duty of deciding the admission: the list, and the act that closes it."""
    door = enter_office(request, slug)
    duty = duty_of(door, duty_id, "admission")
    if request.method != "POST":
        return _index(request, door, None, duty)
    form = ActForm(request.POST, request.FILES, door=door)
    refused = None
    if form.is_valid():
        _done, refused = attempt(
            lambda: actions.close_admission(door.act_from(form), obligation=duty)
        )
        if refused is None:
            return HttpResponseRedirect(f"/p/{slug}/applications/")
    return _index(request, door, refused, duty)


def paper(request: HttpRequest, slug: str, track: str) -> HttpResponse:
    """Record an application that came on paper, with its scan."""
    door = enter_office(request, slug)
    call, admission = queries.call_of(door.programme), queries.admission_of(door.programme)
    spec = track_of(admission, track) if admission else None
    if call is None or admission is None or spec is None:
        raise Http404
    posted = request.method == "POST"
    form = ApplicationForm(
        request.POST if posted else None,
        admission=admission,
        track=spec,
        titles=dict(queries.titles(door.programme)),
        lang=door.lang,
    )
    proof = PaperForm(
        request.POST if posted else None, request.FILES if posted else None, door=door
    )
    refused = None
    if posted and proof.is_valid():
        done, refused = attempt(lambda: _record(door, call, form, proof), proof)
        if done is not None:
            return HttpResponseRedirect(done.path)
        form.show_gaps()
    context = {
        "door": door,
        "form": form.marked(),
        "proof": proof,
        "call": call,
        "track": spec.title.in_(door.lang),
    }
    return page(request, "intake/paper.html", context, refused=refused)


def _record(door: Door, call: Call, form: ApplicationForm, proof: PaperForm) -> Application:
    """The whole of one paper in one transaction: scan, person, draft, receipt."""
    content, given = form.content(), proof.cleaned_data
    upload = given["scan"]
    plain = door.act(str(form["key"].data or ""))
    scan = door.keep(plain, upload, "scan")
    received = given["received_at"].replace(tzinfo=None).replace(tzinfo=door.programme.tz)
    act = replace(plain, happened=received, evidence=scan)
    facts = PersonFacts(
        content.name,
        mail=given["applicant_mail"],
        mobile=content.mobile,
        who=given["who"],
        correct=given["correct"],
    )
    person = actions.on_paper(door.programme, facts, act)
    draft = actions.save_application(act, call=call, content=content, applicant=person)
    return actions.submit_application(act, application=draft)


def scan(request: HttpRequest, slug: str, public_id: str) -> FileResponse:
    """The signed paper itself."""
    door = enter_office(request, slug)
    application = one_of(door, public_id)
    if application.evidence is None:
        raise Http404
    return give_out(application.evidence)
