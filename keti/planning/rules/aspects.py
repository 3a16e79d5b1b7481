"""One fact of a plan in words: never a key, never a code of the language. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Any

from keti.charter.rules.wording import length_said
from keti.kernel.acts import Text
from keti.kernel.templatetags.keti_dates import deadline_text, when_text
from keti.planning.rules.said import said

INSTANTS = frozenset(
    {"due", "opens_at", "by_at", "first_by", "start", "end", "starts_at", "ends_at"}
)
STARTS = frozenset({"opens_at", "start", "starts_at"})
LISTS = frozenset({"needs", "can", "excludes", "ex_officio"})
FREE = frozenset({"title_zh", "title_en", "number_prefix", "first_numbers", "zone", "holder"})
FLAGS = frozenset({"external", "sign_off"})
DAY, HOUR = 86_400, 3_600
YES_NO = {
    "true": Text("是", "yes"), "True": Text("是", "yes"),
    "false": Text("否", "no"), "False": Text("否", "no"),
}  # fmt: skip
RULE = {
    "quorum": Text("最低到会 {n}", "quorum {n}"),
    "approve": Text("{n} 同意为通过", "{n} in favour carry"),
    "unanimous": Text("一致同意", "unanimous"),
    "conflicts": Text("有利益冲突者回避", "whoever has a conflict stands aside"),
    "no_voice": Text("{n}不参加表决", "{n} do not vote"),
    "consensus_first": Text("先求一致，不成再表决", "consensus first, else a vote"),
    "of": Text("可以弃权", "one may abstain"),
}
GUARD = {
    "and": Text("且", "and"), "or": Text("或", "or"), "not": Text("非", "not"),
    "all": Text("全部", "all"), "any": Text("任一", "any"), "count": Text("计数", "count"),
    "date": Text("日期", "date"), "done": Text("办完", "done"), "begun": Text("着手", "begun"),
    "submitted": Text("提交", "handed in"), "returned": Text("退回", "returned"),
}  # fmt: skip
PEOPLE = Text("{n} 人", "{n}")
SHARE = re.compile(r"key: (?P<key>[^;,]+)(?:; min: (?P<min>\d+))?(?:; max: (?P<max>\d+))?")
OUTCOME = re.compile(r"([a-z0-9_.]+) \(\w*\)")
LENGTH = re.compile(r"(?:(?P<days>\d+) days?, )?(?P<hours>\d+):\d\d:\d\d")
KEY = re.compile(r"[A-Za-z_][\w.]*(?:@[\w.]+)?")
MARKS = {"zh": "、", "en": ", "}
SHOWN = 60


class Speaker:
    """Says facts in one language, in one zone, with the titles of what the charters declare."""

    def __init__(self, lang: str, zone: tzinfo, titles: Iterable[Mapping[str, Text]]) -> None:
        self.lang, self.zone, self.titles = lang, zone, tuple(titles)

    @property
    def mark(self) -> str:
        return MARKS["en" if self.lang.startswith("en") else "zh"]

    def titled(self, key: str) -> str:
        """What a key is called; a word of the language as it is said; else the key's own words."""
        for known in self.titles:
            if key in known and known[key].in_(self.lang):
                return known[key].in_(self.lang)
        kind, mark, group = key.partition("@")
        if mark:
            where = group.partition("/")[0]
            return f"{self.titled(kind)}（{self.titled(where)}）"
        return said(key, self.lang)

    def each(self, keys: Iterable[str]) -> str:
        return self.mark.join(dict.fromkeys(self.titled(key) for key in keys if key))

    def length(self, seconds: int) -> str:
        """So many days or hours."""
        days = seconds % DAY == 0
        n = seconds // (DAY if days else HOUR)
        unit = Text("{n} 天", "{n} days") if days else Text("{n} 小时", "{n} hours")
        words = unit.in_(self.lang).format(n=n)
        return words.removesuffix("s") if n == 1 else words

    def instant(self, name: str, value: str) -> str:
        say = when_text if name in STARTS else deadline_text
        return say(datetime.fromisoformat(value), self.zone, self.lang)

    def ahead(self, seconds: int) -> str:
        return Text("提前 {n}", "{n} before").in_(self.lang).format(n=self.length(seconds))

    def stepped(self, after: int, role: str) -> str:
        words = Text("逾期 {n} 报{who}", "{n} late: told to {who}").in_(self.lang)
        return words.format(n=self.length(after), who=self.titled(role))

    def rule(self, value: str) -> str:
        """`quorum: 2; approve: 2/3` as sentences."""
        found = []
        for part in value.split("; "):
            name, _colon, what = part.partition(": ")
            words = RULE.get(name)
            if words is not None and what not in ("", "False"):
                n = what if name != "no_voice" else self.each(what.split(", "))
                people = PEOPLE.in_(self.lang).format(n=n) if n.isdigit() else n
                found.append(words.in_(self.lang).format(n=people))
        return self.mark.join(found)

    def condition(self, value: str) -> str:
        """A guard with its facts by their titles."""

        def word(found: re.Match[str]) -> str:
            key = found[0]
            if key in GUARD:
                return GUARD[key].in_(self.lang)
            thing, _dot, state = key.rpartition(".")
            if thing:
                word = GUARD[state].in_(self.lang) if state in GUARD else self.titled(state)
                return self.titled(thing) + Text("已", " ").in_(self.lang) + word
            return self.titled(key)

        return KEY.sub(word, value)


def fact(name: str, value: str, speaker: Speaker) -> str:
    """A fact as its reader is told it."""
    if not value or value in ("[]", "null"):
        return ""
    if name in INSTANTS:
        return speaker.instant(name, value)
    if name == "title":
        zh, mark, en = value.partition(" / ")
        return Text(zh, en).in_(speaker.lang) if mark else value
    if name in FREE:
        return value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
    if name in FLAGS:
        return YES_NO[value].in_(speaker.lang) if value in YES_NO else value
    told = SAYERS.get(name)
    return told(value, speaker) if told else _keys(value, speaker)


def turnover(before: str, after: str, speaker: Speaker) -> str:
    """What left a list and what came in, by their titles."""
    one, other = json.loads(before or "[]"), json.loads(after or "[]")
    gone = [f"−{speaker.titled(str(each))}" for each in one if each not in other]
    return " ".join(
        [*gone, *(f"+{speaker.titled(str(each))}" for each in other if each not in one)]
    )


def _keys(value: str, speaker: Speaker) -> str:
    """One key, several with commas between, or a JSON list of them; numbers as they are."""
    if value.startswith("["):
        return speaker.each(str(one) for one in json.loads(value))
    return speaker.each(one.strip() for one in value.split(","))


def _remind(value: str, speaker: Speaker) -> str:
    return speaker.mark.join(speaker.ahead(int(one)) for one in json.loads(value))


def _escalate(value: str, speaker: Speaker) -> str:
    return speaker.mark.join(speaker.stepped(int(after), role) for after, role in json.loads(value))


def _outcomes(value: str, speaker: Speaker) -> str:
    return speaker.each(found[1] for found in OUTCOME.finditer(value))


def _composition(value: str, speaker: Speaker) -> str:
    parts = []
    for found in SHARE.finditer(value):
        least, most = found["min"] or "0", found["max"]
        parts.append(f"{speaker.titled(found['key'])} {least}{f'–{most}' if most else '+'}")
    return speaker.mark.join(parts)


def _length(value: str, speaker: Speaker) -> str:
    found = LENGTH.fullmatch(value)
    if found is None:
        return value
    whole = timedelta(days=int(found["days"] or 0), hours=int(found["hours"]))
    return speaker.length(int(whole.total_seconds()))


SAYERS: dict[str, Callable[[str, Any], str]] = {
    "remind": _remind,
    "escalate": _escalate,
    "rule": lambda value, speaker: speaker.rule(value),
    "when": lambda value, speaker: speaker.condition(value),
    "outcomes": _outcomes,
    "composition": _composition,
    "revise_within": _length,
    "within": _length,
    "terms": lambda value, speaker: speaker.mark.join(
        length_said(one, speaker.lang) for one in value.split(", ")
    ),
}
