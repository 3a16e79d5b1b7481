"""The small types a charter is made of, with the short spellings each of them accepts."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from keti.charter.rules.customary import CUSTOMARY

ID_PATTERN = r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$"

SLUG_PATTERN = r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$"
_SHARE = re.compile(r"[0-9]{1,6}(/[0-9]{1,6}|\.[0-9]{1,6})?\Z")


def as_list(value: object) -> object:
    return [value] if isinstance(value, (str, int, float)) else value


def as_parties(value: object) -> object:
    """One party, or several; an empty word is nobody."""
    return [] if value == "" else as_list(value)


def as_words(value: object) -> object:
    if not isinstance(value, str):
        return value
    chinese = any("\u3400" <= sign <= "\u9fff" for sign in value)
    return {"zh": value} if chinese else {"en": value}


def as_source(value: object) -> object:
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    return str(value) if isinstance(value, (int, float)) else value


def as_text(value: object) -> object:
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def as_map(value: object) -> object:
    """`[approve, revise]` is short for `{approve: {}, revise: {}}`."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return {one: {} for one in value}
    return {} if value is None else value


def as_share(value: object) -> object:
    if isinstance(value, str):
        try:
            return Fraction(value.strip()) if _SHARE.match(value.strip()) else value
        except (ValueError, ZeroDivisionError):
            return value
    return (
        value
        if isinstance(value, bool) or not isinstance(value, (int, float))
        else Fraction(value).limit_denominator(1000)
    )


class BadShare(ValueError):
    """More than one, and no number of people."""


def whole_beyond_one(value: Fraction) -> Fraction:
    """A quorum is a part of those who decide, or a number of people: 11/10 is neither."""
    if value > 1 and value.denominator != 1:
        raise BadShare("more than 1 is a number of people")
    return value


def as_rule(value: object) -> object:
    return {"unanimous": True} if value == "unanimous" else value


def as_fields(value: object) -> object:
    """A list of fields is short for a map; the name of a file stands for fields given there."""
    return {} if isinstance(value, str) else as_map(value)


class Block(BaseModel):
    """Every block refuses keys it does not know."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


class Bilingual(Block):
    zh: str = ""
    en: str = ""


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=39)]
Texts = Annotated[Bilingual, BeforeValidator(as_words)]
Source = Annotated[str, BeforeValidator(as_source)]
Scalar = Annotated[str, BeforeValidator(as_text)]
Names = Annotated[list[str], BeforeValidator(as_list)]
Edition = Literal[2015, 2025]
Annexes = Annotated[
    list[Literal["decision", "minority", "comments", "cases"]], BeforeValidator(as_list)
]
Parties = Annotated[list[str], BeforeValidator(as_parties)]
Share = Annotated[Fraction, BeforeValidator(as_share), Field(gt=0)]
Quorum = Annotated[Share, AfterValidator(whole_beyond_one)]
Count = Annotated[int, Field(ge=0, le=100_000)]
Free = dict[str, Any]


class Resolve(Block):
    """What was decided where the notice leaves it open: by whom, why, which findings it ends."""

    use: str = ""
    by: str
    why: Texts
    waives: Names = Field(default_factory=list)


class Stated(Block):
    """What the notice itself says, where that cannot be used as it stands."""

    text: Texts = Bilingual()
    days: Count | None = None
    months: Count | None = None


class Titled(Bilingual):
    """A block with its two names, the clause it implements, and what was decided about it."""

    source: Source = ""
    stated: Stated = Stated()
    resolve: Resolve | None = None


class SectionShape(Titled):
    """A section of a report; a `summary` is printed before the contents."""

    required: bool = True
    summary: bool = False
    hint: Texts = Bilingual()


Sections = Annotated[dict[str, Annotated[SectionShape, BeforeValidator(as_words)]],
                     BeforeValidator(as_map)]  # fmt: skip
if TYPE_CHECKING:
    SectionsOf = str
else:
    SectionsOf = Literal["", *CUSTOMARY]
