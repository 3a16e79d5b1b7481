"""Who came in, who failed to and who took what out is noted, and read by the keepers alone."""

import csv
import io

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from keti.accounts.actions import open_account
from keti.kernel import access
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
PAGE = "/installation/access/"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.KETI_DATA = str(tmp_path)


def noted() -> list[tuple[str, str, str]]:
    """Kind, person and route of every line, in order."""
    return [
        (one.kind, one.person, one.route)
        for day in reversed(access.days())
        for one in access.read(day)
    ]


def test_signing_in_failing_and_out_are_noted_with_nothing_that_was_typed(cast: Cast) -> None:
    account = open_account(cast.lu.person, password=PASSWORD)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    client, where = Client(REMOTE_ADDR="10.2.0.7"), reverse("account_login")
    mail = cast.lu.person.mail
    client.post(where, {"login": mail, "password": "not that one"})
    client.post(where, {"login": mail, "password": PASSWORD})
    assert client.post(reverse("account_logout")).status_code == 302
    lu = cast.lu.person.public_id
    assert noted() == [
        ("not-signed-in", "", "account_login"), ("signed-in", lu, ""), ("signed-out", lu, ""),
    ]  # fmt: skip
    lines = access.file_of(access.days()[0]).read_text()
    assert lines.count('"10.2.0.7"') == 3
    assert not any(typed in lines for typed in (mail, PASSWORD, "not that one"))


def test_a_guessed_link_is_noted_without_what_was_guessed(cast: Cast) -> None:
    guess = "b3" * 16
    assert Client().get(reverse("site:phone", args=[guess])).status_code == 404
    assert noted() == [("not-signed-in", "", "site:phone")]
    assert guess not in access.file_of(access.days()[0]).read_text()


def test_files_and_contact_data_are_noted_and_other_pages_are_not(cast: Cast) -> None:
    for path in ("/p/cast/", "/p/cast/people/", "/p/cast/ledger/ledger.jsonl"):
        assert b"".join(cast.qin.client.get(path))
    assert cast.lu.client.get("/p/cast/people/").status_code == 404
    qin = cast.qin.person.public_id
    assert [one for one in noted() if one[0] != "signed-in"] == [
        ("contacts", qin, "intake:people"), ("taken", qin, "site:ledger_file"),
    ]  # fmt: skip


def test_only_keepers_read_it_by_day_and_find_and_save_it(cast: Cast) -> None:
    client = cast.qin.client
    for day in access.days():
        access.file_of(day).unlink()
    assert "从下一次登录起" in client.get(PAGE).content.decode()
    cast.qin.client.get("/p/cast/people/")
    page = cast.qin.client.get(PAGE).content.decode()
    assert ("查看联系方式" in page, cast.qin.person.name in page) == (True, True)
    none = cast.qin.client.get(PAGE, {"q": "没有这样的字"}).content.decode()
    assert ("行数：0" in none, "/p/cast/people/" in none) == (True, False)
    saved = cast.qin.client.get("/installation/access.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(saved)))
    assert rows[0] == ["时间", "事情", "谁", "从哪个地址", "页面"]
    assert ["查看联系方式", cast.qin.person.name] in [row[1:3] for row in rows]
    for other in (cast.lu, cast.gao, cast.wu):
        for path in (PAGE, "/installation/access.csv"):
            assert other.client.get(path).status_code == 404


def test_a_broken_line_is_said_on_the_page(cast: Cast) -> None:
    for _ in range(3):
        cast.qin.client.get("/p/cast/people/")
    file = access.file_of(access.days()[0])
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:-2] + lines[-1:]))
    assert "与写下时不一致" in cast.qin.client.get(PAGE).content.decode()
