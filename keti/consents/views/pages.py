"""The secretariat's list of consents, one person of it, and answering for oneself."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.accounts.models import Person
from keti.accounts.queries import person_of
from keti.consents import actions, queries
from keti.consents.enums import Answer, Purpose
from keti.consents.forms import AboutForm
from keti.consents.models import Consent
from keti.consents.queries import AskedPerson
from keti.consents.views.lists import CONSENTS, MARKS, row_of
from keti.documents.doors import give_out
from keti.documents.models import StoredFile
from keti.groups.doors import Door, attempt, digest_of, enter_office
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.lists.doors import save, show
from keti.programmes.models import Programme


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who would be printed and how they answered."""
    door = enter_office(request, slug)
    context = {"door": door, "consents": show(request, door, CONSENTS)}
    return render(request, "consents/list.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    return save(request, CONSENTS, slug, form)


def _line(door: Door, person_id: str) -> AskedPerson:
    asked = door.read(("consents.person",), _asked, person_id)
    found = queries.lines(door.programme, asked)
    if not found:
        raise Http404
    return found[0]


def _asked(door: Door, person_id: str) -> QuerySet[Person]:
    return queries.on_record(door.programme).filter(public_id=person_id).select_related("unit")


def person(request: HttpRequest, slug: str, person_id: str) -> HttpResponse:
    """One person: how they answered so far, use by use; record what came on paper."""
    door = enter_office(request, slug)
    line = _line(door, person_id)
    form = AboutForm(request.POST or None, request.FILES or None, door=door)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        _done, refused = attempt(lambda: _recorded(door, line, form), form)
        if refused is None:
            return HttpResponseRedirect(request.path)
    given = door.read(("consents.given", line.person.pk), partial(_given, line.person))
    context = {
        "door": door,
        "row": row_of(line, door.lang),
        "given": given,
        "answers": _answers(list(given)),
        "alike": [_called(door, one.person) for one in queries.alike(door.programme, line.person)],
        "wordings": [
            (one.label, queries.wording(door.programme, one).in_(door.lang)) for one in Purpose
        ],
        "form": form,
        "refusal": refused.sentence(door.lang) if refused else "",
    }
    status = 422 if refused or (form.is_bound and form.errors) else 200
    return render(request, "consents/person.html", context, status=status)


def _answers(given: list[Consent]) -> list[tuple[str, str, str]]:
    """Of each use its name, the mark and the word of how they answer now."""
    gave = {one.purpose for one in given}
    stands = {one.purpose for one in given if one.withdrawn_at is None}
    found = []
    for purpose in Purpose:
        answer = Answer.WITHDRAWN if purpose in gave else Answer.NONE
        answer = Answer.AGREED if purpose in stands else answer
        found.append((str(purpose.label), MARKS[answer], str(answer.label)))
    return found


def _given(person: Person, door: Door) -> QuerySet[Consent]:
    given = queries.of_person(person).filter(programme=door.programme)
    return given.select_related("withdrawn_by", "evidence", "withdrawal_evidence")


def _called(door: Door, person: Person) -> tuple[str, str]:
    """Where the person's page is, and who they are with their unit."""
    unit = person.unit.called.in_(door.lang) if person.unit else _("未填单位")
    where = reverse("consents:person", args=[door.programme.slug, person.public_id])
    return where, f"{person.called.in_(door.lang)} · {unit}"


def _recorded(door: Door, line: AskedPerson, form: AboutForm) -> object:
    act, programme, who = door.act_from(form), door.programme, line.person
    purpose = form.about()
    if door.request.POST.get("do") == "withdraw":
        return actions.withdraw_consent(act, programme=programme, person=who, purpose=purpose)
    return actions.give_consent(
        act, programme=programme, person=who, purpose=purpose, lang=who.language
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
    lang, purpose = get_language() or "zh-hans", _purpose(request)

    def do() -> object:
        if agree:
            return actions.give_consent(
                act, programme=programme, person=me, purpose=purpose, lang=lang
            )
        return actions.withdraw_consent(act, programme=programme, person=me, purpose=purpose)

    _done, refused = attempt(do)
    if refused is not None:
        context = {"refusal": refused.sentence(lang)}
        return render(request, "consents/refused.html", context, status=422)
    return HttpResponseRedirect(f"{reverse('site:me')}#consents")


def _purpose(request: HttpRequest) -> Purpose:
    """What the form was about; the roll where it says nothing that exists."""
    asked = request.POST.get("purpose", "")
    return Purpose(asked) if asked in Purpose.values else Purpose.ROLL


def _printing(slug: str, me: Any) -> Programme | None:
    found = queries.asked_of(me) if me else []
    consented = [one.programme for one in queries.of_person(me)] if me else []
    return next((one for one in [*found, *consented] if one.slug == slug), None)
