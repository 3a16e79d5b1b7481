"""Finding programmes."""

from django.db.models import QuerySet

from keti.programmes.models import Programme


def living() -> QuerySet[Programme]:
    """Programmes that are not closed for good, oldest first."""
    return Programme.objects.filter(closed_at=None).order_by("pk")


def any_programme() -> bool:
    """True when the installation holds a programme."""
    return Programme.objects.exists()
