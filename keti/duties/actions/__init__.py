"""Every act of the room: owing (`owing`), met by a file or a text (`filing`), one duty at a time
(`handing`), why it is late (`explaining`), by an amendment (`amending`), a claimed moment
(`claiming`), what waits for an answer (`responding`) and what no longer does (`ending`), telling
(`telling`), taken back (`undoing`); numbers of papers (`numbering`)."""

from keti.duties.actions.amending import Rewriting, cancel, put_off, rewrite
from keti.duties.actions.claiming import accept_claim, decline_claim, waiting_claims
from keti.duties.actions.comparing import astray
from keti.duties.actions.ending import Unanswered, end_answers, tell_unanswered
from keti.duties.actions.explaining import explain
from keti.duties.actions.filing import hand_in_file, keep_picture
from keti.duties.actions.handing import (
    extend,
    issue_link,
    revoke_link,
    waive,
)
from keti.duties.actions.numbering import give_number, number_for, numbered, numbers_of
from keti.duties.actions.owing import (
    Debt,
    begin,
    cancel_of_subject,
    each_owes_own,
    found_duties,
    hand_back,
    hold_duties,
    hold_open_duties,
    meet,
    owe,
    owe_again,
    owe_decision,
    pass_on,
    pass_tasks_on,
    seat_the_duties,
)
from keti.duties.actions.responding import (
    SOURCES,
    Response,
    ask_anew,
    await_answers,
    await_everywhere,
    follows_what_changes,
    hold_answers,
    says_what_waits,
    tell_followers,
)
from keti.duties.actions.telling import announce, chase_text, group_text, remind_due
from keti.duties.actions.undoing import (
    rests_on_filings,
    take_back_extension,
    take_back_waiver,
    unmeet,
    withdraw_filing,
)

__all__ = [
    "SOURCES",
    "Debt",
    "Response",
    "Rewriting",
    "Unanswered",
    "accept_claim",
    "announce",
    "ask_anew",
    "astray",
    "await_answers",
    "await_everywhere",
    "begin",
    "cancel",
    "cancel_of_subject",
    "chase_text",
    "decline_claim",
    "each_owes_own",
    "end_answers",
    "explain",
    "extend",
    "follows_what_changes",
    "found_duties",
    "give_number",
    "group_text",
    "hand_back",
    "hand_in_file",
    "hold_answers",
    "hold_duties",
    "hold_open_duties",
    "issue_link",
    "keep_picture",
    "meet",
    "number_for",
    "numbered",
    "numbers_of",
    "owe",
    "owe_again",
    "owe_decision",
    "pass_on",
    "pass_tasks_on",
    "put_off",
    "remind_due",
    "rests_on_filings",
    "revoke_link",
    "rewrite",
    "says_what_waits",
    "seat_the_duties",
    "take_back_extension",
    "take_back_waiver",
    "tell_followers",
    "tell_unanswered",
    "unmeet",
    "waiting_claims",
    "waive",
    "withdraw_filing",
]
