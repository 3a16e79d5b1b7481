"""The door between a page and an act: who is here, in which seat, and how a form becomes an Act."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any, TypeVar, cast

from django import forms
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keti.accounts.models import Person
from keti.accounts.queries import person_of
from keti.documents.actions import keep_upload
from keti.groups.models import Seat
from keti.groups.permissions import seats_of
from keti.groups.queries import standing
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.ids import new_id
from keti.kernel.refusals import Refused
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

    @property
    def lang(self) -> str:
        return get_language() or "zh-hans"

    def act(self, key: str = "") -> Act:
        """An act done now, in the seat shown on the page, for oneself."""
        return Act(by=self.person, recorded_at=self.now, seat=self.seat, key=key)

    def act_from(self, form: "ActForm") -> Act:
        """The act of a valid form: on behalf, as of when, on what evidence. Keeps the evidence."""
        facts = form.cleaned_data
        act = self.act(str(facts["key"]))
        evidence = None
        upload = facts.get("evidence")
        if upload:
            evidence = keep_upload(
                act, programme=self.programme, name=upload.name, data=upload.read()
            )
        behalf = facts.get("on_behalf_of") or ""
        return Act(
            by=act.by,
            recorded_at=act.recorded_at,
            seat=act.seat,
            on_behalf_of=self._seat(behalf),
            happened=facts.get("happened_at"),
            evidence=evidence,
            key=act.key,
        )

    def _seat(self, public_id: str) -> Seat | None:
        if not public_id:
            return None
        found = standing(self.programme, self.now).filter(public_id=public_id).first()
        if found is None:
            raise Refused("groups.no-seat")
        return found


def programme_by_slug(slug: str) -> Programme:
    """The programme of this address; 404 where there is none."""
    found = Programme.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def enter(request: HttpRequest, slug: str) -> Door:
    """Let a signed-in participant in. For everybody else the programme's rooms are 404."""
    person = person_of(request.user)
    programme = programme_by_slug(slug)
    if person is None:
        raise Http404
    now = clock.instant()
    seats = [seat for seat in seats_of(person, programme) if not seat.ends_at or seat.ends_at > now]
    if not seats:
        raise Http404
    chosen = request.session.get(f"seat:{programme.slug}")
    current = next((seat for seat in seats if seat.public_id == chosen), seats[0])
    door = Door(request, programme, person, current, seats, now)
    request.door = door  # type: ignore[attr-defined]
    return door


def attempt(do: Callable[[], T]) -> tuple[T | None, Refused | None]:
    """Run an act in one transaction; a refusal comes back as a value and leaves nothing stored.

    A collision of two equal sends is tried once more: the second run finds what the first made.
    """
    for last in (False, True):
        try:
            with transaction.atomic():
                return do(), None
        except Refused as refused:
            return None, refused
        except IntegrityError:
            if last:
                raise
    raise AssertionError("unreachable")


class DatedForm(forms.Form):
    """A form whose dates lie in years that every zone can tell."""

    def full_clean(self) -> None:
        """A date at the edge of the calendar overflows in another zone: it is no date."""
        super().full_clean()
        for name, value in list(getattr(self, "cleaned_data", {}).items()):
            if isinstance(value, date) and value.year not in YEARS:
                self.add_error(name, self.fields[name].error_messages["invalid"])


class KeyForm(DatedForm):
    """A form that is safe to send twice."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": new_id(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class ActForm(KeyForm):
    """A form whose act may be recorded on behalf of a seat (代录), or late with evidence (补录)."""

    on_behalf_of = forms.ChoiceField(label=_("代谁录入"), required=False)
    happened_at = forms.DateTimeField(
        label=_("实际办理时间"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    evidence = forms.FileField(label=_("凭据（扫描件、照片、截图）"), required=False)

    def __init__(self, *args: Any, door: Door, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.door = door
        field = cast(forms.ChoiceField, self.fields["on_behalf_of"])
        field.choices = [("", _("本人办理")), *self._principals()]

    def _principals(self) -> list[tuple[str, str]]:
        seat = self.door.seat
        if not seat.can("manage") and seat.organisation_id is None:
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
