"""Papers that came by post: several duties met by their files on one page, each recorded for its
holder by the secretariat."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from keti.duties import actions, permissions
from keti.duties.doors import text_of_file, title_of
from keti.duties.forms import PaperRow
from keti.duties.models import Filing, Obligation, ObligationQuerySet
from keti.groups.doors import Door, attempt, enter_office
from keti.kernel.once import once

ROWS = 10
MOST = 400


def post(request: HttpRequest, slug: str) -> HttpResponse:
    """Ten rows of duty, file, words and day. What is refused stands there again with what was
    typed; the rest is done."""
    door = enter_office(request, slug)
    duties = _duties(door)
    if request.method != "POST":
        return _page(request, door, [_row(door, duties, number) for number in range(ROWS)])
    rows, done = [], 0
    for number in range(ROWS):
        row = _row(door, duties, number, request.POST, request.FILES)
        if row.is_blank():
            row = _row(door, duties, number)
        elif row.is_valid() and attempt(partial(_record, door, duties, row), row)[0]:
            done += 1
            row = _row(door, duties, number)
        rows.append(row)
    left = [row for row in rows if row.is_bound]
    if done:
        messages.success(request, _("已录入 {n} 件。").format(n=done))
    if left or not done:
        return _page(request, door, rows, status=422)
    return HttpResponseRedirect(request.path)


def _duties(door: Door) -> dict[str, Obligation]:
    """What may be met by a file and has somebody to record it for, by public id."""
    return {one.public_id: one for one in door.read(("duties.by-post",), _owed)}


def _owed(door: Door) -> ObligationQuerySet:
    found = permissions.visible(door.sight, Obligation.objects.all()).open().with_names()
    found = found.apart_from_responses().filter(seat__isnull=False)
    apart = found.exclude(form__in=["report", "acceptance", "task"])
    return apart.order_by("due", "pk")[:MOST]


def _row(door: Door, duties: dict[str, Obligation], number: int, *sent: Any) -> PaperRow:
    def called() -> list[tuple[str, str]]:
        return [
            (key, f"{one.group.title.in_(door.lang)} · {title_of(one, door.lang)}")
            for key, one in duties.items()
        ]

    choices = once(("duties.by-post", *door.key), called)
    return PaperRow(*sent, door=door, duties=choices, prefix=f"r{number}")


def _record(door: Door, duties: dict[str, Obligation], row: PaperRow) -> Filing:
    given = row.cleaned_data
    duty = duties[given["duty"]]
    act = replace(door.act(given["key"]), on_behalf_of=duty.seat, happened=given["came"])
    file = door.keep(act, given["file"])
    act = replace(act, evidence=file)
    text = text_of_file(act, duty, given["file"], door.lang)
    return actions.hand_in_file(act, obligation=duty, file=file, lines=[given["line"]], text=text)


def _page(
    request: HttpRequest, door: Door, rows: Sequence[PaperRow], *, status: int = 200
) -> HttpResponse:
    context = {"door": door, "rows": rows}
    return render(request, "duties/post.html", context, status=status)
