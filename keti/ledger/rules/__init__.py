"""The record's own arithmetic: canonical lines, tree, checkpoints, receipts, verification.

Everything but `standalone` needs nothing but Python: joined into one file it is `keti-verify.py`.
"""

from keti.ledger.rules.checking import read_book, verify
from keti.ledger.rules.ed25519 import verified
from keti.ledger.rules.enclosed import enclosed, opened
from keti.ledger.rules.lines import (
    canonical,
    checkpoint_line,
    commitment,
    headed,
    history_line,
    line,
    sealed_line,
    state_hash,
)
from keti.ledger.rules.notes import (
    Checkpoint,
    Confirmed,
    Key,
    Note,
    UnitKey,
    as_named,
    read_checkpoint,
    read_key,
    read_note,
    read_signature,
    read_unit_key,
    signature_text,
)
from keti.ledger.rules.receipts import Receipt, check_receipt
from keti.ledger.rules.succession import KeyChange, read_changes, vouched
from keti.ledger.rules.tree import (
    consistency,
    consistent,
    crown,
    grown,
    included,
    inclusion,
    leaf_hash,
    root,
)

__all__ = [
    "Checkpoint", "Confirmed", "Key", "KeyChange", "Note", "Receipt", "UnitKey", "as_named",
    "canonical",
    "check_receipt",
    "checkpoint_line", "commitment", "consistency", "consistent", "crown", "enclosed", "grown",
    "headed", "history_line", "included", "inclusion", "leaf_hash", "line", "opened", "read_book",
    "read_changes", "read_checkpoint", "read_key", "read_note", "read_signature",
    "read_unit_key", "root", "sealed_line",
    "signature_text", "state_hash", "verified", "verify", "vouched",
]  # fmt: skip
