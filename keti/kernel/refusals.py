"""Refusals and verdicts: a code, its facts, and a sentence in each language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from string import Formatter

from keti.kernel.acts import Text

WORD = "[\u4e00-\u9fff]"
DATE = re.compile(r"\d{4}-\d\d-\d\d(?: 周.)?(?: \d\d:\d\d(?: \S{1,10})?)?")


def sentence(code: str, facts: Mapping[str, object], lang: str) -> str:
    """The sentence of `code` in `lang` ("zh-hans" or "en"), filled with `facts`.

    The first word of a code names its room; the room's `messages.MESSAGES` holds (zh, en).
    Facts that are bilingual (have `in_`) are put in the language asked for.
    """
    zh, en = _table(code.partition(".")[0])[code]
    template = en if lang.startswith("en") else zh
    shown = {
        name: value.in_(lang) if hasattr(value, "in_") else value for name, value in facts.items()
    }
    filled = _apart(template, shown)
    return COUNTED.format(filled, **shown) if "|" in filled else filled.format(**shown)


class Counted(Formatter):
    """`{count:duty|duties}` in a template: the word that goes with one, or with any other "
    "number."""

    def format_field(self, value: object, spec: str) -> str:
        """The word for this number where the place offers two; else like any place."""
        one, mark, many = spec.partition("|")
        if not mark:
            return str(super().format_field(value, spec))
        return one if str(value) == "1" else many


COUNTED = Counted()


@cache
def _table(room: str) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = import_module(f"keti.{room}.messages").MESSAGES
    return found


def both(code: str, **facts: object) -> Text:
    """The sentence of a message code in both languages."""
    return Text(sentence(code, facts, "zh-hans"), sentence(code, facts, "en"))


def _apart(template: str, shown: Mapping[str, object]) -> str:
    """The template with a blank wherever a date would stand against a Chinese word.

    A fact cannot know its neighbours, and the same place takes dates and names.
    """
    for name, value in shown.items():
        if DATE.fullmatch(str(value)):
            template = re.sub(rf"(?<={WORD}){{{name}}}", f" {{{name}}}", template)
            template = re.sub(rf"{{{name}}}(?={WORD})", f"{{{name}}} ", template)
    return template


class Refused(Exception):
    """An act was refused. Nothing was stored. Says why, and whom to ask.

    `barred` tells a refusal by right (a verdict) from one of what was sent.
    """

    def __init__(self, code: str, *, ask: str = "", **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.ask = ask
        self.facts = facts
        self.field = ""
        self.barred = False

    def at(self, field: str) -> "Refused":
        """The same refusal, blamed on one field of the form it came by."""
        self.field = field
        return self

    def sentence(self, lang: str = "zh-hans") -> str:
        """The reason in words."""
        return sentence(self.code, self.facts, lang)

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence()}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """May this act be done? Yes, or no with the reason and whom to ask."""

    allowed: bool
    code: str = ""
    ask: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.allowed

    def or_refuse(self) -> None:
        """Raise `Refused` unless allowed."""
        if not self.allowed:
            refused = Refused(self.code, ask=self.ask, **self.facts)
            refused.barred = True
            raise refused

    def sentence(self, lang: str = "zh-hans") -> str:
        """The reason in words; empty when allowed."""
        return "" if self.allowed else sentence(self.code, self.facts, lang)


YES = Verdict(True)


def no(code: str, *, ask: str = "", **facts: object) -> Verdict:
    """A verdict that refuses, with its code and facts."""
    return Verdict(False, code, ask, facts)
