"""The shape of a `charter/1` file: keys of blocks and their kinds; `expand` judges meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from keti.charter.rules.entry import Admission, Call, Capacity, FormFields
from keti.charter.rules.kinds import (
    SLUG_PATTERN,
    Annexes,
    Bilingual,
    Block,
    Count,
    Edition,
    Id,
    Names,
    Parties,
    Quorum,
    Scalar,
    Sections,
    SectionsOf,
    Share,
    Source,
    Texts,
    Titled,
    as_list,
    as_map,
    as_rule,
    as_words,
)
from keti.charter.rules.promises import (
    Amendment,
    Honour,
    Privacy,
    Promise,
    Record,
    Round,
    Trace,
)
from keti.kernel.forms_of_work import FORMS

BY_ADMISSION = "by_admission"


class Principle(Titled):
    bound_to: Names = Field(default_factory=list)


class Programme(Block):
    id: Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=60)]
    title: Texts
    short: Texts = Bilingual()
    about: Texts = Bilingual()
    number_prefix: str = ""
    first_number: Number = 1
    number_format: str = ""
    horizon: str = ""
    commissioner: str
    contractor: str = ""
    issued_by: str = ""
    aliases: Names = Field(default_factory=list)
    source: Source = ""
    principles: dict[Id, Principle] = Field(default_factory=dict)


class Party(Titled):
    kind: str = "organisation"
    affiliated_with: str = ""


class Instance(Titled):
    """One group of a kind; the group it stands under, and what it does otherwise, by path."""

    parent: str = ""
    born: Scalar = ""
    overrides: dict[str, Any] = Field(default_factory=dict)


class Group(Titled):
    parent: str = ""
    inherits: str = ""
    may_override: Names = Field(default_factory=list)
    founded: Scalar = ""
    by_admission: bool = False
    named_by: str = ""
    instances: dict[Id, Annotated[Instance, BeforeValidator(as_words)]] = Field(
        default_factory=dict
    )

    @model_validator(mode="before")
    @classmethod
    def _born_later(cls, value: object) -> object:
        """`instances: by_admission` is short for groups that are born by admission, none so far."""
        if isinstance(value, dict) and value.get("instances") == BY_ADMISSION:
            return {**value, "instances": {}, BY_ADMISSION: True}
        return value

    @property
    def stands_below(self) -> bool:
        """Does every group of this kind stand under another, by its own word or its kind's?"""
        each = bool(self.instances) and all(one.parent for one in self.instances.values())
        return bool(self.parent) or each


Verb = Literal[
    "manage", "lead", "contribute", "watch", "resolve", "commission", "judge", "advise", "read",
    "comment",
]  # fmt: skip
if TYPE_CHECKING:
    Form = str
else:
    Form = Literal[tuple(one.key for one in FORMS)]
Roll = Literal["none", "next-workday", "previous-workday"]
Rounding = Literal["", "up", "down"]
Silent = Literal["", "enter", "leave_out"]
Number = Annotated[int, Field(ge=1, le=100_000)]
Months = Annotated[list[Annotated[int, Field(ge=1, le=1200)]], BeforeValidator(as_list)]


class Role(Titled):
    group: str = Field(alias="in")
    min: Count = 0
    max: Count | None = None
    can: Annotated[list[Verb], BeforeValidator(as_list)] = Field(default_factory=list)
    duty: Names = Field(default_factory=list)
    excludes: Names = Field(default_factory=list)
    holder: Parties = Field(default_factory=list)
    holder_kind: Literal["unit", "person", "any"] = "any"
    appointed_by: str = ""
    elected_by: Names = Field(default_factory=list)
    ex_officio: Names = Field(default_factory=list)
    term: Names = Field(default_factory=list)
    renewals: Count | None = None
    external: bool = False
    deputises: str = ""
    honorific: Texts = Bilingual()


class First(Block):
    skip_if_younger_than: str
    since: Scalar = ""


class Date(Titled):
    """One of: from and to; date; rrule with from and to; months with from; after and plus."""

    begin: Scalar = Field("", alias="from")
    to: Scalar = ""
    date: Scalar = ""
    at: Scalar = ""
    rrule: str = ""
    months: Months = Field(default_factory=list)
    roll: Roll = "none"
    round: Rounding = ""
    after: str = ""
    plus: str = ""
    first: First | None = None
    precision: Literal["", "month"] = ""


class Calendar(BaseModel):
    """Named dates by key, and the one reserved key `source`."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow")
    __pydantic_extra__: dict[Id, Date] = Field(init=False)
    source: Source = ""


class Phase(Titled):
    begin: Scalar = Field(alias="from")
    to: Scalar
    opens_with: str = ""


class Event(Titled):
    at: Scalar


class Work(Titled):
    """An obligation or a deliverable: what, by whom, for which kind of group, when."""

    form: Form | Literal[""] = ""
    per: str = ""
    by: Names = Field(default_factory=list)
    due: Scalar = ""
    at: Scalar = ""
    opens: Scalar = ""
    round: Rounding = ""
    rrule: str = ""
    months: Months = Field(default_factory=list)
    at_least: str = ""
    roll: Roll = "none"
    begin: Scalar = Field("", alias="from")
    to: Scalar = ""
    first: First | None = None
    needs: Names = Field(default_factory=list)
    sections: Sections = Field(default_factory=dict)
    sections_of: SectionsOf = ""
    collects: str = ""
    assembles: str = ""
    outline: str = ""
    subject: str = ""
    plan: bool = False
    languages: Names = Field(default_factory=list)
    series: str = ""
    first_number: Number = 1
    number_format: str = ""
    issued_by: str = ""
    signed: bool = False
    courtesy: str = ""
    references: Edition = 2015
    classification: Texts = Bilingual()
    annexes: Annexes = Field(default_factory=list)
    remind: Names | None = None
    with_: Names = Field(default_factory=list, alias="with")
    record: str = ""
    action_items: str = ""
    draft_from: Names = Field(default_factory=list)
    fields: FormFields = Field(default_factory=dict)
    contains: Names = Field(default_factory=list)
    dims: Names = Field(default_factory=list)
    cells: Names = Field(default_factory=list)
    look_back: str = ""
    consent: str = ""
    proofread: str = ""
    silent: Silent = ""


class Escalation(Block):
    after: str
    to: str


class Respond(Block):
    """How soon who is asked answers; what has no term of its own has that of `within`."""

    within: str = "P7D"
    accept: str = ""
    decide: str = ""
    confirm: str = ""
    answer: str = ""
    approve: str = ""
    open: str = ""
    vouch: str = ""


class Late(Block):
    remind: Names = Field(default_factory=list)
    escalate: list[Escalation] = Field(default_factory=list)
    record_late: bool = True
    on_behalf: bool = True
    seen_by: Names = Field(default_factory=lambda: ["holder", "lead", "manage", "watch"])
    respond: Respond = Respond()


class Works(BaseModel):
    """Obligations by key, and the one reserved key `late`."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow")
    __pydantic_extra__: dict[Id, Work] = Field(init=False)
    late: Late = Late()


class Findings(Titled):
    raised_by: Names = Field(default_factory=list)
    triage_within: str = "P3D"
    owner_within: str = "P5D"
    closes_with: str = ""
    verified_by: str = ""


class Courtesy(Titled):
    """Who sees that somebody has declared a conflict of interest; lateness is in `late`."""

    conflicts_seen_by: Names = Field(default_factory=lambda: ["holder", "decider", "manage"])


class Rule(Block):
    quorum: Quorum | None = None
    approve: Annotated[Share, Field(le=1)] | None = None
    unanimous: bool = False
    conflicts: Literal["recuse"] = "recuse"
    no_voice: Names = Field(default_factory=list)
    consensus_first: bool = False
    of: Literal["", "cast", "present"] = ""


class OutcomeShape(Titled):
    effect: Literal["", "approve", "revise", "stop", "refuse"] = ""


Outcomes = Annotated[dict[Id, Annotated[OutcomeShape, BeforeValidator(as_words)]],
                     BeforeValidator(as_map), Field(min_length=1)]  # fmt: skip


class Gate(Titled):
    per: str = ""
    decides: Annotated[Names, Field(min_length=1)]
    rule: Annotated[Rule | None, BeforeValidator(as_rule)] = None
    outcomes: Outcomes
    composition: dict[Id, Capacity] = Field(default_factory=dict)
    inputs: Names = Field(default_factory=list)
    when: str = ""
    consult: str = ""
    signed_by: str = ""
    issued_by: str = ""
    opens: Scalar = ""
    by: Scalar = ""
    at: Scalar = ""
    first_by: Scalar = ""
    round: Rounding = ""
    max_rounds: Annotated[int, Field(ge=1, le=20)] = 1
    revise_within: str = ""
    sign_off: bool = False
    on_request: bool = False
    asked_by: Names = Field(default_factory=list)
    within: str = ""


class Charter(Block):
    keti: Literal["charter/1"]
    lang: Names = Field(default_factory=lambda: ["zh-Hans", "en"])
    tz: str
    workdays: str = "mon-fri"
    programme: Programme
    parties: dict[Id, Party]
    groups: dict[Id, Group]
    roles: dict[Id, Role]
    call: Call | None = None
    admission: Admission | None = None
    calendar: Calendar
    phases: dict[Id, Phase] = Field(default_factory=dict)
    events: dict[Id, Event] = Field(default_factory=dict)
    obligations: Works = Works()
    courtesy: Courtesy = Courtesy()
    findings: Findings = Findings()
    gates: dict[Id, Gate] = Field(default_factory=dict)
    deliverables: dict[Id, Work] = Field(default_factory=dict)
    trace: Trace = Trace()
    rounds: dict[Id, Round] = Field(default_factory=dict)
    honours: dict[Id, Honour] = Field(default_factory=dict)
    outreach: dict[Id, Promise] = Field(default_factory=dict)
    record: Record = Record()
    privacy: Privacy = Privacy()
    amendment: Amendment = Amendment()
