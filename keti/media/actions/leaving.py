"""What was entered of the media is taken away: when, by whom, why; it stays to be read."""

from keti.accounts.models import Person
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.texts import one_line
from keti.media.models import Clipping, MediaChannel, Posting


def take_away(act: Act, found: Clipping | MediaChannel | Posting, reason: str) -> None:
    """The row counts no more. Called by the act that records it. Refuses no reason."""
    if not reason.strip():
        raise Refused("media.why").at("reason")
    found.withdrawn_at, found.reason = act.recorded_at, one_line(reason).strip()
    found.withdrawn_by = act.by if isinstance(act.by, Person) else None
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
