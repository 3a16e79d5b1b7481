"""Every template the wizard offers, at 730 starts in a row and ten lengths, by the wizard's own
rule: it compiles and lints without error; what had to give is named in words, in both languages.

`python -m tests.prove.starts [TEMPLATE ...]`: the whole grid, or of these templates.
"""

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from keti.charter.rules.findings import Finding
from keti.charter.rules.lint import in_time, lint
from keti.charter.rules.loading import studied
from keti.charter.rules.reading import Document, read
from keti.charter.rules.workdays import Workdays
from keti.planning.rules import shelf
from keti.planning.rules.rescaling import Rescaled, rescaled, spoken, term_of
from keti.planning.rules.room import Term

CHARTERS = Path(__file__).resolve().parents[2] / "charters"
BEGIN, STARTS = date(2026, 1, 1), 730
"""Two years: Februaries, the holidays of a year whose table is known and of one whose is not."""
SHORTEST, LENGTHS = 30, 10
WORKS = Workdays("cn").is_workday
KINDS = ("fits", "gave", "longer", "fails")
CODE = {"zh": re.compile(r"[A-Za-z_]{2,}"), "en": re.compile(r"[一-鿿]|\w+_\w+|[a-z]\.[a-z]")}


@cache
def offered() -> dict[str, tuple[str, str]]:
    """Name of each template without an error -> its text and clauses: what the wizard offers."""
    found = {}
    for file in sorted(CHARTERS.glob("*.yaml")):
        table = file.with_suffix(".clauses.tsv")
        one = file.read_text(), table.read_text() if table.is_file() else ""
        if not _errors(one[0], file.stem, one[1]):
            found[file.stem] = one
    return found


def _errors(text: str, name: str, clauses: str) -> list[Finding]:
    found = lint(text, f"{name}.yaml", clauses=clauses)
    return [one for one in found if one.severity == "error" and one.waived is None]


@cache
def own(name: str) -> int:
    """How many days a template's own term is."""
    term = term_of(read(offered()[name][0]).data)
    assert term is not None, name
    return term.days


def lengths(name: str) -> list[int]:
    """Ten lengths in days, from the month that the wizard asks for at least to twice its own."""
    most = 2 * own(name)
    found = [
        round(SHORTEST * (most / SHORTEST) ** (place / (LENGTHS - 1))) for place in range(LENGTHS)
    ]
    nearest = min(range(1, LENGTHS - 1), key=lambda place: abs(found[place] - own(name)))
    return [*found[:nearest], own(name), *found[nearest + 1 :]]


def at(name: str, start: date, days: int) -> Rescaled:
    """A template moved as the wizard moves it."""

    def judge(document: Document) -> list[Finding]:
        return in_time(document, f"{name}.yaml")

    return rescaled(offered()[name][0], Term(start, start + timedelta(days=days)), judge, WORKS)


def tried(name: str, start: date, days: int) -> tuple[str, list[str]]:
    """One case: its kind, and what does not hold."""
    made = at(name, start, days)
    faults, wish = [*_unsound(name, made)], Term(start, start + timedelta(days))
    study = studied(made.text, f"{name}.yaml")[0]
    data = study.document.data if study else {}
    term = term_of(data)
    faults += _unnamed(name, made, wish, data)
    faults += _wordless(made, data)
    if faults:
        return "fails", [f"{name} {start} {days}: {one}" for one in faults]
    longer = term is not None and term.days != days
    return ("longer" if longer else "gave" if made.gave else "fits"), []


def _unsound(name: str, made: Rescaled) -> Iterator[str]:
    yield from (f"left: {one.sentence('en')}" for one in made.left)
    yield from (one.as_text("en") for one in _errors(made.text, name, offered()[name][1]))


def _unnamed(name: str, made: Rescaled, wish: Term, data: Any) -> Iterator[str]:
    """Ends of the term that are not what was asked for and not named; days out of order."""
    term, named = term_of(data), {one.path for one in made.gave}
    if term is None:
        yield "no term"
        return
    for side, asked, got in (("from", wish.first, term.first), ("to", wish.last, term.last)):
        if asked != got and (*term.path, side) not in named:
            yield f"the term's {side} is {got}, not {asked}, and nobody says so"
    pairs = sorted(zip(_days(offered()[name][0]), _days(made.text), strict=True))
    for (one, now), (two, then) in pairwise(pairs):
        if one < two and now > then:
            yield f"{one} came before {two}, now {now} after {then}"


def _wordless(made: Rescaled, data: Any) -> Iterator[str]:
    """What gave and is not told in words of the reader's language alone."""
    names = dict(shelf.named(data))
    for gave in made.gave:
        for lang, code in CODE.items():
            said = spoken(gave, names, lang)
            if code.search(said) or "→ " not in said or said.endswith("→ "):
                yield f"not in words: {said}"


def _days(text: str) -> list[date]:
    """Every plain day of the file in the order it stands there."""
    found = re.findall(r"(?:from|to|date|due|by): (\d{4}-\d\d-\d\d)", text)
    return [date.fromisoformat(one) for one in found]


def grid(name: str, every: int = 1) -> tuple[dict[int, Counter[str]], list[str]]:
    """Length -> how many cases of each kind, and what does not hold. `every` above 1 takes that
    part of the grid: each start with one length in so many, each length with as many starts."""
    told: dict[int, Counter[str]] = {}
    wrong = []
    for place, days in enumerate(lengths(name)):
        told[days] = Counter()
        for start in range(STARTS):
            if (start + place) % every == 0:
                kind, faults = tried(name, BEGIN + timedelta(days=start), days)
                told[days][kind] += 1
                wrong += faults
        print(f"{name} {days} days: {_figures(told[days])}", flush=True)
    return told, wrong


def main(arguments: list[str]) -> int:
    """The grid, template by template, length by length; 0 when every case holds.

    `--tenth`: each start with one of the lengths, each length with 73 starts.
    """
    failed, every = 0, 10 if "--tenth" in arguments else 1
    names = [one for one in arguments if not one.startswith("--")] or list(offered())
    for name in names:
        began = time.process_time()
        told, wrong = grid(name, every)
        whole = sum(told.values(), Counter[str]())
        failed += len(wrong)
        print("\n".join(f"  {one}" for one in wrong[:10]) or "  nothing fails")
        print(f"{name}: {_figures(whole)}, {time.process_time() - began:.0f} s of processor")
    return 1 if failed else 0


def _figures(told: Counter[str]) -> str:
    return ", ".join(f"{told[kind]} {kind}" for kind in KINDS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
