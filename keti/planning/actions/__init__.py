"""Acts of planning: a programme is founded (`founding`), its charter is drafted (`drafting`)."""

from keti.planning.actions.drafting import (
    discard_draft,
    open_draft,
    rename_draft,
    save_draft,
    undo_draft,
)
from keti.planning.actions.founding import (
    Founding,
    found_programme,
    manager_of,
    register_founder,
)

__all__ = [
    "Founding",
    "discard_draft",
    "found_programme",
    "manager_of",
    "open_draft",
    "register_founder",
    "rename_draft",
    "save_draft",
    "undo_draft",
]
