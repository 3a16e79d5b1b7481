"""Comment rounds on one frozen version, and the comments with what became of them."""

from django.db import models
from django.db.models import Q

from keti.consultation.enums import Disposition, RoundState
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.kernel.acts import Subject, Text
from keti.kernel.alike import alike
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line
from keti.programmes.models import Programme
from keti.reports.models import Version


class RoundQuerySet(models.QuerySet["Round"]):
    def with_names(self) -> "RoundQuerySet":
        """Everything a page needs, in one query, newest first."""
        return alike(
            self.select_related(
                "programme",
                "obligation",
                "obligation__programme",
                "obligation__group",
                "obligation__role",
                "obligation__seat",
                "obligation__seat__role",
                "obligation__seat__group",
                "obligation__seat__person",
                "obligation__seat__organisation",
                "version",
                "version__programme",
                "version__report",
                "version__report__group",
                "version__report__group__parent",
                "version__report__obligation",
                "version__report__obligation__seat",
                "version__report__programme",
                "version__file",
            ).order_by("-opened_at", "pk")
        )


class Round(models.Model):
    """One round of comments on one version, pinned by its hash."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rounds")
    obligation = models.OneToOneField(Obligation, on_delete=models.PROTECT, related_name="round")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="rounds")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RoundState.OPEN, closed_at=None)
                | Q(state=RoundState.CLOSED, closed_at__isnull=False),
                name="closed_round_says_when",
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def title(self) -> Text:
        return self.obligation.title

    @property
    def label(self) -> str:
        return self.obligation.label

    @property
    def path(self) -> str:
        return f"/p/{self.programme.slug}/consultations/{self.public_id}/"

    def subject(self) -> Subject:
        return Subject("consultation.round", self.public_id, self.label, self.path)


class Comment(models.Model):
    """One comment: where in the text, what is said, what is proposed, and the answer to it.

    `sender` is who outside the programme sent it; `seat` then is the one that received it.
    What was said never changes; the answer may, until the round closes.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField()
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT)
    sender = Line(max_length=120, blank=True)
    place = Line(max_length=200, blank=True)
    original = models.TextField(blank=True)
    text = models.TextField()
    proposed = models.TextField(blank=True)
    by_label = Line(max_length=80)
    on_behalf = models.BooleanField(default=False)
    at = models.DateTimeField()
    disposition = models.CharField(
        max_length=10, choices=Disposition.choices, default=Disposition.WAITING, blank=True
    )
    reason = models.TextField(blank=True)
    answered_by = Line(max_length=160, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="comment_number_once"),
            models.CheckConstraint(
                condition=Q(disposition=Disposition.WAITING, answered_at=None)
                | (~Q(disposition=Disposition.WAITING) & Q(answered_at__isnull=False)),
                name="answered_comment_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(disposition__in=["partly", "declined"]) | ~Q(reason=""),
                name="comment_not_adopted_whole_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"{self.round.label} #{self.number}"

    @property
    def voice(self) -> str:
        """Who says it."""
        return self.sender or self.seat.label

    def subject(self) -> Subject:
        path = f"{self.round.path}#c{self.number}"
        return Subject("consultation.comment", self.public_id, self.label, path)


class NoRemarks(models.Model):
    """A seat's word that it has nothing to say in a round. It stays; a comment outweighs it."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="without_remarks")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by_label = Line(max_length=80)
    on_behalf = models.BooleanField(default=False)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "seat"], name="no_remarks_once_a_round")
        ]

    def __str__(self) -> str:
        return f"{self.round.label}: {self.seat.label}"

    def subject(self) -> Subject:
        return Subject("consultation.no-remarks", self.public_id, str(self), self.round.path)


guarded(Round, "programme", "obligation", "version", "state", "opened_at", "closed_at")
guarded(
    Comment, "round", "number", "seat", "place", "text", "proposed", "at", "disposition",
    "reason", "answered_at",
)  # fmt: skip
guarded(NoRemarks, "round", "seat", "at", "recorded_at")
