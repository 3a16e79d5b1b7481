"""Sheets as secretaries send them: titles, merged cells, odd headings, sums, csv, old files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keti.accounts.models import Person
from keti.documents.actions import keep_upload
from keti.documents.rules.sheet import read_table, to_xlsx
from keti.groups.models import Seat
from keti.intake import actions
from keti.intake.actions.sheets import roster_of
from keti.intake.models import RosterImport
from keti.intake.rules.roster import read
from keti.intake.tests.scene import HEADER
from keti.intake.tests.sheets import SHEETS, book, kept, row
from keti.kernel.refusals import Refused

PLAIN = [["姓名", "单位", "组别", "职务"], ["甲一", "甲单位", "红组", "组员"]]


def reading(rows, **more):
    return read(read_table(book(rows, **more), "xlsx").rows)


def test_a_merged_cell_counts_for_all_its_rows():
    rows = [
        PLAIN[0],
        *[[f"甲{number}", "甲单位", "红组", "组员"] for number in (1, 2, 3)],
        PLAIN[1],
    ]
    for line in rows[2:4]:
        line[1] = line[2] = ""
    rows[4] = ["乙一", "", "红组", "组员"]
    found = reading(rows, merged=[(1, 1, 3), (2, 1, 3)])
    assert [line.unit for line in found.lines] == ["甲单位"] * 3 + [""]
    assert [line.group for line in found.lines] == ["红组"] * 4
    assert found.problems == ()


def test_titles_above_the_headings_are_passed_over_and_named():
    found = reading([["测试课题成员名单"], ["填报单位：秘书处", "", "2030年3月"], [], *PLAIN])
    assert [line.name for line in found.lines] == ["甲一"]
    assert [(one.row, one.why) for one in found.ignored] == [(1, "title"), (2, "title")]
    assert found.lines[0].row == 5


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("姓　名", "name"),
        ("单 位", "unit"),
        ("工作\n单位", "unit"),
        ("所在单位（全称）", "unit"),
        ("组　别", "group"),
        ("职　务*", "role"),
        ("角色", "role"),
        ("课题组职务", "role"),
        ("联系电话", "mobile"),
        ("电话", "mobile"),
        ("手机", "mobile"),
        ("手机号码：", "mobile"),
        ("Ｅ－ｍａｉｌ", "mail"),
        ("E-mail", "mail"),
        ("电子邮件", "mail"),
        ("邮 箱", "mail"),
        ("NAME", "name"),
    ],
)
def test_headings_as_they_are_written(heading, field):
    others = [one for one in ("姓名", "职务") if {"姓名": "name", "职务": "role"}[one] != field]
    found = read([[heading, *others], ["13800000000", *others]])
    assert found.unread == ()
    assert getattr(found.lines[0], field) == "13800000000"


def test_beside_the_role_in_the_programme_the_one_at_home_is_named_as_unread():
    found = read([["姓名", "职务", "课题组职务", "备注"], ["甲", "总经理", "组员", "x"]])
    assert found.lines[0].role == "组员"
    assert found.unread == ("职务", "备注")


def test_sums_notes_and_headings_once_more_are_named_not_entered():
    rows = [
        *PLAIN,
        ["小 计", "1人"],
        PLAIN[0],
        ["乙一", "乙单位", "红组", "组员"],
        ["合计：2人"],
        ["注：名单以来函为准"],
        ["总计划研究院院长", "总计划研究院", "红组", "组员"],
    ]
    found = reading(rows)
    assert [line.name for line in found.lines] == ["甲一", "乙一", "总计划研究院院长"]
    assert [one.why for one in found.ignored] == ["sum", "heading", "sum", "note"]
    assert "合计：2人" in [one.text for one in found.ignored]


def test_a_row_of_one_name_is_somebody_and_is_told_what_it_lacks():
    found = reading([*PLAIN, ["乙一"]])
    assert [problem.code for problem in found.problems] == ["intake.roster-no-role"]
    assert found.ignored == ()


def test_numbers_that_came_as_decimals_are_whole():
    head = ["姓名", "职务", "手机", "顺序"]
    typed = reading([head, ["甲", "组员", 13800000000.0, 2.0]])
    text = reading([head, ["甲", "组员", "13800000000.0", "２.0"]])
    for found in (typed, text):
        assert (found.lines[0].mobile, found.lines[0].order) == ("13800000000", 2)
        assert found.problems == ()


def test_the_first_visible_sheet_with_anything_is_read_and_the_others_are_named():
    data = book(PLAIN, before=[("旧名单", True), ("说明", False)])
    table = read_table(data, "xlsx")
    assert (table.name, table.others, table.hidden) == ("说明", ("名单",), ("旧名单",))
    only = read_table(book(PLAIN, before=[("旧名单", True)]), "xlsx")
    assert (only.name, only.hidden) == ("名单", ("旧名单",))
    assert only.rows[1][0] == "甲一"


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_in_the_codes_people_have(code, mark):
    text = "\r\n".join(mark.join(cells) for cells in PLAIN)
    assert read(read_table(text.encode(code), "csv").rows).lines[0].unit == "甲单位"


def test_a_quotation_mark_left_open_swallows_nobody():
    """The rows after it are part of its cell: it is said, and none is lost."""
    rows = ["姓名,组别,职务,单位", '甲一,红组,组员,"甲单位', "乙一,红组,组员,乙单位"]
    with pytest.raises(Refused) as refused:
        read_table("\n".join(rows).encode(), "csv")
    assert refused.value.code == "documents.sheet-quote-open"
    assert refused.value.facts["row"] == 2
    whole = '姓名,组别,职务,单位\n甲一,红组,组员,"甲\n单位（一,二）"'
    assert read(read_table(whole.encode(), "csv").rows).lines[0].unit == "甲\n单位（一,二）"


@pytest.mark.parametrize("merged", [True, False])
def test_headings_of_two_storeys_are_read_by_the_lower(merged):
    """联系方式 above 手机 and 邮箱; what stands above one column alone is merged down, or not."""
    top = ["姓名", "单位", "职务", "联系方式", "", "备注"]
    low = (
        ["姓名", "单位", "职务", "手机", "邮箱", "备注"] if merged else ["", "", "", "手机", "邮箱"]
    )
    found = read(
        [["名单"], top, low, ["甲", "甲单位", "组员", "13800000000", "a@example.org", "x"]]
    )
    (line,) = found.lines
    assert (line.row, line.mobile, line.mail) == (4, "13800000000", "a@example.org")
    assert found.unread == ("备注",)
    assert found.problems == ()


def test_a_person_under_one_row_of_headings_is_no_heading():
    found = read([["姓名", "单位", "职务", "备注"], ["甲", "", "组员", "电话"]])
    assert [line.name for line in found.lines] == ["甲"]


def test_a_column_without_a_heading_is_named_by_its_letter_and_can_be_told():
    rows = [["姓名", "职务", ""], ["甲", "组员", "13800000000"], ["乙", "组员", "", "x"]]
    assert read(rows).unread == ("[C]", "[D]")
    assert read(rows, {"[c]": "mobile"}).lines[0].mobile == "13800000000"
    assert read([[*rows[0], "", ""], rows[1]]).unread == ("[C]",)


def test_what_stands_on_another_line_of_a_cell_is_the_post():
    found = read([["姓名", "工作单位及职务", "课题组内职务"], ["甲", "甲大学\n副教授", "组员"]])
    assert (found.lines[0].unit, found.lines[0].honorific) == ("甲大学", "副教授")


def test_the_sheet_with_people_is_read_where_the_first_says_how_to_fill_it_in(cast):
    data = book(PLAIN, before=[("说明", False), ("旧表", True)])
    file = keep_upload(cast.qin.act(), programme=cast.programme, name="名单.xlsx", data=data)
    notes = roster_of(file, {}).notes
    assert (notes["sheet"], notes["others"], notes["hidden"]) == ("名单", ["说明"], ["旧表"])


def test_rare_forms_of_characters_stay_in_names_and_come_out_again():
    """Two of these are one character to whoever composes letters; only accents are composed."""
    found = reading(
        [PLAIN[0], ["\uf907一\u200b", "\uf9d0单位", "红组", "组员"], ["Jose\u0301", *PLAIN[1][1:]]]
    )
    assert [line.name for line in found.lines] == ["\uf907一", "Jos\u00e9"]
    assert found.lines[0].unit == "\uf9d0单位"
    again = read_table(
        to_xlsx("名单", PLAIN[0], [["\uf907一", "\uf9d0单位", "红组", "组员"]]), "xlsx"
    )
    assert again.rows[1][0] == "\uf907一"


def test_too_many_rows_of_csv_are_refused():
    with pytest.raises(Refused) as refused:
        read_table("甲\n".encode() * 30, "csv", max_rows=20)
    assert refused.value.code == "documents.sheet-too-many-rows"


def test_two_thousand_people_with_a_title_and_headings_are_one_sheet(cast):
    people = [row(f"甲{number}", f"单位{number % 97}") for number in range(2000)]
    data = book([["课题组名单"], [], HEADER, *people])
    file = keep_upload(cast.qin.act(), programme=cast.programme, name="名单.xlsx", data=data)
    assert len(roster_of(file, {}).reading.lines) == 2000


def test_merged_cells_and_titles_are_entered(cast):
    file = kept(cast, [row("甲一", "甲单位"), row("甲二"), row("甲三")], merged=[(1, 1, 3)])
    actions.import_roster(cast.qin.act(), programme=cast.programme, file=file)
    people = Person.objects.filter(name__startswith="甲", unit__name_zh="甲单位")
    assert people.count() == 3


def test_an_everyday_name_of_a_role_is_answered_with_the_charters(cast):
    file = kept(cast, [row("甲一", "甲单位", 职务="小组长"), row("甲二", "甲单位", 职务="船老大")])
    report = actions.read_roster(cast.qin.act(), programme=cast.programme, file=file)
    assert [one["what"][0] for one in report.problems] == ["实施方案中没有这个职务。"] * 2
    assert "是不是“组长”" in report.problems[0]["do"][0]
    assert "模板" in report.problems[1]["do"][0]


def upload(cast, data: bytes, name: str):
    file = SimpleUploadedFile(name, data)
    return cast.qin.client.post("/p/cast/roster/", {"key": name, "file": file})


def test_the_page_shows_every_row_and_what_was_not_read(cast):
    head = [*HEADER, "备注"]
    rows = [
        ["成员名单"],
        head,
        [*row("戊一", "甲单位"), "新人"],
        [*row("卢组长（演示）", "卢氏研究所（演示）", 职务="组长", 称谓="教授"), ""],
        [*row("丁伟", "甲单位"), ""],
        [*row("丁伟", "甲单位"), ""],
        [*row("庚", "甲单位", 邮箱="g@example..org"), ""],
        ["合计", "5人"],
    ]
    page = upload(cast, book(rows, before=[("旧表", True)]), "名单.xlsx")["Location"]
    text = cast.qin.client.get(page).content.decode()
    for words in (
        "读的是工作表“名单”",
        "隐藏的工作表不读：旧表",
        "内容不会导入：备注",
        "第 1 行没有读：“成员名单”",
        "第 8 行没有读",
        "合计行",
        "称谓：— → 教授",
        "就是 丁伟 · 甲单位",
        "是另一个人",
        "邮箱写法不对",
        "导入 2 个职务，更正 1 行",
    ):
        assert words in text, words
    asked = cast.qin.client.post(f"{page}import/", {"key": "a", "row6": "new"})
    text = cast.qin.client.get(asked["Location"]).content.decode()
    assert "导入 3 个职务" in text
    before = Seat.objects.count()
    cast.qin.client.post(f"{page}import/", {"key": "b"})
    assert Seat.objects.count() == before + 3
    text = cast.qin.client.get(page).content.decode()
    assert "已导入" in text
    assert "封任职告知" not in text


def test_the_letters_go_out_by_the_button_with_their_count(cast):
    page = upload(cast, book([HEADER, row("戊一", "甲单位", 邮箱="wu1@example.org")]), "名单.xlsx")
    cast.qin.client.post(f"{page['Location']}import/", {"key": "b"})
    assert "发出 1 封任职告知" in cast.qin.client.get("/p/cast/roster/").content.decode()
    assert cast.lu.client.post("/p/cast/roster/tell/", {"key": "t"}).status_code == 404
    assert cast.qin.client.post("/p/cast/roster/tell/", {"key": "t"}).status_code == 302
    told = cast.qin.client.get("/p/cast/roster/").content.decode()
    assert "已写好 1 封任职告知，即将发出。" in told
    assert "发出 1 封任职告知" not in told
    assert cast.qin.client.post("/p/cast/roster/tell/", {"key": "u"}).status_code == 422


def test_a_preview_is_found_in_the_list_and_removed(cast):
    page = upload(cast, book([HEADER, row("戊一", "甲单位")]), "名单.xlsx")["Location"]
    assert page in cast.qin.client.get("/p/cast/roster/").content.decode()
    assert cast.lu.client.post(f"{page}remove/", {"key": "r"}).status_code == 404
    assert cast.qin.client.post(f"{page}remove/", {"key": "r"}).status_code == 302
    assert not RosterImport.objects.exists()
    assert cast.qin.client.get(page).status_code == 404


@pytest.mark.parametrize("ending", ["xls", "et"])
def test_a_sheet_of_the_old_kind_is_read_with_its_merged_cells(cast, ending):
    data = (SHEETS / "merged.xls").read_bytes()
    page = upload(cast, data, f"名单.{ending}")["Location"]
    report = RosterImport.objects.get()
    assert page == report.path
    assert [(line["who"], line["unit"]) for line in report.lines] == [
        ("甲一", "甲单位"),
        ("甲二", "甲单位"),
        ("甲三", "甲单位"),
        ("乙一", "乙单位"),
    ]
    assert report.notes["hidden"] == ["旧名单"]


def test_a_broken_sheet_of_the_old_kind_says_so(cast):
    whole = (SHEETS / "merged.xls").read_bytes()
    name = "Workbook".encode("utf-16-le")
    cut = whole[: whole.index(name) + 200].ljust(1536, b"\0")
    with pytest.raises(Refused) as refused:
        read_table(cut, "xls")
    assert refused.value.code == "documents.sheet-damaged"


def test_a_csv_file_is_taken(cast):
    data = "\r\n".join(",".join(cells) for cells in (HEADER, row("戊一", "甲单位"))).encode("gbk")
    page = upload(cast, data, "名单.csv")["Location"]
    assert "导入 1 个职务" in cast.qin.client.get(page).content.decode()


@pytest.mark.parametrize(
    "heading", ["所属小组", "所在小组", "拟参加分课题", "所属组别", "分课题组"]
)
def test_the_group_under_the_headings_people_give_it(heading):
    found = read([["姓名", heading, "担任职务"], ["甲", "红组", "组员"]])
    assert (found.lines[0].group, found.lines[0].role, found.unread) == ("红组", "组员", ())


NOTHING_YET = ["先没有邮箱", "后补邮箱", "后补", "邮箱后补", "尚未提供", "待补充", "没有手机号"]


@pytest.mark.parametrize("said", ["无", "暂无", " — ", "/", "N/A", "待补", *NOTHING_YET])
def test_what_says_that_there_is_nothing_is_nothing(said):
    heads = [*PLAIN[0], "邮箱", "手机", "尊称"]
    found = reading([heads, ["甲一", said, "红组", "组员", said, said, said]])
    line = found.lines[0]
    assert line.name == "甲一"
    assert {line.unit, line.mail, line.mobile, line.honorific} == {""}
    assert found.problems == ()


def test_a_name_is_never_taken_for_nothing():
    found = reading([PLAIN[0], ["无", "甲单位", "红组", "组员"]])
    assert [line.name for line in found.lines] == ["无"]
