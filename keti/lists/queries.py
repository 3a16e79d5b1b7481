"""Reading saved views."""

from django.db.models import QuerySet

from keti.accounts.models import Person
from keti.lists import permissions
from keti.lists.models import SavedView
from keti.programmes.models import Programme


def views_of(programme: Programme, person: Person, called: str) -> QuerySet[SavedView]:
    """What the person keeps for this list of the programme, by name."""
    mine = permissions.visible(person).filter(programme=programme, called=called)
    return mine.order_by("title", "pk")
