"""Every act of the room: drafting, pictures, handing in (`handing`), answering (`answers`), the
references of a draft (`references`), its other languages (`translations`)."""

from keti.reports.actions.answers import accept_report, lay_before_gate, return_report, send_back
from keti.reports.actions.drafts import quote_parts, save_draft, start_report
from keti.reports.actions.handing import hand_in_by_file, submit_report
from keti.reports.actions.pictures import keep_picture
from keti.reports.actions.references import add_references, mend_reference, remove_reference
from keti.reports.actions.taking_back import take_back_report
from keti.reports.actions.translations import save_translation
from keti.reports.rules import Content, Handed, PlanItem

__all__ = [
    "Content",
    "Handed",
    "PlanItem",
    "accept_report",
    "add_references",
    "hand_in_by_file",
    "keep_picture",
    "lay_before_gate",
    "mend_reference",
    "quote_parts",
    "remove_reference",
    "return_report",
    "save_draft",
    "save_translation",
    "send_back",
    "start_report",
    "submit_report",
    "take_back_report",
]
