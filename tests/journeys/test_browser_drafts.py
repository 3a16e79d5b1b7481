"""Work is never lost: four kinds of form while the session ends, the network dies and a second
window saves. What stands there afterwards is compared letter for letter."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Response, expect

from tests.journeys.conftest import NOTICE, Visit, Visitor

BASE = f"/p/{NOTICE}"
TEXT = (
    "第一段：60万~100万，\u3000全角空格；尾随空格  \n\n  缩进\t制表 𠮷😀"
    " <b>&amp;\"'\\ \u201c引号\u201d\n末行"
)
MORE = TEXT + "\n后来又写的一句，一个字也不能少。"
OTHER = "另一个窗口写的：\n" + TEXT[::-1]
LEAD = "文旅元宇宙"
OUT = "您已退出登录"
OFFLINE = "没有连上服务器"
TOLD = [
    "Response Status Error Code 401",
    "net::ERR_INTERNET_DISCONNECTED",
    "htmx:sendError",
    "htmx:afterRequest",
]
"""What the browser and htmx write down of an ended session and a dead network."""


@dataclass(frozen=True)
class Kind:
    """A kind of form: who fills it in, the way to its page, the box typed into, how it says that
    it is saved, its button; whether it has a working copy of its own; the box that is sent where
    it is not the one typed into."""

    role: str
    group: str
    way: Callable[[Visitor], None]
    box: str
    saved: str
    press: str
    own: bool = False
    held: str = ""


def to_report(one: Visitor) -> None:
    page = one.go(f"{BASE}/duties/list/?month=2022-08")
    row = page.locator("main tbody tr", has=page.get_by_role("cell", name=LEAD, exact=True))
    row.get_by_role("link", name=re.compile("月度报告")).first.click()
    page.locator(".actions").get_by_role("link", name="去办理").click()
    expect(page.locator("h1")).to_contain_text("月度报告")
    begin = page.get_by_role("button", name="开始起草")
    if begin.count():
        begin.click()
    page.wait_for_url("**/edit/")


def to_application(one: Visitor) -> None:
    one.go(f"/calls/{NOTICE}/apply/own_name/")


def to_minutes(one: Visitor) -> None:
    page = one.go(f"{BASE}/meetings/call/")
    page.get_by_label("会议名称").fill("草稿演练会")
    page.get_by_label("开始时间").fill("2022-08-20T09:30")
    page.locator("main form.form button.primary").click()
    expect(page.locator("h1")).to_contain_text("草稿演练会")
    one.go(f"{page.url.removeprefix(one.url)}record/")


def to_finding(one: Visitor) -> None:
    page = one.go(f"{BASE}/reports/")
    page.locator("main tbody tr a").last.click()
    page.get_by_role("link", name="提出监控意见").first.click()
    page.wait_for_url("**/findings/new/**")


LINE = ".draft-line:has-text('草稿已保存')"
KINDS = {
    "report": Kind(
        "牵头组长", LEAD, to_report, "#id_s0", "#saved", "保存草稿", own=True, held="[name=s0]"
    ),
    "application": Kind(
        "秘书长单位", "", to_application, "main form.form textarea", "p.saved", "保存草稿", own=True
    ),
    "minutes": Kind(
        "秘书长单位", "", to_minutes, "#id_body", ".draft-line", "保存纪要", held="[name=body]"
    ),
    "finding": Kind("课题监控员", "", to_finding, "#id_text", ".draft-line", "提出监控意见"),
}
COMPLETE = """() => {
  for (const one of document.querySelectorAll("main form :invalid:not(fieldset, textarea)")) {
    if (one.options) one.selectedIndex = 1;
    else one.value = "必填的一行";
    one.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""
FIRST = {"report", "finding"}
"""One form with a working copy of its own and one without: the others are of the same two kinds,
and are lived through with what takes long."""
every = pytest.mark.parametrize(
    "kind",
    [
        pytest.param(one, id=name, marks=() if name in FIRST else pytest.mark.slow)
        for name, one in KINDS.items()
    ],
)


numbers = count(1)


class Writer:
    """Somebody at a form of this kind, with texts nobody wrote before."""

    def __init__(self, visit: Visit, kind: Kind) -> None:
        self.kind, self.one = kind, visit()
        self.one.asked_for += TOLD
        self.one.sign_in(kind.role, kind.group)
        kind.way(self.one)
        self.page = self.one.page
        self.page.wait_for_load_state("networkidle")  # what was kept has been asked for
        self.address = self.page.url
        number = next(numbers)
        self.text, self.more, self.other = (f"{number}\n{one}" for one in (TEXT, MORE, OTHER))

    def box(self, page: Page | None = None) -> Locator:
        return (page or self.page).locator(self.kind.box).first

    def held(self, page: Page | None = None) -> Locator:
        """The box that is sent."""
        return (page or self.page).locator(self.kind.held or self.kind.box).first

    def type(self, text: str, page: Page | None = None) -> None:
        """Typed, and said to be saved."""
        page = page or self.page
        with page.expect_response(self._saves, timeout=10_000):
            self.box(page).fill(text)
        expect(page.locator(self.kind.saved).first).to_contain_text("保存")

    def _saves(self, answer: Response) -> bool:
        return answer.request.method == "POST" and answer.url.endswith(("/save/", "/edit/"))

    def complete(self) -> None:
        """Every other box that must be filled in, so that the browser lets the form be sent."""
        self.page.evaluate(COMPLETE)

    def press(self, page: Page | None = None) -> None:
        (page or self.page).get_by_role("button", name=self.kind.press).first.click()

    def trouble(self, page: Page | None = None) -> Locator:
        return (page or self.page).locator(".draft-trouble")

    def another(self) -> Page:
        """The same form in a second window."""
        page = self.one.context.new_page()
        page.goto(self.address, wait_until="networkidle")
        return page

    def sign_in_elsewhere(self) -> None:
        """In a new window, as the words beside the form offer it."""
        page = self.one.context.new_page()
        page.goto(f"{self.one.url}/demo/")
        people = page.locator(f"main dt:text-is('{self.kind.role}') + dd button")
        people.filter(has_text=self.kind.group).first.click()
        page.wait_for_url("**/desk/")
        page.close()


def end_sessions(data: Path) -> None:
    """Every session ends, as after fourteen days."""
    with closing(sqlite3.connect(data / "keti.sqlite3", timeout=20)) as database:
        database.execute("DELETE FROM django_session")
        database.commit()


def drafts(data: Path) -> list[str]:
    """The text in the box of every draft on the server."""
    with closing(sqlite3.connect(data / "keti.sqlite3", timeout=20)) as database:
        typed = [json.loads(row[0]) for row in database.execute("SELECT typed FROM drafts_draft")]
    return [(one.get("body") or one.get("text") or [""])[0] for one in typed]


def forget_drafts(data: Path) -> None:
    with closing(sqlite3.connect(data / "keti.sqlite3", timeout=20)) as database:
        database.execute("DELETE FROM drafts_draft")
        database.commit()


@every
def test_the_session_ends(visit: Visit, data: Path, kind: Kind) -> None:
    writer = Writer(visit, kind)
    writer.type(writer.text)
    end_sessions(data)
    writer.box().fill(writer.more)
    expect(writer.trouble()).to_contain_text(OUT)
    assert writer.held().input_value() == writer.more
    assert "/accounts/login/" not in writer.page.url
    expect(writer.page.locator("main h1")).to_have_count(1)
    writer.sign_in_elsewhere()
    expect(writer.trouble()).to_be_hidden()
    expect(writer.page.locator(kind.saved).first).to_contain_text("保存")
    expect(writer.held()).to_have_value(writer.more)
    elsewhere = writer.another()
    expect(writer.held(elsewhere)).to_have_value(writer.more)


@every
def test_the_session_ends_and_the_button_is_pressed_before_anything_is_said(
    visit: Visit, data: Path, kind: Kind
) -> None:
    """Straight to the sign-in page, and from there back to the form with its text."""
    writer = Writer(visit, kind)
    writer.complete()
    end_sessions(data)
    writer.box().fill(writer.text)
    writer.press()
    writer.page.wait_for_url("**/accounts/login/**")
    address = writer.page.url
    writer.sign_in_elsewhere()
    writer.page.goto(address)
    assert writer.page.url == writer.address
    expect(writer.held()).to_have_value(writer.text)
    expect(writer.page.locator(".draft-note")).to_contain_text("未提交的文字")


@every
def test_the_network_dies(visit: Visit, data: Path, kind: Kind) -> None:
    forget_drafts(data)
    writer = Writer(visit, kind)
    writer.complete()
    writer.type(writer.text)
    writer.one.context.set_offline(True)
    writer.box().fill(writer.more)
    expect(writer.trouble()).to_contain_text(OFFLINE)
    expect(writer.page.locator("[data-own-line]:visible")).to_have_count(0)
    writer.press()
    expect(writer.trouble()).to_contain_text("还没有提交")
    writer.page.evaluate("window.dispatchEvent(new Event('focus'))")
    writer.page.wait_for_timeout(500)
    expect(writer.trouble()).to_contain_text("还没有提交")
    assert writer.page.url == writer.address
    assert writer.held().input_value() == writer.more
    writer.page.close()
    writer.one.context.set_offline(False)
    writer.one.page = writer.page = writer.another()
    expect(writer.held()).to_have_value(writer.more)
    expect(writer.page.locator(".draft-note")).to_contain_text("未提交的文字")


@every
def test_a_second_window_saves(visit: Visit, data: Path, kind: Kind) -> None:
    forget_drafts(data)
    writer = Writer(visit, kind)
    if kind.own:
        writer.type("两边都要改的一句。")  # other sentences would be put together
    second = writer.another()
    writer.type(writer.text)
    writer.box(second).fill(writer.other)
    if kind.own:
        expect(second.locator(kind.saved).first).to_contain_text(re.compile("没有保存|没有存上"))
        writer.press(second)
        table = second.locator("table.diff")
    else:
        table = second.locator(".draft-both table")
    expect(table).to_contain_text("第一段：60万~100万")
    expect(table).to_contain_text("另一个窗口写的")
    assert writer.held(second).input_value() == writer.other
    assert kind.own or drafts(data) == [writer.text]
    if kind.own:
        writer.press(second)
        expect(second.locator("table.diff")).to_have_count(0)
    else:
        second.get_by_role("button", name="用这里的").first.click()
        expect(second.locator(LINE)).to_be_visible()
    expect(writer.held(writer.another())).to_have_value(writer.other)


def copies(page: Page) -> list[str]:
    """What this browser keeps of what was typed."""
    keys = page.evaluate("Object.keys(localStorage)")
    return [one for one in keys if one.startswith("keti:copy:")]


def test_sent_it_is_gone_and_refused_it_stays(visit: Visit, data: Path) -> None:
    forget_drafts(data)
    writer = Writer(visit, KINDS["finding"])
    writer.type(writer.text)
    writer.page.locator("main form").evaluate("(one) => { one.noValidate = true; }")
    writer.press()
    expect(writer.page.locator("main .errors").first).to_be_visible()
    assert writer.held().input_value() == writer.text
    assert drafts(data) == [writer.text]
    writer.page.locator("#id_title").fill("标题在后")
    writer.complete()
    writer.box().fill(writer.more)
    writer.press()
    expect(writer.page.locator("h1")).to_contain_text("标题在后")
    assert (drafts(data), copies(writer.page)) == ([], [])
    again = writer.another()
    expect(again.locator(".draft-note")).to_be_hidden()
    assert writer.held(again).input_value() == ""


def test_a_text_too_large_for_the_house_is_there_after_going_back(visit: Visit) -> None:
    writer = Writer(visit, KINDS["finding"])
    writer.one.asked_for += ["413"]
    writer.complete()
    large = writer.text + "字" * 1_800_000
    writer.box().evaluate("(one, text) => { one.value = text; }", large)
    writer.box().dispatch_event("input")
    writer.page.locator("main form").evaluate("(one) => { one.noValidate = true; }")
    writer.press()
    expect(writer.page.locator("h1")).to_have_text("内容太大，没有接收")
    writer.page.go_back()
    expect(writer.page.locator(".draft-note")).to_contain_text("未提交的文字")
    assert writer.held().input_value() == large


def test_what_is_left_is_said_listed_and_discarded_with_a_way_back(
    visit: Visit, data: Path
) -> None:
    forget_drafts(data)
    writer = Writer(visit, KINDS["finding"])
    writer.box().fill(writer.text)
    page = writer.one.go("/me/")
    expect(page.locator(".draft-left")).to_contain_text("上一页有文字没有提交")
    writer.one.go("/me/drafts/")
    page.locator("main tbody a").first.click()
    expect(writer.held()).to_have_value(writer.text)
    page.locator(".draft-note").get_by_role("button", name="放弃").click()
    expect(writer.held()).to_have_value("")
    page.get_by_role("button", name="撤销").click()
    expect(writer.held()).to_have_value(writer.text)
    expect(page.locator(LINE)).to_be_visible()


def test_another_account_at_this_browser_sees_nothing_of_it(visit: Visit, data: Path) -> None:
    forget_drafts(data)
    writer = Writer(visit, KINDS["finding"])
    writer.type(writer.text)
    page = writer.one.context.new_page()
    page.goto(f"{writer.one.url}/demo/")
    page.locator("main dt:text-is('秘书长单位') + dd button").first.click()
    page.wait_for_url("**/desk/")
    writer.box().fill(writer.more)
    expect(writer.trouble()).to_contain_text("另一个账户")
    page.goto(writer.address)
    expect(page.locator("h1")).to_have_text("提出监控意见")
    page.wait_for_timeout(500)
    assert page.locator("#id_text").input_value() == ""
    assert drafts(data) == [writer.text]
    assert writer.held().input_value() == writer.more
