"""A map of the charter: what may be done where, cell by cell; one cell assessed; what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from keti.documents.doors.sheets import sheet
from keti.groups.doors import Door, enter, go, keeping, page, tried, why_not
from keti.groups.models import Group
from keti.kernel.acts import Text
from keti.lists.doors import paged
from keti.research import actions, doors, permissions, queries
from keti.research.actions import Said
from keti.research.forms import AssessForm
from keti.research.models import Edition, Node
from keti.research.rules import mapping
from keti.research.rules.kinds import ASSESSMENT, SURE
from keti.research.rules.mapping import EMPTY, Map, Placed
from keti.research.views.matrices import HEADS, SIDES, Place
from keti.research.views.nodes import groups_of, url_of

TONES = {
    "allowed": "done",
    "conditional": "doing",
    "barred": "overdue",
    "unclear": "soon",
}
"""How the known conclusions are marked; any other like what waits."""
RECENT, MOST = timedelta(days=31), 200


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map with what stands at its edges and in its cells, as the visitor sees it."""

    map: Map
    sides: Sequence[Place]
    heads: Sequence[Place]
    cells: Mapping[tuple[int, int], Placed]
    said: Mapping[int, Mapping[str, str]]
    loose: Sequence[int]

    def at(self, side: Place, head: Place) -> Placed:
        """What stands where these two meet."""
        return self.cells.get((int(side.key), int(head.key)), EMPTY)

    @property
    def totals(self) -> Mapping[str, int]:
        """How many cells say what; "" nobody assessed."""
        return mapping.totals(self.cells, len(self.sides) * len(self.heads))


def known(door: Door, key: str) -> Map:
    """The map of that key; 404 where the charter declares none."""
    found = queries.maps(door.programme).get(key)
    if found is None:
        raise Http404
    return found


def drawn(door: Door, one: Map) -> Drawn:
    """The map as the visitor sees it: what they do not see, they are shown as not assessed."""
    seen = doors.graph(door)
    named = queries.titles(door.sight, (one.side, one.head))
    sides, heads = _edge(door, one.side, named), _edge(door, one.head, named)
    kinds = {dot.key: dot.kind for dot in seen.standing}
    ends = mapping.ends_of(kinds, seen.ties, one)
    edges = set(named)
    ends = {key: place for key, place in ends.items() if edges.issuperset(place)}
    said = queries.assessments(door.sight)
    today = door.now.astimezone(door.programme.tz).date()
    cells = mapping.placed(ends, said, seen.suspects, today)
    tied = {tie.first for tie in seen.ties}
    loose = [key for key in said if key not in tied]
    return Drawn(one, sides, heads, cells, said, loose)


def _edge(door: Door, kind: str, named: Mapping[int, tuple[str, int, Text]]) -> list[Place]:
    return [
        Place(str(key), str(number), title.in_(door.lang))
        for key, (own, number, title) in named.items() if own == kind
    ]  # fmt: skip


def chart(request: HttpRequest, slug: str, work: str) -> HttpResponse:
    """The map: rows and columns a page at a time, and how many cells say what."""
    door = enter(request, slug)
    found = drawn(door, known(door, work))
    sides = paged(request, found.sides, SIDES)
    heads = paged(request, found.heads, HEADS, "heads")
    states = [*found.map.states.items()]
    counts = found.totals
    loose = queries.nodes_of(found.loose) if found.loose else {}
    context = {
        "door": door,
        "title": found.map.title.in_(door.lang),
        "key": work,
        "page": sides,
        "heads": heads,
        "rows": [
            {"side": side, "cells": [(head, _shown(door, found, side, head)) for head in heads]}
            for side in sides
        ],
        "counts": [
            (word.in_(door.lang), counts.get(code, 0), TONES.get(code, "waiting"))
            for code, word in states
        ],
        "unassessed": counts[mapping.NOT_ASSESSED],
        "split": sum(one.split for one in found.cells.values()),
        "stale": sum(one.stale for one in found.cells.values()),
        "unread": sum(one.unread for one in found.cells.values()),
        "loose": [*loose.values()],
        "edges": [
            (kind, queries.kind_word(door.programme, kind).in_(door.lang))
            for kind in (found.map.side, found.map.head)
        ],
        "enters": bool(groups_of(door)),
    }
    return render(request, "research/map.html", context)


def _shown(door: Door, found: Drawn, side: Place, head: Place) -> dict[str, Any]:
    one = found.at(side, head)
    return {
        "one": one,
        "tone": TONES.get(one.state, "waiting"),
        "word": found.map.states[one.state].in_(door.lang) if one.state in found.map.states else "",
    }


def export(request: HttpRequest, slug: str, work: str) -> HttpResponse:
    """Every cell of the map on a row of its own, those that nobody assessed too."""
    door = enter(request, slug)
    found = drawn(door, known(door, work))
    one = found.map
    header = [
        queries.kind_word(door.programme, one.side).in_(door.lang),
        queries.kind_word(door.programme, one.head).in_(door.lang),
        *_labels(),
        _("备注"),
    ]
    lines = [line for side in found.sides for head in found.heads
             for line in _lines(door, found, side, head)]  # fmt: skip
    title = one.title.in_(door.lang)
    return sheet(title, header, lines, "xlsx", created=door.now)


def _lines(door: Door, found: Drawn, side: Place, head: Place) -> list[list[str]]:
    cell = found.at(side, head)
    if not cell.keys:
        return [[side.title, head.title, _("未研判"), "", "", "", "", "", ""]]
    today = door.now.astimezone(door.programme.tz).date()
    return [
        [side.title, head.title, *_values(door, found, found.said[key]),
         "；".join(_remarks(cell, found.said[key], mapping.stale(found.said[key], today)))]
        for key in cell.keys
    ]  # fmt: skip


def _labels() -> list[str]:
    return [
        _("研判结论"), _("依据的文件"), _("网址"),
        _("截至哪一天"), _("开展的条件"), _("把握程度"),
    ]  # fmt: skip


def _values(door: Door, found: Drawn, facts: Mapping[str, str]) -> list[str]:
    state, sure = facts.get("state", ""), facts.get("confidence", "")
    return [
        found.map.states[state].in_(door.lang) if state in found.map.states else state,
        facts.get("instrument", ""), facts.get("address", ""), facts.get("as_of", ""),
        facts.get("conditions", ""), SURE[sure].in_(door.lang) if sure in SURE else sure,
    ]  # fmt: skip


def _remarks(cell: Placed, facts: Mapping[str, str], old: bool) -> list[str]:
    said = [
        (cell.split, _("两条研判不一致")),
        (facts.get("status") == "draft", _("未复核")),
        (old, _("须重新核对")),
        (cell.suspect, _("存疑")),
    ]
    return [word for holds, word in said if holds]


def cell(request: HttpRequest, slug: str, work: str, side: str, head: str) -> HttpResponse:
    """What stands in one cell; where nothing does, it is assessed here."""
    door = enter(request, slug)
    found = drawn(door, known(door, work))
    left = next((one for one in found.sides if one.slug == side), None)
    top = next((one for one in found.heads if one.slug == head), None)
    if left is None or top is None:
        raise Http404
    here = found.at(left, top)
    groups = groups_of(door)
    form = keeping(
        AssessForm(
            request.POST or None, kind=mapping.assessing(found.map.states), groups=groups,
            lang=door.lang,
        ),
        door,
    )  # fmt: skip
    ends = queries.nodes_of((int(left.key), int(top.key)))
    made, refused = tried(
        request, form,
        lambda: actions.assess(
            door.own_act(form), programme=door.programme, key=work, side=ends[int(left.key)],
            head=ends[int(top.key)], said=_said(door, form),
        ),
    )  # fmt: skip
    if isinstance(made, Node):
        return go(reverse("research:map_cell", args=[slug, work, side, head]))
    group = door.seat.group
    nodes = queries.nodes_of(here.keys)
    context = {
        "door": door,
        "title": found.map.title.in_(door.lang),
        "key": work,
        "side": left.title,
        "head": top.title,
        "here": here,
        "rows": [_row(door, found, nodes[key]) for key in here.keys],
        "form": form,
        "why_not": "" if groups else why_not(
            door, lambda: permissions.may_enter(door.act(), door.programme, group)
        ),
    }  # fmt: skip
    return page(request, "research/map_cell.html", context, form, refused=refused)


def _said(door: Door, form: AssessForm) -> Said:
    chosen = form.cleaned_data["group"]
    group = Group.objects.filter(programme=door.programme, public_id=chosen).first()
    text = str(form.cleaned_data["text_zh"])
    return Said(ASSESSMENT, "", text_zh=text, group=group, facts=form.facts())


def _row(door: Door, found: Drawn, node: Node) -> dict[str, Any]:
    facts = found.said[node.pk]
    today = door.now.astimezone(door.programme.tz).date()
    last = list(node.editions.select_related("by").order_by("-version")[:MOST])
    settled = next((one for one in last if one.status == "settled"), None)
    return {
        "node": node,
        "url": url_of(node),
        "tag": node.tag.in_(door.lang),
        "facts": [
            (label, value)
            for label, value in zip(_labels(), _values(door, found, facts), strict=True) if value
        ],
        "stale": mapping.stale(facts, today),
        "read_by": settled if node.status == "settled" else None,
        "editions": last,
        "changes": door.seat.pk == node.owner_id or permissions.heads(door.seat, node),
        "settles": permissions.heads(door.seat, node) and node.status == "draft",
    }  # fmt: skip


def changes(request: HttpRequest, slug: str, work: str) -> HttpResponse:
    """What was said anew in the map, the newest first: the same for everybody who takes part."""
    door = enter(request, slug)
    found = drawn(door, known(door, work))
    keys = {key: place for place, one in found.cells.items() for key in one.keys}
    rows = _editions(list(keys))
    since = door.now - RECENT
    context = {
        "door": door,
        "title": found.map.title.in_(door.lang),
        "key": work,
        "rows": [
            {
                "edition": one,
                "tag": one.node.tag.in_(door.lang),
                "title": one.node.title.in_(door.lang),
                "url": url_of(one.node),
                "word": _word(door, found, one.facts.get("state", "")),
                "recent": one.at >= since,
            }
            for one in rows
        ],
    }
    return render(request, "research/map_changes.html", context)


def _word(door: Door, found: Drawn, state: str) -> str:
    return found.map.states[state].in_(door.lang) if state in found.map.states else state


def _editions(keys: list[int]) -> QuerySet[Edition]:
    found = Edition.objects.filter(node__in=keys).select_related("node__programme", "by")
    return found.order_by("-at", "-pk")[:MOST]
