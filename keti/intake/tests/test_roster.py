"""Rosters: columns, row errors, nothing half-done, nothing twice."""

import pytest

from keti.accounts.models import Organisation, Person
from keti.consents.models import Consent
from keti.groups.models import Seat
from keti.intake import actions
from keti.intake.models import RosterImport
from keti.intake.rules.roster import RosterLine, read
from keti.intake.tests.scene import HEADER, roster
from keti.intake.tests.test_applications import refused
from keti.ledger.models import Entry

GOOD = (
    "甲研究员（演示）",
    "甲公司（演示）",
    "红组",
    "组员",
    "教授",
    "1",
    "jia@example.org",
    "13800000000",
    "",
    "是",
)
UNIT = ("", "乙公司（演示）", "蓝组", "组员", "", "2", "", "", "乙代表（演示）", "")


def test_columns_in_either_language_and_any_order():
    chinese = read([["职务", "姓名", "组别"], ["组员", "甲", "红组"]])
    english = read([["Role", "Name", "Group", "Notes"], ["Hand", "A", "Red cell", "x"]])
    assert chinese.lines == (RosterLine(2, name="甲", group="红组", role="组员"),)
    assert english.lines == (RosterLine(2, name="A", group="Red cell", role="Hand"),)


def test_empty_rows_are_passed_over_and_row_numbers_are_the_sheets():
    reading = read([[], ["姓名", "职务"], [], ["甲", "组员"]])
    assert [line.row for line in reading.lines] == [4]
    assert reading.rows == 1


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ([], ["intake.roster-empty"]),
        ([["姓名"], ["甲"]], ["intake.roster-column-missing"]),
        ([["职务"], ["组员"]], ["intake.roster-column-missing"]),
        ([["姓名", "职务"], ["", "组员"]], ["intake.roster-nobody"]),
        ([["姓名", "职务"], ["甲", ""]], ["intake.roster-no-role"]),
        ([["姓名", "职务", "邮箱"], ["甲", "员", "a@b"]], ["intake.roster-bad-mail"]),
        ([["姓名", "职务", "手机"], ["甲", "员", "call me"]], ["intake.roster-bad-mobile"]),
        ([["姓名", "职务", "顺序"], ["甲", "员", "一"]], ["intake.roster-bad-order"]),
        ([["姓名", "职务", "入册同意"], ["甲", "员", "也许"]], ["intake.roster-bad-consent"]),
        ([["姓名", "职务"], ["甲" * 81, "员"]], ["intake.roster-too-long"]),
    ],
)
def test_each_fault_of_a_cell_has_its_code(table, codes):
    assert [problem.code for problem in read(table).problems] == codes


def test_good_rows_become_people_units_seats_and_consents(cast):
    file = roster(cast, [GOOD, UNIT])
    report = actions.import_roster(cast.qin.act(key="i"), programme=cast.programme, file=file)
    assert (report.rows, report.people, report.units, report.seats) == (2, 2, 2, 2)
    jia = Seat.objects.get(person__mail="jia@example.org")
    assert (jia.honorific, jia.order, jia.group.key) == ("教授", 1, "cell.red")
    yi = Seat.objects.get(organisation__name_zh="乙公司（演示）")
    assert yi.delegate.name == "乙代表（演示）"
    assert Consent.objects.get().person == jia.person
    facts = Entry.objects.get(kind="intake.roster.imported").content["facts"]
    assert (facts["seats"], facts["problems"]) == (2, 0)


def test_the_same_file_again_creates_nothing(cast):
    file = roster(cast, [GOOD, UNIT])
    actions.import_roster(cast.qin.act(key="i"), programme=cast.programme, file=file)
    counts = [Person, Organisation, Seat, Entry, RosterImport, Consent]
    before = [model.objects.count() for model in counts]
    again = roster(cast, [GOOD, UNIT])
    report = actions.import_roster(cast.qin.act(key="j"), programme=cast.programme, file=again)
    assert [model.objects.count() for model in counts] == before
    assert (report.state, report.seats) == ("imported", 2)


def test_the_preview_says_what_the_import_does_and_stores_no_person(cast):
    bad = ("丙（演示）", "丙公司（演示）", "红组", "船长", *[""] * 6)
    file = roster(cast, [GOOD, UNIT, bad])
    before = (Person.objects.count(), Organisation.objects.count(), Seat.objects.count())
    preview = actions.read_roster(cast.qin.act(), programme=cast.programme, file=file)
    assert (preview.state, preview.people, preview.units, preview.seats) == ("read", 2, 2, 2)
    assert len(preview.problems) == 1
    assert (Person.objects.count(), Organisation.objects.count(), Seat.objects.count()) == before
    done = actions.import_roster(cast.qin.act(), programme=cast.programme, file=file)
    assert (done.pk, done.people, done.seats) == (preview.pk, 2, 2)


@pytest.mark.parametrize(
    ("row", "column", "what"),
    [
        (("丙", "丙公司", "红组", "船长"), "role", "实施方案中没有这个职务。"),
        (("丙", "丙公司", "黄组", "组员"), "group", "没有这个组。"),
        (("丙", "丙公司", "", "组员"), "group", "没有填写组别。"),
        (("丙", "丙公司", "红组", "总组长"), "role", "“总组长”不属于红组。"),
        (("", "丙公司", "核心组", "委托人"), "name", "“委托人”由个人担任。"),
        (
            ("丙", "丙公司", "核心组", "总组长"),
            "role",
            "“总组长”已有1人，实施方案规定最多1人。请先办理离任。",
        ),
        (
            ("丙", "丙公司", "红组", "组员", "", "", "lu@example.org"),
            "mail",
            "这个邮箱登记在卢组长（演示） · 卢氏研究所（演示）名下。",
        ),
        (
            ("丙", "丙公司", "红组", "组员", "", "", "wu@example.org"),  # of no seat here: unnamed
            "mail",
            "这个邮箱已登记在另一个姓名下。",
        ),
        (
            ("丙", "丙公司", "红组", "组员", "", "", "", "", "丁"),
            "delegate",
            "个人担任的职务没有代表人。",
        ),
    ],
)
def test_a_bad_row_is_named_and_leaves_nothing(cast, row, column, what):
    full = (*row, *[""] * (len(HEADER) - len(row)))
    file = roster(cast, [full, GOOD])
    report = actions.import_roster(cast.qin.act(), programme=cast.programme, file=file)
    [problem] = report.problems
    assert (problem["row"], problem["column"], problem["what"][0]) == (2, column, what)
    assert problem["do"][0]
    assert report.seats == 1
    assert not Organisation.objects.filter(name_zh="丙公司").exists()
    assert not Person.objects.filter(name="丙").exists()


def test_roles_that_exclude_each_other_are_a_row_error(cast):
    row = (
        "纪监控（演示）",
        "纪氏研究所（演示）",
        "红组",
        "组员",
        "",
        "",
        "ji@example.org",
        "",
        "",
        "",
    )
    report = actions.import_roster(
        cast.qin.act(), programme=cast.programme, file=roster(cast, [row])
    )
    [problem] = report.problems
    assert "不能同时担任“组员”" in problem["what"][0]
    assert "cannot also hold Hand" in problem["what"][1]


def test_only_the_secretariat_imports(cast):
    file = roster(cast, [GOOD])
    for who in ("lu", "mao", "ji", "gao"):
        act = cast.players[who].act()
        for do in (actions.read_roster, actions.import_roster):
            no = refused(lambda do=do, act=act: do(act, programme=cast.programme, file=file))
            assert no.code == "groups.only-the-secretariat"
    no = refused(lambda: actions.import_roster(cast.wu.act(), programme=cast.programme, file=file))
    assert no.code == "groups.no-seat"


def test_only_a_spreadsheet_is_read(cast):
    file = roster(cast, [GOOD])
    file.name = "名单.docx"
    no = refused(lambda: actions.import_roster(cast.qin.act(), programme=cast.programme, file=file))
    assert no.code == "intake.roster-not-xlsx"


def test_the_rehearsal_tells_nobody(cast):
    told = Entry.objects.count()
    actions.read_roster(cast.qin.act(), programme=cast.programme, file=roster(cast, [GOOD]))
    assert Entry.objects.count() == told + 1


def test_every_fault_of_a_row_is_named(cast):
    mao = cast.mao.person
    row = ("别人", "甲公司（演示）", "紫组", "队员", "", "一", mao.mail, "打电话", "", "也许")
    file = roster(cast, [row, GOOD])
    report = actions.read_roster(cast.qin.act(key="r"), programme=cast.programme, file=file)
    faults = [(one["row"], one["column"]) for one in report.problems]
    columns = ("mobile", "order", "consent", "role", "group", "mail")
    assert faults == [(2, column) for column in columns]
    assert report.seats == 1
