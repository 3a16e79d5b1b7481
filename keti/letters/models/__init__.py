"""Offices, lists of recipients, letters to a list, their pieces and what happened to each."""

from keti.letters.models.mailings import Mailing, Passage, Piece, PieceQuerySet
from keti.letters.models.offices import Contact, Listed, Office, OfficeName, RecipientList

__all__ = [
    "Contact",
    "Listed",
    "Mailing",
    "Office",
    "OfficeName",
    "Passage",
    "Piece",
    "PieceQuerySet",
    "RecipientList",
]
