"""Findings raised on anything through a Subject, and every step they took."""

from django.db import models
from django.db.models import Q

from keti.documents.models import StoredFile
from keti.groups.models import Group, Seat
from keti.kernel.acts import Subject
from keti.kernel.alike import alike
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line
from keti.monitoring.enums import FindingState, Severity, StepKind
from keti.programmes.models import Programme


class FindingQuerySet(models.QuerySet["Finding"]):
    def open(self) -> "FindingQuerySet":
        """Not closed yet."""
        return self.exclude(state=FindingState.CLOSED)

    def with_names(self) -> "FindingQuerySet":
        """Everything a list needs, in one query, newest first."""
        return alike(
            self.select_related(
                "programme",
                "group",
                "raised_by",
                "raised_by__role",
                "raised_by__group",
                "raised_by__person",
                "raised_by__organisation",
                "raised_by__delegate",
                "owed_by",
                "owed_by__role",
                "owed_by__group",
                "owed_by__person",
                "owed_by__organisation",
                "owed_by__delegate",
            ).order_by("-number")
        )


class Finding(models.Model):
    """A problem somebody saw: on what, how grave, who answers. Closed only by its raiser."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveIntegerField()
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    subject_label = Line(max_length=200)
    subject_path = models.CharField(max_length=200, blank=True)
    title = Line(max_length=120)
    text = models.TextField()
    severity = models.CharField(max_length=10, choices=Severity.choices, default=Severity.ORDINARY)
    state = models.CharField(
        max_length=10, choices=FindingState.choices, default=FindingState.RAISED
    )
    round = models.PositiveSmallIntegerField(default=1)
    raised_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="raised")
    owed_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="answers_for")
    raised_at = models.DateTimeField()
    answer_due = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="finding_number_once"),
            models.CheckConstraint(
                condition=Q(state=FindingState.CLOSED, closed_at__isnull=False)
                | (~Q(state=FindingState.CLOSED) & Q(closed_at=None)),
                name="closed_finding_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(raised_by=models.F("owed_by")),
                name="finding_answered_by_another_seat",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "subject_id"], name="finding_of_subject"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def path(self) -> str:
        return f"/p/{self.programme.slug}/findings/{self.public_id}/"

    def subject(self) -> Subject:
        return Subject("monitoring.finding", self.public_id, self.label, self.path)

    def about(self) -> Subject:
        """What the finding was raised on."""
        return Subject(self.subject_kind, self.subject_id, self.subject_label, self.subject_path)


class Step(models.Model):
    """One step of a finding: raised, assigned, answered, reopened, closed. Never edited."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT)
    by_label = Line(max_length=80)
    text = models.TextField()
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    on_behalf = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]


class Follower(models.Model):
    """A seat that is told of every step of a finding, without its being that seat's turn."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="followers")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "seat"], name="finding_followed_once"),
        ]


guarded(
    Finding, "programme", "number", "group", "subject_kind", "subject_id", "severity", "state",
    "round", "raised_by", "owed_by", "raised_at", "answer_due", "closed_at",
)  # fmt: skip
guarded(Step, "finding", "kind", "seat", "text", "file", "happened_at", "recorded_at", "on_behalf")
