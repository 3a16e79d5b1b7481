"""Recordings and who speaks in them."""

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
from keti.media.enums import RecordingState
from keti.programmes.models import Programme


class Recording(models.Model):
    """A film or a sound of something that happened: at an address elsewhere, or a stored file."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    title = Line(max_length=200)
    event = Line(max_length=200, blank=True)
    day = models.DateField()
    seconds = models.PositiveIntegerField(null=True, blank=True)
    outlet = Line(max_length=120, blank=True)
    link = models.URLField(max_length=500, blank=True)
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    transcript = models.TextField(blank=True)
    state = models.CharField(
        max_length=10, choices=RecordingState.choices, default=RecordingState.DRAFT
    )
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = Line(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(link="") | Q(file__isnull=False), name="recording_is_somewhere"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """Its page."""
        return reverse("media:recording", args=[self.programme.slug, self.public_id])

    def subject(self) -> Subject:
        return Subject("media.recording", self.public_id, self.title, self.path)


class Speaker(models.Model):
    """Who is seen or heard in a recording."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="speakers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = Line(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recording", "person"],
                condition=Q(withdrawn_at=None),
                name="speaker_stands_once",
            )
        ]

    def __str__(self) -> str:
        return self.public_id


guarded(
    Recording, "programme", "title", "event", "day", "seconds", "outlet", "link", "file",
    "transcript", "state", "by", "at", "decided_by", "decided_at", "reason",
)  # fmt: skip
guarded(Speaker, "programme", "recording", "person", "at", "withdrawn_at", "reason")
