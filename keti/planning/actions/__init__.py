"""Acts of planning: a programme is founded (`founding`), its charter is drafted (`drafting`),
the original of its notice put beside it (`attaching`), a change is worked out (`preparing`),
proposed (`proposing`) and comes into force (`applying`); a trial is deleted whole (`deleting`)."""

from keti.planning.actions.applying import apply_amendment, apply_due
from keti.planning.actions.attaching import attach_notice
from keti.planning.actions.deleting import delete_programme
from keti.planning.actions.drafting import (
    Origin,
    discard_draft,
    open_draft,
    save_draft,
    undo_draft,
)
from keti.planning.actions.founding import (
    Founding,
    found_programme,
    manager_of,
    register_founder,
)
from keti.planning.actions.preparing import Prepared, prepare, words_for
from keti.planning.actions.proposing import (
    Proposal,
    answer_amendment,
    cast_vote,
    close_vote,
    count_due,
    propose_amendment,
    withdraw_amendment,
)
from keti.planning.actions.rolling import lay_ahead, lay_due

__all__ = [
    "Founding",
    "Origin",
    "Prepared",
    "Proposal",
    "answer_amendment",
    "apply_amendment",
    "apply_due",
    "attach_notice",
    "cast_vote",
    "close_vote",
    "count_due",
    "delete_programme",
    "discard_draft",
    "found_programme",
    "lay_ahead",
    "lay_due",
    "manager_of",
    "open_draft",
    "prepare",
    "propose_amendment",
    "register_founder",
    "save_draft",
    "undo_draft",
    "withdraw_amendment",
    "words_for",
]
