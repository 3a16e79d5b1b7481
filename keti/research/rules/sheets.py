"""How a sheet of nodes is read: its heading wherever it stands, rows, what was not taken. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from keti.kernel.acts import Text
from keti.research.rules.kinds import CHOICE, DAY, LINK, Field, Kind

COMMON: dict[str, tuple[str, ...]] = {
    "title_zh": ("标题", "title", "名称", "题目"),
    "title_en": ("英文标题", "title in english", "english title"),
    "text_zh": ("内容", "text", "说明", "正文", "描述"),
    "text_en": ("英文内容", "text in english", "english text"),
    "level": ("治理层级", "level of governance", "层级", "level"),
    "jurisdiction": ("法域或地区", "jurisdiction or region", "法域", "地区", "jurisdiction"),
    "stakeholder": ("谁的声音", "whose voice", "主体类型", "stakeholder"),
}
"""Key -> its headings, in small letters; the first two are those of the template."""
LIMITS = {"title_zh": 200, "title_en": 300, "jurisdiction": 60}
LONG_TEXT = 12_000
LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was not taken: the row as the sheet counts it, what stands there, a code."""

    row: int
    value: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NodeLine:
    """One node of a sheet."""

    row: int
    said: Mapping[str, str]
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A sheet as read: its good rows, and everything that was not taken."""

    lines: tuple[NodeLine, ...]
    problems: tuple[Problem, ...]


Codes = Mapping[str, Mapping[str, str]]
"""Field -> what may stand in it (in small letters) -> its code."""


def read_nodes(
    table: Sequence[Sequence[str]], kind: Kind, codes: Codes, there: Iterable[str]
) -> Reading:
    """The nodes of a kind on a sheet. `codes`: the words of the common choices; `there`: the titles
    that are entered already, as `plain` writes them."""
    headings = _headings(kind)
    start, columns = _headed(table, headings)
    if "title_zh" not in columns and "title_en" not in columns:
        return Reading((), (Problem(1, "", "research.sheet-no-titles"),))
    known = {**codes, **{one.key: _words(one) for one in kind.fields if one.shape == CHOICE}}
    lines: list[NodeLine] = []
    problems = [
        Problem(start + 1, title.strip(), "research.sheet-column-unread")
        for place, title in enumerate(table[start])
        if title.strip() and place not in columns.values()
    ]
    taken = set(there)
    for number, row in enumerate(table[start + 1 :], start=start + 2):
        cells = {key: row[at].strip() if at < len(row) else "" for key, at in columns.items()}
        if not any(cells.values()):
            continue
        line, wrong = _line(number, cells, kind, known)
        title = plain(cells.get("title_zh") or cells.get("title_en", ""))
        if line is not None and title in taken:
            line, wrong = None, Problem(number, title, "research.row-there")
        if wrong is not None:
            problems.append(wrong)
        if line is not None:
            taken.add(title)
            lines.append(line)
    return Reading(tuple(lines), tuple(problems))


def plain(title: str) -> str:
    """A title as two of them are compared."""
    return " ".join(title.split()).casefold()


def _headings(kind: Kind) -> dict[str, tuple[str, ...]]:
    own = {one.key: (one.title.zh, one.title.en.casefold(), one.key) for one in kind.fields}
    return {**COMMON, **own}


def header(kind: Kind, lang: str) -> list[str]:
    """The headings of an empty sheet of this kind."""
    at = 1 if lang.startswith("en") else 0
    common = [names[at].capitalize() for names in COMMON.values()]
    return common + [one.title.in_(lang).capitalize() for one in kind.fields]


def _headed(
    table: Sequence[Sequence[str]], headings: Mapping[str, tuple[str, ...]]
) -> tuple[int, dict[str, int]]:
    """The row in which most headings are known, and where each stands: titles above it are
    passed over."""
    best: tuple[int, dict[str, int]] = (0, {})
    for number, row in enumerate(table[:LOOKED_AT]):
        found: dict[str, int] = {}
        for place, cell in enumerate(row):
            word = " ".join(cell.split()).casefold().rstrip("*＊:： ")
            key = next((one for one, names in headings.items() if word in names), "")
            if key and key not in found:
                found[key] = place
        if len(found) > len(best[1]):
            best = number, found
    return best


def _words(one: Field) -> dict[str, str]:
    choices: Mapping[str, Text] = one.choices or {}
    return {
        word.casefold(): code for code, both in choices.items() for word in (code, both.zh, both.en)
    }


def _line(
    row: int, cells: Mapping[str, str], kind: Kind, known: Codes
) -> tuple[NodeLine | None, Problem | None]:
    told = dict(cells)
    if not (told.get("title_zh") or told.get("title_en")):
        return None, Problem(row, next(filter(None, told.values()), ""), "research.row-no-title")
    for key, value in cells.items():
        if len(value) > (most := LIMITS.get(key, LONG_TEXT)):
            facts = {"most": most, "count": len(value)}
            return None, Problem(row, value[:40], "research.row-too-long", facts)
        if value and key in known:
            code = known[key].get(" ".join(value.split()).casefold())
            if code is None:
                return None, Problem(row, value, "research.row-no-choice")
            told[key] = code
    own = {one.key: told[one.key] for one in kind.fields if told.get(one.key)}
    for one in kind.fields:
        if one.key in own and not _fits(one, own[one.key]):
            return None, Problem(row, own[one.key], "research.row-no-fit", {"what": one.title})
    said = {key: told[key] for key in COMMON if told.get(key)}
    return NodeLine(row, said, own), None


def _fits(one: Field, value: str) -> bool:
    if one.shape == DAY:
        return len(value) == 10 and value[4] == value[7] == "-" and value.replace("-", "").isdigit()
    if one.shape == LINK:
        return value.startswith(("http://", "https://")) and not any(c.isspace() for c in value)
    return True
