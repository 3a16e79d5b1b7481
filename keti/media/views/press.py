"""Reports in the media: listed, entered one by one or from a sheet, put right, withdrawn."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from keti.documents.doors import sheet
from keti.groups.doors import Door, go, page, tried, why_not
from keti.kernel.refusals import Refused, sentence
from keti.letters.rules.sheets import Problem
from keti.lists.doors import Choice, Column, Listing, by_code, declared, save, show
from keti.lists.rules import Label, Print
from keti.media import actions, permissions, queries
from keti.media.doors import enter_reach, sheet_read
from keti.media.forms import ClippingForm, ReasonForm, SheetForm
from keti.media.models import Clipping
from keti.media.rules import press
from keti.media.views.shared import act_and_file, answered, handed, promised
from keti.promises.enums import Tier
from keti.promises.rules import COUNT

MOST_ORIGINALS = 300


def _base(door: Door) -> QuerySet[Clipping]:
    return permissions.reach_in_sight(door.sight, Clipping.objects.all()).select_related("file")


def _rows(door: Door, found: Iterable[Clipping]) -> Iterator[Clipping]:
    titles = dict(promised(door))
    for one in found:
        one.programme = door.programme
        one.counted_for = titles.get(one.promise, "")
        yield one


def _title(row: Clipping) -> Label:
    tags = [_("转载")] if row.reprint else []
    tags += [_("已撤回")] if row.withdrawn_at else []
    return Label(row.title, row.path, tags=tuple(tags))


def _copy(row: Clipping) -> Print | Label:
    return Print(row.file.sha256) if row.file else Label("")


CLIPPINGS = declared(
    Listing(
        name="clippings",
        title=gettext_lazy("媒体报道"),
        columns=(
            Column("title", gettext_lazy("标题"), _title, ("title",), ("title",)),
            Column(
                "outlet", gettext_lazy("媒体"),
                lambda row: Label(row.outlet, note=str(row.get_tier_display())), ("outlet",),
                ("outlet",),
            ),
            Column(
                "tier", gettext_lazy("媒体类别"),
                lambda row: Label(str(row.get_tier_display())), ("tier",), page=False,
            ),
            Column(
                "day", gettext_lazy("刊发日期"), lambda row: Label(row.day.isoformat()), ("day",)
            ),
            Column(
                "promise", gettext_lazy("计入哪项承诺"), lambda row: Label(row.counted_for),
                ("promise",),
            ),
            Column(
                "link", gettext_lazy("网址"), lambda row: Label(row.link), search=("link",),
                page=False,
            ),
            Column("place", gettext_lazy("版次或期号"), lambda row: Label(row.place), page=False),
            Column("copy", gettext_lazy("存档"), _copy),
            Column(
                "reprint", gettext_lazy("原发或转载"),
                lambda row: Label(_("转载") if row.reprint else _("原发")), page=False,
            ),
            Column("gone", gettext_lazy("撤回"), lambda row: Label(row.reason), page=False),
        ),
        base=_base,
        rows=_rows,
        order=("-day", "-pk"),
        page="media:press",
        file="media:press_export",
        enter=enter_reach,
        choices=(
            by_code("tier", gettext_lazy("媒体类别"), lambda _door: Tier.choices),
            Choice(
                "origin", gettext_lazy("原发或转载"),
                lambda _door, _rows: [("no", _("原发")), ("yes", _("转载"))],
                lambda _door, value: Q(reprint=value == "yes"),
            ),
            by_code("promise", gettext_lazy("计入哪项承诺"), promised),
        ),
        nothing=gettext_lazy("还没有媒体报道"),
        hint=gettext_lazy("逐篇录入，或上传一张表。同一篇只登记一次。"),
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Every report; a sheet of more."""
    door = enter_reach(request, slug)
    kinds = promised(door, (COUNT,))
    form = SheetForm(
        request.POST or None, request.FILES or None, door=door, promises=kinds,
        initial={"promise": kinds[0][0] if kinds else ""},
    )  # fmt: skip
    problems: list[dict[str, object]] = []
    taken, refused = tried(request, form, lambda: _imported(door, form, problems))
    every = press.count(
        press.Item(*row)
        for row in queries.clippings(door.programme)
        .order_by("pk")
        .values_list("outlet_key", "tier", "reprint")
    )
    context = {
        "door": door,
        "form": form,
        "found": show(request, door, CLIPPINGS),
        "counted": every,
        "taken": taken,
        "problems": problems,
        "why_not": why_not(door, lambda: permissions.may_keep_reach(door.act(), door.programme)),
    }
    return page(request, "media/press.html", context, form, refused=refused)


def _imported(door: Door, form: SheetForm, problems: list[dict[str, object]]) -> actions.Taken:
    upload, act = form.cleaned_data["file"], door.own_act(form)
    permissions.may_keep_reach(act, door.programme).or_refuse()
    found = sheet_read(upload)
    problems[:] = [_problem(one, door) for one in found.problems]
    problems += [_problem(Problem(0, one, "media.column-unread"), door) for one in found.unread]
    file = door.keep(act, upload)
    today = door.programme.local(door.now).date()
    wrong = queries.sorted_out(door.programme, found.lines, today)[1]
    try:
        taken = actions.import_clippings(
            act, programme=door.programme, file=file, lines=found.lines,
            promise=str(form.cleaned_data["promise"]),
        )  # fmt: skip
        wrong = list(taken.problems)
    finally:
        problems += [_problem(one, door) for one in wrong]
        problems.sort(key=lambda one: int(str(one["row"] or 0)))
    return taken


def _problem(one: Problem, door: Door) -> dict[str, object]:
    said = sentence(one.code, one.facts, door.lang)
    return {"row": one.row or "", "value": one.value, "what": said}


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    return save(request, CLIPPINGS, slug, form)


def template(request: HttpRequest, slug: str) -> HttpResponse:
    """An empty sheet with the headings, and one line to show how."""
    door = enter_reach(request, slug)
    at = 1 if door.lang.startswith("en") else 0
    header = [names[at] for names in press.COLUMNS.values()]
    shown = [
        _("示例日报（演示）"), press.TIERS["central"][at], _("示例标题（演示）"), "2022-11-29",
        "https://example.org/1", press.ORIGINAL[at], "",
    ]  # fmt: skip
    return sheet(_("媒体报道模板"), header, [shown], "xlsx")


def _originals(door: Door, but: Clipping | None = None) -> list[tuple[str, str]]:
    rows = queries.clippings(door.programme).filter(reprint=False).order_by("-day", "-pk")
    rows = rows.exclude(pk=but.pk if but else 0)[:MOST_ORIGINALS]
    found = [(one.public_id, f"{one.outlet} · {one.title}") for one in rows]
    first = but.reprint_of if but else None
    if first is not None and first.public_id not in {key for key, _said in found}:
        found.append((first.public_id, f"{first.outlet} · {first.title}"))
    return found


def _act(door: Door, form: ClippingForm) -> tuple[Any, Any, Any]:
    """The act of the form, its report, its file."""
    act, file = act_and_file(door, form)
    chosen = form.cleaned_data["reprint_of"]
    first = None
    if chosen:
        first = queries.clippings(door.programme).filter(public_id=chosen).first()
    return act, form.report(first), file


def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter a report."""
    door = enter_reach(request, slug)
    kinds = promised(door, (COUNT,))
    known: dict[str, Any] = {"day": door.programme.local(door.now).date()}
    known |= {"promise": kinds[0][0]} if kinds else {}
    form = ClippingForm(
        request.POST or None, request.FILES or None, door=door, promises=kinds,
        originals=_originals(door), initial=known,
    )  # fmt: skip

    def do() -> Clipping:
        act, report, file = _act(door, form)
        return actions.enter_clipping(act, programme=door.programme, report=report, file=file)

    made, refused = tried(request, form, do)
    if made is not None:
        return go(reverse("media:press", args=[slug]))
    context = {
        "door": door,
        "form": form,
        "why_not": why_not(door, lambda: permissions.may_keep_reach(door.act(), door.programme)),
    }
    return page(request, "media/clipping_new.html", context, form, refused=refused)


def _fetch(door: Door, clipping_id: str) -> Clipping:
    rows = permissions.reach_in_sight(door.sight, Clipping.objects.all())
    rows = rows.select_related("file", "sheet", "by", "reprint_of", "withdrawn_by")
    found = rows.filter(public_id=clipping_id).first()
    if found is None:
        raise Http404
    found.programme = door.programme
    return found


def clipping(request: HttpRequest, slug: str, clipping_id: str) -> HttpResponse:
    """One report; putting it right."""
    door = enter_reach(request, slug)
    one = _fetch(door, clipping_id)
    form = _mending(door, one, request)

    def do() -> Clipping:
        act, report, file = _act(door, form)
        return actions.mend_clipping(act, clipping=one, report=report, file=file)

    shown = partial(_shown, request, door, one, {"form": form})
    return answered(request, form, do, shown)


def _mending(door: Door, one: Clipping, request: HttpRequest | None) -> ClippingForm:
    names = ("outlet", "tier", "title", "day", "link", "place", "reprint", "promise")
    known: Mapping[str, Any] = {name: getattr(one, name) for name in names}
    first = one.reprint_of.public_id if one.reprint_of else ""
    data, files = (request.POST or None, request.FILES or None) if request else (None, None)
    kinds = promised(door, (COUNT,))
    if one.promise and one.promise not in dict(kinds):
        kinds.append((one.promise, one.promise))
    return ClippingForm(
        data, files, door=door, promises=kinds, originals=_originals(door, one),
        initial={**known, "reprint_of": first},
    )  # fmt: skip


def _shown(
    request: HttpRequest, door: Door, one: Clipping, forms: Mapping[str, Any],
    refused: Refused | None,
) -> HttpResponse:  # fmt: skip
    context = {
        "door": door,
        "one": one,
        "by": one.by.called.in_(door.lang),
        "promise": dict(promised(door)).get(one.promise, one.promise),
        "reprints": list(one.reprints.filter(withdrawn_at=None).order_by("day", "pk")[:100]),
        "withdraw": ReasonForm(door=door),
        "why_not": why_not(door, lambda: permissions.may_keep_reach(door.act(), door.programme)),
        **forms,
    }
    for other in context["reprints"]:
        other.programme = door.programme
    if "form" not in context and not one.withdrawn_at:
        context["form"] = _mending(door, one, None)
    bound = [form for form in forms.values() if form.is_bound]
    return page(request, "media/clipping.html", context, *bound, refused=refused)


@require_POST
def withdraw(request: HttpRequest, slug: str, clipping_id: str) -> HttpResponse:
    """It counts no more."""
    door = enter_reach(request, slug)
    one = _fetch(door, clipping_id)
    form = ReasonForm(request.POST, door=door)

    def do() -> Clipping:
        act, reason = door.own_act(form), str(form.cleaned_data["reason"])
        return actions.withdraw_clipping(act, clipping=one, reason=reason)

    shown = partial(_shown, request, door, one, {"withdraw": form})
    return answered(request, form, do, shown)


def file(request: HttpRequest, slug: str, clipping_id: str) -> HttpResponseBase:
    """The archived copy of a report."""
    return handed(_fetch(enter_reach(request, slug), clipping_id).file)
