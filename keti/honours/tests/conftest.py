"""The cast's red cell with its task books issued, ready to be assessed."""

from dataclasses import dataclass
from datetime import date

import pytest

from keti.documents.actions import keep_produced
from keti.groups.permissions import Sight, sight_of
from keti.honours import actions
from keti.honours.actions import Input
from keti.honours.models import Contribution, Nomination
from keti.honours.rules import Checklist
from keti.reports.actions import Content, PlanItem, save_draft, start_report, submit_report
from keti.work.actions import issue_task_books
from keti.work.models import TaskBook
from tests.cast import Cast

NOW = "2030-06-20T10:00"
BASIS = Checklist(
    basis="关于同意表彰的批复（演示）", basis_day="2030-05-01", authority="主管部门（演示）"
)


@dataclass
class Hall:
    """The cast in June: what the tests of honours do with it."""

    cast: Cast
    books: dict[int, TaskBook]
    basis: Checklist = BASIS

    def assess(self, who: str = "mao", state: str = "met", by: str = "lu") -> None:
        book = self.books[self.cast.players[who].seat.pk]
        targets = list(book.content["targets"]) or [book.title]
        marks = [(state, "见附件（演示）")] * len(targets)
        actions.assess_book(self.cast.players[by].act(), book=book, marks=marks)

    def declare(self, who: str = "mao", amount: int = 20) -> Contribution:
        player = self.cast.players[who]
        proof = keep_produced(
            player.act(), programme=self.cast.programme, name="考勤.pdf",
            mime="application/pdf", data=b"%PDF-1.4 sheet",
        )  # fmt: skip
        said = Input("people", "派员调研", amount, "人日", date(2030, 4, 1), date(2030, 5, 31))
        return actions.declare_input(
            player.act(), programme=self.cast.programme, said=said, evidence=proof
        )

    def verified(self, who: str = "mao") -> None:
        actions.verify_input(self.cast.ji.act(), contribution=self.declare(who))

    def draw(self) -> None:
        actions.draw_record(self.cast.qin.act(), programme=self.cast.programme)

    def nominated(self, who: str = "mao", by: str = "lu") -> Nomination:
        return actions.nominate(
            self.cast.players[by].act(), honour="wreath", seat=self.cast.players[who].seat,
            reason="全程参加，按时完成。",
        )  # fmt: skip

    def checked(self, who: str = "mao") -> Nomination:
        self.assess(who)
        self.verified(who)
        one = self.nominated(who)
        self.draw()
        return actions.check(self.cast.qin.act(), nomination=one, told=BASIS)

    def noticed(self, who: str = "mao") -> Nomination:
        one = self.checked(who)
        for name in ("gao", "ji"):
            actions.vote(self.cast.players[name].act(), nomination=one, yes=True)
        return actions.give_notice(self.cast.qin.act(), nomination=one)

    def sight(self, who: str) -> Sight:
        return sight_of(self.cast.players[who].seat)

    def awarded(self, who: str = "mao") -> Nomination:
        one = self.noticed(who)
        self.cast.at("2030-06-24T00:00")
        return actions.award(self.cast.qin.act(), nomination=one)


@pytest.fixture
def hall(cast: Cast) -> Hall:
    return halled(cast)


def halled(cast: Cast) -> Hall:
    """The red cell in June: books issued, two of three reports in time."""
    cast.at("2030-04-01T10:00")
    made = issue_task_books(cast.lu.act(), obligation=cast.duty("brief", "cell.red"))
    hand_in(cast, "moon", "2030-04-28T10:00")
    hand_in(cast, "halfway", "2030-05-14T10:00")
    cast.at(NOW)
    return Hall(cast, {one.seat_id: one for one in made})


def hand_in(cast: Cast, kind: str, at: str) -> None:
    """A report of the red cell, handed in at that moment."""
    cast.at(at)
    report = start_report(cast.lu.act(), obligation=cast.duty(kind, "cell.red"))
    texts = {one: "见附件。" for one in ("gains", "snags", "cures")}
    save_draft(
        cast.lu.act(),
        report=report,
        content=Content(texts, (PlanItem("无"),)),
        base=report.revision,
    )
    submit_report(cast.lu.act(), report=report)
