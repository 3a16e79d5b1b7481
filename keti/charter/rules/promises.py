"""The shape of the blocks that are kept as they stand: their keys are checked, their meaning later.

Research chain, comment rounds, honours, outreach, record, privacy and amendment.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, SerializerFunctionWrapHandler, model_serializer

from keti.charter.rules.kinds import (
    Block,
    Count,
    Free,
    Id,
    Names,
    Quorum,
    Scalar,
    Share,
    Titled,
    as_rule,
)


class Trace(Titled):
    chain: Names = Field(default_factory=list)
    rules: dict[str, Free] = Field(default_factory=dict)
    confidence: Free = Field(default_factory=dict)


class Round(Titled):
    subject: str
    open: str
    respondents: Names = Field([], alias="from")
    disposition: str = ""
    min: str = ""
    passes: Count = 1
    anonymous: str = ""
    ballot: Names = Field(default_factory=list)
    agree: Any = None
    quorum: Share | None = None
    strata: str = ""
    minority: str = ""


class Honour(Titled):
    """`participation`: it certifies that somebody took part, and is no award."""

    to: Names
    criteria: Names = Field(default_factory=list)
    nominated_by: Names = Field(default_factory=list)
    decided_by: Names = Field(default_factory=list)
    appeal: str = ""
    verifiable: bool = False
    participation: bool = False
    series: str = ""


class Promise(Titled):
    """What the programme promises beyond its papers. `due`: by when somebody says whether it was
    kept; `every` and `for` after a date ask again and again. `entitles`: the roles whose units are
    to have it, `provided` they have done what stands there."""

    by: str = ""
    to: Names = Field(default_factory=list)
    approved_by: Names = Field(default_factory=list)
    consent: str = ""
    proof: Names = Field(default_factory=list)
    after: str = ""
    at: Scalar = ""
    begin: Scalar = Field("", alias="from")
    target: Free = Field(default_factory=dict)
    evidence: str = ""
    keep: str = ""
    clips: bool = False
    subtitles: Names = Field(default_factory=list)
    release_form: str = ""
    every: str = ""
    how_long: str = Field("", alias="for")
    states: Names = Field(default_factory=list)
    due: Scalar = ""
    entitles: Names = Field(default_factory=list)
    provided: Names = Field(default_factory=list)


class Record(Titled):
    log: str = ""
    events: Names = Field(default_factory=list)
    leaf: str = ""
    checkpoint: str = ""
    witnesses: Names = Field(default_factory=list)
    timestamp: str = ""


class Privacy(Titled):
    retain: dict[str, str] = Field(default_factory=dict)
    access: str = ""
    publish: Names = Field(default_factory=list)


class VoteRule(Block):
    """How a vote on an amendment is counted, as at a gate."""

    quorum: Quorum | None = None
    approve: Annotated[Share, Field(le=1)] | None = None
    unanimous: bool = False


class AmendmentClass(Titled):
    """Every role of `approve` says yes; with a `rule` everybody who holds one of them votes."""

    touches: Names
    approve: Names
    notice: str = "P0D"
    rule: Annotated[VoteRule | None, BeforeValidator(as_rule)] = None
    open: str = ""

    @model_serializer(mode="wrap")
    def _as_written(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """What is not written is left out: a class without a vote is given on as ever."""
        told: dict[str, Any] = handler(self)
        return {key: one for key, one in told.items() if one or key not in ("rule", "open")}


class Amendment(Titled):
    propose: Names = Field(default_factory=list)
    classes: dict[Id, AmendmentClass] = Field(default_factory=dict)
    never: Names = Field(default_factory=list)
