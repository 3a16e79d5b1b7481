"""Workbooks of several sheets of people, and what a preview shows of each row."""

import io
from html import unescape

import xlsxwriter
from django.urls import reverse

from keti.documents.rules.sheet import read_xlsx
from keti.groups.models import Seat
from keti.intake.models import RosterImport
from keti.intake.tests.scene import HEADER
from keti.intake.tests.sheets import book, row
from keti.intake.tests.test_roster_sheets import upload


def sheets_of(**sheets) -> bytes:
    """A workbook with these sheets, in their order."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for at, cells in enumerate(rows):
            sheet.write_row(at, 0, cells)
    made.close()
    return out.getvalue()


def test_a_new_row_shows_all_that_was_read_column_by_column(cast):
    full = row("戊一", "甲单位", 称谓="教授", 顺序="3", 邮箱="wu1@example.org", 手机="13800000001",
               入册同意="是")  # fmt: skip
    page = upload(cast, book([HEADER, full, row("丁伟"), row("丁伟")]), "名单.xlsx")["Location"]
    new, first, second = RosterImport.objects.get().lines
    assert {cell["column"]: cell["value"] for cell in new["read"]} == {
        "name": "戊一", "unit": "甲单位", "group": "红组", "role": "组员", "honorific": "教授",
        "order": 3, "mail": "wu1@example.org", "mobile": "13800000001", "consent": "✓",
    }  # fmt: skip
    assert [cell["column"] for cell in first["read"]] == ["name", "group", "role"]
    text = cast.qin.client.get(page).content.decode()
    for words in ("手机：13800000001", "邮箱：wu1@example.org", "称谓：教授", "入册同意：✓"):
        assert words in text, words
    assert second["kind"] == "asked" and second["read"] == first["read"]


def test_what_is_read_of_somebody_who_comes_for_another_is_shown_too(cast):
    seat = Seat.objects.filter(organisation__isnull=False, ends_at=None).first()
    said = {"组别": seat.group.title_zh, "职务": seat.role.title_zh, "代表人": "戊新"}
    data = book([HEADER, row("", seat.organisation.name_zh, **said, 手机="13800000002")])
    upload(cast, data, "名单.xlsx")
    (line,) = RosterImport.objects.get().lines
    assert line["kind"] == "changed"
    assert {"column": "mobile", "value": "13800000002"} in line["read"]
    assert "delegate" not in [cell["column"] for cell in line["read"]]


def test_every_sheet_that_holds_people_is_read_and_a_row_says_of_which(cast):
    one = row("戊一", "甲单位", 邮箱="wu1@example.org")
    data = sheets_of(
        说明=[["填表说明"], ["请按组填写"]],
        甲组=[["甲组名单"], HEADER, one, row("戊二", "甲单位", 邮箱="x@y..z")],
        乙组=[HEADER, row("戊三", "乙单位"), one],
    )
    page = upload(cast, data, "名单.xlsx")["Location"]
    text = unescape(cast.qin.client.get(page).content.decode())
    for words in (
        "读的是这些工作表：甲组、乙组。",
        "没有读：说明。",
        '第 3 行 <span class="small quiet">甲组</span>',
        '第 2 行 <span class="small quiet">乙组</span>',
        "与工作表“甲组”第3行重复",
        "导入 2 个职务",
    ):
        assert words in text, words
    faults = read_xlsx(
        cast.qin.client.get(
            reverse("intake:roster_errors", args=["cast", page.split("/")[-2]])
        ).content
    )
    assert [line[:2] for line in faults[1:]] == [["4", "甲组"], ["3", "乙组"]]
    before = Seat.objects.count()
    cast.qin.client.post(f"{page}import/", {"key": "b"})
    assert Seat.objects.count() == before + 2
    assert RosterImport.objects.get(state="imported").people == 2


def test_a_sheet_of_people_can_be_left_out_and_taken_in_again(cast):
    data = sheets_of(
        甲组=[HEADER, row("戊一", "甲单位"), row("丁伟", "甲单位")],
        旧名单=[HEADER, row("戊九", "乙单位")],
    )
    page = upload(cast, data, "名单.xlsx")["Location"]

    def choose(*names, key):
        said = {"key": key, "do": "words", "sheets": "1", "sheet": names}
        return cast.qin.client.post(f"{page}import/", said)

    assert choose(key="none").status_code == 422
    assert "没有选定要读的工作表" in choose(key="none").content.decode()
    page = choose("甲组", key="one")["Location"]
    text = cast.qin.client.get(page).content.decode()
    assert "戊九" not in text
    assert "没有读：旧名单。" in text and "第 2 行</th>" in text
    page = choose("甲组", "旧名单", key="both")["Location"]
    assert "戊九" in cast.qin.client.get(page).content.decode()


def test_a_roster_is_known_by_what_it_is_not_by_its_name(cast):
    upload(cast, book([HEADER, row("戊一", "甲单位")]), "名单.xlsx (1)")
    assert RosterImport.objects.get().file.name == "名单 (1).xlsx"
