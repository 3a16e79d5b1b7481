"""Background work: one row for each piece, from the asking to the result."""

from typing import Any

from django.db import models
from django.db.models import Q

from keti.accounts.models import Person
from keti.jobs.enums import JobState
from keti.kernel.acts import Text
from keti.kernel.ids import new_id
from keti.kernel.lines import Line
from keti.programmes.models import Programme


class Job(models.Model):
    """What somebody asked for that takes longer than a page may: who, what, how far, what came out.

    `key` names the work: while one of its kind and key waits or runs, asking again joins it.
    `asked` is all the work needs to be done again from the beginning; it holds ids and hashes,
    never a text. `place` is the address it was asked at, `result` the one that shows what came out.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT)
    seat_id = models.CharField(max_length=26, blank=True)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=160)
    asked = models.JSONField(default=dict)
    title_zh = Line(max_length=300)
    title_en = Line(max_length=300, blank=True)
    place = Line(max_length=300, blank=True)
    result = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.QUEUED)
    error = models.CharField(max_length=80, blank=True)
    error_facts = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField()
    not_before = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state__in=["queued", "running"]),
                name="job_waits_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(error=""), name="failed_job_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "not_before"], name="job_due"),
            models.Index(fields=["person", "state"], name="job_of_person"),
        ]

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)

    @property
    def label(self) -> str:
        return self.title_zh or self.title_en

    @property
    def finished(self) -> bool:
        """Nothing more happens to it by itself."""
        return self.state in (JobState.DONE, JobState.FAILED)

    @property
    def why_facts(self) -> dict[str, Any]:
        """What the reason of a failure tells, bilingual where it was said in both languages."""
        return {
            name: Text(*value) if isinstance(value, list) else value
            for name, value in self.error_facts.items()
        }
