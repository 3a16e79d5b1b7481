"""A moment claimed by whoever gains from it: made with the act, accepted or declined by another."""

from datetime import datetime

from django.db import transaction

from keti.accounts.models import Person
from keti.documents.models import StoredFile
from keti.duties import notices, permissions
from keti.duties.actions.responding import Response, await_answers
from keti.duties.enums import ClaimState, Pool, Verb
from keti.duties.models import Claim, Obligation
from keti.groups.queries import able
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.texts import shortened
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.notify.actions import post
from keti.programmes.models import Programme


def waiting_claims(programme: Programme, subject_id: str, _at: datetime) -> list[Response]:
    """Moments that nobody has accepted or declined yet, as answers that are owed."""
    found = Claim.objects.filter(programme=programme, state=ClaimState.WAITING)
    found = found.filter(public_id=subject_id) if subject_id else found
    found = found.select_related("seat", "obligation__group", "obligation__programme")
    return [
        Response(
            verb=Verb.VOUCH,
            about=one.subject(),
            title=one.obligation.group.named(one.obligation.titled),
            group=one.obligation.group,
            since=one.recorded_at,
            pool=Pool.WATCHERS,
            caused_by=one.seat,
            asker=one.by,
        )
        for one in found
    ]


def claim(act: Act, duty: Obligation) -> Claim:
    """Lay the claimed moment before those who may accept it. Part of the act that meets the duty,
    which records it.

    The secretariat is told; on its page the duty stays late and says that a claim waits.
    """
    seat = permissions.beneficiary(act, duty)
    if seat is None or not isinstance(act.by, Person) or not isinstance(act.evidence, StoredFile):
        raise Refused("groups.late-recording-needs-evidence")
    made = Claim.objects.create(
        programme=duty.programme,
        obligation=duty,
        at=act.happened_at,
        recorded_at=act.recorded_at,
        by=act.by,
        seat=seat,
        evidence=act.evidence,
    )
    await_answers(duty.programme, "duties", made.public_id, act.recorded_at, act=act)
    judges = [one for one in able(duty.programme, "manage", act.recorded_at) if one.acting_person]
    people = [one.acting_person for one in judges if one.acting_person != act.by]
    post(duty.programme, notices.claimed(made), to=[p for p in people if p], at=act.recorded_at)
    return made


@transaction.atomic
def accept_claim(act: Act, *, claim: Claim) -> Claim:
    """Accept the evidence: the duty counts from when it was done by this account.

    Refuses everybody but secretariat and monitor, whoever gains by it, a claim answered already,
    and a charter that allows no late recording.

    Taken back by: nothing, because it is a judgement on evidence, given once by somebody who does
    not gain.
    """
    found, duty = _locked(claim)
    if ledger.repeated(act, "duties.claim.accepted", programme=duty.programme):
        return found
    permissions.may_confirm(act, found).or_refuse()
    if duty.met_at == found.recorded_at:
        duty.met_at = found.at
    _answered(act, found, duty, ClaimState.ACCEPTED)
    await_answers(duty.programme, "duties", found.public_id, act.recorded_at, act=act)
    ledger.record(
        act,
        "duties.claim.accepted",
        programme=duty.programme,
        about=found.subject(),
        facts={"key": duty.key, "claimed": found.at},
    )
    return found


@transaction.atomic
def decline_claim(act: Act, *, claim: Claim, reason: str) -> Claim:
    """Decline the evidence with a reason: the duty counts from when it was recorded, as it stood.

    Refuses as `accept_claim` does, and without a reason.

    Taken back by: nothing, because it is a judgement on evidence, given once by somebody who does
    not gain.
    """
    found, duty = _locked(claim)
    if ledger.repeated(act, "duties.claim.declined", programme=duty.programme):
        return found
    permissions.may_confirm(act, found).or_refuse()
    if not reason.strip():
        raise Refused("duties.give-a-reason")
    _answered(act, found, duty, ClaimState.DECLINED, reason.strip())
    await_answers(duty.programme, "duties", found.public_id, act.recorded_at, act=act)
    ledger.record(
        act,
        "duties.claim.declined",
        programme=duty.programme,
        about=found.subject(),
        facts={"key": duty.key, "claimed": found.at, "reason": found.reason},
    )
    return found


def _locked(claim: Claim) -> tuple[Claim, Obligation]:
    hold_row(Obligation, claim.obligation_id)
    duty = Obligation.objects.with_names().get(pk=claim.obligation_id)
    found = Claim.objects.select_related("by", "seat__person", "evidence").get(pk=claim.pk)
    found.obligation = duty
    return found, duty


def _answered(
    act: Act, found: Claim, duty: Obligation, state: ClaimState, reason: str = ""
) -> None:
    """Keep the answer with the claim and the duty; tell who claimed."""
    found.state, found.reason = state, reason
    found.answered_at = act.recorded_at
    found.answered_by = shortened((act.on_behalf_of or act.seat or act.by).label, 160)
    found.save(update_fields=["state", "reason", "answered_at", "answered_by"])
    duty.claim = state
    duty.save(update_fields=["met_at", "claim"])
    if found.seat.acting_person:
        letter = notices.claim_answered(found)
        post(duty.programme, letter, to=[found.seat.acting_person], at=act.recorded_at)
