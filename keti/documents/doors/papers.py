"""A paper as a download: the made file, or the page that waits for it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language

from keti.documents.doors.made import KIND, ask_for, made, name_of, place_of
from keti.documents.rules.edition import key_of
from keti.documents.rules.paper import Paper
from keti.documents.rules.render import MIMES
from keti.documents.rules.sniff import safe_name
from keti.jobs import permissions
from keti.jobs.actions import Asker
from keti.jobs.doors import making, waiting_at
from keti.jobs.enums import JobState
from keti.jobs.models import Job
from keti.jobs.queries import newest
from keti.kernel.downloads import attachment
from keti.kernel.refusals import Refused

AGAIN, TICKET = "again", "made"


def paper_file(
    request: HttpRequest,
    paper: Paper,
    form: str,
    by: Asker,
    *,
    moves: bool = False,
    inline: bool = False,
) -> HttpResponse:
    """The paper as a download; while it is not made, the page that leads to it.

    The caller has asked the room's permission and put the paper together: only its converting
    is left to a worker. A paper that `moves` (it prints the state of this minute) is fetched by
    the ticket of who asked for it at this address, so that he gets what he asked for.
    """
    if form not in MIMES:
        raise Http404
    try:
        key, job = _standing(request, paper, form, by, moves)
    except Refused as refused:
        return _refused(request, refused)
    data = made(key, form)
    if data is None:
        return _wait(request, job, by, moves)
    name = safe_name(f"{paper.number} {paper.title}".strip(), form)
    shown = attachment(name, inline=inline)
    return HttpResponse(data, content_type=MIMES[form], headers={"Content-Disposition": shown})


def _standing(
    request: HttpRequest, paper: Paper, form: str, by: Asker, moves: bool
) -> tuple[str, Job]:
    """The key of the file and the work that makes or made it; asked for where there is none."""
    job = _of_ticket(request, by) if moves else None
    if job is not None and not job.finished:
        return str(job.asked["key"]), job
    key = str(job.asked["key"]) if job else key_of(paper, form)
    job = job or newest(KIND, name_of(key, by, moves))
    lacks = not place_of(key, form).exists()
    if job is None or (lacks and (job.state == JobState.DONE or AGAIN in request.GET)):
        job = ask_for(paper, form, by, request.path, moves=moves)
        key = str(job.asked["key"])
    return key, job


def _of_ticket(request: HttpRequest, by: Asker) -> Job | None:
    """The job this visitor asked for at this very address; None without a ticket."""
    ticket = request.GET.get(TICKET, "")
    if not ticket:
        return None
    found = permissions.visible(by.person).filter(
        public_id=ticket, kind=KIND, place=request.path
    ).first()  # fmt: skip
    if found is None:
        raise Http404
    return found


def _wait(request: HttpRequest, job: Job, by: Asker, moves: bool) -> HttpResponse:
    """How far it is; done, it leads to the file. The same address, the same permission."""
    ticket = {TICKET: job.public_id} if moves else {}
    here = request.path
    ready = f"{here}?{urlencode(ticket)}" if ticket else here
    again = f"{here}?{AGAIN}=1"
    look = waiting_at(job, by.person, ready, again)
    shown = making(job, look=look, ready=ready, again=again)
    shown["layout"] = "base.html" if by.person else "public.html"
    answer = render(request, "jobs/making.html", shown, status=200 if job.finished else 202)
    if not job.finished:
        answer.headers["Retry-After"] = "2"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    lang = get_language() or "zh-hans"
    shown = {"title": refused.sentence(lang), "layout": "public.html"}
    return render(request, "jobs/refused.html", shown, status=429)
