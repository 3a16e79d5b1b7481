"""What a visitor sees of a gate: the bench, the count, the forms that are theirs to use."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from keti.charter.queries import compiled
from keti.charter.rules.compiled import GateSpec
from keti.documents.actions import path_of
from keti.documents.doors import readings
from keti.documents.models import StoredFile
from keti.documents.rules.doc1.marked import marked
from keti.duties.enums import DutyState
from keti.groups.doors import Door, ask
from keti.groups.models import Seat
from keti.kernel.refusals import Verdict, sentence
from keti.monitoring import permissions as monitoring
from keti.monitoring.models import Finding
from keti.reports.doors import texts_of
from keti.reports.queries import version_by_id
from keti.review import permissions, queries, rules
from keti.review.enums import Effect, GateState
from keti.review.models import Decision, Gate, GateQuerySet, Input, Opinion
from keti.review.queries import Bench, Decider

TONES = {Effect.APPROVE: "done", Effect.REVISE: "returned", Effect.STOP: "waived",
         Effect.REFUSE: "waived"}  # fmt: skip


def fetch(door: Door, gate_id: str) -> Gate:
    """The gate, if this seat may see it; 404 otherwise."""

    found = door.read(("review.gate",), _seen, gate_id)
    if not found:
        raise Http404
    return found[0]


def _seen(door: Door, gate_id: str) -> GateQuerySet:
    every = queries.of_programme(door.programme)
    found = permissions.visible(door.sight, every).filter(public_id=gate_id)
    return found.annotate(recorded=monitoring.recorded_for(door.seat))


def mark(gate: Gate, spec: GateSpec, lang: str) -> tuple[str, str]:
    """The shape and the word for where a gate stands."""
    if gate.obligation.state == DutyState.CANCELLED:
        return "waived", str(gate.obligation.get_state_display())
    if gate.state == GateState.OPEN:
        return "doing", str(gate.get_state_display())
    if gate.state == GateState.WAITING:
        if gate.round > 1:
            back = rules.way_back(spec).in_(lang)
            return "returned", _("{outcome}，待第 {n} 轮").format(outcome=back, n=gate.round)
        return "none", str(gate.get_state_display())
    outcome = rules.outcome_of(spec, gate.outcome)
    if outcome is None:
        return "done", str(gate.get_state_display())
    return TONES[Effect(outcome.effect)], outcome.title.in_(lang)


@dataclass
class View:
    """One visitor before one gate."""

    door: Door
    gate: Gate
    spec: GateSpec = field(init=False)
    bench: Bench = field(init=False)

    def __post_init__(self) -> None:
        self.spec = permissions.spec_of(self.gate)
        self.bench = queries.bench(self.gate, self.door.now)

    @property
    def own(self) -> Decider | None:
        """The visitor's own place on the bench."""
        return self.bench.of(self.door.seat)

    @cached_property
    def candidates(self) -> list[queries.Candidate]:
        """The inputs as they stand now, read once for a page."""
        return queries.candidates(self.gate)

    @cached_property
    def pins(self) -> list[Input]:
        """The inputs of this round as pinned, read once for a page."""
        return permissions.pinned(self.gate)

    @cached_property
    def made(self) -> list[Decision]:
        """Every decision of the gate, newest round first, read once for a page."""
        return queries.decisions(self.gate)

    @property
    def sole(self) -> bool:
        return len(self.bench.deciders) == 1

    def own_copy(self) -> dict[str, Any] | None:
        """The visitor's own marked copy."""
        given = self.own.opinion if self.own else None
        return copy_of(self.gate, given, named=True) if given else None

    def own_outcome(self) -> str:
        """What the visitor chose, by the name it has in the charter; "" while there is nothing."""
        given = self.own.opinion if self.own else None
        return rules.named(self.spec, given.outcome).in_(self.door.lang) if given else ""

    @property
    def is_open(self) -> bool:
        return self.gate.state == GateState.OPEN

    @property
    def manages(self) -> bool:
        return self.door.seat.can("manage")

    def may_open(self) -> Verdict:
        return ask(lambda: permissions.may_open(self.door.act(), self.gate))

    def held(self) -> list[Finding]:
        """The findings that hold it up; none once it is decided."""
        if self.gate.state == GateState.DECIDED:
            return []
        return queries.held_up_by(self.gate, self.candidates, self.pins)

    def reasons(self, held: list[Finding]) -> list[dict[str, str]]:
        """What is missing before it opens, or approves: in words, with the way to a finding."""
        lang, found = self.door.lang, []
        if self.gate.state == GateState.WAITING:
            found = queries.missing(self.gate, self.candidates, self.door.now)
        known = [one for one in held if self._knows(one)]
        found += queries.finding_reasons([one for one in held if one not in known])
        return [{"text": one.in_(lang), "url": ""} for one in found] + [
            {"text": queries.finding_reason(one).in_(lang), "url": one.path} for one in known
        ]

    def _knows(self, finding: Finding) -> bool:
        """May the visitor read the finding? Then its title may be said, too."""
        return monitoring.sees(self.door.sight, finding)

    def blocked(self, held: list[Finding]) -> str:
        """Why it cannot be approved although the votes may carry it; empty when it can."""
        if not held:
            return ""
        return sentence("review.findings-open", {"count": len(held)}, self.door.lang)

    def offers(self) -> dict[str, bool]:
        """Which forms stand on the page. The secretariat's are for recording what others signed."""
        own, panel = self.own, self.is_open and not self.sole
        free = own is not None and not own.aside
        unheard = own is not None and free and own.opinion is None
        return {
            "declare": panel and (self.manages or unheard),
            "opinion": panel
            and (self.manages or (unheard and own is not None and own.declared is not None)),
            "change": panel and free and own is not None and own.opinion is not None,
            "again": self.is_open and (self.manages or free) and self._disagree(),
            "decide": self.is_open and (self.manages or free) and (self.sole or not self.missing()),
        }

    def _disagree(self) -> bool:
        """Was consensus sought and not found?"""
        return queries.standing(self.gate, self.bench).code == rules.NO_CONSENSUS

    def places(self) -> list[dict[str, Any]]:
        """The bench as the page shows it: who, and who stands aside why."""
        lang, watchers = self.door.lang, compiled(self.gate.programme).late.conflicts_seen_by
        return [
            {
                "label": one.seat.called.in_(lang),
                "role": one.seat.role.title.in_(lang),
                "aside": sentence(one.aside, {}, lang) if one.aside else "",
                "text": one.declared.text
                if self._reads_why(one, watchers) and one.declared
                else "",
                "declared": one.declared is not None,
                "own": one.seat.pk == self.door.seat.pk,
            }
            for one in self.bench.deciders
        ]

    def _reads_why(self, one: Decider, watchers: frozenset[str]) -> bool:
        """Whom the charter lets read a declared conflict (`courtesy.conflicts_seen_by`)."""
        seat = self.door.seat
        judges = self.own is not None and not self.own.aside
        return bool(one.aside) and (
            ("holder" in watchers and one.seat.pk == seat.pk)
            or ("decider" in watchers and judges)
            or any(seat.can(verb) for verb in watchers - {"holder", "decider"})
        )

    def missing(self) -> str:
        """What keeps the decision from being recorded; empty when it can be."""
        stands = queries.standing(self.gate, self.bench)
        return sentence(stands.code, stands.facts, self.door.lang) if stands.code else ""

    def inputs(self) -> list[dict[str, Any]]:
        """What is judged: pinned where the gate was opened, else as it stands now."""
        if self.gate.state == GateState.WAITING:
            return [self._candidate(one) for one in self.candidates]
        return [self._pin(one) for one in self.pins]

    def _candidate(self, one: queries.Candidate) -> dict[str, Any]:
        return {
            "title": one.title.in_(self.door.lang),
            "version": one.version,
            "sha256": one.sha256,
            "at": one.at,
            "by": _called(one.obligation.seat, self.door.lang),
            "url": "",
        }

    def _pin(self, one: Input) -> dict[str, Any]:
        readable = permissions.reads_input(self.door.sight, one)
        return {
            "title": one.title.in_(self.door.lang),
            "version": one.version,
            "sha256": one.sha256,
            "at": one.handed_in_at,
            "by": one.author.label if one.author else "",
            "url": f"{self.gate.path}inputs/{one.round}-{one.number}/" if readable else "",
            "newer": self._newer(one) if self.is_open else 0,
        }

    def _newer(self, pin: Input) -> int:
        """The number of a version that came after the one judged here; 0 where none did."""
        found = [one.version for one in self.candidates if one.obligation.pk == pin.obligation_id]
        return next((number for number in found if number > pin.version), 0)

    def decisions(self) -> list[dict[str, Any]]:
        """What was decided, round by round, with as much of the opinions as the visitor reads."""
        return [self._decision(one) for one in self.made]

    def _decision(self, one: Decision) -> dict[str, Any]:
        lang, count = self.door.lang, one.record["count"]
        titles = {
            each.key: each.title.in_(lang) for each in rules.votable(self.spec, self.spec.outcomes)
        }
        return {
            "one": one,
            "title": one.title.in_(lang),
            "tone": TONES[Effect(one.effect)],
            "who": one.seat.called.in_(lang),
            "count": count if permissions.reads_votes(self.door.sight, one) else None,
            "votes": [(titles.get(key, key), n) for key, n in count["votes"].items()],
            "aside": [
                (each["label"], sentence(each["aside"], {}, lang))
                for each in one.record["deciders"]
                if each["aside"]
            ],
            "opinions": opinions(self.door, one, titles),
            "scan": permissions.reads_opinions(self.door.sight, one),
        }


def _called(seat: Seat | None, lang: str) -> str:
    return seat.called.in_(lang) if seat else ""


def opinions(door: Door, made: Decision, titles: dict[str, str]) -> list[dict[str, Any]]:
    """The opinions behind a decision, once it is made.

    Named for those who read them; without names and verdicts for the group that has to revise;
    none for whoever stood aside and for everybody else.
    """
    counted = {one["seat"] for one in made.record["deciders"] if one["outcome"]}
    heard = [one for one in queries.given(made.gate) if one.round == made.round]
    given = [one for one in heard if one.seat.public_id in counted]
    if permissions.reads_opinions(door.sight, made):
        return [
            {"who": one.seat.called.in_(door.lang), "verdict": titles[one.outcome],
             "text": one.comment, "on_behalf": one.on_behalf,
             "copy": copy_of(made.gate, one, named=True)}
            for one in given
        ]  # fmt: skip
    if door.seat.role.external or door.seat.group_id != made.gate.group_id:
        return []
    shown = sorted((one for one in given if one.comment or one.marks), key=_in_no_order)
    return [
        {"who": _("意见 {n}").format(n=number), "verdict": "", "text": one.comment,
         "on_behalf": False, "copy": copy_of(made.gate, one, named=False)}
        for number, one in enumerate(shown, start=1)
    ]  # fmt: skip


def _in_no_order(opinion: Opinion) -> str:
    """A place that hangs on the words alone: whatever follows from who gave them, or when, would
    help to name authors."""
    said = f"{opinion.comment}{opinion.file.sha256 if opinion.file else ''}"
    return salted_hmac("keti.review.opinions", said).hexdigest()


def marks_in(gate: Gate, file: StoredFile, lang: str) -> dict[str, Any]:
    """The remarks and tracked changes of a marked copy, but for those that the frozen versions bear
    themselves; that it was not read where it is no Word file, or too large to be read at once."""
    with path_of(file.sha256).open("rb") as stream:
        read = readings.known(stream, file.name, lang)
    if read is None or not read.doc:
        return {"unread": True}
    pins = Input.objects.filter(gate=gate, round=gate.round, subject_kind="reports.version")
    found = (version_by_id(gate.programme, one.subject_id) for one in pins)
    stood = [doc for version in found if version for doc in texts_of(version)]
    return marked(json.loads(read.doc), stood)


def copy_of(gate: Gate, opinion: Opinion, *, named: bool) -> dict[str, Any] | None:
    """The marked copy as a page shows it. Where opinions bear no names neither does it: no file,
    no name of one, and of its marks only the words."""
    file, marks = opinion.file, opinion.marks or {}
    if file is None:
        return None
    args = (gate.programme.slug, gate.public_id, opinion.round, opinion.seat.public_id)
    rows = {
        key: [{**one, "by": "", "author": one["by"] if named else ""} for one in marks.get(key, ())]
        for key in ("comments", "changes")
    }
    return {
        "name": file.name if named else "",
        "url": reverse("review:copy", args=args) if named else "",
        "unread": "count" not in marks,
        "count": marks.get("count", [0, 0]),
        **rows,
    }
