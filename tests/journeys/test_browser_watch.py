"""A finding from raising to closing, and what a neighbour may not see."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import NOTICE, Visit
from tests.journeys.test_browser_work import let_a_day_pass, monthly_duty

BASE = f"/p/{NOTICE}"
WATCHED = "科教元宇宙"
DRAFTS = "文旅元宇宙"
NEIGHBOUR = "政务元宇宙"


def test_a_finding_is_raised_on_a_report_answered_and_closed_by_its_raiser(visit: Visit) -> None:
    watcher = visit()
    page = watcher.sign_in("课题监控员")
    page.locator(".rail").get_by_role("link", name="报告").click()
    row = page.locator("main tbody tr").filter(has_text=WATCHED).first
    row.locator("th a, td a").first.click()
    page.locator("main").get_by_role("link", name=re.compile("提出监控意见")).first.click()
    page.get_by_label("标题").fill("数据未注明出处")
    page.get_by_label("问题所在").fill("第二部分的两个数字没有来源。")
    page.locator("main").get_by_role("button", name="提出监控意见").click()
    expect(page.locator("h1")).to_have_text("数据未注明出处")
    finding = page.url.removeprefix(watcher.url)

    lead = visit()
    answer = lead.sign_in("牵头组长", WATCHED)
    expect(answer.locator("main")).to_contain_text("数据未注明出处")
    lead.go(finding)
    answer.get_by_label("答复").fill("已补两条来源。")
    answer.get_by_role("button", name="提交答复").click()
    expect(answer.locator(".timeline")).to_contain_text("已补两条来源。")
    expect(answer.get_by_role("button", name="核销意见")).to_have_count(0)

    watcher.go(finding)
    page.locator("form[action$='close/'] textarea").fill("来源属实。")
    page.get_by_role("button", name="核销意见").click()
    expect(page.locator("main dl.facts")).to_contain_text("核销时间")


def test_a_neighbour_finds_nothing_of_a_draft(visit: Visit) -> None:
    lead = visit()
    page = lead.sign_in("牵头组长", DRAFTS)
    let_a_day_pass(lead)
    monthly_duty(lead, DRAFTS)
    begin = page.get_by_role("button", name="开始起草")
    if begin.count():
        begin.click()
    secret = "尚未公开的一句话"
    page.locator("#draft [contenteditable=true]").first.fill(secret)
    page.locator("#draft").get_by_role("button", name="保存草稿").click()
    expect(page.locator("#saved")).to_contain_text("已保存")
    draft = page.url.removeprefix(lead.url)
    report = draft.removesuffix("edit/")

    other = visit()
    other.sign_in("组员", NEIGHBOUR)
    for path in (draft, report, f"{report}preview/", f"{report}submit/", f"{report}docx/"):
        assert other.status(path) == 404, path
    assert other.status(f"{BASE}/reports/doesnotexist/") == 404
    found = other.go(f"/search/?q={secret}")
    expect(found.locator("main a", has_text=DRAFTS)).to_have_count(0)
    export = other.context.request.get(f"{other.url}{BASE}/reports/export.csv")
    assert DRAFTS not in export.text()
