"""Two conditions of the whole house under which rights end: a term after the programme, a second
factor that is missing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType
from unittest.mock import patch

from django.test.utils import override_settings

from keti.charter import queries
from keti.charter.queries import compiled
from keti.programmes.models import Programme
from tests.cast import Cast, local


@contextmanager
def ended(cast: Cast) -> Iterator[None]:
    """The programme closed in November under a charter that says three months; it is March."""
    charter = compiled(cast.programme)
    blocks = {**charter.blocks, "privacy": {**charter.blocks["privacy"], "access": "P3M"}}
    short = replace(charter, blocks=MappingProxyType(blocks))
    with patch.object(queries, "compiled", lambda programme: short):
        Programme.objects.update(closed_at=local("2030-11-30T15:00"))
        cast.at("2031-03-01T00:00")
        yield


@contextmanager
def second_factor(cast: Cast) -> Iterator[None]:
    """Who holds much is asked for a second factor, and has none."""
    with override_settings(KETI_SECOND_FACTOR="required"):
        yield


CONDITIONS = {ended: ("mao", ("/p/cast/", "/me/")), second_factor: ("qin", ("/p/cast/",))}
"""Who asks for which pages under each."""
