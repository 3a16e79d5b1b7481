"""Stored files by SHA-256, and the numbers of outgoing papers."""

from django.db import models

from keti.kernel.ids import new_id
from keti.kernel.lines import Line
from keti.programmes.models import Programme


class StoredFile(models.Model):
    """An uploaded or produced file. Its bytes lie in the data folder under their hash, for ever."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    sha256 = models.CharField(max_length=64)
    name = Line(max_length=130)
    mime = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    by_id = models.CharField(max_length=26)
    by_label = Line(max_length=80)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["programme", "sha256"], name="file_by_hash"),
            models.Index(fields=["programme", "by_id", "at", "size"], name="file_by_use"),
            models.Index(fields=["sha256"], name="file_bytes"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return f"{self.name} ({self.sha256[:12]})"


class PaperSeries(models.Model):
    """The counter behind X〔2022〕N号: one per series of the office and year; `prefix` is how its
    numbers are written, `alike` what they share with all that can look the same ("" of a row from
    before, whose prefix is its letters alone). A demo programme has its own."""

    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT)
    prefix = models.CharField(max_length=255)
    alike = models.CharField(max_length=255, default="", db_index=True)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "prefix", "year"], name="paper_series_once"
            ),
            models.UniqueConstraint(
                fields=["prefix", "year"],
                condition=models.Q(programme=None),
                name="paper_series_of_the_office_once",
            ),
        ]


class ReadText(models.Model):
    """A text of the old dialect (`md/1`) as it was read once: what it shows for ever.

    No words of it are added or changed: they stand in the row that was frozen; this is kept under
    their hash, so that nobody who opens a page starts the old reader.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    blocks = models.JSONField()

    def __str__(self) -> str:
        return self.sha256[:12]
