"""A roster is read and entered by work: what the page asks for, and what the work does; whose
applications are in hand."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from keti.accounts.models import Person
from keti.accounts.queries import rows_of
from keti.documents.models import StoredFile
from keti.drafts.rules import WorkingCopy
from keti.groups.doors import Door, attempt
from keti.groups.models import Seat
from keti.intake import actions
from keti.intake.enums import ApplicationState, ImportState
from keti.intake.models import Application, RosterImport
from keti.intake.permissions import visible
from keti.jobs.actions import Running, Wanted, ask
from keti.jobs.models import Job
from keti.jobs.queries import LIVE
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.prepared import prepared
from keti.kernel.refusals import Refused, both

KIND = "intake.roster"
SECONDS = 1800


def order_roster(
    door: Door,
    act: Act,
    file: StoredFile,
    *,
    answers: Mapping[str, str] | None = None,
    shown: RosterImport | None = None,
    ask_them: bool = False,
) -> Job:
    """Let a roster file be compared with the record, or what was `shown` of it be entered.

    `answers`: who is meant in the rows where it was asked. With `ask_them` whom units name is asked
    before they sit.
    """
    actions.sheet_kind(file.name)
    state = ImportState.IMPORTED if shown else ImportState.READ
    wanted = Wanted(
        KIND,
        f"{_beginning(state, file)}{act.key[:80]}",
        both(f"intake.roster-being-{'entered' if shown else 'read'}", name=file.name),
        {
            "file": file.public_id,
            "state": str(state),
            "sent": [act.key, act.digest],
            "answers": dict(answers or {}),
            "shown": [shown.public_id, shown.digest] if shown else [],
            "ask": ask_them,
        },
        place=door.request.path,
    )
    return ask(wanted, door.asker)


def _beginning(state: ImportState, file: StoredFile) -> str:
    return f"{state}/{file.programme.public_id}/{file.sha256[:16]}/"


def is_on_its_way(one: RosterImport) -> bool:
    """Whether somebody's work on entering this file waits or runs."""
    beginning = _beginning(ImportState.IMPORTED, one.file)
    return Job.objects.filter(kind=KIND, key__startswith=beginning, state__in=LIVE).exists()


def work_roster(running: Running) -> str:
    """Read or enter the file a job names; gives the page of the report. What only reads and
    compares is done before the act begins: it holds nobody up."""
    job = running.job
    file = StoredFile.objects.select_related("programme").get(public_id=job.asked["file"])
    if job.asked["state"] != ImportState.READ:
        return _entered(running, file).path
    done, refused = attempt(_reading(job, file))
    if done is None:
        raise refused or Refused("groups.no-seat")
    return done.path


def _reading(job: Job, file: StoredFile) -> Callable[[], RosterImport]:
    act, programme, answers = _act_of(job), file.programme, job.asked.get("answers") or {}
    compared = actions.compare(programme, file, answers)
    return lambda: actions.read_roster(
        act, programme=programme, file=file, answers=answers, compared=compared
    )


def _entered(running: Running, file: StoredFile) -> RosterImport:
    """Entered in many short transactions: no act runs around them."""
    act, programme = _act_of(running.job), file.programme
    public_id, digest = running.job.asked["shown"]
    shown = RosterImport.objects.filter(programme=programme, public_id=public_id).first()
    if shown is None:
        raise Refused("intake.roster-was-removed")
    shown.digest = digest
    return actions.import_roster(
        act,
        programme=programme,
        file=file,
        shown=shown,
        ask=running.job.asked.get("ask", False),
        tell=running.tell,
    )


def _act_of(job: Job) -> Act:
    """The act of a job, in the name and seat of who asked, recorded when it is done.

    The act asks its rights then. Refuses where the asker's seat is no more.
    """
    seat = Seat.objects.with_names().filter(public_id=job.seat_id).first()
    if job.person is None or seat is None:
        raise Refused("groups.no-seat")
    key, sent = job.asked["sent"]
    return Act(job.person, clock.instant(), seat, key=key, digest=sent)


def in_hand(person: Person, at: datetime) -> Iterator[WorkingCopy]:
    """The applications this person has begun and not sent."""
    own = rows_of(person)

    def begun() -> QuerySet[Application]:
        mine = visible(person, Application.objects.with_names(), offices=())
        return mine.filter(state=ApplicationState.DRAFT, applicant__in=own)

    for one in prepared(("intake.in-hand", *own), begun):
        path = reverse("intake:fill_in", args=[one.programme.slug, one.track])
        yield WorkingCopy(one.call.title, one.programme.title, path, one.saved_at)
