"""What a reader asks for point by point when a report goes back, and what the next version says to
each. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST = 50
NUMBERED = re.compile(r"(?:^|(?<=[\s。；;]))[（(]?(\d{1,2})[.、．)）](?!\d)[ \t　]*", re.MULTILINE)
Point = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to one point: it was done, or why not; both may be said."""

    done: bool = False
    note: str = ""

    @property
    def given(self) -> bool:
        return self.done or bool(self.note.strip())


def points_of(typed: str) -> list[str]:
    """The points of a box, one a line, letter for letter but for the blanks around it."""
    return [line.strip() for line in typed.splitlines() if line.strip()]


def numbered(text: str) -> list[str]:
    """The points that a text numbers itself, 1. 2. 3. at the head of a line or after a sentence;
    none where it does not count from one to two at least."""
    found: list[str] = []
    for line in text.splitlines():
        heads = list(NUMBERED.finditer(line))
        ends = [*(one.start() for one in heads[1:]), len(line)]
        for head, end in zip(heads, ends, strict=False):
            said = line[head.end() : end].strip()
            if int(head[1]) == len(found) + 1 and said:
                found.append(said)
    return found if len(found) > 1 else []


def point_rows(points: Sequence[str], of: int) -> list[dict[str, Any]] | None:
    """The points as they are kept, with the number of the version they are about; None for none."""
    return [{"text": one, "of": of} for one in points] or None


def unanswered(points: Sequence[Point], answers: Sequence[Answer]) -> list[int]:
    """The numbers of the points to which nothing is said, from one."""
    given = [*answers, *[Answer()] * len(points)]
    return [at + 1 for at in range(len(points)) if not given[at].given]


def answered_rows(
    points: Sequence[Point], answers: Sequence[Answer]
) -> list[dict[str, Any]] | None:
    """The points with what is said to each; None for none."""
    pairs = zip(points, answers, strict=False)
    rows = [{**one, "done": said.done, "note": said.note.strip()} for one, said in pairs]
    return rows or None


def told(reason: str, points: Sequence[str]) -> str:
    """The reason of a return with its points, each on a line, as a letter says it."""
    return "\n".join([reason, *(f"{at}. {one}" for at, one in enumerate(points, start=1))])
