"""A programme of another kind, made in the browser alone: founded, then amended. No YAML."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Visitor, served
from tests.journeys.test_browser_first_run import register

YEAR = 2031
MONTHS = (2, 7, 13, 19, 25, 31, 36)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def what_and_when(page: Page) -> None:
    """Names and units, then three years from the first of March."""
    page.get_by_label("课题代号").fill("wetland")
    page.get_by_label("课题名称（中文）").fill("湿地长期观测（演示）")
    page.get_by_label("课题名称（英文）").fill("Wetland observation (demo)")
    page.get_by_label("文号代字").fill("湿观")
    page.get_by_label(re.compile("^委托方、委托方代表的单位名称（中文）")).fill(
        "湖泽基金会（样例）"
    )
    page.get_by_label(re.compile("^被委托方、秘书处的单位名称（中文）")).fill("苇岸研究所（样例）")
    press(page, "保存，下一步")
    page.get_by_label("课题期：开始").fill(f"{YEAR}-03-01")
    page.get_by_label("课题期：最后一天").fill(f"{YEAR + 3}-02-28")
    press(page, "保存，下一步")


def add(page: Page, part: str, zh: str, en: str) -> None:
    """One more thing of this part, on the page where the parts are listed."""
    box = page.locator(f"form[action$='/part/{part}/']:has(button[value='add'])")
    fold = page.locator(f"details:has(form[action$='/part/{part}/'])")
    fold.evaluate("fold => { fold.open = true; }")
    box.locator("input[name=zh]").fill(zh)
    box.locator("input[name=en]").fill(en)
    box.get_by_role("button", name="添加").click()


def groups_and_roles(page: Page) -> None:
    """A field group with two plots; an examiner who judges."""
    add(page, "groups", "观测组", "Field group")
    add(page, "groups/field_group/instances", "北岸样地", "North plot")
    add(page, "groups/field_group/instances", "南岸样地", "South plot")
    expect(page.get_by_role("link", name="南岸样地")).to_be_visible()
    listed = page.url
    roles = f"{listed.partition('step/')[0]}part/roles/"
    page.goto(roles)
    add(page, "roles", "考核专家", "Examiner")
    page.get_by_label("评审", exact=True).check()
    press(page, "保存到草稿")
    expect(page.locator(".messages")).to_contain_text("已保存")
    page.goto(roles)
    add(page, "roles", "样地负责人", "Plot head")
    page.locator("select[name='in']").select_option("field_group")
    page.get_by_label("牵头本组").check()
    press(page, "保存到草稿")
    expect(page.locator(".messages")).to_contain_text("已保存")
    page.goto(listed)


def duties_and_gate(page: Page) -> None:
    """A report in seven named months, and a hold point at half time that may end the programme."""
    add(page, "obligations", "进展报告", "Progress")
    page.get_by_role("link", name="进展报告").click()
    page.locator("details.more > summary").click()
    page.locator("select[name='form']").select_option("report")
    page.locator("select[name='per']").select_option("field_group")
    page.locator("input[name='by'][value='plot_head']").check()
    page.locator("input[name='months']").fill(", ".join(map(str, MONTHS)))
    page.locator("select[name='from_base']").select_option("day_1.from")
    press(page, "保存到草稿")
    expect(page.locator(".messages")).to_contain_text("已保存")


def months_after_the_start(page: Page, name: str, count: int) -> None:
    """So many months after the first day of the term."""
    page.locator(f"select[name='{name}_base']").select_option("day_1.from")
    page.locator(f"select[name='{name}_side']").select_option("+")
    page.locator(f"input[name='{name}_count']").fill(str(count))
    page.locator(f"select[name='{name}_unit']").select_option("M")


def half_time_paper(page: Page) -> None:
    add(page, "deliverables", "中期报告", "Half time")
    page.get_by_role("link", name="中期报告").click()
    page.locator("select[name='form']").select_option("file")
    page.locator("input[name='by'][value='role_2']").check()
    months_after_the_start(page, "due", 17)
    press(page, "保存到草稿")


def hold_point(page: Page) -> None:
    """Judged on every report it could not be met: the linter says so beside it; mended."""
    add(page, "gates", "中期考核", "Hold point")
    page.get_by_role("link", name="中期考核", exact=True).click()
    page.locator("input[name='decides'][value='examiner']").check()
    page.locator("input[name='decides'][value='role_1']").uncheck()
    page.locator("input[name='inputs'][value='progress']").check()
    months_after_the_start(page, "by", 18)
    press(page, "保存到草稿")
    expect(page.locator(".note.tone-overdue").first).to_be_visible()
    page.locator("input[name='inputs'][value='progress']").uncheck()
    page.locator("input[name='inputs'][value='half_time']").check()
    press(page, "保存到草稿")
    expect(page.locator(".note.tone-overdue")).to_have_count(0)
    add(page, "gates/hold_point/outcomes", "终止", "End")
    page.locator("select[name='effect']").select_option("stop")
    press(page, "保存到草稿")
    expect(page.locator(".messages")).to_contain_text("已保存")


def amend(page: Page, site: str) -> None:
    """The reports get another name: previewed, and in force at once, as nothing is published."""
    page.goto(f"{site}/p/wetland/charter/")
    press(page, "修改方案")
    page.goto(f"{page.url}part/obligations/progress/")
    page.locator("#id_zh").fill("样地进展报告")
    press(page, "保存到草稿")
    page.get_by_role("link", name="方案草稿").click()
    page.get_by_role("link", name="预览变更").click()
    expect(page.locator("main")).to_contain_text("样地进展报告")
    page.get_by_label("为什么调整").fill("名称写明是样地的报告。")
    expect(page.get_by_label("何时起生效")).to_have_count(0)
    press(page, "修改，立即生效")
    expect(page.locator("main")).to_contain_text("已生效")
    page.goto(f"{site}/p/wetland/charter/versions/")
    expect(page.locator("main")).to_contain_text("第 2 版")
    expect(
        page.locator(".diff ins, .diff td").filter(has_text="样地进展报告").first
    ).to_be_visible()


def test_a_programme_of_another_kind_from_the_wizard_alone(
    browser: Browser, tmp_path: Path
) -> None:
    log = tmp_path / "log.txt"
    with served("up", tmp_path / "data", log) as url:
        one = Visitor(browser.new_context(locale="zh-CN"), url)
        page = one.page
        register(page, url, log)
        page.get_by_role("button", name="从空白开始").click()
        draft = page.url.removesuffix("step/what/")
        what_and_when(page)
        groups_and_roles(page)
        page.goto(f"{draft}step/duties/")
        duties_and_gate(page)
        page.goto(f"{draft}step/duties/")
        half_time_paper(page)
        page.goto(f"{draft}step/duties/")
        hold_point(page)
        page.goto(f"{draft}step/check/")
        expect(page.locator("main")).not_to_contain_text("处错误")
        expect(page.locator(".river-frame svg a").first).to_be_visible()
        press(page, "建立课题")
        expect(page.locator("h1")).to_have_text("课题已建立", timeout=120_000)  # a worker founds it
        page.goto(f"{url}/p/wetland/duties/list/?kind=progress")
        rows = page.locator("main").get_by_text("进展报告")
        assert rows.count() >= 2 * len(MONTHS)
        amend(page, url)
        assert one.complaints == []
        one.context.close()
