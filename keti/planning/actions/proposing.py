"""Proposing an amendment, answering for a role that must approve it, withdrawing it."""

import logging
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from keti.accounts.models import Person
from keti.charter.actions import CharterFile
from keti.charter.queries import in_force, only_language
from keti.documents.models import StoredFile
from keti.duties.actions import await_answers
from keti.duties.notices import deadline
from keti.groups.permissions import principal
from keti.groups.queries import people
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused, sentence
from keti.kernel.transactions import run
from keti.ledger import actions as ledger
from keti.planning import notices, permissions, queries
from keti.planning.actions.applying import carry_out, hold_what_it_moves, locked, next_number, told
from keti.planning.actions.preparing import Prepared, prepare, refuse_impossible, refuse_overtaken
from keti.planning.enums import AmendmentState, Stance
from keti.planning.models import Amendment, Approval, Vote
from keti.planning.queries import Ballot
from keti.planning.rules.classes import BEFORE
from keti.planning.rules.voting import APPROVED, needed, result
from keti.programmes.models import Programme

log = logging.getLogger("keti.planning")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A changed charter file, why, from when, and the hash of the version it was begun on.

    `takes_effect_at` None: as soon as its notice is over. `begun_on` '' where nobody knows.
    """

    file: CharterFile
    reason: str
    takes_effect_at: datetime | None = None
    begun_on: str = ""


@transaction.atomic
def propose_amendment(act: Act, *, programme: Programme, proposal: Proposal) -> Amendment:
    """Propose a changed charter with the plan of what it would do.

    Whoever proposes and must approve has approved with it, recorded for others only where the
    signed paper is there; where nobody else has to and no notice is due, it is in force at once.
    So it is for the secretariat as long as nothing of the programme is published.
    Refuses what changes nothing, what the charter never amends, what would leave a duty to
    nobody, an effect before the notice is over, and a file begun on an earlier version: it would
    silently take back what was decided since.

    Taken back by: withdraw_amendment (until it is in force).
    """
    hold_what_it_moves(programme)
    if entry := ledger.repeated(act, "planning.amendment.proposed", programme=programme):
        return Amendment.objects.with_names().get(public_id=entry.subject_id)
    seat = principal(act, programme)
    if not proposal.reason.strip():
        raise Refused("planning.give-a-reason")
    refuse_overtaken(programme, proposal.begun_on)
    prepared = prepare(
        programme, proposal.file, act.recorded_at, seat=seat, at=proposal.takes_effect_at
    )
    permissions.may_propose(act, programme, prepared.touched).or_refuse()
    refuse_impossible(programme, prepared, act.recorded_at)
    amendment = _created(act, programme, proposal, prepared)
    on = queries.ballot(amendment)
    approves = on is None and seat.role.key in amendment.approvers
    if approves and permissions.may_answer(act, amendment):
        _said(act, amendment, Stance.APPROVE, "")
    _await_approval(act, amendment)
    waiting = queries.missing(amendment)
    if not waiting:
        _agree(amendment)
    ledger.record(
        act,
        "planning.amendment.proposed",
        programme=programme,
        about=amendment.subject(),
        facts={
            "number": amendment.number,
            "class": amendment.klass,
            "touched": amendment.touched,
            "sha256": amendment.sha256,
            "base": amendment.base_sha256,
            "plan": amendment.state_sha256,
            "takes_effect": amendment.takes_effect_at,
            "reason": amendment.reason,
            "approvers": amendment.approvers,
        },
    )
    if amendment.klass == BEFORE and not permissions.unpublished(programme):
        raise Refused("planning.published-meanwhile")  # asked again with the ledger held
    reach = (len(prepared.affected), len(prepared.plan.doing))
    notices.proposed(amendment, waiting, reach)
    if not waiting:
        _approved(act, amendment)
    return amendment


def _await_approval(act: Act, amendment: Amendment) -> None:
    """The roles that have not spoken are asked; who spoke has answered."""
    await_answers(amendment.programme, "planning", amendment.public_id, act.recorded_at, act=act)


def _created(act: Act, programme: Programme, proposal: Proposal, prepared: Prepared) -> Amendment:
    seat = principal(act, programme)
    amendment = Amendment.objects.create(
        programme=programme,
        number=next_number(programme),
        name=proposal.file.name,
        text=proposal.file.text,
        clauses=proposal.file.clauses,
        sha256=prepared.desired.sha256,
        base_sha256=prepared.plan.base_sha256,
        state_sha256=prepared.plan.digest(),
        plan=prepared.plan.as_data(),
        touched=list(prepared.plan.touched),
        klass=prepared.klass.key,
        approvers=list(prepared.klass.approve),
        group=seat.group if prepared.own else None,
        reason=proposal.reason.strip(),
        proposed_by=seat,
        by=_person(act),
        proposed_at=act.recorded_at,
        takes_effect_at=prepared.takes_effect_at,
    )
    return Amendment.objects.with_names().get(pk=amendment.pk)


def _person(act: Act) -> Person:
    if not isinstance(act.by, Person):
        raise Refused("groups.no-seat")
    return act.by


@transaction.atomic
def answer_amendment(
    act: Act, *, amendment: Amendment, approve: bool, reason: str = ""
) -> Amendment:
    """Say yes or no to an amendment for one's role; a no with its reason ends it.

    The last yes approves it: it is in force at its moment, at once where that has come. Refuses a
    role that is not asked, a second answer, an amendment overtaken by another. Where the class is
    voted on, everybody who holds such a role votes (`cast_vote`).

    Taken back by: nothing, because a vote is cast once.
    """
    amendment = locked(amendment)
    if ledger.repeated(act, "planning.amendment.answered", programme=amendment.programme):
        return amendment
    permissions.may_answer(act, amendment).or_refuse()
    _refuse_unless_answered(amendment)
    seat = principal(act, amendment.programme)
    if seat.role.key in queries.approvals(amendment):
        raise Refused("planning.already-answered", role=seat.role.title)
    if not approve and not reason.strip():
        raise Refused("planning.give-a-reason")
    if in_force(amendment.programme).sha256 != amendment.base_sha256:
        raise Refused("planning.stale")
    verdict = Stance.APPROVE if approve else Stance.REFUSE
    _said(act, amendment, verdict, reason.strip())
    _await_approval(act, amendment)
    approved = approve and not queries.missing(amendment)
    if approved:
        _agree(amendment)
    elif not approve:
        _end(act, amendment, AmendmentState.REFUSED, reason)
    ledger.record(
        act,
        "planning.amendment.answered",
        programme=amendment.programme,
        about=amendment.subject(),
        facts={
            "number": amendment.number,
            "role": seat.role.key,
            "verdict": verdict,
            "reason": reason.strip(),
        },
    )
    if approved:
        _approved(act, amendment)
    return amendment


@transaction.atomic
def cast_vote(act: Act, *, amendment: Amendment, approve: bool, reason: str = "") -> Amendment:
    """Vote on an amendment whose class is voted on. Once what is still missing cannot change the
    result any more, or everybody has voted, it is counted: approved, or ended.

    Refuses whom the charter gives no vote, a second vote, and one after the vote is over. The
    ledger says that a vote was cast, not which.

    Taken back by: nothing, because a vote is cast once.
    """
    amendment = locked(amendment)
    if ledger.repeated(act, "planning.vote.cast", programme=amendment.programme):
        return amendment
    permissions.may_answer(act, amendment).or_refuse()
    _refuse_settled(amendment, AmendmentState.PROPOSED)
    on, seat = queries.ballot(amendment), principal(act, amendment.programme)
    if on is None:
        raise Refused("planning.not-voted-on")
    if Vote.objects.filter(amendment=amendment, seat=seat).exists():
        raise Refused("planning.already-voted", who=seat.called)
    if act.happened_at >= on.closes_at:
        raise Refused("planning.vote-over", when=deadline(amendment.programme, on.closes_at))
    if in_force(amendment.programme).sha256 != amendment.base_sha256:
        raise Refused("planning.stale")
    _voted(act, amendment, approve=approve, reason=reason.strip())
    _await_approval(act, amendment)
    came = _count(act, amendment, on, over=False)
    ledger.record(
        act,
        "planning.vote.cast",
        programme=amendment.programme,
        about=amendment.subject(),
        facts={"number": amendment.number, "voter": seat.label, **_told(act, amendment, came)},
    )
    if came == APPROVED:
        _approved(act, amendment)
    return amendment


def count_due(now: datetime) -> int:
    """Count every vote whose time is over, in the name of who proposed; returns how many."""
    counted = 0
    for amendment in list(Amendment.objects.filter(state="proposed").with_names()):
        on = queries.ballot(amendment)
        if on is None or now < on.closes_at:
            continue
        act = Act(by=amendment.by, recorded_at=now, seat=amendment.proposed_by)
        try:
            run(partial(close_vote, act, amendment=amendment))
            counted += 1
        except Exception:
            log.exception("votes on %s were not counted; it is tried again", amendment.public_id)
    return counted


@transaction.atomic
def close_vote(act: Act, *, amendment: Amendment) -> Amendment:
    """Count the votes cast once the time for them is over: approved, or ended.

    Refuses before that; one overtaken by another amendment ends as such.

    Taken back by: propose_amendment (proposed anew).
    """
    amendment = locked(amendment)
    on = queries.ballot(amendment)
    if amendment.state != AmendmentState.PROPOSED or on is None:
        return amendment
    if act.recorded_at < on.closes_at:
        raise Refused("planning.vote-open", when=deadline(amendment.programme, on.closes_at))
    stale = in_force(amendment.programme).sha256 != amendment.base_sha256
    came = "" if stale else _count(act, amendment, on, over=True)
    if stale:
        _end(act, amendment, AmendmentState.STALE, sentence("planning.stale", {}, "zh-hans"))
    ledger.record(
        act,
        "planning.vote.counted",
        programme=amendment.programme,
        about=amendment.subject(),
        facts={"number": amendment.number, **_told(act, amendment, came)},
    )
    if came == APPROVED:
        _approved(act, amendment)
    return amendment


def _count(act: Act, amendment: Amendment, on: Ballot, *, over: bool) -> str:
    """What the votes come to; what is settled is approved, or ended with the count as its why."""
    count = queries.counted(amendment, act.recorded_at)
    found = result(on.rule, count, over=over)
    if found == APPROVED:
        _agree(amendment)
        await_answers(amendment.programme, "planning", amendment.public_id, act.recorded_at)
    elif found:
        least = needed(on.rule, count)
        facts = {"yes": count.yes, "no": count.no, "seats": count.seats, "needed": least}
        language = only_language(amendment.programme) or "zh-hans"
        _end(
            act, amendment, AmendmentState.REFUSED, sentence("planning.vote-lost", facts, language)
        )
    return found


def _told(act: Act, amendment: Amendment, came: str) -> dict[str, object]:
    """The count, once there is a result; nothing before."""
    if not came:
        return {}
    count = queries.counted(amendment, act.recorded_at)
    return {"result": came, "yes": count.yes, "no": count.no, "seats": count.seats}


def _voted(act: Act, amendment: Amendment, *, approve: bool, reason: str) -> None:
    Vote.objects.create(
        amendment=amendment,
        seat=principal(act, amendment.programme),
        verdict=Stance.APPROVE if approve else Stance.REFUSE,
        reason=reason,
        **_came(act),
    )


def _came(act: Act) -> dict[str, Any]:
    """How and when an answer came in."""
    return {
        "by_label": act.by.label,
        "on_behalf": act.on_behalf_of is not None,
        "evidence": act.evidence if isinstance(act.evidence, StoredFile) else None,
        "happened_at": act.happened_at,
        "recorded_at": act.recorded_at,
    }


@transaction.atomic
def withdraw_amendment(act: Act, *, amendment: Amendment, reason: str) -> Amendment:
    """Take a proposal back before it is in force, with a reason.

    Taken back by: propose_amendment (proposed anew).
    """
    amendment = locked(amendment)
    if ledger.repeated(act, "planning.amendment.withdrawn", programme=amendment.programme):
        return amendment
    permissions.may_withdraw(act, amendment).or_refuse()
    _refuse_settled(amendment, AmendmentState.PROPOSED, AmendmentState.APPROVED)
    if not reason.strip():
        raise Refused("planning.give-a-reason")
    _end(act, amendment, AmendmentState.WITHDRAWN, reason)
    ledger.record(
        act,
        "planning.amendment.withdrawn",
        programme=amendment.programme,
        about=amendment.subject(),
        facts={"number": amendment.number, "reason": reason.strip()},
    )
    return amendment


def _refuse_unless_answered(amendment: Amendment) -> None:
    _refuse_settled(amendment, AmendmentState.PROPOSED)
    if queries.ballot(amendment) is not None:
        raise Refused("planning.voted-on")


def _refuse_settled(amendment: Amendment, *allowed: str) -> None:
    if amendment.state not in allowed:
        raise Refused("planning.not-open", state=AmendmentState(amendment.state).label)


def _said(act: Act, amendment: Amendment, verdict: str, reason: str) -> Approval:
    seat = principal(act, amendment.programme)
    return Approval.objects.create(
        amendment=amendment,
        role=seat.role.key,
        seat=seat,
        for_label=(seat.acting_person or seat.holder).label,
        verdict=verdict,
        reason=reason,
        **_came(act),
    )


def _agree(amendment: Amendment) -> None:
    amendment.state = AmendmentState.APPROVED
    amendment.save(update_fields=["state"])


def _approved(act: Act, amendment: Amendment) -> None:
    """Everybody asked has said yes: in force now, or told to everybody it will reach."""
    if amendment.takes_effect_at <= act.recorded_at:
        carry_out(act, amendment)
    else:
        told(amendment, act.recorded_at)


def _end(act: Act, amendment: Amendment, state: str, reason: str) -> None:
    amendment.state, amendment.settled_why = state, reason.strip()
    amendment.settled_at = act.recorded_at
    amendment.save(update_fields=["state", "settled_why", "settled_at"])
    await_answers(amendment.programme, "planning", amendment.public_id, act.recorded_at)
    notices.ended(amendment, spoken(amendment), act.recorded_at)


def spoken(amendment: Amendment) -> list[Person]:
    """Who proposed it and who answered."""
    seats = [one.seat for one in queries.approvals(amendment).values()]
    seats += [one.seat for one in amendment.votes.select_related("seat__person", "seat__delegate")]
    return list({one.pk: one for one in [amendment.by, *people(seats)]}.values())
