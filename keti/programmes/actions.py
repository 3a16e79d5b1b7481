"""What changes a programme as a whole. Called by acts of other rooms, which record it."""

from django.db import transaction

from keti.kernel.acts import Text
from keti.programmes.models import Programme


@transaction.atomic
def enter_phase(programme: Programme, phase_key: str, title: Text) -> bool:
    """Enter a phase; True when the programme was in another one before."""
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    if held.phase == phase_key:
        return False
    held.phase, held.phase_zh, held.phase_en = phase_key, title.zh, title.en
    held.save(update_fields=["phase", "phase_zh", "phase_en"])
    programme.phase, programme.phase_zh, programme.phase_en = phase_key, title.zh, title.en
    return True
