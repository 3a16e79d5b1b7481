"""Guests from outside: noted by body and post, by name only with a paper that they agree."""

from django.db import transaction

from keti.activities import permissions
from keti.activities.actions.announcing import held_row
from keti.activities.enums import ActivityState
from keti.activities.models import Activity, OutsideGuest
from keti.documents.models import StoredFile
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger import actions as ledger

INVITED = "activities.guest.invited"
UNINVITED = "activities.guest.withdrawn"


@transaction.atomic
def invite_guest(
    act: Act,
    *,
    activity: Activity,
    body: str,
    post: str,
    name: str = "",
    consent: StoredFile | None = None,
) -> OutsideGuest:
    """Note a guest from outside. The record names body and post alone.

    Refuses who is not the secretariat, neither body nor post, a name without a paper that its
    owner agrees, and an activity that is over.

    Taken back by: withdraw_guest.
    """
    found = held_row(activity)
    if entry := ledger.repeated(act, INVITED, programme=found.programme):
        return OutsideGuest.objects.get(public_id=entry.subject_id)
    permissions.may_organise(act, found.programme).or_refuse()
    if found.state != ActivityState.ANNOUNCED:
        raise Refused("activities.over", state=str(found.get_state_display()))
    if not body.strip() or not post.strip():
        raise Refused("activities.guest-unsaid").at("body")
    if name.strip() and consent is None:
        raise Refused("activities.named-without-consent").at("consent")
    made = OutsideGuest.objects.create(
        activity=found,
        body=body.strip(),
        post=post.strip(),
        name=name.strip(),
        consent=consent if name.strip() else None,
        recorded_at=act.recorded_at,
    )
    facts = {"named": bool(made.name)}
    ledger.record(act, INVITED, programme=found.programme, about=made.subject(), facts=facts)
    return made


@transaction.atomic
def withdraw_guest(act: Act, *, guest: OutsideGuest) -> OutsideGuest:
    """A guest does not come, or no longer agrees to be named: the name goes.

    Refuses who is not the secretariat, and a second time.

    Taken back by: invite_guest (noted anew).
    """
    found = held_row(guest.activity)
    if ledger.repeated(act, UNINVITED, programme=found.programme):
        return guest
    permissions.may_organise(act, found.programme).or_refuse()
    row = OutsideGuest.objects.get(pk=guest.pk)
    if row.withdrawn_at is not None:
        raise Refused("activities.withdrawn-already")
    row.activity = found
    row.withdrawn_at, row.name = act.recorded_at, ""
    row.save(update_fields=["withdrawn_at", "name"])
    ledger.record(act, UNINVITED, programme=found.programme, about=row.subject())
    return row
