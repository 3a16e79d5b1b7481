from keti.letters.actions.liaison import ContactFacts, note_contact, withdraw_contact
from keti.letters.actions.lists import approve_list, draft_list, withdraw_list
from keti.letters.actions.mailings import (
    Wording,
    drop_mailing,
    hide_reach,
    issue_mailing,
    save_mailing,
    show_reach,
)
from keti.letters.actions.offices import (
    OfficeFacts,
    enter_office,
    import_offices,
    mend_office,
    withdraw_office,
)
from keti.letters.actions.passage import Happening, correct_passage, note_passage, note_passages

__all__ = [
    "ContactFacts",
    "Happening",
    "OfficeFacts",
    "Wording",
    "approve_list",
    "correct_passage",
    "draft_list",
    "drop_mailing",
    "enter_office",
    "hide_reach",
    "import_offices",
    "issue_mailing",
    "mend_office",
    "note_contact",
    "note_passage",
    "note_passages",
    "save_mailing",
    "show_reach",
    "withdraw_contact",
    "withdraw_list",
    "withdraw_office",
]
