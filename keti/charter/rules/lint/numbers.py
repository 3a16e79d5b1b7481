"""How papers are numbered: a form that can be filled, and no two series alike. Pure."""

from __future__ import annotations

from keti.charter.rules.findings import Path
from keti.charter.rules.lint.brief import Brief
from keti.charter.rules.lint.course import works_of
from keti.charter.rules.numbers import usual_format
from keti.documents.rules.numbering import clash, counted_as, misfits

WHY = {
    "unknown": ("其中“{word}”不是认得的写法", "'{word}' is none of its places"),
    "brace": ("花括号没有配对", "a brace stands alone"),
    "no-n": ("没有写号", "it has no number"),
    "no-year": ("没有写年，每年又从 1 号起", "it has no year, and every year begins at 1"),
    "bare": ("除了年和号什么都没有", "it has nothing but year and number"),
    "twice": ("年或号写了两次", "year or number stands in it twice"),
    "long": ("超过 40 字", "it is longer than 40 characters"),
}


def judge(brief: Brief) -> None:
    """Report forms of numbers that cannot be filled, and series whose numbers can look the same:
    also where one of them is written as usual and the other has a form of its own."""
    _form(brief, ("programme", "number_format"), brief.charter.programme.number_format)
    bare = _counted(brief, "", "")
    seen = [(bare, "")] if bare else []
    for path, work in works_of(brief):
        here = (*path, "number_format")
        _form(brief, here, work.number_format)
        if work.number_format and not work.series:
            brief.report.warning("charter.format-without-series", here, word=path[-1])
        if work.series:
            _alone(brief, path, work.series, work.number_format, seen)
    for key, honour in brief.charter.honours.items():
        if honour.series:
            _alone(brief, ("honours", key), honour.series, "", seen)


def _alone(brief: Brief, path: Path, series: str, form: str, seen: list[tuple[str, str]]) -> None:
    """Report a series that can be written as another one is that stands before it."""
    counted = _counted(brief, series, form)
    if not counted:
        return
    for before, other in seen:
        shared = not other and before == counted
        if other != series and not shared and clash(before, counted):
            facts = {"series": series, "other": other or "-", "said": counted}
            brief.report.found_problem("charter.numbers-alike", (*path, "series"), facts)
            return
    seen.append((counted, series))


def _counted(brief: Brief, series: str, own: str) -> str:
    """How the numbers of a series are written; "" where the form cannot be filled."""
    programme = brief.charter.programme
    form = own or programme.number_format
    if form and any(misfits(form)):
        return ""
    form = form or usual_format(brief.charter.lang)
    return counted_as(form, prefix=programme.number_prefix, series=series)


def _form(brief: Brief, path: Path, form: str) -> None:
    for wrong, word in misfits(form) if form else ():
        zh, en = WHY[wrong]
        facts = {"said": form, "why_zh": zh.format(word=word), "why_en": en.format(word=word)}
        brief.report.found_problem("charter.number-format", path, facts)
        return
