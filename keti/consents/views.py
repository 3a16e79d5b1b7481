"""The secretariat's list of consents, one person of it, and answering for oneself."""

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.accounts.models import Person
from keti.accounts.queries import person_of
from keti.consents import actions, queries
from keti.consents.enums import Answer
from keti.consents.forms import PaperForm
from keti.consents.queries import Line
from keti.documents.doors import give_out, sheet
from keti.documents.models import StoredFile
from keti.groups.doors import Door, attempt, digest_of, enter_office
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.programmes.models import Programme

PER_PAGE = 50
MARKS = {Answer.AGREED: "done", Answer.WITHDRAWN: "waived", Answer.NONE: "soon"}


def _wanted(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "").strip()[:100] for name in ("answer", "q")}


def _found(door: Door, lines: list[Line]) -> list[Line]:
    wanted = _wanted(door.request)
    return queries.narrowed(lines, answer=wanted["answer"], words=wanted["q"])


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who would be printed and how they answered."""
    door = enter_office(request, slug)
    lines = queries.answers(door.programme)
    page = Paginator(_found(door, lines), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "door": door,
        "page": page,
        "rows": [_row(one, door.lang) for one in page],
        "total": page.paginator.count,
        "tally": [(name, sum(one.answer == key for one in lines)) for key, name in Answer.choices],
        "answers": Answer.choices,
        "wanted": _wanted(request),
        "query": request.GET.urlencode(),
    }
    return render(request, "consents/list.html", context)


def _row(one: Line, lang: str) -> dict[str, Any]:
    return {
        "one": one,
        "who": one.person.called.in_(lang),
        "unit": one.person.unit.called.in_(lang) if one.person.unit else "",
        "seats": [seat.title.in_(lang) for seat in one.seats],
        "answer": one.answer.label,
        "mark": MARKS[one.answer],
    }


def export(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The list as it is narrowed, as a spreadsheet."""
    door = enter_office(request, slug)
    header = [
        _("姓名"), _("单位"), _("职务"), _("答复"), _("同意时间"), _("何人作出或登记"),
        _("凭据"), _("撤回时间"),
    ]  # fmt: skip
    rows = [_sheet_row(door, one) for one in _found(door, queries.answers(door.programme))]
    title = _("同意记录")
    name = f"{door.programme.title.in_(door.lang)} {title}"
    return sheet(title, header, rows, form, name=name, created=door.now)


def _sheet_row(door: Door, line: Line) -> list[Any]:
    row, one = _row(line, door.lang), line.consent
    given = door.programme.local(one.given_at).replace(tzinfo=None) if one else ""
    gone = one.withdrawn_at if one else None
    return [
        row["who"],
        row["unit"],
        "；".join(row["seats"]),
        str(row["answer"]),
        given,
        _by(line),
        one.evidence.name if one and one.evidence else "",
        door.programme.local(gone).replace(tzinfo=None) if gone else "",
    ]


def _by(line: Line) -> str:
    one = line.consent
    if one is None:
        return ""
    if one.by_themselves:
        return _("本人作出")
    return one.given_by.label if one.given_by else _("不详")


def _line(door: Door, person_id: str) -> Line:
    lines = queries.answers(door.programme)
    found = next((one for one in lines if one.person.public_id == person_id), None)
    if found is None:
        raise Http404
    return found


def person(request: HttpRequest, slug: str, person_id: str) -> HttpResponse:
    """One person: how they answered so far; record what came on paper."""
    door = enter_office(request, slug)
    line = _line(door, person_id)
    form = PaperForm(request.POST or None, request.FILES or None, door=door)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        _done, refused = attempt(lambda: _recorded(door, line, form), form)
        if refused is None:
            return HttpResponseRedirect(request.path)
    given = queries.of_person(line.person).filter(programme=door.programme)
    context = {
        "door": door,
        "row": _row(line, door.lang),
        "given": given.select_related("withdrawn_by", "evidence", "withdrawal_evidence"),
        "agreed": line.answer == Answer.AGREED,
        "alike": [_called(door, one.person) for one in queries.alike(door.programme, line.person)],
        "wording": queries.wording(door.programme).in_(door.lang),
        "form": form,
        "refusal": refused.sentence(door.lang) if refused else "",
    }
    status = 422 if refused or (form.is_bound and form.errors) else 200
    return render(request, "consents/person.html", context, status=status)


def _called(door: Door, person: Person) -> tuple[str, str]:
    """Where the person's page is, and who they are with their unit."""
    unit = person.unit.called.in_(door.lang) if person.unit else _("未填单位")
    where = reverse("consents:person", args=[door.programme.slug, person.public_id])
    return where, f"{person.called.in_(door.lang)} · {unit}"


def _recorded(door: Door, line: Line, form: PaperForm) -> object:
    act = door.act_from(form)
    if door.request.POST.get("do") == "withdraw":
        return actions.withdraw_consent(act, programme=door.programme, person=line.person)
    return actions.give_consent(
        act, programme=door.programme, person=line.person, lang=line.person.language
    )


def evidence(request: HttpRequest, slug: str, person_id: str, file_id: str) -> FileResponse:
    """The paper itself."""
    door = enter_office(request, slug)
    line = _line(door, person_id)
    mine = queries.of_person(line.person).filter(programme=door.programme)
    held = {pk for one in mine for pk in (one.evidence_id, one.withdrawal_evidence_id) if pk}
    found = StoredFile.objects.filter(pk__in=held, public_id=file_id).first()
    if found is None:
        raise Http404
    return give_out(found)


@require_POST
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """I agree, in the words the page showed."""
    return _mine(request, slug, agree=True)


@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """I take my consent back."""
    return _mine(request, slug, agree=False)


def _mine(request: HttpRequest, slug: str, *, agree: bool) -> HttpResponse:
    me = person_of(request.user)
    programme = _printing(slug, me)
    if me is None or programme is None:
        raise Http404
    key, at = request.POST.get("key", "")[:80], clock.received(request)
    act = Act(by=me, recorded_at=at, key=key, digest=digest_of(request))
    lang = get_language() or "zh-hans"

    def do() -> object:
        if agree:
            return actions.give_consent(act, programme=programme, person=me, lang=lang)
        return actions.withdraw_consent(act, programme=programme, person=me)

    _done, refused = attempt(do)
    if refused is not None:
        context = {"refusal": refused.sentence(lang)}
        return render(request, "consents/refused.html", context, status=422)
    return HttpResponseRedirect(f"{reverse('site:me')}#consents")


def _printing(slug: str, me: Any) -> Programme | None:
    found = queries.asked_of(me) if me else []
    consented = [one.programme for one in queries.of_person(me)] if me else []
    return next((one for one in [*found, *consented] if one.slug == slug), None)
