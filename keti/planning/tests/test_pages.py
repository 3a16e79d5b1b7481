"""The first run: the token opens once; a template becomes a programme without YAML."""

from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from keti.accounts.models import Person
from keti.charter.rules import load
from keti.planning import rules
from keti.programmes.models import Programme
from tests.cast import Cast

CAST = Path(__file__).parents[3] / "tests" / "cast.yaml"
TEMPLATE = "association-standard"


@pytest.fixture
def token(settings, db: None) -> str:
    cache.clear()
    Path(settings.KETI_DATA, "first-run-token").write_text("once-only")
    return "once-only"


def account(token: str) -> dict[str, str]:
    return {
        "key": "k",
        "token": token,
        "name": "秦秘书（演示）",
        "mail": "qin@example.org",
        "password": "a long password",
    }


@pytest.mark.usefixtures("empty_house")
def test_an_empty_house_leads_to_the_first_run(client: Client, db: None) -> None:
    assert client.get("/").url == "/start/"
    assert client.get("/start/").status_code == 200


@pytest.mark.usefixtures("empty_house")
def test_a_wrong_token_opens_nothing(client: Client, token: str) -> None:
    answer = client.post("/start/", account("guess"))
    assert answer.status_code == 422
    assert "口令不对" in answer.content.decode()
    assert Person.objects.count() == 0


@pytest.mark.usefixtures("empty_house")
def test_tokens_cannot_be_tried_for_ever(client: Client, token: str) -> None:
    codes = [client.post("/start/", account(f"guess {n}")).status_code for n in range(20)]
    assert codes == [422] * 20
    answer = client.post("/start/", account(token))
    assert answer.status_code == 429
    assert "口令试得太多" in answer.content.decode()
    assert not Person.objects.filter(may_found=True).exists()
    elsewhere = client.post("/start/", account(token), REMOTE_ADDR="10.0.0.9")
    assert (elsewhere.status_code, elsewhere.url) == (302, "/start/new/")


@pytest.mark.usefixtures("empty_house")
def test_the_token_opens_once(client: Client, token: str) -> None:
    assert client.post("/start/", account(token)).url == "/start/new/"
    person = Person.objects.get()
    assert (person.may_found, person.mail) == (True, "qin@example.org")
    assert client.get("/start/new/").status_code == 200
    assert client.get("/start/").status_code == 404
    assert Client().post("/start/", account(token)).status_code == 404


@pytest.mark.usefixtures("empty_house")
def test_without_a_token_file_nothing_fits(client: Client, db: None) -> None:
    assert client.post("/start/", account("")).status_code == 422
    assert Person.objects.count() == 0


@pytest.mark.usefixtures("empty_house")
def test_a_template_becomes_a_programme(client: Client, token: str) -> None:
    client.post("/start/", account(token))
    url = f"/start/new/{TEMPLATE}/"
    page = client.get(url)
    blanks = page.context["form"].blanks
    facts = {blank.name: blank.value for blank in blanks}
    facts |= {"key": "n", "slug": "own", "shift": "364", "programme.title.zh": "自己的课题"}
    checked = client.post(url, facts | {"do": "check"})
    assert checked.status_code == 200
    assert checked.context["compiled"].title.zh == "自己的课题"
    assert Programme.objects.count() == 0
    for _ in range(2):
        founded = client.post(url, facts | {"do": "found"})
        assert founded.url == "/start/founded/own/"
    programme = Programme.objects.get()
    assert (programme.slug, programme.title_zh) == ("own", "自己的课题")
    assert client.get("/p/own/desk/").status_code == 200
    assert "/p/own/roster/" in client.get("/start/founded/own/").content.decode()


@pytest.mark.usefixtures("empty_house")
def test_a_contradiction_is_shown_and_nothing_is_stored(client: Client, token: str) -> None:
    client.post("/start/", account(token))
    url = f"/start/new/{TEMPLATE}/"
    blanks = client.get(url).context["form"].blanks
    facts = {blank.name: blank.value for blank in blanks} | {"key": "n", "slug": "own", "shift": 0}
    first = next(blank for blank in blanks if blank.kind == "date-to")
    facts[first.name] = "1999-01-01"
    answer = client.post(url, facts | {"do": "found"})
    assert answer.status_code == 422
    assert [severity for severity, _, _ in answer.context["remarks"]].count("error") > 0
    assert Programme.objects.count() == 0


def test_only_a_registered_founder_founds(cast: Cast) -> None:
    for path in ("/start/new/", f"/start/new/{TEMPLATE}/", "/start/founded/cast/"):
        assert cast.lu.client.get(path).status_code == 404
        assert cast.wu.client.get(path).status_code == 404
        assert cast.qin.client.get(path).status_code == 200
    assert cast.qin.client.get("/start/new/../../etc/").status_code == 404
    assert Client().get("/start/new/").status_code == 302


def test_shifting_moves_days_and_nothing_else() -> None:
    text = (
        "a: 2022-02-28  # since 2022-01-01\nb: {from: 2022-05-26T18:00, to: 2022-10-31}\n"
        "c: 1-2022-01-019\n"
    )
    assert rules.shifted(text, 1) == (
        "a: 2022-03-01  # since 2022-01-01\nb: {from: 2022-05-27T18:00, to: 2022-11-01}\n"
        "c: 1-2022-01-019\n"
    )
    assert rules.shifted(text, 0) == text


def test_filling_changes_names_and_days_and_keeps_the_rest() -> None:
    text = CAST.read_text()
    place = next(blank for blank in rules.blanks(text) if blank.kind == "date-date")
    new = rules.filled(text, {"programme.title.zh": "新题目", place.name: "2030-04-02"})
    compiled, findings = load(new, "x.yaml")
    assert compiled is not None
    assert [one.severity for one in findings].count("error") == 0
    assert compiled.title.zh == "新题目"
    assert compiled.anchor(place.place[1]).date == date(2030, 4, 2)
    assert rules.filled(text, {}).count("#") == text.count("#")
