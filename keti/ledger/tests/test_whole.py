"""Public pages are kept whole until something is recorded, for strangers alone."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from keti.kernel.acts import Subject
from keti.ledger import doors
from keti.ledger.actions import record
from tests.cast import Cast


class Drawn:
    """A page that counts how often it is drawn."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> HttpResponse:
        self.times += 1
        return HttpResponse(f"drawn {self.times}", headers={"ETag": '"one"'})


@pytest.fixture
def drawn(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """The clock stands, and pages are kept as they are in the house."""
    cast.at("2030-03-05T10:00")
    monkeypatch.setattr(doors, "checking", False)
    return Drawn()


def asked(drawn: Drawn, path: str = "/calls/", *, cookie: str = "", method: str = "GET") -> str:
    request = RequestFactory().generic(method, path)
    if cookie:
        request.COOKIES[cookie] = "x"
    return doors.whole(request, drawn).content.decode()


def recorded(cast: Cast) -> None:
    about = Subject("programme", cast.programme.public_id, "课题")
    record(cast.qin.act(), "site.tried", programme=cast.programme, about=about)


def test_a_page_is_drawn_once_and_again_when_something_is_recorded(
    cast: Cast, drawn: Drawn
) -> None:
    assert [asked(drawn), asked(drawn)] == ["drawn 1", "drawn 1"]
    recorded(cast)
    assert [asked(drawn), asked(drawn)] == ["drawn 2", "drawn 2"]


def test_a_page_lives_no_longer_than_its_minute(cast: Cast, drawn: Drawn) -> None:
    asked(drawn)
    cast.at("2030-03-05T10:00:59")
    assert asked(drawn) == "drawn 1"
    cast.at("2030-03-05T10:01")
    assert asked(drawn) == "drawn 2"


@pytest.mark.parametrize("cookie", ["sessionid", "messages"])
def test_who_may_be_somebody_is_answered_anew(drawn: Drawn, cookie: str) -> None:
    asked(drawn)
    assert asked(drawn, cookie=cookie) == "drawn 2"
    assert asked(drawn) == "drawn 1"


def test_a_question_and_a_form_are_answered_anew(drawn: Drawn) -> None:
    asked(drawn)
    assert asked(drawn, "/calls/?page=2") == "drawn 2"
    assert asked(drawn, method="POST") == "drawn 3"
    assert asked(drawn, "/other/") == "drawn 4"


def test_a_kept_page_asks_one_statement_and_keeps_its_headers(drawn: Drawn) -> None:
    first = doors.whole(RequestFactory().get("/calls/"), drawn)
    first.headers["ETag"] = "changed by who sends it"
    with CaptureQueriesContext(connection) as statements:
        answer = doors.whole(RequestFactory().get("/calls/"), drawn)
    assert (answer.content, answer["ETag"]) == (b"drawn 1", '"one"')
    heads = [one["sql"] for one in statements if "ledger_head" in one["sql"]]
    assert len(heads) == 1
    assert len(statements) - len(heads) <= 1  # the clock of a test is a row


def test_what_the_key_does_not_say_is_found(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(drawn)
    monkeypatch.setattr(doors, "checking", True)
    with pytest.raises(doors.Stale):
        asked(drawn)


def test_no_more_is_kept_than_there_is_room(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "MOST_PAGES", 2)
    for path in ("/a/", "/b/", "/a/", "/c/"):
        asked(drawn, path)
    assert (asked(drawn, "/a/"), asked(drawn, "/b/")) == ("drawn 1", "drawn 4")
