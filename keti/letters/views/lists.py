"""Lists of recipients: drafted, looked at, approved, withdrawn."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from keti.charter.queries import compiled
from keti.groups.doors import Door, go, page, tried, why_not
from keti.kernel.refusals import Refused
from keti.letters import actions, permissions
from keti.letters.doors import enter_letters
from keti.letters.enums import ListState
from keti.letters.forms import ListForm, ReasonForm
from keti.letters.models import Listed, Office, RecipientList
from keti.letters.views.shared import list_of
from keti.lists.doors import Choice, Column, Listing, by_code, declared, save, show
from keti.lists.rules import Count, Label, Marked, Moment, Print

MARKS = {ListState.DRAFT: "doing", ListState.APPROVED: "done", ListState.WITHDRAWN: "none"}


def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Draft a list of offices by their kind and province."""
    door = enter_letters(request, slug)
    form = ListForm(request.POST or None, door=door)

    def do() -> RecipientList:
        said = form.facts()
        act = door.act(str(form.cleaned_data["key"]))
        chosen = list(_chosen(door, said["kinds"], said["provinces"]))
        return actions.draft_list(
            act, programme=door.programme, key=said["key_word"], title=said["title"], offices=chosen
        )

    made, refused = tried(request, form, do)
    if made is not None:
        return go(made.path)
    context = {
        "door": door,
        "form": form,
        "why_not": why_not(door, lambda: permissions.may_keep(door.act(), door.programme)),
    }
    return page(request, "letters/list_new.html", context, form, refused=refused)


def _chosen(door: Door, kinds: list[str], provinces: list[str]) -> QuerySet[Office]:
    found = Office.objects.filter(programme=door.programme, withdrawn_at=None, kind__in=kinds)
    if provinces:
        within = Q(division="")
        for code in provinces:
            within |= Q(division__startswith=code[:2])
        found = found.filter(within)
    return found.order_by("division", "name")


def _lines(door: Door) -> QuerySet[Listed]:
    lists = permissions.visible(door.sight, RecipientList.objects.all())
    return Listed.objects.filter(list__in=lists).select_related("office", "list")


def _rows(door: Door, found: Iterable[Listed]) -> Iterator[dict[str, Any]]:
    for one in found:
        one.office.programme = door.programme
        yield {"one": one, "name": one.name or one.office.name}


def _lists(door: Door, _rows: Any) -> list[tuple[str, str]]:
    found = permissions.visible(door.sight, RecipientList.objects.all())
    return [(one.public_id, one.label) for one in found.order_by("-pk")]


def _every(door: Door) -> QuerySet[RecipientList]:
    return permissions.visible(door.sight, RecipientList.objects.all())


def _named(door: Door, found: Iterable[RecipientList]) -> Iterator[RecipientList]:
    for one in found:
        one.programme = door.programme
        yield one


LISTS = declared(
    Listing(
        name="recipient-lists",
        title=gettext_lazy("收件名单"),
        columns=(
            Column(
                "title", gettext_lazy("哪份名单"), lambda row: Label(row.title, row.path, row.key),
                ("title",), ("title", "key"),
            ),
            Column(
                "edition", gettext_lazy("第几版"), lambda row: Count(row.edition), ("edition",)
            ),
            Column("size", gettext_lazy("单位数"), lambda row: Count(row.size), ("size",)),
            Column(
                "state", gettext_lazy("状态"),
                lambda row: Marked(MARKS[row.state], str(row.get_state_display())), ("state",),
            ),
            Column("at", gettext_lazy("批准时间"), lambda row: Moment(row.decided_at)),
            Column("hash", gettext_lazy("指纹"), lambda row: Print(row.sha256)),
        ),
        base=_every,
        rows=_named,
        order=("-pk",),
        page="letters:lists",
        file="letters:lists_export",
        enter=enter_letters,
        choices=(by_code("state", gettext_lazy("状态"), lambda _door: ListState.choices),),
        nothing=gettext_lazy("还没有收件名单"),
        hint=gettext_lazy("先登记收件单位，再按类别起草名单，批准后才能用于发函。"),
    )
)  # fmt: skip
LINES = declared(
    Listing(
        name="recipients",
        title=gettext_lazy("名单中的单位"),
        columns=(
            Column("place", gettext_lazy("序号"), lambda row: Count(row["one"].place), ("place",)),
            Column(
                "name", gettext_lazy("单位名称"),
                lambda row: Label(row["name"], row["one"].office.path), ("office__name",),
                ("office__name",),
            ),
            Column(
                "kind", gettext_lazy("类别"),
                lambda row: Label(str(row["one"].office.get_kind_display())), ("office__kind",),
            ),
            Column(
                "division", gettext_lazy("行政区划"), lambda row: Label(row["one"].office.where),
                ("office__division",),
            ),
        ),
        base=_lines,
        rows=_rows,
        order=("-list", "place"),
        page="letters:recipients",
        file="letters:recipients_export",
        enter=enter_letters,
        choices=(
            Choice(
                "list", gettext_lazy("哪份名单"), _lists,
                lambda _door, value: Q(list__public_id=value),
            ),
        ),
        nothing=gettext_lazy("名单中没有单位"),
    )
)  # fmt: skip


def index(request: HttpRequest, slug: str) -> HttpResponse:
    """All lists of the programme and how each stands."""
    door = enter_letters(request, slug)
    context = {"door": door, "lists": show(request, door, LISTS)}
    return render(request, "letters/lists.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The lists as they were asked for, as a file."""
    return save(request, LISTS, slug, form)


def lines(request: HttpRequest, slug: str) -> HttpResponse:
    """The offices of a list, or of all."""
    door = enter_letters(request, slug)
    context = {"door": door, "lists": show(request, door, LINES)}
    return render(request, "letters/lists.html", context)


def lines_export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The offices of a list as they were asked for, as a file."""
    return save(request, LINES, slug, form)


def recipients(request: HttpRequest, slug: str, list_id: str) -> HttpResponse:
    """One list: how many stand on it, whether it was approved, by whom, under which hash."""
    door = enter_letters(request, slug)
    return render(request, "letters/list.html", _context(request, door, list_of(door, list_id)))


def _context(request: HttpRequest, door: Door, one: RecipientList) -> dict[str, Any]:
    return {
        "door": door,
        "one": one,
        "first": list(one.lines.select_related("office")[:12]),
        "approvers": _approvers(door, one),
        "approve": ReasonForm(door=door),
        "form": ReasonForm(door=door),
        "why_not": why_not(door, lambda: permissions.may_approve(door.act(), one)),
    }


def _approvers(door: Door, one: RecipientList) -> str:
    """Whom the charter names to approve it, in words; "" where it names nobody."""
    charter = compiled(door.programme)
    roles = permissions.approvers(door.programme, one.key)
    return "、".join(charter.role(key).title.in_(door.lang) for key in roles)


@require_POST
def approve(request: HttpRequest, slug: str, list_id: str) -> HttpResponse:
    """Approve the list as it stands."""
    door = enter_letters(request, slug)
    one = list_of(door, list_id)
    form = ReasonForm(request.POST, door=door)
    del form.fields["reason"]
    done, refused = tried(
        request, form,
        lambda: actions.approve_list(door.act(str(form.cleaned_data["key"])), recipients=one),
    )  # fmt: skip
    return _answered(request, door, one, done, refused)


@require_POST
def withdraw(request: HttpRequest, slug: str, list_id: str) -> HttpResponse:
    """The list is used for no more letters."""
    door = enter_letters(request, slug)
    one = list_of(door, list_id)
    form = ReasonForm(request.POST, door=door)

    def do() -> RecipientList:
        act, reason = door.act(str(form.cleaned_data["key"])), form.cleaned_data["reason"]
        return actions.withdraw_list(act, recipients=one, reason=reason)

    done, refused = tried(request, form, do)
    return _answered(request, door, one, done, refused, form)


def _answered(
    request: HttpRequest, door: Door, one: RecipientList, done: Any, refused: Refused | None,
    *forms: ReasonForm,
) -> HttpResponse:  # fmt: skip
    if done is not None:
        return go(one.path)
    context = _context(request, door, one)
    if forms:
        context["form"] = forms[0]
    return page(request, "letters/list.html", context, *forms, refused=refused)
