"""What is released is signed at once, kept, and shown to everybody."""

import pytest
from django.test import Client
from django.urls import reverse

from keti.ledger.queries import checkpoints, entries, public_key
from keti.ledger.rules import read_note, telling
from keti.release import queries
from keti.release.actions import retract
from keti.release.tests.ending import Walk
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_what_was_signed_of_a_published_programme_is_public(
    cast: Cast, walk: Walk, client: Client
) -> None:
    walk.published()
    released = {
        one.seq for one in entries(cast.programme) if one.kind.startswith("release.report.")
    }
    assert len(released) == 2
    assert {one.size for one in checkpoints(cast.programme)} == released
    newest = checkpoints(cast.programme)[0]
    address = reverse("site:public_checkpoints", args=["cast"])
    page = client.get(reverse("site:record")).content.decode()
    assert f'href="{address}"' in page and f"2030-07-18 10:00  {newest.size}  {newest.root}" in page
    found = telling.look("k.jsonl", client.get(address).content, public_key())
    assert found.faults == [] and found.checkpoint == read_note(newest.note).checkpoint
    out = queries.published(cast.programme)
    assert out is not None
    retract(cast.qin.act("2030-07-19T10:00"), publication=out, reason="数据有误")
    last = entries(cast.programme).latest("seq")
    assert (checkpoints(cast.programme)[0].size, last.kind) == (
        last.seq,
        "release.report.retracted",
    )
    assert client.get(address).status_code == 200
