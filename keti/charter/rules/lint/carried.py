"""What no room can carry out: a charter that passes founds, opens, plays to its end and closes."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from keti.charter.rules.compiled import Compiled, WorkSpec
from keti.charter.rules.findings import Path
from keti.charter.rules.kinds import Bilingual
from keti.charter.rules.lint.brief import Brief
from keti.charter.rules.lint.course import works_of
from keti.charter.rules.maps import is_map
from keti.charter.rules.numbers import NUMBERED, receipts
from keti.charter.rules.scene import text_of
from keti.charter.rules.shape import Role, Work

JUDGED = ("report", "file", "meeting")
ABOUT_A_TEXT = ("publication", "consultation")
SPOKEN = ("zh", "en")


def judge(brief: Brief) -> None:
    """Report what would crash, wait for ever, or be done by nobody."""
    _languages(brief)
    _groups(brief)
    _seats(brief)
    if not brief.compiled.obligations:
        path: Path = ("obligations",) if brief.report.has(("obligations",)) else ("programme",)
        brief.report.error("charter.nothing-owed", path, at_key=True)
    if brief.charter.admission and not brief.charter.admission.tracks:
        brief.report.error("charter.no-track", ("admission", "tracks"), at_key=True)
    _gates(brief)
    for path, work in works_of(brief):
        spec = next(one for one in brief.compiled.works if one.key == path[-1])
        _work(brief, path, work, spec)
    _closings(brief)
    _titles(brief)
    _escalations(brief)
    _phases(brief)


def _languages(brief: Brief) -> None:
    """A charter is in Chinese, in English, or in both: pages and papers have no other language."""
    if not brief.charter.lang:
        brief.report.error("charter.no-language", ("lang",), at_key=True)
    for number, word in enumerate(brief.charter.lang):
        if word.lower().split("-")[0] not in SPOKEN:
            path = ("lang", number) if brief.report.has(("lang", number)) else ("lang",)
            brief.report.error("charter.unknown-language", path, word=word)


def _groups(brief: Brief) -> None:
    """One group stands above all others: none is its own parent, however far up."""
    kinds = brief.charter.groups
    tops = [key for key, one in kinds.items() if not one.stands_below]
    for other in tops[1:]:
        path: Path = ("groups", other)
        brief.report.error("charter.two-tops", path, at_key=True, word=other, other=tops[0])
    for key, one in kinds.items():
        several = kinds[one.parent].instances if one.parent in kinds else {}
        said = one.instances and all(each.parent for each in one.instances.values())
        if several and not said:
            known = f"{one.parent}.{next(iter(several))}"
            facts = {"word": key, "other": one.parent, "known": known}
            brief.report.found_problem("charter.parent-unclear", ("groups", key, "parent"), facts)
        if one.by_admission and not _is_founded(brief, key):
            facts = {"word": key}
            brief.report.found_problem("charter.born-of-nothing", ("groups", key), facts)
        way = [key]
        while (up := kinds[way[-1]].parent) in kinds and up not in way:
            way.append(up)
        if up == key:
            chain = " → ".join((*way, key))
            brief.report.error("charter.parents-in-circle", ("groups", key, "parent"), chain=chain)
            return


def _is_founded(brief: Brief, kind: str) -> bool:
    """Does being admitted on some track begin a group of this kind?"""
    admission = brief.compiled.admission
    return admission is not None and any(one.founds == kind for one in admission.tracks)


def _seats(brief: Brief) -> None:
    """Where some groups are appointed, no group below the whole that needs somebody is forgotten.
    The whole, and a charter without any appointment, may leave that to the roster; where nothing
    at all says how somebody comes in, that is noted: nobody is asked to enter it."""
    charter = brief.charter
    top = next((key for key, one in charter.groups.items() if not one.parent), "")
    tracks = charter.admission.tracks.values() if charter.admission else ()
    named = {one.per or top for one in brief.compiled.works if one.form == "appointment"}
    named |= {charter.roles[one.role].group for one in tracks if one.role in charter.roles}
    for key, kind in charter.groups.items():
        needed = [
            role
            for role, one in charter.roles.items()
            if one.group == key and "manage" not in one.can
            if _lacks_holders(one) and one.min > brief.by_office(role)
        ]
        if needed and named and kind.parent and key not in named:
            here: Path = ("groups", key)
            facts = {"word": key, "role": needed[0]}
            brief.report.warning("charter.seats-nobody", here, at_key=True, **facts)
        elif needed and not named and brief.compiled.obligations:
            here, facts = ("groups", key), {"word": key, "role": needed[0]}
            brief.report.note("charter.roster-unasked", here, at_key=True, **facts)


def _lacks_holders(role: Role) -> bool:
    """Somebody must sit there whom the charter does not name; one name stands for the role."""
    many = len(role.holder)
    return role.min > many if many > 1 else bool(role.min) and not many


def _gates(brief: Brief) -> None:
    """A gate judges a version of something handed in, or the minutes of a meeting."""
    forms = {one.key: one.form for one in brief.compiled.works}
    for key, gate in brief.charter.gates.items():
        path: Path = ("gates", key)
        for number, word in enumerate(gate.inputs):
            named = word.split(" per ")[0].strip()
            if forms.get(named, JUDGED[0]) not in JUDGED:
                here = (*path, "inputs", number)
                brief.report.error("charter.judges-no-text", here, word=key, work=named)


def _work(brief: Brief, path: Path, work: Work, spec: WorkSpec) -> None:
    """A work has what its form works on, somebody it is for, and a day on which it is owed."""
    key, compiled = spec.key, brief.compiled
    _series(brief, path, work, spec)
    if spec.form in ABOUT_A_TEXT and not work.subject:
        brief.report.error("charter.about-nothing", path, at_key=True, word=key)
    if spec.form == "acceptance" and not any(one.form == "task_book" for one in compiled.works):
        brief.report.error("charter.accepts-nothing", path, at_key=True, word=key)
    if spec.form == "task_book" and not _takes_one(compiled, spec):
        brief.report.error("charter.task-book-for-nobody", path, at_key=True, word=key)
    forms = {one.key: one.form for one in compiled.works}
    for word in ("collects", "assembles"):
        named = getattr(work, word)
        if forms.get(named, "report") != "report":
            here = (*path, word)
            brief.report.warning("charter.gathers-no-report", here, word=key, work=named)
    block = {"call": brief.charter.call, "admission": brief.charter.admission}
    if spec.form in block and block[spec.form] is None:
        here = (*path, "form")
        brief.report.warning("charter.form-without-block", here, word=key, block=spec.form)
    _map(brief, path, work)
    if spec.recurring and not any(one.kind == key for one in compiled.obligations):
        brief.report.warning("charter.never-falls", path, at_key=True, word=key)


def _map(brief: Brief, path: Path, work: Work) -> None:
    if (work.dims or work.cells) and not is_map(work):
        here = (*path, "dims" if work.dims else "cells")
        brief.report.warning("charter.no-map", here, word=str(path[-1]))


def _series(brief: Brief, path: Path, work: Work, spec: WorkSpec) -> None:
    """A series word numbers a paper: of a form that has one, and by no word of the house."""
    here = (*path, "series")
    if work.series and spec.form not in NUMBERED:
        brief.report.warning("charter.numbers-no-paper", here, word=spec.key, series=work.series)
    if work.series in receipts(brief.charter.lang):
        brief.report.warning("charter.series-of-the-house", here, series=work.series)


def _takes_one(compiled: Compiled, book: WorkSpec) -> bool:
    """Does somebody sit where task books are issued who accepts one, or works without leading?"""
    top = next(one.kind for one in compiled.groups if not one.parent)
    accepts = {one.per: one.by for one in compiled.works if one.form == "acceptance"}
    for role in compiled.roles:
        if book.per in (role.group_kind, top, ""):
            named = accepts.get(role.group_kind)
            if role.key == named or (
                named is None and "contribute" in role.can and "lead" not in role.can
            ):
                return True
    return False


def _closings(brief: Brief) -> None:
    """A programme is closed once; what is owed after that has nobody left to owe it."""
    closings = [path for path, work in works_of(brief) if work.form == "closing"]
    for path in closings[1:]:
        first = str(closings[0][-1])
        brief.report.error("charter.closes-twice", path, at_key=True, word=path[-1], other=first)
    closed = _due(brief.compiled, str(closings[0][-1])) if closings else []
    if not closed:
        return
    last = max(closed)
    for path, work in works_of(brief):
        key = str(path[-1])
        if _may_follow(brief, work, str(closings[0][-1])):
            continue
        if any(due > last for due in _due(brief.compiled, key)):
            facts = {"word": key, "other": str(closings[0][-1])}
            brief.report.found_wanting("charter.after-closing", path, facts, at_key=True)


def _may_follow(brief: Brief, work: Work, closing: str) -> bool:
    """What says that it waits for the closing, and what makes public, comes after it on purpose."""
    waits = {word.split(" per ")[0].strip() for word in work.needs}
    return closing in waits or work.form in ("closing", "publication", "roll")


def _due(compiled: Compiled, kind: str) -> list[datetime]:
    return [one.due_at for one in compiled.obligations if one.kind == kind]


def _titles(brief: Brief) -> None:
    """What a page and a paper call by name has one."""
    if not _named(brief.charter.programme.title):
        brief.report.error(
            "charter.no-title", ("programme", "title"), word=brief.charter.programme.id
        )


def _named(words: Bilingual) -> bool:
    text = text_of(words)
    return bool(text.zh or text.en)


def _escalations(brief: Brief) -> None:
    """Who is told that something is late is told after it was due."""
    for number, one in enumerate(brief.charter.obligations.late.escalate):
        if "-" in one.after:
            path = ("obligations", "late", "escalate", number, "after")
            better = one.after.replace("-", "")
            brief.report.error("charter.before-due", path, word=one.after, better=better)


def _phases(brief: Brief) -> None:
    """One phase follows another."""
    phases = brief.compiled.phases
    for one, other in pairwise(phases):
        if other.start < one.end:
            path: Path = ("phases", other.key, "from")
            brief.report.warning("charter.phases-overlap", path, word=other.key, other=one.key)
