"""Whose saved views are whose."""

from django.db.models import QuerySet

from keti.accounts.models import Person
from keti.lists.models import SavedView


def visible(person: Person | None, views: QuerySet[SavedView]) -> QuerySet[SavedView]:
    """One's own; nobody sees another's."""
    return views.none() if person is None else views.filter(person=person)
