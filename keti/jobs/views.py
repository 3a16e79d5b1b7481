"""The page of one piece of work: how far it is, what came out, why it did not."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from keti.accounts.queries import person_of
from keti.jobs import permissions
from keti.jobs.actions import ask_again
from keti.jobs.doors import making
from keti.jobs.enums import JobState
from keti.jobs.models import Job


def _own(request: HttpRequest, job_id: str) -> Job:
    found = permissions.visible(person_of(request.user)).filter(public_id=job_id).first()
    if found is None:
        raise Http404
    return found


@require_GET
def job(request: HttpRequest, job_id: str) -> HttpResponse:
    """Leads on to the result once it is there."""
    found = _own(request, job_id)
    if found.state == JobState.DONE and found.result and not request.headers.get("HX-Request"):
        return HttpResponseRedirect(found.result)
    return render(request, "jobs/making.html", making(found), status=200)


@require_POST
def again(request: HttpRequest, job_id: str) -> HttpResponse:
    """Try what failed once more."""
    found = ask_again(_own(request, job_id))
    return HttpResponseRedirect(reverse("jobs:job", args=[found.public_id]))
