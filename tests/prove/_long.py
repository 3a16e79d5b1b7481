"""`python -m tests.prove._long COUNT`: so many long versions of one report of each programme, in
the data folder of the environment; prints the address of each. Only a demonstration that is thrown
away is told so.
"""

import sys
from importlib import import_module
from typing import Any

SENTENCE = "各组按章程分工推进，证据随文附后，口径以冻结版本为准（演示）。"
PARAGRAPH = SENTENCE * 8
PARAGRAPHS = 400
"""About a hundred thousand signs, eighty pages printed."""


def main(count: int) -> None:
    """Written as rows: the acts would freeze what somebody typed, one after another."""
    import_module("django").setup()
    versions = import_module("keti.reports.models").Version.objects
    typed = versions.filter(file=None, chapters=[]).exclude(sections=[]).order_by("recorded_at")
    for like in {one.programme_id: one for one in typed}.values():
        _lengthened(versions, like, count)


def _lengthened(versions: Any, like: Any, count: int) -> None:
    last = versions.filter(report=like.report).latest("number").number
    for number in range(last + 1, last + 1 + count):
        text = "\n\n".join(f"第{one}段，第{number}稿。{PARAGRAPH}" for one in range(PARAGRAPHS))
        made = versions.create(
            programme=like.programme, report=like.report, number=number, sha256=f"{number:064x}",
            sections=[like.sections[0] | {"text": text}], seat_label=like.seat_label,
            by_label=like.by_label, at=like.at, recorded_at=like.recorded_at,
        )  # fmt: skip
        print(made.path)


if __name__ == "__main__":
    main(int(sys.argv[1]))
