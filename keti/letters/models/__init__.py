"""Offices, lists of recipients, letters to a list, their pieces and what happened to each."""

from keti.letters.models.mailings import Mailing, MailPiece, MailPieceQuerySet, Passage
from keti.letters.models.offices import Contact, Listed, Office, OfficeName, RecipientList

__all__ = [
    "Contact",
    "Listed",
    "MailPiece",
    "MailPieceQuerySet",
    "Mailing",
    "Office",
    "OfficeName",
    "Passage",
    "RecipientList",
]
