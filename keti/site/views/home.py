"""The programme home with its river."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from keti.charter.queries import compiled
from keti.duties.enums import DutyStatus
from keti.groups.doors import Door, enter
from keti.kernel.templatetags.keti_dates import day_text, last_day
from keti.monitoring import permissions as monitoring
from keti.monitoring.models import Finding
from keti.monitoring.queries import open_findings
from keti.planning.rules.river import MarkRow, draw, rows
from keti.site.queries import home as reads
from keti.site.queries.home import Lot, Plan

FINDINGS_SHOWN = 3


def home(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole programme in one picture."""
    door = enter(request, slug)
    charter = compiled(door.programme)
    plan, svg, marks = door.unchanged(("site.river",), lambda: _drawn(door))
    late, ahead = reads.missing_and_ahead(door, plan, FINDINGS_SHOWN)
    shown, finding_count = open_ones(door, FINDINGS_SHOWN)
    parties = {party.key: party.name.in_(door.lang) for party in charter.parties}
    context = {
        "door": door,
        "title": door.programme.title.in_(door.lang),
        "commissioner": parties.get(charter.commissioner, ""),
        "contractor": parties.get(charter.contractor, ""),
        "span": (
            door.programme.local(door.programme.starts_at).date(),
            last_day(door.programme.ends_at, door.programme.tz),
        ),
        "river_svg": svg,
        "rows": marks,
        "counts": plan.counts,
        "late": late,
        "late_count": _late(plan.counts),
        "ahead": ahead,
        "gate": reads.next_gate(plan.gates),
        "decided": decided_words(door, plan.gates),
        "findings": shown,
        "finding_count": finding_count,
    }
    return render(request, "site/home.html", context)


def _drawn(door: Door) -> tuple[Plan, SafeString, tuple[MarkRow, ...]]:
    """How everything announced stands, as a picture and as its rows."""
    plan = reads.on_the_river(door)
    river = reads.river(door, plan)
    return plan, mark_safe(draw(river)), rows(river)


def open_ones(door: Door, most: int) -> tuple[list[Finding], int]:
    """The first of the findings that are open, and how many there are."""

    def still(door: Door) -> QuerySet[Finding]:
        return monitoring.visible(door.sight, open_findings(door.programme))

    first = door.read(("site.findings", most), lambda door: still(door)[:most])
    many = len(first) == most
    return first, door.count(("site.findings",), still) if many else len(first)


def _late(counts: Mapping[str, int]) -> int:
    """How many are due and not received, whatever this seat may call them."""
    return counts[DutyStatus.OVERDUE.value] + counts[DutyStatus.MISSING.value]


def decided_words(door: Door, gates: Sequence[Lot]) -> str:
    """The gates decided last, in a sentence; "" before the first decision."""
    made = reads.decided(gates)
    if made is None:
        return ""
    return _("{gate}：{count} 组已作出决定，最近一次在 {day}。").format(
        gate=made.title.in_(door.lang),
        day=day_text(door.programme.local(made.newest).date(), door.lang),
        count=made.count,
    )
