"""One duty on a phone, by a personal link: no account, no script. Opening it consumes nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation

from keti.accounts.actions import hashed, use_duty_link
from keti.accounts.models import DutyLink
from keti.accounts.queries import link_by_hash
from keti.charter.queries import compiled
from keti.charter.rules.compiled import WorkSpec
from keti.documents.actions import keep_upload
from keti.documents.models import StoredFile
from keti.duties import actions as duties
from keti.duties.doors import deed_of, text_of_file
from keti.duties.models import Obligation
from keti.groups.doors import attempt, digest_of
from keti.groups.models import Seat
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.refusals import sentence
from keti.kernel.templatetags.keti_dates import deadline_text
from keti.ledger.models import Entry
from keti.release.models import ProofEntry
from keti.release.queries import entry_of
from keti.reports.actions import hand_in_by_file
from keti.reports.queries import assignees
from keti.site.forms import PhoneForm, PhoneReportForm, PhoneSignedForm, PhoneWhyForm
from keti.site.queries.phone import plan_before, receipt_number, returned_for, task_book_of
from keti.site.views import phone_proof, phone_report
from keti.work.actions import accept_task_book

TRIES = 30
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Visit:
    """Who holds the link, for which duty, in which seat, when."""

    link: DutyLink
    duty: Obligation
    seat: Seat
    now: datetime

    @property
    def spec(self) -> WorkSpec | None:
        """What the charter demands of it, where it is a report."""
        if self.duty.form != "report":
            return None
        return compiled(self.duty.programme).work(self.duty.kind)


def phone(request: HttpRequest, token: str) -> HttpResponse:
    """The duty behind the link; sending the form hands it in."""
    visit = _visit(token, clock.received(request))
    with translation.override(_language(request, visit)):
        answer = _answered(request, visit) if request.method == "POST" else _show(request, visit)
    answer.headers["Referrer-Policy"] = "strict-origin"  # never the path; no origin, no form
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def opens(token: str) -> bool:
    """Whether this link opens anything now: asked before what was sent with it is read."""
    try:
        return bool(_visit(token, clock.instant()))
    except Http404:
        return False


def _visit(token: str, now: datetime) -> Visit:
    """What the link opens. Unknown, ended and revoked links all look like no page at all."""
    link = link_by_hash(hashed(token))
    if link is None or not link.is_live(now):
        raise Http404
    duty = Obligation.objects.with_names().filter(public_id=link.obligation_id).first()
    seat = Seat.objects.with_names().standing(now).filter(public_id=link.seat_id).first()
    if duty is None or seat is None or (duty.is_open and not _still_theirs(link, duty, seat, now)):
        raise Http404
    return Visit(link, duty, seat, now)


def _still_theirs(link: DutyLink, duty: Obligation, seat: Seat, now: datetime) -> bool:
    """Whether it still opens the duty: never again once closed, or the duty is another's."""
    mine = duty.seat_id == seat.pk and seat.acting_person == link.person
    return link.is_open(now) and mine


def _language(request: HttpRequest, visit: Visit) -> str:
    """The language chosen on this phone, else the person's own."""
    chosen = request.COOKIES.get("django_language", "")
    return chosen if chosen in ("zh-hans", "en") else visit.link.person.language


def _form(visit: Visit, *args: Any) -> PhoneForm:
    kept: dict[str, Any] = {"keeper": visit.link.person, "moment": visit.now}
    if visit.spec is None:
        if visit.duty.form == "acceptance" and task_book_of(visit.duty) is not None:
            return PhoneSignedForm(*args, **kept)
        return PhoneForm(*args, **kept)
    seats = assignees(visit.duty.group, visit.now)
    return PhoneReportForm(*args, **kept, spec=visit.spec, seats=seats)


def _show(request: HttpRequest, visit: Visit) -> HttpResponse:
    if not visit.duty.is_open:
        return _receipt(request, visit)
    one = entry_of(visit.duty)
    if one is not None:
        return phone_proof.show(request, one, visit.link, phone_proof.form_of(one, request))
    return _page(request, visit, _form(visit))


def _page(
    request: HttpRequest,
    visit: Visit,
    form: PhoneForm,
    *,
    why: str = "",
    late: PhoneWhyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    lang = translation.get_language() or "zh-hans"
    programme = visit.duty.programme
    context = {
        "visit": visit,
        "duty": visit.duty,
        "title": programme.title.in_(lang),
        "deed": deed_of(visit.duty, lang),
        "group": visit.duty.group.title.in_(lang),
        "who": visit.link.person.label,
        "form": form,
        "spec": visit.spec,
        "planned": plan_before(visit.duty) if visit.spec and visit.spec.plan else [],
        "why": "" if late else why,
        "unsaid": why if late else "",
        "explain": late or PhoneWhyForm(prefix="why"),
        "late": visit.duty.due_instant <= visit.now,
        "returned": returned_for(visit.duty),
        "due_words": deadline_text(visit.duty.due_instant, programme.tz, lang),
        "now": visit.now,
        "zone": programme.zone,
    }
    if isinstance(form, PhoneReportForm):
        read = phone_report.read_of(form, lang)
        context |= phone_report.shown(form, read, lang)
    return render(request, "site/phone.html", context, status=status)


def _receipt(request: HttpRequest, visit: Visit) -> HttpResponse:
    lang = translation.get_language() or "zh-hans"
    programme, duty = visit.duty.programme, visit.duty
    with_it = Q(subject_id=duty.with_id) | Q(content__facts__version=duty.with_id)
    entry = Entry.objects.filter(with_it, book=programme.public_id).order_by("seq").first()
    context = {
        "duty": duty,
        "title": programme.title.in_(lang),
        "deed": deed_of(duty, lang),
        "who": visit.link.person.label,
        "number": receipt_number(programme, entry) if entry else "",
        "sha": entry.leaf_hash if entry else "",
        "late": duty.met_at is not None and duty.met_at >= duty.due_instant,
        "now": visit.now,
        "zone": programme.zone,
    }
    return render(request, "site/phone_receipt.html", context)


def _answered(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What was sent: an answer to an entry of the roll, or a paper."""
    one = entry_of(visit.duty) if visit.duty.is_open else None
    return _hand_in(request, visit) if one is None else _look(request, visit, one)


def _hand_in(request: HttpRequest, visit: Visit) -> HttpResponse:
    lang = translation.get_language() or "zh-hans"
    if not visit.duty.is_open:
        return HttpResponseRedirect(request.path)
    if request.POST.get("do") == "explain":
        return _explain(request, visit)
    form = _form(visit, request.POST, request.FILES)
    if _too_often(visit):
        why = sentence("duties.link-asked-too-often", {}, lang)
        return _page(request, visit, form, why=why, status=429)
    if (shown := _to_look_at(request, visit, form)) is not None:
        return shown
    act = _act(request, visit, form.cleaned_data["key"])
    upload = form.cleaned_data["file"]
    reserved = visit.seat.can("manage")

    def do() -> object:
        upload.seek(0)
        file = keep_upload(
            act, programme=visit.duty.programme, name=upload.name, data=upload, reserved=reserved
        )
        done = _met(act, visit.duty, file, form)
        use_duty_link(visit.link, visit.now)
        return done

    _done, refused = attempt(do, form)
    if refused:
        return _page(request, visit, form, why=refused.sentence(lang), status=422)
    return HttpResponseRedirect(request.path)


def _look(request: HttpRequest, visit: Visit, one: ProofEntry) -> HttpResponse:
    """An entry of the roll is right, or what is to be put instead."""
    if _too_often(visit):
        why = sentence("duties.link-asked-too-often", {}, translation.get_language() or "zh-hans")
        form = phone_proof.form_of(one, request)
        return phone_proof.show(request, one, visit.link, form, why=why, status=429)
    act = _act(request, visit, request.POST.get("key", "")[:75])
    return phone_proof.answer(request, one, visit.link, act)


def _act(request: HttpRequest, visit: Visit, key: str) -> Act:
    """Whoever holds the link, in the seat it is for."""
    return Act(
        by=visit.link.person,
        recorded_at=visit.now,
        seat=visit.seat,
        key=f"link:{key}",
        digest=digest_of(request),
    )


def _explain(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Why it is late, or will be: told to the secretariat; nothing else changes."""
    lang = translation.get_language() or "zh-hans"
    form, empty = PhoneWhyForm(request.POST, prefix="why"), _form(visit)
    if _too_often(visit):
        why = sentence("duties.link-asked-too-often", {}, lang)
        return _page(request, visit, empty, why=why, late=form, status=429)
    if not form.is_valid():
        return _page(request, visit, empty, late=form, status=422)
    facts = form.cleaned_data
    act = _act(request, visit, facts["key"])
    words = {"text": facts["text"], "expected": facts["expected"]}
    _done, refused = attempt(lambda: duties.explain(act, obligation=visit.duty, **words))
    if refused:
        why = refused.sentence(lang)
        return _page(request, visit, empty, why=why, late=form, status=422)
    return HttpResponseRedirect(request.path)


def _to_look_at(request: HttpRequest, visit: Visit, form: PhoneForm) -> HttpResponse | None:
    """The page again, where something is missing, or where what a Word file says was not seen yet;
    None where it can be handed in."""
    if not form.is_valid():
        return _page(request, visit, form, status=422)
    if not isinstance(form, PhoneReportForm):
        return None
    read = phone_report.read_of(form, translation.get_language() or "zh-hans")
    due = visit.duty.programme.local(visit.duty.due_instant).date()
    whose = (assignees(visit.duty.group, visit.now), due)
    data = phone_report.to_look_at(form, read, whose) if read else None
    if data is not None:
        return _page(request, visit, _form(visit, data, form.files))
    return None if form.all_placed() else _page(request, visit, form, status=422)


def _met(act: Act, duty: Obligation, file: StoredFile, form: PhoneForm) -> object:
    """The act that meets a duty of this form by a file."""
    if isinstance(form, PhoneReportForm):
        read = phone_report.read_of(form, translation.get_language() or "zh-hans")
        handed = phone_report.handed(act, duty, form, read)
        return hand_in_by_file(act, obligation=duty, file=file, handed=handed)
    book = task_book_of(duty) if duty.form == "acceptance" else None
    if book is not None:
        return accept_task_book(act, task_book=book, scan=file)
    lang = translation.get_language() or "zh-hans"
    text = text_of_file(act, duty, form.cleaned_data["file"], lang)
    return duties.hand_in_file(act, obligation=duty, file=file, lines=form.lines(), text=text)


def _too_often(visit: Visit) -> bool:
    """At most so many attempts an hour by one link."""
    name = f"link-tries:{visit.link.token_hash}"
    cache.add(name, 0, HOUR)
    return int(cache.incr(name)) > TRIES
