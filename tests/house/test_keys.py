"""A form is safe to send twice: its key stands for what it says; without one nothing is done."""

import re

import pytest
from django.test import Client

from keti.duties.actions import issue_link
from keti.ledger.models import Entry
from keti.meetings.models import Meeting
from keti.site import policy
from keti.site.sending import KEYLESS
from keti.work.models import Task
from tests.cast import Cast
from tests.house.test_routes import HERE, TABLE, address

KEYED = sorted(
    name
    for name, rule in TABLE.items()
    if name not in KEYLESS and rule not in (policy.DEMO, policy.TOKEN)
)


def meeting(**more: str) -> dict[str, str]:
    plan = {"key": "k" * 26, "title": "碰头会", "starts_at": "2030-04-08T14:00", "mode": "online"}
    return plan | more


def key_in(body: str) -> list[str]:
    return re.findall(r'name="key" value="([^"]+)"', body)


def test_every_exemption_names_a_route_and_a_reason() -> None:
    assert set(KEYLESS) <= set(TABLE)
    assert all(KEYLESS.values())


@pytest.mark.parametrize("route", KEYED)
def test_what_comes_without_a_key_leaves_nothing(cast: Cast, route: str) -> None:
    before = Entry.objects.count()
    answer = cast.qin.client.post(address(route, slug=HERE, thing="x"), {"title": "t", "text": "t"})
    assert answer.status_code == 400
    assert "防止重复提交" in answer.content.decode()
    assert "keeps it from being sent twice" in answer.content.decode()
    assert Entry.objects.count() == before


def test_by_a_link_too_nothing_is_done_without_a_key(cast: Cast) -> None:
    duty = cast.duty("paper")
    cast.at("2030-03-05T09:00")
    token = issue_link(cast.qin.act(), obligation=duty)
    before = Entry.objects.count()
    answer = Client().post(address("site:phone", slug=HERE, thing=token), {"line1": "t"})
    assert (answer.status_code, Entry.objects.count()) == (400, before)


def test_a_stranger_is_sent_to_sign_in_before_the_key_is_asked_for(cast: Cast) -> None:
    assert Client().post(address("meetings:call", slug=HERE, thing="x"), {}).status_code == 302


def test_the_same_form_sent_twice_leaves_one(cast: Cast) -> None:
    cast.at("2030-04-01T09:00")
    ways = [cast.lu.client.post("/p/cast/meetings/call/", meeting()).status_code for _ in range(2)]
    assert (ways, Meeting.objects.count()) == ([302, 302], 1)


def test_the_same_key_with_other_content_is_told_and_kept(cast: Cast) -> None:
    """The back button: the corrected form is not taken for the one that was sent before."""
    cast.at("2030-04-01T09:00")
    cast.lu.client.post("/p/cast/meetings/call/", meeting())
    told = cast.lu.client.post("/p/cast/meetings/call/", meeting(title="改名的会"))
    body = told.content.decode()
    assert (told.status_code, Meeting.objects.count()) == (422, 1)
    assert "内容与现在填写的不同" in body
    assert 'value="改名的会"' in body
    fresh = key_in(body)[0]
    assert fresh != "k" * 26
    again = cast.lu.client.post("/p/cast/meetings/call/", meeting(title="改名的会", key=fresh))
    assert (again.status_code, Meeting.objects.count()) == (302, 2)


def test_a_task_corrected_by_the_back_button_is_told_too(cast: Cast) -> None:
    task = {
        "key": "t" * 26,
        "seat": cast.mao.seat.public_id,
        "title": "访谈",
        "due_at": "2030-04-20T00:00",
    }
    assert cast.lu.client.post("/p/cast/tasks/assign/", task).status_code == 302
    other = cast.lu.client.post("/p/cast/tasks/assign/", task | {"title": "访谈四家"})
    assert (other.status_code, Task.objects.count()) == (422, 1)


def test_a_refused_form_may_be_corrected_under_its_key(cast: Cast) -> None:
    """Nothing was recorded by the first: the key stands for nothing yet."""
    cast.at("2030-04-01T09:00")
    wrong = cast.lu.client.post("/p/cast/meetings/call/", meeting(title=""))
    assert (wrong.status_code, key_in(wrong.content.decode())) == (422, ["k" * 26])
    assert cast.lu.client.post("/p/cast/meetings/call/", meeting()).status_code == 302
