"""How a roster in a spreadsheet is read: columns, rows, what is wrong in which cell. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from keti.accounts.rules import mail_fault

COLUMNS: dict[str, tuple[str, str]] = {
    "name": ("姓名", "Name"),
    "unit": ("单位", "Unit"),
    "group": ("组别", "Group"),
    "role": ("职务", "Role"),
    "honorific": ("称谓", "Honorific"),
    "order": ("顺序", "Order"),
    "mail": ("邮箱", "Mail"),
    "mobile": ("手机", "Mobile"),
    "delegate": ("代表人", "Delegate"),
    "consent": ("入册同意", "Consent"),
}
ALSO = {
    "e-mail": "mail",
    "email": "mail",
    "电子邮箱": "mail",
    "手机号": "mobile",
    "手机号码": "mobile",
    "电话": "mobile",
    "phone": "mobile",
    "工作单位": "unit",
    "单位名称": "unit",
    "organisation": "unit",
    "organization": "unit",
    "title": "honorific",
    "排序": "order",
    "序号": "order",
    "分组": "group",
    "同意入册": "consent",
}
LIMITS = {
    "name": 80,
    "unit": 200,
    "group": 120,
    "role": 80,
    "honorific": 60,
    "mobile": 20,
    "delegate": 80,
    "mail": 254,
}
YES = {"是", "同意", "yes", "y", "true", "1", "√", "✓"}
NO = {"", "否", "不同意", "no", "n", "false", "0"}
_ORDER = re.compile(r"[0-9]{1,4}")
_MOBILE = re.compile(r"\+?[0-9][0-9 -]{4,18}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: the row as the spreadsheet counts it, the column, the text, a code."""

    row: int
    column: str
    value: str
    code: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a roster; a cell that is no number or answer reads as empty."""

    row: int
    name: str = ""
    unit: str = ""
    group: str = ""
    role: str = ""
    honorific: str = ""
    order: int = 0
    mail: str = ""
    mobile: str = ""
    delegate: str = ""
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A roster as read: its rows, the problems of their cells, how many rows it has."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    rows: int


def read(table: Sequence[Sequence[str]]) -> Reading:
    """Read a table whose first filled row names the columns, in Chinese or English."""
    filled = [(number, row) for number, row in enumerate(table, start=1) if any(row)]
    if not filled:
        return Reading((), (Problem(1, "", "", "intake.roster-empty"),), 0)
    at, header = filled[0]
    columns = [_column(title) for title in header]
    missing = [key for key in ("role",) if key not in columns]
    if not {"name", "unit"} & set(columns):
        missing.append("name")
    if missing:
        gaps = tuple(Problem(at, key, "", "intake.roster-column-missing") for key in missing)
        return Reading((), gaps, len(filled) - 1)
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, row in filled[1:]:
        cells = {key: row[at] for at, key in enumerate(columns) if key and at < len(row)}
        problems += _wrong(number, cells)
        lines.append(_line(number, cells))
    return Reading(tuple(lines), tuple(problems), len(filled) - 1)


def _column(title: str) -> str:
    word = re.sub(r"[\s*（(].*$", "", title.strip()).lower()
    for key, names in COLUMNS.items():
        if word in (key, names[0], names[1].lower()):
            return key
    return ALSO.get(word, "")


def _wrong(row: int, cells: dict[str, str]) -> list[Problem]:
    def problem(column: str, code: str, **facts: object) -> Problem:
        return Problem(row, column, cells.get(column, "")[:80], code, facts)

    found = [
        problem(key, "intake.roster-too-long", most=most)
        for key, most in LIMITS.items()
        if len(cells.get(key, "")) > most
    ]
    if not cells.get("name") and not cells.get("unit"):
        found.append(problem("name", "intake.roster-nobody"))
    if not cells.get("role"):
        found.append(problem("role", "intake.roster-no-role"))
    if cells.get("mail") and mail_fault(cells["mail"]):
        found.append(problem("mail", "intake.roster-bad-mail"))
    if cells.get("mobile") and not _MOBILE.fullmatch(cells["mobile"]):
        found.append(problem("mobile", "intake.roster-bad-mobile"))
    if cells.get("order") and not _ORDER.fullmatch(cells["order"]):
        found.append(problem("order", "intake.roster-bad-order"))
    if cells.get("consent", "").lower() not in YES | NO:
        found.append(problem("consent", "intake.roster-bad-consent"))
    return found


def _line(row: int, cells: dict[str, str]) -> Line:
    texts = {key: cells.get(key, "") for key in LIMITS}
    order = cells.get("order", "")
    return Line(
        row=row,
        order=int(order) if _ORDER.fullmatch(order) else 0,
        consent=cells.get("consent", "").lower() in YES,
        **texts,
    )
