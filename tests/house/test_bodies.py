"""Whoever may not come in makes nobody read, parse or store what they send along."""

import tempfile
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client

from keti.groups.actions import end_seat
from keti.site import policy
from tests.cast import Cast
from tests.house.test_routes import DEMO, HERE, NOWHERE, SEATED, SIGNED_IN, TABLE, TOKENS, address

pytestmark = pytest.mark.once

MANY, FEW = 5 << 20, 10
LINE = "b0undary"
PUBLIC = sorted(name for name, rule in TABLE.items() if rule == policy.PUBLIC)


def form(size: int) -> bytes:
    """A form with one file of this size, as a browser sends it."""
    head = f'--{LINE}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    return head.encode() + b"x" * size + f"\r\n--{LINE}--\r\n".encode()


FORMS = {size: form(size) for size in (FEW, MANY)}


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: Path) -> list[str]:
    """The addresses whose form was parsed; every upload would go to a file in one folder."""
    seen: list[str] = []
    load = WSGIRequest._load_post_and_files

    def loaded(request: WSGIRequest) -> None:
        seen.append(request.path)
        load(request)

    monkeypatch.setattr(WSGIRequest, "_load_post_and_files", loaded)
    folder = tmp_path / "uploads"
    folder.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(folder)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return seen


def sent(client: Client, route: str, size: int, slug: str = HERE) -> tuple[int, str]:
    """How a form is answered: status and destination."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    strict.cookies["csrftoken"] = "a" * 32
    kind = f"multipart/form-data; boundary={LINE}"
    path = address(route, slug=slug, thing="x" * 26)
    answer = strict.generic("POST", path, FORMS[size], kind)
    return answer.status_code, answer.headers.get("Location", "").replace(NOWHERE, HERE)


def refused(client: Client, routes: list[str], parsed: list[str], folder: Path) -> set[int]:
    """Every route answers alike whether little or much was sent, and read nothing of it."""
    assert routes
    statuses = set()
    for route in routes:
        few, many = sent(client, route, FEW), sent(client, route, MANY)
        assert few == many == sent(client, route, FEW, NOWHERE), route
        statuses.add(few[0])
    assert parsed == []
    assert list((folder / "uploads").iterdir()) == []
    return statuses


def test_the_anonymous_are_sent_away_unread(cast: Cast, parsed, tmp_path):
    assert refused(Client(), SEATED + SIGNED_IN, parsed, tmp_path) == {302}
    assert refused(Client(), TOKENS + DEMO, parsed, tmp_path) == {404}


def test_a_stranger_with_an_account_is_sent_away_unread(cast: Cast, parsed, tmp_path):
    assert refused(cast.wu.client, SEATED + TOKENS + DEMO, parsed, tmp_path) == {404}


def test_whose_seat_ended_is_sent_away_unread(cast: Cast, parsed, tmp_path):
    client = cast.lu.client
    assert sent(client, "site:remind", FEW)[0] == 403
    parsed.clear()
    end_seat(cast.qin.act(), seat=cast.lu.seat, reason="离组")
    assert refused(client, SEATED, parsed, tmp_path) == {404}


@pytest.mark.parametrize("who", ["wu", ""])
def test_a_page_open_to_all_takes_no_more_than_a_form(cast: Cast, parsed, tmp_path, who):
    client = getattr(cast, who).client if who else Client()
    assert {sent(client, route, MANY)[0] for route in PUBLIC} == {413}
    assert parsed == []
    assert list((tmp_path / "uploads").iterdir()) == []
    client.post("/i18n/setlang/", {"language": "en"})
    assert parsed == ["/i18n/setlang/"]


def test_who_may_come_in_is_read_as_before(cast: Cast, parsed):
    assert sent(cast.qin.client, "site:remind", MANY)[0] == 403
    assert len(parsed) == 1


def test_even_a_seat_sends_no_more_than_its_route_takes(cast: Cast, parsed):
    client = Client(enforce_csrf_checks=True)
    client.cookies = cast.qin.client.cookies
    path = address("site:remind", slug=HERE, thing="x" * 26)
    length = {"CONTENT_LENGTH": str(policy.MANY_BYTES + 1)}
    answer = client.generic("POST", path, b"", f"multipart/form-data; boundary={LINE}", **length)
    assert answer.status_code == 413
    words = answer.content.decode()
    assert "内容太大" in words
    assert "Too large" in words
    assert parsed == []
