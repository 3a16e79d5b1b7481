"""Why a duty is late, in the words of who owes it."""

from datetime import date

from django.db import transaction

from keti.duties import notices, permissions
from keti.duties.models import Obligation
from keti.groups.notices import tell_principal
from keti.groups.queries import able, people
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold
from keti.ledger import actions as ledger
from keti.notify.actions import post


@transaction.atomic
def explain(
    act: Act, *, obligation: Obligation, text: str, expected: date | None = None
) -> Obligation:
    """Say why a duty is late or will be, and by which day it comes. Its due date stays as it is.
    The accountable seat, or who records for it; the secretariat is told.

    Refuses no words, a day that has passed, and what is not owed any more.

    Taken back by: explain (the newest words stand; what was said before stays in the record).
    """
    duty = hold(Obligation.objects.all()).select_related("programme").get(pk=obligation.pk)
    programme = duty.programme
    if ledger.repeated(act, "duties.lateness.explained", programme=programme):
        return duty
    permissions.may_explain(act, duty).or_refuse()
    words = text.strip()
    if not words:
        raise Refused("duties.say-why")
    if expected is not None and expected < programme.local(act.recorded_at).date():
        raise Refused("duties.expected-is-past")
    duty.said, duty.said_at, duty.expected_on = words, act.recorded_at, expected
    duty.save(update_fields=["said", "said_at", "expected_on"])
    ledger.record(
        act,
        "duties.lateness.explained",
        programme=programme,
        about=duty.subject(),
        facts={
            "key": duty.key,
            "reason": words,
            "expected": expected.isoformat() if expected else "",
        },
    )
    if act.on_behalf_of is not None and duty.seat:
        tell_principal(act, duty.seat, duty.subject(), duty.group.named(duty.titled))
    office = people(able(programme, "manage", act.recorded_at))
    others = [one for one in office if one.public_id != act.by.public_id]
    post(programme, notices.explained(duty), to=others, at=act.recorded_at)
    return duty
