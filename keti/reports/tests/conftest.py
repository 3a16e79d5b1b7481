"""Helpers of the room's tests: a finished month, a scan."""

from datetime import date

import pytest

from keti.documents.actions import keep_upload
from keti.documents.models import StoredFile
from keti.reports.actions import Content, Handed, PlanItem, save_draft, start_report, submit_report
from keti.reports.models import Report, Version
from tests.cast import Cast

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
FIRST = "第一句。"
TEXTS = {"gains": "做成了一件事。", "snags": "无", "cures": "继续观察。"}


class Desk:
    """Does with reports what the tests need done."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def start(self, who: str = "lu", kind: str = "moon", period: str = "2030-04") -> Report:
        player = getattr(self.cast, who)
        group = player.seat.group.key
        return start_report(player.act(), obligation=self.cast.duty(kind, group, period))

    def written(self, who: str = "lu", **texts: str) -> Report:
        report = self.start(who)
        mate = {"lu": "mao", "he": "hua"}[who]
        item = PlanItem("写案例", getattr(self.cast, mate).seat.public_id, date(2030, 5, 20))
        return save_draft(
            getattr(self.cast, who).act(),
            report=report,
            content=Content(TEXTS | texts, [item]),
            base=report.revision,
        )

    def submitted(self, who: str = "lu", **texts: str) -> Version:
        report = self.written(who, **texts)
        return submit_report(getattr(self.cast, who).act(), report=report)

    def plain(self, who: str, kind: str, **texts: str) -> Version:
        """A report without a plan, written and handed in."""
        report = self.start(who, kind, "")
        player = getattr(self.cast, who)
        save_draft(player.act(), report=report, content=Content(texts, []), base=report.revision)
        return submit_report(player.act(), report=report)

    def handed(self, **texts: str) -> Handed:
        """What a file carries: the three sections and an item of plan for a member."""
        item = PlanItem("写案例", self.cast.mao.seat.public_id, date(2030, 5, 20))
        return Handed(Content(TEXTS | texts, [item]))

    def file(self, who: str = "qin", name: str = "月报.pdf") -> StoredFile:
        player = getattr(self.cast, who)
        return keep_upload(player.act(), programme=self.cast.programme, name=name, data=PDF)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    """The month's end: 28 April 2030, ten in the morning."""
    cast.at("2030-04-28T10:00")
    return Desk(cast)


@pytest.fixture
def part(cast: Cast) -> Report:
    """The red cell's chapter, with one sentence."""
    cast.at("2030-06-10T10:00")
    report = start_report(cast.lu.act(), obligation=cast.duty("part", "cell.red"))
    return typed(cast, report, FIRST)


def typed(cast: Cast, report: Report, words: str) -> Report:
    """The chapter's draft, saying these words."""
    content = Content({"matter": words})
    return save_draft(cast.lu.act(), report=report, content=content, base=report.revision)
