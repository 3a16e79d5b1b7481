"""The numbered papers that name people: who was appointed to a group, who was admitted."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from keti.charter.queries import compiled
from keti.documents.doors import paper_file
from keti.documents.rules.forms import heads, sign_line
from keti.documents.rules.paper import Paper, printed_day, tongue
from keti.documents.rules.written import Box, Grid
from keti.duties.models import NumberedPaper
from keti.duties.queries import numbered_of
from keti.groups.doors import Door, enter
from keti.groups.permissions import may_manage
from keti.intake.views.shared import duty_of

WIDTHS = (7, 25, 36, 32)


def named(request: HttpRequest, slug: str, duty_id: str, form: str) -> HttpResponse:
    """The list as it was when its number was given: of appointments for who sees the duty, of
    admissions for the secretariat."""
    door = enter(request, slug)
    duty = duty_of(door, duty_id, "appointment", "admission")
    if duty.form == "admission" and not may_manage(door.act(), door.programme):
        raise Http404
    held = numbered_of(duty)
    if held is None:
        raise Http404
    return paper_file(request, _paper(door, held), form, door.asker)


def _paper(door: Door, held: NumberedPaper) -> Paper:
    programme, duty, speech = door.programme, held.obligation, door.lang
    admission = duty.form == "admission"
    top = (
        heads(_("序号"), _("申报编号"), _("姓名或单位"), _("编入"))
        if admission
        else heads(_("序号"), _("职务"), _("姓名或单位"), _("单位或代表人"))
    )
    cells = _admitted if admission else _seated
    rows = [
        (Box(str(place), label=True), *map(Box, cells(one, "en" if speech == "en" else "zh")))
        for place, one in enumerate(held.says, start=1)
    ]
    note = _("共 {n} 名。").format(n=len(rows))
    last = (Box(note, across=len(WIDTHS), sign=sign_line(speech, sealed=True)),)
    local = programme.local(held.at)
    return Paper(
        kind="table",
        title=_("录取名单") if admission else _("任命名单"),
        lang=tongue(speech),
        subtitle=programme.title.in_(speech) if admission else duty.group.title.in_(speech),
        issuer=compiled(programme).issuer(duty.kind).name.in_(speech),
        number=held.number,
        date=printed_day(local, speech),
        day=local.date(),
        body=(Grid((top, *rows, last), WIDTHS, heads=1),),
        demo=programme.is_demo,
    )


def _seated(one: dict[str, Any], lang: str) -> tuple[str, ...]:
    who = " ".join(filter(None, (one["who"][lang], one["style"])))
    return one["role"][lang], who, one["of"][lang]


def _admitted(one: dict[str, Any], lang: str) -> tuple[str, ...]:
    place = "　".join(filter(None, (one["group"][lang], one["role"][lang])))
    return one["number"], one["who"][lang], place
