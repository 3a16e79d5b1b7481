"""Who is told of what.

publish_call: nobody by mail (the call is public).   submit_application: the applicant.
withdraw_application: the applicant.   decide_application: the applicant, with the reasons.
found: everybody seated in the group.   correct_record: the address that was on record, where it
changes.   Appointments: told by the groups room.
"""

from collections.abc import Sequence
from typing import Protocol

from keti.accounts.models import Person
from keti.groups.models import Group
from keti.groups.queries import people, standing
from keti.intake.enums import ApplicationState, CheckVerdict
from keti.intake.models import Application
from keti.kernel.acts import Act, Text
from keti.kernel.ids import new_id
from keti.kernel.refusals import both
from keti.notify.actions import Letter, post
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


def withdrawn(act: Act, application: Application) -> None:
    _tell(act, application, "intake.told-withdrawn")


def decided(act: Act, application: Application) -> None:
    """The decision with its reasons, one for each requirement not met."""
    admitted = application.state == ApplicationState.ADMITTED
    _tell(act, application, "intake.told-admitted" if admitted else "intake.told-rejected")


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


def _tell(act: Act, application: Application, code: str) -> None:
    programme = application.programme
    facts = {
        "programme": programme.title,
        "number": application.number,
        "when": _when(application),
        "zone": programme.zone,
        "sha": application.sha256[:12],
        "group": application.group.title if application.group else "",
        "reasons": reasons(application),
    }
    letter = Letter(
        code,
        f"{code}:{application.public_id}",
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
