"""A roster is read and entered by work: what the page asks for, and what the work does."""

from keti.documents.models import StoredFile
from keti.groups.doors import Door, attempt
from keti.groups.models import Seat
from keti.groups.notices import both
from keti.intake import actions
from keti.intake.enums import ImportState
from keti.jobs.actions import Running, Wanted, ask
from keti.jobs.models import Job
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused

KIND = "intake.roster"
SECONDS = 1800


def order_roster(door: Door, act: Act, file: StoredFile, state: ImportState) -> Job:
    """Let a roster file be read (a rehearsal), or its good rows be entered."""
    if not file.name.lower().endswith(".xlsx"):
        raise Refused("intake.roster-not-xlsx")
    doing = "read" if state == ImportState.READ else "entered"
    wanted = Wanted(
        KIND,
        f"{state}/{file.programme.public_id}/{file.sha256[:16]}/{act.key[:80]}",
        both(f"intake.roster-being-{doing}", name=file.name),
        {"file": file.public_id, "state": str(state), "sent": [act.key, act.digest]},
        place=door.request.path,
    )
    return ask(wanted, door.asker)


def work_roster(running: Running) -> str:
    """Read or enter the file a job names; gives the page of the report."""
    asked = running.job.asked
    file = StoredFile.objects.select_related("programme").get(public_id=asked["file"])
    do = actions.read_roster if asked["state"] == ImportState.READ else actions.import_roster
    act = _act_of(running.job)
    done, refused = attempt(lambda: do(act, programme=file.programme, file=file, tell=running.tell))
    if done is None:
        raise refused or Refused("groups.no-seat")
    return done.path


def _act_of(job: Job) -> Act:
    """The act of a job, in the name and seat of who asked, recorded when it is done.

    The act asks its rights then. Refuses where the asker's seat is no more.
    """
    seat = Seat.objects.with_names().filter(public_id=job.seat_id).first()
    if job.person is None or seat is None:
        raise Refused("groups.no-seat")
    key, sent = job.asked["sent"]
    return Act(job.person, clock.instant(), seat, key=key, digest=sent)
