"""Rights end after the programme as its charter says (`privacy.access`)."""

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from keti.charter import queries
from keti.charter.queries import access_ends, compiled
from keti.programmes.models import Programme
from tests.cast import Cast, local

pytestmark = pytest.mark.django_db
PAGES = ("/p/cast/", "/p/cast/desk/", "/p/cast/reports/", "/p/cast/ledger/", "/p/cast/meetings/")


@pytest.fixture
def ended(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Programme:
    """The cast's programme, closed on 30 November, under a charter that says three months."""
    charter = compiled(cast.programme)
    blocks = {**charter.blocks, "privacy": {**charter.blocks["privacy"], "access": "P3M"}}
    short = replace(charter, blocks=MappingProxyType(blocks))
    monkeypatch.setattr(queries, "compiled", lambda programme: short)
    Programme.objects.update(closed_at=local("2030-11-30T15:00"))
    return Programme.objects.get(pk=cast.programme.pk)


def test_the_term_ends_with_the_last_local_day_also_in_february(ended: Programme) -> None:
    assert access_ends(ended) == datetime(2031, 2, 28, 16, 0, tzinfo=UTC)


@pytest.mark.usefixtures("ended")
def test_members_read_until_the_term_and_the_archive_stays_with_two(cast: Cast) -> None:
    cast.at("2031-02-28T23:59")
    assert {cast.mao.client.get(page).status_code for page in PAGES} == {200}
    cast.at("2031-03-01T00:00")
    for who in ("mao", "lu", "ji", "ren"):
        answers = [cast.players[who].client.get(page) for page in PAGES]
        assert {one.status_code for one in answers} == {422}
        assert "查阅期限也已届满" in answers[0].content.decode()
        assert (
            cast.programme.title_zh
            not in cast.players[who].client.get("/search/", {"q": "红组"}).content.decode()
        )
    for who in ("qin", "gao"):
        assert cast.players[who].client.get("/p/cast/desk/").status_code == 200
    assert {cast.wu.client.get(page).status_code for page in PAGES} == {404}


def test_where_the_charter_says_nothing_rights_stay(cast: Cast) -> None:
    Programme.objects.update(closed_at=local("2030-11-30T15:00"))
    cast.at("2039-01-01T00:00")
    assert cast.mao.client.get("/p/cast/desk/").status_code == 200
