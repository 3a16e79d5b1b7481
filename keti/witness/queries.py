"""Reading confirmations."""

from django.db.models import QuerySet

from keti.accounts.models import Organisation
from keti.ledger.models import StoredCheckpoint
from keti.ledger.queries import checkpoints, public_key, size_of_root
from keti.programmes.models import Programme
from keti.witness.models import Confirmation, LodgedKey
from keti.witness.rules import slipped


def confirmations(programme: Programme) -> QuerySet[Confirmation]:
    """All of a programme, with what a page needs to name them."""
    found = Confirmation.objects.filter(programme=programme)
    return found.select_related(
        "checkpoint", "unit", "by", "withdrawn_by", "seat", "programme", "lodged"
    )


def lines_under(programme: Programme) -> dict[int, list[tuple[str, str]]]:
    """Size of a kept checkpoint -> the lines that stand under its note, each with the unit's key
    that made it ("" where the house bears witness): those not taken back, the older first."""
    found: dict[int, list[tuple[str, str]]] = {}
    standing = Confirmation.objects.filter(programme=programme, withdrawn_at=None)
    for size, line, key in standing.values_list("checkpoint__size", "line", "lodged__text"):
        found.setdefault(size, []).append((line, key or ""))
    return found


def keys(programme: Programme) -> QuerySet[LodgedKey]:
    """The keys that units lodged in this programme, with what a page needs to name them."""
    found = LodgedKey.objects.filter(programme=programme)
    return found.select_related("unit", "by", "programme")


def key_of(programme: Programme, unit: Organisation | None) -> LodgedKey | None:
    """The key with which this unit signs now."""
    return keys(programme).filter(unit=unit, withdrawn_at=None).first() if unit else None


def lodged_by_another(unit: Organisation, end: str) -> bool:
    """Did another unit lodge the key whose text ends so, in whatever programme?"""
    return LodgedKey.objects.filter(text__endswith=end).exclude(unit=unit).exists()


def kept_now(programme: Programme) -> list[StoredCheckpoint]:
    """The checkpoints that can be confirmed, newest first: those the present key signed."""
    found = checkpoints(programme).filter(key=public_key().text())
    return [one for one in found if isinstance(one, StoredCheckpoint)]


def meant(programme: Programme, typed: str) -> StoredCheckpoint | None:
    """The kept checkpoint whose root begins with what was typed."""
    return next((one for one in kept_now(programme) if one.root.startswith(typed)), None)


def was_a_slip(programme: Programme, typed: str) -> bool:
    """Is it the beginning of a kept root but for upper and lower case?"""
    return any(slipped(typed, one.root) for one in kept_now(programme))


def once_had(programme: Programme, typed: str) -> int | None:
    """Over how many lines the record had a root that begins so, kept or not."""
    return size_of_root(programme, typed)
