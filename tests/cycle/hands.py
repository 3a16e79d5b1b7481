"""What an act may be handed: things of the world and words, picked at random.

Half sensible: what fits the act is picked more often, or a life would never leave its first day.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from django.db.models import Model, QuerySet

from keti.accounts.models import DutyLink, Organisation, Person
from keti.charter.actions import CharterFile
from keti.charter.queries import in_force
from keti.consents.enums import Purpose
from keti.consultation.actions import Remark
from keti.documents.actions import Upload, keep_upload
from keti.documents.models import StoredFile
from keti.duties.models import Obligation
from keti.groups.actions import Place
from keti.groups.models import Group, Role, Seat
from keti.intake.actions import CheckResult, Said
from keti.intake.actions import Content as Filled
from keti.intake.tests.scene import content, roster
from keti.kernel.acts import Act, Subject
from keti.meetings.actions import ItemFacts, MeetingPlan, MinutesFacts
from keti.planning.actions import Proposal
from keti.planning.tests.test_amending import EARLIER, GREEN
from keti.release.actions import Form
from keti.release.tests.ending import PNG
from keti.reports.actions import Content, Handed, PlanItem
from keti.reports.tests.conftest import PDF
from keti.review.models import Gate
from keti.work.actions import BookContent as Book
from keti.work.actions import TaskSpec
from tests.acts.recipes import BOOK, SHORTER, YAN
from tests.cast import Cast

FITS = {
    "consultation.open_round": "consultation",
    "consultation.close_round": "consultation",
    "intake.publish_call": "call",
    "intake.close_admission": "admission",
    "intake.confirm_appointments": "appointment",
    "intake.found": "founding",
    "meetings.plan_meeting": "meeting",
    "release.close_programme": "closing",
    "release.publish": "publication",
    "release.draw_up_roll": "roll",
    "release.correct_entry": "roll",
    "reports.start_report": "report",
    "reports.hand_in_by_file": "report",
    "work.draft_task_books": "task_book",
    "work.issue_task_books": "task_book",
    "duties.hand_in_file": "file",
}
"""The form of duty each act can do something with; the others take any."""
UNITS = ("苏氏研究所", "苏氏研究所（演示）", "新大学（演示）", "")
WORDS: dict[str, tuple[str, ...]] = {
    "verdict": ("approve", "approve", "revise", "stop"),
    "outcome": ("approve", "approve", "close", "revise", "stop"),
    "disposition": ("adopted", "partly", "declined"),
    "severity": ("ordinary", "blocking"),
    "mode": ("room", "online"),
}
SAID = ("说明情况。", "同意。", "同意。", "", " ", "改 *了* 一处\n又一处", "长" * 400)


class Hands:
    """Picks for one life, out of its dice."""

    def __init__(self, dice: random.Random, cast: Cast) -> None:
        self.dice, self.cast = dice, cast
        self.act: Act = cast.qin.act()
        self.name = ""
        self.made: dict[Any, Callable[[], Any]] = {
            datetime: self.instant,
            bool: lambda: dice.random() < 0.6,
            Obligation: self.duty,
            StoredFile: self.file,
            Gate: self.gate,
            Filled: self.form,
            Book: lambda: dice.choice([BOOK, BOOK, SHORTER, Book()]),
            Remark: lambda: Remark(self.words("text"), sender=dice.choice(["", "", "街坊"])),
            Place: self.place,
            MeetingPlan: lambda: MeetingPlan(
                self.instant(), "三号会议室", dice.choice([None, ["案例"]])
            ),
            MinutesFacts: self.minutes,
            TaskSpec: self.task,
            Subject: lambda: self.row(dice.choice([Group, Seat])).subject(),
            Upload: lambda: Upload("通知.pdf", PDF),
            Proposal: self.proposal,
            Handed: self.handed,
            Purpose: lambda: Purpose.ROLL,
            Said: lambda: Said(guest=dice.random() < 0.5),
            Mapping: lambda: {dice.choice(["mobile", "name", "unit"]): self.words("text")[:20]},
            Mapping[date, tuple[bool, str]]: self.days,
            Form: lambda: Form(
                dice.choice(["卢组长（演示）", "", "名\n字"]), order=dice.randint(0, 3)
            ),
        }

    def all_of(self, name: str, parameters: list[tuple[str, Any, bool]], act: Act) -> Any:
        """Something for every parameter (its name, its type, whether it may be left out); None
        where the world has nothing of the kind."""
        self.name, self.act = name, act
        given = {}
        for word, kind, spared in parameters:
            if spared and self.dice.random() < (0.9 if word == "applicant" else 0.4):
                continue
            given[word] = self.one(word, kind)
            if given[word] is None and NoneType not in get_args(kind):
                return None
        return given

    def one(self, word: str, kind: Any) -> Any:
        if isinstance(kind, UnionType):
            kind = next(one for one in get_args(kind) if one is not NoneType)
            if self.dice.random() < 0.2:
                return None
        base = get_origin(kind) or kind
        if base is int:
            return self.number(word)
        for known in (kind, base):
            if known in self.made:
                return self.made[known]()
        if base is str:
            return self.words(word)
        if isinstance(base, type) and issubclass(base, Model):
            return self.row(base)
        return self.several(get_args(kind))

    def several(self, of: tuple[Any, ...]) -> Any:
        """A list: words, findings on requirements, or groups."""
        if CheckResult in of:
            met = self.dice.random() < 0.8
            keys = ("known", "lawful", "has_expert")[:: self.dice.choice([1, 1, -1])]
            return [CheckResult(key, met, self.words("reason")) for key in keys[:2]]
        if str in of:
            return self.dice.choice([["一项"], ["成果", "问题和措施", "下月计划"], []])
        return None

    def row(self, model: type[Model]) -> Any:
        """Any row of a table, the latest of them most often."""
        rows: QuerySet[Any] = model._default_manager.all()
        pks = list(rows.order_by("-pk").values_list("pk", flat=True))
        if not pks:
            return None
        pk = pks[0] if self.dice.random() < 0.4 else self.dice.choice(pks)
        names = getattr(rows, "with_names", None)
        return (names() if names else rows).get(pk=pk)

    def duty(self) -> Any:
        """Mostly one of the form that the act is for, still open, and of the next to fall due."""
        rows = Obligation.objects.with_names()
        fit = rows.filter(form=FITS[self.name]) if self.name in FITS else rows
        if self.dice.random() < 0.85:
            near = list(fit.open()[:5])
            if near:
                return self.dice.choice(near)
        return self.dice.choice(list(rows))

    def gate(self) -> Any:
        """Mostly one that is open."""
        opened = list(Gate.objects.filter(state="open").values_list("pk", flat=True))
        if opened and self.dice.random() < 0.8:
            return Gate.objects.with_names().get(pk=self.dice.choice(opened))
        return self.row(Gate)

    def number(self, word: str) -> int:
        """A year, or a phone link."""
        links = list(DutyLink.objects.values_list("pk", flat=True))
        return self.dice.choice([0, self.act.recorded_at.year] if word == "year" else [0, *links])

    def words(self, word: str) -> str:
        return self.dice.choice(WORDS.get(word, SAID))

    def instant(self) -> datetime:
        """A moment before or after now, to the day or to the minute."""
        return self.act.recorded_at + timedelta(
            days=self.dice.randint(-3, 40), minutes=self.dice.choice([0, 1, -1])
        )

    def days(self) -> dict[date, tuple[bool, str]]:
        """A day off and one worked in spite of the weekend, or none."""
        days = (self.instant().date(), self.instant().date())
        off = {day: (place == 1, self.words("name")) for place, day in enumerate(days)}
        return self.dice.choice([off, off, {}])

    def file(self) -> Any:
        """A paper kept by whoever acts, or a roster."""
        if self.name.endswith("_roster"):
            named = [*YAN[:3], self.dice.choice(["组员", "组长"]), "", "9", *YAN[6:]]
            return roster(self.cast, [self.dice.choice([YAN, named])])
        return keep_upload(self.act, programme=self.cast.programme, name="合作书.png", data=PNG)

    def form(self) -> Filled:
        """What an applicant fills in: alone or as a unit, right or with something missing."""
        unit = self.dice.choice(UNITS)
        track = self.dice.choice(["solo", "firm"])
        more = {"unit": unit, "choices": self.dice.choice([("cell.red",), ("cell.blue",), ()])}
        if track == "firm":
            more |= {"delegate": "代表（演示）", "delegate_mail": self.dice.choice(MAILS)}
        return content(track, **more)

    def place(self) -> Place:
        person = self.row(Person)
        unit = self.row(Organisation) if self.dice.random() < 0.3 else None
        return Place(
            group=self.row(Group), role=self.row(Role), organisation=unit,
            person=None if unit else person, delegate=person if unit else None,
            guest=self.dice.random() < 0.5,
        )  # fmt: skip

    def minutes(self) -> MinutesFacts[Seat]:
        seat = self.row(Seat)
        item = ItemFacts(self.words("title"), self.row(Seat), self.instant())
        said = {seat: self.dice.choice(["present", "absent"])}
        return MinutesFacts(
            self.words("body"), said, ["议定一项。"], self.dice.choice([[], [item]])
        )

    def handed(self) -> Handed:
        """The parts of a file, whole or with something missing."""
        texts = {key: self.words("text") for key in ("gains", "snags", "cures", "whole", "result")}
        item = PlanItem(self.words("title"), self.row(Seat).public_id, self.instant().date())
        plan = self.dice.choice([[PlanItem("无")], [PlanItem("无")], [item], []])
        return Handed(Content(texts, plan), self.dice.choice([{}, {"gains": (1, 2)}]))

    def task(self) -> TaskSpec:
        group, seat = self.row(Group), self.row(Seat)
        if self.dice.random() < 0.7:
            group = seat.group
        return TaskSpec(self.cast.programme, group, seat, self.words("title"), self.instant())

    def proposal(self) -> Proposal:
        """The charter in force with a small change, or one the rules forbid."""
        standing = in_force(self.cast.programme)
        text = standing.text
        for before, after in self.dice.sample([EARLIER, GREEN, EARLIER[::-1], TITLE], 2):
            text = text.replace(before, after)
        begun = self.dice.choice(["", standing.sha256])
        return Proposal(CharterFile("cast.yaml", text, ""), self.words("reason"), begun_on=begun)


MAILS = ("dai.one@example.org", "dai.two@example.org", "lu@example.org", "not-an-address")
TITLE = ("zh: 测试课题,", "zh: 测试课题（改）,")


def by_somebody(hands: Hands, act: Act) -> Act:
    """The act as it is, or recorded for another seat, with evidence, or of an earlier moment."""
    dice = hands.dice
    if dice.random() < 0.8:
        return act
    hands.act = act
    other = hands.row(Seat) if dice.random() < 0.5 else None
    evidence = hands.file() if dice.random() < 0.5 else None
    happened = act.recorded_at - timedelta(days=dice.randint(-1, 10), minutes=dice.randint(0, 1))
    past = happened if dice.random() < 0.7 else None
    return replace(act, on_behalf_of=other, evidence=evidence, happened=past)
