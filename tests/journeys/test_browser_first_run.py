"""An empty installation: token, account, template, roster, river. Nobody is asked for YAML."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from keti.documents.rules.sheet import to_xlsx
from tests.journeys.conftest import STANDARD, Visitor, served

TITLE = "仓储标签规范（演示）"
SHIFT = 364 * 5
HEADER = ("姓名", "单位", "组别", "职务", "邮箱")
ROWS = [
    ("卢明远（演示）", "海棠工程协会（演示）", "术语与符号", "召集人", "lu@example.org"),
    ("毛青禾（演示）", "海棠工程协会（演示）", "术语与符号", "起草人", "mao@example.org"),
    ("吴若谷（演示）", "海棠工程协会（演示）", "术语与符号", "没有这个职务", "wu@example.org"),
]


def register(page: Page, url: str, log: Path) -> None:
    """The one-time token stands in the terminal window and opens the installation once."""
    stated = re.search(r"^([\w-]{24})$", log.read_text(), re.MULTILINE)
    assert stated
    page.goto(url)
    expect(page.locator("h1")).to_have_text("第一次启动")
    page.get_by_label("一次性口令").fill("not-the-token")
    page.get_by_label("姓名").fill("秦若谷（演示）")
    page.get_by_label("邮箱").fill("qin@example.org")
    page.get_by_label("密码").fill("correct horse battery")
    page.get_by_role("button", name="登记并继续").click()
    expect(page.locator(".error-box")).to_be_visible()
    page.get_by_label("一次性口令").fill(stated.group(1))
    page.get_by_label("密码").fill("correct horse battery")
    page.get_by_role("button", name="登记并继续").click()


def found(page: Page) -> None:
    """Choose a template; change its name and its dates; look; found."""
    expect(page.locator("h1")).to_have_text("新建课题")
    page.locator(f"form:has(input[value='template:{STANDARD}']) button").click()
    page.get_by_label("课题代号").fill("labels")
    page.get_by_label("课题名称（中文）").fill(TITLE)
    page.get_by_label("课题名称（英文）").fill("Warehouse labels (demo)")
    page.get_by_role("button", name="保存，下一步").click()
    start = date.fromisoformat(page.get_by_label("从哪天开始").input_value())
    page.get_by_label("从哪天开始").fill((start + timedelta(days=SHIFT)).isoformat())
    page.get_by_role("button", name="移动全部日期").click()
    expect(page.locator(".messages")).to_contain_text("研究期现为")
    page.get_by_role("button", name="保存，下一步").click()
    page.locator(".steps").get_by_role("link", name="检查与建立").click()
    expect(page.locator("main")).to_contain_text("仍是模板中的单位")
    expect(page.get_by_role("button", name="建立课题")).to_be_disabled()
    page.locator(".steps").get_by_role("link", name="通知原文").click()
    with page.expect_navigation():  # counted while a page is left, there would be none
        page.get_by_role("button", name="没有通知").click()
    expect(page.locator("main")).to_contain_text("处没有看过")
    unseen = page.locator("details[open]").get_by_role("button", name="存下改过的，其余保留")
    while unseen.count():
        with page.expect_navigation():
            unseen.first.click()
    expect(page.locator("main")).to_contain_text("模板里的话都看过了")
    page.locator(".steps").get_by_role("link", name="检查与建立").click()
    page.get_by_role("button", name="建立课题").click()
    expect(page.locator("h1")).to_have_text("课题已建立", timeout=120_000)  # a worker founds it


def bring_in(page: Page, roster: Path) -> None:
    """Upload the roster, read what is wrong in which row, import the rest."""
    page.locator("main .buttons").get_by_role("link", name="上传名单").click()
    page.locator("main input[type=file]").set_input_files(roster)
    page.get_by_role("button", name="预览名单").click()
    expect(page.locator("main")).to_contain_text("第 4 行")
    page.get_by_role("button", name="导入 2 个职务").click()
    expect(page.locator("main")).to_contain_text("新增职务")


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    file = tmp_path / "名册.xlsx"
    file.write_bytes(to_xlsx("名册", HEADER, ROWS))
    return file


def test_from_an_empty_folder_to_the_river(browser: Browser, tmp_path: Path, roster: Path) -> None:
    log = tmp_path / "log.txt"
    with served("up", tmp_path / "data", log) as url:
        one = Visitor(browser.new_context(locale="zh-CN"), url)
        page = one.page
        register(page, url, log)
        found(page)
        bring_in(page, roster)
        page.goto(f"{url}/p/labels/roster/")
        expect(page.locator("main table")).to_contain_text("卢明远（演示）")
        expect(page.locator("main table")).not_to_contain_text("吴若谷")
        page.goto(f"{url}/p/labels/")
        expect(page.locator("h1")).to_have_text(TITLE)
        expect(page.locator(".river-frame svg a").first).to_be_visible()
        assert one.status("/start/") == 404
        assert one.complaints == []
        one.context.close()
