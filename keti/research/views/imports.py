"""Nodes of a kind from a sheet: what is taken is entered, what is not is said row by row."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from keti.documents.actions import examined
from keti.documents.doors.sheets import sheet
from keti.documents.rules.sheet import read_table
from keti.groups.doors import Door, enter, keeping, page, tried, why_not
from keti.groups.models import Group
from keti.kernel.refusals import Refused, sentence
from keti.research import actions, doors, permissions
from keti.research.actions import Said
from keti.research.enums import Level, Stakeholder
from keti.research.forms import SheetForm
from keti.research.rules import sheets
from keti.research.rules.kinds import Kind
from keti.research.views.nodes import groups_of, kind_named

MOST_ROWS = 3000


def bring(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Upload a sheet of nodes of one kind."""
    door = enter(request, slug)
    wanted, groups = kind_named(door, kind), groups_of(door)
    form = keeping(SheetForm(request.POST or None, request.FILES or None, groups=groups), door)
    problems: list[dict[str, object]] = []
    made, refused = tried(
        request, form, lambda: _brought(door, door.own_act(form), form, wanted, problems)
    )
    more = {
        "title": wanted.title.in_(door.lang),
        "kind": wanted.key,
        "made": made,
        "problems": problems,
        "why_not": "" if groups else why_not(
            door, lambda: permissions.may_enter(door.act(), door.programme, door.seat.group)
        ),
    }  # fmt: skip
    context = {"door": door, "form": form, **more}
    return page(request, "research/import.html", context, form, refused=refused)


def _brought(
    door: Door, act: Any, form: SheetForm, kind: Kind, problems: list[dict[str, object]]
) -> list[Any]:
    upload = form.cleaned_data["file"]
    found = sheets.read_nodes(_rows(upload), kind, _codes(), _there(door, kind))
    problems[:] = [
        {
            "row": one.row,
            "value": one.value,
            "what": sentence(one.code, one.facts, door.lang),
        }
        for one in found.problems
    ]
    group = Group.objects.filter(
        programme=door.programme, public_id=form.cleaned_data["group"]
    ).first()
    words: list[dict[str, Any]] = [{"title_zh": "", **one.said} for one in found.lines]
    many = [
        Said(kind.key, group=group, facts=one.facts, **said)
        for one, said in zip(found.lines, words, strict=True)
    ]
    return actions.enter_all(act, programme=door.programme, many=many)


def _rows(upload: Any) -> Any:
    kind = examined(upload, upload.name).sniffed.safe_name.rpartition(".")[2].lower()
    if kind not in ("xlsx", "xls", "et", "csv"):
        raise Refused("research.no-sheet").at("file")
    upload.seek(0)
    return read_table(upload.read(), kind, max_rows=MOST_ROWS).rows


def _codes() -> sheets.Codes:
    """The words of the common choices, in the language of the page, and their codes."""
    return {
        name: {word: str(code) for code, label in choices
               for word in (str(code), str(label).casefold())}
        for name, choices in (("level", Level.choices), ("stakeholder", Stakeholder.choices))
    }  # fmt: skip


def _there(door: Door, kind: Kind) -> list[str]:
    """The titles of this kind that the visitor sees, as they are compared."""
    found = doors.seen(door).standing().filter(kind=kind.key).values_list("title_zh", flat=True)
    return [sheets.plain(title) for title in found]


def template(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """An empty sheet with the headings of a kind."""
    door = enter(request, slug)
    wanted = kind_named(door, kind)
    return sheet(wanted.title.in_(door.lang), sheets.header(wanted, door.lang), [], "xlsx")
