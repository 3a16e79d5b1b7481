"""A version as it is read and printed: its texts with their numbers and references, the paper."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from keti.charter.queries import compiled
from keti.charter.rules.compiled import WorkSpec
from keti.documents.rules.paper import Chapter, Paper, printed_day, tongue
from keti.documents.rules.placing import Part, placed
from keti.documents.rules.refs.gbt import entries
from keti.documents.rules.refs.item import Reference
from keti.documents.rules.written import Body, Head, Piece, Points, Written, as_body
from keti.groups.queries import labels_on_paper
from keti.kernel.acts import Text
from keti.kernel.refusals import sentence
from keti.reports import rules
from keti.reports.models import Report, Version
from keti.reports.queries.called import called
from keti.reports.queries.drafted import content_of
from keti.reports.queries.reading import newest_of, pinned, spec_of


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a version in the order they are read, each with its title and authors, and the
    references as they are printed at the end, with their keys; what is cited or referred to and is
    not there."""

    parts: tuple[tuple[str, tuple[str, ...], Body], ...]
    references: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    lost: int = 0


def texts(version: Version, lang: str) -> Texts:
    """Sections of a version, or the chapters it is made of: their references are one list, numbered
    as they are cited, none of them twice."""
    found = _chapters(version, lang) if version.chapters else _sections(version, lang)
    style = version.references["by"] if version.references else ""
    return _placed(found, lang, style or spec_of(version.report.obligation).references)


def draft_texts(
    rows: Sequence[Mapping[str, Any]], references: Iterable[Reference], lang: str, style: str
) -> Texts:
    """The sections of a draft, as the rows of the version it would be, as they will read."""
    return _placed(_of_rows(rows, tuple(references), lang), lang, style)


def draft_rows(report: Report, spec: WorkSpec) -> list[dict[str, Any]]:
    """The draft as the rows of the version it would be."""
    newest = newest_of(report)
    kept = newest.sections if newest else []
    content = content_of(report)
    handed = rules.Handed(content, rules.kept_pages(report.sections, kept), content.docs)
    original = newest.file.name if newest and newest.file else ""
    return rules.file_rows(spec.sections, handed, original)


_Named = tuple[str, tuple[str, ...], Part]


def _placed(named: Sequence[_Named], lang: str, style: str) -> Texts:
    found = placed([part for _title, _authors, part in named], tongue(lang))
    parts = tuple(
        (title, authors, body)
        for (title, authors, _part), body in zip(named, found.bodies, strict=True)
    )
    keys = tuple(one.key for one in found.references)
    return Texts(parts, entries(found.references, style), keys, found.unknown, found.lost)


def _sections(version: Version, lang: str) -> list[_Named]:
    return _of_rows(version.sections, version.listed, lang)


def _of_rows(
    rows: Sequence[Mapping[str, Any]], references: tuple[Reference, ...], lang: str
) -> list[_Named]:
    edition = rules.is_edition(rows, lang)
    return [
        (rules.title_of(one, lang), (), Part(rules.spoken(one, lang, edition), references))
        for one in rows
    ]


def paper(version: Version, lang: str) -> Paper:
    """The version as a printed report: an assembled one with a chapter for each group."""
    spoken = tongue(lang)
    report, programme = version.report, version.programme
    local = programme.local(version.at)
    read, summary = _apart(version, texts(version, spoken))
    chapters = tuple(Chapter(*one) for one in read.parts) if version.chapters else ()
    return Paper(
        kind="report",
        title=_named(report).in_(spoken),
        lang=spoken,
        subtitle=programme.title.in_(spoken),
        number=version.paper_number,
        date=printed_day(local, spoken),
        day=local.date(),
        issuer=_issuer(report, spoken),
        signatory=labels_on_paper(programme, spoken)(version.seat_label),
        facts=_facts(version, spoken),
        body=() if chapters else _body(version, read, spoken),
        chapters=chapters,
        references=read.references,
        demo=programme.is_demo,
        stage=called(version, spoken),
        classification=spec_of(report.obligation).classification.in_(spoken),
        summary=summary,
        other_summary=_in_other(version, spoken, summary),
    )


def _issuer(report: Report, lang: str) -> str:
    """In whose name it is handed in: the body its work names, else the group, the whole programme
    for the group above all."""
    named = spec_of(report.obligation).issued_by
    if named:
        return compiled(report.programme).party(named).name.in_(lang)
    top = report.group.parent_id is None
    return (report.programme if top else report.group).title.in_(lang)


def _in_other(version: Version, lang: str, summary: Body) -> Body:
    """The summary in the other language of the house; () where it stands in one only."""
    other = "zh-hans" if lang == "en" else "en"
    rows = [one for one in version.sections if one.get("summary")]
    first = compiled(version.programme).langs[0]
    if first.startswith("en") != (other == "en") and not rules.is_edition(rows, other):
        return ()
    found = tuple(piece for one in rows for piece in rules.spoken(one, other, False))
    return () if found == summary else found


def _apart(version: Version, read: Texts) -> tuple[Texts, Body]:
    """The texts without the sections that are the summary, and those."""
    own = len(version.sections)
    marks = [bool(one.get("summary")) for one in version.sections]
    marks += [False] * (len(read.parts) - own)
    pairs = list(zip(read.parts, marks, strict=True))
    summary = tuple(piece for (_title, _who, body), is_one in pairs if is_one for piece in body)
    return replace(read, parts=tuple(one for one, is_one in pairs if not is_one)), summary


def _named(report: Report) -> Text:
    """The printed title; the programme's own report needs no group in its name."""
    if report.group.parent_id is None and not report.period:
        return report.obligation.title
    return report.title


def _say(code: str, lang: str, **facts: object) -> str:
    return sentence(f"reports.{code}", facts, lang)


def numbered(version: Version, lang: str) -> str:
    """The number of a version with the name it goes by: 2（送审稿）."""
    name = called(version, lang)
    number = str(version.number)
    return _say("number-and-name", lang, number=number, name=name) if name else number


def _facts(version: Version, lang: str) -> tuple[tuple[str, str], ...]:
    report = version.report
    how = [
        _say(code, lang)
        for code, true in (
            ("on-behalf", version.on_behalf),
            ("recorded-late", version.recorded_late),
        )
        if true
    ]
    facts = [
        ("group", report.group.title.in_(lang)),
        ("period", report.period),
        ("by", labels_on_paper(version.programme, lang)(version.seat_label)),
        ("at", report.programme.local(version.at).strftime("%Y-%m-%d %H:%M")),
        ("version", numbered(version, lang)),
        ("sha", version.sha256[:16]),
        ("how", " · ".join(how)),
        ("file", version.file.name if version.file else ""),
    ]
    return tuple((_say(f"fact-{key}", lang), value) for key, value in facts if value)


def _body(version: Version, read: Texts, lang: str) -> Body:
    """All sections, each under its own heading; the plan; what it was made from."""
    parts: list[Piece] = []
    for title, _authors, said in read.parts:
        parts += [Head(title), *said]
    if version.plan:
        parts += [Head(rules.PLAN.in_(lang)), _plan(version, lang)]
    if version.collected:
        lines = tuple(_pin_line(one, lang) for one in version.collected)
        parts += [Head(_say("made-from", lang)), Points(lines)]
    return tuple(parts)


def _plan(version: Version, lang: str) -> Piece:
    if len(version.plan) == 1 and not version.plan[0]["seat"]:
        return Written(version.plan[0]["title"])
    called = labels_on_paper(version.programme, lang)
    lines = [
        _say("plan-line", lang, title=one["title"], who=called(one["who"]), due=one["due"])
        for one in version.plan
    ]
    return Points(tuple(lines), numbered=True)


def _pin_line(one: dict[str, Any], lang: str) -> str:
    group = Text(one["title_zh"], one["title_en"]).in_(lang)
    if not one["version"]:
        return _say("made-from-missing", lang, group=group)
    return _say("made-from-line", lang, group=group, number=one["number"], sha=one["sha256"][:12])


def _chapters(version: Version, lang: str) -> list[_Named]:
    """Own sections as opening chapters, then the pinned chapters in the order of the groups. Each
    was written as a text of its own, with references of its own."""
    label = labels_on_paper(version.programme, lang)
    references = version.listed
    own: list[_Named] = [
        (
            rules.title_of(one, lang),
            (label(version.seat_label),),
            Part(rules.spoken(one, lang, rules.is_edition(version.sections, lang)), references),
        )
        for one in version.sections
    ]
    found = pinned(version)
    parts = [(one, found.get(one["version"])) for one in version.chapters]
    theirs = [
        (one, part, label(part.seat_label) if part else "", place)
        for place, (one, part) in enumerate(parts, start=1)
    ]
    return own + [_chapter(*one, lang) for one in theirs]


def _chapter(
    one: dict[str, Any], part: Version | None, author: str, place: int, lang: str
) -> _Named:
    title = rules.title_of(one, lang)
    if part is None:
        return title, (), Part(as_body(_say("chapter-missing", lang)))
    body = rules.body(part.sections, lang)
    return title, (author,), Part(body, part.listed, place)
