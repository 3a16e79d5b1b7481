"""A programme in one language: its founder names all in that one, and so it is called."""

import pytest
from django.test import Client

from keti.groups.models import Group, Role, Seat
from keti.kernel.acts import Text
from keti.planning.rules.asked import must_be_in
from keti.planning.tests.test_pages import account, begun, settle, token, values, what
from keti.programmes.models import Programme

__all__ = ["token"]
pytestmark = pytest.mark.django_db
TEMPLATE = "template:association-standard"


@pytest.mark.parametrize(
    ("lang", "words", "tongue"),
    [
        ("en", {"zh": "启动会", "en": "First meeting"}, "en"),
        ("zh-hans", {"zh": "启动会", "en": "First meeting"}, "zh"),
        ("en", {"zh": "启动会"}, "zh"),
        ("zh-hans", {"zh": None, "en": "First meeting"}, "en"),
        ("en", {}, "en"),
    ],
)
def test_a_name_must_be_in_the_language_of_the_page_or_the_one_it_has(lang, words, tongue):
    assert must_be_in(lang, words) == tongue


@pytest.mark.usefixtures("empty_house")
def test_an_english_office_founds_without_a_chinese_word(client: Client, token: str) -> None:
    client.post("/start/", account(token))
    url = begun(client, TEMPLATE)
    client.cookies["django_language"] = "en"
    names = {"title.zh": "", "title.en": "AI in chest imaging", "slug": "imaging"}
    assert client.post(f"{url}step/what/", what(client, url, **names)).url == f"{url}step/when/"
    for step in ("titles", "call"):
        facts = values(client.get(f"{url}step/{step}/").context["form"])
        bare = {key: "" for key in facts if key.endswith("/zh")}
        assert client.post(f"{url}step/{step}/", facts | bare).status_code == 302, step
    settle(client, url)
    assert client.post(f"{url}step/check/", {"key": "n"}).status_code == 302
    programme = Programme.objects.get()
    assert programme.title == Text("AI in chest imaging", "AI in chest imaging")
    assert programme.phase_zh == "Proposal and enrolment"


@pytest.mark.usefixtures("empty_house")
def test_on_a_chinese_page_the_chinese_name_must_be(client: Client, token: str) -> None:
    client.post("/start/", account(token))
    url = begun(client, TEMPLATE)
    refused = client.post(f"{url}step/what/", what(client, url, **{"title.zh": ""}))
    assert refused.status_code == 422
    assert client.post(f"{url}step/what/", what(client, url, **{"title.en": ""})).status_code == 302


def test_a_seat_of_a_group_without_a_chinese_name_is_called_by_the_one_it_has() -> None:
    role = Role(title_zh="起草人", title_en="Drafter")
    seat = Seat(role=role, group=Group(title_zh="", title_en="Evidence"))
    assert seat.title == Text("起草人 · Evidence", "Drafter, Evidence")
