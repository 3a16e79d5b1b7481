"""The papers of a gathering: run sheet, guests, who signs what."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from keti.documents.doors import paper_file
from keti.documents.rules.paper import Paper, printed_day, tongue
from keti.documents.rules.written import Box, Grid
from keti.gatherings import permissions, queries
from keti.gatherings.models import Gathering
from keti.gatherings.views.pages import fetch
from keti.groups.doors import Door, enter_office

Rows = Sequence[Sequence[str]]


def _paper(door: Door, one: Gathering, title: str, table: Rows, widths: tuple[int, ...]) -> Paper:
    lang = tongue(door.lang)
    local = door.programme.local(one.begins_at)
    head, *rows = table
    grid = Grid(
        (
            tuple(Box(word, label=True) for word in head),
            *(tuple(Box(word) for word in row) for row in rows),
        ),
        widths,
        heads=1,
    )
    return Paper(
        kind="table",
        title=title,
        lang=lang,
        subtitle=f"{one.title.in_(lang)} · {one.place}",
        issuer=door.programme.title.in_(lang),
        date=printed_day(local, lang),
        day=local.date(),
        body=(grid,),
        demo=door.programme.is_demo,
    )


def run_sheet(request: HttpRequest, slug: str, gathering_id: str, form: str) -> HttpResponse:
    """What happens by the minute, who speaks, who sees to what."""
    door = enter_office(request, slug)
    one = fetch(door, gathering_id)
    head = (_("时间"), _("分钟"), _("议程"), _("讲者"), _("现场提示"), _("现场负责人"))
    rows = [
        (f"{part.begins}–{part.ends}", str(part.slot.minutes), part.slot.title.in_(door.lang),
         part.speaker, part.slot.cue, part.slot.minder)
        for part in queries.parts(one, door.lang, public=False)
    ]  # fmt: skip
    paper = _paper(door, one, _("大会流程单"), [head, *rows], (4, 2, 7, 5, 6, 3))
    return paper_file(request, paper, form, door.asker)


def guest_list(request: HttpRequest, slug: str, gathering_id: str, form: str) -> HttpResponse:
    """The guests, to be signed at the door."""
    door = enter_office(request, slug)
    one = fetch(door, gathering_id)
    found = permissions.invitees_in_sight(door.sight).filter(gathering=one).order_by("pk")
    head = (_("序号"), _("姓名"), _("单位"), _("职务"), _("座位"), _("回复"), _("签到"))
    rows = [
        (str(place), row.name, row.unit, row.office, row.place, str(row.get_reply_display()), "")
        for place, row in enumerate(found, start=1)
    ]
    paper = _paper(door, one, _("来宾名单"), [head, *rows], (2, 4, 7, 4, 3, 3, 4))
    return paper_file(request, paper, form, door.asker)


def signing_list(request: HttpRequest, slug: str, gathering_id: str, form: str) -> HttpResponse:
    """Who signs which paper, with how many copies."""
    door = enter_office(request, slug)
    one = fetch(door, gathering_id)
    head = (_("文件"), _("签署方"), _("签署人"), _("应得份数"), _("领走份数"), _("收讫"))
    rows = [
        (row.paper, row.party, row.signatory, str(row.copies),
         "" if row.handed is None else str(row.handed), "")
        for row in queries.signers(one)
    ]  # fmt: skip
    paper = _paper(door, one, _("签署名单"), [head, *rows], (7, 7, 4, 3, 3, 4))
    return paper_file(request, paper, form, door.asker)
