"""The roll: computed from seats, drawn up in editions, printed only with standing consent."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from keti.consents.enums import Purpose
from keti.consents.queries import consenting
from keti.documents.rules.paper import RollGroup
from keti.documents.rules.written import Box, Grid
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.kernel.acts import Text
from keti.kernel.refusals import sentence
from keti.programmes.models import Programme
from keti.release import rules
from keti.release.enums import RollList
from keti.release.models import Correction, Roll, RollRow
from keti.release.queries.proofs import silent_seats
from keti.release.rules import RollEntry


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A seat, or the delegate of a unit's seat, who is not named, and the code of why."""

    seat: Seat
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The roll as it would be drawn up now: its entries, their seats, who is not named."""

    entries: tuple[RollEntry, ...]
    seats: dict[str, Seat]
    left_out: tuple[LeftOut, ...]

    def entry_of(self, seat_id: str) -> RollEntry | None:
        """The entry of this seat, or None where it is not named."""
        return next((one for one in self.entries if one.seat == seat_id), None)


def proposed(programme: Programme, at: datetime, purpose: Purpose = Purpose.ROLL) -> Draft:
    """The roll as of `at`, from all seats past and present, with the corrections of the proof, for
    the one recipient that people agreed to by `purpose`."""
    found = Seat.objects.filter(programme=programme, starts_at__lte=at).held().with_names()
    seats = list(found.select_related("roll_correction"))
    agree, silent = consenting(programme, purpose), silent_seats(programme)
    entries, left_out = [], []
    for seat in seats:
        entry = _entry(seat, at, agree)
        if entry.seat in silent:
            left_out.append(LeftOut(seat, seat.holder.label, "release.left-out-silent"))
            continue
        if entry.list != RollList.UNIT and entry.person not in agree:
            left_out.append(LeftOut(seat, seat.holder.label, "release.no-consent"))
            continue
        if seat.delegate and entry.person not in agree:
            left_out.append(LeftOut(seat, seat.delegate.label, "release.delegate-no-consent"))
        entries.append(entry)
    kept = rules.in_protocol_order(rules.each_once(entries))
    return Draft(tuple(kept), {one.public_id: one for one in seats}, tuple(left_out))


def correction_of(seat: Seat) -> Correction | None:
    """How this seat is to be named, where the proof was corrected."""
    return getattr(seat, "roll_correction", None)


def _entry(seat: Seat, at: datetime, agree: frozenset[str]) -> RollEntry:
    fixed = correction_of(seat)
    person, unit = seat.person, seat.organisation
    name_zh, name_en = (person.name, person.name_en) if person else _unit(seat)
    delegate = seat.delegate if unit and seat.delegate else None
    named = delegate if delegate and delegate.public_id in agree else None
    home = person.unit if person else None
    order = fixed.order if fixed else seat.order
    return RollEntry(
        list=_list_of(seat).value,
        group_zh=seat.group.title_zh,
        group_en=seat.group.title_en,
        role_zh=seat.role.title_zh,
        role_en=seat.role.title_en,
        seat=seat.public_id,
        person=person.public_id if person else (delegate.public_id if delegate else ""),
        name_zh=fixed.name_zh if fixed else name_zh,
        name_en=fixed.name_en if fixed else name_en,
        honorific=fixed.honorific if fixed else seat.style,
        unit_zh=home.name_zh if home else "",
        unit_en=home.name_en if home else "",
        delegate_zh=named.name if named else "",
        delegate_en=named.name_en if named else "",
        former=seat.ends_at is not None and seat.ends_at <= at,
        place=(seat.group.order, seat.role.order, order, seat.pk),
    )


def _list_of(seat: Seat) -> RollList:
    """Units; persons; and apart from them who judged or advised and wrote nothing."""
    if seat.person is None:
        return RollList.UNIT
    wrote = any(seat.can(verb) for verb in ("contribute", "lead", "manage"))
    aside = any(seat.can(verb) for verb in ("judge", "advise"))
    return RollList.EXPERT if aside and not wrote else RollList.PERSON


def _unit(seat: Seat) -> tuple[str, str]:
    unit = seat.organisation
    return (unit.name_zh, unit.name_en) if unit else ("", "")


def drawn(obligation: Obligation) -> Roll | None:
    """The newest edition of this roll, or None before the first."""
    found = Roll.objects.filter(obligation=obligation).select_related("programme", "obligation")
    return found.order_by("-edition").first()


_COPIED = [one.name for one in fields(RollEntry) if one.name != "place"]


def printed(roll: Roll) -> list[RollEntry]:
    """The rows that may be printed today: a withdrawn consent takes its name out."""
    agree = consenting(roll.programme)
    rows = RollRow.objects.filter(roll=roll).order_by("position")
    shown = []
    for row in rows:
        facts = {name: getattr(row, name) for name in _COPIED}
        if row.person not in agree:
            if row.list != RollList.UNIT:
                continue
            facts |= {"delegate_zh": "", "delegate_en": ""}
        shown.append(RollEntry(**facts))
    return shown


def roll_groups(entries: Sequence[RollEntry], lang: str) -> tuple[RollGroup, ...]:
    """The lists as printed: units, persons, experts, each by group; as lines for a page, as the
    customary table for paper."""
    return tuple(
        RollGroup(title, tuple(entry_line(one, lang) for one in inside), (_table(inside, lang),))
        for title, inside in _grouped(entries, lang)
    )


UNITS = (("no", 2), ("unit", 8), ("role", 5), ("who", 5))
PERSONS = (("no", 2), ("name", 5), ("unit", 8), ("role", 5))


def _table(entries: Sequence[RollEntry], lang: str) -> Grid:
    """序号 单位 职务 代表人, or 序号 姓名 单位 职务."""
    units = entries[0].list == RollList.UNIT
    columns = UNITS if units else PERSONS
    head = tuple(
        Box(sentence(f"release.roll-{name}", {}, lang), label=True) for name, _w in columns
    )
    rows = tuple(
        tuple(Box(told[name]) for name, _width in columns)
        for told in (_cells(one, place, lang) for place, one in enumerate(entries, start=1))
    )
    return Grid((head, *rows), tuple(width for _name, width in columns), heads=1)


def _cells(one: RollEntry, place: int, lang: str) -> dict[str, str]:
    name = Text(one.name_zh, one.name_en).in_(lang)
    role = Text(one.role_zh, one.role_en).in_(lang)
    unit = name if one.list == RollList.UNIT else Text(one.unit_zh, one.unit_en).in_(lang)
    return {
        "no": str(place),
        "name": f"{name} {one.honorific}".strip(),
        "unit": unit,
        "role": sentence("release.roll-was", {"role": role}, lang) if one.former else role,
        "who": Text(one.delegate_zh, one.delegate_en).in_(lang),
    }


def proof_groups(draft: Draft, lang: str) -> list[tuple[str, list[tuple[Seat, RollEntry]]]]:
    """The same lists with the seat behind each entry, for the proof."""
    return [
        (title, [(draft.seats[one.seat], one) for one in inside])
        for title, inside in _grouped(draft.entries, lang)
    ]


def _grouped(entries: Sequence[RollEntry], lang: str) -> list[tuple[str, list[RollEntry]]]:
    found: dict[tuple[str, str], list[RollEntry]] = {}
    for one in entries:
        group = Text(one.group_zh, one.group_en).in_(lang)
        found.setdefault((one.list, group), []).append(one)
    return [
        (sentence(f"release.roll-of-{kind}s", {"group": group}, lang), inside)
        for (kind, group), inside in found.items()
    ]


def entry_line(one: RollEntry, lang: str) -> str:
    """One entry as printed: 牵头组长：王某某 教授，某大学."""
    english = lang.startswith("en")
    name = Text(one.name_zh, one.name_en).in_(lang)
    delegate = Text(one.delegate_zh, one.delegate_en).in_(lang)
    styled = [name, one.honorific] if english else [f"{name} {one.honorific}".strip()]
    words = [*styled, Text(one.unit_zh, one.unit_en).in_(lang)]
    if delegate:
        words.append(sentence("release.roll-delegate", {"who": delegate}, lang))
    code = "release.roll-former" if one.former else "release.roll-line"
    who = (", " if english else "，").join(word for word in words if word)
    return sentence(code, {"role": Text(one.role_zh, one.role_en).in_(lang), "who": who}, lang)
