"""What a reminder by hand says."""

from keti.duties.models import Obligation
from keti.duties.notices import deadline, what
from keti.groups.notices import recorded
from keti.kernel.acts import Act
from keti.kernel.refusals import both
from keti.notify.actions import Letter
from keti.notify.enums import Sort


def reminder_by_hand(act: Act, duty: Obligation) -> Letter:
    """A polite letter to who owes the duty; one a day for each duty."""
    facts = {
        "title": what(duty),
        "due": deadline(duty.programme, duty.due_instant),
        "who": recorded(duty.programme, (act.seat or act.by).label),
    }
    day = duty.programme.local(act.recorded_at).strftime("%Y-%m-%d")
    return Letter(
        "site.reminder",
        f"by-hand:{duty.public_id}:{day}",
        both("site.reminder-subject", **facts),
        both("site.reminder", **facts),
        duty.path,
        Sort.DUTY,
        duty.due_instant,
    )
