"""A unit's own key is lodged and taken back; checkpoints are signed with it."""

from datetime import UTC, datetime, timedelta

from django.db import transaction

from keti.accounts.models import Organisation, Person
from keti.groups.permissions import acting_seat
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.ledger.models import StoredCheckpoint
from keti.ledger.queries import public_key
from keti.ledger.rules import Note, UnitKey, read_note, read_unit_key, signature_text
from keti.ledger.rules.notes import encoded
from keti.programmes.models import Programme
from keti.witness import notices, permissions, queries
from keti.witness.actions.confirming import hold_unit, meant
from keti.witness.models import Confirmation, LodgedKey

LODGED = "witness.key.lodged"
TAKEN_BACK = "witness.key.withdrawn"
SIGNED = "witness.checkpoint.signed"
AHEAD = timedelta(minutes=10)
"""So much may the clock of a unit's machine be before ours."""
LONGEST = 200


@transaction.atomic
def lodge_key(act: Act, *, programme: Programme, text: str, reason: str = "") -> LodgedKey:
    """Somebody of a unit lodges the public half of its own key; where one stands this one takes its
    place, with a reason. The secretariat and whoever acts for the unit are told.

    Refuses whoever acts for no unit or for one that keeps the secretariat, what is no such key or
    one with which anybody could sign, a name that would pass for the installation's, a key of
    another unit, the same key again, and a change without a reason.

    Taken back by: withdraw_key.
    """
    seat = acting_seat(act, programme)
    hold_unit(seat)
    if entry := ledger.repeated(act, LODGED, programme=programme):
        return LodgedKey.objects.get(public_id=entry.subject_id)
    permissions.may_confirm(act, programme).or_refuse()
    assert seat.unit is not None and isinstance(act.by, Person)
    key, before = _lodgeable(text, seat.unit), queries.key_of(programme, seat.unit)
    if before is not None and before.text == key.text():
        raise Refused("witness.key-same").at("text")
    if before is not None:
        _taken_back(act, before, reason)
    made = LodgedKey.objects.create(
        programme=programme,
        unit=seat.unit,
        seat=seat,
        by=act.by,
        at=act.recorded_at,
        text=key.text(),
    )
    notices.key_lodged(act, made)
    facts = {
        "unit": seat.unit.label,
        "key": key.text(),
        "before": before.text if before else "",
        "reason": reason.strip() if before else "",
    }
    ledger.record(act, LODGED, programme=programme, about=made.subject(), facts=facts)
    return made


@transaction.atomic
def withdraw_key(act: Act, *, lodged: LodgedKey, reason: str) -> LodgedKey:
    """The unit no longer signs with this key, with a reason. What it signed before stays as it is.
    Refuses another unit, no reason, and one that was taken back before.

    Taken back by: lodge_key (anew).
    """
    programme = lodged.programme
    hold_row(Organisation, lodged.unit_id)
    if ledger.repeated(act, TAKEN_BACK, programme=programme):
        return lodged
    found = queries.keys(programme).get(pk=lodged.pk)
    permissions.may_withdraw(act, found).or_refuse()
    if found.withdrawn_at is not None:
        raise Refused("witness.key-withdrawn-already")
    _taken_back(act, found, reason)
    facts = {"reason": found.reason, "unit": found.unit.label, "key": found.text}
    ledger.record(act, TAKEN_BACK, programme=programme, about=found.subject(), facts=facts)
    return found


def _taken_back(act: Act, lodged: LodgedKey, reason: str) -> None:
    if not reason.strip():
        raise Refused("witness.reason-needed").at("reason")
    lodged.withdrawn_at, lodged.reason = act.recorded_at, reason.strip()
    lodged.withdrawn_by = act.by if isinstance(act.by, Person) else None
    lodged.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])


@transaction.atomic
def cosign(act: Act, *, programme: Programme, typed: str) -> Confirmation:
    """Somebody of a unit brings a checkpoint that was signed with the unit's own key: `typed` is
    the note, its signature below. It is checked, and stands under the checkpoint from now on.

    Refuses whoever may not confirm, a unit without a key, what is no note, a note without a good
    line by that key, a moment that is still to come, a root this record never had (`dispute` tells
    the secretariat of that) or that was not kept, and one that the unit has signed already.

    Taken back by: withdraw.
    """
    seat = acting_seat(act, programme)
    hold_unit(seat)
    if entry := ledger.repeated(act, SIGNED, programme=programme):
        return Confirmation.objects.get(public_id=entry.subject_id)
    permissions.may_confirm(act, programme).or_refuse()
    lodged = queries.key_of(programme, seat.unit)
    if lodged is None:
        raise Refused("witness.no-key")
    note = note_of(typed)
    line, at = _good_line(act, note, lodged.key)
    found = meant(programme, encoded(note.checkpoint.root))
    _not_signed_yet(found, note, lodged)
    assert seat.unit is not None and isinstance(act.by, Person)
    made = Confirmation.objects.create(
        programme=programme,
        checkpoint=found,
        unit=seat.unit,
        seat=seat,
        by=act.by,
        at=act.recorded_at,
        line=line,
        lodged=lodged,
    )
    facts = {
        "size": found.size, "root": found.root, "unit": seat.unit.label, "key": lodged.text,
        "signed": datetime.fromtimestamp(at, UTC),
    }  # fmt: skip
    ledger.record(act, SIGNED, programme=programme, about=made.subject(), facts=facts)
    return made


def _lodgeable(text: str, unit: Organisation) -> UnitKey:
    """The key that was typed; refuses in words what cannot be lodged."""
    try:
        key = read_unit_key("".join(text.split()))
    except ValueError:
        raise Refused("witness.not-a-key").at("text") from None
    own = public_key()
    if key.name == own.name or key.name.startswith(f"{own.name}/"):
        raise Refused("witness.key-name").at("text")
    if len(key.text()) > LONGEST:
        raise Refused("witness.key-too-long", most=LONGEST).at("text")
    if key.public == own.public or queries.lodged_by_another(unit, key.text().rpartition("+")[2]):
        raise Refused("witness.key-of-another").at("text")
    return key


def note_of(typed: str) -> Note:
    """The note that was pasted, however its lines end; refuses what is none."""
    rows = [row.strip() for row in typed.strip().splitlines()]
    try:
        return read_note("\n".join(rows))
    except ValueError:
        raise Refused("witness.not-a-note").at("typed") from None


def _good_line(act: Act, note: Note, key: UnitKey) -> tuple[str, int]:
    """The line of this key under the note, and the moment it tells; refuses where there is no good
    one."""
    own = [one for one in note.signatures if one[0] == key.name and one[1][:4] == key.id]
    if not own:
        raise Refused("witness.not-by-your-key", key=key.short()).at("typed")
    good = [(one, at) for one in own for at in Note(note.checkpoint, (one,)).cosigned(key)]
    if not good:
        raise Refused("witness.bad-signature").at("typed")
    line, at = good[-1]
    if at > (max(act.recorded_at, clock.database_instant()) + AHEAD).timestamp():
        raise Refused("witness.signed-ahead").at("typed")
    return signature_text(line), at


def _not_signed_yet(found: StoredCheckpoint, note: Note, lodged: LodgedKey) -> None:
    if read_note(found.note).checkpoint != note.checkpoint:
        raise Refused("witness.other-checkpoint").at("typed")
    signed = Confirmation.objects.filter(checkpoint=found, unit=lodged.unit, withdrawn_at=None)
    if signed.filter(lodged__isnull=False).exists():
        raise Refused("witness.signed-already", size=found.size).at("typed")
