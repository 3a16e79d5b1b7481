"""Somebody is put forward for an honour, or no longer."""

from django.db import transaction

from keti.duties.actions import await_answers
from keti.groups.models import Seat
from keti.groups.permissions import principal
from keti.honours import permissions
from keti.honours.enums import LIVE, Stage
from keti.honours.models import Nomination, Nominator
from keti.honours.queries import ROOM
from keti.honours.rules import HonourSpec
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme

NOMINATED = "honours.nomination.made"
ENDED = "honours.nomination.ended"
ENDS = (Stage.NOMINATED, Stage.CHECKED, Stage.APPROVED, Stage.NOTICED)


def locked(nomination: Nomination) -> Nomination:
    """The nomination under lock, named."""
    hold_row(Nomination, nomination.pk)
    return Nomination.objects.with_names().get(pk=nomination.pk)


def spec_of(programme: Programme, honour: str) -> HonourSpec:
    """What the charter in force says of an honour; refuses one that it does not have."""
    found = permissions.honours_of(programme).get(honour)
    if found is None:
        raise Refused("honours.no-such-honour", honour=honour)
    return found


@transaction.atomic
def nominate(act: Act, *, honour: str, seat: Seat, reason: str) -> Nomination:
    """Put a seat forward for an honour, with the reason; who does so as well is added to who did
    first. The secretariat is asked to check it.

    Refuses an honour the charter does not have, a seat of another role or one that has ended, one's
    own side, a second time, no reason, and who may not nominate.

    Taken back by: end_nomination.
    """
    hold_row(Seat, seat.pk)
    seat = Seat.objects.with_names().get(pk=seat.pk)
    programme = seat.programme
    if entry := ledger.repeated(act, NOMINATED, programme=programme):
        return Nomination.objects.with_names().get(public_id=entry.subject_id)
    spec = spec_of(programme, honour)
    permissions.may_nominate(act, spec, seat).or_refuse()
    _check(act, spec, seat, reason)
    mine = principal(act, programme)
    rows = Nomination.objects.filter(honour=honour, seat=seat, stage__in=LIVE)
    found = rows.first() or Nomination.objects.create(
        programme=programme,
        honour=honour,
        title_zh=spec.title.zh,
        title_en=spec.title.en,
        seat=seat,
        nominated_at=act.happened_at,
    )
    if found.nominators.filter(seat=mine).exists():
        raise Refused("honours.nominated-already", who=seat.called)
    Nominator.objects.create(nomination=found, seat=mine, reason=reason.strip(), at=act.happened_at)
    await_answers(programme, ROOM, found.public_id, act.recorded_at, act=act)
    facts = {
        "honour": honour, "seat": seat.public_id, "by": mine.public_id, "role": mine.role.key,
        "group": mine.group.public_id, "reason": reason.strip(),
    }  # fmt: skip
    ledger.record(act, NOMINATED, programme=programme, about=found.subject(), facts=facts)
    return found


def _check(act: Act, spec: HonourSpec, seat: Seat, reason: str) -> None:
    if seat.role.key not in spec.to:
        raise Refused("honours.not-for-this-role", title=spec.title, role=seat.role.title)
    if not seat.stands_at(act.recorded_at):
        raise Refused("groups.seat-has-ended", seat=seat.title)
    if not reason.strip():
        raise Refused("honours.reason-needed").at("reason")


@transaction.atomic
def end_nomination(act: Act, *, nomination: Nomination, reason: str) -> Nomination:
    """End a nomination before the award, with the reason. Refuses after the award (`revoke`), no
    reason, and who neither nominated nor keeps the secretariat.

    Taken back by: nominate (anew).
    """
    found = locked(nomination)
    if ledger.repeated(act, ENDED, programme=found.programme):
        return found
    permissions.may_end(act, found).or_refuse()
    if found.stage not in ENDS:
        raise Refused("honours.not-at-this-stage")
    if not reason.strip():
        raise Refused("honours.reason-needed").at("reason")
    found.stage, found.reason, found.ended_at = Stage.WITHDRAWN, reason.strip(), act.happened_at
    found.save(update_fields=["stage", "reason", "ended_at"])
    await_answers(found.programme, ROOM, found.public_id, act.recorded_at, act=act)
    facts = {"honour": found.honour, "seat": found.seat.public_id, "reason": found.reason}
    ledger.record(act, ENDED, programme=found.programme, about=found.subject(), facts=facts)
    return found
