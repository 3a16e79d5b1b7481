"""How papers are numbered: a form that can be filled, and no two series alike. Pure."""

from __future__ import annotations

from keti.charter.rules.findings import Path
from keti.charter.rules.lint.brief import Brief
from keti.charter.rules.lint.course import works_of
from keti.documents.rules.numbering import counted_as, misfits

WHY = {
    "unknown": ("其中“{word}”不是认得的写法", "'{word}' is none of its places"),
    "brace": ("花括号没有配对", "a brace stands alone"),
    "no-n": ("没有写号", "it has no number"),
    "no-year": ("没有写年，每年又从 1 号起", "it has no year, and every year begins at 1"),
    "bare": ("除了年和号什么都没有", "it has nothing but year and number"),
    "long": ("超过 40 字", "it is longer than 40 characters"),
}


def judge(brief: Brief) -> None:
    """Report forms of numbers that cannot be filled, and series that would be numbered alike."""
    programme, seen = brief.charter.programme, dict[str, str]()
    _form(brief, ("programme", "number_format"), programme.number_format)
    for path, work in works_of(brief):
        here = (*path, "number_format")
        _form(brief, here, work.number_format)
        if work.number_format and not work.series:
            brief.report.warning("charter.format-without-series", here, word=path[-1])
        form = work.number_format or programme.number_format
        if not work.series or not form or any(misfits(form)):
            continue
        alike = counted_as(form, prefix=programme.number_prefix, series=work.series)
        other = seen.setdefault(alike, work.series)
        if other != work.series:
            facts = {"series": work.series, "other": other, "said": form}
            brief.report.found_problem("charter.numbers-alike", (*path, "series"), facts)


def _form(brief: Brief, path: Path, form: str) -> None:
    for wrong, word in misfits(form) if form else ():
        zh, en = WHY[wrong]
        facts = {"said": form, "why_zh": zh.format(word=word), "why_en": en.format(word=word)}
        brief.report.found_problem("charter.number-format", path, facts)
        return
