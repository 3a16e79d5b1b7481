"""What a file says of a report's parts, and how that fills a form; whose reports are in hand."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy as _

from keti.accounts.models import Person
from keti.charter.rules.compiled import WorkSpec
from keti.documents.doors import give_picture
from keti.documents.rules.doc1.cutting import cut, is_bare
from keti.documents.rules.doc1.schema import runs_of, write
from keti.documents.rules.parts import WITHIN, Apart, Found, laid_out, whole
from keti.documents.rules.planned import is_empty, planned
from keti.documents.rules.reading import HEAD, LINE, Read
from keti.documents.rules.typed import shown
from keti.documents.rules.written import DOC, form_of
from keti.drafts.rules import WorkingCopy
from keti.duties.models import Obligation
from keti.groups.doors import Door
from keti.groups.models import Seat
from keti.groups.permissions import Sight, reading_seats, sights
from keti.kernel.lines import LineForm
from keti.kernel.prepared import prepared
from keti.reports import permissions, queries, rules
from keti.reports.enums import ReportState
from keti.reports.models import Report, Version
from keti.reports.rules import Content, PlanItem

PLAN_KEY = " plan"
"""No section's key: keys have no blanks."""
KEPT_OUT = " none"
"""Where a piece goes that stays in the original only."""
MOST_HEAD = 40
HEAD_FIELD = re.compile(r"h\d{1,6}")
"""The field of a heading of the file: its block."""
MOST_HEADS = 300
APART = " apart"
"""What is said of a heading under which a piece begins that belongs to no part."""
_BRACKETS = re.compile(r"\s*[（(][^（）()]*[）)]$")


def titles_of(spec: WorkSpec) -> dict[str, list[str]]:
    """The names under which a file may hold each part: the charter's own, in both languages."""
    names = {one.key: [one.title.in_("zh"), one.title.in_("en")] for one in spec.sections}
    if spec.plan:
        names[PLAN_KEY] = [rules.PLAN.in_("zh"), rules.PLAN.in_("en")]
    return names


def found_in(read: Read, spec: WorkSpec, moved: Mapping[int, str] | None = None) -> Found:
    """The parts of this report that a file holds under their titles, or where the sender said that
    a heading belongs (`moved`)."""
    kinds = [one["kind"] for one in json.loads(read.doc)["blocks"]] if read.doc else []
    return laid_out(read.lines, titles_of(spec), moved, kinds)


def moved_in(read: Read, spec: WorkSpec, fields: Mapping[str, str]) -> dict[int, str]:
    """Where the headings of the file belong as its sender's form has them, all of them, so that one
    that is changed takes no other along: block -> part."""
    keys = {*titles_of(spec), APART, WITHIN}
    lines = {one.at for one in read.lines if one.kind in (HEAD, LINE)}
    said = {int(name[1:]): fields[name] for name in fields if HEAD_FIELD.fullmatch(name)}
    return {
        at: "" if key == APART else key for at, key in said.items() if at in lines and key in keys
    }


def laid_as(moved: Mapping[int, str]) -> str:
    """Where the headings belong, as the hidden field says it."""
    return ";".join(f"{at}={key}" for at, key in sorted(moved.items()))


def laid_before(read: Read, spec: WorkSpec, laid: str) -> Found:
    """The parts as the hidden field says that they were laid out."""
    said = (one.partition("=") for one in laid.split(";"))
    return found_in(
        read, spec, moved_in(read, spec, {f"h{at}": key or APART for at, _is, key in said})
    )


def heads_of(found: Found) -> dict[str, str]:
    """The headings of a file as the fields that say where they belong."""
    return {f"h{one.at}": one.key or APART for one in found.opened[:MOST_HEADS]}


def documents(
    read: Read, found: Found, spec: WorkSpec, fields: Mapping[str, str]
) -> dict[str, str]:
    """Section key -> its document, cut from the file as the form has it: where its words are those
    of the file, and they hold more than lines (tables, pictures, notes, marks)."""
    if not read.doc:
        return {}
    doc = json.loads(read.doc)
    made = {}
    for place, one in enumerate(spec.sections):
        blocks = _blocks(one.key, fields.get(f"s{place}", ""), found, fields)
        if blocks and not is_bare(part := cut(doc, blocks)):
            made[one.key] = write(part)
    return made


def loose_documents(read: Read, found: Found, fields: Mapping[str, str]) -> dict[str, str]:
    """The documents of the pieces that belong to no part, by the number of their field: of those
    that hold more than lines and whose words nobody changed."""
    if not read.doc:
        return {}
    doc, made = json.loads(read.doc), {}
    for number, one in enumerate(found.apart):
        words = fields.get(f"r{number}-words", "")
        same = shown(words).strip() == shown(whole(one)).strip()
        if same and one.places and not is_bare(part := cut(doc, one.places)):
            made[f"r{number}"] = write(part)
    return made


def tracked_in(docs: Iterable[str]) -> dict[str, int]:
    """How many tracked changes and comments these documents carry: every reader sees them."""
    read = [json.loads(one) for one in docs]
    runs = [run for doc in read for run in runs_of(doc["blocks"])]
    return {
        "changes": sum("ins" in run or "cut" in run for run in runs),
        "remarks": sum(len(doc["comments"]) for doc in read),
    }


def left_behind(read: Read, docs: Iterable[str]) -> dict[str, Any]:
    """What reviewers left in the file that none of these documents carries, because its place is
    no text of a section: its comments, and how many tracked changes."""
    if not read.doc:
        return {}
    docs = list(docs)
    taken = {name for one in docs for name in json.loads(one)["comments"]}
    whole_, carried = tracked_in([read.doc])["changes"], tracked_in(docs)["changes"]
    remarks = json.loads(read.doc)["comments"]
    return {
        "remarks": [
            {"author": one.get("by", ""), "words": one["words"]}
            for name, one in remarks.items()
            if name not in taken
        ],
        "changes": max(whole_ - carried, 0),
    }


def _blocks(key: str, words: str, found: Found, fields: Mapping[str, str]) -> list[int] | None:
    """The blocks that make up a section, in their order; None where words were changed or where
    what was placed is no whole blocks."""
    if shown(words).strip() != shown(found.texts.get(key, "")).strip():
        return None
    if key in found.texts and key not in found.places and words.strip():
        return None
    blocks = list(found.places.get(key, ()))
    for number, one in enumerate(found.apart):
        to = fields.get(f"r{number}-to", "")
        if to.strip("^") != key or to == KEPT_OUT:
            continue
        if shown(fields.get(f"r{number}-words", "")).strip() != shown(whole(one)).strip():
            return None
        if not one.places:
            return None
        blocks = [*one.places, *blocks] if to.startswith("^") else [*blocks, *one.places]
    return blocks


def plan_in(found: Found, seats: Iterable[Seat], near: date) -> list[PlanItem]:
    """The items of the plan that a file holds: who and when where it says so beyond doubt. A day
    without its year is the one nearest to `near`; a name of two seats is nobody's."""
    people: dict[str, str] = {}
    for seat in seats:
        for name in _names_of(seat):
            alone = people.get(name, seat.public_id) == seat.public_id
            people[name] = seat.public_id if alone else ""
    heads = {one.title for one in found.opened if one.key == PLAN_KEY}
    lines = [one for one in found.texts.get(PLAN_KEY, "").split("\n") if one not in heads]
    items = planned("\n".join(lines), people, near)
    return [PlanItem(one.what, one.who, one.due) for one in items]


def _names_of(seat: Seat) -> set[str]:
    """How a plan may call who holds this seat: the person, the unit, the unit's delegate; a name
    with or without what stands in brackets behind it."""
    held = [one.called for one in (seat.person, seat.organisation) if one]
    names = {name for one in held for name in (one.in_("zh"), one.in_("en"))}
    names |= {seat.delegate.name} if seat.delegate else set()
    return {one for name in names for one in (name, _BRACKETS.sub("", name)) if len(one) > 1}


def as_fields(
    found: Found, spec: WorkSpec, drafted: Mapping[str, str], items: Sequence[PlanItem]
) -> dict[str, str]:
    """What a file form shows of what was found: sections (the draft's words where the file has
    none), pages, the plan's rows with some to spare, and what belongs to no part."""
    fields: dict[str, str] = {}
    for place, one in enumerate(spec.sections):
        fields[f"s{place}"] = found.texts.get(one.key, "") or drafted.get(one.key, "")
        if one.key in found.pages:
            first, last = found.pages[one.key]
            fields |= {f"from{place}": str(first), f"to{place}": str(last)}
    plan = found.texts.get(PLAN_KEY, "")
    if spec.plan:
        fields |= _rows([*items, *[PlanItem("")] * 3])
    loose = [(whole(one), _placed(one, drafted)) for one in found.apart]
    if not items and not is_empty(plan):
        loose.append((plan, ""))
    for number, (words, key) in enumerate(loose):
        fields |= {f"r{number}-words": words, f"r{number}-to": key}
    return fields


def laid_fields(
    read: Read,
    spec: WorkSpec,
    whose: tuple[Iterable[Seat], date],
    said: Mapping[str, str] | None,
    drafted: Content,
    stood: Mapping[str, str],
) -> dict[str, str]:
    """The parts of a file as fields of a form. Its headings go where the form that was sent has
    them (`said`), which keeps what else was typed there; else where they stood before (`stood`).
    `whose` are the seats a plan may name, and the day its dates are near."""
    moved = moved_in(read, spec, said or {})
    if said is None:
        moved = rules.remembered(found_in(read, spec), stood)
    parts = found_in(read, spec, moved)
    items = rules.completed_plan(plan_in(parts, *whose), drafted.plan)
    heads = heads_of(parts)
    fields = as_fields(parts, spec, drafted.sections, items) | heads
    fields["laid"] = laid_as(moved_in(read, spec, heads))
    if said is not None:
        old = laid_before(read, spec, said.get("laid", ""))
        keys = [one.key for one in spec.sections]
        fields |= rules.still_said(old, parts, keys, PLAN_KEY, said)
    return fields


def _placed(one: Apart, drafted: Mapping[str, str]) -> str:
    """Where a piece goes unless its sender says otherwise: lines without a heading where they stood
    before; a title page, and the title of the whole, nowhere; all else is asked about."""
    if one.title:
        return "" if one.follows or one.words.strip() else KEPT_OUT
    words = one.words.strip()
    kept = "" if one.weighty else KEPT_OUT
    return next((key for key, text in drafted.items() if words and words in text), kept)


def looks_like_plan(words: str) -> bool:
    """Whether a piece calls itself a plan, which is entered in rows and not as words."""
    head = words.strip().partition("\n")[0].casefold()
    return len(head) <= MOST_HEAD and ("计划" in head or "plan" in head.split())


def _rows(plan: Iterable[PlanItem]) -> dict[str, str]:
    """The rows of a plan as the fields of a form."""
    fields: dict[str, str] = {}
    for row, item in enumerate(plan):
        fields |= {
            f"p{row}-title": item.title,
            f"p{row}-who": item.assignee_seat_id,
            f"p{row}-due": item.due.isoformat() if item.due else "",
        }
    return fields


def texts_of(version: Version) -> list[dict[str, Any]]:
    """The sections that are documents, of the version and of those it is made of."""
    made_of = queries.pinned(version).values()
    rows = [*version.sections, *(row for one in made_of for row in one.sections)]
    return [json.loads(row["text"]) for row in rows if form_of(row) == DOC]


def picture_of(version: Version, sha256: str) -> FileResponse:
    """A picture that the version, or one of those it is made of, shows. Whoever calls has asked
    whether its page may be read; any other hash is not found."""
    rows = [
        *version.sections,
        *(r for one in queries.pinned(version).values() for r in one.sections),
    ]
    if sha256 not in rules.pictures_in(rows):
        raise Http404
    return give_picture(version.programme, sha256)


def in_hand(person: Person, at: datetime) -> Iterator[WorkingCopy]:
    """The reports this person saved last, may still write and has not handed in as they stand."""
    told = Version.objects.filter(report=OuterRef("pk"), recorded_at__gte=OuterRef("saved_at"))
    unsent = Q(state=ReportState.DRAFT) | ~Exists(told)
    saved = person.label

    def written(sight: Sight) -> QuerySet[Report]:
        own = Report.objects.filter(unsent, state__in=rules.EDITABLE, saved_by=saved)
        duties = Obligation.objects.filter(permissions.writing_scope(sight.seat))
        mine = own.filter(obligation__in=duties, revision__gt=0).with_names()
        return permissions.with_draft(sight, mine)

    found: dict[int, Report] = {}
    for sight in sights(reading_seats(person, at), person):
        key = ("reports.in-hand", saved, *sight.key)
        found |= {one.pk: one for one in prepared(key, partial(written, sight))}
    for one in found.values():
        yield WorkingCopy(one.title, one.programme.title, f"{one.path}edit/", one.saved_at)


def reads(door: Door, report_id: str) -> bool:
    """May the acting seat read this report, by its public id?"""
    return queries.report_by_id(door.sight, report_id) is not None


class AsksPoints(LineForm):
    """A form that returns a report: what the next version has to answer, one point a line. Points
    that the words (`words`) number themselves are laid into the empty box, once, to be looked at
    before it is sent."""

    words = ""
    points = forms.CharField(
        label=_("须逐条答复的要点"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("每行一条。对方再次提交时，须逐条勾选“已改”或写明理由。"),
    )
    lifted = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def asks(self) -> bool:
        """May points be asked for with what was chosen?"""
        return True

    def clean(self) -> dict[str, Any] | None:
        """Numbered words become points only under the eyes of who wrote them."""
        facts = super().clean()
        said = self.cleaned_data
        if "points" in self.fields and self.asks():
            found = rules.numbered(str(said.get(self.words, "")))
            if found and not (said.get("points") or said.get("lifted")):
                self._lay(found)
        return facts

    def _lay(self, found: list[str]) -> None:
        laid = {"points": "\n".join(found), "lifted": "on"}
        sent = {key: self.data.get(key) for key in self.data}
        self.data = sent | {self.add_prefix(name): said for name, said in laid.items()}
        self.add_error(
            "points",
            _("文字里编了号的已列在这里，请核对后再提交；不需要逐条答复的，请删去那一行。"),
        )

    def asked_points(self) -> list[str]:
        """The points, of a valid form."""
        return rules.points_of(self.cleaned_data.get("points", ""))
