"""The record's own arithmetic: canonical lines, tree, checkpoints, receipts, verification.

Everything but `standalone` needs nothing but Python: joined into one file it is `keti-verify.py`.
"""

from keti.ledger.rules.checking import (
    Book as Book,
)
from keti.ledger.rules.checking import (
    another_history as another_history,
)
from keti.ledger.rules.checking import (
    read_book as read_book,
)
from keti.ledger.rules.checking import (
    verify as verify,
)
from keti.ledger.rules.ed25519 import (
    verified as verified,
)
from keti.ledger.rules.lines import (
    canonical as canonical,
)
from keti.ledger.rules.lines import (
    checkpoint_line as checkpoint_line,
)
from keti.ledger.rules.lines import (
    commitment as commitment,
)
from keti.ledger.rules.lines import (
    headed as headed,
)
from keti.ledger.rules.lines import (
    line as line,
)
from keti.ledger.rules.lines import (
    sealed_line as sealed_line,
)
from keti.ledger.rules.notes import (
    Checkpoint as Checkpoint,
)
from keti.ledger.rules.notes import (
    Key as Key,
)
from keti.ledger.rules.notes import (
    Note as Note,
)
from keti.ledger.rules.notes import (
    read_checkpoint as read_checkpoint,
)
from keti.ledger.rules.notes import (
    read_key as read_key,
)
from keti.ledger.rules.notes import (
    read_note as read_note,
)
from keti.ledger.rules.receipts import (
    Receipt as Receipt,
)
from keti.ledger.rules.receipts import (
    check_receipt as check_receipt,
)
from keti.ledger.rules.receipts import (
    read_receipt as read_receipt,
)
from keti.ledger.rules.tree import (
    consistency as consistency,
)
from keti.ledger.rules.tree import (
    consistent as consistent,
)
from keti.ledger.rules.tree import (
    crown as crown,
)
from keti.ledger.rules.tree import (
    digest as digest,
)
from keti.ledger.rules.tree import (
    grown as grown,
)
from keti.ledger.rules.tree import (
    included as included,
)
from keti.ledger.rules.tree import (
    inclusion as inclusion,
)
from keti.ledger.rules.tree import (
    leaf_hash as leaf_hash,
)
from keti.ledger.rules.tree import (
    root as root,
)
