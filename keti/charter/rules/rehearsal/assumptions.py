"""What a rehearsal takes for granted. Every number is shown and can be changed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType

from keti.kernel.acts import Text
from keti.kernel.forms_of_work import FORMS

HOURS: Mapping[str, float] = MappingProxyType(
    {one.key: one.hours for one in FORMS if one.hours is not None}
)
MOST = 1_000.0


@dataclass(frozen=True, slots=True)
class Assumptions:
    """How people work. `hours`: median effort by form; a report's is that of one section."""

    hours: Mapping[str, float] = field(default_factory=lambda: HOURS)
    monthly: float = 1.5
    per_part: float = 2.0
    spread: float = 0.5
    hours_a_day: float = 3.0
    begin: float = 0.5
    lead_days: float = 10.0
    revise_first: float = 0.35
    revise_later: float = 0.15
    revision: float = 0.3


TITLES: Mapping[str, Text] = MappingProxyType(
    {
        "hours": Text("一件事的工时中位数（小时）", "median hours for one thing"),
        "monthly": Text("经常性报告每节工时（小时）", "hours a section of a recurring report"),
        "per_part": Text("汇编每一份的工时（小时）", "hours for each part put together"),
        "spread": Text("工时离散程度（对数标准差）", "spread of efforts (log standard deviation)"),
        "hours_a_day": Text("每人每工作日投入（小时）", "hours a person gives on a working day"),
        "begin": Text("最迟在时段过去多少时动手（0–1）", "share of the time before work begins"),
        "lead_days": Text("没有写明开始日的提前量（工作日）", "working days ahead, if no opening"),
        "revise_first": Text("首轮退回的比例（0–1）", "share of first rounds that send work back"),
        "revise_later": Text("以后各轮退回的比例（0–1）", "share of later rounds that do"),
        "revision": Text("修改占原工时的比例", "a revision's share of the first effort"),
    }
)  # fmt: skip
LIMITS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "spread": (0.0, 2.0), "hours_a_day": (0.1, 24.0), "begin": (0.0, 1.0),
        "lead_days": (0.0, 250.0), "revise_first": (0.0, 1.0), "revise_later": (0.0, 1.0),
        "revision": (0.0, 5.0),
    }
)  # fmt: skip


def limits(name: str) -> tuple[float, float]:
    """The least and the most a number may be."""
    return LIMITS.get(name, (0.0, MOST))


class BadAssumption(ValueError):
    """A name that is no assumption, or a number out of range."""


def changed(base: Assumptions, answers: Mapping[str, str | float]) -> Assumptions:
    """The assumptions with some of them changed: `hours_a_day`, or `hours.report` for a form."""
    plain = {one.name for one in fields(Assumptions)} - {"hours"}
    hours, rest = dict(base.hours), {}
    for name, value in answers.items():
        form = name.removeprefix("hours.")
        if name in plain:
            rest[name] = _number(name, value)
        elif name != form and form in hours:
            hours[form] = _number(name, value)
        else:
            raise BadAssumption(name)
    return replace(base, hours=MappingProxyType(hours), **rest)


def as_numbers(made: Assumptions) -> dict[str, float]:
    """Every assumption by the name under which it can be changed."""
    plain = {one.name: getattr(made, one.name) for one in fields(Assumptions)}
    hours: Mapping[str, float] = plain.pop("hours")
    return {**plain, **{f"hours.{form}": value for form, value in hours.items()}}


def _number(name: str, value: str | float) -> float:
    least, most = limits(name)
    try:
        number = float(value)
    except ValueError:
        raise BadAssumption(name) from None
    if not least <= number <= most:
        raise BadAssumption(name)
    return number
