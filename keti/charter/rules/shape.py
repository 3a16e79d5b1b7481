"""The shape of a `charter/1` file: which keys a block may have and of what kind.

Meaning (do the references exist, do the dates work) is judged later, in `expand`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

ID_PATTERN = r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$"

SLUG_PATTERN = r"^[a-z][a-z0-9]*([_.-][a-z0-9]+)*$"


def _as_list(value: object) -> object:
    return [value] if isinstance(value, (str, int, float)) else value


def _as_words(value: object) -> object:
    if not isinstance(value, str):
        return value
    chinese = any("\u3400" <= sign <= "\u9fff" for sign in value)
    return {"zh": value} if chinese else {"en": value}


def _as_source(value: object) -> object:
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    return str(value) if isinstance(value, (int, float)) else value


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _as_map(value: object) -> object:
    """`[approve, revise]` is short for `{approve: {}, revise: {}}`."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return {one: {} for one in value}
    return {} if value is None else value


def _as_share(value: object) -> object:
    if isinstance(value, str):
        try:
            return Fraction(value.strip())
        except (ValueError, ZeroDivisionError):
            return value
    return value if isinstance(value, bool) or not isinstance(value, (int, float)) else Fraction(
        value
    ).limit_denominator(1000)


def _as_rule(value: object) -> object:
    return {"unanimous": True} if value == "unanimous" else value


def _as_fields(value: object) -> object:
    return {} if isinstance(value, str) or value is None else value


class Block(BaseModel):
    """Every block refuses keys it does not know."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


class Words(Block):
    zh: str = ""
    en: str = ""


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
Texts = Annotated[Words, BeforeValidator(_as_words)]
Source = Annotated[str, BeforeValidator(_as_source)]
Scalar = Annotated[str, BeforeValidator(_as_text)]
Names = Annotated[list[str], BeforeValidator(_as_list)]
Share = Annotated[Fraction, BeforeValidator(_as_share), Field(gt=0)]
Count = Annotated[int, Field(ge=0, le=100_000)]
Free = dict[str, Any]


class Titled(Words):
    """A block with its two names and the clause it implements."""

    source: Source = ""


class Principle(Titled):
    bound_to: Names = []


class Programme(Block):
    id: Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=60)]
    title: Texts
    short: Texts = Words()
    number_prefix: str = ""
    commissioner: str
    contractor: str = ""
    aliases: Names = []
    source: Source = ""
    principles: dict[Id, Principle] = {}


class Party(Titled):
    kind: str = "organisation"
    affiliated_with: str = ""


class Group(Titled):
    parent: str = ""
    inherits: str = ""
    may_override: Names = []
    founded: Scalar = ""
    instances: dict[Id, Annotated[Titled, BeforeValidator(_as_words)]] = {}


Verb = Literal[
    "manage", "lead", "contribute", "watch", "resolve", "commission", "judge", "advise", "read",
    "comment",
]  # fmt: skip
Form = Literal[
    "call", "admission", "appointment", "founding", "task_book", "acceptance", "meeting", "report",
    "file", "consultation", "decision", "closing", "publication", "roll",
]  # fmt: skip
Roll = Literal["none", "next-workday", "previous-workday"]
Rounding = Literal["", "up", "down"]


class Role(Titled):
    group: str = Field(alias="in")
    min: Count = 0
    max: Count | None = None
    can: Annotated[list[Verb], BeforeValidator(_as_list)] = []
    duty: Names = []
    excludes: Names = []
    holder: str = ""
    holder_kind: Literal["unit", "person", "any"] = "any"
    appointed_by: str = ""
    external: bool = False
    deputises: str = ""
    honorific: Texts = Words()


class Call(Block):
    title: Texts
    body: Texts = Words()
    signatory: Texts = Words()
    audience: Texts = Words()
    source: Source = ""


class FormField(Titled):
    kind: Literal["text", "lines", "choice"] = "text"
    required: bool = True
    max_chars: Count = 2000


class Form_(Words):
    fields: Annotated[dict[Id, FormField], BeforeValidator(_as_fields)] = {}
    declarations: dict[Id, Texts] = {}


class Window(Block):
    open: Scalar
    close: Scalar


class Track(Titled):
    kind: Literal["", "person", "unit"] = ""
    role: str = ""
    require: Names = []
    rank: Names = []
    open_to_others: bool = False


class Evidence(Titled):
    by: Names = []
    checked_by: str = ""
    decided_by: str = ""


class Capacity(Block):
    min: Count = 0
    max: Count | None = None


class Appeal(Block):
    within: str
    to: str


class Admission(Titled):
    form: Form_ = Form_()
    window: Window
    decide_by: Scalar
    tracks: dict[Id, Track]
    evidence: dict[Id, Evidence] = {}
    capacity: dict[str, Capacity] = {}
    appeal: Appeal | None = None


class Resolve(Block):
    use: str = ""
    by: str
    why: Texts


class Stated(Block):
    text: Texts = Words()
    days: Count | None = None
    months: Count | None = None


class First(Block):
    skip_if_younger_than: str
    since: Scalar = ""


class Date(Titled):
    """One of: from and to; date; rrule with from and to; after and plus."""

    begin: Scalar = Field("", alias="from")
    to: Scalar = ""
    date: Scalar = ""
    at: Scalar = ""
    rrule: str = ""
    roll: Roll = "none"
    round: Rounding = ""
    after: str = ""
    plus: str = ""
    first: First | None = None
    precision: Literal["", "month"] = ""
    stated: Stated = Stated()
    resolve: Resolve | None = None


class Calendar(BaseModel):
    """Named dates by key, and the one reserved key `source`."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow")
    __pydantic_extra__: dict[Id, Date]
    source: Source = ""


class Phase(Titled):
    begin: Scalar = Field(alias="from")
    to: Scalar
    opens_with: str = ""


class Event(Titled):
    at: Scalar


class SectionShape(Titled):
    required: bool = True
    hint: Texts = Words()


Sections = Annotated[dict[str, Annotated[SectionShape, BeforeValidator(_as_words)]],
                     BeforeValidator(_as_map)]  # fmt: skip


class Work(Titled):
    """An obligation or a deliverable: what, by whom, for which kind of group, when."""

    form: Form | Literal[""] = ""
    per: str = ""
    by: Names = []
    due: Scalar = ""
    at: Scalar = ""
    opens: Scalar = ""
    round: Rounding = ""
    rrule: str = ""
    roll: Roll = "none"
    begin: Scalar = Field("", alias="from")
    to: Scalar = ""
    first: First | None = None
    needs: Names = []
    sections: Sections = {}
    collects: str = ""
    assembles: str = ""
    subject: str = ""
    plan: bool = False
    languages: Names = []
    series: str = ""
    signed: bool = False
    courtesy: str = ""
    remind: Names | None = None
    record: str = ""
    action_items: str = ""
    draft_from: Names = []
    fields: Names = []
    contains: Names = []
    dims: Names = []
    cells: Names = []
    look_back: str = ""
    consent: str = ""


class Escalation(Block):
    after: str
    to: str


class Late(Block):
    remind: Names = []
    escalate: list[Escalation] = []
    record_late: bool = True
    on_behalf: bool = True
    seen_by: Names = ["holder", "lead", "manage", "watch"]


class Works(BaseModel):
    """Obligations by key, and the one reserved key `late`."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow")
    __pydantic_extra__: dict[Id, Work]
    late: Late = Late()


class Findings(Titled):
    raised_by: Names = []
    triage_within: str = "P3D"
    owner_within: str = "P5D"
    closes_with: str = ""
    verified_by: str = ""


class Rule(Block):
    quorum: Share | None = None
    approve: Share | None = None
    unanimous: bool = False
    conflicts: Literal["recuse"] = "recuse"


class OutcomeShape(Titled):
    effect: Literal["", "approve", "revise", "stop"] = ""


Outcomes = Annotated[dict[Id, Annotated[OutcomeShape, BeforeValidator(_as_words)]],
                     BeforeValidator(_as_map)]  # fmt: skip


class Gate(Titled):
    per: str = ""
    decides: Names
    rule: Annotated[Rule | None, BeforeValidator(_as_rule)] = None
    outcomes: Outcomes
    inputs: Names = []
    when: str = ""
    consult: str = ""
    signed_by: str = ""
    opens: Scalar = ""
    by: Scalar
    at: Scalar = ""
    first_by: Scalar = ""
    round: Rounding = ""
    max_rounds: Annotated[int, Field(ge=1, le=20)] = 1
    revise_within: str = ""
    sign_off: bool = False


class Trace(Titled):
    chain: Names = []
    rules: dict[str, Free] = {}
    confidence: Free = {}


class Round(Titled):
    subject: str
    open: str
    respondents: Names = Field([], alias="from")
    disposition: str = ""
    passes: Count = 1
    anonymous: str = ""
    ballot: Names = []
    agree: Any = None
    quorum: Share | None = None
    strata: str = ""
    minority: str = ""


class Honour(Titled):
    to: Names
    criteria: Names
    decided_by: Names = []
    appeal: str = ""
    verifiable: bool = False


class Promise(Titled):
    by: str = ""
    to: Names = []
    consent: str = ""
    proof: Names = []
    after: str = ""
    at: Scalar = ""
    begin: Scalar = Field("", alias="from")
    until: Scalar = Field("", alias="to")
    target: Free = {}
    evidence: str = ""
    keep: str = ""
    clips: bool = False
    subtitles: Names = []
    release_form: str = ""
    every: str = ""
    how_long: str = Field("", alias="for")
    states: Names = []


class Record(Titled):
    log: str = ""
    events: Names = []
    leaf: str = ""
    checkpoint: str = ""
    witnesses: Names = []
    timestamp: str = ""


class Privacy(Titled):
    retain: dict[str, str] = {}
    publish: Names = []


class AmendmentClass(Titled):
    touches: Names
    approve: Names
    notice: str = "P0D"


class Amendment(Titled):
    propose: Names = []
    classes: dict[Id, AmendmentClass] = {}
    never: Names = []


class Charter(Block):
    keti: Literal["charter/1"]
    lang: Names = ["zh-Hans", "en"]
    tz: str
    workdays: str = "mon-fri"
    programme: Programme
    parties: dict[Id, Party]
    groups: dict[Id, Group]
    roles: dict[Id, Role]
    call: Call | None = None
    admission: Admission | None = None
    calendar: Calendar
    phases: dict[Id, Phase] = {}
    events: dict[Id, Event] = {}
    obligations: Works = Works()
    findings: Findings = Findings()
    gates: dict[Id, Gate] = {}
    deliverables: dict[Id, Work] = {}
    trace: Trace = Trace()
    rounds: dict[Id, Round] = {}
    honours: dict[Id, Honour] = {}
    outreach: dict[Id, Promise] = {}
    record: Record = Record()
    privacy: Privacy = Privacy()
    amendment: Amendment = Amendment()
