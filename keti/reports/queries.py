"""Reading reports: of a duty, of a period, newest versions, the printed paper, the search."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from keti.charter.queries import compiled
from keti.charter.rules.compiled import WorkSpec
from keti.documents.rules.dialect import excerpt
from keti.duties.models import Obligation
from keti.duties.queries import of_programme
from keti.groups.models import Seat
from keti.kernel.acts import Subject
from keti.ledger.models import Entry
from keti.ledger.queries import entries
from keti.programmes.models import Programme
from keti.reports import permissions
from keti.reports.models import Report, Version

_VERSION = (
    "report", "report__group", "report__group__parent", "report__obligation",
    "report__obligation__seat", "report__programme", "programme", "file", "evidence",
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
    excerpt: str


def spec_of(obligation: Obligation) -> WorkSpec:
    """What the charter in force says this report is."""
    return compiled(obligation.programme).work(obligation.kind)


def report_of(obligation: Obligation) -> Report | None:
    """The report of this obligation, or None before its first draft."""
    return Report.objects.with_names().filter(obligation=obligation).first()


def report_by_id(seat: Seat | None, public_id: str) -> Report | None:
    """The report with this id, if the seat may see it."""
    return permissions.visible(seat, Report.objects.with_names()).filter(
        public_id=public_id
    ).first()


def versions_of(report: Report) -> list[Version]:
    """All frozen versions, newest first."""
    found = Version.objects.filter(report=report).select_related(*_VERSION)
    return list(found.order_by("-number"))


def version_by_id(programme: Programme, public_id: str) -> Version | None:
    return (
        Version.objects.filter(programme=programme, public_id=public_id)
        .select_related(*_VERSION).first()
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
    return (
        Version.objects.filter(programme=programme, report__obligation__key=obligation_key)
        .select_related(*_VERSION).order_by("-number").first()
    )


def parts_of(obligation: Obligation, spec: WorkSpec) -> list[Part]:
    """What a consolidated or assembled report is made of, in the order of the groups."""
    kind = spec.collects or spec.assembles
    if not kind:
        return []
    duties = of_programme(obligation.programme).filter(kind=kind)
    if spec.collects:
        duties = duties.filter(period=obligation.period)
    owed = sorted(duties, key=lambda one: (one.group.order, one.due_instant, one.pk))
    versions = newest(obligation.programme, [one.pk for one in owed])
    return [Part(one, versions.get(one.pk)) for one in owed]


def pinned(version: Version) -> dict[str, Version]:
    """The versions this one pins, by public id."""
    ids = [one["version"] for one in version.parts if one["version"]]
    found = Version.objects.filter(programme=version.programme_id, public_id__in=ids)
    return {one.public_id: one for one in found.select_related(*_VERSION)}


def history(report: Report) -> list[Entry]:
    """The lines of the report's life, oldest first."""
    ids = [report.public_id, *report.versions.values_list("public_id", flat=True)]
    return list(entries(report.programme).filter(subject_id__in=ids))


def search(seat: Seat | None, programme: Programme, text: str, limit: int = 20) -> list[Hit]:
    """Reports in whose title or text these words occur: only what the seat may see."""
    needle = text.strip()
    if not needle or seat is None or seat.programme_id != programme.pk:
        return []
    titled = Q(obligation__title_zh__icontains=needle) | Q(obligation__title_en__icontains=needle)
    titled |= Q(group__title_zh__icontains=needle) | Q(paper_number__icontains=needle)
    all_seen = permissions.visible(seat, Report.objects.with_names())
    drafts = permissions.with_draft(seat, Report.objects.order_by()).filter(
        words__icontains=needle
    )
    frozen = Version.objects.filter(
        programme=programme, number=F("report__latest"), words__icontains=needle
    ).order_by()
    wanted = titled | Q(pk__in=drafts.values("pk")) | Q(pk__in=frozen.values("report"))
    found = list(all_seen.filter(wanted)[:limit])
    texts = dict(
        Version.objects.filter(report__in=found, number=F("report__latest")).values_list(
            "report_id", "words"
        )
    )
    return [Hit(one.subject(), _around(texts.get(one.pk, ""), needle)) for one in found]


def _around(words: str, needle: str) -> str:
    at = words.lower().find(needle.lower())
    start = max(at - 20, 0) if at >= 0 else 0
    return ("…" if start else "") + excerpt(words[start:], 90)


def counts(reports: Iterable[Report]) -> dict[str, int]:
    """How many of these reports stand in each state."""
    found: dict[str, int] = {}
    for one in reports:
        found[one.state] = found.get(one.state, 0) + 1
    return found


def pin(part: Part) -> dict[str, Any]:
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
