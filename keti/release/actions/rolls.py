"""The proof of the roll corrected entry by entry, and the roll drawn up."""

from dataclasses import asdict, dataclass

from django.db import transaction

from keti.duties import actions as duties
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.texts import one_line
from keti.kernel.transactions import put
from keti.ledger import actions as ledger
from keti.release import permissions, queries
from keti.release.actions.closing import locked, refuse_for
from keti.release.enums import EndStep
from keti.release.models import Correction, Roll, RollRow
from keti.release.rules import fingerprint


@dataclass(frozen=True, slots=True)
class Form:
    """How one seat is to be named in the roll, and where among the seats of its role."""

    name_zh: str
    name_en: str = ""
    honorific: str = ""
    order: int = 0


@transaction.atomic
def correct_entry(act: Act, *, obligation: Obligation, seat: Seat, form: Form) -> Correction:
    """Correct how a seat is named in the proof of the roll.

    Refuses once the report with its roll is public, an empty name, a seat of another programme.

    Taken back by: correct_entry (corrected again until the roll is public).
    """
    duty = locked(obligation, EndStep.ROLL)
    if ledger.repeated(act, "release.roll.corrected", programme=duty.programme):
        return Correction.objects.get(seat=seat)
    permissions.may_release(act, duty).or_refuse()
    if queries.is_public_with(duty):
        raise Refused("release.why-already-public")
    if seat.programme_id != duty.programme_id:
        raise Refused("groups.no-seat")
    if not one_line(form.name_zh).strip():
        raise Refused("release.name-missing")
    named = {"programme": duty.programme, **asdict(form)}
    fixed, _ = put(Correction.objects.all(), named, seat=seat)
    ledger.record(
        act,
        "release.roll.corrected",
        programme=duty.programme,
        about=seat.subject(),
        facts=asdict(form),
    )
    return fixed


@transaction.atomic
def draw_up_roll(act: Act, *, obligation: Obligation) -> Roll:
    """Freeze the roll of units and of persons who agree, in protocol order.

    Until the report that carries it is public it may be drawn up again: a new edition; a report
    without a roll holds up none. Refuses after that, while something the duty needs is unmet, an
    empty roll, and everybody but the secretariat or the accountable seat.

    Taken back by: draw_up_roll (a new edition until it is public).
    """
    duty = locked(obligation, EndStep.ROLL)
    programme = duty.programme
    before = queries.drawn(duty)
    entry = ledger.repeated(act, "release.roll.drawn-up", programme=programme)
    if entry is not None:
        return Roll.objects.select_related("programme", "obligation").get(
            public_id=entry.subject_id
        )
    permissions.may_release(act, duty).or_refuse()
    refuse_for("release.cannot-draw-up-yet", queries.why_not_draw_up(duty, act.happened_at))
    draft = queries.proposed(programme, act.happened_at)
    roll = Roll.objects.create(
        programme=programme,
        obligation=duty,
        edition=before.edition + 1 if before else 1,
        sha256=fingerprint(draft.entries),
        left_out=len(draft.left_out),
        by_label=act.by.label,
        at=act.happened_at,
        recorded_at=act.recorded_at,
    )
    RollRow.objects.bulk_create(_rows(roll, draft))
    duties.meet(act, obligation=duty, with_=roll.subject())
    ledger.record(
        act,
        "release.roll.drawn-up",
        programme=programme,
        about=roll.subject(),
        facts=_facts(roll, draft),
    )
    return roll


def _rows(roll: Roll, draft: queries.Draft) -> list[RollRow]:
    rows = []
    for position, entry in enumerate(draft.entries, start=1):
        facts = {name: value for name, value in asdict(entry).items() if name != "place"}
        rows.append(RollRow(roll=roll, position=position, **facts))
    return rows


def _facts(roll: Roll, draft: queries.Draft) -> dict[str, object]:
    """Counts and the fingerprint; no name enters the ledger, so that consent can be withdrawn."""
    units = sum(one.list == "unit" for one in draft.entries)
    return {
        "edition": roll.edition,
        "units": units,
        "persons": len(draft.entries) - units,
        "left_out": roll.left_out,
        "sha256": roll.sha256,
    }
