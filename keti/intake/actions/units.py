"""What is on record of a unit of the programme, and putting it right."""

from collections.abc import Mapping

from django.db import transaction

from keti.accounts.actions import correct_organisation
from keti.accounts.models import Organisation
from keti.accounts.rules import plain_width
from keti.groups.actions import hold_roster
from keti.groups.permissions import may_manage
from keti.intake import queries
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger import actions as ledger
from keti.programmes.models import Programme

UNIT_TEXTS = ("name_zh", "name_en", "credit_code")


@transaction.atomic
def correct_unit(
    act: Act,
    *,
    programme: Programme,
    unit: Organisation,
    changes: Mapping[str, str],
    renamed: bool = False,
) -> Organisation:
    """Put right what is on record of a unit of this programme: its name as on the seal, its English
    name, its credit code. With `renamed` the name it had stays findable as a former one.

    Only the secretariat. Refuses a unit of which nobody takes part here, what other programmes
    rest on (what is wanting may be added), an empty name and the name of another unit. What was
    issued under the old name stays as it was.

    Taken back by: correct_unit (as it was before).
    """
    hold_roster(programme)
    if ledger.repeated(act, "intake.unit.corrected", programme=programme):
        return Organisation.objects.get(pk=unit.pk)
    may_manage(act, programme).or_refuse()
    unit = Organisation.objects.get(pk=unit.pk)
    if not queries.units(programme).filter(pk=unit.pk).exists():
        raise Refused("intake.unit-not-here", unit=unit.label)
    wanted = {name: _plain(name, changes.get(name, "")) for name in UNIT_TEXTS if name in changes}
    wanted = {name: text for name, text in wanted.items() if text != getattr(unit, name)}
    if not wanted:
        raise Refused("intake.nothing-to-correct")
    filled = {name for name in wanted if getattr(unit, name)}
    if filled and queries.unit_elsewhere(programme, unit):
        raise Refused("intake.unit-bound-elsewhere", unit=unit.label)
    before = unit.label
    unit = correct_organisation(unit, wanted, act.recorded_at, keep_name=renamed)
    ledger.record(
        act,
        "intake.unit.corrected",
        programme=programme,
        about=unit.subject(),
        facts={
            "columns": sorted(wanted),
            "before": before,
            "after": unit.label,
            "renamed": renamed,
        },
    )
    return unit


def _plain(name: str, text: str) -> str:
    text = " ".join(text.split())
    return plain_width(text).upper() if name == "credit_code" else text
