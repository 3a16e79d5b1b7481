"""A round that the charter keeps open for so long at the least, counted from when it was opened."""

from dataclasses import replace

import pytest

from keti.charter.queries import compiled
from keti.consultation import queries
from keti.consultation.actions import Remark, close_round, comment, dispose
from keti.consultation.models import Round
from keti.consultation.tests.test_consultation import refusal, round_
from tests.cast import Cast, local

__all__ = ["round_"]


@pytest.fixture
def month(cast: Cast, round_: Round, monkeypatch: pytest.MonkeyPatch) -> Round:
    """The round of the cast under a charter that says: not less than a month."""
    law = compiled(cast.programme)
    works = (replace(one, least_open="P1M" if one.key == "remarks" else "") for one in law.works)
    ruled = replace(law, works=tuple(works))
    monkeypatch.setattr(queries, "compiled", lambda programme: ruled)
    return round_


def test_it_takes_comments_and_does_not_close_until_then(cast: Cast, month: Round) -> None:
    assert queries.open_until(month) == local("2030-07-03T09:00")
    made = comment(cast.mao.act("2030-07-03T08:59"), round=month, remark=Remark("赶上了"))
    late = cast.mao.act("2030-07-03T09:00")
    code = refusal(comment, late, round=month, remark=Remark("晚了"))
    assert code == "consultation.window-is-over"
    dispose(cast.qin.act("2030-07-03T08:59"), comment=made, disposition="adopted")
    duty = cast.duty("remarks")
    early = cast.qin.act("2030-07-03T08:59")
    assert refusal(close_round, early, obligation=duty) == "consultation.open-longer"
    assert close_round(cast.qin.act("2030-07-03T09:00"), obligation=duty).state == "closed"


def test_its_page_says_until_when_and_offers_no_end(cast: Cast, month: Round) -> None:
    page = cast.qin.client.get(month.path).content.decode()
    assert "至少开放到" in page
    assert f'action="{month.path}close/"' not in page
    cast.at("2030-07-03T09:00")
    page = cast.qin.client.get(month.path).content.decode()
    assert "至少开放到" not in page
    assert f'action="{month.path}close/"' in page


def test_who_is_asked_is_asked_until_then(cast: Cast, month: Round) -> None:
    asked = queries.awaited(cast.programme, month.public_id, local("2030-06-04T09:00"))
    assert {one.due for one in asked} == {local("2030-07-03T09:00")}


def test_without_such_a_word_the_due_instant_counts(cast: Cast, round_: Round) -> None:
    assert queries.open_until(round_) == round_.obligation.due_instant == local("2030-06-15T00:00")
    assert queries.least_until(round_) is None
