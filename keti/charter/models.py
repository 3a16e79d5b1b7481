"""Stored versions of a programme's charter."""

from django.db import models

from keti.documents.models import StoredFile
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line
from keti.programmes.models import Programme


class CharterVersion(models.Model):
    """The charter file as it was applied. Never changed: an amendment is a new version.

    `notice` is the original of the notice it implements: a scan, put beside it at any time.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="charters")
    number = models.PositiveSmallIntegerField()
    name = Line(max_length=120)
    text = models.TextField()
    clauses = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)
    applied_at = models.DateTimeField()
    by_label = Line(max_length=80)
    notice = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"], name="charter_number_once_per_programme"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"


guarded(CharterVersion, "programme", "number", "text", "clauses", "applied_at", "notice")
