"""The copies among which the bench measures: each a programme of its own, down to its ledger."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from bench.addresses import SIGN_IN
from bench.copying import bring_to, read
from keti.accounts.actions import open_account
from keti.intake.tests.scene import submitted
from keti.ledger import queries as ledger
from keti.ledger import rules
from keti.planning.actions import manager_of
from keti.programmes.models import Programme
from keti.reports.tests.conftest import Desk
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def copied(cast: Cast) -> tuple[Cast, list[Programme]]:
    """A programme in which something happened, and two copies of it."""
    submitted(cast)
    cast.at("2030-04-28T10:00")
    Desk(cast).submitted("lu")
    bring_to(3)
    return cast, list(Programme.objects.exclude(pk=cast.programme.pk).order_by("pk"))


def test_each_copy_has_as_many_rows_of_every_kind_and_none_of_another(copied):
    """Nothing that hangs on a copy points at a row of the original or of another copy."""
    cast, copies = copied
    original = read(cast.programme)
    whole = {name: len(table.rows) for name, table in original.tables.items()}
    assert {"reports_report", "intake_application", "accounts_person", "ledger_entry"} <= set(whole)
    seen = {name: {row[0] for row in table.rows} for name, table in original.tables.items()}
    for one in copies:
        found = read(one)
        assert {name: len(table.rows) for name, table in found.tables.items()} == whole
        for name, table in found.tables.items():
            keys = {row[0] for row in table.rows}
            assert not keys & seen[name], name
            seen[name] |= keys


def test_no_copy_names_the_original(copied):
    """Neither an id nor the address of the original stands in any text of a copy."""
    cast, copies = copied
    names = {name for name, _make in read(cast.programme).names}
    for one in copies:
        for name, table in read(one).tables.items():
            said = json.dumps(table.rows, default=str)
            assert not [id_ for id_ in names if id_ in said], name
            assert f"/{cast.programme.slug}/" not in said, name


def test_the_ledger_of_a_copy_verifies(copied):
    _cast, copies = copied
    heads = {ledger.checkpoint(one).root for one in Programme.objects.all()}
    assert len(heads) == 1 + len(copies)
    for one in copies:
        lines = list(ledger.export(one))
        assert len(lines) > 5
        assert rules.verify(lines, ledger.checkpoint(one).text()) == []


def test_a_copy_opens_to_its_own_people_and_shows_them_its_desk(copied):
    cast, copies = copied
    for one in copies:
        seat = manager_of(one)
        assert seat is not None
        assert seat.acting_person not in (None, cast.qin.person)
        client = Client()
        client.force_login(open_account(seat.acting_person), backend=SIGN_IN)
        assert client.get(reverse("site:desk", args=[one.slug])).status_code == 200
        assert client.get(reverse("site:ledger", args=[one.slug])).status_code == 200
        assert client.get(reverse("site:desk", args=[cast.programme.slug])).status_code == 404
