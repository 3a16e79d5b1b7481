"""Who is written to: the secretariat of a root that differs; it and the unit itself of a key that
was lodged; once a month whoever acts for another unit, with the newest kept checkpoint."""

from datetime import datetime

from django.urls import reverse

from keti.accounts.models import Organisation, Person
from keti.groups.models import Seat
from keti.groups.queries import able, people
from keti.kernel.acts import Act
from keti.kernel.refusals import both
from keti.ledger.models import StoredCheckpoint
from keti.notify.actions import Letter, post
from keti.notify.enums import Sort
from keti.programmes.models import Programme
from keti.witness.models import LodgedKey

MINUTE = "%Y-%m-%d %H:%M"


def disputed(act: Act, programme: Programme, unit: Organisation, typed: str) -> None:
    """An alarm to the secretariat: somebody holds a root this record never had."""
    facts = {"unit": unit.called, "who": act.by.label, "typed": typed, "programme": programme.title}
    day = programme.local(act.recorded_at).strftime("%Y-%m-%d")
    letter = Letter(
        "witness.disputed",
        f"checkpoint-disputed:{unit.public_id}:{typed}:{day}",
        both("witness.told-disputed-subject", **facts),
        both("witness.told-disputed", **facts),
        page(programme),
        Sort.DUTY,
    )
    post(programme, letter, to=people(able(programme, "manage", act.recorded_at)),
         at=act.recorded_at)  # fmt: skip


def key_lodged(act: Act, lodged: LodgedKey) -> None:
    """To the secretariat, and to whoever acts for the unit: somebody who took over one account
    cannot put another key in the unit's place unseen."""
    programme, unit = lodged.programme, lodged.unit
    facts = {
        "unit": unit.called, "who": act.by.label, "key": lodged.key.short(),
        "programme": programme.title,
    }  # fmt: skip
    letter = Letter(
        "witness.key",
        f"unit-key:{lodged.public_id}",
        both("witness.told-key-subject", **facts),
        both("witness.told-key", **facts),
        page(programme),
        Sort.DUTY,
    )
    seats = Seat.objects.filter(programme=programme).standing(act.recorded_at).with_names()
    of_unit = [one for one in seats if one.unit == unit and one.proposed_at is None]
    office = able(programme, "manage", act.recorded_at)
    post(programme, letter, to=people([*office, *of_unit]), at=act.recorded_at)


def monthly(programme: Programme, kept: StoredCheckpoint, at: datetime) -> int:
    """The newest kept checkpoint to whoever acts for a unit that does not keep the secretariat;
    once a month. Returns how many letters were written."""
    month = programme.local(at).strftime("%Y-%m")
    facts = {
        "programme": programme.title,
        "at": programme.local(kept.signed_at).strftime(MINUTE),
        "size": kept.size,
        "root": kept.root,
    }
    letter = Letter(
        "witness.monthly",
        f"checkpoint-of-month:{month}",
        both("witness.told-monthly-subject", **facts),
        both("witness.told-monthly", **facts),
        page(programme),
    )
    return len(post(programme, letter, to=_partners(programme, at), at=at))


def _partners(programme: Programme, at: datetime) -> list[Person]:
    seats = list(Seat.objects.filter(programme=programme).standing(at).with_names())
    keepers = {seat.unit for seat in seats if seat.can("manage")}
    sitting = [one for one in seats if one.proposed_at is None]
    return people([one for one in sitting if one.unit and one.unit not in keepers])


def page(programme: Programme) -> str:
    """Where checkpoints are confirmed."""
    return reverse("witness:page", args=[programme.slug])
