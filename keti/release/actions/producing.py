"""The files and public pages of a publication: made outside the act, attached in one step."""

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from keti.accounts.models import Person
from keti.charter.queries import compiled
from keti.consents.queries import withdrawals
from keti.documents.actions import keep_produced
from keti.documents.rules.apart import render
from keti.documents.rules.paper import Paper
from keti.documents.rules.render import Rendered
from keti.groups.models import Seat
from keti.jobs.actions import Asker, Running, Wanted, ask, ask_again
from keti.jobs.enums import JobState
from keti.jobs.models import Job
from keti.jobs.queries import newest
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.addresses import absolute
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme
from keti.release import notices, queries
from keti.release.models import Artefact, Page, Publication

KIND = "release.files"
SECONDS = 600
LANGUAGES = ("zh-hans", "en")
FORMS = ("pdf", "docx", "html")


@dataclass(frozen=True, slots=True)
class Made:
    """Everything of a publication that is to be attached: its files, its two public pages, and how
    many consents had been withdrawn before they were set."""

    files: tuple[tuple[str, str, Rendered], ...]
    pages: tuple[tuple[str, str], ...]
    making: int


def order_files(publication: Publication, act: Act) -> Job:
    """Ask for the files, in the transaction of the act that publishes; by whoever publishes."""
    asker = Asker(
        Person.objects.filter(public_id=act.by.public_id).first(),
        publication.programme,
        act.seat.public_id if act.seat else "",
    )
    return ask(_wanted(publication, publication.public_id), asker)


def _wanted(publication: Publication, key: str) -> Wanted:
    return Wanted(
        KIND,
        key,
        publication.title,
        {"publication": publication.public_id},
        place=publication.inner_path,
        result=publication.inner_path,
    )


def job_of(publication: Publication) -> Job | None:
    """The work that makes the files of this publication."""
    return newest(KIND, publication.public_id)


def order_again(publication: Publication, act: Act) -> Job:
    """Try once more what failed or was lost; what is under way stays under way."""
    job = job_of(publication)
    if job is None or (job.state == JobState.DONE and not queries.is_made(publication)):
        return order_files(publication, act)
    return ask_again(job)


def make_anew(programme: Programme, act: Act) -> None:
    """A consent was withdrawn: what is public is made once more, without the name. Until then its
    address says that it is being made. Asked for in the name of who published, however much they
    wait for: nobody is refused their withdrawal for that."""
    for publication in queries.standing_publications().filter(programme=programme):
        first = job_of(publication)
        if first is None:
            order_files(publication, act)
            continue
        wanted = _wanted(publication, f"{publication.public_id}/{withdrawals(programme)}")
        ask(wanted, Asker(first.person, programme, first.seat_id), limited=False)


def work(running: Running) -> str:
    """Make and attach the files a job asks for, in the name of who published."""
    job = running.job
    publication = Publication.objects.select_related("programme", "version").get(
        public_id=job.asked["publication"]
    )
    if publication.retracted_at is None and not queries.is_made(publication):
        made = _made(publication, running)
        if job.person is None:
            raise Refused("release.publisher-gone")
        seat = Seat.objects.with_names().filter(public_id=job.seat_id).first()
        act = Act(
            by=job.person, seat=seat, recorded_at=max(clock.instant(), publication.recorded_at)
        )
        produce(act, publication=publication, made=made)
    return ""


def _made(publication: Publication, running: Running) -> Made:
    """Every form in every language, nothing written yet: the slow part, outside transactions."""
    tongues = compiled(publication.programme).langs
    spoken = {"en" if one.startswith("en") else "zh-hans" for one in tongues}
    making = withdrawals(publication.programme)
    roll = queries.printed(publication.roll) if publication.roll else []
    files: list[tuple[str, str, Rendered]] = []
    pages: list[tuple[str, str]] = []
    whole = len(spoken) * 2 + 1 + len(LANGUAGES)
    for lang in LANGUAGES:
        imprint = queries.imprint_of(publication, queries.roll_groups(roll, lang))
        paper = queries.paper_of(publication.version, lang, imprint)
        forms = FORMS if lang == publication.language else FORMS[:2]
        for form in forms if lang in spoken else ():
            files.append((form, lang, render(paper, form)))
            running.tell(len(files) + len(pages), whole)
        pages.append((lang, _page(publication, paper, sorted(spoken, reverse=True))))
    return Made(tuple(files), tuple(pages), making)


def _page(publication: Publication, paper: Paper, spoken: list[str]) -> str:
    frame = {
        "publication": publication,
        "address": absolute(publication.path),
        "spoken": spoken,
    }
    with override(paper.lang):
        return render_to_string("release/book.html", queries.book(paper, publication.path) | frame)


@transaction.atomic
def produce(act: Act, *, publication: Publication, made: Made) -> Publication:
    """Attach the made files and pages, once for each making, and tell everybody, once, where the
    report can be read.

    Attached already, withdrawn meanwhile, or set before the last consent was withdrawn, nothing
    happens and no line is left.

    Taken back by: retract (what was published is retracted with what was made of it).
    """
    out = hold_row(Publication, publication.pk)
    if out.retracted_at is not None or queries.is_made(out):
        return out
    if made.making != withdrawals(out.programme):
        return out
    hashes: dict[str, str] = {}
    for form, lang, file in made.files:
        kept = keep_produced(
            act, programme=out.programme, name=file.name, mime=file.mime, data=file.data
        )
        made_at = {"making": made.making, "file": kept}
        Artefact.objects.create(publication=out, form=form, language=lang, **made_at)
        hashes[f"{form}.{lang}"] = kept.sha256
    for lang, html in made.pages:
        sha = hashlib.sha256(html.encode()).hexdigest()
        Page.objects.create(
            publication=out, language=lang, making=made.making, html=html, sha256=sha
        )
    ledger.record(
        act,
        "release.report.produced",
        programme=out.programme,
        about=out.subject(),
        facts={"number": out.number, "sha256": out.sha256, "files": hashes},
    )
    ledger.keep_checkpoint(out.programme, act.recorded_at)
    if not out.is_held:
        notices.published(act, out)
    return out
