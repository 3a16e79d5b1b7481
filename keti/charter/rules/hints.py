"""What somebody probably meant who wrote a value as one writes it by hand: 30天, 75%, 四分之三."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from keti.charter.rules.kinds import ID_PATTERN
from keti.kernel.forms_of_work import FORMS

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6,
           "七": 7, "八": 8, "九": 9}  # fmt: skip
_NUMBER = r"([0-9]+|[〇零一二两三四五六七八九十]+)\s*"
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\Z")
_WORKDAYS = re.compile(_NUMBER + r"(?:个?工作日|working days?|workdays?)")
_LENGTH = re.compile(
    _NUMBER + r"个?(小时|天|日|周|星期|月|年|hours?|days?|weeks?|months?|years?)\Z", re.IGNORECASE
)
_UNITS = {"小时": "H", "天": "D", "日": "D", "周": "W", "星期": "W", "月": "M", "年": "Y"}
_TIME = re.compile(
    r"(上午|下午|晚上|晚)?\s*(\d{1,2})\s*[:点时]\s*(\d{1,2})?\s*分?\s*(am|pm)?\Z", re.I
)
_PART = re.compile(_NUMBER + r"分之\s*" + _NUMBER + r"\Z")
_PERCENT = re.compile(r"([0-9.]+)\s*%\Z")
_COUNT = re.compile(_NUMBER + r"(?:人|名|位|个|次|轮|席|天|字|people|times)?\Z")
_DASHES = str.maketrans(dict.fromkeys("–—−‐‑", "-"))
NOON = 12


def _plain(word: str) -> str:
    """Half-width signs, one kind of dash, no quotation marks around."""
    return unicodedata.normalize("NFKC", word).translate(_DASHES).strip(" \"'“”‘’「」")


def _integer(text: str) -> int:
    """A number in digits, or in Chinese up to ninety-nine."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_DIGITS[one]) for one in text))
    return 10 * _DIGITS.get(tens or "一", 1) + _DIGITS.get(ones, 0)


def date(word: str) -> str:
    """2025/10/31 and 2025年10月31日 as 2025-10-31; `start + 5个工作日` as the language has it."""
    text = _plain(word)
    day = _DAY.match(text)
    if day:
        return f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d}"
    text = _WORKDAYS.sub(lambda found: f"{_integer(found[1])} workdays", text)
    head, sign, tail = text.rpartition(" + ") if " + " in text else text.rpartition(" - ")
    length = duration(tail) if sign else ""
    text = f"{head}{sign}{length}" if length else text
    return "" if text == word or not re.fullmatch(r"[\x20-\x7e]+", text) else text


def last_day(word: str) -> str:
    """2025-06-31 as 2025-06-30."""
    year, month, day = (int(one) for one in word.split("-"))
    most = monthrange(year, month)[1]
    return f"{year:04d}-{month:02d}-{most:02d}" if day > most else ""


def duration(word: str) -> str:
    """30天 and 30 days as P30D."""
    found = _LENGTH.match(_plain(word))
    if not found:
        return ""
    unit = _UNITS.get(found[2]) or found[2][0].upper()
    return f"PT{_integer(found[1])}H" if unit == "H" else f"P{_integer(found[1])}{unit}"


def workdays(word: str) -> str:
    """5个工作日 and a bare 5 as `5 workdays`."""
    text = _plain(word)
    found = _WORKDAYS.match(text) or _COUNT.match(text)
    return f"{_integer(found[1])} workdays" if found else ""


def time(word: str) -> str:
    """17：30, 17点30分 and 下午5点 as 17:30 and 17:00."""
    found = _TIME.match(_plain(word).replace("点半", "点30"))
    if not found:
        return ""
    late = found[1] in ("下午", "晚上", "晚") or (found[4] or "").lower() == "pm"
    hour = int(found[2]) + (NOON if late and int(found[2]) < NOON else 0)
    return f"{hour:02d}:{int(found[3] or 0):02d}"


def share(word: str) -> str:
    """75% and 四分之三 as 3/4; 过半数 as 1/2."""
    text = _plain(word)
    if percent := _PERCENT.match(text):
        return str(Fraction(percent[1]) / 100) if float(percent[1]) <= 100 else ""
    if part := _PART.match(text):
        return f"{_integer(part[2])}/{_integer(part[1])}"
    return "1/2" if text in ("半数", "过半数", "一半", "half", "majority") else number(text)


def number(word: str) -> str:
    """三人 as 3."""
    found = _COUNT.match(_plain(word))
    return str(_integer(found[1])) if found else ""


WORDS = {
    "manage": "管理 秘书 秘书处 事务",
    "lead": "牵头 组长 负责",
    "contribute": "参与 参加 组员",
    "watch": "监控 监督 查看全部",
    "resolve": "协调",
    "commission": "委托 委托方",
    "advise": "咨询 建议",
    "judge": "评审 评议 审查",
    "read": "查看 阅读",
    "comment": "评论 提意见",
    **{one.key: one.said for one in FORMS},
    "none": "不调整",
    "next-workday": "顺延",
    "previous-workday": "提前",
    "up": "向上",
    "down": "向下",
    "unit": "单位",
    "person": "个人",
    "any": "均可",
    "text": "单行",
    "lines": "多行",
    "choice": "选择",
    "recuse": "回避",
    "month": "月",
    "approve": "通过 同意 批准 接收 赞成",
    "revise": "修改 退回 退回修改 补正",
    "stop": "终止 停止 不通过 不同意 否决 未通过",
}

MEANT: Mapping[str, Callable[[str], str]] = {
    "charter.no-such-date": last_day,
    "charter.bad-date": date,
    "charter.bad-duration": duration,
    "charter.bad-time": time,
    "charter.bad-workdays": workdays,
    "charter.bad-value": share,
    "charter.wrong-type": number,
}


def meant(code: str, word: object) -> str:
    """What to write instead of a word that does not fit; '' where nobody can tell."""
    try:
        better = MEANT[code](str(word)) if code in MEANT else ""
    except (ValueError, KeyError, ArithmeticError):
        return ""
    return "" if better == str(word) else better


def as_id(word: str) -> str:
    """Lead Unit as lead_unit; '' for a word that has no Latin letters."""
    text = re.sub(r"[^a-z0-9_.]+", "_", _plain(word).lower()).strip("_.")
    text = f"n{text}" if text[:1].isdigit() else text
    return text if re.match(ID_PATTERN, text) and word.isascii() else ""


def as_slug(word: str) -> str:
    """My.Base 2023 as my-base-2023, and 2023 as p-2023: what stands in addresses."""
    text = re.sub(r"[^a-z0-9]+", "-", _plain(word).lower()).strip("-")
    return text if text[:1].isalpha() else f"p-{text}" if text else ""


def in_language(word: str, known: Iterable[str]) -> str:
    """The word of the language meant by a Chinese one: 秘书处 for `manage`."""
    found = [
        (len(chinese), english)
        for english in known
        for chinese in WORDS.get(english, "").split()
        if chinese in word
    ]
    return max(found, default=(0, ""))[1]
