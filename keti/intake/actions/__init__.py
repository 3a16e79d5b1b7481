"""The acts of intake: call, application, eligibility and decision, seats and founding, roster."""

from keti.intake.actions.applications import (
    save_application,
    submit_application,
    withdraw_application,
)
from keti.intake.actions.call import publish_call, publish_erratum
from keti.intake.actions.closing import postpone_close
from keti.intake.actions.comparing import Comparison, compare
from keti.intake.actions.decisions import (
    CheckResult,
    check_eligibility,
    close_admission,
    decide_application,
    put_in_reserve,
)
from keti.intake.actions.entering import import_roster
from keti.intake.actions.erasing import erase_person
from keti.intake.actions.growing import Seed, grows_groups
from keti.intake.actions.mailboxes import hand_over_mailbox
from keti.intake.actions.merging import merge_people, merge_units
from keti.intake.actions.own import correct_own
from keti.intake.actions.people import Said, correct_record, enter, on_paper
from keti.intake.actions.roster import read_roster, remove_roster
from keti.intake.actions.seats import (
    annul_membership,
    appoint_members,
    confirm_appointments,
    end_membership,
    found,
    replace_holder,
    tell_seated,
)
from keti.intake.actions.sheets import sheet_kind
from keti.intake.actions.terms import end_terms, renew_term
from keti.intake.actions.undoing import return_application, take_back_decision
from keti.intake.actions.units import correct_unit
from keti.intake.rules.content import Content

__all__ = [
    "CheckResult",
    "Comparison",
    "Content",
    "Said",
    "Seed",
    "annul_membership",
    "appoint_members",
    "check_eligibility",
    "close_admission",
    "compare",
    "confirm_appointments",
    "correct_own",
    "correct_record",
    "correct_unit",
    "decide_application",
    "end_membership",
    "end_terms",
    "enter",
    "erase_person",
    "found",
    "grows_groups",
    "hand_over_mailbox",
    "import_roster",
    "merge_people",
    "merge_units",
    "on_paper",
    "postpone_close",
    "publish_call",
    "publish_erratum",
    "put_in_reserve",
    "read_roster",
    "remove_roster",
    "renew_term",
    "replace_holder",
    "return_application",
    "save_application",
    "sheet_kind",
    "submit_application",
    "take_back_decision",
    "tell_seated",
    "withdraw_application",
]
