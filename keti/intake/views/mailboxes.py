"""An address on record that is somebody else's now."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from keti.accounts.models import Person
from keti.groups.doors import Door, attempt, enter_office, page
from keti.groups.models import Seat
from keti.groups.queries import people
from keti.intake import actions
from keti.intake.forms.ways import MailboxForm


def mailbox(request: HttpRequest, slug: str, person_id: str) -> HttpResponse:
    """What handing an address over ends, who reads it now, and why."""
    door = enter_office(request, slug)
    seated = _people(door)
    person = next((one for one in seated if one.public_id == person_id), None)
    if person is None:
        raise Http404
    free = [one for one in seated if not one.mail and one != person]
    form, refused = MailboxForm(request.POST or None, among=free), None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        to = next((one for one in free if one.public_id == given["to"]), None)
        facts = {"person": person, "to": to, "reason": given["reason"]}
        act = door.act(str(given["key"]))
        _done, refused = attempt(
            lambda: actions.hand_over_mailbox(act, programme=door.programme, **facts)
        )
        if refused is None:
            messages.success(request, _("邮箱已移交，原来的登录都已结束。"))
            return HttpResponseRedirect(reverse("intake:record", args=[slug, person_id]))
    context = {"door": door, "who": person, "form": form}
    return page(request, "intake/mailbox.html", context, refused=refused)


def _people(door: Door) -> list[Person]:
    """Who acts in a seat of the programme, each once."""

    def acting(door: Door) -> QuerySet[Seat]:
        seats = Seat.objects.filter(programme=door.programme).with_names()
        return seats.select_related(None).select_related("person", "delegate")

    return people(door.read(("intake.acting",), acting))
