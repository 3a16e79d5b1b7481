"""Guards of gates: three-valued expressions that always end and can say why not yet.

    outline.approve and all(midterm.approve) and count(chapter.done) >= 6 and not appeal.open
Facts are named `what.state`; an instance of a fact is `what.state@group`. A fact nobody has
settled is None. Chinese words are the same words: 且 或 非 全部 任一 计数.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

Facts = Mapping[str, bool | None]
_TOKEN = re.compile(
    r"\s*(?:(>=|<=|==|>|<)|([()])|(\d+)|([A-Za-z_][A-Za-z0-9_.\-]*)|(且|或|非|全部|任一|计数))"
)
_CHINESE = {"且": "and", "或": "or", "非": "not", "全部": "all", "任一": "any", "计数": "count"}
_WORDS = {"and", "or", "not", "all", "any", "count", "date"}
MAX_CHARS, MAX_DEPTH = 2000, 20


class BadGuard(Exception):
    """A guard that cannot be read; says at which character."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a guard, and the facts that keep it from holding."""

    value: bool | None
    unknown: tuple[str, ...] = ()
    false: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    name: str


@dataclass(frozen=True, slots=True)
class Counted:
    """`all(x)`, `any(x)` or `count(x) >= n` over every instance of a fact."""

    how: str
    name: str
    sign: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Joined:
    how: str
    parts: tuple[Guard, ...]


Guard = Leaf | Counted | Joined


def parse(text: str) -> Guard:
    """Read a guard, or raise BadGuard."""
    if len(text) > MAX_CHARS:
        raise BadGuard(MAX_CHARS)
    reader = _Reader(text)
    guard = reader.joined("or", 0)
    if reader.next is not None:
        raise BadGuard(reader.start)
    return guard


def facts_of(guard: Guard) -> tuple[str, ...]:
    """The names of the facts a guard asks for, in order, each once."""
    if isinstance(guard, Joined):
        names = [name for part in guard.parts for name in facts_of(part)]
        return tuple(dict.fromkeys(names))
    return (guard.name,)


def evaluate(guard: Guard | str, facts: Facts, scope: str = "") -> Reading:
    """The value of a guard, seen from a group, with the leaves that are unknown or false."""
    guard = parse(guard) if isinstance(guard, str) else guard
    if isinstance(guard, Leaf):
        return _leaf(guard.name, facts, scope)
    if isinstance(guard, Counted):
        return _counted(guard, facts)
    parts = [evaluate(part, facts, scope) for part in guard.parts]
    if guard.how == "not":
        return _negated(guard, parts[0])
    return _combined(guard.how, parts)


def instances(name: str, facts: Facts) -> tuple[str, ...]:
    """The keys under which a fact stands: the bare name, or the name at each group."""
    found = tuple(key for key in facts if key.startswith(f"{name}@"))
    return found or ((name,) if name in facts else ())


def _leaf(name: str, facts: Facts, scope: str) -> Reading:
    key = f"{name}@{scope}"
    if key not in facts:
        there = instances(name, facts)
        key = name if name in facts else there[0] if len(there) == 1 else name
    return _read(facts.get(key), (key,))


def _read(value: bool | None, keys: tuple[str, ...]) -> Reading:
    if value is None:
        return Reading(None, keys, ())
    return Reading(value, (), () if value else keys)


def _counted(guard: Counted, facts: Facts) -> Reading:
    keys = instances(guard.name, facts)
    if not keys:
        return Reading(None, (guard.name,), ())
    unknown = tuple(key for key in keys if facts[key] is None)
    false = tuple(key for key in keys if facts[key] is False)
    sure = len(keys) - len(unknown) - len(false)
    value = _by_count(guard, sure, len(keys) - len(false), len(keys))
    return Reading(value) if value else Reading(value, unknown, false)


def _by_count(guard: Counted, least: int, most: int, every: int) -> bool | None:
    """Three-valued comparison of a count known to lie between `least` and `most`."""
    sign, number = guard.sign, guard.number
    if guard.how != "count":
        sign, number = ">=", every if guard.how == "all" else 1
    if sign in ("<", "<="):
        number = number if sign == "<=" else number - 1
        return True if most <= number else None if least <= number else False
    if sign == "==":
        return None if least != most and least <= number <= most else least == most == number
    number = number if sign == ">=" else number + 1
    return True if least >= number else None if most >= number else False


def _negated(guard: Joined, inner: Reading) -> Reading:
    if inner.value is None:
        return Reading(None, inner.unknown, ())
    names = facts_of(guard)
    return Reading(not inner.value, (), () if not inner.value else tuple(f"not {n}" for n in names))


def _combined(how: str, parts: list[Reading]) -> Reading:
    values = [part.value for part in parts]
    deciding = how == "or"
    if deciding in values:
        value: bool | None = deciding
    else:
        value = None if None in values else not deciding
    if value is True:
        return Reading(True)
    open_parts = [part for part in parts if part.value is not True]
    unknown = tuple(dict.fromkeys(name for part in open_parts for name in part.unknown))
    false = tuple(dict.fromkeys(name for part in open_parts for name in part.false))
    return Reading(value, unknown, false)


class _Reader:
    """A recursive reader: `or` binds loosest, then `and`, then `not`."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self.start = text, 0, 0
        self.next: str | None = None
        self._advance()

    def joined(self, how: str, depth: int) -> Guard:
        if depth > MAX_DEPTH:
            raise BadGuard(self.start)
        parts = [self._inner(how, depth)]
        while self.next == how:
            self._advance()
            parts.append(self._inner(how, depth))
        return parts[0] if len(parts) == 1 else Joined(how, tuple(parts))

    def _inner(self, how: str, depth: int) -> Guard:
        return self.joined("and", depth) if how == "or" else self._single(depth)

    def _single(self, depth: int) -> Guard:
        word = self._take()
        if word == "not":
            if depth > MAX_DEPTH:
                raise BadGuard(self.start)
            return Joined("not", (self._single(depth + 1),))
        if word == "(":
            inside = self.joined("or", depth + 1)
            self._expect(")")
            return inside
        if word in ("all", "any", "count"):
            return self._count(word)
        if word == "date":
            self._expect(">=")
            return Leaf(f"date>={self._name()}")
        if word in _WORDS or not re.match(r"[A-Za-z_]", word):
            raise BadGuard(self.start)
        return Leaf(word)

    def _count(self, how: str) -> Guard:
        self._expect("(")
        name = self._name()
        self._expect(")")
        if how != "count":
            return Counted(how, name)
        sign, number = self._take(), self._take()
        if sign not in (">=", "<=", "==", ">", "<") or not number.isdigit():
            raise BadGuard(self.start)
        return Counted(how, name, sign, int(number))

    def _name(self) -> str:
        word = self._take()
        if word in _WORDS or not re.match(r"[A-Za-z_0-9]", word):
            raise BadGuard(self.start)
        return word

    def _expect(self, word: str) -> None:
        if self._take() != word:
            raise BadGuard(self.start)

    def _take(self) -> str:
        if self.next is None:
            raise BadGuard(len(self._text))
        word = self.next
        self._advance()
        return word

    def _advance(self) -> None:
        rest = self._text[self._at :]
        if not rest.strip():
            self.next = None
            return
        found = _TOKEN.match(self._text, self._at)
        if not found:
            raise BadGuard(self._at + len(rest) - len(rest.lstrip()))
        word = found[found.lastindex or 0]
        self.start, self._at = found.start(found.lastindex or 0), found.end()
        self.next = _CHINESE.get(word, word)
