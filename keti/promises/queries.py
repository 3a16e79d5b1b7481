"""Reading promises: what the charter says of one, what shows it, what was said of it last."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from keti.accounts.models import Organisation
from keti.charter.queries import compiled
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.kernel.acts import Text
from keti.programmes.models import Programme
from keti.promises.models import Benefit, Exhibit, Settlement
from keti.promises.rules import OUTREACH, Reach, Shown, is_for, reached


def promises(programme: Programme) -> QuerySet[Obligation]:
    """Every promise that is owed, each time it is."""
    return Obligation.objects.filter(programme=programme, form="promise")


def declared(programme: Programme, kind: str) -> Mapping[str, Any]:
    """What the charter in force says of a promise; nothing of one that it declares no more."""
    block: Mapping[str, Any] = compiled(programme).blocks.get("outreach") or {}
    found: Mapping[str, Any] = block.get(kind.removeprefix(OUTREACH)) or {}
    return found


def target_of(programme: Programme, kind: str) -> Mapping[str, Any]:
    """What was promised in numbers."""
    target = declared(programme, kind).get("target") or {}
    return target if isinstance(target, Mapping) else {"count": target}


def with_outcome(found: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """The duties, each with what was said of it last (`outcome`, `outcome_reason`)."""
    newest = Settlement.objects.filter(obligation=OuterRef("pk")).order_by("-pk")
    return found.annotate(
        outcome=Subquery(newest.values("outcome")[:1]),
        outcome_reason=Subquery(newest.values("reason")[:1]),
    )


def settlements(duty: Obligation) -> list[Settlement]:
    """What was said of a promise, the newest first."""
    found = Settlement.objects.filter(obligation=duty).order_by("-pk")
    return list(found.select_related("by", "seat__role", "seat__group"))


def standing(duty: Obligation) -> QuerySet[Exhibit]:
    """What shows a promise, the time it is looked at, and was not withdrawn."""
    mine = Exhibit.objects.filter(programme=duty.programme, kind=duty.kind, period=duty.period)
    return mine.filter(withdrawn_at=None)


def measured(duty: Obligation) -> list[Reach]:
    """A promise's targets beside what was measured."""
    rows = standing(duty).values_list("nature", "outlet", "unit", "value", "day")
    return reached([Shown(*row) for row in rows], target_of(duty.programme, duty.kind))


@dataclass(frozen=True, slots=True)
class Entitled:
    """What one promise means for one unit. `roles`: the roles of it that the promise is for."""

    kind: str
    title: Text
    unit: Organisation
    roles: tuple[Text, ...]
    given: tuple[Benefit, ...]


def entitlements(
    programme: Programme, benefits: Iterable[Benefit], unit: Organisation | None = None
) -> list[Entitled]:
    """Unit by unit what the charter entitles it to by its roles and what it was given of
    `benefits`; of one unit alone where it is named. A unit has the roles that it or somebody of it
    holds or held: leaving does not undo what was earned."""
    block = compiled(programme).blocks.get("outreach") or {}
    wanted = {key: one.get("entitles") or [] for key, one in block.items()}
    given: dict[tuple[str, int], list[Benefit]] = {}
    for one in benefits:
        given.setdefault((one.kind, one.organisation_id), []).append(one)
    found = []
    for holder, roles in _units(programme, unit):
        for key, named in wanted.items():
            kind = f"{OUTREACH}{key}"
            mine = tuple(title for role, title in roles.items() if is_for(named, [role]))
            received = tuple(given.get((kind, holder.pk), ()))
            if mine or received:
                title = Text(block[key].get("zh", ""), block[key].get("en", ""))
                found.append(Entitled(kind, title, holder, mine, received))
    return found


def _units(
    programme: Programme, unit: Organisation | None
) -> Sequence[tuple[Organisation, dict[str, Text]]]:
    seats = Seat.objects.filter(programme=programme).select_related(
        "role", "group", "organisation", "person__unit"
    )
    found: dict[int, tuple[Organisation, dict[str, Text]]] = {}
    for seat in seats.order_by("group__order", "role__order", "pk"):
        holder = seat.unit
        if holder is not None and unit in (None, holder):
            roles = found.setdefault(holder.pk, (holder, {}))[1]
            roles.setdefault(seat.role.key, seat.role.title)
    return list(found.values())


def holds_a_role_for(programme: Programme, kind: str, unit: Organisation) -> bool:
    """Is a promise for this unit, by the roles the charter names?"""
    named = declared(programme, kind).get("entitles") or []
    return any(is_for(named, roles) for _unit, roles in _units(programme, unit))


def title_of(programme: Programme, kind: str) -> Text:
    """How a promise is called."""
    one = declared(programme, kind)
    return Text(str(one.get("zh", "")), str(one.get("en", "")))
