"""Who may open which page of the house, and how many queries it costs."""

import pytest

from tests.cast import Cast

pytestmark = pytest.mark.django_db
INSIDE = ["", "desk/", "duties/", "duties/list/", "duties/announce/", "progress/", "charter/", "groups/", "ledger/", "mailbox/"]


@pytest.mark.parametrize("tail", INSIDE)
def test_only_participants_enter(cast: Cast, tail: str) -> None:
    url = f"/p/cast/{tail}"
    assert cast.lu.client.get(url).status_code == 200
    assert cast.qin.client.get(url).status_code == 200
    assert cast.he.client.get(url).status_code == 200
    assert cast.wu.client.get(url).status_code == 404
