"""Conditions of the whole house under which a page is another one: a term after the programme, a
second factor that is missing, a claim of one's own side, what others keep for themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType
from unittest.mock import patch

from django.test.utils import override_settings

from keti.accounts.models import Person
from keti.charter import queries
from keti.charter.queries import compiled
from keti.drafts.models import Draft
from keti.duties.actions import hand_in_file
from keti.duties.doors import page_of
from keti.duties.models import Obligation
from keti.duties.tests.test_actions import stored
from keti.lists.models import SavedView
from keti.programmes.models import Programme
from keti.reports.actions import Content, save_draft, start_report
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
def ended_while_writing(cast: Cast) -> Iterator[None]:
    """The same, and somebody had a report in hand."""
    cast.at("2030-04-28T10:00")
    month = start_report(cast.lu.act(), obligation=cast.duty("moon", "cell.red", "2030-04"))
    said = Content({"gains": "成果。", "snags": "无", "cures": "无"}, [])
    save_draft(cast.lu.act(), report=month, content=said, base=month.revision)
    with ended(cast):
        yield


@contextmanager
def second_factor(cast: Cast) -> Iterator[None]:
    """Who holds much is asked for a second factor, and has none."""
    with override_settings(KETI_SECOND_FACTOR="required"):
        yield


@contextmanager
def own_side(cast: Cast) -> Iterator[list[str]]:
    """A moment waits to be vouched for; the monitor has come to the unit of who claims it."""
    cast.at("2030-03-18T10:00")
    told = cast.tao.act(happened=local("2030-03-14T17:00"))
    claim = replace(told, evidence=stored(cast, told))
    hand_in_file(claim, obligation=cast.duty("paper"), file=stored(cast, told), lines=["合作书"])
    unit = cast.tao.person.unit
    Person.objects.filter(pk=cast.ji.person.pk).update(unit=unit)
    yield [page_of(one) for one in Obligation.objects.exclude(caused_by=None)]


@contextmanager
def kept_by_others(cast: Cast) -> Iterator[None]:
    """Somebody has a draft and a saved view."""
    who, at = cast.mao.person, cast.moment
    Draft.objects.create(
        person=who, form_key="x", place="/p/cast/", title="草稿（演示）", typed="{}", begun="{}",
        size=2, saved_at=at,
    )  # fmt: skip
    SavedView.objects.create(
        programme=cast.programme, person=who, called="duties", title="我的（演示）", saved_at=at
    )
    yield


CONDITIONS = {
    ended: ("mao", ("/p/cast/", "/me/")),
    ended_while_writing: ("lu", ("/me/drafts/", "/me/")),
    second_factor: ("qin", ("/p/cast/",)),
    own_side: ("ji", ("/p/cast/desk/", "/p/cast/duties/list/")),
    kept_by_others: ("lu", ("/me/drafts/", "/p/cast/lists/duties/views/")),
}
"""Who asks for which pages under each; and for those that it names itself."""
