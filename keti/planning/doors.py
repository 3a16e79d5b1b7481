"""The doors of planning: an empty installation's one-time token, templates, a working copy."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path as File
from secrets import compare_digest
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from keti.accounts.models import Person
from keti.accounts.queries import has_founder, person_of
from keti.charter.actions import CharterFile
from keti.charter.queries import holidays
from keti.charter.rules import Compiled, Finding, load
from keti.charter.rules.findings import Path, in_words
from keti.charter.rules.lint import lint
from keti.charter.rules.reading import Unreadable, read
from keti.documents.actions import Upload, laid_aside, set_aside
from keti.documents.rules.sniff import examine
from keti.drafts.rules import WorkingCopy
from keti.groups.doors import Door, enter
from keti.groups.permissions import reading_seats
from keti.jobs.actions import Asker, Running, Wanted, ask
from keti.jobs.models import Job
from keti.kernel import clock
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import Refused, both
from keti.planning.actions import Founding, discard_draft, found_programme
from keti.planning.models import CharterDraft
from keti.planning.queries import founded_from
from keti.planning.rules import shelf
from keti.planning.rules.origin import OF_NOTICE, Remain, quoted, remains, unseen

KIND = "planning.founding"
SECONDS = 600
TRIES = 20
HOUR = 3600


def is_empty() -> bool:
    """Nobody is registered who may found a programme."""
    return not has_founder()


def _token_file() -> File:
    return File(settings.KETI_DATA) / "first-run-token"


def token_fits(pasted: str) -> bool:
    """True when this is the one-time token that the terminal printed, or words around it: the whole
    line, or several, as one copies them."""
    file = _token_file()
    if not file.exists():
        return False
    known = file.read_text().strip().encode()
    words = re.findall(r"[\w-]+", pasted, re.ASCII)
    return any(compare_digest(known, one.encode()) for one in words)


def tried_too_often(address: str) -> bool:
    """At most so many tokens an hour from one address."""
    name = f"first-run-tries:{address}"
    cache.add(name, 0, HOUR)
    return int(cache.incr(name)) > TRIES


def spend_token() -> None:
    """The token was used; it opens nothing any more."""
    _token_file().unlink(missing_ok=True)


def charters_folder() -> File:
    """Where the shipped charters lie: in the wheel beside the package, or in the source tree."""
    package = File(settings.PACKAGE)
    inside = package / "charters"
    return inside if inside.is_dir() else package.parent / "charters"


@lru_cache(maxsize=8)
def _template(file: File, _changed: float) -> tuple[Any, str]:
    table = file.with_suffix(".clauses.tsv")
    return read(file.read_text()).data, table.read_text() if table.is_file() else ""


def template_of(name: str) -> tuple[Any, str]:
    """What the template of this name says, and its clauses; ({}, '') where there is none."""
    file = charters_folder() / File(name).name
    if file.suffix != ".yaml" or not file.is_file():
        return {}, ""
    return _template(file, file.stat().st_mtime)


@dataclass
class DraftDoor:
    """Somebody at a working copy of a charter: its text as data, and what is found on it."""

    request: HttpRequest
    draft: CharterDraft
    person: Person
    now: datetime
    door: Door | None

    @property
    def lang(self) -> str:
        return get_language() or "zh-hans"

    @property
    def url(self) -> str:
        return f"/drafts/{self.draft.public_id}/"

    @property
    def came(self) -> str:
        """The page of this working copy from which a part was opened; '' where none is named."""
        wish = str(self.request.GET.get("back", ""))
        return wish if wish.startswith(self.url) else ""

    def part(self, address: str) -> str:
        """The address of a part, which leads back where one came from."""
        back = f"?{urlencode({'back': self.came})}" if self.came else ""
        return f"{self.url}part/{address}/{back}"

    @property
    def zone(self) -> str:
        return str(shelf.at(self.data, ("tz",)) or "Asia/Shanghai")

    @cached_property
    def data(self) -> Any:
        """What the text says; {} while it cannot be read."""
        try:
            return read(self.draft.text).data
        except Unreadable:
            return {}

    @cached_property
    def findings(self) -> list[Finding]:
        return judged(self.draft.text, self.draft.name, self.draft.clauses)

    @cached_property
    def compiled(self) -> Compiled | None:
        return load(self.draft.text, self.draft.name, holidays())[0]

    @cached_property
    def remains(self) -> list[Remain]:
        """What is still as the template said it, whether seen or not."""
        return remains(self.data, template_of(self.draft.name)[0])

    @property
    def unseen(self) -> list[Remain]:
        """Of these, what nobody has said to keep."""
        return unseen(self.remains, self.draft.kept or ())

    @property
    def quotes(self) -> int:
        """How many places still name or quote the template's notice, while nobody keeps it."""
        template, clauses = template_of(self.draft.name)
        kept = OF_NOTICE in (self.draft.kept or ())
        if not template or kept:
            return 0
        return quoted(self.data) + (1 if clauses and clauses == self.draft.clauses else 0)

    @property
    def errors(self) -> list[Finding]:
        return [one for one in self.findings if one.severity == "error"]

    def at_path(self, path: Path) -> list[Finding]:
        """The findings on a place and on everything below it."""
        head = in_words(path)
        return [
            one
            for one in self.findings
            if one.path == head or one.path.startswith((f"{head}.", f"{head}["))
        ]

    def act(self) -> Act:
        """An act done now on one's own draft."""
        seat = self.door.seat if self.door else None
        return Act(by=self.person, recorded_at=self.now, seat=seat)


def begun_by(person: Person, lang: str) -> list[tuple[CharterDraft, str]]:
    """The programmes somebody has begun and not founded, newest first, each as it is called."""
    drafts = CharterDraft.objects.filter(by=person, programme=None).order_by("-updated_at")
    return [(one, _called(one).in_(lang)) for one in drafts]


def judged(text: str, name: str, clauses: str) -> list[Finding]:
    """Everything the linter says; what was decided already is left out."""
    found = lint(text, name, holidays=holidays(), clauses=clauses)
    return [one for one in found if one.waived is None]


def enter_draft(request: HttpRequest, public_id: str) -> DraftDoor:
    """Let the owner of a working copy in; for everybody else there is none."""
    person = person_of(request.user)
    draft = CharterDraft.objects.select_related("programme").filter(public_id=public_id).first()
    if person is None or draft is None or draft.by_id != person.pk:
        raise Http404
    door = enter(request, draft.programme.slug) if draft.programme else None
    return DraftDoor(request, draft, person, clock.received(request), door)


def in_hand(person: Person, at: datetime) -> Iterator[WorkingCopy]:
    """The charter files this person is working on, where their programme still lets them in."""
    inside = {seat.programme_id for seat in reading_seats(person, at)}
    for one in CharterDraft.objects.filter(by=person).select_related("programme"):
        if one.programme is None or one.programme_id in inside:
            where = one.programme.title if one.programme else Text("")
            path = reverse("planning:draft", args=[one.public_id])
            yield WorkingCopy(_called(one), where, path, one.updated_at)


def _called(draft: CharterDraft) -> Text:
    """The title that the working copy gives its programme; the name of its file while that cannot
    be read."""
    try:
        data = read(draft.text).data
    except Unreadable:
        return Text(draft.name, draft.name)
    return shelf.title_of(shelf.at(data, ("programme", "title")), draft.name)


def order_founding(door: DraftDoor, notice: Upload | None) -> Job:
    """Let the programme of this working copy be founded; the notice lies aside for it meanwhile.

    Refuses while something of the template stands that nobody has seen.
    """
    if notice is not None:
        examine(notice.data, notice.name)
    if not door.errors and (door.unseen or door.quotes):
        raise Refused("planning.template-remains", count=len(door.unseen) + bool(door.quotes))
    if notice is not None:
        set_aside(door.person, _slot(door.draft.public_id), notice, door.now)
    wanted = Wanted(
        KIND,
        door.draft.public_id,
        both("planning.being-founded", name=_called(door.draft)),
        {"draft": door.draft.public_id, "notice": notice is not None},
        place=door.request.path,
    )
    return ask(wanted, Asker(door.person))


def _slot(draft_id: str) -> str:
    return f"founding/{draft_id}"


def work_founding(running: Running) -> str:
    """Found the programme of the working copy a job names, which is then done with.

    Done again after a break it finds the programme founded, and only puts the copy away.
    """
    person, draft_id = running.job.person, str(running.job.asked["draft"])
    draft = CharterDraft.objects.filter(public_id=draft_id, programme=None, by=person).first()
    if person is None or draft is None:
        made = founded_from(person, draft_id) if person else None
        if made is None:
            raise Refused("planning.draft-gone")
        return reverse("planning:founded", args=[made.slug])
    now = clock.instant()
    waiting = laid_aside(person, _slot(draft_id), now) if running.job.asked["notice"] else None
    notice = Upload(waiting.name, waiting.file) if waiting else None
    if running.job.asked["notice"] and notice is None:
        raise Refused("planning.notice-gone")
    slug = str(shelf.at(read(draft.text).data, ("programme", "id")) or "")
    founding = Founding(CharterFile(f"{slug}.yaml", draft.text, draft.clauses), slug, notice=notice)
    act = Act(by=person, recorded_at=now, key=draft_id)
    made = found_programme(act, founder=person, founding=founding)
    discard_draft(Act(by=person, recorded_at=now), draft=draft)
    return reverse("planning:founded", args=[made.slug])


def founder(request: HttpRequest) -> Person:
    """Whoever may found programmes; for everybody else the page does not exist."""
    person = person_of(request.user)
    if person is None or not person.may_found:
        raise Http404
    return person
