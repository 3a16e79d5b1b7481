"""Who is told what became of a recommendation: whoever had a part in it."""

from keti.groups.permissions import sight_of
from keti.kernel.acts import Act
from keti.kernel.refusals import both
from keti.notify.actions import Letter, post
from keti.research import permissions, queries
from keti.research.models import Uptake


def verified(act: Act, uptake: Uptake) -> None:
    """The owner of the recommendation, and of every demand that it answers, learn what became of
    it; who acts in that seat today and
    reads the recommendation, and not who found it true."""
    node, other = uptake.recommendation, uptake.addressee
    state = queries.state_words(uptake)
    facts: dict[str, object] = {
        "node": node.tag, "title": node.title, "addressee": other.title, "state": state,
        "day": uptake.day,
    }  # fmt: skip
    letter = Letter(
        "research.uptake",
        f"uptake:{uptake.public_id}",
        both("research.told-uptake-subject", **facts),
        both("research.told-uptake", **facts),
        node.path,
    )
    parts = [node, *queries.answered_by(node)]
    seats = [one.owner for one in parts if permissions.sees(sight_of(one.owner), node)]
    people = {seat.acting_person.pk: seat.acting_person for seat in seats if seat.acting_person}
    told = [one for one in people.values() if one.public_id != act.by.public_id]
    post(uptake.programme, letter, to=told, at=act.recorded_at)
