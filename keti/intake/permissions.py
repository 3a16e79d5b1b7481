"""Who publishes a call, who applies, who reads an application, who decides on it."""

from collections.abc import Sequence

from django.db.models import Q

from keti.accounts.models import Person
from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.duties.permissions import may_do
from keti.groups.models import Seat, SeatQuerySet
from keti.groups.permissions import may_manage, principal
from keti.intake.enums import ApplicationState
from keti.intake.models import Application, ApplicationQuerySet, Call
from keti.intake.rules.words import deadline
from keti.kernel.acts import Act
from keti.kernel.prepared import prepared
from keti.kernel.refusals import YES, Verdict, no
from keti.programmes.models import Programme


def may_run(act: Act, obligation: Obligation, form: str) -> Verdict:
    """The secretariat, or the accountable seat, does a duty of intake, each by its own act."""
    seat = principal(act, obligation.programme)
    if obligation.form != form:
        return no("intake.other-form", title=obligation.title)
    if obligation.state in (DutyState.CANCELLED, DutyState.WAIVED):
        return no("duties.cancelled")
    return YES if seat.can("manage") else may_do(act, obligation)


def may_correct_own(act: Act, person: Person) -> Verdict:
    """Everybody puts their own record right, nobody else's."""
    if act.by.public_id == person.public_id:
        return YES
    return no("intake.only-ones-own-record")


def may_publish(act: Act, obligation: Obligation) -> Verdict:
    """The call is published once, by the secretariat or the accountable seat."""
    verdict = may_run(act, obligation, "call")
    if not verdict:
        return verdict
    if Call.objects.filter(obligation=obligation).exists():
        return no("intake.already-published")
    return YES


def call_of_admission(obligation: Obligation) -> Call | None:
    """The call whose applications this duty of admission is about: the last one that was to be
    published before it; the newest where none was."""
    calls = Call.objects.select_related("programme").filter(programme=obligation.programme_id)
    before = calls.filter(obligation__due_at__lt=obligation.due_at)
    return before.order_by("-pk").first() or calls.order_by("-pk").first()


def may_close(act: Act, obligation: Obligation) -> Verdict:
    """The admission is closed when the window is, and every application decided."""
    verdict = may_run(act, obligation, "admission")
    if not verdict:
        return verdict
    programme = obligation.programme
    call = call_of_admission(obligation)
    if call and call.closes_at and act.happened_at < call.closes_at:
        return no("intake.window-still-open", closes=deadline(call.closes_at, programme.tz))
    mine = Application.objects.filter(programme=programme, call=call)
    waiting = mine.undecided().count()
    if waiting:
        return no("intake.undecided", count=waiting)
    completing = mine.filter(state=ApplicationState.DRAFT, window_closes__gt=act.recorded_at)
    count = completing.count()
    return no("intake.still-completing", count=count) if count else YES


def may_fill_in(act: Act, call: Call, applicant: Person) -> Verdict:
    """An applicant fills in their own application; the secretariat one received on paper."""
    if getattr(act.by, "pk", None) == applicant.now.pk and isinstance(act.by, Person):
        return YES
    return may_record_paper(act, call.programme)


def may_record_paper(act: Act, programme: Programme) -> Verdict:
    """An application on paper is recorded by the secretariat, with the signed paper attached."""
    principal(act, programme)
    verdict = may_manage(act, programme)
    if verdict and act.evidence is None:
        return no("intake.paper-needed")
    return verdict


def may_withdraw(act: Act, application: Application) -> Verdict:
    """The applicant withdraws, also from the waiting list; the secretariat on their signed word."""
    own = (ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.RESERVE)
    if application.state not in own:
        return no("intake.already-decided")
    return may_fill_in(act, application.call, application.applicant)


def may_assess(act: Act, application: Application) -> Verdict:
    """The secretariat checks and decides, once, what was submitted; who waits in reserve once
    more."""
    verdict = may_manage(act, application.programme)
    if not verdict:
        return verdict
    if application.state in (ApplicationState.SUBMITTED, ApplicationState.RESERVE):
        return YES
    if application.state in (ApplicationState.ADMITTED, ApplicationState.REJECTED):
        return no("intake.already-decided")
    return no("intake.not-submitted")


def manages(person: Person | None) -> list[int]:
    """The programmes whose secretariat this person acts for."""
    if person is None:
        return []
    seats = prepared(("intake.sitting",), _sitting, person.pk)
    return [seat.programme_id for seat in seats if seat.can("manage")]


def _sitting(person: int) -> SeatQuerySet:
    return Seat.objects.filter(ends_at=None).of(person).select_related("role")


def visible(
    person: Person | None,
    applications: ApplicationQuerySet,
    offices: Sequence[int] | None = None,
) -> ApplicationQuerySet:
    """One's own applications, and what was submitted to a programme whose secretariat one is;
    `offices` are those programmes, where who asks has read them already."""
    if person is None:
        return applications.none()
    if offices is None:
        offices = manages(person)
    submitted = ~Q(state=ApplicationState.DRAFT) & Q(submitted_at__isnull=False)
    own = Q(applicant=person) | Q(applicant__same_as=person)
    return applications.filter(own | Q(programme__in=offices) & submitted)
