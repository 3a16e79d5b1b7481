"""Of whom a case tells, who supplied it, who checked its facts, what the unit told of says."""

from typing import TypeVar

from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse

from keti.accounts.models import Organisation, Person
from keti.groups.models import Seat, seat_names
from keti.kernel.acts import Subject, Text
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line, Words
from keti.programmes.models import Programme
from keti.research.enums import Gain, Outcome, Stand
from keti.research.models.nodes import Node

M = TypeVar("M", bound=models.Model)


def named(found: QuerySet[M], *seats: str) -> QuerySet[M]:
    """With everything a page says of these seats and of the case, in one statement."""
    near = [name for one in seats for name in seat_names(one)]
    return found.select_related("node__programme", *near)


def unit_called(seat: Seat | None, name: str = "") -> Text:
    """A unit as a page calls it: with the seat that speaks for it; by name where it is outside."""
    if seat is None:
        return Text(name, name)
    unit = seat.unit
    if unit is None or seat.organisation_id is not None:
        return seat.called
    return Text(*(f"{unit.called.in_(one)} · {seat.called.in_(one)}" for one in ("zh", "en")))


class Provenance(models.Model):
    """Of whom a case tells, who supplied it and whether that one gains by it, as somebody said at
    one time: a seat that speaks for its unit, or a unit outside by name. The last row counts."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="provenances")
    told = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    told_named = Line(max_length=120, blank=True)
    supplier = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    supplier_named = Line(max_length=120, blank=True)
    gains = models.CharField(max_length=8, choices=Gain.choices, default=Gain.UNKNOWN)
    how = Words(max_length=500, blank=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(told=None) | Q(told_named=""), name="case_tells_of_one_unit"
            ),
            models.CheckConstraint(
                condition=Q(supplier=None) | Q(supplier_named=""), name="case_supplied_by_one"
            ),
        ]

    def subject(self) -> Subject:
        return Subject("research.provenance", self.public_id, self.node.label, self.node.path)


class FactCheck(models.Model):
    """Somebody who did not write what a case says at a version checked its facts, and found. It
    stands for what the case said then; it is withdrawn with a reason, and stays."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="checks")
    version = models.PositiveIntegerField()
    fp = models.CharField(max_length=32)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    words = Words(max_length=2000)
    cited = models.JSONField(default=list)
    day = models.DateField()
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = Words(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["node", "fp", "by"],
                condition=Q(withdrawn_at=None),
                name="case_checked_once_by_a_person",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="case_checked_by_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(reason=""), name="case_check_withdrawn_why"
            ),
        ]

    def subject(self) -> Subject:
        return Subject("research.check", self.public_id, self.node.label, self.node.path)


class CaseApproval(models.Model):
    """The unit of which a case tells was asked whether it approves of what the case says at a
    version: a seat that speaks for it (`asked`), or a unit outside (`named`). What it answered, or
    what the secretariat recorded of its paper, stands for what the case said then."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="approvals")
    version = models.PositiveIntegerField()
    fp = models.CharField(max_length=32)
    asked = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    named = Line(max_length=120, blank=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=Stand.choices, blank=True)
    words = Words(max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    on_behalf = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = Words(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(asked=None) & ~Q(named="") | Q(asked__isnull=False, named=""),
                name="case_approval_asked_of_one_unit",
            ),
            models.UniqueConstraint(
                fields=["node", "fp"],
                condition=Q(withdrawn_at=None, answer=""),
                name="case_approval_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="case_approval_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Stand.CHANGES) | ~Q(words=""),
                name="case_changes_said_in_words",
            ),
        ]

    @property
    def unit(self) -> Text:
        """Which unit is asked, as a page calls it."""
        return unit_called(self.asked, self.named)

    def subject(self) -> Subject:
        where = reverse("research:answer_approval", args=[self.node.programme.slug, self.public_id])
        return Subject("research.approval", self.public_id, self.node.label, where)


guarded(
    Provenance, "programme", "node", "told", "told_named", "supplier", "supplier_named", "gains",
    "how", "seat", "by", "at",
)  # fmt: skip
guarded(
    FactCheck, "programme", "node", "version", "fp", "outcome", "words", "cited", "day", "seat",
    "unit", "by", "at", "withdrawn_at", "reason",
)  # fmt: skip
guarded(
    CaseApproval, "programme", "node", "version", "fp", "asked", "named", "seat", "by", "at",
    "answer", "words", "answered_by", "answered_at", "on_behalf", "withdrawn_at", "reason",
)  # fmt: skip
