"""Working copies of a charter, proposed amendments, and who approved them."""

from django.db import models
from django.db.models import Q

from keti.accounts.models import Person
from keti.charter.models import CharterVersion
from keti.documents.models import StoredFile
from keti.groups.models import Group, Seat
from keti.kernel.acts import Subject
from keti.kernel.alike import alike
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line
from keti.planning.enums import AmendmentState, Stance
from keti.programmes.models import Programme


class CharterDraft(models.Model):
    """A working copy of a charter file. Without a programme it becomes a new one.

    `base_sha256` is the hash of the version it started from, '' for a new programme; `revision`
    counts the savings, so that two windows on one draft do not overwrite each other. `kept` are
    the marks of what its owner has seen of the template and keeps (`rules.origin`).
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="drafts"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="charter_drafts")
    name = Line(max_length=120)
    text = models.TextField()
    clauses = models.TextField(blank=True)
    base_sha256 = models.CharField(max_length=64, blank=True)
    kept = models.JSONField(null=True, editable=False)
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.name

    def subject(self) -> Subject:
        return Subject("planning.draft", self.public_id, self.name)


class DraftStep(models.Model):
    """What a draft said before one saving, so that the last changes can be taken back."""

    draft = models.ForeignKey(CharterDraft, on_delete=models.CASCADE, related_name="steps")
    revision = models.PositiveIntegerField()
    what = Line(max_length=200, blank=True)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-revision"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "revision"], name="one_step_per_saving")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}/{self.revision}"


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def open(self) -> "AmendmentQuerySet":
        """Neither applied nor ended otherwise."""
        return self.filter(state__in=[AmendmentState.PROPOSED, AmendmentState.APPROVED])

    def with_names(self) -> "AmendmentQuerySet":
        """Everything a list needs, in one query, newest first."""
        return alike(
            self.select_related(
                "programme",
                "group",
                "version",
                "proposed_by",
                "proposed_by__role",
                "proposed_by__group",
                "proposed_by__person",
                "proposed_by__organisation",
                "proposed_by__delegate",
            ).order_by("-number")
        )


class Amendment(models.Model):
    """A proposed change of a programme's charter, with the plan of what it would do.

    What was proposed never changes: file, base, plan, class, reason. `group` is set where a
    group adjusts only itself. `touched` are the changed paths, `approvers` the role keys whose
    approval the charter in force at the proposal asks for.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    name = Line(max_length=120)
    text = models.TextField()
    clauses = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)
    base_sha256 = models.CharField(max_length=64)
    state_sha256 = models.CharField(max_length=64)
    plan = models.JSONField()
    touched = models.JSONField(default=list)
    klass = models.CharField(max_length=60)
    approvers = models.JSONField(default=list)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT)
    reason = models.TextField()
    proposed_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="amendments")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="amendments")
    proposed_at = models.DateTimeField()
    takes_effect_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=AmendmentState.choices, default=AmendmentState.PROPOSED
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_why = models.TextField(blank=True)
    version = models.OneToOneField(
        CharterVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="amendment"
    )

    objects = AmendmentQuerySet.as_manager()
    KIND = "planning.amendment"

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"], name="amendment_number_once_per_programme"
            ),
            models.CheckConstraint(
                condition=Q(state=AmendmentState.APPLIED, version__isnull=False)
                | (~Q(state=AmendmentState.APPLIED) & Q(version=None)),
                name="applied_amendment_has_its_version",
            ),
            models.CheckConstraint(
                condition=Q(takes_effect_at__gte=models.F("proposed_at")),
                name="amendment_takes_effect_after_it_is_proposed",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="amendment_says_why"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"{self.programme.label} · {self.number}"

    @property
    def path(self) -> str:
        return f"/p/{self.programme.slug}/charter/amendments/{self.public_id}/"

    def subject(self) -> Subject:
        return Subject(self.KIND, self.public_id, self.label, self.path)


class StanceTaken(models.Model):
    """What somebody said about an amendment, how and when. Never changed.

    `by_label` is who recorded it: another than whose word it is where `on_behalf`.
    """

    by_label = Line(max_length=120)
    verdict = models.CharField(max_length=10, choices=Stance.choices)
    reason = models.TextField(blank=True)
    on_behalf = models.BooleanField(default=False)
    evidence = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class Approval(StanceTaken):
    """One approver's verdict on an amendment, for a role the charter names; `for_label` is whose
    verdict it is."""

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="approvals")
    role = models.CharField(max_length=60)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT)
    for_label = Line(max_length=120)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "role"], name="one_approval_per_role_and_amendment"
            ),
            models.CheckConstraint(
                condition=Q(verdict=Stance.APPROVE) | ~Q(reason=""),
                name="refused_approval_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.verdict}"


class Vote(StanceTaken):
    """One holder's vote on an amendment; nobody else reads it before the count."""

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="votes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "seat"], name="one_vote_per_seat_and_amendment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.verdict}"


guarded(
    Amendment, "programme", "number", "text", "plan", "klass", "approvers", "group",
    "proposed_by", "by", "proposed_at", "takes_effect_at", "state", "settled_at", "version",
)  # fmt: skip
guarded(Approval, "amendment", "role", "seat", "verdict", "happened_at", "recorded_at", "on_behalf")
guarded(Vote, "amendment", "seat", "verdict", "reason", "happened_at", "recorded_at", "on_behalf")
