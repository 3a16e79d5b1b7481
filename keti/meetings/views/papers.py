"""The notice of a meeting as a paper: when, where, who, what is on the agenda."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from keti.documents.doors import paper_file
from keti.documents.rules.paper import Paper, printed_day, tongue
from keti.documents.rules.written import Body, Head, Points, as_body
from keti.groups.doors import Door, enter
from keti.kernel.refusals import both
from keti.meetings.enums import MeetingState
from keti.meetings.models import Meeting
from keti.meetings.queries import guests_of, start_text
from keti.meetings.views.arranging import mode_word
from keti.meetings.views.meeting import fetch


def invitation(request: HttpRequest, slug: str, meeting_id: str, form: str) -> HttpResponse:
    """会议通知 with the agenda, for whoever sees the meeting; none for one that was called off."""
    door = enter(request, slug)
    one = fetch(door, meeting_id)
    if one.state == MeetingState.CANCELLED:
        raise Http404
    return paper_file(request, notice(door, one), form, door.asker)


def notice(door: Door, one: Meeting) -> Paper:
    """The notice as it would be sent by hand."""
    programme, lang = door.programme, door.lang
    local = programme.local(one.arranged_at)
    who = one.group.title.in_(lang)
    return Paper(
        kind="notice",
        title=_("关于召开{title}的通知").format(title=one.title.in_(lang)),
        lang=tongue(lang),
        date=printed_day(local, lang),
        day=local.date(),
        issuer=programme.title.in_(lang),
        signatory=who,
        facts=(
            (_("时间"), start_text(programme, one.starts_at, lang)),
            (_("地点"), one.place or mode_word(one, lang)),
            (_("主持"), one.chair.called.in_(lang)),
            (_("参加"), _invited(one, lang)),
        ),
        body=_agenda(one),
        demo=programme.is_demo,
    )


def _invited(one: Meeting, lang: str) -> str:
    rows = one.attendance.select_related("seat__person", "seat__organisation", "seat__role")
    mark = "、" if tongue(lang) == "zh-hans" else ", "
    names = [row.seat.called.in_(lang) for row in rows]
    names += [both("meetings.as-guest", name=guest.name).in_(lang) for guest in guests_of(one)]
    return mark.join(names)


def _agenda(one: Meeting) -> Body:
    lines = tuple(str(row["text"]) for row in one.agenda)
    if not lines:
        return as_body(_("请准时参加。"))
    return (Head(_("议程")), Points(lines, numbered=True), *as_body(_("请准时参加。")))
