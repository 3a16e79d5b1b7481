"""What the pages of this room share: the duty behind a page, verdicts in words."""

from django.http import Http404

from keti.duties.models import Obligation
from keti.duties.permissions import visible
from keti.groups.doors import Door
from keti.release import queries
from keti.release.enums import Answered, EndStep
from keti.release.models import ProofRound


def fetch(door: Door, duty_id: str, form: EndStep | None = None) -> Obligation:
    """The duty of this form, if this seat may see it; 404 otherwise."""
    mine = visible(door.sight, Obligation.objects.all()).with_names()
    found = mine.filter(public_id=duty_id, form__in=[form] if form else EndStep.values).first()
    if found is None:
        raise Http404
    return found


def said_counts(round_: ProofRound) -> list[tuple[str, int]]:
    """How many entries stand at which answer, in words; none is not said."""
    found = queries.proof_counts(round_)
    return [(str(one.label), found[one.value]) for one in Answered if found[one.value]]
