"""What the pages of the room have in common: fetching by id."""

from typing import TypeVar

from django.http import Http404

from keti.groups.doors import Door
from keti.letters import permissions
from keti.letters.models import Mailing, MailPiece, Office, RecipientList

T = TypeVar("T")


def office_of(door: Door, public_id: str) -> Office:
    """The office of this id, where this seat may see it."""
    found = permissions.visible(door.sight, Office.objects.select_related("programme"))
    return _one(found.filter(public_id=public_id).first())


def list_of(door: Door, public_id: str) -> RecipientList:
    """The list of this id, where this seat may see it."""
    rows = RecipientList.objects.select_related("programme", "decided_by")
    return _one(permissions.visible(door.sight, rows).filter(public_id=public_id).first())


def mailing_of(door: Door, public_id: str) -> Mailing:
    """The letter of this id, where this seat may see it."""
    rows = Mailing.objects.select_related("programme", "list", "issued_by")
    return _one(permissions.visible(door.sight, rows).filter(public_id=public_id).first())


def piece_of(door: Door, public_id: str) -> MailPiece:
    """The piece of this id with its state, where this seat may see it."""
    rows = MailPiece.objects.standing().select_related("mailing__programme", "office")
    return _one(permissions.visible(door.sight, rows).filter(public_id=public_id).first())


def _one(found: T | None) -> T:
    if found is None:
        raise Http404
    return found
