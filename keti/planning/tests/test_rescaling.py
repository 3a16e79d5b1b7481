"""Another start and length: every shipped template at sampled terms fits, or names what gave."""

import random
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from keti.charter.rules.findings import Finding
from keti.charter.rules.lint import lint
from keti.charter.rules.reading import read
from keti.charter.rules.workdays import Workdays
from keti.planning.rules.rescaling import Rescaled, Term, days_in, rescaled, term_of

CHARTERS = Path(__file__).parents[3] / "charters"
SHIPPED = sorted(one.stem for one in CHARTERS.glob("*.yaml") if "as-written" not in one.stem)
LENGTHS = (45, 60, 91, 122, 152, 183, 244, 304, 365, 540)
"""Days; a month and a half to a year and a half."""
BEGIN = date(2026, 1, 1)
WORKS = Workdays("cn").is_workday


def at(name: str, start: date, days: int) -> tuple[str, Rescaled]:
    text = (CHARTERS / f"{name}.yaml").read_text()
    wish = Term(start, start + timedelta(days=days))

    def judge(one: str) -> list[Finding]:
        return [found for found in lint(one, name) if found.waived is None]

    return text, rescaled(text, wish, judge, WORKS)


def holds(name: str, start: date, days: int) -> Rescaled:
    """It compiles and lints without error or says what is left; the term is what was asked for or
    its end is named; order is kept."""
    text, made = at(name, start, days)
    term = term_of(read(made.text).data)
    assert term is not None
    end = start + timedelta(days=days)
    named = {one.path for one in made.gave}
    assert term.first == start or (*term.path, "from") in named, (name, start, days)
    assert term.last == end or (*term.path, "to") in named, (name, start, days)
    before, after = _days(text), _days(made.text)
    assert len(before) == len(after)
    for (one, now), (two, then) in zip(
        sorted(zip(before, after, strict=True)),
        sorted(zip(before, after, strict=True))[1:],
        strict=False,
    ):
        assert one > two or now <= then or one == two, (name, start, days, one, two)
    return made


def _days(text: str) -> list[date]:
    """Every plain day of the file in the order it stands there."""
    found = re.findall(r"(?:from|to|date|due|by): (\d{4}-\d\d-\d\d)", text)
    return [date.fromisoformat(one) for one in found]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_sampled_term_fits_or_is_told(name: str) -> None:
    chance = random.Random(name)
    for days in chance.sample(LENGTHS, 3):
        made = holds(name, BEGIN + timedelta(days=chance.randrange(730)), days)
        told = [one.sentence("zh") for one in made.left]
        assert not told or days < own_length(name) / 3, told


def own_length(name: str) -> int:
    """How many days the template's own term is; a third of that is no programme of its kind."""
    term = term_of(read((CHARTERS / f"{name}.yaml").read_text()).data)
    return term.days if term else 0


def test_sentences_follow_their_dates() -> None:
    _text, made = at("metaverse-governance-2022", date(2026, 11, 30), 122)
    data = read(made.text).data
    body = data["call"]["body"]["zh"]
    window = data["calendar"]["registration"]
    for end in ("from", "to"):
        day = date.fromisoformat(window[end])
        assert f"{day.month} 月 {day.day} 日" in body
    assert "2026 年 11 月 30 日至 2027 年 4 月 1 日" in body, body
    assert len(days_in(made.text)) > 20


@pytest.mark.prove
@pytest.mark.parametrize("name", SHIPPED)
def test_every_start_of_two_years_at_ten_lengths(name: str) -> None:
    """730 starts at ten lengths: how many fit, how many had to give, how many do not fit."""
    told: Counter[tuple[int, str]] = Counter()
    for days in LENGTHS:
        for start in range(730):
            made = holds(name, BEGIN + timedelta(days=start), days)
            told[days, "left" if made.left else "gave" if made.gave else "fits"] += 1
    for days in LENGTHS:
        print(name, days, {kind: told[days, kind] for kind in ("fits", "gave", "left")})
