"""An entry of the roll on a phone, by a personal link: right, or what is to be put. No file."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation

from keti.accounts.actions import use_duty_link
from keti.accounts.models import DutyLink
from keti.groups.doors import attempt
from keti.kernel.acts import Act
from keti.release.actions import Wishes, answer_proof
from keti.release.forms import PhoneAnswerForm
from keti.release.models import ProofEntry
from keti.release.queries import neighbours, proof_line, wished_or_shown


def form_of(one: ProofEntry, request: HttpRequest) -> PhoneAnswerForm:
    """The form, with the entry as it is shown."""
    return PhoneAnswerForm(request.POST or None, initial=wished_or_shown(one))


def show(
    request: HttpRequest,
    one: ProofEntry,
    link: DutyLink,
    form: PhoneAnswerForm,
    *,
    why: str = "",
    status: int = 200,
) -> HttpResponse:
    """The entry and the question."""
    lang = translation.get_language() or "zh-hans"
    context = {
        "title": one.programme.title.in_(lang),
        "who": link.person.label,
        "line": proof_line(one, lang),
        "one": one,
        "neighbours": neighbours(one, lang),
        "form": form,
        "why": why,
        "link": link,
        "now": None,
        "zone": one.programme.zone,
    }
    return render(request, "site/phone_proof.html", context, status=status)


def answer(request: HttpRequest, one: ProofEntry, link: DutyLink, act: Act) -> HttpResponse:
    """The owner's answer, by whoever holds the link, in the seat it is for."""
    lang = translation.get_language() or "zh-hans"
    form = form_of(one, request)
    if not form.is_valid():
        return show(request, one, link, form, status=422)
    said = form.wishes()

    def do() -> object:
        done = answer_proof(act, entry=one, wishes=Wishes(**said) if said else None)
        use_duty_link(link, act.recorded_at)
        return done

    _done, refused = attempt(do)
    if refused:
        return show(request, one, link, form, why=refused.sentence(lang), status=422)
    return HttpResponseRedirect(request.path)
