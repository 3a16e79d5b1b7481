"""Templates at sampled starts and lengths, founded through the pages of the wizard; some of them
lived by the player to their end.

What is founded owes nothing that is late, and leaves no word of its template that was not shown.
`python -m tests.prove.founded`: 200 founded, 20 played.
"""

import html
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from keti.charter.queries import in_force
from keti.charter.rules.reading import read
from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.kernel import clock
from keti.kernel.models import SimulatedInstant
from keti.planning.doors import template_of
from keti.planning.models import CharterDraft
from keti.programmes.models import Programme
from tests.cast import Cast
from tests.prove import starts

FOUNDED, PLAYED, MANY = 200, 20, 3600
CHINESE = re.compile(r"[一-鿿]")
DATED = re.compile(r"[\d\s年月日]|January|February|March|April|May|June|July|August|September"
                   r"|October|November|December")  # fmt: skip
Case = tuple[str, date, int, int]
"""Template, start, length in days, days from the founding to the start."""


def sampled(count: int, seed: str = "founded") -> list[Case]:
    """So many cases, every template as often as any other; founded long before, or in the term."""
    chance, names = random.Random(seed), list(starts.offered())
    return [
        (
            names[number % len(names)],
            starts.BEGIN + timedelta(days=chance.randrange(starts.STARTS)),
            chance.choice(starts.lengths(names[number % len(names)])),
            chance.randrange(-20, 90),
        )
        for number in range(count)
    ]


def founded(client: Client, case: Case) -> tuple[Programme, list[str]]:
    """One programme by the wizard's own pages, every text of its template kept; the faults."""
    name, start, days, before = case
    SimulatedInstant.objects.all().delete()
    clock.stand_at(datetime.combine(start - timedelta(days=before), time(1), UTC))
    made = client.post("/start/new/", {"from": f"template:{name}"})
    url = str(made.url).removesuffix("step/what/")
    wish = {"base": "0", "do": "move", "start": start.isoformat()}
    wish |= {"end": (start + timedelta(days=days)).isoformat(), "months": ""}
    assert client.post(f"{url}step/when/", wish).status_code == 302, case
    base = str(CharterDraft.objects.get().revision)
    client.post(f"{url}step/notice/", {"base": base, "do": "none"})
    forms = {one[0]: one[2] for one in client.get(f"{url}step/origin/").context["pages"]}
    shown = {key: value for form in forms.values() for key, value in _values(form).items()}
    kept = client.post(f"{url}step/origin/", shown | {"page": "all"})
    assert kept.status_code == 302, [form.errors for form in forms.values()]
    answer = client.post(f"{url}step/check/", {"key": "k"})
    assert answer.status_code == 302, [*answer.context["form"].non_field_errors(), case]
    programme = Programme.objects.latest("pk")
    words = "\n".join(shown.values())
    return programme, [*_late(programme), *_unshown(programme, f"{name}.yaml", words)]


def _values(form: Any) -> dict[str, str]:
    return {one.html_name: html.unescape(str(one.value() or "")) for one in form}


def _late(programme: Programme) -> Iterator[str]:
    """What is late on the day of the founding."""
    owed = Obligation.objects.filter(programme=programme, state=DutyState.OPEN)
    for one in owed.filter(due_at__lte=clock.instant()):
        yield f"{one.key} was due {one.due_at} when it was born"


def _unshown(programme: Programme, name: str, shown: str) -> Iterator[str]:
    """Words of the template in what was founded that stood on no page; comments among them."""
    version = in_force(programme)
    theirs = {_core(one) for one in _leaves(template_of(name)[0])}
    for one in _leaves(read(version.text).data):
        if _core(one) in theirs and one not in shown:
            yield f"never shown: {one[:60]!r}"
    for line in version.text.splitlines():
        if line.lstrip().startswith("# ") or "   # " in line:
            yield f"a remark of the template: {line.strip()[:60]!r}"
    if version.clauses:
        yield "its clauses"


def _leaves(data: Any) -> Iterator[str]:
    if isinstance(data, dict | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from _leaves(one)
    elif isinstance(data, str) and CHINESE.search(data):
        yield data


def _core(words: str) -> str:
    """The words without their dates, which move."""
    return DATED.sub("", words)


def all_founded(cast: Cast, cases: list[Case], played: int) -> tuple[Counter[str], list[str]]:
    """Each founded and taken back; the first so many also lived. What does not hold."""
    faults, told = [], Counter[str]()
    client = cast.qin.client
    for number, case in enumerate(cases):
        with transaction.atomic():
            programme, found = founded(client, case)
            text = in_force(programme).text
            transaction.set_rollback(True)
        told[f"{case[0]} founded"] += 1
        if number < played:
            found += lived(text)
            told[f"{case[0]} played"] += 1
        faults += [f"{case}: {one}" for one in found]
        if number % 10 == 9:
            print(f"{number + 1} of {len(cases)}, {len(faults)} faults", flush=True)
    return told, faults


def lived(text: str) -> list[str]:
    """The charter lived by the player, in a process and a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "own.yaml")
        file.write_text(text)
        words = ["-m", "keti", "play", str(file), "--seed", "1", "--out", str(Path(folder, "out"))]
        done = subprocess.run(
            [sys.executable, *words], capture_output=True, text=True, timeout=MANY, check=False
        )
    return [] if done.returncode == 0 else [f"played: {done.stderr[-400:]}"]


@pytest.mark.prove
def test_two_hundred_are_founded_and_twenty_played(cast: Cast) -> None:
    told, faults = all_founded(cast, sampled(FOUNDED), PLAYED)
    print(dict(told))
    assert faults == [], "\n".join(faults[:40])


def main(arguments: list[str]) -> int:
    """All of them; 0 when nothing is late, unshown or unfinished."""
    return int(pytest.main([__file__, "-q", "-s", *arguments]))
