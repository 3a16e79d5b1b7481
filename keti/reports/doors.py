"""What a file says of a report's parts, and how that fills a form; whose reports are in hand."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from keti.accounts.models import Person
from keti.charter.rules.compiled import WorkSpec
from keti.documents.rules.parts import Found, laid_out, whole
from keti.documents.rules.reading import Read
from keti.drafts.rules import WorkingCopy
from keti.duties.models import Obligation
from keti.groups.permissions import reading_seats, sights
from keti.reports import permissions, rules
from keti.reports.enums import ReportState
from keti.reports.models import Report, Version
from keti.reports.rules import Content, PlanItem

PLAN_KEY = " plan"
"""No section's key: keys have no blanks."""
KEPT_OUT = " none"
"""Where a piece goes that stays in the original only."""
MOST_ITEMS = 30
MOST_HEAD = 40
_MARK = re.compile(
    r"^\s*(?:[-*•·▪●○■◆]\s*|[（(]?[\d一二三四五六七八九十]{1,3}(?:[）)、.．]|\s)\s*)"
)


def titles_of(spec: WorkSpec) -> dict[str, list[str]]:
    """The names under which a file may hold each part: the charter's own, in both languages."""
    names = {one.key: [one.title.in_("zh"), one.title.in_("en")] for one in spec.sections}
    if spec.plan:
        names[PLAN_KEY] = [rules.PLAN.in_("zh"), rules.PLAN.in_("en")]
    return names


def found_in(read: Read, spec: WorkSpec) -> Found:
    """The parts of this report that a file holds under their titles."""
    return laid_out(read.lines, titles_of(spec))


def items_of(words: str) -> list[str]:
    """The items of a plan, one a line, without their marks; none where the lines are no items."""
    lines = [" ".join(line.split()) for line in words.split("\n")]
    items = [_MARK.sub("", line) or line for line in lines if line]
    fits = len(items) <= MOST_ITEMS and all(len(one) <= 200 for one in items)
    return items if fits else []


def as_fields(found: Found, spec: WorkSpec, drafted: Mapping[str, str]) -> dict[str, str]:
    """What a file form shows of what was found: sections (the draft's words where the file has
    none), pages, the plan's rows with some to spare, and what belongs to no part."""
    fields: dict[str, str] = {}
    for place, one in enumerate(spec.sections):
        fields[f"s{place}"] = found.texts.get(one.key, "") or drafted.get(one.key, "")
        if one.key in found.pages:
            first, last = found.pages[one.key]
            fields |= {f"from{place}": str(first), f"to{place}": str(last)}
    plan = found.texts.get(PLAN_KEY, "")
    items = items_of(plan)
    if spec.plan:
        fields |= {f"p{row}-title": item for row, item in enumerate([*items, "", "", ""])}
    loose = [(whole(one), "" if one.title or one.weighty else KEPT_OUT) for one in found.apart]
    if plan.strip() and not items:
        loose.append((plan, ""))
    for number, (words, key) in enumerate(loose):
        fields |= {f"r{number}-words": words, f"r{number}-to": key}
    return fields


def looks_like_plan(words: str) -> bool:
    """Whether a piece calls itself a plan, which is entered in rows and not as words."""
    head = words.strip().partition("\n")[0].casefold()
    return len(head) <= MOST_HEAD and ("计划" in head or "plan" in head.split())


def _where(follows: str, weighty: bool, spec: WorkSpec) -> str:
    """Where a piece goes that nobody is asked about: to the section it follows; the lines of a
    title page nowhere; a text before the first section into it."""
    if follows == PLAN_KEY or not spec.sections:
        return spec.sections[-1].key if spec.sections else ""
    return follows or (f"^{spec.sections[0].key}" if weighty else "")


def completed(content: Content, read: Read, spec: WorkSpec) -> Content:
    """The content, its empty sections and plan filled from the file: what was typed stands."""
    found = found_in(read, spec)
    placed = dict(found.texts)
    for one in found.apart:
        key = _where(one.follows, one.weighty, spec)
        bare = key.strip("^")
        if key:
            placed[bare] = rules.joined(placed.get(bare, ""), whole(one), before=key != bare)
    texts = {
        key: text if text.strip() else placed.get(key, "") for key, text in content.sections.items()
    }
    plan = list(content.plan)
    if not any(one.title.strip() or one.assignee_seat_id for one in plan):
        plan = [PlanItem(one) for one in items_of(found.texts.get(PLAN_KEY, ""))]
    return Content(texts, plan)


def as_posted(content: Content, spec: WorkSpec) -> dict[str, str]:
    """The content as the fields of a form that was sent."""
    texts = {f"s{n}": content.sections.get(one.key, "") for n, one in enumerate(spec.sections)}
    for row, item in enumerate(content.plan):
        texts |= {
            f"p{row}-title": item.title,
            f"p{row}-who": item.assignee_seat_id,
            f"p{row}-due": item.due.isoformat() if item.due else "",
        }
    return texts


def in_hand(person: Person, at: datetime) -> Iterator[WorkingCopy]:
    """The reports this person saved last, may still write and has not handed in as they stand."""
    told = Version.objects.filter(report=OuterRef("pk"), recorded_at__gte=OuterRef("saved_at"))
    unsent = Q(state=ReportState.DRAFT) | ~Exists(told)
    own = Report.objects.filter(unsent, state__in=rules.EDITABLE, saved_by=person.label)
    found: dict[int, Report] = {}
    for sight in sights(reading_seats(person, at)):
        duties = Obligation.objects.filter(permissions.writing_scope(sight.seat))
        mine = own.filter(obligation__in=duties, revision__gt=0).with_names()
        found |= {one.pk: one for one in permissions.with_draft(sight, mine)}
    for one in found.values():
        yield WorkingCopy(one.title, one.programme.title, f"{one.path}edit/", one.saved_at)
