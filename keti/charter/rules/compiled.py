"""What a charter says once it is read: frozen values, no database, no clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeVar

from keti.charter.rules.joining import NOTHING, AdmissionSpec, CallSpec, FieldSpec, Share
from keti.charter.rules.joining import Section as Section
from keti.charter.rules.named_days import Anchor, Series
from keti.kernel.acts import Text


@dataclass(frozen=True, slots=True)
class Party:
    key: str
    name: Text
    kind: str
    affiliated_with: str = ""


@dataclass(frozen=True, slots=True)
class GroupSpec:
    key: str
    kind: str
    title: Text
    parent: str = ""
    order: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class RoleSpec:
    """One kind of seat. `terms`: how long it is held, the first time and each time it is renewed;
    `renewals`: how often that may be, as often as one likes where it is None."""

    key: str
    title: Text
    group_kind: str
    min: int = 0
    max: int | None = None
    can: frozenset[str] = frozenset()
    excludes: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    holder_kind: str = "any"
    appointed_by: str = ""
    external: bool = False
    order: int = 0
    deputises: str = ""
    honorific: Text = NOTHING
    source: str = ""
    elected_by: tuple[str, ...] = ()
    ex_officio: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    renewals: int | None = None


@dataclass(frozen=True, slots=True)
class WorkSpec:
    """One declared obligation or deliverable. `subject` is the work a comment round is about;
    `public`: people outside the programme comment on it too; `only`: the one group of its kind that
    owes it, where not each does; `invites`: groups and roles called to a meeting beside the own
    group; `least_open`: how long a round stays open at the least; `issued_by`: the party in whose
    name its paper goes out, where it is not the programme's; `references`: the edition of GB/T 7714
    by which its references are printed; `annexes`: what stands behind it; `outline`: the report
    whose headings are those of this one and of the chapters it is made of; `proofread`: how long
    owners have to look at their entry of a roll; `silent`: what becomes of one nobody
    looked at."""

    key: str
    title: Text
    form: str
    per: str
    by: str
    sections: tuple[Section, ...] = ()
    collects: str = ""
    assembles: str = ""
    plan: bool = False
    languages: tuple[str, ...] = ()
    series: str = ""
    signed: bool = False
    courtesy: str = ""
    recurring: bool = False
    source: str = ""
    subject: str = ""
    public: bool = False
    fields: tuple[FieldSpec, ...] = ()
    number_format: str = ""
    only: str = ""
    references: str = "2015"
    invites: tuple[str, ...] = ()
    least_open: str = ""
    issued_by: str = ""
    classification: Text = NOTHING
    annexes: tuple[str, ...] = ()
    outline: str = ""
    deliverable: bool = False
    proofread: str = ""
    silent: str = ""


@dataclass(frozen=True, slots=True)
class ObligationSpec:
    """One duty of one accountable role in one group, due at one instant."""

    key: str
    kind: str
    form: str
    title: Text
    group: str
    role: str
    period: str
    opens_at: datetime | None
    due_at: datetime
    due_rule: str = ""
    needs: tuple[str, ...] = ()
    gate: str = ""
    remind: tuple[timedelta, ...] = ()
    escalate: tuple[tuple[timedelta, str], ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    key: str
    title: Text
    effect: str


@dataclass(frozen=True, slots=True)
class GateRule:
    """`quorum` is a count or a share; `approve` is the share of the voters in favour, with
    `consensus_first` in a second vote. Who holds a role of `no_voice` is not counted at all.
    `of`: one may abstain; of the votes `cast` that is no part, of those `present` it is."""

    quorum: Fraction | int | None = None
    approve: Fraction | None = None
    unanimous: bool = False
    conflicts: str = "recuse"
    no_voice: tuple[str, ...] = ()
    consensus_first: bool = False
    of: str = ""


@dataclass(frozen=True, slots=True)
class GateSpec:
    """One decision in one group. `composition`: how many of each role must sit at it. On request
    it is due `within` so long of being asked for by `asked_by`, any number of times."""

    key: str
    kind: str
    title: Text
    group: str
    decides: tuple[str, ...]
    rule: GateRule
    outcomes: tuple[Outcome, ...]
    inputs: tuple[str, ...]
    when: str
    phase: str
    opens_at: datetime | None
    by_at: datetime
    first_by: datetime | None = None
    max_rounds: int = 1
    revise_within: timedelta | None = None
    sign_off: bool = False
    source: str = ""
    composition: tuple[Share, ...] = ()
    asked_by: tuple[str, ...] = ()
    within: timedelta | None = None
    issued_by: str = ""

    @property
    def on_request(self) -> bool:
        """Is it decided when somebody asks, and not on a day of its own?"""
        return self.within is not None


@dataclass(frozen=True, slots=True)
class PhaseSpec:
    key: str
    title: Text
    start: datetime
    end: datetime
    opens_with: str = ""


@dataclass(frozen=True, slots=True)
class EventSpec:
    key: str
    title: Text
    at: date
    month_precision: bool = False


@dataclass(frozen=True, slots=True)
class FindingClock:
    """How fast a raised problem is sorted and answered, who raises it and who verifies."""

    triage: timedelta = timedelta(days=3)
    answer: timedelta = timedelta(days=5)
    raised_by: tuple[str, ...] = ()
    verified_by: str = ""


@dataclass(frozen=True, slots=True)
class Late:
    """What the charter allows after the fact; who sees lateness, and who a declared conflict; how
    soon who is asked answers, with the reminders and escalations of every duty."""

    allow_recorded_late: bool = True
    allow_on_behalf: bool = True
    seen_by: frozenset[str] = frozenset({"holder", "lead", "manage", "watch"})
    conflicts_seen_by: frozenset[str] = frozenset({"holder", "decider", "manage"})
    within: timedelta = timedelta(days=7)
    respond: tuple[tuple[str, timedelta], ...] = ()
    remind: tuple[timedelta, ...] = ()
    escalate: tuple[tuple[timedelta, str], ...] = ()

    def answer_within(self, verb: str) -> timedelta:
        """How long who is asked has to answer: `obligations.late.respond`."""
        return dict(self.respond).get(verb, self.within)


@dataclass(frozen=True, slots=True)
class Principle:
    key: str
    title: Text
    bound_to: tuple[str, ...] = ()
    source: str = ""


_Keyed = TypeVar("_Keyed", "GroupSpec", "RoleSpec", "WorkSpec", "GateSpec", "Party", "Anchor")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A whole charter, in the order of the file. `earlier` is the version before it in the same
    programme, for what is no longer declared."""

    id: str
    title: Text
    short: Text
    tz: str
    langs: tuple[str, ...]
    workdays: str
    number_prefix: str
    commissioner: str
    contractor: str
    parties: tuple[Party, ...]
    groups: tuple[GroupSpec, ...]
    roles: tuple[RoleSpec, ...]
    anchors: tuple[Anchor, ...]
    phases: tuple[PhaseSpec, ...]
    events: tuple[EventSpec, ...]
    works: tuple[WorkSpec, ...]
    obligations: tuple[ObligationSpec, ...]
    gates: tuple[GateSpec, ...]
    admission: AdmissionSpec | None
    findings: FindingClock
    late: Late
    principles: tuple[Principle, ...]
    call: CallSpec
    sha256: str
    series: tuple[Series, ...] = ()
    blocks: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    earlier: Compiled | None = None
    about: Text = NOTHING
    number_format: str = ""
    requests: tuple[GateSpec, ...] = ()
    issued_by: str = ""
    horizon: str = ""
    ahead: tuple[ObligationSpec, ...] = ()
    """What recurs without an end beyond its first horizon: owed once time has come so near."""

    def group(self, key: str) -> GroupSpec:
        """The group of that key; KeyError when the charter has none."""
        return _one(self, lambda one: one.groups, key)

    def role(self, key: str) -> RoleSpec:
        """The role of that key; KeyError when the charter has none."""
        return _one(self, lambda one: one.roles, key)

    def work(self, key: str) -> WorkSpec:
        """The declared work of that key; KeyError when the charter has none."""
        return _one(self, lambda one: one.works, key)

    def gate(self, key: str) -> GateSpec:
        """The gate of that key, one asked for also with its number (`extension@whole/2`)."""
        return _one(self, lambda one: (*one.gates, *one.requests), key.partition("/")[0])

    def party(self, key: str) -> Party:
        """The party of that key; KeyError when the charter has none."""
        return _one(self, lambda one: one.parties, key)

    def carrier(self) -> Party:
        """The party that carries the programme out: the commissioned one, else the commissioner."""
        return self.party(self.contractor or self.commissioner)

    def issuer(self, kind: str = "") -> Party:
        """The party in whose name the paper of this work or kind of gate goes out: the one named
        there, else the programme's, else the commissioner."""
        kinds = ((one.key, one.issued_by) for one in self.works)
        gates = ((one.kind, one.issued_by) for one in (*self.gates, *self.requests))
        named = next((party for key, party in (*kinds, *gates) if key == kind and party), "")
        return self.party(named or self.issued_by or self.commissioner)

    def anchor(self, key: str) -> Anchor:
        """The named date of that key; KeyError when the charter has none."""
        return _one(self, lambda one: one.anchors, key)

    def decides(self, gate: GateSpec, role: str, group: str) -> bool:
        """Does who holds the role in this group decide at the gate?"""
        return role in gate.decides and self.reaches(self.role(role).group_kind, group, gate.group)

    def reaches(self, role_kind: str, group: str, home: str) -> bool:
        """Does a role held in a group act in `home`? One of the same kind of group only there, one
        of a kind above it only in the groups under its own, one of any other kind everywhere."""
        known = {one.key: one for one in self.groups}
        while home in known:
            here = known.pop(home)
            if here.kind == role_kind:
                return here.key == group
            home = here.parent
        return True

    def by_office(self, role: RoleSpec, home: str) -> list[str]:
        """The groups in which who holds an office in `home` holds this role by it."""
        return self.near(role.group_kind, home)

    def called(self, word: str, home: str) -> list[str]:
        """The groups that a word calls to a meeting of `home`: one by its key; of the own kind all;
        of another kind those that are near."""
        if any(one.key == word for one in self.groups):
            return [word]
        own = [one.key for one in self.groups if one.kind == word]
        return own if self.group(home).kind == word else self.near(word, home)

    def near(self, kind: str, home: str) -> list[str]:
        """The groups of a kind as seen from one: itself or the one it stands under; else those
        below it, or all of the kind."""
        known = {one.key: one for one in self.groups}
        here, seen = home, set[str]()
        while here in known and here not in seen:
            if known[here].kind == kind:
                return [here]
            seen.add(here)
            here = known[here].parent
        above = known[home].kind if home in known else ""
        own = [one.key for one in self.groups if one.kind == kind]
        return [key for key in own if self.reaches(above, home, key)]

    def least_by_office(self, role: RoleSpec, group: str, *, but: tuple[str, ...] = ()) -> int:
        """How many seats of a role in this group come by other offices, at the least; `but` are
        the roles that were counted on the way here."""
        roles, far = {one.key: one for one in self.roles}, (*but, role.key)
        return sum(
            max(office.min, len(office.holders), self.least_by_office(office, home.key, but=far))
            for office in (roles[key] for key in role.ex_officio if key in roles and key not in far)
            for home in self.groups
            if home.kind == office.group_kind and group in self.by_office(role, home.key)
        )


def _one(charter: Compiled, many: Callable[[Compiled], tuple[_Keyed, ...]], key: str) -> _Keyed:
    """The thing of that key; of the version that declared it last where this one does not."""
    for thing in many(charter):
        if thing.key == key:
            return thing
    if charter.earlier is None:
        raise KeyError(key)
    return _one(charter.earlier, many, key)
