"""Maps a charter declares: works with two dimensions, and what a cell of them may say. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from keti.charter.rules.scene import text_of
from keti.charter.rules.shape import Charter, Work

DIMENSIONS = 2


def maps_of(charter: Charter) -> dict[str, Mapping[str, Any]]:
    """The works that are a map, by key: how it is called, its two dimensions, the values of a cell.
    None is one whose dimensions are not two: lint says so."""
    works = {**charter.obligations.__pydantic_extra__, **charter.deliverables}
    return {
        key: {"title": text_of(work, key), "dims": [*work.dims], "cells": [*work.cells]}
        for key, work in works.items()
        if is_map(work)
    }


def is_map(work: Work) -> bool:
    """Has the work two dimensions and values for its cells?"""
    return are_edges(work.dims) and bool(work.cells)


def are_edges(dims: Sequence[str]) -> bool:
    """Are these the dimensions of a map: two, and not the same twice?"""
    return len(set(dims)) == len(dims) == DIMENSIONS
