"""Who is told: of what became of a recommendation whoever had a part in it; of the answer to a
demand who made it; of a check and of what its unit says the owner of a case."""

from keti.accounts.models import Person
from keti.groups.permissions import sight_of
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import both
from keti.notify.actions import Letter, post
from keti.research import permissions, queries
from keti.research.models import CaseApproval, FactCheck, Node, Uptake


def verified(act: Act, uptake: Uptake) -> None:
    """The owner of the recommendation, and of every demand that it answers, learn what became of
    it; who acts in that seat today and reads the recommendation and to whom it is addressed,
    and not who found it true."""
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
    sights = [(one.owner, sight_of(one.owner)) for one in parts]
    seats = [seat for seat, sight in sights
             if all(permissions.sees(sight, end) for end in (node, other))]  # fmt: skip
    people = {seat.acting_person.pk: seat.acting_person for seat in seats if seat.acting_person}
    told = [one for one in people.values() if one.public_id != act.by.public_id]
    post(uptake.programme, letter, to=told, at=act.recorded_at)


def taken_up(act: Act, recommendation: Node) -> None:
    """Whoever made a demand learns which recommendation takes it up, once they can read it."""
    for demand in queries.answered_by(recommendation):
        if permissions.sees(sight_of(demand.owner), recommendation):
            facts = {"node": recommendation.tag, "title": recommendation.title}
            _answered(
                act, demand, f"{demand.public_id}:{recommendation.public_id}", "taken-up", facts
            )


def unmet(act: Act, demand: Node) -> None:
    """Whoever made a demand learns that it is not taken up; the reason stands on its page alone."""
    _answered(act, demand, f"{demand.public_id}:{demand.version}", "unmet", {})


def _answered(act: Act, demand: Node, key: str, how: str, facts: dict[str, Text]) -> None:
    said: dict[str, object] = {"demand": demand.tag, **facts}
    letter = Letter(
        "research.answered",
        f"demand:{key}",
        both("research.told-answered-subject", demand=demand.tag),
        both(f"research.told-{how}", **said),
        demand.path,
    )
    owner = demand.owner.acting_person
    if owner is not None and owner.public_id != act.by.public_id:
        post(demand.programme, letter, to=[owner], at=act.recorded_at)


def approval_asked(act: Act, one: CaseApproval) -> None:
    """Whoever acts in the seat that speaks for the unit learns that it is asked."""
    to = one.asked.acting_person if one.asked else None
    _of_case(act, one, to, "asked", {})


def checked(act: Act, one: FactCheck) -> None:
    """The owner of a case learns what a check of its facts found."""
    to = one.node.owner.acting_person
    facts: dict[str, object] = {"outcome": both(f"research.stand-{one.outcome}")}
    _of_case(act, one, to, "checked", facts)


def approval_answered(act: Act, one: CaseApproval) -> None:
    """The owner of a case learns what the unit says of which it tells."""
    to = one.node.owner.acting_person
    facts: dict[str, object] = {"answer": both(f"research.stand-{one.answer}"), "unit": one.unit}
    _of_case(act, one, to, "stand", facts)


def _of_case(
    act: Act, one: CaseApproval | FactCheck, to: Person | None, word: str, more: dict[str, object]
) -> None:
    node = one.node
    if to is None or to.public_id == act.by.public_id:
        return
    facts = {"node": node.tag, "title": node.title, "version": one.version, **more}
    letter = Letter(
        f"research.case-{word}",
        f"case-{word}:{one.public_id}",
        both(f"research.told-{word}-subject", **facts),
        both(f"research.told-{word}", **facts),
        node.path,
    )
    post(node.programme, letter, to=[to], at=act.recorded_at)
