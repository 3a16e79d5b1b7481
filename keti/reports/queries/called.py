"""What a version is called by what it was handed on for: draft for comment, for review, for
approval, as published. The rooms above say for what they took it."""

from collections.abc import Callable, Mapping

from keti.kernel.acts import Text
from keti.kernel.once import once
from keti.kernel.refusals import both
from keti.reports.models import Report, Version
from keti.reports.rules import Use

Source = Callable[[Report], Mapping[str, Use]]
"""For what a room took the versions of a report, by their public id."""
SOURCES: dict[str, Source] = {}


def says_what_for(room: str, source: Source) -> None:
    """Let a room say for what it took versions; called once, when the house is put together."""
    SOURCES[room] = source


def names_of(report: Report) -> dict[str, Text]:
    """Public id of a version -> its name by the last thing it was taken for; read once for a
    page."""

    def found() -> dict[str, Text]:
        order = list(Use)
        uses: dict[str, Use] = {}
        for source in SOURCES.values():
            for version, use in source(report).items():
                uses[version] = max(use, uses.get(version, use), key=order.index)
        return {version: both(f"reports.use-{use}") for version, use in uses.items()}

    return once(("reports.names", report.pk), found)


def called(version: Version, lang: str) -> str:
    """征求意见稿, 送审稿, 报批稿, 发布稿; "" for a version that went nowhere yet."""
    return names_of(version.report).get(version.public_id, Text()).in_(lang)
