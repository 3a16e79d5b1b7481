"""How a sheet of offices and a sheet of tracking numbers are read: columns, rows, what is wrong in
which row. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from keti.letters.rules import divisions

OFFICES: dict[str, tuple[str, ...]] = {
    "name": ("单位名称", "Office", "单位", "收件单位", "机构", "机构名称", "办公室", "name"),
    "kind": ("类别", "Kind", "级别", "层级", "类型"),
    "division": (
        "行政区划",
        "Division",
        "区划",
        "区划代码",
        "行政区划代码",
        "所在地",
        "地区",
        "省市",
    ),
    "addressee": ("收件称谓", "Addressee", "收件人", "称谓", "收信人", "收件人职务", "抬头"),
    "address": ("地址", "Address", "通讯地址", "通信地址", "邮寄地址", "收件地址", "详细地址"),
    "postcode": ("邮编", "Postcode", "邮政编码", "zip"),
    "mail": ("邮箱", "Mail", "电子邮箱", "email", "e-mail", "单位邮箱"),
    "note": ("备注", "Note", "说明"),
}
"""Key -> its headings; the first two are those of the template."""
TRACKS: dict[str, tuple[str, ...]] = {
    "code": ("条码号", "Code", "编号", "条码", "寄件编号", "文号", "number", "barcode"),
    "tracking": ("快递单号", "Tracking number", "运单号", "邮件号", "挂号号码", "单号", "tracking"),
    "carrier": ("承运", "Carrier", "快递公司", "承运单位", "承运人"),
    "day": ("日期", "Date", "寄出日期", "签收日期", "退回日期"),
    "reason": ("退回原因", "Reason", "原因", "备注", "note"),
}
KINDS: dict[str, tuple[str, ...]] = {
    "provincial": ("省级", "provincial", "省", "直辖市", "自治区", "省部级"),
    "prefectural": ("地市级", "prefectural", "地市", "市级", "地级", "市", "州", "地级市"),
    "ministry": ("部委", "ministry", "中央", "国务院部门", "部门", "中央部委"),
    "own": ("其他", "own", "其它", "自有", "other"),
}
OF_DIVISIONS = ("provincial", "prefectural")
LOOKED_AT = 20
_POSTCODE = re.compile(r"\d{6}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LIMITS = {"name": 120, "addressee": 80, "address": 200, "mail": 254, "note": 300}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: the row as the spreadsheet counts it, what stands there, a code."""

    row: int
    value: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One office of a sheet."""

    row: int
    name: str
    kind: str
    division: str = ""
    addressee: str = ""
    address: str = ""
    postcode: str = ""
    mail: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A sheet as read: its good rows, what is wrong with the others, headings not understood."""

    lines: tuple[OfficeLine, ...]
    problems: tuple[Problem, ...]
    unread: tuple[str, ...] = ()


def read_offices(table: Sequence[Sequence[str]]) -> Reading:
    """The offices of a sheet whose headings stand near its top. A row is good or it is a problem;
    of two rows of one name the first counts."""
    start, columns = headed(table, OFFICES)
    if "name" not in columns:
        return Reading((), (Problem(1, "", "letters.sheet-no-names"),))
    lines: dict[str, OfficeLine] = {}
    problems: list[Problem] = []
    for number, cells in rows_below(table, start, columns):
        line, wrong = _office(number, cells)
        if line is not None and line.name in lines:
            wrong = Problem(number, line.name, "letters.row-twice", {"first": lines[line.name].row})
        if wrong is not None:
            problems.append(wrong)
        elif line is not None:
            lines[line.name] = line
    unread = [
        title.strip()
        for place, title in enumerate(table[start])
        if title.strip() and place not in columns.values()
    ]
    return Reading(tuple(lines.values()), tuple(problems), tuple(unread))


def _office(row: int, cells: Mapping[str, str]) -> tuple[OfficeLine | None, Problem | None]:
    told = {key: " ".join(cells.get(key, "").split()) for key in OFFICES}
    division = divisions.find(told["division"])
    kind = kind_of(told["kind"]) or guessed(division, told["name"])
    digits = told["postcode"].replace(" ", "")
    told |= {"postcode": digits.zfill(6) if digits.isdigit() else digits}
    for wrong, value, code in (
        (not told["name"], "", "letters.row-no-name"),
        (told["division"] and not division, told["division"], "letters.row-division-unknown"),
        (told["kind"] and not kind_of(told["kind"]), told["kind"], "letters.row-kind-unknown"),
        (not division and kind in OF_DIVISIONS, told["name"], "letters.row-no-division"),
        (not _fits(_POSTCODE, told["postcode"]), told["postcode"], "letters.row-postcode"),
        (not _fits(_MAIL, told["mail"]), told["mail"], "letters.row-mail"),
    ):
        if wrong:
            return None, Problem(row, value, code)
    for key, most in _LIMITS.items():
        if len(told[key]) > most:
            return None, Problem(row, told[key][:20], "letters.row-long", {"most": most})
    return OfficeLine(row, **(told | {"kind": kind, "division": division})), None


def _fits(form: re.Pattern[str], said: str) -> bool:
    return not said or form.fullmatch(said) is not None


def kind_of(said: str) -> str:
    """The kind that a word names; "" for none."""
    word = said.strip().lower()
    return next((kind for kind, words in KINDS.items() if word in words), "")


def guessed(division: str, name: str) -> str:
    """The kind of an office whose row does not say it: by its division, else by its name."""
    if division:
        return "provincial" if division in divisions.PROVINCES else "prefectural"
    return "ministry" if re.search("部|委员会|总局|国务院", name) else "own"


def headed(
    table: Sequence[Sequence[str]], known: Mapping[str, tuple[str, ...]]
) -> tuple[int, dict[str, int]]:
    """The row that names the most columns near the top, and the place of each column."""
    found = [(_columns(row, known), place) for place, row in enumerate(table[:LOOKED_AT])]
    columns, start = max(found, key=lambda one: (len(one[0]), -one[1]), default=({}, 0))
    return start, columns


def _columns(row: Sequence[str], known: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, title in enumerate(row):
        word = re.sub(r"[\s*（(].*$", "", title.strip()).lower()
        whole = title.strip().lower()
        for key, words in known.items():
            if key not in columns and {word, whole} & {one.lower() for one in words}:
                columns[key] = place
                break
    return columns


def rows_below(
    table: Sequence[Sequence[str]], start: int, columns: Mapping[str, int]
) -> list[tuple[int, dict[str, str]]]:
    """The filled rows under the headings: the number of each, its cells by column."""
    return [
        (number, {key: row[place] for key, place in columns.items() if place < len(row)})
        for number, row in enumerate(table[start + 1 :], start=start + 2)
        if any(cell.strip() for cell in row)
    ]


@dataclass(frozen=True, slots=True)
class Track:
    """One row of a sheet of tracking numbers: which piece, and what is told of it."""

    row: int
    code: str
    tracking: str = ""
    carrier: str = ""
    day: str = ""
    reason: str = ""


def read_tracks(table: Sequence[Sequence[str]]) -> tuple[list[Track], list[Problem]]:
    """The rows of a sheet of tracking numbers, by code or number of the piece."""
    start, columns = headed(table, TRACKS)
    if "code" not in columns:
        return [], [Problem(1, "", "letters.sheet-no-codes")]
    tracks = []
    for number, cells in rows_below(table, start, columns):
        told = {key: " ".join(value.split()) for key, value in cells.items()}
        if told.get("code"):
            tracks.append(Track(number, **told))
    return tracks, []
