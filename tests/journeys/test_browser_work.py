"""Handing in: on behalf with a scan, in the editor, from a phone; and the group announcement."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NOTICE, Visit, Visitor

BASE = f"/p/{NOTICE}"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
    "789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
LATE = "工业元宇宙"
BY_PHONE = "城市元宇宙"
WRITES = "商贸元宇宙"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "签字扫描件.png"
    file.write_bytes(PNG)
    return file


def overdue(page: Page, group: str) -> None:
    """From the duty grid, open the cell of this group that is overdue."""
    row = page.locator("table.grid tr", has=page.get_by_role("link", name=group, exact=True))
    row.get_by_role("link", name=re.compile("月度报告.*逾期")).first.click()
    expect(page.locator("h1")).to_contain_text("月度报告")


def let_a_day_pass(one: Visitor) -> None:
    before = one.page.locator(".band strong").inner_text()
    one.page.get_by_role("button", name="前进一天").click()
    expect(one.page.locator(".band strong")).not_to_have_text(before)


def monthly_duty(one: Visitor, group: str) -> None:
    """From the desk of a lead, open the monthly report of the group that is due next."""
    page = one.go(f"{BASE}/duties/list/?month=2022-08")
    row = page.locator("main tbody tr", has=page.get_by_role("cell", name=group, exact=True))
    row.get_by_role("link", name=re.compile("月度报告")).first.click()
    page.locator(".actions").get_by_role("link", name="去办理").click()


def test_the_secretary_records_an_overdue_report_from_its_scan(visit: Visit, photo: Path) -> None:
    one = visit()
    page = one.sign_in("秘书长单位")
    expect(page.locator("h1")).to_have_text("我的待办")
    page.locator(".rail").get_by_role("link", name="应办事项").click()
    overdue(page, LATE)
    page.locator(".actions").get_by_role("link", name="去办理").click()
    page.get_by_role("link", name="上传文件").click()
    page.get_by_label("报告文件").set_input_files(photo)
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("main")).to_contain_text("没有从文件读到文字")
    parts = page.locator("main textarea")
    for number in range(parts.count()):
        parts.nth(number).fill("无") if number else page.locator("[name=from0]").fill("1")
    page.locator("[name=p0-title]").fill("无")
    if not page.get_by_label("实际办理时间").is_visible():
        page.locator("main details summary").click()
    page.get_by_label("实际办理时间").fill("2022-07-29T15:00")
    page.locator("main").get_by_role("button", name="提交报告").click()
    expect(page.locator("aside .tag", has_text="补录")).to_be_visible()
    expect(page.locator("aside .tag", has_text="代录")).to_be_visible()
    expect(page.locator("aside")).to_contain_text("2022-07-29")
    expect(page.locator("main")).to_contain_text("见原件《签字扫描件.png》第1页。")


def test_a_lead_writes_a_report_with_a_plan_and_two_clicks_give_one_version(visit: Visit) -> None:
    one = visit()
    page = one.sign_in("牵头组长", WRITES)
    let_a_day_pass(one)
    monthly_duty(one, WRITES)
    page.get_by_role("button", name="开始起草").click()
    sections = page.locator("#draft [contenteditable=true]")
    for number in range(sections.count()):
        sections.nth(number).fill(f"第 {number + 1} 部分：本月完成两次调研。")
    for number, title in enumerate(("核对三个案例", "走访一家平台")):
        page.locator(f"[name=p{number}-title]").fill(title)
        page.locator(f"[name=p{number}-who]").select_option(index=number + 1)
        page.locator(f"[name=p{number}-due]").fill("2022-09-20")
    page.locator("#draft").get_by_role("button", name="保存并提交").click()
    page.wait_for_url("**/submit/")
    expect(page.locator("main")).to_contain_text("核对三个案例")
    page.locator("main").get_by_role("button", name="提交报告").dblclick()
    expect(page.locator("main .error-box")).to_have_count(0)
    page.wait_for_url("**/v/1/")
    expect(page.locator("main .sub")).to_contain_text("第 1 版")
    versions = page.locator("aside section", has=page.get_by_role("heading", name="版本"))
    expect(versions.locator("li")).to_have_count(1)
    expect(page.locator("main")).to_contain_text("走访一家平台")


def test_the_secretary_copies_the_group_announcement(visit: Visit) -> None:
    one = visit(permissions=["clipboard-read", "clipboard-write"])
    page = one.sign_in("秘书长单位")
    page.get_by_role("link", name="复制群公告").click()
    text = page.get_by_label("公告文字").input_value()
    assert "元宇宙" in text
    page.get_by_role("button", name="复制文字").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").splitlines() == text.splitlines()
    page.get_by_role("button", name="记为已公告").click()
    expect(page.locator(".messages")).to_contain_text("已记入办理记录")


def test_a_phone_without_an_account_hands_in_a_photo_and_gets_a_receipt(
    visit: Visit, photo: Path
) -> None:
    one = visit()
    page = one.sign_in("秘书长单位")
    page.locator(".rail").get_by_role("link", name="应办事项").click()
    overdue(page, BY_PHONE)
    page.get_by_role("button", name="生成个人链接").click()
    address = page.get_by_label("链接", exact=True).input_value()
    assert address.startswith(f"{one.url}/d/")

    phone = visit(width=390, has_touch=True, is_mobile=True)
    hand = phone.go(address.removeprefix(phone.url))
    expect(hand.locator("h1")).to_contain_text("月度报告")
    hand.get_by_label("文件").set_input_files(photo)
    for number, said in enumerate(("完成两次企业座谈。", "案例不足。", "下月补三个。")):
        hand.locator(f"[name=s{number}]").fill(said)
    hand.locator("[name=p0-title]").fill("整理案例并成文。")
    hand.locator("[name=p0-who]").select_option(index=1)
    hand.locator("[name=p0-due]").fill("2022-09-20")
    assert hand.evaluate("document.documentElement.scrollWidth") <= 390
    hand.get_by_role("button", name="提交").click()
    expect(hand.locator("h1")).to_have_text("已收到")
    expect(hand.locator("main")).to_contain_text("收〔")
    page.reload()
    again = phone.go(address.removeprefix(phone.url))
    expect(again.locator("h1")).to_have_text("已收到")
