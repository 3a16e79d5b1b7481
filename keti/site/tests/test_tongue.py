"""Chinese comes first, unless English was chosen or the browser asks for no Chinese."""

import pytest
from django.test import Client

PAGES = ["/", "/published/", "/calls/cast/", "/accounts/login/"]


def language(client: Client, path: str, asked: str) -> str:
    answer = client.get(path, headers={"accept-language": asked}, follow=True)
    return answer.headers["Content-Language"]


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("zh-CN,zh;q=0.9", "zh-hans"),
        ("en-US,en;q=0.9,zh-CN;q=0.8", "zh-hans"),
        ("en,fr;q=0.5,zh-TW;q=0.1", "zh-hans"),
        ("", "zh-hans"),
        ("de", "zh-hans"),
        ("en-GB,en;q=0.9", "en"),
        ("en,zh;q=0", "en"),
    ],
)
@pytest.mark.parametrize("path", PAGES)
def test_chinese_first(cast, path: str, asked: str, given: str) -> None:
    assert language(Client(), path, asked) == given


def test_what_was_chosen_here_stands(cast) -> None:
    client = Client()
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    assert language(client, "/", "zh-CN,zh;q=0.9") == "en"
