"""What the research holds: kind by kind, and the list of it all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keti.groups.doors import Door, enter
from keti.lists.doors import Choice, Column, Listing, by_code, by_group, declared, save, show
from keti.lists.rules import Count, Label, Marked
from keti.research import doors, queries
from keti.research.enums import Level, Stakeholder, Status
from keti.research.models import Node
from keti.research.permissions import enters_in
from keti.research.queries import Standing
from keti.research.rules.kinds import ASSESSMENT, kind_of
from keti.research.rules.matrix import MATRICES

MARKS = {
    Status.DRAFT: "doing",
    Status.SETTLED: "done",
    Status.WITHDRAWN: "waived",
    Status.MERGED: "waived",
}


NOTHING = Standing()


@dataclass(frozen=True, slots=True)
class NodeRow:
    """One node of the list."""

    one: Node
    title: str
    tag: str
    url: str
    kind: str
    group: str
    owner: str
    suspect: bool
    check: str
    approval: str
    conflict: str


def _base(door: Door) -> QuerySet[Node]:
    return doors.seen(door)


def _rows(door: Door, found: Iterable[Node]) -> Iterator[NodeRow]:
    suspects, stands = doors.graph(door).suspects, doors.cases(door)
    between = "; " if door.lang.startswith("en") else "；"
    for one in found:
        url = reverse("research:node", args=[door.programme.slug, one.public_id])
        group = one.group.title.in_(door.lang) if one.group else ""
        owner = one.owner.called.in_(door.lang)
        stand = stands.get(one.pk, NOTHING)
        yield NodeRow(
            one, one.title.in_(door.lang), one.tag.in_(door.lang), url,
            kind_of(one.kind).title.in_(door.lang), group, owner,
            one.pk in suspects, doors.stand_words(door, stand.check),
            doors.stand_words(door, stand.approval),
            between.join(doors.conflict_words(door, stand)),
        )  # fmt: skip


def _title(row: NodeRow) -> Label:
    tags = [_("保密")] if row.one.confidential else []
    tags += [_("存疑")] if row.suspect else []
    tags += [_("利益冲突")] if row.conflict else []
    return Label(row.title, row.url, row.tag, tags=tuple(tags))


def _kinds(door: Door) -> list[tuple[str, str]]:
    return [(one.key, one.title.in_(door.lang)) for one in queries.kinds(door.programme)]


def _kind_choice() -> Choice:
    return by_code("kind", gettext_lazy("类别"), _kinds)


NODES = declared(
    Listing(
        name="nodes",
        title=gettext_lazy("研究条目"),
        columns=(
            Column(
                "title", gettext_lazy("标题"), _title, ("title_zh",), ("title_zh", "title_en")
            ),
            Column(
                "kind", gettext_lazy("类别"),
                lambda row: Label(row.kind), ("kind",),
                page=False,
            ),
            Column("number", gettext_lazy("编号"), lambda row: Count(row.one.number), ("number",)),
            Column(
                "group", gettext_lazy("组别"), lambda row: Label(row.group), ("group__order",)
            ),
            Column(
                "level", gettext_lazy("治理层级"),
                lambda row: Label(str(row.one.get_level_display())), ("level",),
            ),
            Column(
                "jurisdiction", gettext_lazy("法域或地区"),
                lambda row: Label(row.one.jurisdiction), ("jurisdiction",), ("jurisdiction",),
            ),
            Column(
                "stakeholder", gettext_lazy("谁的声音"),
                lambda row: Label(str(row.one.get_stakeholder_display())), ("stakeholder",),
                page=False,
            ),
            Column("owner", gettext_lazy("由谁负责"), lambda row: Label(row.owner)),
            Column("version", gettext_lazy("版次"), lambda row: Count(row.one.version), page=False),
            Column("text", gettext_lazy("内容"), lambda row: Label(row.one.text_zh), page=False),
            Column(
                "text_en", gettext_lazy("英文内容"), lambda row: Label(row.one.text_en), page=False
            ),
            Column(
                "check", gettext_lazy("事实核查"),
                lambda row: Label(row.check), page=False,
            ),
            Column(
                "approval", gettext_lazy("所述单位认可"),
                lambda row: Label(row.approval), page=False,
            ),
            Column(
                "conflict", gettext_lazy("利益冲突"),
                lambda row: Label(row.conflict), page=False,
            ),
            Column(
                "status", gettext_lazy("状态"),
                lambda row: Marked(
                    MARKS[Status(row.one.status)], str(row.one.get_status_display())
                ),
                ("status",),
            ),
        ),
        base=_base,
        rows=_rows,
        order=("kind", "number"),
        page="research:nodes",
        file="research:export",
        of_record=True,
        choices=(
            _kind_choice(),
            by_group(),
            by_code("status", gettext_lazy("状态"), lambda _door: Status.choices),
            by_code("level", gettext_lazy("治理层级"), lambda _door: Level.choices),
            by_code("stakeholder", gettext_lazy("谁的声音"), lambda _door: Stakeholder.choices),
        ),
        nothing=gettext_lazy("还没有研究条目"),
        hint=gettext_lazy("在“研究”页选一类，录入第一条。"),
    )
)  # fmt: skip


def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """The chain kind by kind: how many stand, how many are suspect, how many gaps there are."""
    door = enter(request, slug)
    seen = doors.graph(door)
    gaps = doors.gaps(door)
    lacking: dict[str, int] = {}
    for one in gaps:
        kind = seen.dots[one.node].kind
        lacking[kind] = lacking.get(kind, 0) + 1
    doubted: dict[str, int] = {}
    for key in seen.suspects:
        kind = seen.dots[key].kind
        doubted[kind] = doubted.get(kind, 0) + 1
    rows = [
        {
            "kind": one.key,
            "title": one.title.in_(door.lang),
            "count": seen.counts[one.key],
            "suspects": doubted.get(one.key, 0),
            "gaps": lacking.get(one.key, 0),
            "enters": one.key != ASSESSMENT,
        }
        for one in queries.kinds(door.programme)
    ]
    context = {
        "door": door,
        "rows": rows,
        "gaps": len(gaps),
        "suspects": len(seen.suspects),
        "maps": [
            (key, one.title.in_(door.lang)) for key, one in queries.maps(door.programme).items()
        ],
        "matrices": [(one.key, one.title.in_(door.lang)) for one in MATRICES.values()],
        "enters": enters_in(door.seat, door.seat.group),
    }
    return render(request, "research/overview.html", context)


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Every node this seat sees."""
    door = enter(request, slug)
    return render(
        request, "research/list.html", {"door": door, "found": show(request, door, NODES)}
    )


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    return save(request, NODES, slug, form)
