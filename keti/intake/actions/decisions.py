"""Eligibility checks, the decision on each application, and closing the admission."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from keti.accounts.actions import enter_organisation
from keti.accounts.models import Organisation, Person
from keti.charter.rules.joining import TrackSpec
from keti.duties import actions as duties
from keti.duties.models import Obligation
from keti.groups.actions import Place, appoint, hold_roster
from keti.groups.models import UNNUMBERED, Group
from keti.groups.queries import role_by_key
from keti.intake import notices, permissions, queries
from keti.intake.actions.growing import grower, seed_of
from keti.intake.actions.naming import admitted_row
from keti.intake.actions.people import NOTHING_SAID, Said, applicant, delegate
from keti.intake.enums import ApplicationState, CheckVerdict, TrackKind
from keti.intake.models import Application, Check
from keti.intake.rules.content import track_of
from keti.kernel.acts import Act, Subject
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_each, hold_row, put
from keti.ledger import actions as ledger
from keti.monitoring.actions import follow_the_seats, hold_what_follows

RESERVED = "intake.application.reserved"
DECIDED = ["state", "reason", "decided_at", "decided_by", "group", "seat", "organisation"]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was found on one requirement. A requirement not met needs its reason."""

    key: str
    met: bool
    reason: str = ""


@transaction.atomic
def check_eligibility(
    act: Act, *, application: Application, results: Sequence[CheckResult]
) -> Application:
    """Record the verdict on requirements of the track; a later verdict replaces an earlier one.

    Refuses an unknown requirement, a missing reason, and an application already decided.

    Taken back by: check_eligibility (a later verdict replaces the earlier one).
    """
    mine = hold_row(Application, application.pk)
    if ledger.repeated(act, "intake.application.checked", programme=mine.programme):
        return mine
    permissions.may_assess(act, mine).or_refuse()
    lines = {line.spec.key: line.spec for line in queries.check_lines(mine)}
    for result in results:
        if result.key not in lines:
            raise Refused("intake.unknown-check")
        if not result.met and not result.reason.strip():
            raise Refused("intake.check-needs-a-reason", check=lines[result.key].title)
        put(
            Check.objects.all(),
            application=mine,
            key=result.key,
            wanted={
                "verdict": CheckVerdict.MET if result.met else CheckVerdict.NOT_MET,
                "reason": result.reason.strip(),
                "by_label": act.by.label,
                "at": act.happened_at,
            },
        )
    ledger.record(
        act,
        "intake.application.checked",
        programme=mine.programme,
        about=mine.subject(),
        facts={"checks": [[one.key, one.met, one.reason] for one in results]},
    )
    return mine


@transaction.atomic
def decide_application(
    act: Act,
    *,
    application: Application,
    admit: bool,
    reason: str = "",
    place: Group | None = None,
    said: Said = NOTHING_SAID,
) -> Application:
    """Admit the applicant to the group `place`, which seats them, or reject with the reason.
    From the waiting list (`put_in_reserve`) somebody is admitted in another's place: the reason
    names it.

    The role follows from the track. `place` may be left out when the applicant chose one group.
    Only now is the unit bound that the application names, and the person known by the name they
    gave. Where somebody on record may be meant, or another, it is asked and answered by `said`.
    Refuses a rejection without a reason, an admission while a requirement is not met, and a unit
    that is admitted already.

    Taken back by: take_back_decision (with a reason, before the letter went or after).
    """
    hold_roster(application.programme)
    hold_each(Person.objects.filter(pk=application.applicant_id))
    grows = admit and _founding(application) is not None
    if grows:
        grower().hold_seats(application.programme)
    mine = hold_row(Application, application.pk)
    if ledger.repeated(act, "intake.application.decided", programme=mine.programme):
        return mine
    if grows:
        grower().hold_rest(mine.programme)
    hold_what_follows(mine.programme)
    permissions.may_assess(act, mine).or_refuse()
    waited = mine.state == ApplicationState.RESERVE
    if not reason.strip() and (waited or not admit):
        needed = "in-whose-place" if admit else "rejection-needs-a-reason"
        raise Refused(f"intake.{needed}").at("reason")
    if admit:
        _admit(act, mine, place, said)
    mine.state = ApplicationState.ADMITTED if admit else ApplicationState.REJECTED
    mine.reason, mine.decided_at, mine.decided_by = reason.strip(), act.happened_at, act.by.label
    mine.save(update_fields=DECIDED)
    duties.await_answers(mine.programme, "intake", mine.public_id, act.recorded_at, act=act)
    if admit:
        follow_the_seats(act, programme=mine.programme)
    ledger.record(
        act,
        "intake.application.decided",
        programme=mine.programme,
        about=mine.subject(),
        facts={
            "number": mine.number,
            "admitted": admit,
            **({"waited": True} if waited else {}),
            "group": mine.group.label if mine.group else "",
            "reason": mine.reason,
        },
    )
    notices.decided(act, mine)
    return mine


@transaction.atomic
def put_in_reserve(act: Act, *, application: Application, reason: str = "") -> Application:
    """Put an application on the waiting list: it may be admitted later in the place of somebody who
    withdraws or is not confirmed. The applicant is told. Refuses one that waits there already.

    Taken back by: decide_application (admitted in somebody's place, or rejected).
    """
    mine = hold_row(Application, application.pk)
    if ledger.repeated(act, RESERVED, programme=mine.programme):
        return mine
    permissions.may_assess(act, mine).or_refuse()
    if mine.state == ApplicationState.RESERVE:
        raise Refused("intake.waits-already")
    mine.state, mine.reason = ApplicationState.RESERVE, reason.strip()
    mine.decided_at, mine.decided_by = act.happened_at, act.by.label
    mine.save(update_fields=DECIDED)
    duties.await_answers(mine.programme, "intake", mine.public_id, act.recorded_at, act=act)
    facts = {"number": mine.number, "reason": mine.reason}
    ledger.record(act, RESERVED, programme=mine.programme, about=mine.subject(), facts=facts)
    notices.decided(act, mine)
    return mine


def _admit(act: Act, mine: Application, place: Group | None, said: Said) -> None:
    """Every requirement met, one group named: the applicant takes the seat of the track's role."""
    open_checks = [line.spec.title for line in queries.check_lines(mine) if line.verdict != "met"]
    if open_checks:
        raise Refused("intake.checks-not-met", count=len(open_checks), first=open_checks[0])
    mine.organisation = _unit(mine)
    if track := _founding(mine):
        seed = seed_of(mine, track.founds, track.named_by)
        mine.group = grower().grow(act, mine.programme, seed)
    else:
        mine.group = place or _only_choice(mine)
    mine.seat = appoint(act, place=_place(act, mine, mine.group, said))


def _founding(mine: Application) -> TrackSpec | None:
    """The track of an application, where being admitted on it founds a group."""
    admission = queries.admission_of(mine.programme)
    track = track_of(admission, mine.track) if admission else None
    return track if track and track.founds else None


def _unit(mine: Application) -> Organisation | None:
    """The unit that the application names; one of another application is not admitted again."""
    name = mine.filled.unit
    unit = enter_organisation(name, is_demo=mine.programme.is_demo) if name else None
    if unit and mine.track_kind == TrackKind.UNIT:
        admitted = Application.objects.filter(
            call=mine.call_id, track_kind=mine.track_kind, state=ApplicationState.ADMITTED
        )
        rival = admitted.filter(organisation=unit).first()
        if rival is not None:
            raise Refused("intake.unit-already-admitted", unit=unit.label, number=rival.number)
    return unit


def _only_choice(mine: Application) -> Group:
    keys = mine.filled.choices
    if not keys:
        raise Refused("intake.say-the-group")
    if len(keys) != 1:
        raise Refused("intake.name-the-group")
    return Group.objects.select_related("programme").get(programme=mine.programme, key=keys[0])


def _place(act: Act, mine: Application, group: Group, said: Said) -> Place:
    admission = queries.admission_of(mine.programme)
    if admission is None:
        raise Refused("intake.nobody-applies")
    role = role_by_key(mine.programme, admission.role_for[mine.track])
    if mine.track_kind == TrackKind.UNIT:
        expert = delegate(mine, said, act)
        return Place(
            group=group,
            role=role,
            organisation=mine.organisation,
            delegate=expert,
            guest=said.guest,
            proposed=expert.pk != mine.applicant.now.pk,
            order=UNNUMBERED,
        )
    return Place(group=group, role=role, person=applicant(mine, said, act), order=UNNUMBERED)


@transaction.atomic
def close_admission(act: Act, *, obligation: Obligation) -> Obligation:
    """Declare the admission decided. Refuses while the window is open or one is undecided.

    Taken back by: nothing, because it says that all was decided; each decision is taken back by
    itself.
    """
    duty = hold_row(Obligation, obligation.pk)
    programme = duty.programme
    if ledger.repeated(act, "intake.admission.closed", programme=programme):
        return duty
    permissions.may_close(act, duty).or_refuse()
    call = permissions.call_of_admission(duty)
    tally = queries.counts(Application.objects.filter(programme=programme, call=call))
    about = Subject(
        "intake.admission", duty.public_id, duty.label, f"/p/{programme.slug}/applications/"
    )
    duty = duties.meet(act, obligation=duty, with_=about)
    paper = duties.give_number(act, duty, map(admitted_row, queries.admitted(programme, call)))
    waiting = tally.get(ApplicationState.RESERVE, 0)
    ledger.record(
        act,
        "intake.admission.closed",
        programme=programme,
        about=about,
        facts={
            "admitted": tally.get(ApplicationState.ADMITTED, 0),
            "rejected": tally.get(ApplicationState.REJECTED, 0),
            **({"reserve": waiting} if waiting else {}),
            **duties.numbered(paper),
        },
    )
    return duty
