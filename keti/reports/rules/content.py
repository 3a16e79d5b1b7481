"""What is typed into a report, when it may be handed in, which move leads where. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from keti.charter.rules.compiled import Section
from keti.documents.rules.doc1.plain import plain
from keti.documents.rules.doc1.typed_in import settled, with_lines
from keti.documents.rules.typed import shown
from keti.reports.enums import ReportState

MOVES: dict[str, dict[str, str]] = {
    ReportState.DRAFT: {"submit": ReportState.SUBMITTED},
    ReportState.SUBMITTED: {
        "return": ReportState.RETURNED,
        "accept": ReportState.ACCEPTED,
        "send-back": ReportState.RETURNED,
        "take-back": ReportState.DRAFT,
    },
    ReportState.RETURNED: {"submit": ReportState.SUBMITTED, "send-back": ReportState.RETURNED},
    ReportState.ACCEPTED: {"send-back": ReportState.RETURNED},
}
EDITABLE = (ReportState.DRAFT, ReportState.RETURNED)

_NONE = re.compile(r"^(无|暂无|没有|none|nil|nothing|n/a)[。.]?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One item of next month's plan: what, which seat of the group, by the end of which day."""

    title: str
    assignee_seat_id: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What is typed: section key -> text, the plan's items, and section key -> document (`doc/1`)
    of a section that holds more than lines."""

    sections: Mapping[str, str] = field(default_factory=dict)
    plan: Sequence[PlanItem] = ()
    docs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Handed:
    """What came as a file: its words by section and the plan, section key -> the first and last
    page of the original on which it stands, and section key -> its document (`doc/1`)."""

    content: Content = field(default_factory=Content)
    pages: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    docs: Mapping[str, str] = field(default_factory=dict)

    def worded(self) -> Content:
        """The content with the words of its documents: what a draft says of them."""
        words = {key: plain(text) for key, text in self.docs.items()}
        return Content({**self.content.sections, **words}, self.content.plan)


def next_state(state: str, verb: str) -> str:
    """The state after `verb`; '' where the table knows no such move."""
    return str(MOVES[state].get(verb, ""))


def tidy(content: Content, sections: Sequence[Section]) -> Content:
    """The content as it is stored: known sections letter for letter, plan items with a title.

    A section that came as a document and is only lines is lines; of any other the words say what
    its document says. Refuses a document that is none.
    """
    texts = {one.key: shown(content.sections.get(one.key, "")) for one in sections}
    docs = {}
    for key in texts.keys() & {key for key, text in content.docs.items() if text}:
        texts[key], doc = settled(texts[key], content.docs[key])
        if doc:
            docs[key] = doc
    return Content(texts, tuple(_item(one) for one in content.plan if _said(one)), docs)


def standing_docs(texts: Mapping[str, str], docs: Mapping[str, str]) -> dict[str, str]:
    """The documents whose words are those of their sections: words typed since stand alone."""
    return {key: text for key, text in docs.items() if texts.get(key) == plain(text)}


def with_words(content: Content, key: str, words: str) -> Content:
    """The content with typed words at the end of one of its sections."""
    before = content.sections.get(key, "").rstrip("\n")
    texts = {**content.sections, key: f"{before}\n\n{words}" if before else words}
    docs = dict(content.docs)
    if key in docs:
        docs[key] = with_lines(docs[key], f"\n{words}")
    return Content(texts, content.plan, docs)


def _said(item: PlanItem) -> bool:
    return bool(item.title.strip() or item.assignee_seat_id)


def _item(item: PlanItem) -> PlanItem:
    title = " ".join(shown(item.title).split())[:200]
    return PlanItem(title, item.assignee_seat_id, item.due)


def plan_fault(plan: Sequence[PlanItem], seats: Iterable[str]) -> tuple[str, dict[str, str]] | None:
    """Why a plan cannot be handed in, as the code of a sentence and its facts."""
    if not plan:
        return "reports.plan-empty", {}
    faulty = faulty_items(plan, seats)
    numbers = "、".join(map(str, faulty))
    return ("reports.plan-item-incomplete", {"numbers": numbers}) if faulty else None


def plan_rows(plan: Sequence[PlanItem]) -> list[dict[str, str]]:
    """The plan as plain values."""
    return [
        {
            "title": one.title,
            "seat": one.assignee_seat_id,
            "due": one.due.isoformat() if one.due else "",
        }
        for one in plan
    ]


def plan_items(rows: Iterable[Mapping[str, str]]) -> tuple[PlanItem, ...]:
    """The items behind `plan_rows`."""
    return tuple(
        PlanItem(row["title"], row["seat"], date.fromisoformat(row["due"]) if row["due"] else None)
        for row in rows
    )


def states_none(text: str) -> bool:
    """True for a stated 无: nothing to report, said in so many words."""
    return bool(_NONE.match(text.strip()))


def empty_sections(
    sections: Sequence[Section], texts: Mapping[str, str], elsewhere: Iterable[str] = ()
) -> list[Section]:
    """The required sections without a word. A stated 无 counts as said, and what stands on named
    pages of an original (`elsewhere`)."""
    said = {*elsewhere, *(key for key, text in texts.items() if text.strip())}
    return [one for one in sections if one.required and one.key not in said]


def bad_pages(pages: Mapping[str, tuple[int, int]], count: int) -> bool:
    """Whether a range of pages is none: turned round, before the first, or beyond the last of
    `count` (0 where nobody can tell how many there are)."""
    return any(not 1 <= a <= b or (count and b > count) for a, b in pages.values())


def no_plan(plan: Sequence[PlanItem]) -> bool:
    """True when the plan consists of a stated 无."""
    return len(plan) == 1 and states_none(plan[0].title)


def faulty_items(plan: Sequence[PlanItem], seats: Iterable[str]) -> list[int]:
    """The numbers (from 1) of items without a title, a due date or an assignee among `seats`."""
    known = set(seats)
    if no_plan(plan):
        return []
    return [
        number
        for number, one in enumerate(plan, start=1)
        if not one.title or one.due is None or one.assignee_seat_id not in known
    ]
