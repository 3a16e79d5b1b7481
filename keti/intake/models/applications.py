"""Applications with their eligibility checks, and imported rosters."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from keti.accounts.models import Organisation, Person
from keti.documents.models import StoredFile
from keti.groups.models import Group, Seat
from keti.intake.enums import ApplicationState, CheckVerdict, ImportState, TrackKind
from keti.intake.models.calls import Call
from keti.intake.rules.content import Content, is_open
from keti.kernel.acts import Subject
from keti.kernel.alike import alike
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line, Words
from keti.programmes.models import Programme

SUBMITTED = [
    ApplicationState.SUBMITTED,
    ApplicationState.RESERVE,
    ApplicationState.ADMITTED,
    ApplicationState.REJECTED,
]


class ApplicationQuerySet(models.QuerySet["Application"]):
    def with_names(self) -> "ApplicationQuerySet":
        """Everything a page needs to name an application, in one query, by time of submission."""
        return alike(
            self.select_related(
                "programme",
                "call",
                "call__programme",
                "applicant",
                "applicant__same_as",
                "organisation",
                "group",
                "seat",
                "evidence",
            ).order_by("submitted_at", "pk")
        )

    def live(self) -> "ApplicationQuerySet":
        """Neither a draft nor withdrawn."""
        return self.filter(state__in=SUBMITTED)

    def undecided(self) -> "ApplicationQuerySet":
        return self.filter(state=ApplicationState.SUBMITTED)


class Application(models.Model):
    """What one applicant sends in answer to a call. Once submitted its content never changes.

    The unit it names is a word until the secretariat admits it: only then is it bound to one.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    unit_key = models.CharField(max_length=400, blank=True, editable=False)
    track = models.CharField(max_length=60)
    track_kind = models.CharField(max_length=10, choices=TrackKind.choices)
    content = models.JSONField(default=dict)
    chosen = models.CharField(max_length=400, blank=True)
    state = models.CharField(
        max_length=10, choices=ApplicationState.choices, default=ApplicationState.DRAFT
    )
    saved_at = models.DateTimeField()
    number = Line(max_length=60, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    window_opens = models.DateTimeField(null=True, blank=True)
    window_closes = models.DateTimeField(null=True, blank=True)
    on_behalf = models.BooleanField(default=False)
    evidence = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = Line(max_length=80, blank=True)
    reason = models.TextField(blank=True)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT)
    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.PROTECT)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "applicant"],
                condition=Q(track_kind="person") & ~Q(state="withdrawn"),
                name="one_live_application_per_person",
            ),
            models.UniqueConstraint(
                fields=["call", "organisation"],
                condition=Q(organisation__isnull=False, track_kind="unit", state="admitted"),
                name="a_unit_is_admitted_once",
            ),
            models.UniqueConstraint(
                fields=["call", "applicant"],
                condition=Q(track_kind="unit", state="draft"),
                name="one_unit_draft_per_applicant",
            ),
            models.UniqueConstraint(
                fields=["programme", "number"],
                condition=~Q(number=""),
                name="application_number_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(
                    submitted_at__isnull=False,
                    recorded_at__isnull=False,
                    window_opens__isnull=False,
                    window_closes__isnull=False,
                )
                & ~Q(number="")
                & ~Q(sha256=""),
                name="submitted_application_has_a_receipt",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None)
                | Q(submitted_at__gte=F("window_opens"), submitted_at__lt=F("window_closes")),
                name="application_inside_the_window",
            ),
            models.CheckConstraint(
                condition=Q(recorded_at=None)
                | Q(recorded_at__lt=F("window_closes"))
                | Q(evidence__isnull=False),
                name="recorded_after_the_window_on_paper",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["admitted", "rejected"]) | Q(decided_at__isnull=False),
                name="decided_application_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(reason=""),
                name="rejected_application_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="admitted") | Q(seat__isnull=False),
                name="admitted_application_has_a_seat",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "state"], name="application_by_state"),
            models.Index(
                fields=["applicant", "call", "track_kind", "state"], name="application_of_person"
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.public_id

    @property
    def closes_at(self) -> datetime | None:
        """Until when it is received: the close of the call, or later where it was returned for
        completion with a day of its own."""
        own, call = self.window_closes, self.call.closes_at
        return max(own, call) if own and call and self.submitted_at is None else call

    def is_received(self, at: datetime) -> bool:
        """True while this draft may be submitted at `at` (UTC)."""
        return is_open(self.call.opens_at, self.closes_at, at)

    @property
    def filled(self) -> Content:
        """The content as a value."""
        return Content.of_json(self.content)

    @property
    def name(self) -> str:
        """Who applies: the unit, or the person."""
        filled = self.content
        own = filled.get("unit") if self.track_kind == TrackKind.UNIT else filled.get("name")
        return str(own or self.applicant.name)

    @property
    def label(self) -> str:
        return self.number or self.public_id

    @property
    def receipt_path(self) -> str:
        return f"/calls/{self.programme.slug}/receipt/{self.public_id}/"

    @property
    def path(self) -> str:
        """Where the secretariat reads it."""
        return f"/p/{self.programme.slug}/applications/{self.public_id}/"

    @property
    def recorded_late(self) -> bool:
        """True when it came on paper inside the window and was typed in after it."""
        return bool(
            self.recorded_at and self.window_closes and self.recorded_at >= self.window_closes
        )

    @property
    def met(self) -> int:
        """How many requirements were found met."""
        return sum(check.verdict == CheckVerdict.MET for check in self.checks.all())

    def subject(self) -> Subject:
        return Subject("intake.application", self.public_id, self.label, self.path)


class Reversal(models.Model):
    """A decision on an application that was taken back: what it was, when, by whom and why."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="reversals")
    state = models.CharField(max_length=10, choices=ApplicationState.choices)
    said = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    decided_by = Line(max_length=80, blank=True)
    seat = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField()
    by_label = Line(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["admitted", "rejected"]) & ~Q(reason=""),
                name="a_decision_is_taken_back_for_a_reason",
            ),
        ]


class Check(models.Model):
    """The verdict on one requirement of the track, with its reason."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="checks")
    key = models.CharField(max_length=80)
    verdict = models.CharField(max_length=10, choices=CheckVerdict.choices)
    reason = Words(max_length=500, blank=True)
    by_label = Line(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "key"], name="check_once_per_requirement"
            ),
            models.CheckConstraint(
                condition=Q(verdict="met") | ~Q(reason=""), name="unmet_check_says_why"
            ),
        ]


class RosterImport(models.Model):
    """One roster file: what it would do row by row, or what it did, and what is wrong in which row.

    `digest` is the fingerprint of what is shown. `stale`: it was to be entered, but the record had
    changed; this is what it would do since. While it is being entered the counts of people, units,
    seats and changed rows are those of what is in so far.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.READ)
    rows = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    units = models.PositiveIntegerField(default=0)
    seats = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    notes = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    stale = models.BooleanField(default=False)
    by_label = Line(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "sha256"],
                condition=Q(state="read"),
                name="roster_file_read_once",
            )
        ]

    def __str__(self) -> str:
        return self.file.name

    @property
    def path(self) -> str:
        return f"/p/{self.programme.slug}/roster/{self.public_id}/"

    @property
    def entered(self) -> int:
        """How many rows are in so far, while it is being entered."""
        return self.seats + self.changed

    def subject(self) -> Subject:
        return Subject("intake.roster", self.public_id, self.file.name, self.path)


guarded(
    Application, "call", "organisation", "track", "number", "state", "submitted_at",
    "recorded_at", "window_opens", "window_closes", "on_behalf", "decided_at", "decided_by",
    "group", "seat", quiet={"state": ApplicationState.DRAFT}
)  # fmt: skip
guarded(Reversal, "application", "state", "decided_at", "seat", "reason", "at")
guarded(Check, "application", "key", "verdict", "reason", "at")
