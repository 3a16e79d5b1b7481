"""What waits for an answer about amendments: approvals of roles, and votes of their holders."""

from dataclasses import dataclass
from datetime import datetime

from keti.charter.queries import compiled_as, in_force
from keti.charter.rules.compiled import GateRule
from keti.duties.actions import Response
from keti.duties.enums import Pool, Verb
from keti.groups import queries as groups
from keti.groups.models import Group, Role, Seat
from keti.kernel.refusals import both
from keti.kernel.terms import term_ends
from keti.planning.enums import AmendmentState, Stance
from keti.planning.models import Amendment, Approval, Vote
from keti.planning.rules.classes import classes
from keti.planning.rules.voting import Count
from keti.programmes.models import Programme


def approvals(amendment: Amendment) -> dict[str, Approval]:
    """Role key -> what was said for it."""
    rows = Approval.objects.filter(amendment=amendment).select_related("seat__role", "evidence")
    return {one.role: one for one in rows}


def missing(amendment: Amendment) -> list[str]:
    """The role keys whose approval is still waited for, in the charter's order."""
    given = approvals(amendment)
    return [key for key in amendment.approvers if key not in given]


def awaited(programme: Programme, subject_id: str, at: datetime) -> list[Response]:
    """Amendments that a role has not yet said yes or no to, as answers that its holders owe, and
    votes, each owed by who may vote. What
    was overtaken by another amendment nobody can answer any more."""
    found = Amendment.objects.with_names().filter(
        programme=programme, state=AmendmentState.PROPOSED
    )
    proposed = list(found.filter(public_id=subject_id) if subject_id else found)
    if not proposed:
        return []
    standing = in_force(programme).sha256
    said = set(Approval.objects.filter(amendment__in=proposed).values_list("amendment_id", "role"))
    roles = {role.key: role for role in Role.objects.filter(programme=programme)}
    top = groups.groups_of(programme).filter(parent=None)[0]
    waits = [one for one in proposed if one.base_sha256 == standing]
    voted = [one for one in waits if ballot(one) is not None]
    answers = [
        Response(
            verb=Verb.APPROVE,
            about=one.subject(),
            title=both("planning.amendment-numbered", number=one.number),
            group=one.group or top,
            since=one.proposed_at,
            turn=key,
            pool=Pool.ROLE,
            role=roles[key],
            asker=one.by,
        )
        for one in waits
        if one not in voted
        for key in one.approvers
        if (one.pk, key) not in said
    ]
    return answers + [vote for one in voted for vote in _votes(one, top, at)]


def _votes(amendment: Amendment, top: Group, at: datetime) -> list[Response]:
    """The votes not cast yet, each known to its holder alone."""
    on = ballot(amendment)
    if on is None:
        return []
    cast = set(Vote.objects.filter(amendment=amendment).values_list("seat", flat=True))
    return [
        Response(
            verb=Verb.APPROVE,
            about=amendment.subject(),
            title=both("planning.amendment-numbered", number=amendment.number),
            group=amendment.group or top,
            since=amendment.proposed_at,
            turn=seat.public_id,
            seat=seat,
            due=on.closes_at,
            closed=True,
        )
        for seat in voters(amendment, at)
        if seat.pk not in cast
    ]


@dataclass(frozen=True, slots=True)
class Ballot:
    """How an amendment is voted on, and until when."""

    rule: GateRule
    closes_at: datetime


def ballot(amendment: Amendment) -> Ballot | None:
    """The vote on an amendment, as the charter said when it was proposed; None where roles answer,
    each once."""
    law = compiled_as(amendment.programme, amendment.base_sha256)
    named = next((one for one in classes(law) if one.key == amendment.klass), None)
    if named is None or named.rule is None:
        return None
    length = named.open or law.late.answer_within(Verb.APPROVE)
    return Ballot(named.rule, term_ends(amendment.proposed_at, length, amendment.programme.tz))


def voters(amendment: Amendment, at: datetime) -> list[Seat]:
    """Who may vote: everybody who holds one of the roles at `at`."""
    found = groups.standing(amendment.programme, at).filter(role__key__in=amendment.approvers)
    return list(found.with_names())


def counted(amendment: Amendment, at: datetime) -> Count:
    """The votes of those who may vote at `at`."""
    may = {one.pk for one in voters(amendment, at)}
    cast = Vote.objects.filter(amendment=amendment, seat__in=may)
    yes = cast.filter(verdict=Stance.APPROVE).count()
    return Count(len(may), yes, cast.count() - yes)
