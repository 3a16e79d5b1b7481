"""Matrices of the chain: shown page by page, one cell opened, the whole as a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from keti.documents.doors.sheets import sheet
from keti.groups.doors import Door, enter
from keti.groups.models import Group
from keti.lists.doors import paged
from keti.research import doors, queries
from keti.research.enums import Level
from keti.research.models import Link
from keti.research.queries import Dot
from keti.research.rules import matrix as rules
from keti.research.rules.kinds import kind_of
from keti.research.rules.matrix import MATRICES, Filled, Matrix

SIDES, HEADS = 40, 20
NOWHERE = "none"
FACETS = ("group", "kind", "level")


@dataclass(frozen=True, slots=True)
class Place:
    """One row or column: its key in the cells, its part of the address, how it is called."""

    key: str
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A matrix with what stands at its edges."""

    matrix: Matrix
    sides: Sequence[Place]
    heads: Sequence[Place]
    filled: Filled


def _known(name: str) -> Matrix:
    if name not in MATRICES:
        raise Http404
    return MATRICES[name]


def drawn(door: Door, one: Matrix) -> Drawn:
    """The matrix as the visitor sees it."""
    seen = doors.graph(door)
    if one.by_links:
        named = queries.titles(door.sight, (one.side, one.head))
        sides, heads = _nodes(door, one.side, named), _nodes(door, one.head, named)
        filled = rules.by_links(
            [int(place.key) for place in sides], [int(place.key) for place in heads], seen.ties
        )
        return Drawn(one, sides, heads, filled)
    sides, heads = _facet(door, one.side), _facet(door, one.head)
    places = [(dot.key, _at(dot, one.side), _at(dot, one.head)) for dot in seen.standing]
    filled = rules.by_facets(places, [place.key for place in sides], [place.key for place in heads])
    return Drawn(one, sides, heads, filled)


def _nodes(door: Door, kind: str, named: dict[int, tuple[str, int, Any]]) -> list[Place]:
    word = kind_of(kind).title.in_(door.lang)
    return [
        Place(str(key), str(number), f"{word}{' ' if word.isascii() else ''}{number} "
              f"{title.in_(door.lang)}")
        for key, (own, number, title) in named.items() if own == kind
    ]  # fmt: skip


def _facet(door: Door, name: str) -> list[Place]:
    if name == "kind":
        found = queries.kinds(door.programme)
        return [Place(one.key, one.key, one.title.in_(door.lang)) for one in found]
    if name == "level":
        return [Place(str(key), str(key), str(word)) for key, word in Level.choices] + [
            Place("", NOWHERE, _("未写明"))
        ]
    groups = Group.objects.filter(programme=door.programme, ended_at=None).order_by("order")
    return [Place(str(one.pk), one.public_id, one.title.in_(door.lang)) for one in groups] + [
        Place("", NOWHERE, _("整个课题"))
    ]


def _at(dot: Dot, facet: str) -> str:
    value = {"group": dot.group, "kind": dot.kind, "level": dot.level}[facet]
    return str(value) if value else ""


def matrix(request: HttpRequest, slug: str, matrix: str) -> HttpResponse:
    """One matrix: rows and columns a page at a time, the gaps marked."""
    door = enter(request, slug)
    found = drawn(door, _known(matrix))
    page = paged(request, found.sides, SIDES)
    heads = paged(request, found.heads, HEADS, "heads")
    context = {
        "door": door,
        "title": found.matrix.title.in_(door.lang),
        "key": found.matrix.key,
        "page": page,
        "heads": heads,
        "rows": _rows(found, page, heads),
        "bare_heads": found.filled.bare_heads,
        "bare": len(found.filled.bare_sides),
    }
    return render(request, "research/matrix.html", context)


def _rows(found: Drawn, sides: Page[Place], heads: Page[Place]) -> list[dict[str, Any]]:
    return [
        {
            "side": side,
            "bare": side.key in found.filled.bare_sides,
            "cells": [
                (head, len(found.filled.cells.get((side.key, head.key), ()))) for head in heads
            ],
        }
        for side in sides
    ]


def export(request: HttpRequest, slug: str, matrix: str) -> HttpResponse:
    """The whole matrix as a sheet: in every cell how much stands there."""
    door = enter(request, slug)
    found = drawn(door, _known(matrix))
    header = ["", *(place.title for place in found.heads)]
    lines = [
        [side.title, *(len(found.filled.cells.get((side.key, head.key), ())) or None
                       for head in found.heads)]
        for side in found.sides
    ]  # fmt: skip
    title = found.matrix.title.in_(door.lang)
    return sheet(title, header, lines, "xlsx", created=door.now)


def cell(request: HttpRequest, slug: str, matrix: str, side: str, head: str) -> HttpResponse:
    """What stands in one cell."""
    door = enter(request, slug)
    found = drawn(door, _known(matrix))
    left = next((one for one in found.sides if one.slug == side), None)
    top = next((one for one in found.heads if one.slug == head), None)
    if left is None or top is None:
        raise Http404
    page = paged(request, found.filled.cells.get((left.key, top.key), ()), SIDES)
    context = {
        "door": door,
        "title": found.matrix.title.in_(door.lang),
        "key": found.matrix.key,
        "side": left.title,
        "head": top.title,
        "page": page,
    }
    context |= _links(door, page) if found.matrix.by_links else _said(door, page)
    return render(request, "research/cell.html", context)


def _links(door: Door, keys: Page[int]) -> dict[str, Any]:
    ties = {one.key: one for one in doors.graph(door).ties}
    nodes = queries.nodes_of(end for key in keys for end in (ties[key].first, ties[key].second))
    found = Link.objects.in_bulk(list(keys))
    return {
        "links": [
            {
                "first": nodes[ties[key].first],
                "second": nodes[ties[key].second],
                "kind": found[key].get_kind_display(),
                "stale": ties[key].stale,
            }
            for key in keys
        ]
    }


def _said(door: Door, keys: Page[int]) -> dict[str, Any]:
    nodes = queries.nodes_of(keys)
    return {"nodes": [nodes[key] for key in keys]}
