"""The first run: the token opens once; a template becomes a programme without YAML."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from keti.accounts.models import Person
from keti.charter.rules.reading import read
from keti.planning.models import CharterDraft
from keti.planning.rules.shifting import shifted, vague_words, workable
from keti.programmes.models import Programme
from tests.cast import Cast

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


def begun(client: Client, origin: str) -> str:
    """The address of a draft begun from this origin."""
    answer = client.post("/start/new/", {"from": origin})
    assert answer.status_code == 302
    return str(answer.url).removesuffix("step/1/")


def what(client: Client, url: str, **changed: str) -> dict[str, str]:
    """The first step as a browser would send it, with some fields typed over."""
    form = client.get(f"{url}step/1/").context["form"]
    typed = {bound.html_name: bound.value() for bound in form}
    return {name: "" if value is None else str(value) for name, value in typed.items()} | changed


@pytest.mark.usefixtures("empty_house")
def test_a_template_becomes_a_programme(client: Client, token: str) -> None:
    client.post("/start/", account(token))
    url = begun(client, f"template:{TEMPLATE}")
    facts = what(client, url, slug="own", **{"title.zh": "自己的课题"})
    assert client.post(f"{url}step/1/", facts).url == f"{url}step/2/"
    page = client.get(f"{url}step/5/")
    assert page.context["compiled"].title.zh == "自己的课题"
    assert dict(page.context["made"])["评审"] == len(page.context["compiled"].gates)
    assert page.context["samples"]
    assert Programme.objects.count() == 0
    founded = client.post(f"{url}step/5/", {"key": "n"})
    assert founded.url == "/start/founded/own/"
    assert client.post(f"{url}step/5/", {"key": "n"}).url == founded.url
    assert client.get(f"{url}step/5/").url == founded.url
    programme = Programme.objects.get()
    assert (programme.slug, programme.title_zh) == ("own", "自己的课题")
    assert CharterDraft.objects.count() == 0
    assert client.get("/p/own/desk/").status_code == 200
    assert "/p/own/roster/" in client.get("/start/founded/own/").content.decode()


@pytest.mark.usefixtures("empty_house")
def test_the_dates_move_in_figures_and_in_sentences(client: Client, token: str) -> None:
    client.post("/start/", account(token))
    url = begun(client, f"template:{TEMPLATE}")
    page = client.get(f"{url}step/2/")
    first = page.context["whole"].first
    new = {"base": "0", "do": "shift", "start": str(first + timedelta(days=367)), "weeks": "on"}
    assert client.post(f"{url}step/2/", new).url == f"{url}step/2/"
    page = client.get(f"{url}step/2/")
    said = (
        "全部日期已平移 364 天，现从 2023-01-09 周一 开始。 "
        "选的是 2023-01-12 周四；因勾选了“星期几不变”，取最近的整周。"
    )
    assert [str(one) for one in page.context["messages"]] == [said]
    again = page.context
    assert again["offer"] is None
    assert again["whole"].first == first + timedelta(days=364)
    stale = client.post(f"{url}step/2/", new)
    assert stale.status_code == 422
    assert "另一个窗口" in stale.content.decode()


@pytest.mark.usefixtures("empty_house")
def test_where_working_days_do_not_suffice_the_next_start_is_offered(
    client: Client, token: str
) -> None:
    client.post("/start/", account(token))
    url = begun(client, f"template:{TEMPLATE}")
    client.post(f"{url}step/2/", {"base": "0", "do": "shift", "start": "2026-07-13"})
    page = client.get(f"{url}step/2/")
    assert [str(one) for one in page.context["messages"]] == [
        "全部日期已平移 1645 天，现从 2026-07-13 周一 开始。"
    ]
    assert page.context["counts"]["error"] == 1
    shown = page.content.decode()
    assert "开始日期推后到 2026-07-20 可行。" in shown
    assert 'name="start" value="2026-07-20"' in shown
    client.post(f"{url}step/2/", {"base": "1", "do": "shift", "start": "2026-07-20"})
    page = client.get(f"{url}step/2/")
    assert (page.context["counts"]["error"], page.context["offer"]) == (0, None)
    assert page.context["whole"].first == date(2026, 7, 20)


@pytest.mark.usefixtures("empty_house")
def test_a_template_with_real_units_points_out_those_left_as_they_were(
    client: Client, token: str
) -> None:
    client.post("/start/", account(token))
    url = begun(client, "template:metaverse-governance-2022")
    before = client.get(f"{url}step/5/").context["samples"]
    facts = what(client, url, slug="own")
    units = [name for name in facts if name.startswith("party.") and name.endswith(".zh")]
    assert len(before) == len(units) > 1
    client.post(f"{url}step/1/", facts | {units[0]: "自己的单位", units[0][:-2] + "en": "Our own"})
    page = client.get(f"{url}step/5/")
    assert page.context["samples"] == before[1:]
    assert "仍是模板中的单位：" in page.content.decode()


def test_no_start_within_two_weeks_is_no_start() -> None:
    text = "calendar: {a: {date: 2022-02-28}}\n"
    assert workable(text, lambda one: "2022-03-03" in one) == 3
    assert workable(text, lambda one: "2022-03-0" in one) == 7
    assert workable(text, lambda one: "2022-03-15" in one) is None


@pytest.mark.usefixtures("empty_house")
def test_a_contradiction_is_shown_with_its_field_and_founds_nothing(
    client: Client, token: str
) -> None:
    client.post("/start/", account(token))
    url = begun(client, f"template:{TEMPLATE}")
    form = client.get(f"{url}step/2/").context["form"]
    facts = {bound.html_name: str(bound.value()) for bound in form} | {"do": "days"}
    last = next(name for name in facts if name.endswith(".to"))
    assert client.post(f"{url}step/2/", facts | {last: "1999-01-01"}).url == f"{url}step/3/"
    page = client.get(f"{url}step/5/")
    key = last.split(".")[1]
    assert f"{url}part/calendar/{key}/#field-to" in [one["url"] for one in page.context["findings"]]
    shown = page.content.decode()
    assert '<button class="primary" disabled>建立课题</button>' in shown
    assert "请先改正上面的错误" in shown
    refused = client.post(f"{url}step/5/", {"key": "n"})
    assert refused.status_code == 422
    worst = [one for one in page.context["findings"] if one["tone"] == "overdue"]
    said = f"实施方案有{len(worst)}处错误，没有保存任何内容。第一处：{worst[0]['words']}"
    assert refused.context["form"].non_field_errors() == [said]
    assert ".yaml" not in said
    assert " error " not in said
    assert Programme.objects.count() == 0


def test_an_earlier_programme_and_nothing_are_starts_too(cast: Cast) -> None:
    url = begun(cast.qin.client, "programme:cast")
    assert cast.qin.client.get(f"{url}step/1/").context["form"]["slug"].value() == "cast-2"
    url = begun(cast.qin.client, "nothing")
    page = cast.qin.client.get(f"{url}step/5/").context
    assert [one["tone"] for one in page["findings"] if one["tone"] == "overdue"] == []
    taken = what(cast.qin.client, url, slug="cast")
    assert cast.qin.client.post(f"{url}step/1/", taken).status_code == 422
    assert cast.qin.client.post("/start/new/", {"from": "template:../x"}).status_code == 404


def test_only_a_registered_founder_founds(cast: Cast) -> None:
    for path in ("/start/new/", "/start/founded/cast/"):
        assert cast.lu.client.get(path).status_code == 404
        assert cast.wu.client.get(path).status_code == 404
        assert cast.qin.client.get(path).status_code == 200
    assert Client().get("/start/new/").status_code == 302


def test_shifting_moves_days_in_figures_and_words_and_nothing_else() -> None:
    text = (
        "calendar: {a: {date: 2022-02-28}, b: {from: 2022-05-26T18:00, to: 2022-10-31}}"
        "  # since 2022-01-01\nc: 1-2022-01-019\n"
        "d: 5 月 31 日至 6 月 2 日，11 月下旬\ne: between 5 and 31 May 2022\n"
    )
    assert shifted(text, 1) == (
        "calendar: {a: {date: 2022-03-01}, b: {from: 2022-05-27T18:00, to: 2022-11-01}}"
        "  # since 2022-01-01\nc: 1-2022-01-019\n"
        "d: 6 月 1 日至 6 月 3 日，11 月下旬\ne: between 6 May and 1 June 2022\n"
    )
    assert shifted(text, 0) == text


def test_shifting_leaves_what_the_notice_says_and_what_was_decided() -> None:
    text = (
        "calendar:\n"
        "  a: {date: 2022-05-27, stated: {text: {zh: 5月27日, en: 27 May}}, source: 5月27日}\n"
        "  b:\n    from: 2022-05-05\n    stated: {text: 5月5日至5月25日}\n    resolve:\n"
        "      by: x\n      why: >\n        至 2022年5月31日\n        为止，5 月底。\n"
        "    to: 2022-05-25\n    zh: 5月25日截止\n"
        "  c: {date: 2022-06-01, 原文: {文字: 6月1日}}\n"
    )
    moved = (
        "calendar:\n"
        "  a: {date: 2022-05-28, stated: {text: {zh: 5月27日, en: 27 May}}, source: 5月28日}\n"
        "  b:\n    from: 2022-05-06\n    stated: {text: 5月5日至5月25日}\n    resolve:\n"
        "      by: x\n      why: >\n        至 2022年5月31日\n        为止，5 月底。\n"
        "    to: 2022-05-26\n    zh: 5月26日截止\n"
        "  c: {date: 2022-06-02, 原文: {文字: 6月1日}}\n"
    )
    assert shifted(text, 1) == moved
    left = [(".".join(map(str, one.path)), one.words) for one in vague_words(read(text).data)]
    assert left == [
        ("calendar.a.stated.text.zh", ("5月27日",)),
        ("calendar.a.stated.text.en", ("27 May",)),
        ("calendar.b.stated.text", ("5月5日", "5月25日")),
        ("calendar.b.resolve.why", ("2022年5月31日", "5 月底")),
        ("calendar.c.stated.text", ("6月1日",)),
    ]


def test_words_without_a_day_are_pointed_out() -> None:
    assert [one.words for one in vague_words({"d": "5 月 31 日至 11 月下旬，每月 3 日"})] == [
        ("11 月下旬",)
    ]
