"""Who sees a draft: who typed it, and nobody else."""

from django.db.models import QuerySet

from keti.accounts.models import Person
from keti.drafts.models import Draft


def visible(person: Person | None) -> QuerySet[Draft]:
    """The drafts of this person, the discarded ones among them; a stranger has none."""
    return Draft.objects.none() if person is None else Draft.objects.filter(person=person)
