"""Who is told of what.

publish_call: nobody by mail (the call is public).   submit_application, withdraw_application,
return_application: the applicant.   decide_application: the applicant, with the reasons.
take_back_decision: the applicant, where the letter of the decision is read already.
publish_erratum: everybody who began an application.   found: everybody seated in the group.
correct_record: the address that was on record, where it changes.   merge_people: both
addresses.   Appointments: told by the groups room.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from django.urls import reverse

from keti.accounts.models import Person
from keti.groups.models import Group
from keti.groups.queries import people, standing
from keti.intake.enums import ApplicationState, CheckVerdict
from keti.intake.models import Application, Erratum, Reversal
from keti.intake.rules.words import deadline
from keti.kernel.acts import Act, Text
from keti.kernel.ids import new_id
from keti.kernel.refusals import both
from keti.notify.actions import Letter, post, recall
from keti.notify.enums import Sort
from keti.programmes.models import Programme


class Wording(Protocol):
    """Anything that can be said in both languages."""

    def in_(self, lang: str) -> str: ...


def joined(parts: Sequence[Wording]) -> Text:
    """A list in one line, in both languages."""
    return Text(
        "、".join(part.in_("zh-hans") for part in parts),
        ", ".join(part.in_("en") for part in parts),
    )


def received(act: Act, application: Application) -> None:
    """The receipt: number, time, fingerprint."""
    _tell(act, application, "intake.told-received")


def withdrawn(act: Act, application: Application, *, waited: bool = False) -> None:
    _tell(act, application, "intake.told-left-list" if waited else "intake.told-withdrawn")


def returned(act: Act, application: Application, until: datetime) -> None:
    """What is missing, and that the text waits as a draft, until when."""
    more = {"until": deadline(until, application.programme.tz)}
    _tell(act, application, "intake.told-returned", more=more)


def decided(act: Act, application: Application) -> None:
    """The decision with its reasons, one for each requirement not met."""
    _tell(act, application, _outcome(application), _round(application))


def _outcome(application: Application) -> str:
    return f"intake.told-{application.state}"


def _round(application: Application) -> str:
    """Which decision on it this is: each has a letter of its own."""
    before = application.reversals.count()
    return f":{before}" if before else ""


def unsay_decision(act: Act, application: Application) -> bool:
    """Take the letter of the decision back, where nobody has it yet: was that so? Asked before
    the decision is undone."""
    key = f"{_outcome(application)}:{application.public_id}{_round(application)}"
    return bool(recall(application.programme, key, at=act.recorded_at))


def decision_taken_back(act: Act, application: Application, before: Reversal) -> None:
    """The applicant learns that the decision they read of does not stand, and why."""
    said = both(f"intake.decision-{before.state}")
    more = {"decision": said, "why": before.reason}
    _tell(act, application, "intake.told-taken-back", _round(application), more)


def corrected(act: Act, erratum: Erratum) -> None:
    """Everybody who began an application learns what of the call was corrected."""
    call = erratum.call
    facts = {
        "programme": erratum.programme.title,
        "number": erratum.number,
        "call": call.number,
        "text": erratum.text,
        "reason": erratum.reason,
    }
    letter = Letter(
        "intake.told-erratum",
        f"erratum:{erratum.public_id}",
        both("intake.told-erratum-subject", **facts),
        both("intake.told-erratum", **facts),
        call.path,
    )
    begun = call.applications.exclude(state=ApplicationState.WITHDRAWN)
    people = {one.applicant.now.pk: one.applicant.now for one in begun.with_names()}
    post(erratum.programme, letter, to=list(people.values()), at=act.recorded_at)


def founded(act: Act, group: Group) -> None:
    """Everybody seated in the group learns that it stands."""
    seats = list(standing(group.programme, act.happened_at).filter(group=group))
    letter = Letter(
        "intake.founded",
        f"founded:{group.public_id}",
        both("intake.told-founded-subject", group=group.title),
        both("intake.told-founded", group=group.title),
        group.path,
    )
    post(group.programme, letter, to=people(seats), at=act.recorded_at)


def readdressed(act: Act, programme: Programme, person: Person) -> None:
    """Whoever reads the address that was on record learns that it is not any more."""
    if not person.mail:
        return
    facts = {"who": person.name, "programme": programme.title}
    letter = Letter(
        "intake.readdressed",
        f"readdressed:{new_id()}",
        both("intake.told-readdressed-subject", **facts),
        both("intake.told-readdressed", **facts),
        sort=Sort.PERSONAL,
    )
    post(programme, letter, to=[person], at=act.recorded_at, address=person.mail)


def corrected_own(act: Act, programme: Programme, person: Person, before: str, unit: str) -> Letter:
    """Told to the secretariat when somebody put their own record right, or asks for another
    unit."""
    facts = {"who": before, "name": person.name, "unit": unit, "name_en": person.name_en or "—"}
    said = [both("intake.told-corrected-own", **facts)]
    said += [both("intake.told-corrected-own-unit", **facts)] if unit else []
    words = Text(*("".join(one.in_(lang) for one in said) for lang in ("zh", "en")))
    return Letter(
        "intake.corrected-own",
        f"corrected-own:{person.public_id}:{act.recorded_at.isoformat()}",
        both("intake.told-corrected-own-subject", **facts),
        words,
        reverse("intake:record", args=[programme.slug, person.public_id]),
    )


def merged(act: Act, programme: Programme, gone: Person, kept: Person) -> None:
    """Whoever reads either address learns that both records are one now, and whose."""
    facts = {"who": kept.name, "programme": programme.title}
    letter = Letter(
        "intake.merged",
        f"merged:{new_id()}",
        both("intake.told-merged-subject", **facts),
        both("intake.told-merged", **facts),
        sort=Sort.PERSONAL,
    )
    for person in (gone, kept):
        if person.mail:
            post(programme, letter, to=[person], at=act.recorded_at, address=person.mail)


def _tell(
    act: Act,
    application: Application,
    code: str,
    mark: str = "",
    more: Mapping[str, object] = MappingProxyType({}),
) -> None:
    programme = application.programme
    facts: dict[str, object] = {
        "programme": programme.title,
        "number": application.number,
        "when": _when(application),
        "zone": programme.zone,
        "sha": application.sha256[:12],
        "group": application.group.title if application.group else "",
        "reasons": reasons(application),
        **more,
    }
    letter = Letter(
        code,
        f"{code}:{application.public_id}{mark}",
        both(f"{code}-subject", **facts),
        both(code, **facts),
        application.receipt_path,
    )
    post(programme, letter, to=[application.applicant.now], at=act.recorded_at)


def reasons(application: Application) -> str:
    """The reason of the decision and of each requirement not met, in one sentence after another."""
    unmet = application.checks.filter(verdict=CheckVerdict.NOT_MET).values_list("reason", flat=True)
    return "；".join(part for part in [application.reason, *unmet] if part)


def _when(application: Application) -> str:
    at = application.submitted_at
    return application.programme.local(at).strftime("%Y-%m-%d %H:%M:%S") if at else ""
