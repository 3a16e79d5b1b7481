"""The first morning: from an empty house to the first meeting, by the pages alone.

A template with other groups and four months, a messy roster of sixty, what was wrong put right, the
call, a person and a unit from their phones, everybody appointed, task books, the first meeting, and
a member who signs in from the letter the mail server received. What the secretary clicks and fills
in is counted. KETI_PICTURES=folder keeps pictures of the main steps.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.message import Message as Mail
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.clerk import Clerk, picture
from tests.journeys.conftest import NOTICE, Visitor
from tests.journeys.messy import MISTYPED, messy_roster
from tests.office import Office, opened, words
from tests.serving import serving, until

pytestmark = pytest.mark.slow
MOST_CLICKS, MOST_FIELDS = 120, 60
BEIJING = timezone(timedelta(hours=8))
GROUPS = ("数据确权", "数据定价", "跨境流动", "公共数据")
TITLE = "可信数据流通（演示）"
BODY = "一、研究内容\n面向数据流通的可信治理。\n二、参加范围\n（一）个人；（二）单位。"
UNITS = {
    "committee": "数据联合协会（演示）",
    "secretariat": "海棠数据服务公司（演示）",
    "thinktank": "数联智库（演示）",
    "university": "江东大学（演示）",
    "institute": "江东大学数据治理研究院（演示）",
}
RIGHT_NAME, RIGHT_MAIL = "李晓红", "lixiaohong@example.org"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@dataclass
class Morning:
    """The served house, its mail, and who opens browsers in it."""

    url: str
    token: str
    office: Office
    browser: Browser
    visitors: list[Visitor]

    def visitor(self, **more: object) -> Visitor:
        one = Visitor(self.browser.new_context(locale="zh-CN", **more), self.url)  # type: ignore[arg-type]
        self.visitors.append(one)
        return one

    def letter(self, mail: str, subject: str) -> str:
        """What the letter to this address says, once the server has it."""

        def came() -> str:
            found = [one for to, one in self.office.kept if mail in to and subject in words(one)]
            return plain(found[-1]) if found else ""

        return str(until(came, patience=150))


def plain(letter: Mail) -> str:
    """The text of a letter."""
    part = next(one for one in letter.walk() if one.get_content_type() == "text/plain")
    return bytes(part.get_payload(decode=True)).decode()  # type: ignore[arg-type]


@pytest.fixture
def morning(browser: Browser, tmp_path: Path) -> Iterator[Morning]:
    """An empty installation with a mail server."""
    log = tmp_path / "log.txt"
    with opened(Office()) as office:
        mail = {"KETI_SMTP_HOST": "127.0.0.1", "KETI_SMTP_PORT": str(office.port)}
        with serving("up", tmp_path / "data", log, KETI_MAIL_HOLD="0", **mail) as house:
            stated = re.search(r"^([\w-]{24})$", log.read_text(), re.MULTILINE)
            assert stated
            here = Morning(house.url, stated.group(1), office, browser, [])
            yield here
            for one in here.visitors:
                one.context.close()


def begin(clerk: Clerk, token: str) -> None:
    """She registers with the line of the terminal."""
    clerk.fill("token", token)
    clerk.fill("name", "秦若谷（演示）")
    clerk.fill("mail", "qin@example.org")
    clerk.fill("password", "correct horse battery")
    clerk.press("登记并继续")


def draft(clerk: Clerk) -> None:
    """A template becomes hers: names, four months, groups."""
    clerk.at("新建课题")
    clerk.take(f"form:has(input[value='template:{NOTICE}']) button")
    for name, typed in (("title.zh", TITLE), ("slug", "kxsj"), ("prefix", "数联协")):
        clerk.fill(name, typed)
    for party, name in UNITS.items():
        clerk.fill(f"party.{party}.zh", name)
    clerk.press("保存，下一步")
    today = datetime.fromtimestamp(time.time(), BEIJING).date().isoformat()
    clerk.fill("start", today)
    clerk.fill("months", "4")
    clerk.press("移动全部日期")
    clerk.reads("研究期现为", ".messages")
    clerk.fill("calendar.registration.from", today)
    clerk.press("保存，下一步")
    clerk.fill("lines", "\n".join(GROUPS))
    clerk.press("照这些行改")
    clerk.reads(f"{GROUPS[0]}")
    clerk.follow("下一步")
    picture(clerk.visitor, "1-seats")


def words_of_the_call(clerk: Clerk) -> None:
    """The rest of the steps: what is called how, her call, no notice, all of the template seen."""
    clerk.press("保存，下一步")
    clerk.fill("programme/short/zh", "可信数据课题")
    clerk.fill("programme/about/zh", "数据联合协会牵头，四个小组，四个月（演示）。")
    clerk.press("保存，下一步")
    clerk.fill("call/title/zh", "关于征集《可信数据流通》课题组成员的通知（演示）")
    clerk.fill("call/body/zh", BODY)
    clerk.fill("call/signatory/zh", UNITS["committee"])
    clerk.press("保存，下一步")
    clerk.follow("下一步")
    clerk.press("保存，下一步")
    clerk.press("保存，下一步")
    clerk.press("没有通知")
    picture(clerk.visitor, "2-of-the-template")
    clerk.press("都看过了：改过的存下，其余全部保留")


def found(clerk: Clerk) -> None:
    """Nothing is wrong, nothing is late: the programme stands."""
    clerk.at("检查与建立")
    picture(clerk.visitor, "3-check")
    clerk.press("建立课题")
    clerk.at("课题已建立")
    clerk.follow("看我的待办")
    clerk.at("我的待办")
    expect(clerk.page.locator("main")).not_to_contain_text("逾期")


def people(clerk: Clerk, roster: Path) -> None:
    """The roster of sixty as it is; what was wrong in it is put right afterwards."""
    clerk.follow(re.compile("^申报与名单"), "nav >> visible=true")
    clerk.follow("名单")
    clerk.attach(roster)
    clerk.press("预览名单")
    clerk.reads("合计：60人")
    clerk.reads("导入 58 个职务，更正 2 行")
    picture(clerk.visitor, "4-roster")
    clerk.press("导入 58 个职务，更正 2 行")
    clerk.reads("已导入")
    clerk.follow("核对现任职务")
    clerk.follow("人员")
    clerk.follow(MISTYPED[0])
    clerk.fill("name", RIGHT_NAME)
    clerk.fill("mail", RIGHT_MAIL)
    clerk.press("更正")
    clerk.reads("已更正。", ".messages")
    clerk.follow(re.compile("^申报与名单"), "nav >> visible=true")
    clerk.follow("名单")
    clerk.press(re.compile("^发出 59 封任职告知"))
    clerk.reads("59", ".messages")


def publish(clerk: Clerk) -> None:
    """The call is out, with its number."""
    clerk.follow(re.compile("^我的待办"), "nav >> visible=true")
    clerk.follow(re.compile("^去办理 *发布征集通知"))
    clerk.press("编号并发布")
    clerk.reads("数联协通知〔", "body")
    picture(clerk.visitor, "5-call")


def apply(morning: Morning, track: str, mail: str, name: str, unit: str = "") -> None:
    """Somebody who holds a phone signs up, applies and has a receipt."""
    one = morning.visitor(**PHONE)
    page: Page = one.page
    page.goto(f"{morning.url}/calls/kxsj/")
    picture(one, f"6-phone-call-{track}")
    page.get_by_role("link", name="填写申报表").first.click()
    page.get_by_role("link", name="注册").first.click()
    page.get_by_label("邮箱").fill(mail)
    page.get_by_role("button", name="注册").click()
    code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", morning.letter(mail, "确认"))
    assert code
    page.get_by_label("验证码").fill(code.group())
    page.get_by_role("button", name="确认").click()
    page.locator(f"main a[href*='{track}']").first.click()
    assert page.locator("[name=name]").input_value() == ""
    page.locator("[name=name]").fill(name)
    if unit:
        page.locator("[name=unit]").fill(unit)
    page.get_by_label(GROUPS[0]).check()
    for key in ("field", "contribution", "contact"):
        page.locator(f"[name=field_{key}]").fill("数据流通与治理，负责第一章（演示）。")
    for box in page.locator("[name=declarations]").all():
        box.check()
    page.get_by_role("button", name="提交申报表").click()
    expect(page.locator("h1")).to_have_text("申报表已收到")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["viewport"]["width"]  # type: ignore[index]
    picture(one, f"7-phone-receipt-{track}")


def decide(clerk: Clerk) -> None:
    """One decision was wrong and is taken back; then both are admitted."""
    clerk.take("a[href='/']")
    clerk.follow("我的待办")
    clerk.follow(re.compile("^申报与名单"), "nav >> visible=true")
    clerk.follow("江一帆（演示）")
    clerk.fill("reason", "误点（演示）")
    clerk.press("不入选")
    clerk.unfold("决定有误，撤销")
    clerk.fill("back-reason", "误点，已更正（演示）")
    clerk.press("撤销决定")
    clerk.reads("申报表回到待审", ".messages")
    clerk.follow(re.compile("^申报与名单"), "nav >> visible=true")
    clerk.press("资格符合：全部 2 条")
    clerk.press("资格符合 2")
    clerk.press("入选：全部 2 条")
    clerk.press("入选 2")
    clerk.reads("已办 2 条", ".messages")
    picture(clerk.visitor, "8-admitted")


def seat_all(clerk: Clerk) -> None:
    """Every group appointed and founded, ahead of the end of the call, with a reason."""
    clerk.follow(re.compile("^我的待办"), "nav >> visible=true")
    clerk.follow(re.compile("看列表$"))
    clerk.press(re.compile("^确认任命：全部"))
    clerk.fill("reason", "名单已齐，先行任命（演示）")
    picture(clerk.visitor, "9-appoint-all")
    clerk.press("确认任命 5")
    clerk.reads("已办 5 条", ".messages")
    clerk.press(re.compile("^宣布成立：全部"))
    clerk.fill("reason", "名单已齐，先行成立（演示）")
    clerk.press("宣布成立 5")
    clerk.reads("已办 5 条", ".messages")


def task_books(clerk: Clerk) -> None:
    """To every member of the four groups, and to the units of the overall group."""
    clerk.follow("任务书", "nav >> visible=true")
    for place in range(len(GROUPS) + 1):
        clerk.take("main a[href*='/taskbooks/issue/']")
        clerk.press("保存草稿，去预览")
        clerk.press(re.compile(r"^下达 \d+ 份$"))
        clerk.reads(re.compile(r"现行 \d+ 份"))
        if not place:
            picture(clerk.visitor, "10-task-books")
    expect(clerk.page.locator("main a[href*='/taskbooks/issue/']")).to_have_count(0)


def first_meeting(clerk: Clerk) -> None:
    """Called with its invitations."""
    clerk.follow(re.compile("^我的待办"), "nav >> visible=true")
    clerk.follow(re.compile("^去办理.*碰头会$"))
    clerk.fill("place", "江东大学一号会议室（演示）")
    clerk.press(re.compile("^安排会议，发出邀请"))
    clerk.reads("已安排", "body")
    picture(clerk.visitor, "11-meeting")


def member(morning: Morning) -> None:
    """Whose address was wrong gets the letter at the right one and is in with one press."""
    told = morning.letter(RIGHT_MAIL, "任职告知")
    link = re.search(r"http\S+/in/\S+", told)
    assert link
    assert TITLE in told
    one = morning.visitor(**PHONE)
    one.page.goto(link.group())
    picture(one, "12-way-in")
    one.page.get_by_role("button", name="进入").click()
    expect(one.page.locator("h1")).to_have_text("我的待办")
    expect(one.page.locator("main")).to_contain_text(RIGHT_NAME)
    expect(one.page.locator("main")).to_contain_text("签收任务书")
    picture(one, "13-member")


def test_the_first_morning(morning: Morning, tmp_path: Path) -> None:
    clerk = Clerk(morning.visitor(viewport={"width": 1440, "height": 900}))
    clerk.open(morning.url)
    begin(clerk, morning.token)
    draft(clerk)
    words_of_the_call(clerk)
    found(clerk)
    people(clerk, messy_roster(tmp_path / "名单.xlsx", GROUPS))
    publish(clerk)
    apply(morning, "own_name", "jiang@example.org", "江一帆（演示）")
    apply(morning, "as_unit", "liu@example.org", "柳如烟（演示）", "碧水数据公司（演示）")
    decide(clerk)
    seat_all(clerk)
    task_books(clerk)
    first_meeting(clerk)
    member(morning)
    print(f"{len(clerk.clicks)} clicks, {len(clerk.fields)} fields")
    assert len(clerk.clicks) <= MOST_CLICKS, clerk.clicks
    assert len(clerk.fields) <= MOST_FIELDS, clerk.fields
    assert [words for one in morning.visitors for words in one.complaints] == []
