from keti.backups.rules.container import Damaged, Manifest, Part, Writer, walk
from keti.backups.rules.notes import Last, forget_note, last_backup, note_checked, note_made
from keti.backups.rules.unpacking import ROWS, SEQUENCES, Unpacked, unpack

__all__ = [
    "ROWS",
    "SEQUENCES",
    "Damaged",
    "Last",
    "Manifest",
    "Part",
    "Unpacked",
    "Writer",
    "forget_note",
    "last_backup",
    "note_checked",
    "note_made",
    "unpack",
    "walk",
]
