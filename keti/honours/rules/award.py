"""What an award may not be, how a nomination moves, and when it is decided. Pure.

The rules of associations' awards (practice C.6): no fee, nobody who works for profit beside, no
grand name without approval, an approval for whatever is more than a certificate of participation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from keti.kernel.acts import Text
from keti.kernel.refusals import Refused

GRAND = ("国家", "中国", "全国", "国际", "世界", "勋章", "national", "state", "china", "world",
         "international", "order of")  # fmt: skip
MOVES = {
    "check": ("nominated", "checked"),
    "approve": ("checked", "approved"),
    "decline": ("checked", "declined"),
    "notice": ("approved", "noticed"),
    "uphold": ("noticed", "declined"),
    "award": ("noticed", "awarded"),
    "revoke": ("awarded", "revoked"),
}


@dataclass(frozen=True, slots=True)
class HonourSpec:
    """One honour of the charter. `participation`: it certifies that somebody took part."""

    key: str
    title: Text
    to: tuple[str, ...]
    criteria: tuple[str, ...]
    nominated_by: tuple[str, ...]
    decided_by: tuple[str, ...]
    appeal: str
    participation: bool
    series: str


def spec_from(key: str, block: Mapping[str, Any]) -> HonourSpec:
    """The honour as the charter in force has it."""
    return HonourSpec(
        key,
        Text(str(block.get("zh", "")), str(block.get("en", ""))),
        tuple(block.get("to", ())),
        tuple(block.get("criteria", ())),
        tuple(block.get("nominated_by", ())),
        tuple(block.get("decided_by", ())),
        str(block.get("appeal", "")),
        bool(block.get("participation", False)),
        str(block.get("series", "")),
    )


@dataclass(frozen=True, slots=True)
class Checklist:
    """What the secretariat answers of an honour before anybody decides. `basis`: the paper by which
    the award is approved, of which day, by which authority."""

    fee: bool = False
    commercial: bool = False
    basis: str = ""
    basis_day: str = ""
    authority: str = ""

    @property
    def approved(self) -> bool:
        """Is the approval named whole?"""
        return bool(self.basis.strip() and self.basis_day.strip() and self.authority.strip())


def grand_words(title: Text) -> list[str]:
    """The words of a title that sound like the state, or like a distinction of the whole land."""
    said = f"{title.zh} {title.en.lower()}"
    return [word for word in GRAND if word in said]


def blockers(spec: HonourSpec, told: Checklist, firms: Iterable[str]) -> list[tuple[str, str]]:
    """What stands in the way of the award, as code and word; `firms` decide and work for profit."""
    found = [("honours.block-fee", "")] if told.fee else []
    found += [("honours.block-commercial", "")] if told.commercial else []
    if spec.participation:
        return found
    found += [("honours.block-firm", one) for one in firms]
    if not told.approved:
        found += [("honours.block-basis", "")]
        found += [("honours.block-grand", one) for one in grand_words(spec.title)]
    return found


def moved(stage: str, verb: str) -> str:
    """The stage after a move; refuses one that does not begin here."""
    begins, ends = MOVES[verb]
    if stage != begins:
        raise Refused("honours.not-at-this-stage")
    return ends


@dataclass(frozen=True, slots=True)
class Voice:
    """One who decides: in which role, and what was said so far (yes, no, aside, nothing)."""

    role: str
    word: str = ""


def decided(roles: Iterable[str], voices: Iterable[Voice]) -> bool | None:
    """Yes where everybody of every role who does not stand aside agreed, no where all have spoken
    and one did not; None while somebody has not spoken. A role none of whom may speak decides
    nothing."""
    heard = [one for one in voices if one.word != "aside"]
    empty = {one for one in roles if not any(voice.role == one for voice in heard)}
    if empty or any(not one.word for one in heard):
        return None
    return all(one.word == "yes" for one in heard)
