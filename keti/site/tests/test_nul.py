"""The one character no text may hold is refused in words, wherever a form brings it."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("facts", [{"language": "e\x00n"}, {"a\x00b": "1"}])
def test_a_nul_in_a_form_is_answered_in_words(client, facts):
    answer = client.post("/i18n/setlang/", facts)
    assert answer.status_code == 400
    assert "请求无法读取" in answer.content.decode()


def test_other_control_characters_do_not_stop_a_form(client):
    assert client.post("/i18n/setlang/", {"language": "en", "x": "\x01\t"}).status_code == 302
