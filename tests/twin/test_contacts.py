"""Which pages show how to reach others is declared, so that reading them is noted."""

import logging
import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.urls import resolve

from keti.accounts.models import Person
from keti.kernel import access
from keti.kernel.access import Kind
from keti.site import policy
from tests.cast import Cast
from tests.twin.crawl import parts_of
from tests.twin.inventory import addresses
from tests.twin.secrets import World
from tests.twin.world import Story

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor == "postgresql", reason="a page is the same on both"),
]
REACHED = re.compile(rb"[\w.+-]+@example\.org|(?<!\d)139\d{8}(?!\d)")

OFFICES = {"letters:office", "letters:piece", "letters:preview"}
"""Addresses of offices: this world writes to none; keti/letters/tests/test_letters looks."""


@pytest.fixture
def lived() -> Iterator[Cast]:
    """Ten weeks of a programme, everybody with a number and an address."""
    logging.disable(logging.CRITICAL)
    cast = Story(World()).lived()
    for number, one in enumerate(Person.objects.order_by("pk")):
        Person.objects.filter(pk=one.pk).update(mobile=f"+8613900{number:06d}")
    yield cast
    logging.disable(logging.NOTSET)


def test_what_shows_how_to_reach_others_is_declared_and_noted(lived: Cast) -> None:
    qin = lived.qin
    shows: dict[str, str] = {}
    kept = set()
    for path in addresses(lived, 1):
        answer = qin.client.get(path)
        if answer.status_code != 200:
            continue
        route = resolve(path).view_name
        body = b"".join(parts_of(b"".join(answer)).values())
        if policy.table()[route] in (policy.PUBLIC, policy.TOKEN):
            continue
        own = {qin.person.mail.encode(), qin.person.now.mobile[3:].encode()}
        if set(REACHED.findall(body.replace(b" ", b""))) - own:
            if "Content-Disposition" in answer.headers:
                kept.add(route)
            else:
                shows[route] = path
    assert shows.keys() == policy.contacts() - OFFICES, shows
    today = list(access.read(access.days()[0]))
    noted = {kind: {one.route for one in today if one.kind == kind} for kind in Kind}
    assert shows.keys() <= noted[Kind.CONTACTS]
    assert kept <= noted[Kind.TAKEN]
    files = ("contacts", "export", "people_file", "roster_sheet")
    assert kept == {f"intake:{one}" for one in files}
