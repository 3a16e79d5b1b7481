"""Who is here, in which seat, and how a form becomes an Act."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from keti.accounts.models import Person
from keti.accounts.queries import person_of
from keti.charter.queries import version_in_force
from keti.documents.actions import keep_upload
from keti.documents.models import StoredFile
from keti.drafts import doors as drafts
from keti.groups.doors.filling import KeepingForm, KeyForm
from keti.groups.doors.trying import ask, tried_forms
from keti.groups.doors.unchanged import unchanged
from keti.groups.models import Seat, SeatQuerySet
from keti.groups.permissions import Sight, may_manage, sight_of, still_reads
from keti.groups.queries import standing
from keti.jobs.actions import Asker
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.once import once
from keti.kernel.prepared import Key, Sent, counted, prepared
from keti.kernel.refusals import Refused, Verdict
from keti.programmes.models import Programme

Row = TypeVar("Row")


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
    def key(self) -> Key:
        """All that a read for this visitor may depend on but the moment: `who`, and under which
        charter."""
        return (*self.who, version_in_force(self.programme))

    @property
    def who(self) -> Key:
        """Who they are, in which seats, what these see, in which language."""
        seats = tuple(one.pk for one in self.seats)
        return (self.person.pk, self.lang, seats, *self.sight.key)

    def read(self, name: Key, build: Callable[..., QuerySet[Any, Row]], *values: Sent) -> list[Row]:
        """The rows of `build`, its statement compiled once for this visitor (`kernel.prepared`).
        It is handed the door and the values, and passes these and the door's moment on as they
        are; what else the rows depend on stands in `name`."""
        return prepared((*name, *self.key), self._at(build), self.now, *values)

    def first(
        self, name: Key, build: Callable[..., QuerySet[Any, Row]], *values: Sent
    ) -> Row | None:
        """The first of these rows, where `build` finds one alone or few; None where none."""
        return next(iter(self.read(name, build, *values)), None)

    def count(self, name: Key, build: Callable[["Door"], QuerySet[Any, Any]]) -> int:
        """How many rows `build` has; like `read`."""
        return counted((*name, *self.key), self._at(build), self.now)

    def unchanged(self, name: Key, reckon: Callable[[], Row], *, names: bool = False) -> Row:
        """What `reckon` gives, kept until the record or the clock changes it
        (`groups.doors.unchanged`, which says what may be kept and what `names` means)."""
        return unchanged(self, name, reckon, names=names)

    def _at(self, build: Callable[..., QuerySet[Any, Row]]) -> Callable[..., Any]:
        return lambda now, *values: build(replace(self, now=now), *values)

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

    def own_act(self, form: KeyForm) -> Act:
        """The act of a valid form, done now, in the seat shown on the page, for oneself."""
        return self.act(str(form.cleaned_data["key"]))

    def act_from(self, form: KeepingForm) -> Act:
        """The act of a valid form: on behalf, as of when, on what evidence. Keeps the evidence."""
        facts = form.cleaned_data
        act = self.act(str(facts["key"]))
        tried = tried_forms.get()
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


def digest_of(request: HttpRequest) -> str:
    """The hash of everything a form sent: its fields, and its files by name and content.

    The key, the token against forgery and the name of the draft are no content.
    "" where nothing was posted.
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
    return name in ("csrfmiddlewaretoken", "key", drafts.BOX) or name.endswith("-key")


def _hash_of(file: UploadedFile) -> str:
    hashed = hashlib.sha256()
    for chunk in file.chunks():
        hashed.update(chunk)
    file.seek(0)
    return hashed.hexdigest()


def programme_by_slug(slug: str) -> Programme:
    """The programme of this address; 404 where there is none."""
    found = prepared(("groups.by-slug",), lambda slug: Programme.objects.filter(slug=slug), slug)
    if not found:
        raise Http404
    return found[0]


def _seats(person: Person, slug: str, now: datetime) -> list[Seat]:
    """The seats in which this person stands now, by the same reads whatever the address names."""
    held = once(
        ("groups.held", slug, person.pk),
        lambda: prepared(("groups.held",), _held, slug, person.pk),
    )
    return [seat for seat in held if not seat.ends_at or seat.ends_at > now]


def _held(slug: str, person: int) -> SeatQuerySet:
    return Seat.objects.filter(programme__slug=slug).of(person).with_names()


def stands_inside(user: object, slug: str) -> bool:
    """Whether `enter` would let this user in: asked before anything that was sent is read."""
    person = person_of(user)
    return bool(person and _seats(person, slug, clock.instant()))


def enter_office(request: HttpRequest, slug: str) -> Door:
    """Let the secretariat in; for every other seat these pages do not exist."""
    door = enter(request, slug)
    if not may_manage(door.act(), door.programme):
        raise Http404
    return door


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
    door = Door(request, programme, person, current, seats, now, sight_of(current, person))
    request.door = door  # type: ignore[attr-defined]
    return door


def why_not(door: Door, question: Callable[[], Verdict]) -> str:
    """Why the button is not offered, in words; empty where it is."""
    return ask(question).sentence(door.lang)
