"""The judgement of a charter that can be read: what will hurt, family by family. Pure.

`load` says whether a charter can be used at all; `lint` says whether it should be.
A family is a function `judge(brief)` that reports on the brief's report.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from keti.charter.rules.findings import Finding
from keti.charter.rules.lint import (
    calendar,
    carried,
    coverage,
    flow,
    numbers,
    people,
    promises,
    requests,
    unused,
)
from keti.charter.rules.lint.brief import Brief, Seated, brief_of
from keti.charter.rules.lint.calendar import feasible
from keti.charter.rules.loading import studied, understood
from keti.charter.rules.reading import Document

FAMILIES = (
    calendar.judge, flow.judge, requests.judge, carried.judge, numbers.judge, people.judge,
    promises.judge, unused.judge, coverage.judge,
)  # fmt: skip

__all__ = ["Brief", "Seated", "in_time", "lint"]


def lint(
    text: str,
    name: str,
    *,
    holidays: Mapping[date, bool] | None = None,
    clauses: str = "",
    roster: tuple[Seated, ...] | None = None,
) -> list[Finding]:
    """Every finding on a charter, in the order of the file.

    `clauses` is the table of the founding notice's sentences (clause id, words); `roster` the
    people who hold seats, where they are known: without it the minima of the roles are judged.
    """
    study, found = studied(text, name, holidays)
    if study is None or study.scene is None or study.compiled is None:
        return found
    brief = brief_of(study, study.scene, study.compiled, name, clauses, roster)
    for judge in FAMILIES:
        judge(brief)
    everything = [*found, *(one for one in brief.report.found if one not in found)]
    return sorted(everything, key=lambda one: (one.line, one.column, one.number))


def in_time(
    document: Document, name: str, holidays: Mapping[date, bool] | None = None
) -> list[Finding]:
    """The errors that other days can bring or mend: what cannot be used, what does not fit.

    A part of `lint`, made for whoever tries many days of one charter: nothing is read again.
    """
    study, found = understood(document, name, holidays)
    every = list(found)
    if study is not None and study.scene is not None and study.compiled is not None:
        brief = brief_of(study, study.scene, study.compiled, name, "", None)
        feasible.judge(brief)
        every += brief.report.found
    return [one for one in every if one.severity == "error" and one.waived is None]
