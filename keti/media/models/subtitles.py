"""Subtitles of a recording: one track a language, every version kept, reviewed by name."""

import hashlib
import json
from typing import Any

from django.db import models
from django.urls import reverse

from keti.accounts.models import Person
from keti.groups.models import Seat
from keti.kernel.acts import Subject
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line
from keti.media.enums import How, Language
from keti.media.models.recordings import Recording
from keti.media.rules.cues import Cue, unpacked
from keti.programmes.models import Programme


class SubtitleTrack(models.Model):
    """The subtitles of a recording in one language."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="tracks")
    language = models.CharField(max_length=4, choices=Language.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["recording", "language"], name="track_of_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.recording.title} {self.language}"

    @property
    def path(self) -> str:
        """Where it is edited."""
        args = [self.programme.slug, self.recording.public_id, self.language]
        return reverse("media:track", args=args)


class SubtitleVersion(models.Model):
    """A track as it was saved once. `cues`: rows of start, end in milliseconds, and words."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    track = models.ForeignKey(SubtitleTrack, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    cues = models.JSONField()
    count = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    how = models.CharField(max_length=10, choices=How.choices)
    note = Line(max_length=200, blank=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["track", "number"], name="subtitle_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.track_id}/{self.number}"

    @property
    def label(self) -> str:
        """What the record calls it: the language by its code, which is a word of no language."""
        return f"{self.track.recording.title} · {self.track.language} {self.number}"

    def read(self) -> list[Cue]:
        """Its cues."""
        return unpacked(self.cues)

    def subject(self) -> Subject:
        return Subject("media.subtitles", self.public_id, self.label, self.track.path)


class SubtitleReview(models.Model):
    """Somebody else than who saved a version read it and says it is right."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    version = models.OneToOneField(SubtitleVersion, on_delete=models.PROTECT, related_name="review")
    note = Line(max_length=300, blank=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.version_id}"


def hash_of(rows: Any) -> str:
    """The version of cues, by what they say."""
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


guarded(SubtitleTrack, "programme", "recording", "language", "at")
guarded(SubtitleVersion, "programme", "track", "number", "count", "sha256", "how", "by", "at")
guarded(SubtitleReview, "programme", "version", "note", "by", "at")
