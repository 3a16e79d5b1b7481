"""What is wrong with a charter: a place in the file, a code, facts; the sentence is looked up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from keti.charter.messages import MESSAGES, NUMBERS, SUGGESTIONS
from keti.charter.messages.carried import STAYS
from keti.charter.messages.forms import IN_FORMS, OPEN_IT
from keti.charter.rules.hints import meant
from keti.charter.rules.naming import Facts, Names
from keti.kernel.acts import Text

Path = tuple[str | int, ...]
Place = tuple[int, int]
RESOLVED = ("已决定", "resolved by")
WRITE = ("写作 {better}", "write {better}")
KNOWN = ("可用：{known_zh}", "known: {known}")
MOST = 300  # findings of one severity that are told: nobody reads more, and time stays bounded
DEADLOCKS = {
    "charter.guard-never-true", "charter.waits-in-circle", "charter.gate-unreachable", *STAYS,
}  # fmt: skip


def in_words(path: Path) -> str:
    """`gates.final.decides[1]` for ("gates", "final", "decides", 1)."""
    out = ""
    for step in path:
        out += f"[{step}]" if isinstance(step, int) else f".{step}" if out else step
    return out


def in_chinese(lang: str) -> bool:
    """Whether a language code asks for Chinese."""
    return lang.lower().startswith("zh")


def speaks_code(zh: str) -> bool:
    """Whether a Chinese sentence holds what stands in the file, beside what is filled in."""
    return bool(re.search("[a-z]", re.sub(r"\{[^{}]*\}|UTF-8|Word", "", zh)))


def nearest(word: str, known: object) -> str:
    """The known word most like a mistyped one, or ''."""
    words = [str(one) for one in known] if hasattr(known, "__iter__") else []
    close = get_close_matches(word, words, n=1, cutoff=0.5)
    return close[0] if close else ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding was looked at and decided about: by whom and why (`resolve:` of its block)."""

    by: str
    why: Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on one place of a charter file; line and column count from 1."""

    file: str
    line: int
    column: int
    severity: str
    code: str
    path: str
    facts: Mapping[str, object] = field(default_factory=dict)
    waived: Waiver | None = None
    names: Names = field(default_factory=dict, compare=False, repr=False)

    @property
    def number(self) -> str:
        """The short code readers see, such as CAL101."""
        return NUMBERS[self.code]

    def sentence(self, lang: str) -> str:
        """What is wrong, in one sentence."""
        return self._filled(MESSAGES.get(self.code, ("", "")), lang)

    def suggestion(self, lang: str) -> str:
        """What to write instead; '' when there is nothing sensible to propose."""
        if self.facts.get("better") and self.code != "charter.full-width":
            return self._filled(WRITE, lang)
        if self.facts.get("nearest") == "":
            return self._filled(KNOWN, lang) if self.facts.get("known") else ""
        return self._filled(SUGGESTIONS.get(self.code, ("", "")), lang)

    def mend(self, lang: str) -> str:
        """The same for who fills in forms: in words; where only code would do, to open the part."""
        if self.code in IN_FORMS:
            return self._filled(IN_FORMS[self.code], lang)
        said = self.suggestion(lang)
        coded = self.facts.get("better") or "known" in self.facts
        if said and (coded or speaks_code(SUGGESTIONS.get(self.code, ("", ""))[0])):
            return self._filled(OPEN_IT, lang)
        return said

    def as_text(self, lang: str) -> str:
        """`file:line:col severity CODE path: sentence -> suggestion`."""
        head = f"{self.file}:{self.line}:{self.column} {self.severity} {self.number} {self.path}"
        if self.waived:
            mend = f"{RESOLVED[not in_chinese(lang)]} {self.waived.by}: {self.waived.why.in_(lang)}"
            return f"{head}: {self.sentence(lang)} [{mend}]"
        mend = self.suggestion(lang)
        return f"{head}: {self.sentence(lang)}" + (f" -> {mend}" if mend else "")

    def as_data(self, lang: str) -> dict[str, object]:
        """The same for a program to read."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "severity": self.severity,
            "code": self.number,
            "path": self.path,
            "message": self.sentence(lang),
            "suggestion": "" if self.waived else self.suggestion(lang),
            "resolved": {"by": self.waived.by, "why": self.waived.why.in_(lang)}
            if self.waived
            else None,
        }

    def _filled(self, pair: tuple[str, str], lang: str) -> str:
        facts = {"known_zh": self.facts.get("known", ""), **self.facts}
        return pair[not in_chinese(lang)].format_map(Facts(facts, self.names, lang))


class Report:
    """Collects the findings of one file and knows where each path stands in it."""

    def __init__(
        self,
        file: str,
        keys: Mapping[Path, Place],
        values: Mapping[Path, Place],
        waiver: Callable[[Path, str], Waiver | None] = lambda path, number: None,
    ) -> None:
        self.file = file
        self.found: list[Finding] = []
        self.names: Names = {}
        self._told: dict[tuple[object, ...], list[Finding]] = {}
        self._count: Counter[str] = Counter()
        self._keys = keys
        self._values = values
        self._waiver = waiver

    @property
    def failed(self) -> bool:
        """Whether an error was found."""
        return any(finding.severity == "error" for finding in self.found)

    def error(self, code: str, path: Path, *, at_key: bool = False, **facts: object) -> None:
        """Something that keeps the charter from being used."""
        self._add("error", code, path, at_key, facts)

    def found_problem(self, code: str, path: Path, facts: Mapping[str, object]) -> None:
        """An error whose facts somebody else has gathered."""
        self._add("error", code, path, False, facts)

    def warning(self, code: str, path: Path, *, at_key: bool = False, **facts: object) -> None:
        """Something that will probably hurt."""
        self._add("warning", code, path, at_key, facts)

    def note(self, code: str, path: Path, *, at_key: bool = False, **facts: object) -> None:
        """Something worth knowing."""
        self._add("note", code, path, at_key, facts)

    def found_wanting(
        self, code: str, path: Path, facts: Mapping[str, object], *, at_key: bool = False
    ) -> None:
        """A warning whose facts somebody else has gathered."""
        self._add("warning", code, path, at_key, facts)

    def remark(self, code: str, path: Path, facts: Mapping[str, object]) -> None:
        """A note whose facts somebody else has gathered."""
        self._add("note", code, path, False, facts)

    def unknown(self, what: str, path: Path, word: str, known: object) -> None:
        """A reference to a thing the charter does not declare."""
        names = [str(one) for one in known] if hasattr(known, "__iter__") else []
        self.error(
            f"charter.unknown-{what}",
            path,
            word=word,
            nearest=nearest(word, names),
            known=", ".join(names[:12]),
        )

    def coded(self, code: str) -> set[str]:
        """Where a finding of this code stands."""
        return {one.path for one in self.found if one.code == code}

    def has(self, path: Path) -> bool:
        """Whether the file has exactly this path."""
        return path in self._values

    def paths(self) -> Iterable[Path]:
        """Every path of the file."""
        return self._values

    def place(self, path: Path, at_key: bool) -> Place:
        """Line and column of the value (or the key) at a path, or of the closest thing above it."""
        first, second = (self._keys, self._values) if at_key else (self._values, self._keys)
        for length in range(len(path), -1, -1):
            short = path[:length]
            here = first.get(short) or second.get(short)
            if here:
                return here
        return (1, 1)

    def _add(
        self, severity: str, code: str, path: Path, at_key: bool, facts: Mapping[str, object]
    ) -> None:
        line, column = self.place(path, at_key)
        words = in_words(path)
        waived = None if code in DEADLOCKS else self._waiver(path, NUMBERS[code])
        severity = "note" if waived else severity
        if self._count[severity] >= MOST:
            return
        better = meant(code, facts.get("word", ""))
        facts = {**({"better": better} if better else {}), **facts}
        finding = Finding(self.file, line, column, severity, code, words, facts, waived, self.names)
        here = self._told.setdefault((line, column, code, words), [])
        if finding not in here:
            here.append(finding)
            self.found.append(finding)
            self._count[severity] += 1
