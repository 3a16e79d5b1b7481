"""The secretariat's pages: the list, one application, checks, the decision, paper, closing."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.accounts.actions import PersonFacts
from keti.documents.doors import give_out, sheet
from keti.duties import queries as duties
from keti.groups.doors import ActForm, Door, attempt, enter_office
from keti.groups.queries import groups_of
from keti.intake import actions, permissions, queries
from keti.intake.enums import ApplicationState
from keti.intake.forms.application import ApplicationForm
from keti.intake.forms.office import CheckForm, DecisionForm, PaperForm
from keti.intake.models import SUBMITTED, Application, ApplicationQuerySet, Call
from keti.intake.queries import Filter
from keti.intake.rules.content import track_of
from keti.intake.views.apply import parts
from keti.intake.views.shared import duty_of, show
from keti.kernel.refusals import Refused

PER_PAGE = 50


def _applications(door: Door) -> ApplicationQuerySet:
    return permissions.visible(door.person, Application.objects.filter(programme=door.programme))


def _wanted(request: HttpRequest) -> Filter:
    read = request.GET.get
    return Filter(read("track", ""), read("group", ""), read("state", ""))


def index(request: HttpRequest, slug: str) -> HttpResponse:
    """All submitted applications, narrowed by track, group and state."""
    door = enter_office(request, slug)
    return _index(request, door, None)


def _index(request: HttpRequest, door: Door, refused: Refused | None) -> HttpResponse:
    wanted, admission = _wanted(request), queries.admission_of(door.programme)
    found = queries.listed(_applications(door), wanted)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    tracks = {track.key: track for track in admission.tracks} if admission else {}
    titles = queries.titles(door.programme)
    rows = [_row(one, tracks, titles, door.lang) for one in page]
    tally = queries.counts(_applications(door))
    closing = duties.open_of(door.programme, form="admission").first()
    context = {
        "door": door,
        "page": page,
        "rows": rows,
        "wanted": wanted,
        "query": request.GET.urlencode(),
        "total": sum(tally.values()),
        "tally": [(label, tally.get(state, 0)) for state, label in _states()],
        "states": _states(),
        "tracks": [(key, track.title.in_(door.lang)) for key, track in tracks.items()],
        "groups": [
            (key, titles[key].in_(door.lang)) for key in (admission.choices if admission else ())
        ],
        "call": queries.call_of(door.programme),
        "closing": closing,
        "closing_whynot": permissions.may_close(door.act(), closing).sentence(door.lang)
        if closing
        else "",
        "closing_title": closing.title.in_(door.lang) if closing else "",
        "form": ActForm(door=door),
    }
    return show(request, "intake/applications.html", context, refused)


def _states() -> list[tuple[str, str]]:
    shown = [*SUBMITTED, ApplicationState.WITHDRAWN]
    return [(state.value, str(state.label)) for state in shown]


def _row(one: Any, tracks: Any, titles: Any, lang: str) -> dict[str, Any]:
    track = tracks.get(one.track)
    return {
        "one": one,
        "track": track.title.in_(lang) if track else one.track,
        "groups": "、".join(titles[key].in_(lang) for key in one.filled.choices if key in titles),
        "required": len(track.require) if track else 0,
    }


def export(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The list as it is narrowed, with everything that was filled in."""
    door = enter_office(request, slug)
    admission, titles = queries.admission_of(door.programme), queries.titles(door.programme)
    fields = admission.fields if admission else ()
    tracks = (
        {track.key: track.title.in_(door.lang) for track in admission.tracks} if admission else {}
    )
    header = [
        _("编号"),
        _("类别"),
        _("姓名或单位"),
        _("对接人"),
        _("手机"),
        _("邮箱"),
        _("代表人"),
        _("申请的组"),
        _("状态"),
        _("提交时间"),
        _("补录"),
        _("资格"),
        _("编入"),
        _("理由"),
        *[spec.title.in_(door.lang) for spec in fields],
    ]
    rows = []
    for one in queries.listed(_applications(door), _wanted(request)):
        filled, shown = one.filled, _row(one, {}, titles, door.lang)
        rows.append(
            [
                one.number,
                tracks.get(one.track, one.track),
                one.name,
                filled.name,
                filled.mobile,
                one.applicant.mail,
                filled.delegate,
                shown["groups"],
                one.get_state_display(),
                door.programme.local(_at(one.submitted_at)).replace(tzinfo=None),
                _("补录") if one.recorded_late else "",
                f"{one.met}/{len(one.checks.all())}",
                one.group.title.in_(door.lang) if one.group else "",
                one.reason,
                *[filled.fields.get(spec.key, "") for spec in fields],
            ]
        )
    title = _("申报表")
    return sheet(f"{door.programme.title.in_(door.lang)} {title}", header, rows, form)


def _at(moment: datetime | None) -> datetime:
    if moment is None:
        raise Http404
    return moment


def _one(door: Door, public_id: str) -> Application:
    found = (
        _applications(door)
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
    return _show_one(request, door, _one(door, public_id))


def _show_one(
    request: HttpRequest,
    door: Door,
    application: Application,
    *,
    checks: CheckForm | None = None,
    decision: DecisionForm | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
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
        "priority": [text.in_(door.lang) for text in track.priority] if track else [],
        "group": application.group.title.in_(door.lang) if application.group else "",
        "checks": checks or CheckForm(lines=lines, lang=door.lang),
        "decision": decision or _decision(None, door, application),
        "whynot": permissions.may_assess(door.act(), application).sentence(door.lang),
    }
    return show(request, "intake/application.html", context, refused)


def _decision(data: Any, door: Door, application: Application) -> DecisionForm:
    admission = queries.admission_of(door.programme)
    choices = admission.choices if admission else ()
    groups = [group for group in groups_of(door.programme) if group.key in choices]
    return DecisionForm(data, application=application, groups=groups, lang=door.lang)


@require_POST
def check(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Record what was found on the requirements."""
    door = enter_office(request, slug)
    application = _one(door, public_id)
    form = CheckForm(request.POST, lines=queries.check_lines(application), lang=door.lang)
    refused = None
    if form.is_valid():
        act = door.act(form.cleaned_data["key"])
        _done, refused = attempt(
            lambda: actions.check_eligibility(act, application=application, results=form.results())
        )
        if refused is None:
            return HttpResponseRedirect(application.path)
    return _show_one(request, door, application, checks=form, refused=refused)


@require_POST
def decide(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Admit or reject; the applicant is told."""
    door = enter_office(request, slug)
    application = _one(door, public_id)
    form = _decision(request.POST, door, application)
    refused = None
    if form.is_valid():
        act = door.act(form.cleaned_data["key"])
        admit = request.POST.get("do") == "admit"
        _done, refused = attempt(
            lambda: actions.decide_application(
                act,
                application=application,
                admit=admit,
                reason=form.cleaned_data["reason"],
                place=form.place() if admit else None,
                said=form.said(),
            ),
            form,
        )
        if refused is None:
            return HttpResponseRedirect(application.path)
    return _show_one(request, door, application, decision=form, refused=refused)


def close(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """The duty of deciding the admission: the list, and the act that closes it."""
    door = enter_office(request, slug)
    duty = duty_of(door, duty_id, "admission")
    if request.method != "POST":
        return _index(request, door, None)
    form = ActForm(request.POST, request.FILES, door=door)
    refused = None
    if form.is_valid():
        _done, refused = attempt(
            lambda: actions.close_admission(door.act_from(form), obligation=duty)
        )
        if refused is None:
            return HttpResponseRedirect(f"/p/{slug}/applications/")
    return _index(request, door, refused)


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
    return show(request, "intake/paper.html", context, refused)


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
    application = _one(door, public_id)
    if application.evidence is None:
        raise Http404
    return give_out(application.evidence)
