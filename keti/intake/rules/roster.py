"""How a roster in a spreadsheet is read: columns, rows, what is wrong in which cell. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from keti.accounts.rules import mail_fault, plain_width, tidy_name, unit_key

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
SURE = {
    "课题组职务": "role",
    "课题组内职务": "role",
    "课题内职务": "role",
    "课题职务": "role",
    "组内职务": "role",
}
"""Headings that win over one of `COLUMNS`: beside them 职务 is what somebody is at home."""
ALSO: dict[str, tuple[str, ...]] = {
    "name": ("名字", "人员", "fullname"),
    "unit": (
        "工作单位",
        "所在单位",
        "单位名称",
        "单位全称",
        "单位及职务",
        "工作单位及职务",
        "单位、职务",
        "工作单位、职务",
        "organisation",
        "organization",
        "institution",
        "affiliation",
        "hospital",
        "employer",
    ),
    "group": (
        "分组",
        "小组",
        "组",
        "课题组",
        "分课题",
        "分课题组",
        "分课题小组",
        "组名",
        "小组名称",
        "章次",
        "workinggroup",
    ),
    "role": ("角色", "组内角色", "任职", "组内分工", "身份", "position", "function"),
    "honorific": ("称呼", "职称", "title"),
    "order": ("排序", "序号", "排名", "no", "no."),
    "mail": (
        "e-mail",
        "email",
        "电子邮箱",
        "电子邮件",
        "邮件",
        "邮件地址",
        "邮箱地址",
        "邮箱号",
        "e-mail地址",
        "email地址",
        "mailbox",
    ),
    "mobile": (
        "手机号",
        "手机号码",
        "电话",
        "电话号码",
        "联系电话",
        "联系方式",
        "移动电话",
        "phone",
        "mobilephone",
        "cell",
        "telephone",
        "tel",
    ),
    "delegate": ("代表", "单位代表", "联系人", "representative"),
    "consent": ("同意入册", "是否同意入册", "是否入册"),
}
BEFORE = re.compile("^(?:所属|所在|隶属|拟任|拟担任|现任|担任|参加|拟参加|归属|本人|您的)(?:的)?")
"""What stands before the word that says what a column holds."""
AT_HOME = re.compile("单位(?:及|和|与|、|/)职务")
"""A heading of two things: the unit, and after a blank what somebody is there."""
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
LOOKED_AT = 20
"""Within so many filled rows the headings are looked for."""
_ORDER = re.compile(r"[0-9]{1,4}")
_MOBILE = re.compile(r"\+?[0-9][0-9 -]{4,18}")
_WHOLE = re.compile(r"([0-9]+)\.0+")
_SUM = re.compile(r"(?:总|合|小|共)计(?:$|[:(0-9共人])|(?:sub)?total(?:$|[:(0-9])", re.I)
_NOTE = re.compile(r"(?:备注|注|说明|附注|制表人?|填表人?|审核人?|填报单位|日期|note)[:：]", re.I)


PER_SHEET = 10_000
"""Rows are numbered through: those of the next sheet begin here. More than a sheet may have."""


def numbered(sheet: int, row: int) -> int:
    """The number of this row of the sheet at this place (from 0), among those of all sheets."""
    return sheet * PER_SHEET + row


def placed(row: int) -> tuple[int, int]:
    """Of such a number: the place of the sheet, and the row as the spreadsheet counts it."""
    return divmod(row, PER_SHEET)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: the row as the spreadsheet counts it, the column, the text, a code."""

    row: int
    column: str
    value: str
    code: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One row of a roster; a cell that is no number or answer reads as empty."""

    row: int
    name: str = ""
    unit: str = ""
    group: str = ""
    role: str = ""
    honorific: str = ""
    order: int | None = None
    mail: str = ""
    mobile: str = ""
    delegate: str = ""
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Ignored:
    """A row that is nobody's: its text, and why (`title`, `sum`, `note`, `heading`)."""

    row: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A roster as read: its rows, the problems of their cells, how many rows it has; the headings
    that say nothing here, and the rows that are nobody's."""

    lines: tuple[RosterLine, ...]
    problems: tuple[Problem, ...]
    rows: int
    unread: tuple[str, ...] = ()
    ignored: tuple[Ignored, ...] = ()


def read(table: Sequence[Sequence[str]], said: Mapping[str, str] | None = None) -> Reading:
    """Read a table with a row that names the columns, in Chinese or English, near its top.

    `said`: which column a heading names, by the office (`rules.wording.headings_said`).
    """
    said = said or {}
    filled = [(number, row) for number, row in enumerate(table, start=1) if any(row)]
    if not filled:
        return Reading((), (Problem(1, "", "", "intake.roster-empty"),), 0)
    start = _heading(filled, said)
    at, header, below = _headed(filled, start)
    columns = columns_of(header, said)
    with_post = "unit" in columns and AT_HOME.search(unit_key(header[columns["unit"]]))
    unread = tuple(
        title.strip()
        for place, title in enumerate(header)
        if title.strip() and place not in columns.values()
    )
    ignored = [Ignored(number, _text(row), "title") for number, row in filled[:start]]
    missing = [] if "role" in columns else ["role"]
    if not {"name", "unit"} & set(columns):
        missing.append("name")
    if missing:
        gaps = tuple(Problem(at, key, "", "intake.roster-column-missing") for key in missing)
        return Reading((), gaps, len(filled) - below, unread)
    lines: list[RosterLine] = []
    problems: list[Problem] = []
    for number, row in filled[start + below :]:
        cells = {key: row[place] for key, place in columns.items() if place < len(row)}
        if why := _nobodys(row, header, cells):
            ignored.append(Ignored(number, _text(row), why))
            continue
        cells = _tidied(_parted(cells) if with_post else cells)
        problems += _wrong(number, cells)
        lines.append(_line(number, cells))
    return Reading(tuple(lines), tuple(problems), len(lines), unread, tuple(ignored))


def _parted(cells: dict[str, str]) -> dict[str, str]:
    """A cell of unit and post as two: the post is how somebody is styled, where nothing says it."""
    unit, _blank, post = " ".join(cells.get("unit", "").split()).partition(" ")
    if not post.strip() or re.search("[A-Za-z]", unit):
        return cells
    return {**cells, "unit": unit, "honorific": cells.get("honorific", "") or post.strip()}


def _heading(filled: Sequence[tuple[int, Sequence[str]]], said: Mapping[str, str]) -> int:
    """Which of the filled rows names the columns: the first that names whom and as what; where
    none does, the one that names the most."""
    known = [columns_of(row, said) for _number, row in filled[:LOOKED_AT]]
    for place, columns in enumerate(known):
        if "role" in columns and {"name", "unit"} & set(columns):
            return place
    most = max(len(columns) for columns in known)
    return next(place for place, columns in enumerate(known) if len(columns) == most)


def _headed(filled: Sequence[tuple[int, Sequence[str]]], start: int) -> tuple[int, list[str], int]:
    """The row that names the columns, its headings, and how many rows they take: where one heading
    stands above several (联系方式 above 手机 and 邮箱), those below it name the columns. A column
    that holds something and has no heading is named by its letter."""
    at, first = filled[start]
    header, below = list(first), 1
    if start + 1 < len(filled) and (named := _two_storeys(first, filled[start + 1][1])):
        header, below = named, 2
    wide = max(len(row) for _number, row in filled[start:])
    header += [""] * (wide - len(header))
    for place in range(wide):
        holds = (row[place].strip() for _number, row in filled[start + below :] if place < len(row))
        if not header[place].strip() and any(holds):
            header[place] = f"[{_letter(place)}]"
    return at, header, below


def _two_storeys(above: Sequence[str], row: Sequence[str]) -> list[str]:
    """The headings of two rows as one; nothing where the second row is no row of headings: it says
    the same as the first, is empty, or names what the first leaves open, in every column."""
    wide = max(len(above), len(row))
    tops, lows = ([*one, *[""] * (wide - len(one))] for one in (above, row))
    said = columns_of(tops)
    other = [at for at in range(wide) if lows[at].strip() and lows[at] != tops[at]]
    firm = {said[key] for key in ("name", "unit", "role") if key in said}
    if firm & set(other) or not any(_column(lows[at])[0] for at in other):
        return []
    return [low if low.strip() else top for top, low in zip(tops, lows, strict=True)]


def _letter(place: int) -> str:
    """The letter under which a spreadsheet shows the column at this place (from 0)."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def columns_of(header: Sequence[str], said: Mapping[str, str] | None = None) -> dict[str, int]:
    """Which column stands where. Of two for one thing the one that was `said` is read, then the
    better known heading, then the first."""
    found: dict[str, tuple[int, int]] = {}
    for place, title in enumerate(header):
        own = (said or {}).get(unit_key(title), "")
        key, rank = (own, -1) if own in COLUMNS else _column(title)
        if key and (key not in found or rank < found[key][0]):
            found[key] = (rank, place)
    return {key: place for key, (_rank, place) in found.items()}


def _column(title: str) -> tuple[str, int]:
    word = re.sub(r"[*(:].*$", "", unit_key(title))
    if word in SURE:
        return SURE[word], 0
    for key, names in COLUMNS.items():
        if word in (key, names[0], names[1].lower()):
            return key, 1
    bare = BEFORE.sub("", word)
    for key, names in COLUMNS.items():
        if {word, bare} & {names[0], *ALSO.get(key, ())}:
            return key, 2
    return ("name", 2) if word.endswith("姓名") else ("", 3)


def _text(row: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(cell.strip() for cell in row if cell.strip()))[:120]


def _nobodys(row: Sequence[str], header: Sequence[str], cells: dict[str, str]) -> str:
    """Why this row is nobody's: a sum, a note, the headings once more; "" for somebody's."""
    if [unit_key(one) for one in row] == [unit_key(one) for one in header]:
        return "heading"
    texts = list(dict.fromkeys(unit_key(one) for one in row if one.strip()))
    if any(_SUM.match(text) for text in texts[:2]) and len(texts) <= 4 and not cells.get("mail"):
        return "sum"
    return "note" if len(texts) <= 2 and _NOTE.match(texts[0]) else ""


def _tidied(cells: dict[str, str]) -> dict[str, str]:
    """Cells as they are compared: names without spread blanks, numbers without a lost `.0`."""
    tidy = {key: cell.strip() for key, cell in cells.items()}
    tidy |= {key: "" for key in MAY_LACK if says_nothing(tidy.get(key, ""))}
    for key in ("name", "delegate"):
        tidy[key] = tidy_name(tidy.get(key, ""))
    for key in ("mobile", "order"):
        plain = plain_width(tidy.get(key, ""))
        whole = _WHOLE.fullmatch(plain)
        tidy[key] = whole[1] if whole else plain
    tidy["mail"] = re.sub(r"^mailto:", "", tidy.get("mail", ""), flags=re.I)
    return tidy


MAY_LACK = ("unit", "delegate", "mail", "mobile", "honorific", "order")
LACKING = {"无", "暂无", "没有", "未提供", "待补", "待定", "/", "-", "--", "—", "——", "n/a", "none"}
"""What people write into a cell to say that there is nothing."""
_WHAT = (
    "(?:单位|代表人|联系人|邮箱|邮件|电子邮箱|邮箱地址|手机|手机号|手机号码|电话|号码|称谓|信息)"
)
_NOT_YET = re.compile(
    f"(?:先|暂|暂时|目前|尚|还|还是)?(?:没有|没|无|未)(?:提供|填|填写|报|定)?{_WHAT}?"
    f"|(?:{_WHAT})?(?:后|待|稍后|随后|以后|之后)(?:补|补充|补报|补填|提供|定){_WHAT}?"
)


def says_nothing(cell: str) -> bool:
    """Does this cell say in words that there is nothing, or nothing yet?"""
    return cell.lower() in LACKING or _NOT_YET.fullmatch(cell) is not None


def is_number(text: str) -> bool:
    """Is this written as a telephone number?"""
    return _MOBILE.fullmatch(text) is not None


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
    if cells.get("mobile") and not is_number(cells["mobile"]):
        found.append(problem("mobile", "intake.roster-bad-mobile"))
    if cells.get("order") and not _ORDER.fullmatch(cells["order"]):
        found.append(problem("order", "intake.roster-bad-order"))
    if cells.get("consent", "").lower() not in YES | NO:
        found.append(problem("consent", "intake.roster-bad-consent"))
    return found


def _line(row: int, cells: dict[str, str]) -> RosterLine:
    texts = {key: cells.get(key, "") for key in LIMITS}
    order = cells.get("order", "")
    return RosterLine(
        row=row,
        order=int(order) if _ORDER.fullmatch(order) else None,
        consent=cells.get("consent", "").lower() in YES,
        **texts,
    )
