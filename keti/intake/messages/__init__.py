"""Sentences of the room's codes, in Chinese and English."""

from keti.intake.messages.applying import APPLYING
from keti.intake.messages.records import RECORDS
from keti.intake.messages.roster import ROSTER
from keti.intake.messages.undoing import UNDOING

MESSAGES: dict[str, tuple[str, str]] = APPLYING | RECORDS | ROSTER | UNDOING
