"""What an official paper is made of, before it becomes a page, a PDF or a Word file."""

import datetime
import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from .written import Body, as_rows, from_rows

Lang = Literal["zh-hans", "en"]
Kind = Literal["report", "notice", "minutes", "task_book", "sheet", "roll", "form", "table"]
FORMS = ("form", "table")
"""What is filled in rather than written: a form on an upright page, a wide table on a lying one."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAY = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")


def tongue(lang: str) -> Lang:
    """The language of a paper for the language of a page or person."""
    return "en" if lang.startswith("en") else "zh-hans"


def printed_day(day: datetime.date, lang: str) -> str:
    """A day as an official paper writes it."""
    if tongue(lang) == "en":
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter of a report: its title, who wrote it, its text."""

    title: str
    authors: tuple[str, ...] = ()
    body: Body = ()


@dataclass(frozen=True, slots=True)
class RollGroup:
    """One group of the roll, its entries in protocol order as they shall be printed: as lines, or,
    where `table` holds one, as the customary table."""

    title: str
    entries: tuple[str, ...] = ()
    table: Body = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything printed on one outgoing paper.

    `date` is printed as it stands; `day` fixes the file's own date, so that the same paper
    gives the same bytes. Without `day` it is read from `date`. `version`, `conclusion`,
    `choices` and `qr` belong to the sign-off sheet; `parties` gives a task book more than
    one place to sign. A form or table has its title, one line of issuer, number and date, and
    what is ruled below it: a `Grid` of its body; no place to sign but the ones in there.

    A report may have a `stage` (送审稿) below its title, a classification, a summary, the title and
    summary in the other language, annexes behind its references, and a `colophon`: lines of its
    imprint, hashes among them. What is empty is not printed, nor is room left for it.
    """

    kind: Kind
    title: str
    lang: Lang = "zh-hans"
    subtitle: str = ""
    number: str = ""
    date: str = ""
    day: datetime.date | None = None
    issuer: str = ""
    signatory: str = ""
    parties: tuple[str, ...] = ()
    seal_place: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    body: Body = ()
    chapters: tuple[Chapter, ...] = ()
    roll: tuple[RollGroup, ...] = ()
    references: tuple[str, ...] = ()
    checkpoint: str = ""
    version: str = ""
    conclusion: str = ""
    choices: tuple[str, ...] = field(default=())
    qr: str = ""
    demo: bool = False
    stage: str = ""
    classification: str = ""
    summary: Body = ()
    other_title: str = ""
    other_summary: Body = ()
    annexes: tuple[Chapter, ...] = ()
    colophon: tuple[tuple[str, str], ...] = ()


def stage_line(paper: Paper) -> str:
    """The stage as it stands below a title: （送审稿）, (draft for review); "" for none."""
    if not paper.stage:
        return ""
    return f"({paper.stage})" if paper.lang == "en" else f"（{paper.stage}）"


def file_day(paper: Paper) -> datetime.date:
    """The day written into the file itself: `day`, else the printed date, else a fixed day."""
    if paper.day is not None:
        return paper.day
    found = _DAY.search(paper.date)
    if found:
        year, month, day = (int(part) for part in found.groups())
        try:
            return datetime.date(year, month, day)
        except ValueError:
            return datetime.date(2000, 1, 1)
    return datetime.date(2000, 1, 1)


def as_json(paper: Paper) -> str:
    """The whole paper as one line of JSON, the same for the same paper."""
    told = asdict(paper)
    for name in _BODIES:
        told[name] = as_rows(getattr(paper, name))
    for name, held in _HOLDING:
        for row, one in zip(told[name], getattr(paper, name), strict=True):
            row[held] = as_rows(getattr(one, held))
    return json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)


_BODIES = ("body", "summary", "other_summary")
_HOLDING = (("chapters", "body"), ("annexes", "body"), ("roll", "table"))


def from_json(text: str) -> Paper:
    """The paper that `as_json` wrote down."""
    told: dict[str, Any] = json.loads(text)
    if told["day"] is not None:
        told["day"] = datetime.date.fromisoformat(told["day"])
    for name in ("parties", "choices", "references"):
        told[name] = tuple(told[name])
    for name in ("facts", "colophon"):
        told[name] = tuple((label, value) for label, value in told[name])
    for name in _BODIES:
        told[name] = from_rows(told[name])
    for name in ("chapters", "annexes"):
        told[name] = tuple(
            Chapter(one["title"], tuple(one["authors"]), from_rows(one["body"]))
            for one in told[name]
        )
    told["roll"] = tuple(
        RollGroup(one["title"], tuple(one["entries"]), from_rows(one["table"]))
        for one in told["roll"]
    )
    return Paper(**told)
