"""The page of one piece of work: how far it is, what came out, why it did not."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from keti.accounts.queries import person_of
from keti.jobs import permissions
from keti.jobs.actions import ask_again
from keti.jobs.doors import making, waited_for
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


@require_GET
def waiting(request: HttpRequest, token: str) -> HttpResponse:
    """How far the work is that a page waits for; done, it leads to the result."""
    found = waited_for(token, person_of(request.user))
    if found is None:
        raise Http404
    job, ready, again = found
    shown = making(job, look=request.path, ready=ready, again=again)
    answer = render(request, "jobs/making.html", shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
def again(request: HttpRequest, job_id: str) -> HttpResponse:
    """Try what failed once more."""
    found = ask_again(_own(request, job_id))
    return HttpResponseRedirect(reverse("jobs:job", args=[found.public_id]))
