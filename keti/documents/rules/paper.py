"""What an official paper is made of, before it becomes a page, a PDF or a Word file."""

import datetime
import re
from dataclasses import dataclass, field
from typing import Literal

Lang = Literal["zh-hans", "en"]
Kind = Literal["report", "notice", "minutes", "task_book", "sheet", "roll"]

_DAY = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter of a report: its title, who wrote it, its text in the Markdown dialect."""

    title: str
    authors: tuple[str, ...] = ()
    body_md: str = ""


@dataclass(frozen=True, slots=True)
class RollGroup:
    """One group of the roll, its entries in protocol order as they shall be printed."""

    title: str
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything printed on one outgoing paper.

    `date` is printed as it stands; `day` fixes the file's own date, so that the same paper
    gives the same bytes. Without `day` it is read from `date`. `version`, `conclusion`,
    `choices` and `qr` belong to the sign-off sheet; `parties` gives a task book more than
    one place to sign.
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
    body: str = ""
    chapters: tuple[Chapter, ...] = ()
    roll: tuple[RollGroup, ...] = ()
    checkpoint: str = ""
    version: str = ""
    conclusion: str = ""
    choices: tuple[str, ...] = field(default=())
    qr: str = ""
    demo: bool = False


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
