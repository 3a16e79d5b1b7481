"""The progress sheet for whoever presides: one page, always printable, conclusion first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keti.documents.doors import paper_file
from keti.documents.rules.forms import Row, heads
from keti.documents.rules.paper import Paper, printed_day, tongue
from keti.documents.rules.written import Body, Box, Grid, Head, Points, as_body
from keti.duties.doors import DutyLine
from keti.groups.doors import Door, enter
from keti.groups.models import Group
from keti.kernel.templatetags.keti_dates import day_text, deadline_text, last_day, until_text
from keti.kernel.templatetags.keti_ui import WORDS
from keti.lists.doors import paged
from keti.monitoring.models import Finding
from keti.planning.rules.river import MarkRow, River, draw, rows
from keti.site.queries import home
from keti.site.queries import progress as reads
from keti.site.queries.home import Lot
from keti.site.queries.listed import listed
from keti.site.views.home import decided_words, open_ones

FINDINGS, LATE, DECISIONS, KINDS = 5, 8, 8, 8
GROUPS = 20
"""So many groups stand on the page at once; the paper has them all."""
WIDTHS = (10, 17, 10, 17, 10, 10, 16, 10)
MILESTONES = ("band", "diamond", "pin")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the sheet, as the acting seat may see it."""

    conclusion: str
    facts: list[tuple[str, str]]
    groups: list[reads.GroupStands]
    decided: str
    achieved: list[reads.Achieved]
    kinds: int
    late: list[reads.Late]
    late_count: int
    decide: list[DutyLine]
    decide_count: int
    findings: list[Finding]
    finding_count: int
    river: River


def progress(request: HttpRequest, slug: str) -> HttpResponse:
    """The progress sheet as a page."""
    door = enter(request, slug)
    tally, groups = door.unchanged(("site.progress-groups",), lambda: _stand(door))
    page = paged(request, groups, GROUPS)
    sheet, svg = door.unchanged(
        ("site.progress", page.number), lambda: _drawn(door, tally, groups, list(page)), names=True
    )
    context = {
        "page": page,
        "door": door,
        "title": door.programme.title.in_(door.lang),
        "sheet": sheet,
        "river_svg": svg,
    }
    return render(request, "site/progress.html", context)


def _stand(door: Door) -> tuple[reads.DutyCounts, list[Group]]:
    tally = reads.tally(door)
    return tally, reads.busy_groups(door, tally)


def _drawn(
    door: Door, tally: reads.DutyCounts, every: Sequence[Group], shown: Sequence[Group]
) -> tuple[Sheet, SafeString]:
    sheet = _sheet(door, tally, every, shown)
    return sheet, mark_safe(draw(sheet.river))


def progress_paper(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The progress sheet as a PDF or Word file: the river as its table of phases and gates."""
    door = enter(request, slug)
    local = door.programme.local(door.now)
    tally, groups = _stand(door)
    sheet = _sheet(door, tally, groups, groups)
    paper = Paper(
        kind="form",
        title=_("进展一页纸"),
        lang=tongue(door.lang),
        issuer=door.programme.title.in_(door.lang),
        date=printed_day(local, door.lang),
        day=local.date(),
        body=_printed(door, sheet),
        demo=door.programme.is_demo,
    )
    return paper_file(request, paper, form, door.asker, moves=True, inline=form == "pdf")


def _sheet(
    door: Door, tally: reads.DutyCounts, every: Sequence[Group], shown: Sequence[Group]
) -> Sheet:
    late, groups = reads.late_and_groups(door, tally, every, shown, LATE)
    plan = home.on_the_river(door)
    gate = home.next_gate(plan.gates)
    findings, finding_count = open_ones(door, FINDINGS)
    achieved = reads.achieved(door, tally)
    decide, decide_count = reads.to_decide(door, DECISIONS)
    return Sheet(
        _conclusion(door, tally.missing, finding_count, gate),
        [
            (_("阶段"), door.programme.phase_title.in_(door.lang)),
            (_("已办"), _done(tally.done, tally.came_late)),
            (_("未交"), str(tally.missing)),
            (_("七日内到期"), str(tally.soon)),
        ],
        groups,
        decided_words(door, plan.gates),
        achieved[:KINDS],
        len(achieved),
        late,
        tally.missing,
        decide,
        decide_count,
        findings,
        finding_count,
        home.river(door, plan),
    )


def _done(count: int, late: int) -> str:
    if not late:
        return str(count)
    return _("{count}，其中迟交 {late}").format(count=count, late=late)


def _conclusion(door: Door, late: int, findings: int, gate: Lot | None) -> str:
    """On course or not, and what comes next."""
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


def _printed(door: Door, sheet: Sheet) -> Body:
    """The sheet as headings, tables and points of a paper, in the order of the page."""
    facts: Row = tuple(
        box for label, value in sheet.facts for box in (Box(label, label=True), Box(value))
    )
    parts: list[Body] = [as_body(sheet.conclusion), (Grid((facts,), WIDTHS),)]
    parts.append(_points(_("现在请您决定"), _decisions(door, sheet), sheet.decide_count))
    parts.append((Head(_("各组进展")), _groups(door, sheet)))
    parts.append(_points(_("取得的进展"), _achieved(sheet, door.lang), 0))
    parts.append(_points(_("没有按期的，为什么"), _late(door, sheet), sheet.late_count))
    found = [one.title for one in sheet.findings]
    parts.append(_points(_("未了结的监控意见"), found, sheet.finding_count))
    parts.append(_points(_("全程进度"), _milestones(sheet.river), 0))
    return tuple(piece for part in parts for piece in part)


def _points(title: str, lines: Sequence[str], count: int) -> Body:
    """A heading with its lines, and how many there are in all; nothing where there is none."""
    if not lines:
        return ()
    more = [_("共 {count} 项").format(count=count)] if count > len(lines) else []
    return (Head(title), Points((*lines, *more)))


def _decisions(door: Door, sheet: Sheet) -> list[str]:
    zone, lang = door.programme.tz, door.lang
    return [f"{one.title} · {deadline_text(one.due_at, zone, lang)}" for one in sheet.decide]


def _groups(door: Door, sheet: Sheet) -> Grid:
    zone = door.programme.tz
    top = heads(_("组别"), _("组长"), _("已办"), _("未交"), _("最近办成"), _("下一件"))
    table: list[Row] = [top]
    for one in sheet.groups:
        last = f"{one.last[0]} {_short(one.last[1])}" if one.last else ""
        coming = f"{one.next[0]} {_short(last_day(one.next[1], zone))}" if one.next else ""
        cells = (one.group.title.in_(door.lang), one.lead, f"{one.done}/{one.owed}")
        words = (*cells, str(one.missing), last, coming)
        table.append(tuple(Box(part) for part in words))
    return Grid(tuple(table), (15, 18, 9, 8, 25, 25), heads=1)


def _short(day: date) -> str:
    """A day of the term, where the year is plain: 08-30."""
    return f"{day:%m-%d}"


def _achieved(sheet: Sheet, lang: str) -> list[str]:
    """The gates in a sentence, all else in a line."""
    counted = [
        _("{title} {count} 项（{day}）").format(
            title=one.title.in_(lang), count=one.count, day=_short(one.newest)
        )
        for one in sheet.achieved
    ]
    lines = [sheet.decided] if sheet.decided else []
    return [*lines, listed("；".join(counted))] if counted else lines


def _late(door: Door, sheet: Sheet) -> list[str]:
    lines = []
    for found in sheet.late:
        one = found.one
        due = deadline_text(one.duty.due_instant, door.programme.tz, door.lang)
        parts = [one.group_title.in_(door.lang), one.title, one.who, due, one.label]
        if found.why:
            parts.append(_("说明：{words}").format(words=found.why))
        elif found.heard:
            parts.append(_("还没有说明"))
        if found.expected:
            parts.append(_("预计 {day}").format(day=day_text(found.expected, door.lang)))
        lines.append(" · ".join(part for part in parts if part))
    return lines


def _milestones(river: River) -> list[str]:
    """The phases, the gates, the events: a line of each kind, in the order of time."""
    lines = []
    marks = rows(river)
    for kind in MILESTONES:
        same = [row for row in marks if row.kind == kind]
        words = [
            " ".join(part for part in (row.label, _days(row), _state(row)) if part) for row in same
        ]
        if words:
            lines.append(listed(f"{same[0].kind_text}{_('：')}{_('；').join(words)}"))
    return lines


def _days(row: MarkRow) -> str:
    return "–".join(_short(day) for day in (row.date, row.until) if day)


def _state(row: MarkRow) -> str:
    return str(WORDS[row.state]) if row.state else ""
