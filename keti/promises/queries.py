"""Reading promises: what the charter says of one, what shows it, what was said of it last."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from keti.accounts.models import Organisation
from keti.charter.queries import compiled
from keti.charter.rules.criteria import Criterion, Tally
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.honours.queries import figures_of
from keti.honours.rules import asked, meets
from keti.kernel.acts import Text
from keti.programmes.models import Programme
from keti.promises.enums import Unit
from keti.promises.models import Benefit, Exhibit, Settlement
from keti.promises.rules import OUTREACH, Reach, Shown, is_for, reached

UNITS = dict(Unit.choices)
Units = Sequence[tuple[Organisation, list[Seat]]]
"""Every unit with the seats that it or somebody of it holds or held."""


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


def counted_in(
    programme: Programme, units: Collection[str]
) -> dict[str, tuple[Text, Mapping[str, Any]]]:
    """The promises whose target is said in one of these units, by kind: title and target."""
    block = compiled(programme).blocks.get("outreach") or {}
    every = {f"{OUTREACH}{key}": one for key, one in block.items()}
    targets = {kind: target_of(programme, kind) for kind in every}
    return {
        kind: (Text(str(one.get("zh", "")), str(one.get("en", ""))), targets[kind])
        for kind, one in every.items()
        if set(targets[kind]) & set(units)
    }


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
    """What one promise means for one unit. `roles`: the roles of it that the promise is for;
    `lacks`: what the charter asks first (`provided`) and no seat of it in such a role has done."""

    kind: str
    title: Text
    unit: Organisation
    roles: tuple[Text, ...]
    given: tuple[Benefit, ...]
    lacks: tuple[Criterion, ...] = ()

    @property
    def entitled(self) -> bool:
        """Has it the role, and done what is asked of it?"""
        return bool(self.roles) and not self.lacks


def entitlements(
    programme: Programme,
    benefits: Iterable[Benefit],
    at: datetime,
    unit: Organisation | None = None,
) -> list[Entitled]:
    """Unit by unit what the charter entitles it to by its roles and its record at this moment, and
    what it was given of `benefits`; of one unit alone where it is named. A unit has the roles that
    it or somebody of it holds or held: leaving does not undo what was earned."""
    block = compiled(programme).blocks.get("outreach") or {}
    given: dict[tuple[str, int], list[Benefit]] = {}
    for one in benefits:
        given.setdefault((one.kind, one.organisation_id), []).append(one)
    asked_first = {key: _asked(programme, one) for key, one in block.items()}
    units = _units(programme, unit)
    figures = _figures(programme, at, units) if any(asked_first.values()) else {}
    found = []
    for holder, seats in units:
        for key, one in block.items():
            kind = f"{OUTREACH}{key}"
            mine = [seat for seat in seats if is_for(one.get("entitles") or [], [seat.role.key])]
            received = tuple(given.get((kind, holder.pk), ()))
            if not mine and not received:
                continue
            roles = {seat.role.key: seat.role.title for seat in mine}
            lacks = _lacks(asked_first[key], [figures.get(seat.public_id, {}) for seat in mine])
            title = Text(one.get("zh", ""), one.get("en", ""))
            found.append(Entitled(kind, title, holder, tuple(roles.values()), received, lacks))
    return found


def _asked(programme: Programme, one: Mapping[str, Any]) -> list[Criterion]:
    """What a promise asks of a unit first, as far as the record tells it."""
    words = one.get("provided") or []
    return asked(words, {work.key for work in compiled(programme).works})[0] if words else []


def _lacks(
    criteria: Sequence[Criterion], figures: Sequence[Mapping[str, Tally]]
) -> tuple[Criterion, ...]:
    """What the seat of a unit that comes nearest has not done; nothing where one did all."""
    short = [tuple(meets(criteria, dict(one))) for one in figures] if criteria else []
    return min(short, key=len, default=())


def _figures(programme: Programme, at: datetime, units: Units) -> Mapping[str, Mapping[str, Tally]]:
    return figures_of(programme, at, [seat for _unit, seats in units for seat in seats])


def _units(programme: Programme, unit: Organisation | None) -> Units:
    seats = Seat.objects.filter(programme=programme).select_related(
        "role", "group", "organisation", "person__unit"
    )
    found: dict[int, tuple[Organisation, list[Seat]]] = {}
    for seat in seats.order_by("group__order", "role__order", "pk"):
        holder = seat.unit
        if holder is not None and unit in (None, holder):
            found.setdefault(holder.pk, (holder, []))[1].append(seat)
    return list(found.values())


def for_unit(programme: Programme, kind: str, unit: Organisation, at: datetime) -> Entitled | None:
    """What a promise means for this unit; None where it is not for it."""
    found = entitlements(programme, [], at, unit)
    return next((one for one in found if one.kind == kind), None)


def title_of(programme: Programme, kind: str) -> Text:
    """How a promise is called."""
    one = declared(programme, kind)
    return Text(str(one.get("zh", "")), str(one.get("en", "")))


def drawn(one: Reach) -> dict[str, Any]:
    """A target and its readings, ready to be drawn: bars in percent of the longest."""
    longest = max([one.target or 0, one.best, *(row.value for row in one.readings), 1])
    return {
        "unit": str(UNITS.get(one.unit, one.unit)),
        "target": one.target,
        "target_share": (one.target or 0) * 100 // longest,
        "best": one.best,
        "best_share": one.best * 100 // longest,
        "together": one.together,
        "several": len(one.readings) > 1,
        "reached": one.reached,
        "missing": one.missing,
        "rows": [
            {"channel": row.channel, "value": row.value, "day": row.day,
             "share": row.value * 100 // longest}
            for row in one.readings
        ],
    }  # fmt: skip
