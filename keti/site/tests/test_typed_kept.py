"""What is typed stays until its act is done; who was signed out comes back to the page."""

import time
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from keti.drafts import actions
from keti.drafts.doors import BOX, COOKIE
from keti.drafts.models import Draft
from keti.drafts.rules import Typed
from keti.meetings.models import Meeting
from keti.site.middleware import RENEWED_AFTER, USED
from tests.cast import Cast

CALL = "/p/cast/meetings/call/"
PLAN = {"key": "k" * 26, "title": "碰头会", "starts_at": "2030-04-08T14:00", "mode": "online"}

pytestmark = pytest.mark.django_db


def kept(cast: Cast, **fields: list[str]) -> Draft:
    one = Typed("meeting", CALL, "召集会议", fields or {"title": ["碰头会"]}, {})
    return actions.save_draft(cast.lu.act(), typed=one, base="")


def sent(client: Client, box: str, **more: str) -> HttpResponse:
    return client.post(CALL, PLAN | {BOX: box} | more)


def test_once_the_act_is_done_the_draft_goes_and_the_browser_is_told(cast: Cast) -> None:
    cast.at("2030-04-01T09:00")
    draft = kept(cast)
    answer = sent(cast.lu.client, f"{draft.public_id}.{draft.revision_id}.77")
    assert (answer.status_code, Meeting.objects.count(), Draft.objects.count()) == (302, 1, 0)
    assert answer.cookies[COOKIE].value == "77"
    assert not answer.cookies[COOKIE]["httponly"]


def test_the_name_of_the_draft_is_no_content(cast: Cast) -> None:
    """Sent twice, with and without a draft, it is the same form."""
    cast.at("2030-04-01T09:00")
    ways = [sent(cast.lu.client, box).status_code for box in ("..1", "..2", "")]
    assert (ways, Meeting.objects.count()) == ([302] * 3, 1)


@pytest.mark.parametrize("wrong", [{"title": ""}, {"mode": "nowhere"}])
def test_a_refused_form_keeps_its_draft(cast: Cast, wrong: dict[str, str]) -> None:
    cast.at("2030-04-01T09:00")
    draft = kept(cast)
    answer = sent(cast.lu.client, f"{draft.public_id}.{draft.revision_id}.77", **wrong)
    assert (answer.status_code, Draft.objects.count()) == (422, 1)
    assert COOKIE not in answer.cookies


def test_without_its_key_a_form_keeps_its_draft(cast: Cast) -> None:
    draft = kept(cast)
    answer = sent(cast.lu.client, f"{draft.public_id}.{draft.revision_id}.77", key="")
    assert (answer.status_code, Draft.objects.count()) == (400, 1)


def test_who_was_signed_out_keeps_the_draft_and_comes_back_to_the_page(cast: Cast) -> None:
    draft = kept(cast)
    box = f"{draft.public_id}.{draft.revision_id}.77"
    answer = Client(headers={"Referer": f"http://testserver{CALL}?x=1"}).post(
        "/p/cast/meetings/call/", PLAN | {BOX: box}
    )
    assert answer.url == f"{settings.LOGIN_URL}?next=/p/cast/meetings/call/%3Fx%3D1"
    assert (Draft.objects.count(), COOKIE in answer.cookies) == (1, False)


@pytest.mark.parametrize("came", ["http://evil.example/x/", "", "http://[", "http://testserver"])
def test_a_foreign_page_is_none_to_come_back_to(cast: Cast, came: str) -> None:
    answer = Client(headers={"Referer": came}).post(CALL, PLAN)
    assert (answer.status_code, "evil" in answer.url) == (302, False)


@pytest.mark.parametrize("box", ["x", "a.b", "A.b.c", "a.b.c.d", "../../x.1.2", "1.2.3;path=/x"])
def test_what_names_no_draft_is_passed_over(cast: Cast, box: str) -> None:
    cast.at("2030-04-01T09:00")
    kept(cast)
    answer = sent(cast.lu.client, box)
    assert (answer.status_code, Draft.objects.count(), COOKIE in answer.cookies) == (302, 1, False)


def test_a_script_is_told_by_a_status_that_nobody_is_signed_in(cast: Cast) -> None:
    path = f"/p/cast/reports/{'x' * 26}/edit/"
    answer = Client(headers={"HX-Request": "true"}).post(path)
    assert answer.status_code == 401
    assert "文字已留在本机" in answer.content.decode()
    assert Client().post(path).status_code == 302


def expiry(client: Client) -> Any:
    return client.cookies[settings.SESSION_COOKIE_NAME]["max-age"]


def test_a_session_lives_while_it_is_used(cast: Cast) -> None:
    """Once an hour an act gives it its whole time again; reading does not."""
    client = cast.lu.client
    client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] = "old"
    client.get("/me/")
    assert expiry(client) == "old"
    client.post("/unsent/save/", "{}", content_type="application/json")
    assert expiry(client) == settings.SESSION_COOKIE_AGE
    client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] = "old"
    client.post("/unsent/save/", "{}", content_type="application/json")
    assert expiry(client) == "old"
    session = client.session
    session[USED] = int(time.time()) - RENEWED_AFTER - 1
    session.save()
    client.post("/unsent/save/", "{}", content_type="application/json")
    assert expiry(client) == settings.SESSION_COOKIE_AGE


@pytest.mark.parametrize("path", ["/i18n/setlang/", "/unsent/{}/restore/"])
def test_where_no_text_is_sent_no_draft_goes(cast: Cast, path: str) -> None:
    draft = kept(cast)
    box = f"{draft.public_id}.{draft.revision_id}.77"
    answer = cast.lu.client.post(
        path.format(draft.public_id), {BOX: box, "language": "en", "next": "/me/"}
    )
    assert (answer.status_code, Draft.objects.count(), COOKIE in answer.cookies) == (302, 1, False)


def test_a_form_of_another_account_is_told_of_it_and_where_the_text_is(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = cast.lu.client.cookies
    answer = strict.post(CALL, PLAN)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert cast.lu.person.label in page
    assert "另一个账户" in page and "留在本机" in page
