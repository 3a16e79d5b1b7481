"""What a numbered paper of this room names for ever: who was appointed, who was admitted."""

from keti.groups.models import Seat
from keti.intake.models import Application
from keti.kernel.acts import Text


def _both(words: Text) -> dict[str, str]:
    return {lang: words.in_(lang) for lang in ("zh", "en")}


def seated_row(seat: Seat) -> dict[str, object]:
    """One seat as it was held when the appointments were confirmed."""
    delegate = seat.delegate if seat.organisation else None
    return {
        "role": _both(seat.role.title),
        "who": _both(seat.holder.called),
        "of": _both(delegate.called if delegate else seat.unit.called if seat.unit else Text()),
        "style": seat.style,
    }


def admitted_row(application: Application) -> dict[str, object]:
    """One application as it was admitted when the admission was closed."""
    group, seat = application.group, application.seat
    return {
        "number": application.number,
        "who": _both(Text(application.name, application.name)),
        "group": _both(group.title if group else Text()),
        "role": _both(seat.role.title if seat else Text()),
    }
