"""One life of the house: acts in random order, by anybody, the clock moved at random."""

import inspect
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from keti.accounts.actions import PersonFacts, enter_person
from keti.accounts.models import Person
from keti.consents.actions import give_consent
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.reports.actions import Content, PlanItem, save_draft
from keti.reports.models import Report
from keti.site import tick
from tests.acts.listed import Listed, listed
from tests.acts.test_acts import INNER
from tests.cast import ZONE, Cast
from tests.cycle import invariants
from tests.cycle.hands import Hands, by_somebody

ELSEWHERE = {
    "planning.found_programme": "it makes another programme",
    "planning.register_founder": "it is for an empty house",
    "site.recall": "it is about a letter that is held back; the post has tests of its own",
    "notify.prefer": "how somebody is told; the post has tests of its own",
    "site.write_letter": "a letter of one's own; the post has tests of its own",
    "site.resend": "it is about a letter that failed; the post has tests of its own",
}
"""Acts that are no part of the life of one programme."""
ACTS = {name: one for name, one in listed().items() if name not in {*INNER, *ELSEWHERE}}
HANDED_ON = {"tell", "answers", "compared", "shown"}
"""What pages and background work hand on from an earlier reading; an act does without."""
APPLYING = {f"intake.{verb}_application" for verb in ("save", "submit", "withdraw")}
OFTEN = ("intake", "reports", "review", "release")
"""Rooms whose acts build on one another: they are picked twice as often."""
TEXTS = {
    word: "做成了一件事。"
    for word in ("gains", "snags", "cures", "whole", "bones", "matter", "frame")
}
SETTLED, MOST = timedelta(days=6), 8
LIKELY = {
    "accounts": ("clerk",),
    "duties": ("clerk", "watcher"),
    "groups": ("clerk",),
    "intake": ("clerk",),
    "meetings": ("captain", "clerk"),
    "monitoring": ("watcher", "captain"),
    "planning": ("patron", "head", "clerk"),
    "release": ("clerk",),
    "reports": ("captain", "author", "head"),
    "review": ("referee", "patron", "clerk"),
    "site": ("clerk", "captain"),
    "work": ("captain", "hand"),
}
"""Who is asked first where somebody is looked for who may: else most days would pass in vain."""
NEXT = {
    "intake.publish_call": ["intake.save_application"] * 3,
    "intake.save_application": ["intake.submit_application"] * 2,
    "intake.submit_application": ["intake.withdraw_application", "intake.check_eligibility"],
    "intake.withdraw_application": ["intake.save_application", "intake.submit_application"],
    "intake.check_eligibility": ["intake.decide_application", "intake.withdraw_application"],
    "meetings.plan_meeting": ["meetings.announce_meeting", "meetings.record_minutes"],
    "meetings.record_minutes": ["meetings.confirm_minutes", "work.finish_task"],
    "monitoring.raise_finding": ["monitoring.answer_finding"],
    "monitoring.answer_finding": ["monitoring.reopen_finding", "monitoring.close_finding"],
    "planning.propose_amendment": ["planning.answer_amendment", "planning.apply_amendment"],
    "release.close_programme": ["release.draw_up_roll", "release.publish"],
    "release.publish": ["release.retract", "release.finish_programme"],
    "release.retract": ["release.publish"],
    "reports.start_report": ["reports.submit_report", "reports.quote_parts"],
    "reports.submit_report": ["reports.accept_report", "reports.return_report"],
    "review.open_gate": ["review.declare_conflict", "review.give_opinion"] * 2,
    "review.give_opinion": ["review.give_opinion", "review.change_opinion", "review.decide"],
    "review.withdraw_opinion": ["review.give_opinion"],
    "consultation.open_round": ["consultation.comment", "consultation.no_remarks"],
    "consultation.no_remarks": ["consultation.comment", "consultation.close_round"],
    "consultation.comment": ["consultation.dispose", "consultation.close_round"],
    "work.draft_task_books": ["work.save_draft", "work.issue_task_books"],
    "work.issue_task_books": ["work.accept_task_book", "work.decline_task_book"],
    "work.decline_task_book": ["work.reissue_task_book", "work.accept_task_book"],
    "work.assign_task": ["work.finish_task", "work.decline_task"],
}
"""What is likely to be tried once something went through."""


@dataclass
class Life:
    """What went through, what was refused, and what must never be."""

    seed: int
    cast: Cast
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    quiet: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    steps: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.hands = Hands(self.dice, self.cast)
        self.names = [*ACTS, *(one for one in ACTS if one.partition(".")[0] in OFTEN)]
        self.likely = ["review.open_gate", "intake.publish_call", "release.close_programme"]
        self.kept = invariants.Kept()
        for number in range(3):
            facts = PersonFacts(
                f"申请人{number}（演示）", mail=f"s{number}@example.org", is_demo=True
            )
            enter_person(facts)

    @property
    def now(self) -> datetime:
        return clock.instant()

    def lived(self, steps: int) -> "Life":
        """So many steps, then everything that must hold."""
        while self.steps < steps:
            self.step()
            if self.steps % 50 == 0:
                self.faults += self.kept.differ()
        self.faults += self.kept.differ()
        self.faults += invariants.broken(self.cast, self.now)
        return self

    def step(self) -> None:
        chance = self.dice.random()
        if chance < 0.15:
            self.later()
        elif chance < 0.22:
            self.drafts()
        elif chance < 0.24:
            self.consents()
        else:
            near = self.likely and self.dice.random() < 0.5
            self.act(self.dice.choice(self.likely if near else self.names))
        self.steps += 1

    def later(self) -> None:
        """The clock goes on: to an edge of a duty, a midnight, a month's end, or a little."""
        duties = Obligation.objects.filter(programme=self.cast.programme).open()
        edges = [one for pair in duties.values_list("opens_at", "due") for one in pair if one]
        local = self.now.astimezone(ZONE)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        month = (midnight.replace(day=1) + timedelta(days=32)).replace(day=1)
        edges = [one for one in edges if self.now < one < self.now + SETTLED]
        edge = self.dice.choice(
            [*edges[:8], midnight, month if self.dice.random() < 0.1 else midnight]
        )
        exact = self.dice.choice([timedelta(0), timedelta(milliseconds=-1), timedelta(minutes=1)])
        small = self.now + timedelta(minutes=self.dice.randint(1, 600))
        at = max(self.now, self.dice.choice([edge + exact, small]))
        clock.stand_at(at)
        self.safely("the tick", tick.write)

    def drafts(self) -> None:
        """Somebody fills the newest report of whom it concerns; drafts leave no line."""
        report = self.hands.row(Report)
        if report is None:
            return
        said = Content(TEXTS, self.dice.choice([[], [PlanItem("无", "", None)]]))
        for act in self.actors(report.obligation.seat_id)[:2]:
            made = self.safely(
                "drafting", save_draft, act, report=report, content=said, base=report.revision
            )
            if made:
                return

    def consents(self) -> None:
        """Somebody agrees to be named in the roll."""
        act, *_ = self.actors(None)
        act = replace(act, seat=None)
        given = {"programme": self.cast.programme, "person": act.by}
        self.safely("consenting", give_consent, act, **given)

    def act(self, name: str) -> None:
        """One act, by whoever it is first, or by one after the other until somebody may."""
        one = ACTS[name]
        first, *_ = actors = self.actors(None)
        given = self.hands.all_of(name, list(parameters(one)), first)
        if given is None:
            return
        holder = getattr(given.get("obligation"), "seat_id", None)
        if self.dice.random() < 0.7:
            actors = self.actors(
                holder, () if name in APPLYING else LIKELY.get(name.partition(".")[0], ())
            )
            if name in APPLYING and "application" in given:
                applicant = given["application"].applicant
                actors.insert(0, Act(by=applicant, recorded_at=self.now))
        else:
            actors = [by_somebody(self.hands, first)]
        for act in actors:
            if self.tried(one, act, given):
                return

    def actors(self, holder: int | None, likely: Sequence[str] = ()) -> list[Act]:
        """Many, in every kind of seat or none, in random order; the likely ones mostly first."""
        at = self.now
        seats = list(Seat.objects.standing(at).with_names())
        self.dice.shuffle(seats)
        seats.sort(key=lambda one: (one.pk != holder, one.role.key not in likely))
        acts = [Act(by=p, recorded_at=at, seat=one) for one in seats if (p := one.acting_person)]
        loose = list(Person.objects.filter(seats=None, delegations=None).order_by("pk"))
        for one in self.dice.sample(loose, min(3, len(loose))):
            place = self.dice.randint(0, 20) if likely else 0
            acts.insert(place, Act(by=one, recorded_at=at))
        return acts[:MOST]

    def tried(self, one: Listed, act: Act, given: dict[str, Any]) -> bool:
        """True where it went through. A refusal has its sentences; a line is left once."""
        seen = Entry.objects.count()
        came = self.safely(one.name, one.function, act, **given)
        if not came:
            if Entry.objects.count() != seen:
                self.faults.append(f"{self.where(one.name)}: refused, and it left a line")
            return False
        kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True)[seen:])
        own = [kind for kind in kinds if kind in one.kinds]
        if not own:
            self.quiet[one.name] += 1
        elif len(own) != len(set(own)):
            self.faults.append(f"{self.where(one.name)}: one act left {kinds}")
        else:
            self.done[one.name] += 1
            self.likely = (self.likely + NEXT.get(one.name, []))[-8:]
        self.faults += [
            f"{self.where(one.name)}: {fault}" for fault in self.kept.met_again(one.name)
        ]
        return True

    def safely(self, what: str, do: Any, *args: Any, **given: Any) -> bool:
        """Whether it was done; whatever else than a refusal it raises is a fault."""
        try:
            with transaction.atomic():
                do(*args, **given)
        except Refused as refused:
            self.refused[refused.code] += 1
            self.faults += [f"{self.where(what)}: {one}" for one in wordless(refused)]
            return False
        except Exception as error:
            self.faults.append(f"{self.where(what)}: {type(error).__name__}: {error}"[:600])
            return False
        return True

    def where(self, what: str) -> str:
        return f"seed {self.seed}, step {self.steps}, {self.now:%m-%d %H:%M:%S} {what}"


def wordless(refused: Refused) -> Iterator[str]:
    """The languages in which a refusal cannot say why."""
    for lang in ("zh-hans", "en"):
        try:
            said = refused.sentence(lang)
        except (KeyError, IndexError, ImportError) as error:
            yield f"{refused.code} has no sentence in {lang}: {error!r}"
        else:
            if not said.strip():
                yield f"{refused.code} says nothing in {lang}"


def parameters(one: Listed) -> Iterator[tuple[str, Any, bool]]:
    """Name, type, and whether it may be left out, of all an act is handed beside the act."""
    for word, given in list(inspect.signature(one.function).parameters.items())[1:]:
        if word in HANDED_ON:
            continue
        if given.kind is inspect.Parameter.VAR_KEYWORD:
            yield from ((said, str, False) for said in ("title", "text", "severity"))
        else:
            spared = given.default is not inspect.Parameter.empty
            yield word, given.annotation, spared
