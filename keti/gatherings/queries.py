"""Reads of gatherings: the programme slot by slot, who speaks, what may be shown of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from keti.charter.queries import compiled
from keti.consents.enums import Purpose
from keti.consents.queries import consenting
from keti.gatherings.models import Gathering, Signer, Slot
from keti.kernel.acts import Text
from keti.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the programme as it is printed. `speaker` is "" where nobody speaks or who does
    has not agreed to be named; `agreed` tells the office which of the two."""

    slot: Slot
    begins: str
    ends: str
    speaker: str
    agreed: bool


def gatherings(programme: Programme) -> QuerySet[Gathering]:
    """All of a programme, by when they begin."""
    found = Gathering.objects.filter(programme=programme).select_related("programme")
    return found.order_by("begins_at", "pk")


def announced(slug: str, public_id: str) -> Gathering | None:
    """A gathering that the public may read of."""
    found = Gathering.objects.filter(programme__slug=slug, public_id=public_id)
    return found.exclude(announced_at=None).select_related("programme").first()


def slots(gathering: Gathering) -> QuerySet[Slot]:
    """The parts that stand, in their order."""
    found = Slot.objects.filter(gathering=gathering, dropped_at=None)
    found = found.select_related("speaker__unit", "speaker__same_as__unit")
    return found.order_by("begins_at", "pk")


def parts(gathering: Gathering, lang: str, *, public: bool) -> list[Part]:
    """The programme by the minute; for the public what may be shown, and who agreed to be named."""
    agree = consenting(gathering.programme, Purpose.SPEECH)
    found = slots(gathering)
    return [
        _part(gathering, one, lang, agree, public)
        for one in (found.filter(shown=True) if public else found)
    ]


def _part(gathering: Gathering, one: Slot, lang: str, agree: frozenset[str], public: bool) -> Part:
    local = gathering.programme.local
    person = one.speaker.now if one.speaker else None
    agreed = person is not None and person.public_id in agree
    named = person is not None and (agreed or not public)
    unit = person.unit.called.in_(lang) if person and person.unit else ""
    name = Text(person.name, person.name_en).in_(lang) if person and named else ""
    said = " · ".join(part for part in (name, unit) if part) if name else ""
    begins, ends = local(one.begins_at), local(ends_at(one))
    return Part(one, f"{begins:%H:%M}", f"{ends:%H:%M}", said, agreed)


def ends_at(one: Slot) -> datetime:
    """When a part is over."""
    return one.begins_at + timedelta(minutes=one.minutes)


def signers(gathering: Gathering) -> list[Signer]:
    """Who signs which paper, paper by paper."""
    return list(Signer.objects.filter(gathering=gathering).select_related("file"))


def promises(programme: Programme) -> Mapping[str, Text]:
    """The promises of the charter that a gathering can carry out."""
    block = compiled(programme).blocks.get("outreach") or {}
    return {
        f"outreach.{key}": Text(str(one.get("zh", "")), str(one.get("en", "")))
        for key, one in block.items()
    }
