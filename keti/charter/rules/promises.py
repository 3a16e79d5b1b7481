"""The shape of the blocks that are kept as they stand: their keys are checked, their meaning later.

Research chain, comment rounds, honours, outreach, record, privacy and amendment.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from keti.charter.rules.kinds import Count, Free, Id, Names, Scalar, Share, Titled


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
    to: Names
    criteria: Names = Field(default_factory=list)
    decided_by: Names = Field(default_factory=list)
    appeal: str = ""
    verifiable: bool = False


class Promise(Titled):
    by: str = ""
    to: Names = Field(default_factory=list)
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


class AmendmentClass(Titled):
    touches: Names
    approve: Names
    notice: str = "P0D"


class Amendment(Titled):
    propose: Names = Field(default_factory=list)
    classes: dict[Id, AmendmentClass] = Field(default_factory=dict)
    never: Names = Field(default_factory=list)
