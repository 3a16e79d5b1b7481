"""What the steps of a new programme ask for beside names and dates: all that is printed or binds.

Each step is a list of sections, each section a list of places of the charter with the words that
ask for them. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from keti.charter.rules.findings import Path
from keti.charter.rules.numbers import NUMBERED
from keti.charter.rules.writing import put, remove
from keti.documents.rules.numbering import misfits, paper_number
from keti.kernel.acts import Text
from keti.planning.rules import shelf

LINE, TEXT, COUNT, FLAG, DAY, NUMBER = "line", "text", "count", "flag", "day", "number"
ZH, EN = Text("中文", "Chinese"), Text("英文", "English")
NOTHING = Text()
TONGUES = (("zh", ZH), ("en", EN))


@dataclass(frozen=True, slots=True)
class Ask:
    """One place that is asked for: its path, its words, what kind of answer, whether it must be."""

    path: Path
    label: Text
    kind: str = LINE
    needed: bool = False

    @property
    def name(self) -> str:
        """The name of its input."""
        return "/".join(str(step) for step in self.path)


@dataclass(frozen=True, slots=True)
class Section:
    """Places that belong together; `more` is the part of the forms where such things are added.

    `rows` makes it a table: each row its title and its places.
    """

    title: Text
    asks: tuple[Ask, ...] = ()
    more: str = ""
    note: Text = NOTHING
    rows: tuple[tuple[Text, tuple[Ask, ...]], ...] = ()
    heads: tuple[Text, ...] = ()

    @property
    def every(self) -> tuple[Ask, ...]:
        return (*self.asks, *(ask for _title, asks in self.rows for ask in asks))


def sections(step: str, data: Any) -> list[Section]:
    """What this step asks of this charter; [] where there is nothing to ask."""
    return [one for one in STEPS[step](data) if one.every]


def must_be_in(lang: str, words: Mapping[str, object]) -> str:
    """In which of its two languages a name must be, on a page in `lang` ("zh-hans" or "en"): in the
    language of the page, or in the one it has where it is not in that of the page yet."""
    own, other = ("en", "zh") if lang.startswith("en") else ("zh", "en")
    return other if words.get(other) and not words.get(own) else own


def _both(path: Path, label: Text, kind: str = LINE, needed: bool = False) -> Iterator[Ask]:
    """A text in both languages; of a name that is `needed` one must be (`must_be_in`)."""
    for tongue, words in TONGUES:
        zh, en = f"{label.zh}（{words.zh}）", f"{label.en} ({words.en})"
        yield Ask((*path, tongue), Text(zh, en), kind, needed)


def _titles(data: Any, path: Path, of: Text) -> Iterator[Ask]:
    """The names of every thing declared at a place, numbered as they are printed."""
    for place, one in enumerate(shelf.entries(data, path), 1):
        yield from _both(one.path, Text(f"{of.zh} {place}", f"{of.en} {place}"), LINE, needed=True)


def _names(data: Any) -> Iterator[Section]:
    short = _both(("programme", "short"), Text("课题简称", "Short name"))
    about = _both(("programme", "about"), Text("一句话说明", "In one sentence"), TEXT)
    yield Section(Text("怎样称呼", "What it is called"), (*short, *about))
    events = tuple(_titles(data, ("events",), Text("活动", "Event")))
    note = Text(
        "进度图上的标记日；日期随日程。",
        "Marked days of the river; their dates follow the calendar.",
    )
    yield Section(Text("活动", "Events"), events, "events", note)
    phases = tuple(_titles(data, ("phases",), Text("阶段", "Phase")))
    yield Section(Text("阶段", "Phases"), phases, "phases")
    principles = tuple(_titles(data, ("programme", "principles"), Text("原则", "Principle")))
    yield Section(Text("原则", "Principles"), principles, "programme")


def _call(data: Any) -> Iterator[Section]:
    if shelf.at(data, ("call",)) is not None:
        asks = (
            *_both(("call", "title"), Text("通知标题", "Heading of the call"), LINE, needed=True),
            *_both(("call", "audience"), Text("主送", "Addressed to")),
            *_both(("call", "body"), Text("正文", "Text"), TEXT),
            *_both(("call", "signatory"), Text("落款", "Signatory")),
        )
        yield Section(Text("征集通知", "The call"), asks)
    if shelf.at(data, ("admission",)) is None:
        return
    yield Section(Text("报名期间", "When to apply"), tuple(_window(data)))
    tracks = tuple(_titles(data, ("admission", "tracks"), Text("类别", "Track")))
    yield Section(Text("谁可以申报", "Who may apply"), tracks, "admission/tracks")
    checks = tuple(_titles(data, ("admission", "evidence"), Text("要求", "Requirement")))
    yield Section(Text("申报要求", "What is required"), checks, "admission/evidence")
    form = ("admission", "form")
    asks = (
        *_both(form, Text("申报表名称", "Name of the form"), LINE, needed=True),
        *_titles(data, (*form, "fields"), Text("栏目", "Box")),
        *_titles(data, (*form, "declarations"), Text("承诺", "Declaration")),
    )
    yield Section(Text("申报表", "The form"), asks, "admission/form/fields")


def _window(data: Any) -> Iterator[Ask]:
    """The days of the window, where they are plain days of the calendar."""
    said = (("open", Text("开始", "From")), ("close", Text("截止", "To")))
    for key, label in said:
        words = str(shelf.at(data, ("admission", "window", key)) or "")
        path: Path = ("calendar", *words.rsplit(".", 1))
        if len(path) == 2:
            path = (*path, "date")
        if len(str(shelf.at(data, path) or "")) == len("2026-01-01"):
            yield Ask(path, label, DAY, needed=True)


def _ends(path: Path, heads: tuple[Text, Text]) -> tuple[Ask, ...]:
    """The least and the greatest number of something."""
    return Ask((*path, "min"), heads[0], COUNT), Ask((*path, "max"), heads[1], COUNT)


def _seats(data: Any) -> Iterator[Section]:
    heads = (Text("最少", "At least"), Text("最多", "At most"))
    rows = []
    groups = {one.key: one.title for one in shelf.entries(data, ("groups",))}
    for one in shelf.entries(data, ("roles",)):
        group = groups.get(str(shelf.at(data, (*one.path, "in"))), Text())
        title = Text(*(f"{group.in_(one_of)} · {one.title.in_(one_of)}" for one_of, _w in TONGUES))
        rows.append((title, _ends(one.path, heads)))
    note = Text(
        "每个职务最少、最多几席；“最多”不填为不限。满了最少的席数，才能确认任命、宣布成立。",
        "How many hold each role; without an upper number there is none. A group is founded once "
        "the least numbers are reached.",
    )
    yield Section(Text("席数", "Seats"), (), "roles", note, tuple(rows), heads)
    rows = []
    for key in shelf.as_entries(shelf.at(data, ("admission", "capacity"))):
        path: Path = ("admission", "capacity", key)
        rows.append((groups.get(key, Text(key, key)), _ends(path, heads)))
    note = Text("征集时每个组收几名。", "Places in each group, for those who apply.")
    yield Section(Text("名额", "Places"), (), "", note, tuple(rows), heads)


def _numbers(data: Any) -> Iterator[Section]:
    start = Text("从几号起", "First number")
    programme: Path = ("programme",)
    prefix = Ask((*programme, "number_prefix"), Text("文号代字", "Prefix of numbers"))
    bare = Ask((*programme, "first_number"), start, NUMBER)
    form = Ask((*programme, "number_format"), Text("文号格式", "Form of numbers"))
    note = Text(
        "评审决定和没有文种的文件只用代字；今年已经用过的号不再用："
        "用到 12 号的，填 13。不填从 1 号起。"
        "文号格式用 {字头}、{文种}、{年}、{号} 写；不填就照下面的样子。",
        "Decisions and papers without a series bear the prefix alone. What was used this year is "
        "not used again: after number 12 write 13. Left empty it is 1. A form is written with "
        "prefix, series, year and n, each in braces; left empty it is as shown.",
    )
    like = _like(data, programme, "")
    yield Section(
        Text(f"文号：{like.zh}", f"Paper numbers: {like.en}"), (prefix, bare, form), "", note
    )
    heads, rows, seen = (Text("文种", "Series"), start), [], set[str]()
    for part in ("obligations", "deliverables"):
        for one in shelf.entries(data, (part,)):
            words = str(shelf.at(data, (*one.path, "series")) or "")
            if words and shelf.at(data, (*one.path, "form")) in NUMBERED:
                asks = [Ask((*one.path, "series"), heads[0])]
                if words not in seen:
                    asks.append(Ask((*one.path, "first_number"), start, NUMBER))
                seen.add(words)
                like = _like(data, one.path, words)
                title = Text(f"{one.title.zh}：{like.zh}", f"{one.title.en}: {like.en}")
                rows.append((title, tuple(asks)))
    note = Text(
        "代字加文种成文号，样子写在各行；今年从所填的号起，以后每年从 1 号起。",
        "Prefix and series make a number, as each line shows; it begins this year as said here, "
        "every later year at 1.",
    )
    yield Section(Text("各类公文的文种", "Series of papers"), (), "", note, tuple(rows), heads)


def _like(data: Any, path: Path, series: str) -> Text:
    """What the next number of a series looks like; the year is that of the day it is given."""
    prefix = str(shelf.at(data, ("programme", "number_prefix")) or "")
    first = shelf.at(data, (*path, "first_number")) or 1
    form = next((one for one in _forms(data, path) if not any(misfits(one))), "")
    zh, en = (
        paper_number(form, year, first, prefix=prefix, series=series) for year in ("年份", "year")
    )
    return Text(zh, en)


def _forms(data: Any, path: Path) -> Iterator[str]:
    """How the numbers of a work are written: as it says, else as the programme says."""
    for where in (path, ("programme",)):
        if said := shelf.at(data, (*where, "number_format")):
            yield str(said)


def _honours(data: Any) -> Iterator[Section]:
    honours = tuple(_titles(data, ("honours",), Text("荣誉", "Honour")))
    yield Section(Text("荣誉", "Honours"), honours, "honours")
    promises = tuple(_titles(data, ("outreach",), Text("传播与报送", "Promise")))
    note = Text("对外承诺做到的事，逐项跟踪。", "What is promised outside; each is followed up.")
    yield Section(Text("传播与报送", "Outreach"), promises, "outreach", note)
    rolls: list[Ask] = []
    for part in ("obligations", "deliverables"):
        for one in shelf.entries(data, (part,)):
            if shelf.at(data, (*one.path, "form")) == "roll":
                rolls += _both(one.path, Text("名册名称", "Name of the roll"), LINE, needed=True)
    yield Section(Text("名册", "Roll"), tuple(rolls))


STEPS: Mapping[str, Callable[[Any], Iterable[Section]]] = {
    "seats": _seats,
    "titles": _names,
    "call": _call,
    "numbers": _numbers,
    "honours": _honours,
}


def value(data: Any, ask: Ask) -> Any:
    """What stands there now, as its input shows it."""
    held = shelf.at(data, ask.path)
    if held is None and ask.path[-1] in shelf.WORD_FIELDS:
        held = shelf.as_block("words", shelf.at(data, ask.path[:-1])).get(str(ask.path[-1]))
    if held is None and ask.path[-1] == "min":
        return 0
    return held


def answered(text: str, data: Any, answers: Mapping[Path, Any]) -> str:
    """The charter's text with the answers in it; what was not changed is not touched."""
    for path, new in answers.items():
        above = shelf.at(data, path[:-1])
        if isinstance(above, str):
            words = shelf.as_block("words", above) | {str(path[-1]): new}
            text = put(text, path[:-1], {key: said for key, said in words.items() if said})
        elif new in ("", None):
            if shelf.at(data, path) is not None:
                text = remove(text, path)
        else:
            text = put(text, path, new)
    return text
