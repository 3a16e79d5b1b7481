"""Every route has its policy; who has no seat learns nothing, not even that a programme exists."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from keti.accounts.actions import PersonFacts, open_account, register_founder
from keti.charter.actions import CharterFile
from keti.kernel.acts import Act
from keti.planning.actions import Founding, found_programme
from keti.site import policy
from tests.cast import Cast

pytestmark = pytest.mark.once

HERE, NOWHERE = "cast", "tsac"
WAYS = ("get", "post")


def parameters() -> dict[str, dict[str, str]]:
    """Route name -> the converters of its path."""
    found: dict[str, dict[str, str]] = {}

    def walk(patterns: list[URLPattern | URLResolver], space: str, above: dict[str, str]) -> None:
        for pattern in patterns:
            written = getattr(pattern.pattern, "regex", re.compile("")).groupindex
            here = above | dict.fromkeys(written, "a pattern")
            here |= {key: type(one).__name__ for key, one in pattern.pattern.converters.items()}
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                walk(pattern.url_patterns, inner, here)
            else:
                found[f"{space}{pattern.name}"] = here

    walk(get_resolver().url_patterns, "", {})
    return found


PARAMETERS = parameters()
TABLE = policy.table()
SEATED = sorted(name for name, rule in TABLE.items() if rule == policy.SEAT)
SIGNED_IN = sorted(name for name, rule in TABLE.items() if rule == policy.SIGNED_IN)
TOKENS = sorted(name for name, rule in TABLE.items() if rule == policy.TOKEN)
DEMO = sorted(name for name, rule in TABLE.items() if rule == policy.DEMO)


def address(route: str, *, slug: str, thing: str) -> str:
    """The path of a route: `thing` for every id, 1 for a number, 1-1 for a place."""
    given: dict[str, Any] = {}
    for key, kind in PARAMETERS[route].items():
        plain = {"IntConverter": 1, "a pattern": "1-1"}.get(kind, thing)
        given[key] = slug if key == "slug" else thing if key.endswith("_id") else plain
    return reverse(route, kwargs=given)


def answer(response: HttpResponse) -> tuple[int, str, str]:
    """Status, destination and body of an answer, the slug and the nonce made alike."""
    body = re.sub(rb'nonce="[^"]*"', b"", b"".join(response))
    body = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", body)
    return (
        response.status_code,
        response.headers.get("Location", "").replace(NOWHERE, HERE),
        body.decode().replace(NOWHERE, HERE),
    )


@pytest.fixture
def neighbour(cast: Cast) -> Client:
    """Somebody who keeps the secretariat of another programme, and has no seat in this one."""
    zhu = register_founder(PersonFacts("朱邻居（演示）", mail="zhu@example.org", is_demo=True))
    charter = Path(__file__).parents[1] / "cast.yaml"
    file = CharterFile(charter.name, charter.read_text(), "")
    found_programme(
        Act(by=zhu, recorded_at=cast.moment),
        founder=zhu,
        founding=Founding(file, "elsewhere", is_demo=True),
    )
    client = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(open_account(zhu), backend=backend)
    assert client.get("/p/elsewhere/").status_code == 200
    return client


def test_every_route_has_a_policy_and_every_policy_a_route():
    assert set(policy.routes()) == set(TABLE)
    assert set(TABLE.values()) <= set(policy.MEANING)


@pytest.mark.parametrize("planted", ["back_door", "unnamed hatch/"])
def test_the_server_does_not_start_with_a_route_without_policy(settings, planted):
    settings.ROOT_URLCONF = "tests.house.planted"
    with pytest.raises(ImproperlyConfigured) as refused:
        WSGIHandler()
    assert planted in str(refused.value)


def test_the_server_does_not_start_with_an_unknown_policy(monkeypatch):
    monkeypatch.setitem(policy.OUTSIDE, "set_language", "everybody-ish")
    with pytest.raises(ImproperlyConfigured, match="set_language"):
        WSGIHandler()


def test_every_route_below_a_programme_asks_for_a_seat():
    open_doors = [
        name for name in PARAMETERS
        if TABLE[name] != policy.SEAT and "slug" in PARAMETERS[name]
        and address(name, slug=HERE, thing="x").startswith("/p/")
    ]  # fmt: skip
    assert open_doors == []


def seen_by(client: Client, cast: Cast) -> dict[tuple[str, str], tuple[int, str, str]]:
    """What one outsider gets on every programme route, each way; the same here and nowhere."""
    thing = cast.duty("moon", "cell.red").public_id
    found = {}
    for route in SEATED:
        for way in WAYS:
            here, nowhere = (
                answer(getattr(client, way)(address(route, slug=slug, thing=thing)))
                for slug in (HERE, NOWHERE)
            )
            assert here == nowhere, (route, way)
            found[route, way] = here
    assert len(found) > 100
    return found


def test_the_anonymous_learn_nothing_of_a_programme(cast):
    for place, (status, to, _) in seen_by(Client(), cast).items():
        assert (status, to[:27]) == (302, "/accounts/login/?next=/p/ca"), place


def test_a_stranger_learns_nothing_of_a_programme(cast):
    statuses = {place: seen[0] for place, seen in seen_by(cast.wu.client, cast).items()}
    assert {place: one for place, one in statuses.items() if one not in (404, 405)} == {}


def test_people_of_another_programme_learn_nothing_of_this_one(cast, neighbour):
    statuses = {place: seen[0] for place, seen in seen_by(neighbour, cast).items()}
    assert {place: one for place, one in statuses.items() if one not in (404, 405)} == {}


@pytest.mark.parametrize("route", SIGNED_IN)
def test_signed_in_pages_send_strangers_to_sign_in(db, route):
    path = address(route, slug=NOWHERE, thing="x" * 26)
    for way in WAYS:
        response = getattr(Client(), way)(path)
        assert (response.status_code, response.headers["Location"].partition("?")[0]) == (
            302,
            "/accounts/login/",
        )


@pytest.mark.parametrize("route", TOKENS)
def test_a_wrong_secret_opens_nothing(cast, route):
    path = address(route, slug=HERE, thing="x" * 32)
    for way in WAYS:
        assert getattr(Client(), way)(path).status_code in (404, 405)


@pytest.mark.parametrize("route", DEMO)
def test_demo_doors_do_not_exist_in_an_installation(cast, route):
    for way in WAYS:
        assert getattr(cast.qin.client, way)(reverse(route)).status_code == 404
