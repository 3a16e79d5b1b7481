"""Finding people."""

from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from keti.accounts.models import Consent, DutyLink, Organisation, Person, User


def person_of(user: User | AnonymousUser | object) -> Person | None:
    """The person behind a signed-in user, or None."""
    if not getattr(user, "is_authenticated", False):
        return None
    return cast(User, user).person


def by_mail(mail: str) -> Person | None:
    """The person with this address, or None."""
    return Person.objects.filter(mail__iexact=mail).first() if mail else None


def consents(purpose: str, scope: str) -> QuerySet[Consent]:
    """The standing consents to `purpose` in `scope` (a programme's public id)."""
    return Consent.objects.filter(purpose=purpose, scope=scope, withdrawn_at=None)


def organisation_named(name: str) -> Organisation | None:
    return Organisation.objects.filter(name_zh=name).first()


def link_by_hash(token_hash: str) -> DutyLink | None:
    return (
        DutyLink.objects.select_related("person", "person__unit")
        .filter(token_hash=token_hash)
        .first()
    )


def has_founder() -> bool:
    """True once somebody may found programmes: the installation is no longer empty."""
    return Person.objects.filter(may_found=True).exists()
