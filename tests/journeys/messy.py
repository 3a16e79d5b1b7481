"""The roster of sixty as a secretary really has it: a title above, merged cells, blanks in names, a
missing and a wrong address, two of one name, a sum below. Everybody is made up."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import xlsxwriter

HEADER = ("序号", "姓 名", "工作单位", "组 别", "课题组职务", "联系电话", "电子邮箱")
TITLE = "课题组成员名单（演示）"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
GIVEN = ("若谷", "明远", "青禾", "砚秋", "知微")
OVERALL = (
    ("委托方代表", 1), ("课题学术单位", 1), ("顾问", 1), ("课题组长单位", 1),
    ("常务副组长单位", 1), ("副组长单位", 2), ("组员单位", 4), ("课题负责人", 1),
    ("课题监控员", 2), ("课题协调员", 1), ("评审专家", 5),
)  # fmt: skip
STANDING = {"委托方代表": "数据联合协会（演示）", "课题学术单位": "江东大学数据治理研究院（演示）"}
"""Units that the charter has seated already."""
PER_GROUP = 10
TWICE = "张伟"
SPACED = "郑 建国"
MISTYPED = ("李小红", "lixaohong@example.org")
"""Whose name and address are wrong in the sheet: 李晓红, lixiaohong@example.org."""
WITHOUT_MAIL = "王若谷"


def people(groups: Sequence[str]) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Name, unit, group, role, mobile, mail of all sixty."""
    for number, (group, role) in enumerate(_places(groups), start=1):
        unit = STANDING.get(role) or f"第{number}数据研究所（演示）"
        name = f"{SURNAMES[number % len(SURNAMES)]}{GIVEN[number // len(SURNAMES)]}"
        mail = f"p{number}@example.org"
        yield _odd(number, name, unit, group, role, mail)


def _places(groups: Sequence[str]) -> Iterator[tuple[str, str]]:
    for role, count in OVERALL:
        yield from (("总体组", role) for _ in range(count))
    for group in groups:
        yield group, "牵头组长"
        yield from ((group, "组员") for _ in range(PER_GROUP - 1))


def _odd(
    number: int, name: str, unit: str, group: str, role: str, mail: str
) -> tuple[str, str, str, str, str, str]:
    """What is wrong in a real sheet, at fixed places."""
    mobile = f"138{number:08d}"
    if number in (23, 44):
        name = TWICE
    if number == 25:
        name = SPACED
    if number == 26:
        name, mail = MISTYPED
    if number == 37:
        name, mail = WITHOUT_MAIL, ""
    return name, unit, group, role, mobile, mail


def messy_roster(path: Path, groups: Sequence[str]) -> Path:
    """The sheet, written; its groups stand in merged cells."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("名单")
    sheet.merge_range(0, 0, 0, len(HEADER) - 1, TITLE)
    sheet.write_row(2, 0, HEADER)
    rows = list(people(groups))
    for at, (name, unit, group, role, mobile, mail) in enumerate(rows, start=3):
        sheet.write_row(at, 0, (at - 2, name, unit, group, role, mobile, mail))
    begins = 3
    for group in ("总体组", *groups):
        many = sum(1 for one in rows if one[2] == group)
        sheet.merge_range(begins, 3, begins + many - 1, 3, group)
        begins += many
    sheet.write(begins, 0, f"合计：{len(rows)}人")
    book.close()
    path.write_bytes(out.getvalue())
    return path
