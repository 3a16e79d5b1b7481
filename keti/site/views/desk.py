"""The desk: what I owe, what waits for me, what I missed, what others owe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.duties import permissions
from keti.duties.doors import LatenessView, Line, Step, line_of, title_of, where_to_do
from keti.duties.models import Obligation
from keti.groups.doors import Door, KeyForm, attempt, enter
from keti.kernel.addresses import subscribed
from keti.site import actions
from keti.site.queries import desk as reads
from keti.site.queries.desk import Reminded, Section
from keti.site.queries.listed import listed
from keti.site.queries.waiting import Waiting, how_many, waiting
from keti.site.views.house import back_to


@dataclass(frozen=True, slots=True)
class Part:
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
    owed, others, waits = reads.owed(door), reads.owed_by_others(door), waiting(door)
    block = reads.blockers(door, owed.shown())
    told = reads.reminded(door, [duty for part in others.values() for duty in part.first])
    sight = LatenessView.of(door)
    to_do = owed.count() + how_many(waits)
    rest = f"{reverse('duties:list', args=[slug])}?whose="

    def mine(words: str, section: Section) -> Part:
        lines = [_mine(duty, door, sight, block) for duty in section.first]
        return Part("mine", words, lines, section.count, f"{rest}mine")

    def theirs(words: str, section: Section) -> Part:
        lines = [_theirs(duty, door, sight, told) for duty in section.first]
        return Part("theirs", words, lines, section.count, f"{rest}others")

    context = {
        "door": door,
        "owed": owed,
        "to_do": to_do,
        "next_due": None if to_do else reads.next_due(door),
        "parts": [
            mine(_("已过期限"), owed.overdue),
            mine(_("退回修改，等您"), owed.waiting),
            Part("waits", _("等您接收或决定"), _with_verbs(waits), how_many(waits)),
            mine(_("七日之内"), owed.week),
            theirs(_("别人已过期限"), others["overdue"]),
            mine(_("以后"), owed.later),
            theirs(_("在等别人"), others["ahead"]),
        ],
        "others": sum(part.count for part in others.values()),
        "remind_key": KeyForm(),
        "reminded": told.get(request.GET.get("reminded", "")),
        "calendar": subscribed(f"/cal/{door.person.feed_token}.ics"),
    }
    return render(request, "site/desk.html", context)


def _with_verbs(waits: Sequence[Waiting]) -> list[tuple[Waiting, str]]:
    verbs = _verbs()
    return [(one, verbs[one.verb]) for one in waits]


def _verbs() -> dict[str, str]:
    """What the button of a waiting thing says."""
    return {
        "accept": _("去接收"),
        "decide": _("去审核"),
        "confirm": _("去确认"),
        "judge": _("去评审"),
        "open": _("去开启"),
        "answer": _("去处理"),
    }


def _mine(
    duty: Obligation, door: Door, sight: LatenessView, block: Mapping[str, Obligation]
) -> Line:
    waits = [title_of(block[key], door.lang) for key in duty.needs if key in block]
    parts = [duty.group.title.in_(door.lang)]
    if waits:
        shown = listed("、".join(dict.fromkeys(waits)))
        parts.append(_("须先完成：{what}").format(what=shown))
    if duty.state == "returned" and duty.reason:
        parts.append(duty.reason)
    label = _("继续办理") if duty.begun_at else _("去办理")
    not_yet = duty.opens_at is not None and duty.opens_at > door.now
    step = Step(label, where_to_do(duty), primary=not waits and not not_yet)
    return line_of(duty, sight, door.lang, note=" · ".join(parts), actions=[step])


@dataclass(frozen=True, slots=True)
class Theirs:
    """A line of what others owe: where to remind them, where to record for them, who was told."""

    line: Line
    remind: str
    record: str
    told: Reminded | None
    told_today: bool


def _theirs(
    duty: Obligation, door: Door, sight: LatenessView, told: Mapping[str, Reminded]
) -> Theirs:
    who = duty.seat.called.in_(door.lang) if duty.seat else _("尚无人担任")
    if duty.each_their_own:
        who = _("各自办理")
    line = line_of(duty, sight, door.lang, note=f"{duty.group.title.in_(door.lang)} · {who}")
    last = told.get(duty.public_id)
    local = door.programme.local
    today = last is not None and local(last.at).date() == local(door.now).date()
    remind = f"/p/{door.programme.slug}/desk/remind/{duty.public_id}/" if duty.seat else ""
    record = f"{where_to_do(duty)}?file=1" if door.seat.can("manage") and duty.seat else ""
    return Theirs(line, "" if today else remind, record, last, today)


@require_POST
def remind(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Write to who owes it, politely, once a day at most."""
    door = enter(request, slug)
    mine = permissions.visible(door.sight, Obligation.objects.all())
    duty = mine.with_names().filter(public_id=duty_id).first()
    if duty is None:
        raise Http404
    act = door.act(request.POST.get("key", ""))
    _done, refused = attempt(lambda: actions.remind(act, obligation=duty))
    base = f"/p/{slug}/desk/"
    if refused:
        context = {"door": door, "why": refused.sentence(door.lang), "back": base}
        return render(request, "site/refused.html", context, status=422)
    return HttpResponseRedirect(back_to(request, f"{base}?reminded={duty.public_id}"))
