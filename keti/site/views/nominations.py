"""Being asked whether one acts for a unit that nominated one, and answering."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.accounts.models import Person
from keti.accounts.queries import person_of
from keti.groups.actions import accept_nomination, decline_nomination
from keti.groups.doors import KeyForm, attempt, digest_of
from keti.groups.models import Seat
from keti.kernel import clock
from keti.kernel.acts import Act

Asked = tuple[Seat, str, str, str, KeyForm]


def nominated(person: Person, lang: str) -> list[Asked]:
    """The seats for which this person was nominated and has not answered: programme, unit, role."""
    waiting = Seat.objects.filter(delegate=person, ends_at=None).exclude(proposed_at=None)
    return [
        (
            seat,
            seat.programme.title.in_(lang),
            seat.holder.called.in_(lang),
            seat.title.in_(lang),
            KeyForm(),
        )
        for seat in waiting.with_names()
    ]


@require_POST
def nomination(request: HttpRequest, slug: str, seat_id: str) -> HttpResponse:
    """Accept or decline."""
    person, form = person_of(request.user), KeyForm(request.POST)
    if person is None or not form.is_valid():
        raise Http404
    mine = Seat.objects.filter(programme__slug=slug, public_id=seat_id).with_names()
    seat = mine.first()
    if seat is None or seat.delegate_id not in (None, person.pk):
        raise Http404
    key = str(form.cleaned_data["key"])
    act = Act(person, clock.received(request), key=key, digest=digest_of(request))
    accepts = request.POST.get("answer") == "accept"
    do = accept_nomination if accepts else decline_nomination
    _done, refused = attempt(lambda: do(act, seat=seat))
    if refused is not None:
        messages.error(request, refused.sentence(get_language() or "zh-hans"))
        return HttpResponseRedirect(reverse("site:me"))
    if accepts:
        messages.success(request, _("已接受提名。"))
        return HttpResponseRedirect(reverse("site:desk", args=[slug]))
    messages.success(request, _("已谢绝，已告知秘书处。"))
    return HttpResponseRedirect(reverse("site:me"))
