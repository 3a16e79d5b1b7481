"""Slack: things due at the very instant of what they are made from, comment windows too short."""

from __future__ import annotations

from typing import Any

from keti.charter.rules.compiled import ObligationSpec
from keti.charter.rules.dates import DAY
from keti.charter.rules.findings import Path
from keti.charter.rules.lint.brief import Brief
from keti.charter.rules.lint.calendar.terms import LITTLE
from keti.charter.rules.lint.calendar.uses import PAPERS, declared, local_day


def judge(brief: Brief) -> None:
    """Report each kind of work or gate once."""
    by_key = {one.key: one for one in brief.compiled.obligations}
    paths = {key: path for path, key, _ in declared(brief)}
    seen: set[tuple[Path, str]] = set()
    for one in brief.compiled.obligations:
        for key in one.needs:
            need = by_key.get(key)
            if need and _same_instant(one, need) and need.due_rule:
                path: Path = ("gates", one.kind[5:], "by") if one.gate else _due(paths, brief, one)
                if (path, need.kind) not in seen:
                    seen.add((path, need.kind))
                    _report(brief, path, one, need)
    for one in brief.compiled.obligations:
        if one.form == "consultation" and one.opens_at and one.kind in paths:
            _short_window(brief, one, (*paths[one.kind], "due"))


def _same_instant(one: ObligationSpec, need: ObligationSpec) -> bool:
    papers = need.form in PAPERS and (one.form in PAPERS or bool(one.gate))
    return papers and one.due_at == need.due_at


def _due(paths: dict[str, Path], brief: Brief, one: ObligationSpec) -> Path:
    path = (*paths[one.kind], "due")
    return path if brief.report.has(path) else paths[one.kind]


def _report(brief: Brief, path: Path, one: ObligationSpec, need: ObligationSpec) -> None:
    several = sum(
        other.kind == need.kind and other.period == need.period and other.due_at == need.due_at
        for other in brief.compiled.obligations
    )
    others = (one.role, one.group) != (need.role, need.group)
    facts: dict[str, Any] = {"zh": need.title.in_("zh"), "en": need.title.in_("en")}
    if others:
        brief.report.warning("charter.no-slack", path, **facts, count=several)
    else:
        brief.report.note("charter.no-slack-own", path, **facts)


def _short_window(brief: Brief, one: ObligationSpec, path: Path) -> None:
    """A comment window most of which are days off."""
    if one.opens_at is None or brief.scene.workdays.name == "none":
        return
    zone = brief.scene.zone
    first, last = one.opens_at.astimezone(zone).date(), local_day(one.due_at, zone)
    days = brief.scene.workdays.between(first - DAY, last)
    if days < LITTLE:
        total = (last - first).days + 1
        brief.report.warning("charter.short-window", path, days=days, total=total)
