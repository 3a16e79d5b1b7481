"""The door between a page and an act: who is here, in which seat, and how a form becomes an Act."""

import hashlib
import json
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from typing import Any, ClassVar, TypeVar, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keti.accounts.models import Person
from keti.accounts.queries import person_of
from keti.charter.queries import compiled
from keti.documents.actions import (
    Upload,
    drop_aside,
    examined,
    keep_upload,
    laid_aside,
    nothing_left_behind,
    set_aside,
)
from keti.documents.doors import held
from keti.documents.models import StoredFile
from keti.groups.models import Seat
from keti.groups.permissions import Sight, sight_of, still_reads
from keti.groups.queries import standing
from keti.jobs.actions import Asker
from keti.jobs.models import Job
from keti.kernel import clock, transactions
from keti.kernel.acts import Act
from keti.kernel.ids import new_id
from keti.kernel.lines import LineForm
from keti.kernel.refusals import Refused, Verdict
from keti.ledger.actions import key_to_show
from keti.programmes.models import Programme

T = TypeVar("T")
YEARS = range(1900, 2201)


@dataclass(frozen=True, slots=True)
class Door:
    """Somebody inside a programme: the person, the seat they act in, the moment they came."""

    request: HttpRequest
    programme: Programme
    person: Person
    seat: Seat
    seats: list[Seat]
    now: datetime
    sight: Sight

    @property
    def lang(self) -> str:
        return get_language() or "zh-hans"

    @property
    def asker(self) -> Asker:
        """For whom background work is asked here."""
        return Asker(self.person, self.programme, self.seat.public_id)

    def act(self, key: str = "") -> Act:
        """An act done now, in the seat shown on the page, for oneself."""
        return Act(
            by=self.person,
            recorded_at=self.now,
            seat=self.seat,
            key=key,
            digest=digest_of(self.request) if key else "",
        )

    def act_from(self, form: "ActForm") -> Act:
        """The act of a valid form: on behalf, as of when, on what evidence. Keeps the evidence."""
        facts = form.cleaned_data
        act = self.act(str(facts["key"]))
        tried = _tried.get()
        if tried is not None:
            tried.append(form)
        evidence = None
        upload = facts.get("evidence")
        if upload:
            evidence = self.keep(act, upload, "evidence")
        behalf = facts.get("on_behalf_of") or ""
        return replace(
            act,
            on_behalf_of=self._seat(behalf),
            happened=facts.get("happened_at"),
            evidence=evidence,
        )

    def keep(self, act: Act, upload: UploadedFile, field: str = "file") -> StoredFile:
        """Keep a file that came by a field of a form; a refusal is blamed on that field."""
        try:
            return keep_upload(
                act,
                programme=self.programme,
                name=str(upload.name),
                data=upload,
                reserved=self.seat.can("manage"),
            )
        except Refused as refused:
            raise refused.at(field) from None

    def _seat(self, public_id: str) -> Seat | None:
        if not public_id:
            return None
        found = standing(self.programme, self.now).filter(public_id=public_id).first()
        if found is None:
            raise Refused("groups.no-seat")
        return found


def told_of(act: Act) -> dict[str, str]:
    """What a job must know besides its asker to do this act later."""
    return {"key": act.key, "digest": act.digest}


def act_of(job: Job) -> Act:
    """The act that a job does, in the name and seat of who asked, recorded when it is done.

    The act asks its rights then. Refuses where the asker's seat is no more.
    """
    seat = Seat.objects.with_names().filter(public_id=job.seat_id).first() if job.seat_id else None
    if job.person is None or (job.seat_id and seat is None):
        raise Refused("groups.no-seat")
    return Act(by=job.person, recorded_at=clock.instant(), seat=seat, **job.asked.get("act", {}))


def digest_of(request: HttpRequest) -> str:
    """The hash of everything a form sent: its fields, and its files by name and content.

    The key and the token against forgery are no content. "" where nothing was posted.
    """
    if request.method != "POST":
        return ""
    known: str | None = getattr(request, "sent_digest", None)
    if known is None:
        fields = sorted(one for one in request.POST.lists() if not _is_key(one[0]))
        files = sorted(
            (name, str(file.name), _hash_of(file))
            for name, several in request.FILES.lists()
            for file in several
        )
        text = json.dumps([fields, files], ensure_ascii=False)
        known = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        request.sent_digest = known  # type: ignore[attr-defined]
    return known


def _is_key(name: str) -> bool:
    return name in ("csrfmiddlewaretoken", "key") or name.endswith("-key")


def _hash_of(file: UploadedFile) -> str:
    hashed = hashlib.sha256()
    for chunk in file.chunks():
        hashed.update(chunk)
    file.seek(0)
    return hashed.hexdigest()


def programme_by_slug(slug: str) -> Programme:
    """The programme of this address; 404 where there is none."""
    found = Programme.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _seats(person: Person, slug: str, now: datetime) -> list[Seat]:
    """The seats in which this person stands now, by the same reads whatever the address names."""
    held = Seat.objects.filter(programme__slug=slug).of(person).with_names()
    return [seat for seat in held if not seat.ends_at or seat.ends_at > now]


def stands_inside(user: object, slug: str) -> bool:
    """Whether `enter` would let this user in: asked before anything that was sent is read."""
    person = person_of(user)
    return bool(person and _seats(person, slug, clock.instant()))


def enter(request: HttpRequest, slug: str) -> Door:
    """Let a signed-in participant in. For everybody else the programme's rooms are 404, after the
    same reads whether there is such a programme or not."""
    person = person_of(request.user)
    if person is None:
        raise Http404
    now = clock.received(request)
    seats = _seats(person, slug, now)
    if not seats:
        raise Http404
    programme = seats[0].programme
    seats = [seat for seat in seats if still_reads(seat, now)]
    if not seats:
        raise Refused("groups.rights-have-ended", title=programme.title)
    chosen = request.session.get(f"seat:{programme.slug}")
    current = next((seat for seat in seats if seat.public_id == chosen), seats[0])
    door = Door(request, programme, person, current, seats, now, sight_of(current))
    request.door = door  # type: ignore[attr-defined]
    return door


_tried: ContextVar[list["KeepingForm"] | None] = ContextVar("tried", default=None)


def attempt(
    do: Callable[[], T], form: "KeepingForm | None" = None
) -> tuple[T | None, Refused | None]:
    """Run an act in one transaction; a refusal comes back as a value and leaves nothing stored.

    The act meets others: what the database bids to be tried again is tried again
    (`kernel.transactions.run`); what still cannot be run comes back as a refusal too.
    What the act kept of files goes with it, also what waited aside where the sender has no right.
    With its `form` the refusal is shown at the field it is about, where it is about one.
    """
    tried: list[KeepingForm] = [] if form is None else [form]
    token = _tried.set(tried)
    try:
        with nothing_left_behind():
            return transactions.run(do), None
    except Refused as refused:
        for one in tried:
            one.let_go(refused)
        if form is not None:
            form.blame(refused)
        return None, refused
    finally:
        _tried.reset(token)


def ask(question: Callable[[], Verdict]) -> Verdict:
    """The answer of a permission; a seat that cannot act at all is a no with its reason.

    A question opens no transaction: on SQLite every transaction of this house takes the write
    lock at its beginning, and who only reads would wait for whoever writes.
    """
    try:
        return question()
    except Refused as refused:
        return Verdict(False, refused.code, refused.ask, refused.facts)


def why_not(door: Door, question: Callable[[], Verdict]) -> str:
    """Why the button is not offered, in words; empty where it is."""
    return ask(question).sentence(door.lang)


def look(read: Callable[[], T]) -> tuple[T | None, Refused | None]:
    """What a page reads, or the refusal as a value. Like `ask`, it opens no transaction."""
    try:
        return read(), None
    except Refused as refused:
        return None, refused


class DatedForm(LineForm):
    """A form whose dates lie in years that every zone can tell, and whose files are taken."""

    def full_clean(self) -> None:
        """A date at the edge of the calendar overflows in another zone: it is no date."""
        super().full_clean()
        for name, value in list(getattr(self, "cleaned_data", {}).items()):
            if isinstance(value, date) and value.year not in YEARS:
                self.add_error(name, self.fields[name].error_messages["invalid"])
            if isinstance(value, UploadedFile):
                self._examine(name, value)

    def _examine(self, name: str, upload: UploadedFile) -> None:
        """Files are read before any act begins; what is not taken is said at the field."""
        try:
            examined(upload, str(upload.name))
        except Refused as refused:
            self.add_error(name, refused.sentence(get_language() or "zh-hans"))


class KeyField(forms.CharField):
    """The hidden key of a form. Where it has recorded other content, the form shown again with
    what was typed carries a fresh one."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        return key_to_show(str(data or ""))


class KeyForm(DatedForm):
    """A form that is safe to send twice."""

    key = KeyField(widget=forms.HiddenInput, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": new_id(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class KeepingForm(KeyForm):
    """A form that loses nothing when it is refused: its files are set aside for the next try."""

    blames: ClassVar[dict[str, str]] = {}
    keeper: Person
    moment: datetime
    hopeless = False

    def full_clean(self) -> None:
        """A file that came with an earlier try of this very form counts as sent again."""
        if self.is_bound:
            self._fetch()
        super().full_clean()

    def _fetch(self) -> None:
        files: MultiValueDict[str, UploadedFile] = self.files.copy()
        for name, field in self.fields.items():
            html = self.add_prefix(name)
            wanted = isinstance(field, forms.FileField) and not files.get(html)
            if wanted and not self.data.get(f"{html}-drop"):
                waiting = laid_aside(self.keeper, self._slot(html), self.moment)
                if waiting:
                    files[html] = held(waiting.file, waiting.name)
        self.files = files

    def _slot(self, html: str) -> str:
        return f"{self.data.get(self.add_prefix('key'), '')}/{html}"

    def kept(self, name: str) -> str:
        """The name of the file that need not be chosen again; "" where there is none."""
        upload = self.files.get(self.add_prefix(name)) if self.is_bound else None
        if not upload or name in self.errors or self.hopeless:
            return ""
        slot = f"{self['key'].value()}/{self.add_prefix(name)}"
        return set_aside(self.keeper, slot, Upload(str(upload.name), upload), self.moment)

    def let_go(self, refused: Refused) -> None:
        """Whoever has no right to the act, and nothing to change in the form, keeps no file."""
        name = refused.field or self.blames.get(refused.code, "")
        self.hopeless = refused.barred and not self._can_change(name)
        if self.hopeless:
            for html in self.files:
                drop_aside(self.keeper, self._slot(html))

    def _can_change(self, name: str) -> bool:
        field = self.fields.get(name)
        return field is not None and len(getattr(field, "choices", ("", ""))) > 1

    def blame(self, refused: Refused) -> None:
        """Show a refusal at the field it is about."""
        name = refused.field or self.blames.get(refused.code, "")
        if name in self.fields:
            self.add_error(name, refused.sentence(get_language() or "zh-hans"))


RECORDING_BLAMES = {
    "groups.late-recording-needs-evidence": "evidence",
    "groups.on-behalf-needs-paper": "evidence",
    "groups.on-behalf-not-allowed": "on_behalf_of",
    "groups.late-recording-not-allowed": "happened_at",
    "groups.happened-in-the-future": "happened_at",
    "groups.claimed-too-early": "happened_at",
    "groups.only-the-secretariat-records-for-others": "on_behalf_of",
    "groups.no-seat": "on_behalf_of",
    "duties.not-yours": "on_behalf_of",
}


class ActForm(KeepingForm):
    """A form whose act may be recorded on behalf of a seat (代录), or late with evidence (补录).

    With the `owner` of what is done, who may record for that seat finds it chosen already.
    """

    blames: ClassVar[dict[str, str]] = RECORDING_BLAMES

    on_behalf_of = forms.ChoiceField(label=_("代谁录入"), required=False)
    happened_at = forms.DateTimeField(
        label=_("实际办理时间"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    evidence = forms.FileField(label=_("凭据（扫描件、照片、截图）"), required=False)

    def __init__(self, *args: Any, door: Door, owner: Seat | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.door = door
        self.keeper, self.moment = door.person, door.now
        others = self._principals()
        first = [one for one in others if owner is not None and one[0] == owner.public_id]
        rest = [one for one in others if one not in first]
        field = cast(forms.ChoiceField, self.fields["on_behalf_of"])
        field.choices = [*first, ("", _("本人办理")), *rest]
        if first:
            self.initial["on_behalf_of"] = first[0][0]

    def _principals(self) -> list[tuple[str, str]]:
        seat = self.door.seat
        if not seat.can("manage") and seat.organisation_id is None:
            return []
        if not compiled(self.door.programme).late.allow_on_behalf:
            return []
        others = standing(self.door.programme, self.door.now).exclude(pk=seat.pk)
        if not seat.can("manage"):
            others = others.filter(person__unit=seat.organisation_id)
        return [(one.public_id, f"{one.group.label} {one.label}") for one in others]

    def clean_happened_at(self) -> datetime | None:
        """What was typed is local time of the programme; a stated offset is kept as the moment."""
        value = cast("datetime | None", self.cleaned_data.get("happened_at"))
        if value is None or isinstance(value.tzinfo, timezone):
            return value
        return value.replace(tzinfo=None).replace(tzinfo=self.door.programme.tz)
