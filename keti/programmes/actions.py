"""What changes a programme as a whole. Called by acts of other rooms, which record it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from keti.kernel.acts import Text
from keti.kernel.texts import shortened
from keti.kernel.transactions import hold_row
from keti.programmes.models import Programme


@transaction.atomic
def enter_phase(programme: Programme, phase_key: str, title: Text) -> bool:
    """Enter a phase; True when the programme was in another one before."""
    held = hold_row(Programme, programme.pk)
    if held.phase == phase_key:
        return False
    held.phase, held.phase_zh, held.phase_en = phase_key, title.zh, title.en
    held.save(update_fields=["phase", "phase_zh", "phase_en"])
    programme.phase, programme.phase_zh, programme.phase_en = phase_key, title.zh, title.en
    return True


@transaction.atomic
def end_programme(programme: Programme, *, at: datetime, title: Text) -> None:
    """End the programme before its term; its phase stays where it stood and bears `title`."""
    held = hold_row(Programme, programme.pk)
    for one in (held, programme):
        one.closed_at = held.closed_at or at
        one.phase_zh, one.phase_en = shortened(title.zh, 80), shortened(title.en, 80)
    held.save(update_fields=["closed_at", "phase_zh", "phase_en"])


@transaction.atomic
def restate(programme: Programme, facts: Mapping[str, object], phase: Text | None) -> None:
    """Set what an amended charter says of the programme itself; `phase` renames the present one."""
    held = hold_row(Programme, programme.pk)
    for one in (held, programme):
        for name, value in facts.items():
            setattr(one, name, value)
        if phase is not None:
            one.phase_zh, one.phase_en = shortened(phase.zh, 80), shortened(phase.en, 80)
    held.save()
