"""Seats: who holds which place, from when to when, and who acts for a unit."""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from keti.accounts.models import Organisation, Person
from keti.groups.models.frame import Group, Role
from keti.kernel.acts import Subject, Text
from keti.kernel.alike import alike
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line, Words
from keti.programmes.models import Programme


class SeatQuerySet(models.QuerySet["Seat"]):
    def standing(self, at: datetime) -> Self:
        """Seats held at `at` (UTC)."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)

    def held(self) -> Self:
        """Seats that somebody held, now or before: without appointments taken back as mistakes."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=models.F("starts_at")))

    def of(self, person: Person | int) -> Self:
        """Seats in which this person (or who has this key) may act: their own, as a unit's
        delegate, or as a colleague of who acts for it."""
        beside = Colleague.objects.filter(person=person, until=None).values("seat")
        return self.filter(Q(person=person) | Q(delegate=person) | Q(pk__in=beside))

    def speaking(self, person: Person) -> Self:
        """Seats in which this person's own word counts: their own, or as a unit's delegate."""
        return self.filter(Q(person=person) | Q(delegate=person))

    def able(self, *verbs: str) -> Self:
        """Seats whose role can one of these. The verbs lie in JSON, which SQLite cannot look into:
        their text is asked, each in its quotes."""
        said = [Q(verbs_said__contains=f'"{verb}"') for verb in verbs]
        return self.alias(verbs_said=Cast("role__can", TextField())).filter(reduce(or_, said))

    def with_names(self) -> Self:
        """Everything a page needs to name a seat, in one query, in protocol order."""
        return alike(
            self.select_related(
                "role",
                "group",
                "group__programme",
                "programme",
                "person",
                "person__unit",
                "organisation",
                "delegate",
            ).order_by("group__order", "role__order", "order", "pk")
        )

    def names(self) -> QuerySet["Seat", Any]:
        """No more of each seat than names it in a choice (`named`), in protocol order: its id and
        the names of its group, its holder and its role, no row of its own."""
        return self.with_names().values_list("public_id", *NAMES)


HOLDER = ("person__name", "organisation__name_zh", "person__name_en", "organisation__name_en")
NAMES = (
    "group__title_zh", "group__title_en", *HOLDER, "role__title_zh", "role__title_en",
)  # fmt: skip


def named(row: tuple[str, ...]) -> tuple[str, Text, Text]:
    """Of a row of `names`: the id of the seat, its group's title, and who holds it (`called`)."""
    key, group_zh, group_en, person, unit, person_en, unit_en, role_zh, role_en = row
    name, role = person or unit, Text(role_zh, role_en)
    called = Text(
        f"{name}（{role_zh or role_en}）",
        f"{(person_en if person else unit_en) or name} ({role.in_('en')})",
    )
    return key, Text(group_zh, group_en), called


def seat_names(of: str) -> list[str]:
    """What a row that points to a seat by this field is joined to, so that a page can name it."""
    near = ("role", "group", "person", "person__unit", "organisation", "delegate")
    return [of, *(f"{of}__{one}" for one in near)]


def seated(role: Text, group: Text) -> Text:
    """Role and group, as shown beside a name: 牵头组长 · 金融."""
    return Text(
        f"{role.in_('zh')} · {group.in_('zh')}",
        f"{role.in_('en')}, {group.in_('en')}",
    )


UNNUMBERED = 9999
"""The order of who was given none: behind everybody who has a number, then as entered."""


class Seat(models.Model):
    """A unit's or person's place in a group for a period, with title and protocol order.

    A unit acts through its delegate.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="seats")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="seats")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="seats")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    delegate = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="delegations"
    )
    honorific = Line(max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    sole = models.BooleanField(default=False)
    proposed_at = models.DateTimeField(null=True, blank=True)
    """When its unit nominated the delegate, who has not answered yet: until then nobody sits."""
    office_id = models.CharField(max_length=26, blank=True, db_index=True)
    """The seat (public id) by which this one is held ex officio."""
    term_ends_at = models.DateTimeField(null=True, blank=True, db_index=True)
    renewed = models.PositiveIntegerField(default=0)
    """How often the term was renewed so far."""

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None, person__isnull=False)
                | Q(organisation__isnull=False, person=None),
                name="seat_held_by_a_unit_or_a_person",
            ),
            models.CheckConstraint(
                condition=Q(delegate=None) | Q(organisation__isnull=False),
                name="only_a_unit_has_a_delegate",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=models.F("starts_at")),
                name="seat_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["group", "role"],
                condition=Q(sole=True, ends_at=None),
                name="one_active_holder_where_the_charter_says_one",
            ),
            models.UniqueConstraint(
                fields=["group", "role", "person"],
                condition=Q(ends_at=None, person__isnull=False),
                name="person_holds_a_seat_once",
            ),
            models.UniqueConstraint(
                fields=["group", "role", "organisation"],
                condition=Q(ends_at=None, organisation__isnull=False),
                name="unit_holds_a_seat_once",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def can(self, verb: str) -> bool:
        """True when the charter gives this seat's role the verb."""
        return verb in self.role.can

    @property
    def never_held(self) -> bool:
        """The appointment was a mistake and taken back: it ends where it began."""
        return self.ends_at is not None and self.ends_at <= self.starts_at

    def stands_at(self, at: datetime) -> bool:
        """Is it held at this instant? Says of one seat what `standing` asks of all; half-open."""
        return self.starts_at <= at and (self.ends_at is None or self.ends_at > at)

    @property
    def holder(self) -> Person | Organisation:
        held = self.person or self.organisation
        if held is None:
            raise ValueError(f"seat {self.pk} has no holder")
        return held

    @property
    def acting_person(self) -> Person | None:
        """The person who acts in the seat: its holder, or the unit's delegate."""
        return self.person or self.delegate

    @property
    def style(self) -> str:
        """What stands beside the name in lists, minutes and the roll: of the seat, else of the
        person who holds it."""
        return self.honorific or (self.person.honorific if self.person else "")

    @property
    def number(self) -> int | None:
        """Its place in its role; None for who was given none."""
        return None if self.order == UNNUMBERED else self.order

    @property
    def unit(self) -> Organisation | None:
        """The unit that holds the seat or to which its holder belongs."""
        return self.organisation or (self.person.unit if self.person else None)

    @property
    def title(self) -> Text:
        """Role and group, as shown beside a name: 牵头组长 · 金融."""
        return seated(self.role.title, self.group.title)

    @property
    def label(self) -> str:
        return f"{self.holder.label}（{self.role.title_zh or self.role.title_en}）"

    @property
    def called(self) -> Text:
        """Holder and role for a page, in its language; records keep `label`."""
        held, role = self.holder.called, self.role.title
        return Text(self.label, f"{held.in_('en')} ({role.in_('en')})")

    def subject(self) -> Subject:
        return Subject("groups.seat", self.public_id, self.label, self.group.path)


class Colleague(models.Model):
    """Somebody of the unit who works in its seat beside the delegate: from when to when.

    They do what the seat does, in their own name; where the delegate's own word is asked
    (an opinion, a vote, an approval, an acceptance), they record the signed paper. So does a
    deputy who stands in, where the charter lets their role deputise.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="colleagues")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="colleague_in")
    deputy_id = models.CharField(max_length=26, blank=True, db_index=True)
    """The seat (public id) whose role deputises for this one's, where they stand in for it."""
    reason = Words(max_length=300, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "person"], condition=Q(until=None), name="colleague_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="colleague_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"{self.person.label}（{self.seat.role.title_zh or self.seat.role.title_en}）"

    def subject(self) -> Subject:
        return Subject("groups.colleague", self.public_id, self.label, self.seat.group.path)


class Recusal(models.Model):
    """A person, or the unit behind a seat, stands aside from one thing (clause 二.8.3).

    `subject_id` is the public id of what is judged, or of the gate; written by the act that
    finds or hears of the conflict. It is never taken back.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    subject_id = models.CharField(max_length=64)
    since = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None, person__isnull=False)
                | Q(organisation__isnull=False, person=None),
                name="recusal_binds_a_unit_or_a_person",
            ),
            models.UniqueConstraint(
                fields=["programme", "person", "subject_id"],
                condition=Q(person__isnull=False),
                name="recusal_of_a_person_once",
            ),
            models.UniqueConstraint(
                fields=["programme", "organisation", "subject_id"],
                condition=Q(organisation__isnull=False),
                name="recusal_of_a_unit_once",
            ),
        ]

    def __str__(self) -> str:
        return self.subject_id


guarded(
    Seat, "programme", "group", "role", "organisation", "person", "delegate", "starts_at",
    "ends_at", "sole", "proposed_at", "office_id", "term_ends_at", "renewed",
)  # fmt: skip
guarded(Colleague, "seat", "person", "deputy_id", "since", "until")
guarded(Recusal, "programme", "person", "organisation", "subject_id", "since")
