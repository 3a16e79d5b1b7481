"""The shape of how people come in: the call, the form, the admission."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from keti.charter.rules.kinds import (
    Bilingual,
    Block,
    Count,
    Id,
    Names,
    Scalar,
    Source,
    Texts,
    Titled,
    as_fields,
    as_words,
)


class Call(Block):
    title: Texts
    body: Texts = Bilingual()
    signatory: Texts = Bilingual()
    audience: Texts = Bilingual()
    source: Source = ""


class FormField(Titled):
    kind: Literal["text", "lines", "choice"] = "text"
    options: Names = Field(default_factory=list)
    required: bool = True
    max_chars: Count = 2000
    hint: Texts = Bilingual()


FormFields = Annotated[dict[Id, Annotated[FormField, BeforeValidator(as_words)]],
                       BeforeValidator(as_fields)]  # fmt: skip


class Form_(Bilingual):
    fields: FormFields = Field(default_factory=dict)
    declarations: dict[Id, Texts] = Field(default_factory=dict)


class Window(Block):
    open: Scalar
    close: Scalar


class Track(Titled):
    kind: Literal["", "person", "unit"] = ""
    role: str = ""
    require: Names = Field(default_factory=list)
    rank: Names = Field(default_factory=list)
    open_to_others: bool = False


class Evidence(Titled):
    by: Names = Field(default_factory=list)
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
    decide_by: Scalar = ""
    tracks: dict[Id, Track]
    evidence: dict[Id, Evidence] = Field(default_factory=dict)
    capacity: dict[str, Capacity] = Field(default_factory=dict)
    appeal: Appeal | None = None
