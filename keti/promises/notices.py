"""Who is told: what was given to a unit -> those who act for it."""

from keti.groups.models import Seat
from keti.groups.queries import people
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import both
from keti.notify.actions import Letter, post
from keti.notify.enums import Sort
from keti.promises.models import Benefit


def given(act: Act, benefit: Benefit, title: Text) -> None:
    """Whoever holds a seat for the unit may confirm it."""
    programme = benefit.programme
    every = Seat.objects.filter(programme=programme).standing(act.recorded_at).with_names()
    seats = [seat for seat in every if seat.unit and seat.unit.pk == benefit.organisation_id]
    facts: dict[str, object] = {
        "programme": programme.title,
        "unit": benefit.organisation.called,
        "title": title,
        "what": benefit.what,
    }
    letter = Letter(
        "promises.given",
        f"benefit:{benefit.public_id}",
        both("promises.told-given-subject", **facts),
        both("promises.told-given", **facts),
        benefit.subject().path,
        Sort.DUTY,
    )
    post(programme, letter, to=people(seats), at=act.recorded_at)
