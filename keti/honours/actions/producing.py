"""The files of certificates: made outside the act by a worker, kept by hash, each with its line."""

from functools import partial

from django.db import transaction

from keti.documents.actions import keep_produced
from keti.documents.rules.certificate import certificates_pdf
from keti.documents.rules.sniff import safe_name
from keti.groups.models import Seat
from keti.honours import queries
from keti.honours.enums import Stage
from keti.honours.models import Certificate, Nomination
from keti.jobs.actions import Asker, Running, Wanted, ask
from keti.jobs.models import Job
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused, both
from keti.kernel.transactions import hold_row, run
from keti.ledger import actions as ledger
from keti.programmes.models import Programme

KIND = "honours.certificates"
SECONDS = 900
MIME = "application/pdf"


def order_all(programme: Programme, asker: Asker, place: str) -> Job:
    """Ask for the files of every certificate that has none, in one piece of work."""
    title = both("honours.files-being-made", title=programme.title)
    asked = {"programme": programme.public_id}
    return ask(Wanted(KIND, programme.public_id, title, asked, place=place, result=place), asker)


def lacking(programme: Programme) -> list[Nomination]:
    """The certificates that were awarded and have no file yet."""
    rows = Nomination.objects.filter(programme=programme, stage=Stage.AWARDED, certificate=None)
    return list(rows.with_names())


def work(running: Running) -> str:
    """Make and attach them, one by one, in the name of who asked."""
    job = running.job
    programme = Programme.objects.get(public_id=job.asked["programme"])
    if job.person is None:
        raise Refused("honours.asker-gone")
    seat = Seat.objects.with_names().filter(public_id=job.seat_id).first()
    rows = lacking(programme)
    for number, one in enumerate(rows, start=1):
        act = Act(by=job.person, seat=seat, recorded_at=clock.instant())
        run(partial(produce, act, nomination=one, data=_made(one)))
        running.tell(number, len(rows))
    return ""


def _made(one: Nomination) -> bytes:
    awarded = one.awarded_at or one.nominated_at
    day = one.programme.local(awarded).date()
    return certificates_pdf([queries.certificate_paper(one)], day)


@transaction.atomic
def produce(act: Act, *, nomination: Nomination, data: bytes) -> Nomination:
    """Attach the made file of a certificate, once; its line names the file by hash, so that it can
    be checked by whoever holds it. Attached already or taken back, nothing happens.

    Taken back by: revoke (the certificate with its file).
    """
    hold_row(Nomination, nomination.pk)
    found = Nomination.objects.with_names().get(pk=nomination.pk)
    if found.stage != Stage.AWARDED or Certificate.objects.filter(nomination=found).exists():
        return found
    name = safe_name(found.number, "pdf")
    kept = keep_produced(act, programme=found.programme, name=name, mime=MIME, data=data)
    Certificate.objects.create(nomination=found, file=kept, at=act.recorded_at)
    ledger.record(
        act,
        "honours.certificate.produced",
        programme=found.programme,
        about=found.subject(),
        facts={"number": found.number, "sha256": kept.sha256},
    )
    return found
