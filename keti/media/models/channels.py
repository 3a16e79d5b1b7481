"""Channels on which the programme is shown, and what was measured of their reach."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from keti.accounts.models import Person
from keti.documents.models import StoredFile
from keti.groups.models import Seat
from keti.kernel.acts import Subject
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line
from keti.media.enums import ChannelKind
from keti.media.rules.press import KEY
from keti.programmes.models import Programme
from keti.promises.enums import Unit


class MediaChannel(models.Model):
    """Where the programme is shown: a platform, and the column on it if there is one. Its grade is
    what somebody claims, with its proof or without; `name_key` is of both names together."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    name = Line(max_length=60)
    column = Line(max_length=50, blank=True)
    name_key = models.CharField(max_length=KEY)
    kind = models.CharField(max_length=10, choices=ChannelKind.choices, default=ChannelKind.VIDEO)
    link = models.URLField(max_length=500, blank=True)
    abroad = models.BooleanField(default=False)
    grade = Line(max_length=120, blank=True)
    grade_by = Line(max_length=120, blank=True)
    grade_day = models.DateField(null=True, blank=True)
    grade_link = models.URLField(max_length=500, blank=True)
    grade_file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = Line(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name_key"],
                condition=Q(withdrawn_at=None),
                name="channel_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(grade="") | ~Q(grade_by=""), name="channel_grade_is_claimed_by"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The platform with its column."""
        return " · ".join(filter(None, (self.name, self.column)))

    @property
    def proven(self) -> bool:
        """Is there anything to show for the grade?"""
        return bool(self.grade_link or self.grade_file_id)

    @property
    def path(self) -> str:
        """Its page."""
        return reverse("media:channel", args=[self.programme.slug, self.public_id])

    def subject(self) -> Subject:
        return Subject("media.channel", self.public_id, self.label, self.path)


class ReachValue(models.Model):
    """What one channel reached, as it was read once: so many of one unit, where and when it was
    read, and what shows that. Never changed: a later one corrects it, one without a value takes it
    away. `counted_for`: how a list calls the promise it counts for."""

    counted_for: str = ""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    channel = models.ForeignKey(MediaChannel, on_delete=models.PROTECT, related_name="values")
    promise = models.CharField(max_length=80, blank=True)
    what = Line(max_length=50, blank=True)
    unit = models.CharField(max_length=10, choices=Unit.choices)
    value = models.PositiveBigIntegerField(null=True, blank=True)
    source = Line(max_length=200)
    captured_at = models.DateTimeField()
    evidence = Line(max_length=300, blank=True)
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected"
    )
    reason = Line(max_length=300, blank=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["programme", "promise"], name="reach_of_a_promise")]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(corrects__isnull=False),
                name="reach_has_a_value",
            ),
            models.CheckConstraint(
                condition=Q(value=None) | ~Q(evidence="") | Q(file__isnull=False),
                name="reach_is_shown_by_something",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(reason=""), name="reach_is_corrected_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What the record calls it: the unit by its code, which is a word of no language."""
        said = "—" if self.value is None else str(self.value)
        return f"{self.shown_on} {said} {self.unit}"

    @property
    def shown_on(self) -> str:
        """The channel, and what was shown on it where that was said."""
        return " · ".join(filter(None, (self.channel.label, self.what)))

    @property
    def path(self) -> str:
        """Its page."""
        return reverse("media:reading", args=[self.programme.slug, self.public_id])

    def subject(self) -> Subject:
        return Subject("media.reach", self.public_id, self.label, self.path)


guarded(
    MediaChannel, "programme", "name", "column", "kind", "link", "abroad", "grade", "grade_by",
    "grade_day", "grade_link", "grade_file", "by", "at", "withdrawn_at", "reason",
)  # fmt: skip
guarded(
    ReachValue, "programme", "channel", "promise", "what", "unit", "value", "source",
    "captured_at", "evidence", "file", "corrects", "reason", "by", "at",
)  # fmt: skip
