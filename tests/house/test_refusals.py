"""A refusal that no page expected is an answer with its sentence, never a failure of the server."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from keti.kernel.refusals import Refused, sentence
from keti.site import policy
from tests.house.test_routes import HERE, TABLE, address

pytestmark = pytest.mark.once

OWN = ("django_session", "accounts_user", "accounts_person")
CODE = "groups.no-seat"


def planted(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    """Every read of a room is refused; who is signed in is still known."""
    if not any(table in sql for table in OWN) and sql.startswith("SELECT"):
        raise Refused(CODE)
    return execute(sql, *rest)


@pytest.mark.parametrize("way", ["get", "head"])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_a_refusal_planted_in_the_reads_of_every_route_is_a_page(cast, lang, way):
    client: Client = cast.qin.client
    client.cookies["django_language"] = lang
    thing = cast.duty("moon", "cell.red").public_id
    told = 0
    for route in sorted(TABLE):
        with connection.execute_wrapper(planted):
            answer = getattr(client, way)(address(route, slug=HERE, thing=thing))
        assert answer.status_code < 500, route
        if answer.status_code == 422 and way == "get":
            told += 1
            text = answer.content.decode()
            assert sentence(CODE, {}, "zh-hans") in text and sentence(CODE, {}, "en") in text
            assert answer.headers["Cache-Control"] == "no-store"
        if TABLE[route] == policy.SEAT and way == "get":
            assert answer.status_code in (405, 422), route
    assert told > 80 or way != "get"
