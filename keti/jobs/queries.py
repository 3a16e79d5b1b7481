"""What waits, what failed; the newest work of a key."""

from datetime import datetime

from django.db.models import QuerySet

from keti.accounts.models import Person
from keti.jobs.enums import JobState
from keti.jobs.models import Job

LIVE = (JobState.QUEUED, JobState.RUNNING)


def due(at: datetime) -> QuerySet[Job]:
    """What may be begun at `at`, longest waiting first."""
    return Job.objects.filter(state=JobState.QUEUED, not_before__lte=at).order_by("asked_at", "pk")


def running() -> QuerySet[Job]:
    return Job.objects.filter(state=JobState.RUNNING)


def newest(kind: str, key: str) -> Job | None:
    """The last piece of work asked for under this key, whatever became of it."""
    return Job.objects.filter(kind=kind, key=key).order_by("-pk").first()


def waiting_for(person: Person) -> int:
    """How much this person has waiting or running."""
    return Job.objects.filter(person=person, state__in=LIVE).count()


def oldest_waiting() -> Job | None:
    return Job.objects.filter(state=JobState.QUEUED).order_by("not_before", "pk").first()


def failed_since(at: datetime) -> QuerySet[Job]:
    """What failed at `at` or later."""
    return Job.objects.filter(state=JobState.FAILED, finished_at__gte=at)
