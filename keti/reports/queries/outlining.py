"""The outline that a report is written by, once it is accepted: its headings, by chapter."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from keti.charter.queries import compiled
from keti.charter.rules.compiled import Compiled, WorkSpec
from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.duties.queries import of_programme
from keti.groups.models import Group
from keti.kernel.acts import Text
from keti.kernel.once import once
from keti.programmes.models import Programme
from keti.reports import rules
from keti.reports.enums import ReportState
from keti.reports.models import Version
from keti.reports.queries.reading import Part, newest, parts_of

NOTHING = rules.Planned()


def first_tongue(programme: Programme) -> str:
    """The language a programme writes in first."""
    return "en" if compiled(programme).langs[0].startswith("en") else "zh-hans"


def planned_for(duty: Obligation, spec: WorkSpec) -> rules.Planned:
    """What the accepted outline says of this report: its chapter, or what is of the whole."""
    of_book = book_of(compiled(duty.programme), spec)
    if of_book is None:
        return NOTHING
    chapters = planned_chapters(duty.programme, of_book)
    is_chapter = of_book.assembles == spec.key
    return chapters.get(duty.group.key if is_chapter else "", NOTHING)


def skeleton_of(duty: Obligation, spec: WorkSpec) -> dict[str, str]:
    """Section key -> the headings that the accepted outline gives it, as typed lines."""
    headings = planned_for(duty, spec).headings
    return rules.skeleton(headings, spec.sections, first_tongue(duty.programme))


def pins_of(duty: Obligation, spec: WorkSpec) -> list[dict[str, Any]]:
    """What the report is made of as plain values, pinned by hash; a chapter has its title from the
    outline, in the language that is written in."""
    planned = planned_chapters(duty.programme, spec) if spec.outline else {}
    name = "title_en" if first_tongue(duty.programme) == "en" else "title_zh"
    found = []
    for part in parts_of(duty, spec):
        title = planned.get(part.obligation.group.key, NOTHING).title
        found.append(_pin(part) | ({name: title} if title else {}))
    return found


def _pin(part: Part) -> dict[str, Any]:
    """A part as plain values, pinned by hash."""
    version = part.version
    return {
        "group": part.obligation.group.key,
        "title_zh": part.obligation.group.title_zh,
        "title_en": part.obligation.group.title_en,
        "version": version.public_id if version else "",
        "number": version.number if version else 0,
        "sha256": version.sha256 if version else "",
    }


def book_of(charter: Compiled, spec: WorkSpec) -> WorkSpec | None:
    """The report with an outline that this one is, or is a chapter of."""
    books = (one for one in charter.works if one.outline)
    return next((one for one in books if spec.key in (one.key, one.assembles)), None)


def planned_chapters(programme: Programme, book: WorkSpec) -> dict[str, rules.Planned]:
    """Group key -> its chapter as the accepted outline has it, "" for the whole; nothing before it
    is accepted. Read once for a page."""

    def found() -> dict[str, rules.Planned]:
        version = _accepted(programme, book.outline)
        if version is None:
            return {}
        return rules.assigned(rules.outlined(version.sections), _owing(programme, book))

    return once(("reports.outline", programme.pk, book.key), found)


def _owing(programme: Programme, book: WorkSpec) -> dict[str, Text]:
    """The groups that owe a chapter, by their names."""
    owed = Obligation.objects.filter(programme=programme, kind=book.assembles).values("group")
    return {one.key: one.title for one in Group.objects.filter(pk__in=owed)}


def _accepted(programme: Programme, kind: str) -> Version | None:
    """The outline of the whole as every gate that judges it let it pass; where none does, as its
    reader accepted it."""
    judged = [one for one in compiled(programme).gates if _judges(one.inputs, kind)]
    gates = [one.key for one in judged]
    wanted = Q(kind=kind, form="report") | Q(form="decision", gate__in=gates)
    duties = list(of_programme(programme).filter(wanted))
    owed = [one for one in duties if one.kind == kind]
    versions = newest(programme, [one.pk for one in owed]) if len(owed) == 1 else {}
    version = next(iter(versions.values()), None)
    if version is None or not _passed(version, [one for one in duties if one.kind != kind], gates):
        return None
    return version


def _judges(inputs: Iterable[str], kind: str) -> bool:
    return any(one.partition("@")[0] == kind for one in inputs)


def _passed(version: Version, decisions: list[Obligation], gates: list[str]) -> bool:
    if gates:
        return bool(decisions) and all(one.state == DutyState.MET for one in decisions)
    return bool(version.report.state == ReportState.ACCEPTED)
