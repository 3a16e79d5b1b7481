"""Appointments confirmed and groups founded several at once, from the list of duties."""

from collections.abc import Sequence
from functools import partial

from django.utils.translation import gettext_lazy

from keti.duties.models import Obligation
from keti.groups.doors import Door, ask
from keti.intake import actions, permissions, queries
from keti.intake.notices import joined
from keti.kernel.acts import Act
from keti.kernel.refusals import sentence
from keti.lists.doors import Deed, offers

ACTS = {"appointment": actions.confirm_appointments, "founding": actions.found}


def _not_run(form: str, door: Door, duties: Sequence[Obligation]) -> dict[str, str]:
    """Which duties this is not done to: of another form, done already, seats missing."""
    told: dict[str, str] = {}
    for one in duties:
        one.programme = door.programme
        verdict = ask(partial(permissions.may_run, door.act(), one, form))
        said = _why_not(door, one) if verdict else verdict.sentence(door.lang)
        if said:
            told[one.public_id] = said
    return told


def _why_not(door: Door, duty: Obligation) -> str:
    if not duty.is_open:
        return sentence("duties.no-longer-owed", {}, door.lang)
    missing = queries.shortages(duty.group, door.now) if duty.form == "appointment" else []
    if not missing:
        return ""
    facts = {"group": duty.group.title, "missing": joined(missing)}
    return sentence("intake.seats-missing", facts, door.lang)


def _run(form: str, act: Act, duty: Obligation, reason: str) -> Obligation:
    return ACTS[form](act, obligation=duty, ahead=reason)


def _manages(door: Door) -> bool:
    return door.seat.can("manage")


AHEAD = gettext_lazy("先行办理的理由（前项已办结的不用填）")
offers(
    "duties",
    *(
        Deed(
            key, title, _manages, partial(_not_run, form), partial(_run, form),
            reason=AHEAD, optional=True,
        )
        for key, title, form in (
            ("confirm", gettext_lazy("确认任命"), "appointment"),
            ("found", gettext_lazy("宣布成立"), "founding"),
        )
    ),
)  # fmt: skip
