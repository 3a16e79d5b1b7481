"""What a file has to carry, and what becomes of the tasks of a plan that is said anew."""

from dataclasses import replace
from datetime import date

from keti.groups.queries import labels_in
from keti.ledger.models import Entry
from keti.notify.models import Message
from keti.reports import queries
from keti.reports.actions import (
    Content,
    Handed,
    PlanItem,
    hand_in_by_file,
    return_report,
    save_draft,
    submit_report,
)
from keti.reports.models import Version
from keti.work.actions import finish_task
from keti.work.models import Task
from tests.cast import Cast

from .conftest import TEXTS, Desk
from .test_actions import refusal


def test_a_file_needs_itself_its_parts_and_its_plan(cast: Cast, desk: Desk) -> None:
    duty = cast.duty("moon", "cell.red", "2030-04")
    file, whole = desk.file(), desk.handed()
    nobody = PlanItem("写案例", "", date(2030, 5, 20))
    for code, player, kept, handed in (
        ("reports.file-needed", cast.lu, None, whole),
        ("duties.not-yours", cast.he, file, whole),
        ("reports.section-empty", cast.lu, file, desk.handed(cures=" ")),
        ("reports.plan-empty", cast.lu, file, Handed(Content(TEXTS))),
        ("reports.plan-item-incomplete", cast.lu, file, Handed(Content(TEXTS, [nobody]))),
        ("reports.no-such-pages", cast.lu, file, replace(whole, pages={"cures": (3, 2)})),
    ):
        said = refusal(hand_in_by_file, player.act(), obligation=duty, file=kept, handed=handed)
        assert said == code
    assert (Version.objects.count(), Task.objects.count()) == (0, 0)


def test_pages_of_the_original_stand_for_words(cast: Cast, desk: Desk) -> None:
    duty = cast.duty("moon", "cell.red", "2030-04")
    handed = replace(desk.handed(cures=""), pages={"cures": (3, 5)})
    version = hand_in_by_file(cast.lu.act(), obligation=duty, file=desk.file("lu"), handed=handed)
    assert (version.sections[2]["text"], version.sections[2]["pages"]) == ("", [3, 5])
    text = desk.start("fang", "sum").sections["whole"]
    assert "（一）红组\n见原件《月报.pdf》第3–5页。" in text
    assert "写案例 · 毛" in text


def test_after_a_file_the_draft_says_what_was_handed_in(cast: Cast, desk: Desk) -> None:
    report = desk.written(gains="组员写了一段。")
    hand_in_by_file(
        cast.lu.act(), obligation=report.obligation, file=desk.file("lu"), handed=desk.handed()
    )
    report.refresh_from_db()
    assert report.sections == TEXTS
    assert Version.objects.get().sections[0]["text"] == "做成了一件事。"
    return_report(cast.fang.act(), report=report, reason="再写。")
    page = cast.lu.client.get(f"{report.path}edit/").content.decode()
    aside = page[page.index('id="replaced"') :]
    assert "组员写了一段。" in aside
    assert "继续观察。" not in aside
    report.refresh_from_db()
    submit_report(cast.lu.act(key="again"), report=report)
    assert [one["text"] for one in Version.objects.get(number=2).sections] == list(TEXTS.values())
    report.refresh_from_db()
    assert report.replaced == []


def test_a_plan_that_a_file_takes_the_place_of_is_put_beside(cast: Cast, desk: Desk) -> None:
    report = desk.written()
    other = [PlanItem("访谈", cast.mao.seat.public_id, date(2030, 5, 20))]
    handed = Handed(Content(TEXTS, other))
    hand_in_by_file(
        cast.lu.act(), obligation=report.obligation, file=desk.file("lu"), handed=handed
    )
    report.refresh_from_db()
    assert ["写案例" in one["text"] for one in report.replaced] == [True]


def test_a_section_without_new_words_keeps_its_pages(cast: Cast, desk: Desk) -> None:
    duty = cast.duty("moon", "cell.red", "2030-04")
    pages = {"snags": (2, 2), "cures": (3, 5)}
    handed = replace(desk.handed(snags="", cures=""), pages=pages)
    first = hand_in_by_file(cast.lu.act(), obligation=duty, file=desk.file("lu"), handed=handed)
    report = first.report
    return_report(cast.fang.act(), report=report, reason="再写。")
    report.refresh_from_db()
    content = replace(report.content(), sections=report.sections | {"snags": "有一处。"})
    save_draft(cast.lu.act(), report=report, content=content, base=report.revision)
    for tail in ("edit/", "submit/"):
        page = cast.lu.client.get(f"{report.path}{tail}").content.decode()
        assert "第 1 版在原件《月报.pdf》第3–5页" in page
        assert page.count("文字已改") == 1
    assert (
        "见原件《月报.pdf》第3–5页" in cast.lu.client.get(f"{report.path}preview/").content.decode()
    )
    report.refresh_from_db()
    second = submit_report(cast.lu.act(key="again"), report=report)
    assert [one.get("pages") for one in second.sections] == [None, None, [3, 5]]
    assert second.file == first.file
    assert f"{second.path}file/#page=3" in cast.lu.client.get(second.path).content.decode()


def test_an_item_that_is_dropped_takes_its_task_back(cast: Cast, desk: Desk) -> None:
    mao, mi = cast.mao.seat.public_id, cast.mi.seat.public_id
    due = date(2030, 5, 20)
    report = desk.start()
    first = [
        PlanItem("留下", mao, due), PlanItem("去掉", mao, due), PlanItem("已办", mi, due),
        PlanItem("换人", mao, due), PlanItem("改期", mao, due),
    ]  # fmt: skip
    save_draft(cast.lu.act(), report=report, content=Content(TEXTS, first), base=0)
    submit_report(cast.lu.act(), report=report)
    finish_task(cast.mi.act(), task=Task.objects.get(title="已办"), note="办了。")
    return_report(cast.fang.act(), report=report, reason="计划再议。")
    report.refresh_from_db()
    cast.at("2030-04-29T09:00")
    second = [
        PlanItem("留下", mao, due), PlanItem("换人", mi, due),
        PlanItem("改期", mao, date(2030, 5, 25)),
    ]  # fmt: skip
    base = report.revision
    save_draft(cast.lu.act(), report=report, content=Content(TEXTS, second), base=base)
    said = cast.lu.client.get(f"{report.path}submit/").content.decode()
    assert "去掉 · 提交后撤回，并告知承担人" in said
    assert "已办 · 已完成，保留" in said
    assert "留下 · 提交后撤回" not in said
    submit_report(cast.lu.act(key="again"), report=report)
    stand = sorted(Task.objects.exclude(state="withdrawn").values_list("title", "state"))
    assert stand == [("已办", "done"), ("换人", "open"), ("改期", "open"), ("留下", "open")]
    gone = Task.objects.filter(state="withdrawn")
    assert sorted(one.title for one in gone) == ["去掉", "换人", "改期"]
    assert {one.obligation.state for one in gone} == {"cancelled"}
    told = Message.objects.filter(kind="work.task.withdrawn")
    assert {one.recipient_id for one in told} == {cast.mao.person.public_id}
    assert Entry.objects.filter(kind="work.task.withdrawn").count() == 3
    submit_report(cast.lu.act(key="again"), report=report)
    assert Task.objects.count() == 7


def test_roles_in_brackets_stand_in_the_language_of_the_page(cast: Cast, desk: Desk) -> None:
    version = desk.submitted()
    role, english = cast.lu.seat.role.title_zh, cast.lu.seat.role.title_en
    page = cast.qin.client.get(version.path, headers={"Accept-Language": "en"}).content.decode()
    assert f"（{role}）" not in page
    assert f"({english})" in page
    assert f"（{role}）" in cast.qin.client.get(version.path).content.decode()
    assert f"({english})" in queries.paper(version, "en").signatory
    assert labels_in(cast.programme, "en")("某单位（北京）") == "某单位（北京）"
