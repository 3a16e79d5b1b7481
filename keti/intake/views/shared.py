"""What the pages of intake share: finding things, downloads, a refusal on the page."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from keti.documents.rules.sheet import Cell, to_csv, to_xlsx
from keti.duties.models import Obligation
from keti.duties.permissions import visible
from keti.groups.doors import Door, enter
from keti.groups.permissions import may_manage
from keti.kernel.downloads import attachment as saved_as
from keti.kernel.ids import new_id
from keti.kernel.refusals import Refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def lang() -> str:
    return get_language() or "zh-hans"


def enter_office(request: HttpRequest, slug: str) -> Door:
    """Let the secretariat in; for every other seat these pages do not exist."""
    door = enter(request, slug)
    if not may_manage(door.act(), door.programme):
        raise Http404
    return door


def duty_of(door: Door, public_id: str, *forms: str) -> Obligation:
    """The duty of this page; 404 where it is absent, another's, or of another form."""
    mine = visible(door.sight, Obligation.objects.with_names().filter(form__in=forms))
    duty = mine.filter(public_id=public_id).first()
    if duty is None:
        raise Http404
    return duty


def show(
    request: HttpRequest, template: str, context: dict[str, Any], refused: Refused | None = None
) -> HttpResponse:
    """A page; with a refusal it keeps what was typed and says why (422)."""
    context = {"key": new_id(), **context}
    if refused is not None:
        context["refusal"] = refused.sentence(lang())
    return render(request, template, context, status=422 if refused else 200)


def attachment(data: bytes, mime: str, name: str) -> HttpResponse:
    """A download under its own name."""
    header = saved_as(name)
    return HttpResponse(data, content_type=mime, headers={"Content-Disposition": header})


def sheet(
    title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]], form: str
) -> HttpResponse:
    """A list as xlsx or csv."""
    if form == "csv":
        return attachment(to_csv(header, rows), "text/csv; charset=utf-8", f"{title}.csv")
    if form == "xlsx":
        return attachment(to_xlsx(title, header, rows), XLSX, f"{title}.xlsx")
    raise Http404
