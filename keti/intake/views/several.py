"""What the secretariat does to several applications at once: find eligible, admit, reject."""

from collections.abc import Callable, Sequence
from functools import partial

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy

from keti.groups.doors import Door, ask
from keti.intake import actions, permissions, queries
from keti.intake.actions import CheckResult
from keti.intake.models import Application
from keti.kernel.acts import Act
from keti.kernel.refusals import sentence
from keti.lists.doors import Deed

Why = Callable[[Door, Application], str]


def _refusals(why: Why, door: Door, found: Sequence[Application]) -> dict[str, str]:
    """Which applications it is not done to: those decided or withdrawn, and for the reason `why`
    gives."""
    prefetch_related_objects(list(found), "checks")
    told: dict[str, str] = {}
    for one in found:
        one.programme = door.programme
        verdict = ask(partial(permissions.may_assess, door.act(), one))
        said = why(door, one) if verdict else verdict.sentence(door.lang)
        if said:
            told[one.public_id] = said
    return told


def _checked(door: Door, one: Application) -> str:
    """Nothing is left to be found of this one."""
    open_ones = any(not line.verdict for line in queries.check_lines(one))
    return "" if open_ones else sentence("intake.all-checked", {"number": one.number}, door.lang)


def _not_admitted(door: Door, one: Application) -> str:
    """A requirement is not met, or more than one group was chosen."""
    lines = [line.spec.title for line in queries.check_lines(one) if line.verdict != "met"]
    if lines:
        facts = {"count": len(lines), "first": lines[0]}
        return sentence("intake.checks-not-met", facts, door.lang)
    if len(one.filled.choices) != 1:
        return sentence("intake.name-the-group", {}, door.lang)
    return ""


def _find_eligible(act: Act, one: Application, _reason: str) -> Application:
    """What nobody has found yet is met; what was found not met stays."""
    lines = queries.check_lines(one)
    results = [CheckResult(line.spec.key, True) for line in lines if not line.verdict]
    return actions.check_eligibility(act, application=one, results=results)


def _manages(door: Door) -> bool:
    return door.seat.can("manage")


DEEDS = (
    Deed(
        "eligible",
        gettext_lazy("资格符合"),
        _manages,
        partial(_refusals, _checked),
        _find_eligible,
    ),
    Deed(
        "admit",
        gettext_lazy("入选"),
        _manages,
        partial(_refusals, _not_admitted),
        lambda act, one, _reason: actions.decide_application(act, application=one, admit=True),
    ),
    Deed(
        "reject",
        gettext_lazy("不予入选"),
        _manages,
        partial(_refusals, lambda _door, _one: ""),
        lambda act, one, reason: actions.decide_application(
            act, application=one, admit=False, reason=reason
        ),
        reason=gettext_lazy("理由"),
    ),
)
