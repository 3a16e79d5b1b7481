"""Whose saved views are whose."""

from django.db.models import QuerySet

from keti.accounts.models import Person
from keti.lists.models import SavedView


def visible(person: Person | None) -> QuerySet[SavedView]:
    """One's own; nobody sees another's."""
    return SavedView.objects.none() if person is None else SavedView.objects.filter(person=person)
