"""The charter page: clause, what the charter makes of it, findings; versions; the file itself."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from keti.charter.models import CharterVersion
from keti.charter.queries import compiled, in_force, version_in_force
from keti.charter.rules import Compiled, Finding
from keti.charter.rules.findings import Path, in_words
from keti.charter.rules.lint.brief import clause_rows
from keti.charter.rules.lint.coverage import covered
from keti.charter.rules.reading import read
from keti.charter.rules.vocabulary import Field, block_at
from keti.groups.doors import Door, enter
from keti.kernel.templatetags.keti_dates import day_text, deadline_text
from keti.planning.models import CharterDraft
from keti.planning.permissions import amends_freely, may_attach, may_delete, may_draft
from keti.planning.queries import amendments, judged
from keti.planning.rules import shelf
from keti.planning.rules.clauses import Clause, cited
from keti.planning.rules.clauses import read as clauses_of
from keti.planning.rules.course import course
from keti.planning.rules.river import draw, rows
from keti.planning.rules.worded import differences, facts
from keti.planning.views.entries import remarks

FIRST, ALL, LEFT = "calendar", "all", "left"
UNFOLDED = 4


@dataclass(slots=True)
class SaidThing:
    """One thing the charter says, beside the clauses it comes from."""

    title: str
    facts: list[tuple[str, str]]
    gist: str = ""
    dates: str = ""
    stated: str = ""
    why: str = ""
    source: str = ""
    clauses: list[Clause] = field(default_factory=list)
    remarks: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of the charter."""

    key: str
    title: str
    blocks: list[SaidThing]
    folds: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A version with everything a page needs of it; `key` says shortly all that it says."""

    key: Hashable
    data: Any
    charter: Compiled
    findings: list[Finding]
    table: dict[str, Clause]
    zone: Any
    lang: str


def charter(request: HttpRequest, slug: str) -> HttpResponse:
    """The charter in force, part by part, beside the clauses of its notice."""
    door = enter(request, slug)
    version = in_force(door.programme)
    said = _said(door, version)
    every = [(one, count) for one, count in shelf.sections(said.data) if count]
    part = request.GET.get("part", FIRST)
    known = {one.key for one, _count in every} | {ALL, LEFT}
    part = part if part in known else (every[0][0].key if every else ALL)
    wanted = [one for one, _count in every if part in (one.key, ALL)]
    rules, left = _clauses(version.text, version.clauses)
    river = course(said.charter, door.lang, door.now)
    context = {
        "door": door,
        "version": version,
        "part": part,
        "parts": [
            (one.key, one.label.in_(door.lang), len(_about((one.key,), said.findings, False)))
            for one, _count in every
        ],
        "by": (said.key, part, door.programme.slug, door.programme.zone, bool(version.notice)),
        "chapters": lambda: [_chapter(one, said, part) for one in wanted],
        "left": [(one.id, one.words.in_(door.lang)) for one in left],
        "covered": rules - len(left),
        "every": rules,
        "errors": sum(1 for one in said.findings if one.severity == "error"),
        "warnings": sum(1 for one in said.findings if one.severity == "warning"),
        "lang": door.lang,
        "notice": version.notice,
        "may_attach": may_attach(door.act(), door.programme),
        "manages": bool(may_delete(door.act(), door.programme)),
        "free": amends_freely(door.seat, door.programme),
        "may_draft": may_draft(door.act(), door.programme),
        "own_draft": CharterDraft.objects.filter(programme=door.programme, by=door.person).exists(),
        "waiting": amendments(door.programme).open().count(),
        "river_svg": mark_safe(draw(river)),
        "river_rows": rows(river),
    }
    return render(request, "planning/charter.html", context)


@lru_cache(maxsize=16)
def _read(text: str) -> Any:
    """The file as data, which nobody here changes."""
    return read(text).data


@lru_cache(maxsize=16)
def _clauses(text: str, clauses: str) -> tuple[int, tuple[Any, ...]]:
    """How many clauses the notice has, and those that nothing in the charter says."""
    rules = covered(_read(text), clause_rows(clauses))
    return len(rules), tuple(one.clause for one in rules if not one.blocks)


def _said(door: Door, version: CharterVersion) -> Said:
    found = judged(door.programme, door.now)
    heard = tuple((one.path, one.code, one.severity, one.sentence(door.lang)) for one in found)
    return Said(
        (version_in_force(door.programme), heard),
        _read(version.text),
        compiled(door.programme),
        found,
        clauses_of(version.clauses),
        door.programme.tz,
        door.lang,
    )


def _chapter(spec: Field, said: Said, part: str) -> Chapter:
    label = spec.label.in_(said.lang)
    path = (spec.key,)
    block = block_at(path)
    own = [_block(path, said, label)] if spec.kind == "block" else []
    inner = [_block(one.path, said) for one in shelf.entries(said.data, path)] if (
        spec.kind == "blocks" or (block and block.entries)
    ) else []  # fmt: skip
    blocks = [one for one in [*own, *inner] if one.facts or one.remarks]
    return Chapter(spec.key, label, blocks, part != ALL and len(blocks) > UNFOLDED)


def _block(path: Path, said: Said, label: str = "") -> SaidThing:
    held = shelf.at(said.data, path)
    held = held if isinstance(held, dict) else {}
    source = held.get("source", "")
    words = source if isinstance(source, list) else [str(source)]
    resolve = held.get("resolve") or {}
    stated = held.get("stated") or {}
    title = shelf.title_of(held, str(path[-1])).in_(said.lang)
    cites = [said.table[one] for one in cited(map(str, words)) if one in said.table]
    return SaidThing(
        label or title,
        [(name, text) for name, text in facts(said.data, path, said.lang)],
        shelf.gist(said.data, path, said.lang),
        _dates(path, said),
        shelf.title_of(stated.get("text"), "").in_(said.lang),
        shelf.title_of(resolve.get("why"), "").in_(said.lang),
        "; ".join(cited(map(str, words))),
        cites,
        remarks(_about(path, said.findings, len(path) == 1), said.lang, said.data),
    )


def _about(path: Path, found: Iterable[Finding], exact: bool) -> list[Finding]:
    """The findings on an entry; on a whole part only those that no entry shows."""
    head = in_words(path)
    block = block_at(path)
    if exact and block is not None and block.entries:
        return [one for one in found if one.path == head]
    return [
        one for one in found if one.path == head or one.path.startswith((f"{head}.", f"{head}["))
    ]


def _dates(path: Path, said: Said) -> str:
    """The days a rule comes to."""
    mark = ", " if said.lang.startswith("en") else "、"
    key = str(path[-1])
    if path[0] == "calendar" and len(path) == 2:
        for one in said.charter.anchors:
            if one.key == key:
                days = dict.fromkeys((one.date, one.last))
                return " – ".join(day_text(day, said.lang) for day in days)
        for each in said.charter.series:
            if each.key == key:
                return mark.join(day_text(day.day, said.lang) for day in each.occurrences)
    kinds = {"obligations": key, "deliverables": key, "gates": f"gate.{key}"}
    if len(path) != 2 or path[0] not in kinds:
        return ""
    due = [one.due_at for one in said.charter.obligations if one.kind == kinds[str(path[0])]]
    return mark.join(dict.fromkeys(deadline_text(one, said.zone, said.lang) for one in due))


def charter_file(request: HttpRequest, slug: str) -> HttpResponse:
    """A charter file as it was applied: the one in force, or an earlier version."""
    door = enter(request, slug)
    version = _version(door, request.GET.get("version", ""))
    answer = HttpResponse(version.text, content_type="application/yaml; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-v{version.number}.yaml"'
    return answer


def _version(door: Door, number: str) -> CharterVersion:
    if not number:
        return in_force(door.programme)
    found = CharterVersion.objects.filter(
        programme=door.programme, number=int(number) if number.isdigit() and len(number) < 6 else -1
    ).first()
    if found is None:
        raise Http404
    return found


def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version of the charter, and what each changed, in words."""
    door = enter(request, slug)
    every = list(CharterVersion.objects.filter(programme=door.programme).order_by("number"))
    made = {one.version_id: one for one in amendments(door.programme) if one.version_id}
    told = []
    for before, after in zip([None, *every], every, strict=False):
        found = differences(before.text, after.text, door.lang) if before else []
        told.append((after, made.get(after.pk), found))
    context = {"door": door, "versions": list(reversed(told)), "zone": door.programme.zone}
    return render(request, "planning/versions.html", context)
