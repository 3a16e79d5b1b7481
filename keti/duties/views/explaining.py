"""Saying why a duty is late, and by which day it comes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.duties import actions
from keti.duties.doors import page_of
from keti.duties.forms import ExplainForm
from keti.duties.models import Obligation
from keti.duties.views.page import again, fetch
from keti.groups.doors import attempt, enter


@require_POST
def explain(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Say it; what is refused is shown at its field with what was typed."""
    door = enter(request, slug)
    thing = fetch(door, duty_id)
    form = ExplainForm(request.POST, request.FILES, door=door, owner=thing.seat)
    if not form.is_valid():
        return again(request, door, thing, explain=form)

    def do() -> Obligation:
        facts = form.cleaned_data
        act, words = door.act_from(form), str(facts["text"])
        return actions.explain(act, obligation=thing, text=words, expected=facts["expected"])

    _done, refused = attempt(do, form)
    if refused:
        why = "" if form.errors else refused.sentence(door.lang)
        return again(request, door, thing, explain=form, refused=why)
    messages.success(request, _("说明已记录，已告知秘书处。"))
    return HttpResponseRedirect(page_of(thing))
