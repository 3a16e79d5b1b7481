"""Reading reports: of a duty, of a period, newest versions, the printed paper, the search."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from keti.charter.queries import compiled
from keti.charter.rules.compiled import WorkSpec
from keti.documents.rules.refs.item import Reference as Held
from keti.documents.rules.written import excerpt
from keti.duties.models import Obligation
from keti.duties.queries import of_programme
from keti.groups.models import Group, Seat
from keti.groups.permissions import Sight
from keti.groups.queries import standing
from keti.kernel.acts import Subject, Text
from keti.kernel.once import once
from keti.kernel.prepared import prepared
from keti.kernel.sought import each, holds, place_of
from keti.ledger.models import Entry
from keti.ledger.queries import entries
from keti.programmes.models import Programme
from keti.reports import permissions, rules
from keti.reports.models import Reference, Report, ReportQuerySet, Version

_VERSION = (
    "report",
    "report__group",
    "report__group__parent",
    "report__obligation",
    "report__obligation__seat",
    "report__programme",
    "programme",
    "file",
    "evidence",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One sub-report or chapter that another paper is made of; `version` None while 未交."""

    obligation: Obligation
    version: Version | None


@dataclass(frozen=True, slots=True)
class Hit:
    """One find of the search: what, and the words around it."""

    subject: Subject
    title: Text
    excerpt: str


def spec_of(obligation: Obligation) -> WorkSpec:
    """What the charter in force says this report is."""
    return compiled(obligation.programme).work(obligation.kind)


def assignees(group: Group, at: datetime) -> list[Seat]:
    """The group's own seats at `at`: who can be named beside an item of its plan."""
    seats = standing(group.programme, at).filter(group=group)
    return [seat for seat in seats if not seat.role.external]


def report_of(obligation: Obligation) -> Report | None:
    """The report of this obligation, or None before its first draft."""
    return Report.objects.with_names().filter(obligation=obligation).first()


def report_by_id(sight: Sight | None, public_id: str) -> Report | None:
    """The report with this id, if the seat may see it."""

    def seen(public_id: str) -> ReportQuerySet:
        every = permissions.visible(sight, Report.objects.with_names())
        return every.filter(public_id=public_id)

    key = sight.key if sight else ()
    return next(iter(prepared(("reports.by-id", *key), seen, public_id)), None)


def versions_of(report: Report) -> list[Version]:
    """All frozen versions, newest first; read once for a page."""
    name = "reports.versions"
    return once((name, report.pk), lambda: prepared((name,), _versions, report.pk))


def _versions(report: int) -> QuerySet[Version]:
    found = Version.objects.filter(report=report).select_related(*_VERSION)
    return found.order_by("-number")


def references_of(report: Report) -> list[Held]:
    """The references of a draft, in the order they were added."""
    rows = Reference.objects.filter(report=report).order_by("pk")
    return [one.held() for one in rows]


def reference_by_id(report: Report, public_id: str) -> Reference | None:
    """The reference of this report with this id."""
    found = Reference.objects.filter(report=report, public_id=public_id).first()
    if found is not None:
        found.report = report
    return found


def print_of(reference: Reference) -> str:
    """What tells whether a reference was changed."""
    return rules.fingerprint([reference.item, reference.unread])


def newest_of(report: Report) -> Version | None:
    """What was handed in last; None before the first."""
    found = Version.objects.filter(report=report).select_related(*_VERSION)
    return found.order_by("-number").first()


@dataclass(frozen=True, slots=True)
class Latest:
    """What a list tells of the newest frozen version."""

    number: int
    sha256: str
    at: datetime
    recorded_at: datetime
    on_behalf: bool
    recorded_late: bool
    seat_label: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One report of a list, without its texts; `version` None before it was first handed in."""

    public_id: str
    title: Text
    group: Text
    period: str
    state: str
    due: datetime
    version: Latest | None

    @classmethod
    def of(cls, row: Sequence[Any]) -> "Listed":
        """From a row of `listing`."""
        public_id, *titles, period, state, due = row[: len(_LISTED)]
        version = row[len(_LISTED) :]
        newest = None if version[0] is None else Latest(*version)
        return cls(public_id, Text(*titles[:2]), Text(*titles[2:]), period, state, due, newest)


_LATEST = tuple(f"newest__{one.name}" for one in fields(Latest))
_LISTED = (
    "public_id",
    "obligation__title_zh",
    "obligation__title_en",
    "group__title_zh",
    "group__title_en",
    "period",
    "state",
    "obligation__due",
)


def listing(reports: ReportQuerySet) -> QuerySet[Report, tuple[Any, ...]]:
    """These reports as rows for `Listed.of`, each with its newest version (`newest`)."""
    newest_one = FilteredRelation("versions", condition=Q(versions__number=F("latest")))
    return reports.annotate(newest=newest_one).values_list(*_LISTED, *_LATEST)


def version_before(duty: Obligation) -> Version | None:
    """What the group handed in last of this kind before this one: last month's report."""
    found = Version.objects.filter(
        programme=duty.programme,
        report__kind=duty.kind,
        report__group=duty.group,
        report__obligation__due_at__lt=duty.due_at,
    )
    return found.order_by("-report__obligation__due_at", "-number").first()


def version_by_id(programme: Programme, public_id: str) -> Version | None:
    return (
        Version.objects.filter(programme=programme, public_id=public_id)
        .select_related(*_VERSION)
        .first()
    )


def newest(programme: Programme, obligation_ids: Iterable[int]) -> dict[int, Version]:
    """The newest frozen version of each of these obligations, by the obligation's row."""
    found = Version.objects.filter(
        programme=programme,
        report__obligation__in=list(obligation_ids),
        number=F("report__latest"),
    ).select_related(*_VERSION)
    return {version.report.obligation_id: version for version in found}


def latest_version(programme: Programme, obligation_key: str) -> Version | None:
    """The newest frozen version of the report of this obligation, or None."""
    return next(iter(prepared(("reports.latest",), _latest, programme.pk, obligation_key)), None)


def _latest(programme: int, key: str) -> QuerySet[Version]:
    found = Version.objects.filter(programme=programme, report__obligation__key=key)
    return found.select_related(*_VERSION).order_by("-number")[:1]


def parts_of(obligation: Obligation, spec: WorkSpec) -> list[Part]:
    """What a consolidated or assembled report is made of, in the order of the groups: of its own
    group where there is any, else of the groups right under it, else of all."""
    kind = spec.collects or spec.assembles
    if not kind:
        return []
    duties = of_programme(obligation.programme).filter(kind=kind)
    if spec.collects:
        duties = duties.filter(period=obligation.period)
    every = sorted(duties, key=lambda one: (one.group.order, one.due_instant, one.pk))
    home = obligation.group_id
    own = [one for one in every if one.group_id == home]
    owed = own or [one for one in every if one.group.parent_id == home] or every
    versions = newest(obligation.programme, [one.pk for one in owed])
    return [Part(one, versions.get(one.pk)) for one in owed]


def pinned(version: Version) -> dict[str, Version]:
    """The versions this one pins, by public id; read once for a page."""
    ids = tuple(one["version"] for one in version.parts if one["version"])
    if not ids:
        return {}

    def these(programme: int) -> QuerySet[Version]:
        found = Version.objects.filter(programme=programme, public_id__in=ids)
        return found.select_related(*_VERSION)

    key = ("reports.pinned", ids)
    found = once(key, lambda: prepared(key, these, version.programme_id))
    return {one.public_id: one for one in found}


def history(report: Report) -> list[Entry]:
    """The lines of the report's life, oldest first."""
    ids = [report.public_id, *(one.public_id for one in versions_of(report))]
    return list(entries(report.programme).filter(subject_id__in=ids))


_TITLES = ("obligation__title_zh", "obligation__title_en", "group__title_zh", "paper_number")


def search(sight: Sight | None, programme: Programme, text: str, limit: int = 20) -> list[Hit]:
    """Reports in whose title or text each of these words occurs: only what the seat may see."""
    needle = text.strip()
    if not needle or sight is None or sight.programme_id != programme.pk:
        return []
    all_seen = permissions.visible(sight, Report.objects.with_names())
    drafts = permissions.with_draft(sight, Report.objects.order_by())
    frozen = Version.objects.filter(programme=programme, number=F("report__latest")).order_by()

    def stands(word: str) -> Q:
        texts = Q(pk__in=drafts.filter(holds(word, "words")).values("pk"))
        texts |= Q(pk__in=frozen.filter(holds(word, "words")).values("report"))
        return holds(word, *_TITLES) | texts

    wanted = each(needle, stands)
    found = list(all_seen.filter(wanted)[:limit])
    texts = dict(
        Version.objects.filter(report__in=found, number=F("report__latest")).values_list(
            "report_id", "words"
        )
    )
    return [Hit(one.subject(), one.title, _around(texts.get(one.pk, ""), needle)) for one in found]


def _around(words: str, needle: str) -> str:
    at = place_of(words, needle)
    start = max(at - 20, 0) if at >= 0 else 0
    return ("…" if start else "") + excerpt(words[start:], 90)


def counts(reports: Iterable[Report]) -> dict[str, int]:
    """How many of these reports stand in each state."""
    found: dict[str, int] = {}
    for one in reports:
        found[one.state] = found.get(one.state, 0) + 1
    return found
