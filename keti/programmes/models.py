"""The programme: the partition key of everything that belongs to it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models

from keti.kernel.acts import Subject, Text
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line


class Programme(models.Model):
    """A whole commissioned undertaking with one overall question, groups, term and outputs."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    title_zh = Line(max_length=200)
    title_en = Line(max_length=200, blank=True)
    zone = models.CharField(max_length=60, default="Asia/Shanghai")
    number_prefix = Line(max_length=30, blank=True)
    first_numbers = models.JSONField(default=dict)
    """Year -> what stands before a paper's number -> its first number that year, where above 1."""
    phase = models.CharField(max_length=60, blank=True)
    phase_zh = Line(max_length=80, blank=True)
    phase_en = Line(max_length=80, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__lt=models.F("ends_at")),
                name="programme_starts_before_it_ends",
            )
        ]

    def __str__(self) -> str:
        return self.title_zh

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)

    @property
    def numbers_from(self) -> dict[str, int]:
        """What the charter says last of where each series begins."""
        return dict(self.first_numbers[max(self.first_numbers)]) if self.first_numbers else {}

    @property
    def phase_title(self) -> Text:
        return Text(self.phase_zh, self.phase_en)

    @property
    def label(self) -> str:
        return self.title_zh or self.title_en

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def local(self, at: datetime) -> datetime:
        """`at` in the programme's zone."""
        return at.astimezone(self.tz)

    def subject(self) -> Subject:
        return Subject("programmes.programme", self.public_id, self.label, f"/p/{self.slug}/")


class Deletion(models.Model):
    """A programme that is being deleted whole: it stands within one transaction and goes with it.

    While it stands the database lets go of what it else keeps for ever; it takes none for a
    programme of which anything was published (decision 0027).
    """

    programme = models.OneToOneField(Programme, on_delete=models.PROTECT)
    at = models.DateTimeField()


class Holiday(models.Model):
    """A correction of the built-in working-day table, for the whole installation."""

    date = models.DateField(unique=True)
    is_workday = models.BooleanField()
    name = Line(max_length=60, blank=True)


guarded(
    Programme, "slug", "zone", "number_prefix", "first_numbers", "phase", "starts_at", "ends_at",
    "closed_at", "is_demo",
)  # fmt: skip
guarded(Holiday, "date", "is_workday")
