"""The programme home with its river, and the progress sheet for a leader."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keti.charter.queries import compiled
from keti.documents.doors import paper_file
from keti.documents.rules.paper import Paper, tongue
from keti.duties.doors import Seen
from keti.duties.enums import Standing
from keti.groups.doors import Door, enter
from keti.kernel.addresses import absolute
from keti.kernel.templatetags.keti_dates import day_text, deadline_text, last_day, until_text
from keti.ledger.queries import checkpoint
from keti.monitoring import permissions as monitoring
from keti.monitoring.models import Finding
from keti.monitoring.queries import open_findings
from keti.planning.rules.river import draw, rows
from keti.site.queries import home as reads
from keti.site.queries.home import Lot
from keti.site.queries.listed import listed

FINDINGS_SHOWN = 3
FINDINGS_TOLD = 5
SHEET_LINES = 4
MISSING_SHOWN = 8


def home(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole programme in one picture."""
    door = enter(request, slug)
    charter = compiled(door.programme)
    gates = reads.gates_of(door)
    plan = reads.river(door, gates)
    late, ahead = reads.missing_and_ahead(door, FINDINGS_SHOWN)
    shown, finding_count = _findings(door, FINDINGS_SHOWN)
    counts = reads.counts(door)
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
        "river_svg": mark_safe(draw(plan)),
        "rows": rows(plan),
        "counts": counts,
        "late": late,
        "late_count": _late(counts),
        "ahead": ahead,
        "gate": reads.next_gate(gates),
        "decided": _decided_words(door, gates),
        "findings": shown,
        "finding_count": finding_count,
    }
    return render(request, "site/home.html", context)


def _findings(door: Door, most: int) -> tuple[list[Finding], int]:
    """The first of the findings that are open, and how many there are."""

    def still(door: Door) -> QuerySet[Finding]:
        return monitoring.visible(door.sight, open_findings(door.programme))

    first = door.read(("site.findings", most), lambda door: still(door)[:most])
    many = len(first) == most
    return first, door.count(("site.findings",), still) if many else len(first)


def _late(counts: Mapping[str, int]) -> int:
    """How many are due and not received, whatever this seat may call them."""
    return counts[Standing.OVERDUE.value] + counts[Standing.MISSING.value]


def _decided_words(door: Door, gates: Sequence[Lot]) -> str:
    made = reads.decided(gates)
    if made is None:
        return ""
    return _("{gate}：{count} 组已作出决定，最近一次在 {day}。").format(
        gate=made.title.in_(door.lang),
        day=day_text(door.programme.local(made.newest).date(), door.lang),
        count=made.count,
    )


def progress(request: HttpRequest, slug: str) -> HttpResponse:
    """The progress sheet as a page."""
    door = enter(request, slug)
    return render(request, "site/progress.html", {"door": door} | _progress(door))


def progress_paper(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The progress sheet on one A4 page, as a PDF or Word file."""
    door = enter(request, slug)
    facts = _progress(door)
    local = door.programme.local(door.now)
    paper = Paper(
        kind="sheet",
        title=facts["title"],
        subtitle=_("进展一页纸"),
        lang=tongue(door.lang),
        date=day_text(local.date(), door.lang),
        day=local.date(),
        facts=tuple([*facts["facts"], *_short(facts["parts"])]),
        conclusion=facts["conclusion"],
        choices=(_("已阅"), _("请当面说明")),
        checkpoint=checkpoint(door.programme).short(),
        qr=absolute(f"/p/{slug}/"),
        demo=door.programme.is_demo,
    )
    return paper_file(request, paper, form, door.asker, moves=True, inline=form == "pdf")


def _short(parts: list[tuple[str, list[str], int]]) -> list[tuple[str, str]]:
    """Each part as one row of the sheet: its first lines, and how many more there are."""
    rows = []
    for label, lines, count in parts:
        words = "；".join(lines[:SHEET_LINES])
        if count > min(len(lines), SHEET_LINES):
            words += _("；等 {count} 项").format(count=count)
        if lines:
            rows.append((label, listed(words)))
    return rows


def _progress(door: Door) -> dict[str, Any]:
    """Conclusion first: on course or not, then what was decided, what is missing, what is next."""
    counts = reads.counts(door)
    late = _late(counts)
    first, ahead = reads.missing_and_ahead(door, MISSING_SHOWN)
    gates = reads.gates_of(door)
    gate = reads.next_gate(gates)
    findings, finding_count = _findings(door, FINDINGS_TOLD)
    zone, lang = door.programme.tz, door.lang

    def due(one: Seen) -> str:
        return deadline_text(one.duty.due_instant, zone, lang)

    return {
        "title": door.programme.title.in_(lang),
        "conclusion": _conclusion(door, late, finding_count, gate),
        "facts": [
            (_("阶段"), door.programme.phase_title.in_(lang)),
            (_("已办"), _done(counts[Standing.DONE.value], reads.came_late(door))),
            (_("未交"), str(late)),
            (_("七日内到期"), str(counts[Standing.SOON.value])),
        ],
        "parts": [
            (_("已作出的决定"), [words] if (words := _decided_words(door, gates)) else [], 1),
            (
                _("未交"),
                [f"{_group(one, door)} · {one.title} · {one.who} · {due(one)}" for one in first],
                late,
            ),
            (_("未了结的监控意见"), [one.label for one in findings], finding_count),
            (_("接下来"), coming := [f"{due(one)} {one.title}" for one in ahead], len(coming)),
        ],
    }


def _done(count: int, late: int) -> str:
    if not late:
        return str(count)
    return _("{count}，其中迟交 {late}").format(count=count, late=late)


def _group(one: Seen, door: Door) -> str:
    return one.group_title.in_(door.lang)


def _conclusion(door: Door, late: int, findings: int, gate: Lot | None) -> str:
    parts = []
    if late:
        parts.append(ngettext("{count} 件事未交", "{count} 件事未交", late).format(count=late))
    if findings:
        parts.append(
            ngettext("{count} 条监控意见未了结", "{count} 条监控意见未了结", findings).format(
                count=findings
            )
        )
    words = listed("、".join(parts)) if parts else _("到期的事都已办，没有未了结的监控意见")
    if gate is None:
        return _("{state}。").format(state=words)
    return _("{state}。下一个关口是{gate}，{left}。").format(
        state=words,
        gate=gate.title.in_(door.lang),
        left=until_text(gate.first_due, door.now, door.programme.tz, door.lang),
    )
