"""Units come into being here, each once; their names are put right."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from keti.accounts.models import FormerName, Organisation, Person
from keti.accounts.queries import organisation_named
from keti.accounts.rules import like_key, unit_key
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold, hold_row


@transaction.atomic
def enter_organisation(
    name: str,
    *,
    name_en: str = "",
    kind: str = "",
    is_demo: bool = False,
    affiliated_with: Organisation | None = None,
) -> Organisation:
    """The unit of this name, whatever its case, width and gaps, or a new one.

    Refuses an empty or too long name.
    """
    name = name.strip()
    if not unit_key(name):
        raise Refused("accounts.unit-needs-a-name")
    found = organisation_named(name)
    if found:
        return found
    return Organisation.objects.create(
        name_zh=name, name_en=name_en, kind=kind, is_demo=is_demo, affiliated_with=affiliated_with
    )


@transaction.atomic
def correct_organisation(
    unit: Organisation, changes: Mapping[str, object], at: datetime, *, keep_name: bool
) -> Organisation:
    """Put right what is on record of a unit. With `keep_name` the name it had stays findable as a
    former one: the unit was renamed; without, it was mistyped. Called by acts of other rooms, which
    record it.

    Refuses an empty or too long name, and the name of another unit.
    """
    unit = hold_row(Organisation, unit.pk)
    before = unit.name_zh
    for name, value in changes.items():
        setattr(unit, name, value)
    if not unit_key(unit.name_zh):
        raise Refused("accounts.unit-needs-a-name").at("name_zh")
    other = organisation_named(unit.name_zh)
    if other is not None and other.pk != unit.pk:
        raise Refused("accounts.unit-is-another", unit=other.label).at("name_zh")
    unit.save()
    if keep_name and like_key(before) != like_key(unit.name_zh):
        FormerName.objects.create(organisation=unit, name=before, until=at)
    return unit


@transaction.atomic
def merge_units(gone: Organisation, kept: Organisation) -> Organisation:
    """Two records of one unit become one: its people belong to `kept`, what is wanting there is
    taken from `gone`, whose row stays for what was bound under it and whose name finds `kept`.
    Called by the act that says so and records it."""
    pair = hold(Organisation.objects.all()).filter(pk__in=[gone.pk, kept.pk]).order_by("pk")
    rows = {one.pk: one for one in pair}
    gone, kept = rows[gone.pk], rows[kept.pk]
    Person.objects.filter(unit=gone).update(unit=kept)
    Organisation.objects.filter(affiliated_with=gone).exclude(pk=kept.pk).update(
        affiliated_with=kept
    )
    if kept.affiliated_with_id == gone.pk:
        kept.affiliated_with = None
    for name in ("name_en", "kind", "credit_code"):
        setattr(kept, name, getattr(kept, name) or getattr(gone, name))
    kept.save()
    FormerName.objects.filter(organisation=gone).update(organisation=kept)
    gone.same_as = kept
    gone.save()
    Organisation.objects.filter(same_as=gone).update(same_as=kept)
    return kept
