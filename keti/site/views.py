"""Pages of the house itself."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from keti.accounts.queries import person_of
from keti.groups.models import Seat


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_POST
def switch_seat(request: HttpRequest) -> HttpResponse:
    """Act in another of one's seats from now on."""
    person = person_of(request.user)
    seat = Seat.objects.with_names().filter(public_id=request.POST.get("seat", "")).first()
    if person is None or seat is None or person.pk not in (seat.person_id, seat.delegate_id):
        raise Http404
    request.session[f"seat:{seat.programme.slug}"] = seat.public_id
    return HttpResponseRedirect(f"/p/{seat.programme.slug}/desk/")
