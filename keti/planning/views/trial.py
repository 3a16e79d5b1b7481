"""A trial programme is deleted whole: first what stands against it, then its title typed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from keti.accounts.queries import person_of
from keti.groups.doors import attempt, enter_office
from keti.planning.actions import delete_programme
from keti.planning.forms import DeleteForm
from keti.planning.permissions import may_delete
from keti.planning.queries import deleted_by, reached, told_reached


def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """What would go, or what stands against it. Sent twice, the second finds it done."""
    if request.method == "POST" and _done(request):
        return _gone(request)
    door = enter_office(request, slug)
    form = DeleteForm(request.POST or None, keeper=door.person, moment=door.now)
    refused = None
    if request.method == "POST" and form.is_valid():
        act, said = door.act(form.cleaned_data["key"]), form.cleaned_data
        _made, refused = attempt(
            lambda: delete_programme(
                act, programme=door.programme, typed=said["title"], reason=said["reason"]
            ),
            form,
        )
        if refused is None:
            return _gone(request)
    against = reached(door.programme)
    context = {
        "door": door,
        "form": form,
        "may_delete": may_delete(door.act(), door.programme),
        "against": [told_reached([one], door.programme).in_(door.lang) for one in against],
        "refusal": refused.sentence(door.lang) if refused and not form.errors else "",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "planning/delete.html", context, status=status)


def _done(request: HttpRequest) -> bool:
    """Has this very sending deleted its programme already?"""
    person = person_of(request.user)
    if person is None:
        raise Http404
    return deleted_by(person, str(request.POST.get("key", "")))


def _gone(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("试用课题已整个删除，平台的办理记录留有一条。"))
    return HttpResponseRedirect(reverse("planning:new"))
