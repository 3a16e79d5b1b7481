"""The page of the installation: what is not set up comes first; more than one keeps it."""

from datetime import date

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from keti.accounts.actions import PersonFacts, drop_founder, name_founder
from keti.accounts.models import Person
from keti.charter.queries import holidays
from keti.charter.rules.workdays import Workdays
from keti.intake.tests.test_applications import refused
from keti.kernel.addresses import sender, site_name
from keti.kernel.named import Site, keep
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.programmes.models import Holiday
from keti.site.rules import read_days, written_days
from tests.cast import Cast, Player

pytestmark = pytest.mark.django_db
PAGE = "/installation/"


def test_what_is_not_set_up_comes_first_and_only_for_founders(cast: Cast, settings) -> None:
    settings.KETI_URL, settings.KETI_NAME = "http://127.0.0.1:8000", "甲协会课题平台"
    keep(Site("", runs="甲协会"))
    settings.KETI_MAIL = False
    page = cast.qin.client.get(PAGE).content.decode()
    for words in ("只有这台机器能打开", "验证码、任职告知和提醒都发不出去", "还没有备份"):
        assert words in page
    assert page.index("甲协会课题平台，由甲协会运行") > 0
    assert "KETI_NAME" not in page
    keep(Site("甲协会平台", runs="甲协会"))
    page = cast.qin.client.get(PAGE).content.decode()
    assert page.index("公开网址") < page.index("甲协会平台，由甲协会运行</p>")
    assert "用手机扫一扫" not in page
    settings.KETI_URL = "https://keti.example"
    assert "用手机扫一扫" in cast.qin.client.get(PAGE).content.decode()
    for stranger in (cast.lu, cast.gao, cast.wu):
        assert stranger.client.get(PAGE).status_code == 404
        assert stranger.client.post(reverse("site:test_letter"), {"key": "k"}).status_code == 404
    assert PAGE in cast.qin.client.get("/me/").content.decode()
    assert PAGE not in cast.lu.client.get("/me/").content.decode()


def test_what_is_missing_is_said_line_by_line_as_it_is_typed(cast: Cast, settings) -> None:
    settings.KETI_URL, settings.KETI_MAIL = "http://127.0.0.1:8000", False
    settings.KETI_BACKUP_FOLDER, settings.EMAIL_HOST_PASSWORD = "", "geheim"
    for lang in ("zh-hans", "en"):
        page = cast.qin.client.get(PAGE, headers={"accept-language": lang}).content.decode()
        for one in ("KETI_URL=https://", "KETI_SMTP_HOST=", "KETI_BACKUP_FOLDER="):
            assert f"keti set {one}" in page
        assert "keti set KETI_SMTP_PASSWORD --data " in page or "KETI_SMTP_PASSWORD\n" in page
        assert "geheim" not in page
    settings.KETI_URL, settings.KETI_MAIL = "https://keti.example", True
    page = cast.qin.client.get(PAGE).content.decode()
    assert "keti set KETI_URL" not in page and "keti set KETI_SMTP_HOST" not in page


def test_the_name_and_who_runs_it_are_said_on_the_page(cast: Cast, settings) -> None:
    settings.KETI_NAME = ""
    where, form = (
        reverse("site:say_name"),
        {"key": "k", "name": "甲协会课题平台", "contact": "010-1"},
    )
    form |= {"name_en": "Programmes of A", "runs": "甲协会秘书处"}
    assert cast.lu.client.post(where, form).status_code == 404
    empty = cast.qin.client.post(where, form | {"name": "  ", "key": "e"})
    assert (empty.status_code, "甲协会秘书处" in empty.content.decode()) == (422, True)
    assert cast.qin.client.post(where, form).status_code == 302
    page = Client().get("/help/").content.decode()
    assert "甲协会课题平台 · 甲协会秘书处运行 · 010-1" in page
    assert (
        "Programmes of A"
        in Client(headers={"accept-language": "en"}).get("/help/").content.decode()
    )
    with translation.override("zh-hans"):
        assert (site_name(), "甲协会课题平台" in sender()) == (
            "甲协会课题平台",
            "=?" not in sender(),
        )
    assert cast.qin.client.post(where, form).status_code == 302
    lines = Entry.objects.filter(kind="accounts.site.named")
    assert [one.content["facts"]["after"]["runs"] for one in lines] == ["甲协会秘书处"]
    assert cast.qin.client.post(where, form | {"key": "k2", "name": "乙"}).status_code == 302
    assert lines.order_by("-pk")[0].content["facts"]["before"]["name"] == "甲协会课题平台"


def test_the_holidays_of_a_year_are_said_on_the_page_and_count(cast: Cast) -> None:
    year = cast.moment.year + 1
    where = reverse("site:say_days", args=[year])
    form = {f"{year}-key": "k", f"{year}-year": year}
    wrong = cast.qin.client.post(where, form | {f"{year}-days": "2月15日至21日 春节\n春节以后"})
    assert wrong.status_code == 422
    assert (
        "第 2 行“春节以后”" in wrong.content.decode() and "2月15日至21日" in wrong.content.decode()
    )
    assert not Holiday.objects.exists()
    nowhere = cast.qin.client.post(
        reverse("site:say_days", args=[0]), {"0-key": "n", "0-year": year, "0-days": ""}
    )
    assert (nowhere.status_code, "日历上没有 0 年" in nowhere.content.decode()) == (422, True)
    text = "2月3日至5日 春节\n\n2月9日（周六） 上班"
    assert cast.lu.client.post(where, form | {f"{year}-days": text}).status_code == 404
    form[f"{year}-key"] = "k2"
    assert cast.qin.client.post(where, form | {f"{year}-days": text}).status_code == 302
    known = holidays()
    assert known == {date(year, 2, 3 + n): False for n in range(3)} | {date(year, 2, 9): True}
    days = Workdays("cn", known)
    assert (days.is_workday(date(year, 2, 9)), days.is_workday(date(year, 2, 4))) == (True, False)
    page = cast.qin.client.get(PAGE).content.decode()
    assert f"{year}-02-03 至 {year}-02-05 春节" in page and f"{year}-02-09 上班" in page
    form[f"{year}-key"] = "k3"
    assert cast.qin.client.post(where, form | {f"{year}-days": ""}).status_code == 302
    assert not Holiday.objects.exists()
    assert Entry.objects.filter(kind="accounts.holidays.set").count() == 2


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("2027-02-15 至 2027-02-21 春节", 7), ("2月15日-21日 春节", 7), ("2/15 to 2/21 Spring", 7),
        ("9月30日至10月2日", 3), ("2027年1月1日 元旦", 1), ("1-1", 1),
    ],
)  # fmt: skip
def test_a_stretch_of_days_is_read_as_people_write_it_and_written_again(line: str, days: int):
    found = read_days(line, 2027)
    assert len(found) == days
    assert read_days(written_days(found), 2027) == found


@pytest.mark.parametrize(
    "line", ["13月1日", "2月30日", "2月21日至15日", "15日", "春节", "1-1 to 12-31"]
)
def test_what_names_no_days_is_refused_with_its_line(line: str):
    with pytest.raises(Refused) as said:
        read_days(f"1月1日\n{line}", 2027)
    assert (said.value.code, said.value.facts["line"]) == ("site.holiday-line", 2)


def test_a_letter_to_oneself_says_how_it_went(cast: Cast, settings) -> None:
    where = reverse("site:test_letter")
    settings.KETI_MAIL = False
    assert cast.qin.client.post(where, {"key": "k"}).status_code == 404
    settings.KETI_MAIL = True
    shown = cast.qin.client.post(where, {"key": "k"}, follow=True).content.decode()
    assert "已交给邮件服务器" in shown
    assert [one.to for one in mail.outbox] == [["qin@example.org"]]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    shown = cast.qin.client.post(where, {"key": "k2"}, follow=True).content.decode()
    assert "连不上邮件服务器" in shown
    assert "Errno" not in shown


def test_more_than_one_keeps_the_installation_and_never_nobody(cast: Cast) -> None:
    form = {"key": "k", "name": "新管理（演示）", "mail": "xin@example.org"}
    assert cast.lu.client.post(reverse("site:add_founder"), form).status_code == 404
    only = reverse("site:end_founder", args=[cast.qin.person.public_id])
    last = cast.qin.client.post(only, {"key": "l"})
    assert (last.status_code, "最后一位" in last.content.decode()) == (422, True)
    assert cast.qin.client.post(reverse("site:add_founder"), form).status_code == 302
    assert cast.qin.client.post(reverse("site:add_founder"), form).status_code == 302
    person = Person.objects.get(mail="xin@example.org")
    xin = Player(person, None, cast.moment)
    assert xin.client.get(PAGE).status_code == 200
    assert xin.client.post(only, {"key": "m"}).status_code == 302
    assert cast.qin.client.get(PAGE).status_code == 404
    kinds = Entry.objects.filter(kind__startswith="accounts.founder.").order_by("seq")
    told = list(kinds.values_list("kind", flat=True))
    # the first is how the cast's own came to keep it
    assert told == [*["accounts.founder.named"] * 2, "accounts.founder.ended"]
    act, facts = cast.qin.act(), PersonFacts("甲", mail="jia@example.org")
    assert refused(lambda: name_founder(act, facts=facts)).code == "accounts.only-founders"
    assert refused(lambda: drop_founder(act, person=person)).code == "accounts.only-founders"
    bare = PersonFacts("甲")
    mine = xin.act()
    assert refused(lambda: name_founder(mine, facts=bare)).code == "accounts.founder-needs-mail"
