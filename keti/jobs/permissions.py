"""Who sees a piece of work: who asked for it, and nobody else."""

from django.db.models import QuerySet

from keti.accounts.models import Person
from keti.jobs.models import Job


def visible(person: Person | None) -> QuerySet[Job]:
    """The work this person asked for; a stranger has none."""
    if person is None:
        return Job.objects.none()
    return Job.objects.filter(person=person).select_related("programme")
