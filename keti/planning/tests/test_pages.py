"""The first run: the token opens once; a template becomes a programme without YAML."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from keti.accounts.models import Person
from keti.charter.rules.reading import read
from keti.planning.models import CharterDraft
from keti.planning.rules.asked import STEPS
from keti.planning.rules.bare import bare
from keti.planning.rules.shifting import shifted, vague_words
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
def test_the_token_is_taken_out_of_what_was_pasted_and_nothing_typed_is_lost(
    client: Client, token: str
) -> None:
    kept = client.post("/start/", account("keti: 口令不在这一行")).content.decode()
    assert all(f'value="{words}"' in kept for words in ("秦秘书（演示）", "qin@example.org"))
    pasted = f"keti: 第一页要填一次性口令：\n\n{token}\n\nketi: http://127.0.0.1:8000/start/"
    assert client.post("/start/", account(pasted)).status_code == 302


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
    return str(answer.url).removesuffix("step/what/")


def what(client: Client, url: str, **changed: str) -> dict[str, str]:
    """The first step as a browser would send it, with some fields typed over."""
    return values(client.get(f"{url}step/what/").context["form"]) | changed


@pytest.mark.usefixtures("empty_house")
def test_a_template_becomes_a_programme(client: Client, token: str) -> None:
    client.post("/start/", account(token))
    url = begun(client, f"template:{TEMPLATE}")
    facts = what(client, url, slug="own", **{"title.zh": "自己的课题"})
    assert client.post(f"{url}step/what/", facts).url == f"{url}step/when/"
    page = client.get(f"{url}step/check/")
    assert page.context["compiled"].title.zh == "自己的课题"
    assert dict(page.context["made"])["评审"] == len(page.context["compiled"].gates)
    assert page.context["samples"]
    unseen = client.post(f"{url}step/check/", {"key": "n"})
    assert unseen.status_code == 422
    assert "照抄模板，没有人看过" in unseen.content.decode()
    assert Programme.objects.count() == 0
    settle(client, url)
    founded = client.post(f"{url}step/check/", {"key": "n"})
    assert founded.url == "/start/founded/own/"
    assert client.post(f"{url}step/check/", {"key": "n"}).url == founded.url
    assert client.get(f"{url}step/check/").url == founded.url
    programme = Programme.objects.get()
    assert (programme.slug, programme.title_zh) == ("own", "自己的课题")
    assert CharterDraft.objects.count() == 0
    assert client.get("/p/own/desk/").status_code == 200
    assert "/p/own/roster/" in client.get("/start/founded/own/").content.decode()


@pytest.mark.usefixtures("empty_house")
def test_the_dates_move_to_another_start_and_length(client: Client, token: str) -> None:
    client.post("/start/", account(token))
    url = begun(client, f"template:{TEMPLATE}")
    page = client.get(f"{url}step/when/").context
    assert (page["stretch"].first, page["stretch"].last) == (date(2022, 1, 10), date(2022, 4, 15))
    new = {"base": "0", "do": "move", "start": "2026-09-07", "months": "2"}
    assert client.post(f"{url}step/when/", new).url == f"{url}step/when/"
    shown = client.get(f"{url}step/when/")
    page = shown.context
    assert (page["stretch"].first, page["stretch"].last) == (date(2026, 9, 7), date(2026, 11, 12))
    assert page["counts"]["error"] == 0, "what is too tight gives by itself"
    said = [str(one) for one in page["messages"]]
    assert said[0].startswith("研究期现为 2026-09-07 周一 至 2026-11-12 周四")
    assert said[1].startswith("时间长短变了，这几处不照比例，改排为："), said
    assert "编制期 2026 年 11 月 6 日 → 2026 年 11 月 12 日" in said[1], (
        "the public keep thirty days"
    )
    stale = client.post(f"{url}step/when/", new)
    assert stale.status_code == 422
    assert "另一个窗口" in stale.content.decode()
    wrong = client.post(f"{url}step/when/", new | {"base": "1", "end": "2026-09-01"})
    assert wrong.status_code == 422
    assert "结束要晚于开始。" in wrong.content.decode()


@pytest.mark.usefixtures("empty_house")
def test_the_steps_ask_for_all_that_is_printed_or_binds(client: Client, token: str) -> None:
    """Every step keeps what was typed, refuses on its own page, and leads to the next."""
    client.post("/start/", account(token))
    url = begun(client, "template:metaverse-governance-2022")
    way = [one.name for one in client.get(f"{url}step/what/").context["ways"]]
    assert way[0] == "what" and way[-1] == "check" and {"seats", "call", "titles"} <= set(way)
    typed: dict[str, str] = {}
    for place, name in enumerate(way):
        page = client.get(f"{url}step/{name}/")
        assert page.status_code == 200
        if name not in STEPS:
            continue
        facts = values(page.context["form"])
        ours = {key: f"改过{key}" for key in facts if key.endswith("/zh")}
        answer = client.post(f"{url}step/{name}/", facts | ours)
        assert answer.url == f"{url}step/{way[place + 1]}/", name
        after = values(client.get(f"{url}step/{name}/").context["form"])
        assert {key: after[key] for key in ours} == ours
        typed |= ours
    assert {"call/title/zh", "call/body/zh", "programme/short/zh"} <= set(typed)
    assert any(key.startswith("honours/") for key in typed)


@pytest.mark.usefixtures("empty_house")
def test_a_step_refuses_on_its_own_page_and_loses_nothing(client: Client, token: str) -> None:
    client.post("/start/", account(token))
    url = begun(client, "template:metaverse-governance-2022")
    seats = values(client.get(f"{url}step/seats/").context["form"])
    wrong = seats | {"roles/deputy/min": "3", "roles/deputy/max": "2", "roles/monitor/min": "1"}
    refused = client.post(f"{url}step/seats/", wrong)
    assert refused.status_code == 422
    assert "最多不能少于最少。" in refused.content.decode()
    assert refused.context["form"]["roles/monitor/min"].value() == "1", "nothing typed is lost"
    client.post(f"{url}step/seats/", wrong | {"roles/deputy/max": ""})
    data = read(CharterDraft.objects.get().text).data
    assert (data["roles"]["deputy"]["min"], data["roles"]["monitor"]["min"]) == (3, 1)
    assert client.get(f"{url}step/check/").context["counts"]["error"] == 0
    for slug, kept in (("KXSJ-2026", "kxsj-2026"), ("课题一", ""), ("2026-x", "")):
        answer = client.post(f"{url}step/what/", what(client, url, slug=slug))
        assert answer.status_code == (302 if kept else 422)
        assert kept or "以字母开头" in answer.content.decode()
    part = client.get(f"{url}part/roles/deputy/?back={url}step/seats/")
    assert part.context["back"] == f"{url}step/seats/"
    assert (
        client.get(f"{url}part/roles/deputy/?back=//evil/").context["back"] == f"{url}part/roles/"
    )


def settle(client: Client, url: str, notice: str = "none") -> None:
    """No notice of one's own, or the template's; every text of the template looked at and kept."""
    base = str(CharterDraft.objects.get().revision)
    client.post(f"{url}step/notice/", {"base": base, "do": notice})
    while left := [one for one in client.get(f"{url}step/origin/").context["pages"] if one[3]]:
        name, _title, form, _left, _every = left[0]
        facts = values(form) | {"page": name}
        assert client.post(f"{url}step/origin/", facts).status_code == 302, form.errors


@pytest.mark.usefixtures("empty_house")
def test_nothing_of_the_template_stays_unseen(client: Client, token: str) -> None:
    """Texts are typed over or kept, page by page; the other body's notice goes as a whole."""
    client.post("/start/", account(token))
    url = begun(client, "template:metaverse-governance-2022")
    page = client.get(f"{url}step/origin/").context
    first = {name: form for name, _title, form, _left, _every in page["pages"]}
    assert {"what", "call", "groups", "duties", "titles", "honours"} <= set(first)
    for text in ("物链芯工程技术研究院", "研究期为 2022 年 5 月 1 日", "元产委", "工业元宇宙"):
        shown = " ".join(v for form in first.values() for v in values(form).values())
        assert text in shown, text
    groups = values(first["groups"]) | {"page": "groups"}
    mine = next(name for name in groups if name.endswith("industry/zh"))
    assert client.post(f"{url}step/origin/", groups | {mine: ""}).status_code == 422
    client.post(f"{url}step/origin/", groups | {mine: "可信数据"})
    draft = CharterDraft.objects.get()
    data = read(draft.text).data
    assert data["groups"]["sector"]["instances"]["industry"]["zh"] == "可信数据"
    left = {one[0]: one[3] for one in client.get(f"{url}step/origin/").context["pages"]}
    assert left["groups"] == 0 and left["call"] > 0
    notice = "一、总则。各组每月报告。\n二、附则\n成员自愿。The end."
    empty = client.post(f"{url}step/notice/", {"base": str(draft.revision), "do": "own"})
    assert empty.status_code == 422
    client.post(f"{url}step/notice/", {"base": str(draft.revision), "do": "own", "words": notice})
    draft.refresh_from_db()
    assert [line.split("\t")[:2] for line in draft.clauses.splitlines()[1:]] == [
        ["1", "一、总则。"], ["1.1", "各组每月报告。"], ["2", "二、附则"], ["2.1", "成员自愿。"],
        ["2.2", ""],
    ]  # fmt: skip
    assert "source:" not in draft.text.replace("# `source:`", "").replace("{source: 2", "")
    for word in ("九月没有三十一日", "stated:"):
        assert word not in "\n".join(
            row for row in draft.text.splitlines() if not row.startswith("#")
        ), word
    settle(client, url)
    check = client.get(f"{url}step/check/").context
    assert (check["unseen"], check["counts"]["error"]) == (0, 0)


def values(form: Any) -> dict[str, str]:
    """What a form would send as it is shown."""
    typed = {bound.html_name: bound.value() for bound in form}
    return {name: "" if value is None else str(value) for name, value in typed.items()}


@pytest.mark.usefixtures("empty_house")
def test_a_template_with_real_units_points_out_those_left_as_they_were(
    client: Client, token: str
) -> None:
    client.post("/start/", account(token))
    url = begun(client, "template:metaverse-governance-2022")
    before = client.get(f"{url}step/check/").context["samples"]
    facts = what(client, url, slug="own")
    units = [name for name in facts if name.startswith("party.") and name.endswith(".zh")]
    assert len(before) == len(units) > 1
    client.post(
        f"{url}step/what/", facts | {units[0]: "自己的单位", units[0][:-2] + "en": "Our own"}
    )
    page = client.get(f"{url}step/check/")
    assert page.context["samples"] == before[1:]
    assert "仍是模板中的单位：" in page.content.decode()


@pytest.mark.usefixtures("empty_house")
def test_a_contradiction_is_shown_with_its_field_and_founds_nothing(
    client: Client, token: str
) -> None:
    client.post("/start/", account(token))
    url = begun(client, f"template:{TEMPLATE}")
    form = client.get(f"{url}step/when/").context["form"]
    facts = {bound.html_name: str(bound.value()) for bound in form} | {"do": "days"}
    last = next(name for name in facts if name.endswith(".to"))
    assert client.post(f"{url}step/when/", facts | {last: "1999-01-01"}).url == f"{url}step/groups/"
    page = client.get(f"{url}step/check/")
    key = last.split(".")[1]
    assert f"{url}part/calendar/{key}/#field-to" in [one["url"] for one in page.context["findings"]]
    shown = page.content.decode()
    assert '<button class="primary" disabled>建立课题</button>' in shown
    assert "请先改正上面的错误" in shown
    refused = client.post(f"{url}step/check/", {"key": "n"})
    assert refused.status_code == 422
    worst = [one for one in page.context["findings"] if one["tone"] == "overdue"]
    said = f"实施方案有{len(worst)}处错误，没有保存任何内容。第一处：{worst[0]['words']}"
    assert refused.context["form"].non_field_errors() == [said]
    assert ".yaml" not in said
    assert " error " not in said
    assert Programme.objects.count() == 0


def test_an_earlier_programme_and_nothing_are_starts_too(cast: Cast) -> None:
    url = begun(cast.qin.client, "programme:cast")
    assert cast.qin.client.get(f"{url}step/what/").context["form"]["slug"].value() == "cast-2"
    url = begun(cast.qin.client, "nothing")
    page = cast.qin.client.get(f"{url}step/check/").context
    worst = [one["words"] for one in page["findings"] if one["tone"] == "overdue"]
    assert worst == ["方案没有任何到期要办的事项，也没有关口：成立之后没有人要做任何事。"]
    taken = what(cast.qin.client, url, slug="cast")
    assert cast.qin.client.post(f"{url}step/what/", taken).status_code == 422
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


def test_a_year_alone_is_pointed_out_and_one_in_a_date_or_a_number_is_not() -> None:
    said = {
        "a": "学会2023年度课题", "b": "the 2023 call, by 3 May 2023", 
        "c": "2022年5月31日，〔2023〕5号",
        "d": "GB/T 1.1-2020，共2000元", "e": "2022-05-27", "f": "Topics of 2023",
    }  # fmt: skip
    assert {one.path[0]: one.words for one in vague_words(said)} == {
        "a": ("2023年度",), "b": ("2023",), "f": ("2023",),
    }  # fmt: skip


def test_begun_from_nothing_it_lasts_a_year_to_the_day() -> None:
    assert "from: 2030-12-09, to: 2031-12-08" in bare(date(2030, 12, 9))
    assert "from: 2031-03-01, to: 2032-02-29" in bare(date(2031, 3, 1))
