"""What a page shows of work that is under way."""

from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils.translation import get_language

from keti.accounts.models import Person
from keti.jobs.actions.places import progress_of
from keti.jobs.enums import JobState
from keti.jobs.models import Job
from keti.kernel.refusals import Refused, sentence


def after(job: Job) -> tuple[str, Refused | None]:
    """Where the page that asked for this goes on: to the result, or to the page that waits.

    What was refused already comes back as a value, as from an act done at once.
    """
    if job.state == JobState.FAILED:
        return "", Refused(job.error, **job.why_facts)
    if job.state == JobState.DONE:
        return job.result, None
    return reverse("jobs:job", args=[job.public_id]), None


SALT = "keti.jobs.waiting"
MAY_ASK = 3600
"""Seconds for which a page may go on asking without asking the room's permission again."""


def waiting_at(job: Job, person: Person | None, ready: str, again: str) -> str:
    """Where a page asks how far this work is, for who was let in to ask for it.

    The address of a paper puts the whole paper together before it answers; this one reads a row.
    """
    seen_by = person.public_id if person else ""
    token = signing.dumps([job.public_id, seen_by, ready, again], salt=SALT)
    return reverse("jobs:waiting", args=[token])


def waited_for(token: str, person: Person | None) -> tuple[Job, str, str] | None:
    """The work, where it leads, where it is asked for anew; None but for who was shown this."""
    try:
        job_id, seen_by, ready, again = signing.loads(token, salt=SALT, max_age=MAY_ASK)
    except signing.BadSignature:
        return None
    job = Job.objects.filter(public_id=job_id).first()
    if job is None or seen_by != (person.public_id if person else ""):
        return None
    return job, str(ready), str(again)


def making(job: Job, *, look: str = "", ready: str = "", again: str = "") -> dict[str, Any]:
    """The variables of `jobs/making.html`.

    `look` is where the page asks how far it is, `ready` what it leads to, `again` where a failed
    piece of work is asked for once more; without them those of the job's own page.
    """
    lang = get_language() or "zh-hans"
    done = job.state == JobState.DONE
    failed = job.state == JobState.FAILED
    return {
        "title": job.title.in_(lang),
        "state": JobState(job.state).label,
        "waits": not job.finished,
        "progress": progress_of(job.public_id) if job.state == JobState.RUNNING else None,
        "failure": sentence(job.error, job.why_facts, lang) if failed else "",
        "look": look or reverse("jobs:job", args=[job.public_id]),
        "ready": (ready or job.result) if done else "",
        "again": again if failed else "",
        "post_again": reverse("jobs:again", args=[job.public_id]) if failed and not again else "",
        "key": job.public_id,
        "back": job.place if failed else "",
        "layout": "public.html" if job.person_id is None else "base.html",
    }
