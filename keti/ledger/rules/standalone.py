"""The verifier as one file: the modules of this package joined, needing nothing but Python."""

import re
from pathlib import Path

NAME = "keti-verify.py"
_ROOM = Path(__file__).resolve().parents[1]
PARTS = (
    "messages/faults.py",
    "rules/tree.py",
    "rules/ed25519.py",
    "rules/notes.py",
    "rules/succession.py",
    "rules/lines.py",
    "rules/checking.py",
    "rules/receipts.py",
    "rules/enclosed.py",
    "rules/telling.py",
    "rules/offline.py",
)
_TOP = '''"""Checks keti records offline: ledgers, receipts, checkpoints, published files.

    python3 keti-verify.py FILE... [--key KEY] [--checkpoint TEXT] [--lang zh|en]
    python3 keti-verify.py make-key NAME FILE
    python3 keti-verify.py cosign FILE CHECKPOINTS [LEDGER] [--key KEY]

The second makes a key with which a unit signs checkpoints; the third checks what it is given and
signs the newest checkpoint with that key.

Needs Python 3.11 or later and nothing else. The formats: docs/record.md of keti. Apache-2.0.
"""

'''
_OURS = re.compile(r"^from keti\.\S+ import (?:\([^)]*\)|[^(\n]*)\n", re.MULTILINE)


def standalone() -> str:
    """The text of `keti-verify.py`."""
    parts = [_OURS.sub("", (_ROOM / one).read_text(encoding="utf-8")).strip() for one in PARTS]
    return _TOP + "\n\n\n".join(parts) + '\n\n\nif __name__ == "__main__":\n    sys.exit(main())\n'
