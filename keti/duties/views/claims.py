"""Answering a claimed moment: its evidence, accepting it, declining it with a reason."""

from collections.abc import Callable

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from keti.documents.actions import path_of
from keti.duties import actions
from keti.duties.doors import page_of
from keti.duties.forms import AcceptForm, DeclineForm
from keti.duties.models import Claim, Obligation
from keti.duties.views.page import again, fetch, sees_inside
from keti.groups.doors import Door, attempt, enter


def _found(door: Door, duty_id: str, claim_id: str) -> tuple[Obligation, Claim]:
    """The claim, for whoever sees what was handed in; 404 otherwise."""
    thing = fetch(door, duty_id)
    one = thing.claims.select_related("evidence").filter(public_id=claim_id).first()
    if one is None or not sees_inside(door, thing):
        raise Http404
    return thing, one


@require_POST
def accept(request: HttpRequest, slug: str, duty_id: str, claim_id: str) -> HttpResponse:
    """Accept the evidence: the duty counts from the claimed moment."""
    door = enter(request, slug)
    thing, one = _found(door, duty_id, claim_id)
    form = AcceptForm(request.POST, request.FILES, door=door)
    return _answered(
        request, door, thing, form, lambda: actions.accept_claim(door.act_from(form), claim=one)
    )


@require_POST
def decline(request: HttpRequest, slug: str, duty_id: str, claim_id: str) -> HttpResponse:
    """Decline it: the duty stays late."""
    door = enter(request, slug)
    thing, one = _found(door, duty_id, claim_id)
    form = DeclineForm(request.POST, request.FILES, door=door)

    def do() -> Claim:
        why = str(form.cleaned_data["reason"])
        return actions.decline_claim(door.act_from(form), claim=one, reason=why)

    return _answered(request, door, thing, form, do)


def _answered(
    request: HttpRequest,
    door: Door,
    thing: Obligation,
    form: AcceptForm | DeclineForm,
    do: Callable[[], Claim],
) -> HttpResponse:
    name = "decline" if isinstance(form, DeclineForm) else "accept"
    if not form.is_valid():
        return again(request, door, thing, **{name: form})
    _done, refused = attempt(do, form)
    if refused:
        return again(request, door, thing, refused=refused.sentence(door.lang), **{name: form})
    return HttpResponseRedirect(page_of(thing))


def evidence(request: HttpRequest, slug: str, duty_id: str, claim_id: str) -> FileResponse:
    """The evidence of a claimed moment."""
    _thing, one = _found(enter(request, slug), duty_id, claim_id)
    return FileResponse(
        path_of(one.evidence.sha256).open("rb"),
        as_attachment=True,
        filename=one.evidence.name,
        content_type=one.evidence.mime,
    )
