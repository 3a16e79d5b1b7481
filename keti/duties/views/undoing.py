"""Taking back what was done to a duty by mistake: its waiver, its extension, its file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.duties import actions
from keti.duties.doors import page_of
from keti.duties.forms import UndoForm
from keti.duties.views.page import again, fetch
from keti.groups.doors import attempt, enter

ACTS = {
    "waiver": actions.take_back_waiver,
    "extension": actions.take_back_extension,
    "filing": actions.withdraw_filing,
}


@require_POST
def take_back(request: HttpRequest, slug: str, duty_id: str, what: str) -> HttpResponse:
    """Take it back, with the reason; the page says what is refused and keeps what was typed."""
    door = enter(request, slug)
    thing = fetch(door, duty_id)
    form = UndoForm(request.POST, prefix=what)
    if not form.is_valid():
        return again(request, door, thing, undone=form)
    act, reason = door.act(form.cleaned_data["key"]), form.cleaned_data["reason"]
    _done, refused = attempt(lambda: ACTS[what](act, obligation=thing, reason=reason))
    if refused:
        return again(request, door, thing, undone=form, refused=refused.sentence(door.lang))
    messages.success(request, _("已撤销，此事仍须办理。"))
    return HttpResponseRedirect(page_of(thing))
