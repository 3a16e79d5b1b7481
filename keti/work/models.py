"""Task books (what a member undertakes) and tasks (one piece of work each)."""

from django.db import models
from django.db.models import Q

from keti.documents.models import StoredFile
from keti.duties.models import Obligation
from keti.groups.models import Group, Seat, seat_names
from keti.kernel.acts import Subject
from keti.kernel.alike import alike
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line, Words
from keti.programmes.models import Programme
from keti.work.enums import SourceKind, TaskBookState, TaskState
from keti.work.rules import LIVE


class TaskBookQuerySet(models.QuerySet["TaskBook"]):
    def live(self) -> "TaskBookQuerySet":
        """Issued and not replaced: one per seat."""
        return self.filter(state__in=LIVE)

    def with_names(self) -> "TaskBookQuerySet":
        """Everything a list needs in one query, in protocol order, newest version first."""
        return alike(
            self.select_related(
                "programme",
                "group",
                *seat_names("seat"),
                "obligation",
                "acceptance",
                "scan",
            ).order_by("group__order", "seat__role__order", "seat__order", "seat_id", "-version")
        )


class TaskBook(models.Model):
    """A numbered paper for one seat. What was issued is frozen; a change is a new version."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="task_books")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="task_books")
    obligation = models.ForeignKey(
        Obligation, null=True, on_delete=models.PROTECT, related_name="task_books"
    )
    acceptance = models.ForeignKey(
        Obligation, null=True, on_delete=models.PROTECT, related_name="accepted_task_books"
    )
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    version = models.PositiveSmallIntegerField()
    number = Line(max_length=60, blank=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        max_length=12, choices=TaskBookState.choices, default=TaskBookState.DRAFT
    )
    issued_at = models.DateTimeField(null=True)
    issued_by = Line(max_length=120, blank=True)
    why = Words(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_late = models.BooleanField(default=False)
    on_behalf = models.BooleanField(default=False)
    answered_by = Line(max_length=120, blank=True)
    scan = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT)
    reason = Words(max_length=300, blank=True)

    objects = TaskBookQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["seat", "version"], name="task_book_version_once"),
            models.UniqueConstraint(
                fields=["seat"], condition=Q(state__in=LIVE), name="task_book_one_live_per_seat"
            ),
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(state=TaskBookState.DRAFT),
                name="task_book_one_draft_per_seat",
            ),
            models.UniqueConstraint(
                fields=["programme", "number"],
                condition=~Q(number=""),
                name="task_book_number_once",
            ),
            models.CheckConstraint(
                condition=Q(version=1, replaces=None) | Q(version__gt=1, replaces__isnull=False),
                name="task_book_later_version_replaces_one",
            ),
            models.CheckConstraint(
                condition=Q(state=TaskBookState.DRAFT)
                | (Q(issued_at__isnull=False) & ~Q(number="") & ~Q(sha256="")),
                name="task_book_issued_says_when_and_number",
            ),
            models.CheckConstraint(
                condition=~Q(state=TaskBookState.ACCEPTED) | Q(answered_at__isnull=False),
                name="task_book_accepted_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def title(self) -> str:
        return str(self.content["title"])

    @property
    def label(self) -> str:
        return f"{self.title}（{self.number}）" if self.number else self.title

    @property
    def path(self) -> str:
        return f"/p/{self.programme.slug}/taskbooks/{self.public_id}/"

    def subject(self) -> Subject:
        return Subject("work.taskbook", self.public_id, self.label, self.path)


class TaskQuerySet(models.QuerySet["Task"]):
    def with_names(self) -> "TaskQuerySet":
        """Everything a list needs in one query, by due instant."""
        return alike(
            self.select_related(
                "programme",
                "group",
                *seat_names("seat"),
                "obligation",
                "file",
            ).order_by("due_at", "pk")
        )

    def of_source(self, source: Subject) -> "TaskQuerySet":
        """What came from one thing: a report's plan, the minutes of a meeting."""
        return self.filter(source_kind=source.kind, source_id=source.id)

    def in_minutes(self, source: Subject) -> "TaskQuerySet":
        """What the minutes of this meeting name (待办事项), in their order."""
        return self.of_source(source).filter(order__isnull=False).order_by("order", "pk")


class Task(models.Model):
    """One piece of work of one seat, due at one instant, and where it came from.

    What minutes name has its place in them (`order`), and is `frozen` with them once the chair has
    confirmed: what, who and until when never change then, what came of it does.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="tasks")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="tasks")
    obligation = models.ForeignKey(Obligation, null=True, on_delete=models.PROTECT)
    title = Line(max_length=200)
    due_at = models.DateTimeField()
    source_kind = models.CharField(max_length=60, blank=True, choices=SourceKind.choices)
    source_id = models.CharField(max_length=64, blank=True)
    source_label = Line(max_length=200, blank=True)
    source_path = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(null=True)
    frozen = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=TaskState.choices, default=TaskState.OPEN)
    assigned_at = models.DateTimeField()
    assigned_by = Line(max_length=120)
    note = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT)
    answered_at = models.DateTimeField(null=True)
    recorded_late = models.BooleanField(default=False)
    on_behalf = models.BooleanField(default=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=TaskState.OPEN, answered_at=None)
                | (~Q(state=TaskState.OPEN) & Q(answered_at__isnull=False)),
                name="task_answered_says_when",
            ),
            models.UniqueConstraint(
                fields=["seat", "source_id", "title"],
                condition=~Q(source_id="")
                & ~Q(state=TaskState.WITHDRAWN)
                & ~Q(source_kind=SourceKind.MINUTES),
                name="task_once_per_source",
            ),
            models.CheckConstraint(
                condition=Q(source_kind=SourceKind.MINUTES) | Q(order=None, frozen=False),
                name="task_in_order_is_of_minutes",
            ),
        ]
        indexes = [models.Index(fields=["source_id", "source_kind"], name="task_of_source")]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        return self.title

    @property
    def source(self) -> Subject:
        """What it came from, as it was called then; empty where it was assigned by itself."""
        return Subject(self.source_kind, self.source_id, self.source_label, self.source_path)

    @property
    def path(self) -> str:
        return f"/p/{self.programme.slug}/tasks/{self.public_id}/"

    def subject(self) -> Subject:
        return Subject("work.task", self.public_id, self.title, self.path)


guarded(
    TaskBook, "programme", "group", "seat", "obligation", "replaces", "version", "number",
    "content", "state", "issued_at", "answered_at", "recorded_at", "recorded_late", "on_behalf",
    "scan",
)  # fmt: skip
guarded(
    Task, "programme", "group", "seat", "obligation", "title", "due_at", "source_kind",
    "source_id", "state", "assigned_at", "file", "answered_at", "recorded_late", "on_behalf",
)  # fmt: skip
