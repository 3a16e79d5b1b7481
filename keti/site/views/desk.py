"""The desk: what I owe, what waits for me, what I missed, what others owe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from keti.duties.doors import (
    DutyButton,
    DutyLine,
    LatenessView,
    line_of,
    title_of,
    where_to_do,
    who_of,
)
from keti.duties.enums import Verb
from keti.duties.models import Obligation
from keti.groups.doors import Door, KeyForm, enter
from keti.kernel.addresses import subscribed
from keti.kernel.refusals import sentence
from keti.meetings import queries as meetings
from keti.site.queries import desk as reads
from keti.site.queries.desk import DeskSection, Reminded
from keti.site.queries.listed import listed


@dataclass(frozen=True, slots=True)
class DeskPart:
    """One part of the desk: its kind of lines, its words, the lines shown, how many there are,
    and where the rest is."""

    kind: str
    words: str
    lines: Sequence[object]
    count: int
    rest: str = ""

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that presses on the acting seat."""
    door = enter(request, slug)
    presses = door.unchanged(("site.desk",), lambda: _presses(door), names=True)
    context = {
        "door": door,
        "to_do": presses.to_do,
        "met": presses.met,
        "missed": presses.missed,
        "invited": meetings.ahead(door.seat, door.now),
        "next_due": presses.next_due,
        "parts": presses.parts,
        "others": presses.others,
        "remind_key": KeyForm(),
        "reminded": presses.told.get(request.GET.get("reminded", "")),
        "calendar": subscribed(f"/cal/{door.person.feed_token}.ics"),
    }
    return render(request, "site/desk.html", context)


@dataclass(frozen=True, slots=True)
class Presses:
    """What the desk says: its parts, how much is to do, was met, was missed and is owed by others,
    what falls due next where nothing is to do, and who was reminded of what."""

    parts: list[DeskPart]
    to_do: int
    met: int
    missed: int
    others: int
    next_due: datetime | None
    told: Mapping[str, Reminded]


def _presses(door: Door) -> Presses:
    owed, others = reads.owed(door), reads.owed_by_others(door)
    block = reads.blockers(door, owed.shown())
    told = reads.reminded(door.programme, [duty for part in others.values() for duty in part.first])
    sight = LatenessView.of(door)
    to_do = owed.count()
    rest = f"{reverse('duties:list', args=[door.programme.slug])}?whose="

    def mine(words: str, section: DeskSection) -> DeskPart:
        lines = [_mine(duty, door, sight, block) for duty in section.first]
        return DeskPart("mine", words, lines, section.count, f"{rest}mine")

    def theirs(words: str, section: DeskSection) -> DeskPart:
        lines = [_theirs(duty, door, sight, told) for duty in section.first]
        return DeskPart("theirs", words, lines, section.count, f"{rest}others")

    return Presses(
        [
            mine(_("已过期限"), owed.overdue),
            mine(_("退回修改，等您"), owed.returned),
            _applications(door, owed.applications),
            mine(_("等您回应"), owed.answers),
            mine(_("七日之内"), owed.week),
            theirs(_("别人已过期限"), others["overdue"]),
            mine(_("以后"), owed.later),
            theirs(_("在等别人"), others["ahead"]),
        ],
        to_do,
        owed.met.count,
        owed.overdue.count,
        sum(part.count for part in others.values()),
        None if to_do else reads.next_due(door),
        told,
    )


def _applications(door: Door, waits: DeskSection) -> DeskPart:
    """All undecided applications as one line: they are worked through in their own list."""
    where = reverse("intake:applications", args=[door.programme.slug])
    words = sentence("site.applications-wait", {"count": waits.count}, door.lang)
    sight, step = LatenessView.of(door), DutyButton(_("去审核"), where)
    first = [
        DutyLine(duty.due_instant, words, "", where, *sight.said(duty, door.lang), [step])
        for duty in waits.first[:1]
    ]
    return DeskPart("mine", _("申报"), first, waits.count, where)


def _verb(duty: Obligation) -> str:
    """What the button of a duty says."""
    if not duty.is_response:
        return _("继续办理") if duty.begun_at else _("去办理")
    return {
        Verb.ACCEPT: _("去接收"),
        Verb.DECIDE: _("去审核"),
        Verb.CONFIRM: _("去确认"),
        Verb.VOUCH: _("去确认"),
        Verb.APPROVE: _("去表态"),
        Verb.APPOINT: _("去换届"),
        Verb.ENDORSE: _("去认可"),
        Verb.JUDGE: _("去评审"),
        Verb.OPEN: _("去开启"),
        Verb.ANSWER: _("去处理"),
        Verb.COMMENT: _("去提意见"),
    }[Verb(duty.form)]


def _mine(
    duty: Obligation, door: Door, sight: LatenessView, block: Mapping[str, Obligation]
) -> DutyLine:
    waits = [title_of(block[key], door.lang) for key in duty.needs if key in block]
    parts = [duty.group.title.in_(door.lang)]
    if waits:
        shown = listed("、".join(dict.fromkeys(waits)))
        parts.append(_("须先完成：{what}").format(what=shown))
    if duty.state == "returned" and duty.reason:
        parts.append(duty.reason)
    not_yet = duty.opens_at is not None and duty.opens_at > door.now
    step = DutyButton(_verb(duty), where_to_do(duty), primary=not waits and not not_yet)
    return line_of(duty, sight, door.lang, note=" · ".join(parts), actions=[step])


@dataclass(frozen=True, slots=True)
class Theirs:
    """A line of what others owe: where to remind them, where to record for them, who was told."""

    line: DutyLine
    remind: str
    record: str
    told: Reminded | None
    told_today: bool


def _theirs(
    duty: Obligation, door: Door, sight: LatenessView, told: Mapping[str, Reminded]
) -> Theirs:
    note = f"{duty.group.title.in_(door.lang)} · {who_of(duty, door.lang)}"
    line = line_of(duty, sight, door.lang, note=note)
    last = told.get(duty.public_id)
    local = door.programme.local
    today = last is not None and local(last.at).date() == local(door.now).date()
    asked = duty.seat is not None or duty.pool != ""
    place = [door.programme.slug, duty.public_id]
    remind = reverse("site:remind", args=place) if asked else ""
    record = f"{where_to_do(duty)}?file=1" if door.seat.can("manage") and duty.seat else ""
    return Theirs(line, "" if today else remind, record, last, today)
