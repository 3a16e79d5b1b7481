"""How an obligation stands, when it is late, which reminders are due. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from keti.charter.rules.recurring import MONTHS
from keti.duties.enums import DutyState, DutyStatus
from keti.kernel.acts import Text
from keti.kernel.texts import shortened

SOON = timedelta(days=7)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


MOST_LINES, LONGEST_LINE = 3, 100


@dataclass(frozen=True, slots=True)
class FiledText:
    """The text a duty is met by: its words, the document where they are more than lines, and what
    of the file it was `read` from stays in the file only (kind, how many). Remarks that stand in
    `read` keep who made them."""

    words: str = ""
    doc: str = ""
    left: tuple[tuple[str, int], ...] = ()
    read: str = ""

    def __bool__(self) -> bool:
        return bool(self.words.strip() or self.doc)


def summary_of(words: str) -> list[str]:
    """The first lines of a text, where nobody wrote a summary of it."""
    said = [line.strip() for line in words.splitlines() if line.strip()]
    return [shortened(line, LONGEST_LINE) for line in said[:MOST_LINES]]


def digest(words: str) -> str:
    """The hash of some words; of none, nothing."""
    return hashlib.sha256(words.encode()).hexdigest() if words else ""


@dataclass(frozen=True, slots=True)
class Clock:
    """The times of one obligation, all UTC. `due` already carries an extension."""

    state: str
    due: datetime
    met_at: datetime | None
    begun: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One glyph of the grid: the duties of one kind, group and month."""

    mark: str
    label: str
    tip: str
    url: str


def standing(duty: Clock, now: datetime, *, lateness_shown: bool = True) -> DutyStatus:
    """How the obligation stands at `now`. Where lateness is not shown, it is 未交, not 逾期."""
    if duty.state == DutyState.MET:
        return DutyStatus.DONE
    if duty.state in (DutyState.WAIVED, DutyState.CANCELLED):
        return DutyStatus.WAIVED
    if duty.state == DutyState.RETURNED:
        return DutyStatus.RETURNED
    if now >= duty.due:
        return DutyStatus.OVERDUE if lateness_shown else DutyStatus.MISSING
    if duty.begun:
        return DutyStatus.DOING
    return DutyStatus.SOON if duty.due - now <= SOON else DutyStatus.AHEAD


def is_late(duty: Clock, now: datetime) -> bool:
    """Met at or after its due instant, or still not met then (at the instant is late)."""
    if duty.state in (DutyState.WAIVED, DutyState.CANCELLED):
        return False
    return (duty.met_at or now) >= duty.due


def words_of(
    due: datetime, offsets: Sequence[int], escalations: Sequence[Sequence[Any]]
) -> list[datetime]:
    """Every instant at which something is said about a duty: reminders before, escalations after"""
    before = [due - timedelta(seconds=offset) for offset in offsets]
    return before + [due + timedelta(seconds=after) for after, _role in escalations]


def next_word(
    due: datetime,
    offsets: Sequence[int],
    escalations: Sequence[Sequence[Any]],
    now: datetime,
) -> datetime:
    """The next instant after `now` at which something is said; the end of time where nothing is."""
    return min((at for at in words_of(due, offsets, escalations) if at > now), default=NEVER)


def step_due(due: datetime, offsets: Sequence[int], now: datetime) -> int | None:
    """The newest reminder step that is due at `now`: seconds before `due`, or None.

    Steps missed while nobody ticked are covered by the newest one: nothing is lost,
    nothing is said twice. No reminder after the due instant: that is escalation.
    """
    past = [offset for offset in offsets if due - timedelta(seconds=offset) <= now < due]
    return min(past) if past else None


def month_text(month: str, lang: str) -> str:
    """`2022-07` as people say it: 7 月, July."""
    number = int(month[5:7])
    return MONTHS[number - 1] if lang.startswith("en") else f"{number} 月"


def titled(title: Text, period: str) -> Text:
    """The title with the month it stands for, where it stands for one."""
    whole, _, turn = period.partition(".")
    if turn.isdigit():
        one = titled(title, whole)
        return Text(f"{one.in_('zh')}（第 {turn} 次）", f"{one.in_('en')} ({turn})")
    if len(period) == 4 and period.isdigit():
        return Text(f"{period} 年{title.in_('zh')}", f"{title.in_('en')}, {period}")
    if len(period) != 7 or period[4] != "-":
        return title
    zh = f"{month_text(period, 'zh')}{title.in_('zh')}"
    return Text(zh, f"{title.in_('en')}, {month_text(period, 'en')}")


def month_span(month: str, zone: tzinfo) -> tuple[datetime, datetime] | None:
    """Between which local midnights the due instants of `2022-07` lie: later than the first, up to
    the second, which still belongs to the month's last day. None where it names no month."""
    year, _, number = month.partition("-")
    if not (len(year) == 4 and len(number) == 2 and (year + number).isascii()):
        return None
    if not ((year + number).isdigit() and 1 <= int(number) <= 12 and 1900 <= int(year) < 2200):
        return None
    begins = datetime(int(year), int(number), 1, tzinfo=zone)
    ends = datetime(int(year) + int(number) // 12, int(number) % 12 + 1, 1, tzinfo=zone)
    return begins, ends
