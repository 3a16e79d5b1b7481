"""What became of a recommendation: said by somebody, found true by another, withdrawn."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from keti.accounts.models import Person
from keti.groups.permissions import principal
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_each, hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme
from keti.research import notices, permissions, queries
from keti.research.enums import Share, Status, UptakeState
from keti.research.models import TAKEN_UP, Node, Uptake
from keti.research.rules.kinds import RECOMMENDATION

UPTAKE_SAID = "research.uptake.said"
UPTAKE_VERIFIED = "research.uptake.verified"
UPTAKE_WITHDRAWN = "research.uptake.withdrawn"


@dataclass(frozen=True, slots=True)
class Became:
    """What somebody says an addressee did: which state, since which local day, shown by what, and,
    where it was taken up, how much of that is owed to the recommendation."""

    state: str
    day: date
    evidence: str = ""
    link: str = ""
    share: str = ""


@transaction.atomic
def say_uptake(act: Act, *, recommendation: Node, addressee: Node, became: Became) -> Uptake:
    """Say what an addressee did with a recommendation (clause 一.1.2).

    Refuses who does not take part, a recommendation that is not settled or not addressed there, a
    state that is none, a day to come, nothing that shows it, and a share of what was not taken up.

    Taken back by: withdraw_uptake.
    """
    programme = hold_row(Programme, recommendation.programme_id)
    hold_each(Node.objects.filter(pk__in=(recommendation.pk, addressee.pk)))
    if entry := ledger.repeated(act, UPTAKE_SAID, programme=programme):
        return Uptake.objects.get(public_id=entry.subject_id)
    one, other = (Node.objects.with_names().get(pk=node.pk) for node in (recommendation, addressee))
    permissions.may_say_uptake(act, one).or_refuse()
    _check_ends(one, other)
    _check(became, programme.local(act.recorded_at).date())
    assert isinstance(act.by, Person)
    made = Uptake.objects.create(
        programme=programme,
        recommendation=one,
        addressee=other,
        state=became.state,
        share=became.share,
        day=became.day,
        evidence=became.evidence.strip(),
        link=became.link.strip(),
        seat=principal(act, programme),
        by=act.by,
        at=act.recorded_at,
    )
    ledger.record(act, UPTAKE_SAID, programme=programme, about=made.subject(), facts=_facts(made))
    return made


def _check_ends(one: Node, other: Node) -> None:
    if one.kind != RECOMMENDATION or one.status != Status.SETTLED:
        raise Refused("research.uptake-not-settled", node=one.tag)
    if other.pk not in {node.pk for node in queries.addressees(one)}:
        raise Refused("research.uptake-not-addressed", node=one.tag).at("addressee")


def _check(became: Became, today: date) -> None:
    if became.state not in UptakeState.values:
        raise Refused("research.no-such-choice").at("state")
    if became.day > today:
        raise Refused("research.uptake-day-to-come", today=today).at("day")
    shown = became.evidence.strip() or became.link.strip()
    if not shown and became.state != UptakeState.UNKNOWN:
        raise Refused("research.uptake-shown-by-nothing").at("evidence")
    if became.state in TAKEN_UP and became.share not in Share.values:
        raise Refused("research.uptake-share-missing").at("share")
    if became.state not in TAKEN_UP and became.share:
        raise Refused("research.uptake-share-of-nothing").at("share")


def _facts(one: Uptake) -> dict[str, str]:
    return {
        "state": one.state,
        "share": one.share,
        "day": one.day.isoformat(),
        "evidence": one.evidence,
        "link": one.link,
    }


def _held(one: Uptake) -> tuple[Programme, Uptake]:
    programme = hold_row(Programme, one.programme_id)
    hold_each(Node.objects.filter(pk__in=(one.recommendation_id, one.addressee_id)))
    hold_row(Uptake, one.pk)
    return programme, queries.uptakes(programme).get(pk=one.pk)


@transaction.atomic
def verify_uptake(act: Act, *, uptake: Uptake) -> Uptake:
    """Another person looked at what shows it and finds it true; who had a part in the
    recommendation is told.

    Refuses who said it, who may not, and what was found true or withdrawn before.

    Taken back by: withdraw_uptake.
    """
    programme, found = _held(uptake)
    if ledger.repeated(act, UPTAKE_VERIFIED, programme=programme):
        return found
    permissions.may_verify_uptake(act, found).or_refuse()
    if found.withdrawn_at is not None:
        raise Refused("research.uptake-withdrawn-already")
    if found.verified_at is not None:
        raise Refused("research.uptake-verified-already")
    assert isinstance(act.by, Person)
    found.verified_by, found.verified_at = act.by, act.recorded_at
    found.save(update_fields=["verified_by", "verified_at"])
    ledger.record(
        act, UPTAKE_VERIFIED, programme=programme, about=found.subject(), facts=_facts(found)
    )
    notices.verified(act, found)
    return found


@transaction.atomic
def withdraw_uptake(act: Act, *, uptake: Uptake, reason: str) -> Uptake:
    """It is not so, or no longer said, with the reason; what was said before counts again.

    Refuses who neither said it nor keeps the secretariat, no reason, and a second time.

    Taken back by: say_uptake (anew).
    """
    programme, found = _held(uptake)
    if ledger.repeated(act, UPTAKE_WITHDRAWN, programme=programme):
        return found
    permissions.may_withdraw_uptake(act, found).or_refuse()
    if found.withdrawn_at is not None:
        raise Refused("research.uptake-withdrawn-already")
    if not reason.strip():
        raise Refused("research.give-a-reason").at("reason")
    found.withdrawn_at, found.reason = act.recorded_at, reason.strip()
    found.save(update_fields=["withdrawn_at", "reason"])
    facts = _facts(found) | {"reason": found.reason}
    ledger.record(act, UPTAKE_WITHDRAWN, programme=programme, about=found.subject(), facts=facts)
    return found
