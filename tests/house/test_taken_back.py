"""Every act says which act undoes or corrects it, or why none does; the act it names exists."""

import re
from pathlib import Path

from tests.acts.listed import ENTRY, listed

PAGE = Path(__file__).resolve().parents[2] / "docs" / "acts.md"
BACK = "- Taken back by: "
REASON = re.compile(r"nothing, because [a-z].{10,}\.$")
WAY = re.compile(r"`[\w.]+`(?: \([^()`]+\))?(?:, `[\w.]+`(?: \([^()`]+\))?)*\.$")


def ways_back() -> dict[str, str]:
    """What the page says of each act, by `room.verb`; "" where it says nothing."""
    found: dict[str, str] = {}
    act = ""
    for line in PAGE.read_text().splitlines():
        entry = ENTRY.match(line)
        if entry:
            act = f"{entry.group(2)}.{entry.group(3)}"
            found.setdefault(act, "")
        elif line.startswith(BACK):
            found[act] = line.removeprefix(BACK)
    return found


def named(act: str, way: str) -> list[str]:
    """The acts that a way back names, by `room.verb`; one without a room is of the same."""
    words = re.findall(r"`([\w.]+)`", way)
    return [one if "." in one else f"{act.partition('.')[0]}.{one}" for one in words]


def test_every_act_says_how_it_is_taken_back():
    ways, acts = ways_back(), set(listed())
    assert set(ways) == acts
    unread = {act: way for act, way in ways.items() if not (REASON.match(way) or WAY.match(way))}
    assert unread == {}
    unknown = {act: set(named(act, way)) - acts for act, way in ways.items()}
    assert {act: names for act, names in unknown.items() if names} == {}
    assert {act: way for act, way in ways.items() if "not built" in way} == {}
