"""The call as it was published, and its corrections."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from keti.documents.rules.written import MARKED, Body, as_body
from keti.duties.models import Obligation
from keti.intake.rules.content import is_open
from keti.kernel.acts import Subject, Text
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line
from keti.programmes.models import Programme


class Call(models.Model):
    """A published call: the notice as it was issued, with its number. Never changed, but that it
    closes later (`actions.postpone_close`)."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="calls")
    obligation = models.OneToOneField(Obligation, on_delete=models.PROTECT, related_name="call")
    number = Line(max_length=60)
    title_zh = Line(max_length=200)
    title_en = Line(max_length=200, blank=True)
    body_zh = models.TextField(blank=True)
    body_en = models.TextField(blank=True)
    body_form = models.CharField(max_length=12, null=True, editable=False)
    audience_zh = Line(max_length=200, blank=True)
    audience_en = Line(max_length=200, blank=True)
    signatory_zh = Line(max_length=200, blank=True)
    signatory_en = Line(max_length=200, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="call_number_once"),
            models.CheckConstraint(
                condition=Q(opens_at=None, closes_at=None) | Q(opens_at__lt=F("closes_at")),
                name="call_opens_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title_zh}"

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)

    @property
    def body(self) -> Text:
        return Text(self.body_zh, self.body_en)

    def written(self, lang: str) -> Body:
        """What the call says, in this language; one published before `plain/1` names no format."""
        return as_body(self.body.in_(lang), self.body_form or MARKED)

    @property
    def audience(self) -> Text:
        return Text(self.audience_zh, self.audience_en)

    @property
    def signatory(self) -> Text:
        return Text(self.signatory_zh, self.signatory_en)

    @property
    def path(self) -> str:
        return f"/calls/{self.programme.slug}/"

    def is_open(self, at: datetime) -> bool:
        """True while applications are received at `at` (UTC)."""
        return is_open(self.opens_at, self.closes_at, at)

    def has_closed(self, at: datetime) -> bool:
        """True once applications are no longer received."""
        return self.closes_at is not None and at >= self.closes_at

    def subject(self) -> Subject:
        return Subject("intake.call", self.public_id, self.number, self.path)


class Erratum(models.Model):
    """A correction of a published call, under a number of its own: the call stays as it was.

    One by which the call closes later says when it would have closed (`closed_at`), and when it
    does (`closes_at`).
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="errata")
    number = Line(max_length=60)
    text_zh = models.TextField()
    text_en = models.TextField(blank=True)
    reason = models.TextField()
    published_at = models.DateTimeField()
    by_label = Line(max_length=80)
    closed_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="erratum_number_once"),
            models.CheckConstraint(
                condition=~Q(text_zh="") & ~Q(reason=""), name="erratum_says_what_and_why"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def text(self) -> Text:
        return Text(self.text_zh, self.text_en)

    def subject(self) -> Subject:
        return Subject("intake.erratum", self.public_id, self.number, self.call.path)


guarded(Call, "programme", "number", "body_zh", "opens_at", "closes_at", "published_at")
guarded(Erratum, "call", "number", "text_zh", "closed_at", "closes_at")
