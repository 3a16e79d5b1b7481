"""The sentences of the ledger room: its refusals, the kinds of line, what a check may find."""

from keti.ledger.messages.faults import FAULTS
from keti.ledger.messages.kinds import WORDS

MESSAGES: dict[str, tuple[str, str]] = WORDS | FAULTS
