"""The desk: what I owe, what waits for me, what I missed, what others owe."""

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.duties import permissions
from keti.duties.doors import Line, Sight, Step, line_of, page_of, title_of, where_to_do
from keti.duties.models import Obligation
from keti.groups.doors import Door, KeyForm, attempt, enter
from keti.site import actions
from keti.site.queries import desk as reads
from keti.site.queries.charter import listed
from keti.site.views.house import back_to

SHOWN_LATER = 12


def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that presses on the acting seat."""
    door = enter(request, slug)
    owed, others = reads.owed(door), reads.owed_by_others(door)
    own = [*owed.waiting, *owed.overdue, *owed.week, *owed.later]
    block = reads.blockers(door, own)
    sight = Sight.of(door)
    others_lines = [_theirs(duty, door, sight) for duty in others]

    def lines(duties: Sequence[Obligation]) -> list[Line]:
        return [_mine(duty, door, sight, block) for duty in duties]

    context = {
        "door": door,
        "owed": owed,
        "parts": [
            (_("退回修改，等您"), lines(owed.waiting)),
            (_("已过期限"), lines(owed.overdue)),
            (_("七日之内"), lines(owed.week)),
            (_("以后"), lines(owed.later[:SHOWN_LATER])),
        ],
        "more_later": max(0, len(owed.later) - SHOWN_LATER),
        "others": others_lines,
        "remind_key": KeyForm(),
        "reminded": request.GET.get("reminded") == "1",
        "calendar": f"webcal://{request.get_host()}/cal/{door.person.feed_token}.ics",
    }
    return render(request, "site/desk.html", context)


def _mine(duty: Obligation, door: Door, sight: Sight, block: Mapping[str, Obligation]) -> Line:
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


def _theirs(duty: Obligation, door: Door, sight: Sight) -> tuple[Line, str, str]:
    """The line, the address to remind, and the address to record for them."""
    who = duty.seat.label if duty.seat else _("尚无人担任")
    note = f"{duty.group.title.in_(door.lang)} · {who}"
    line = line_of(duty, sight, door.lang, note=note)
    remind = f"/p/{door.programme.slug}/desk/remind/{duty.public_id}/" if duty.seat else ""
    record = f"{page_of(duty)}#hand-in" if door.seat.can("manage") else ""
    return line, remind, record


@require_POST
def remind(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Write to who owes it, politely, once a day at most."""
    door = enter(request, slug)
    mine = permissions.visible(door.seat, Obligation.objects.all())
    duty = mine.with_names().filter(public_id=duty_id).first()
    if duty is None:
        raise Http404
    act = door.act(request.POST.get("key", ""))
    _done, refused = attempt(lambda: actions.remind(act, obligation=duty))
    base = f"/p/{slug}/desk/"
    if refused:
        context = {"door": door, "why": refused.sentence(door.lang), "back": base}
        return render(request, "site/refused.html", context, status=422)
    return HttpResponseRedirect(back_to(request, f"{base}?reminded=1"))
