"""Checkpoints of the record are confirmed by partner units, disputed, and sent to them."""

from datetime import datetime
from functools import partial

from django.db import transaction

from keti.accounts.models import Organisation, Person
from keti.groups.models import Seat
from keti.groups.permissions import acting_seat
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row, run
from keti.ledger import actions as ledger
from keti.ledger.models import StoredCheckpoint
from keti.ledger.queries import checkpoint, witnessed
from keti.ledger.rules import read_note
from keti.programmes.models import Programme
from keti.witness import notices, permissions, queries
from keti.witness.models import Confirmation
from keti.witness.rules import FEWEST, as_root

CONFIRMED = "witness.checkpoint.confirmed"
DISPUTED = "witness.checkpoint.disputed"
WITHDRAWN = "witness.confirmation.withdrawn"
DIFFERS = "witness.differs"


@transaction.atomic
def confirm(act: Act, *, programme: Programme, typed: str) -> Confirmation:
    """Somebody of a unit compared a kept checkpoint with what they hold: `typed` is how its root
    begins, eight signs at least. That it was done stands under the checkpoint from now on.

    Refuses whoever acts for no unit or for one that keeps the secretariat, fewer signs, what is no
    root of this record (`dispute` tells the secretariat of that), a root that was not kept, and a
    checkpoint the unit has confirmed already.

    Taken back by: withdraw.
    """
    seat = acting_seat(act, programme)
    hold_unit(seat)
    if entry := ledger.repeated(act, CONFIRMED, programme=programme):
        return Confirmation.objects.get(public_id=entry.subject_id)
    permissions.may_confirm(act, programme).or_refuse()
    found = meant(programme, as_root(typed))
    confirmed = Confirmation.objects.filter(checkpoint=found, unit=seat.unit, lodged=None)
    if confirmed.filter(withdrawn_at=None).exists():
        raise Refused("witness.confirmed-already", size=found.size).at("typed")
    head = read_note(found.note).checkpoint
    assert seat.unit is not None and isinstance(act.by, Person)
    made = Confirmation.objects.create(
        programme=programme,
        checkpoint=found,
        unit=seat.unit,
        seat=seat,
        by=act.by,
        at=act.recorded_at,
        line=witnessed(head, seat.unit.label, act.recorded_at),
    )
    facts = {"size": found.size, "root": found.root, "unit": seat.unit.label}
    ledger.record(act, CONFIRMED, programme=programme, about=made.subject(), facts=facts)
    return made


def hold_unit(seat: Seat) -> None:
    """Hold the row of the unit for which a seat acts: what it says waits for what it says."""
    if seat.unit is not None:
        hold_row(Organisation, seat.unit.pk)


def meant(programme: Programme, typed: str) -> StoredCheckpoint:
    """The kept checkpoint of this beginning; refuses in words what is none."""
    if len(typed) < FEWEST:
        raise Refused("witness.too-short", fewest=FEWEST).at("typed")
    found = queries.meant(programme, typed)
    if found is not None:
        return found
    if queries.was_a_slip(programme, typed):
        raise Refused("witness.slip").at("typed")
    size = queries.once_had(programme, typed)
    if size is not None:
        raise Refused("witness.not-kept", size=size).at("typed")
    raise Refused(DIFFERS).at("typed")


@transaction.atomic
def dispute(act: Act, *, programme: Programme, typed: str) -> bool:
    """Tell the secretariat that somebody of a unit holds a root this record never had; whether that
    was told now, and not before on the same day. Refuses who may not confirm, and what is a root of
    this record.

    Taken back by: nothing, because what somebody held stays said; who mistyped
    confirms anew.
    """
    seat = acting_seat(act, programme)
    if ledger.repeated(act, DISPUTED, programme=programme):
        return False
    permissions.may_confirm(act, programme).or_refuse()
    typed = as_root(typed)[:MOST]
    try:
        meant(programme, typed)
    except Refused as refused:
        if refused.code != DIFFERS:
            raise
    else:
        raise Refused("witness.agrees").at("typed")
    assert seat.unit is not None
    notices.disputed(act, programme, seat.unit, typed)
    facts = {"typed": typed, "unit": seat.unit.label, "size": checkpoint(programme).size}
    ledger.record(act, DISPUTED, programme=programme, about=programme.subject(), facts=facts)
    return True


MOST = 44
"""A root in base64 has so many signs."""


@transaction.atomic
def withdraw(act: Act, *, confirmation: Confirmation, reason: str) -> Confirmation:
    """The unit takes its confirmation back, with a reason: it no longer stands under the
    checkpoint. Refuses another unit, no reason, and one that was taken back before.

    Taken back by: confirm (anew, by what they hold).
    """
    programme = confirmation.programme
    hold_row(Organisation, confirmation.unit_id)
    if ledger.repeated(act, WITHDRAWN, programme=programme):
        return confirmation
    found = queries.confirmations(programme).get(pk=confirmation.pk)
    permissions.may_withdraw(act, found).or_refuse()
    if found.withdrawn_at is not None:
        raise Refused("witness.withdrawn-already")
    if not reason.strip():
        raise Refused("witness.reason-needed").at("reason")
    found.withdrawn_at, found.reason = act.recorded_at, reason.strip()
    found.withdrawn_by = act.by if isinstance(act.by, Person) else None
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    facts = {"reason": found.reason, "size": found.checkpoint.size, "unit": found.unit.label}
    ledger.record(act, WITHDRAWN, programme=programme, about=found.subject(), facts=facts)
    return found


def write_monthly(now: datetime) -> int:
    """Once a month of each programme, once a checkpoint was kept in it: write that to whoever acts
    for a partner unit. Returns how many letters were written. Run again, nothing happens."""
    written = 0
    for one in Programme.objects.order_by("pk"):
        kept = next(iter(queries.kept_now(one)), None)
        if kept is not None and _of_this_month(one, kept.signed_at, now):
            written += run(partial(notices.monthly, one, kept, now))
    return written


def _of_this_month(programme: Programme, one: datetime, now: datetime) -> bool:
    return programme.local(one).strftime("%Y-%m") == programme.local(now).strftime("%Y-%m")
