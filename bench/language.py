"""How long the charter language takes: `python -m bench.language` rewrites its part of the figures.

The yardstick is libyaml building plain data from the notice's charter, in the same run.
"""

import re
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from keti.charter.rules import loading
from keti.charter.rules.findings import Report
from keti.charter.rules.lint import lint
from keti.charter.rules.reading import read
from keti.charter.rules.shaping import shaped

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "figures.md"
NOTICE = (ROOT / "charters" / "metaverse-governance-2022.yaml").read_text("utf-8")
WRITTEN = (ROOT / "charters" / "notice-as-written.yaml").read_text("utf-8")
SMALL = (ROOT / "tests" / "cast.yaml").read_text("utf-8")
HEAD = "## The charter language"
GROUPS, TIMES = 500, 7
LINE = "\n"


def cpu(work: Callable[[int], object], times: int = TIMES) -> float:
    """The least CPU time of several runs, in milliseconds; each run is told its number."""
    found = []
    for number in range(times):
        begun = time.process_time()
        work(number)
        found.append(time.process_time() - begun)
    return min(found) * 1000


def many_groups(text: str, count: int) -> str:
    """The same charter with this many groups of the repeated kind."""
    made = "".join(f"      g{n}: {{zh: 第{n}组, en: Group {n}}}\n" for n in range(count))
    return re.sub(r"(    instances:\n)(?:      .*\n)+", lambda found: found[1] + made, text)


def shape(text: str) -> object:
    """Read a charter and check its shape."""
    document = read(text)
    return shaped(document.data, Report("bench", document.keys, document.values))


def whole(text: str, times: int = TIMES) -> float:
    """From text to obligations; the text differs each time, so that nothing is remembered."""
    return cpu(lambda number: loading.load(text + "\n" * number, "bench"), times)


def section() -> list[str]:
    """The part of the page about the language."""
    big = many_groups(NOTICE, GROUPS)
    yardstick = cpu(lambda number: yaml.load(NOTICE, yaml.CSafeLoader))
    shaping = cpu(lambda number: shape(NOTICE))
    rows = {
        "the yardstick: libyaml reads the notice's charter": yardstick,
        "read it with the place of every key and value": cpu(lambda number: read(NOTICE)),
        "read it and check its shape": shaping,
        "expand it, once read and checked": whole(NOTICE) - shaping,
        "lint it, from text to findings": cpu(lambda number: lint(NOTICE + "\n" * number, "n")),
        "lint the notice as written, from text to findings": cpu(
            lambda number: lint(WRITTEN + "\n" * number, "w")
        ),
        f"compile it with {GROUPS} groups, from text to obligations": whole(big, 3),
        f"lint a charter of {SMALL.count(LINE)} lines, from text to findings": cpu(
            lambda number: lint(SMALL + "\n" * number, "s")
        ),
    }
    lines = [
        HEAD, "",
        "CPU time in one process, the least of several runs; the ratio is to libyaml building",
        "plain data from the notice's charter in the same run.", "",
        "| work | CPU | ratio |", "|---|---:|---:|",
    ]  # fmt: skip
    lines += [f"| {name} | {ms:.0f} ms | {ms / yardstick:.1f} × |" for name, ms in rows.items()]
    return [*lines, ""]


def placed(head: str, lines: list[str]) -> None:
    """Put a section into the page in place of the earlier one, and print it."""
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(head)
    after = rest[rest.index("\n## ") + 1 :] if "\n## " in rest else ""
    made = "\n".join(lines)
    PAGE.write_text(f"{before.rstrip()}\n\n{made}" + (f"\n{after}" if after else ""), "utf-8")
    print(made)


if __name__ == "__main__":
    placed(HEAD, section())
