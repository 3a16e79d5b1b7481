"""What became of promises: exhibits, settlements, and what units received."""

from django.db import models
from django.db.models import Q

from keti.accounts.models import Organisation, Person
from keti.documents.models import StoredFile
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.kernel.acts import Subject
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Words
from keti.programmes.models import Programme
from keti.promises.enums import Nature, Outcome, Tier, Unit


class Settlement(models.Model):
    """Somebody said what became of a promise; the newest of an obligation counts, those before
    stay."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="settlements")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    reason = models.TextField(blank=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.obligation.label}: {self.outcome}"

    def subject(self) -> Subject:
        duty = self.obligation
        return Subject("promises.settlement", self.public_id, duty.label, page_of(duty))


def page_of(duty: Obligation) -> str:
    """The page of a promise."""
    return f"/p/{duty.programme.slug}/promises/{duty.public_id}/"


class Exhibit(models.Model):
    """What shows how far a promise was kept: a thing, a report in the media, or a figure that
    somebody read off a source on a day. `kind` and `period` are the promise's."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    kind = models.CharField(max_length=80)
    period = models.CharField(max_length=10, blank=True)
    nature = models.CharField(max_length=10, choices=Nature.choices)
    title = Words(max_length=200)
    day = models.DateField()
    outlet = Words(max_length=120, blank=True)
    tier = models.CharField(max_length=10, choices=Tier.choices, blank=True)
    reprint = models.BooleanField(default=False)
    unit = models.CharField(max_length=10, choices=Unit.choices, blank=True)
    value = models.PositiveBigIntegerField(null=True, blank=True)
    source = Words(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = Words(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["programme", "kind", "period"], name="exhibit_of_a_promise")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(nature=Nature.MEASURE)
                | (Q(value__isnull=False) & ~Q(unit="") & ~Q(source="") & ~Q(outlet="")),
                name="exhibit_measure_says_of_what",
            ),
            models.CheckConstraint(
                condition=~Q(nature=Nature.CLIPPING) | ~Q(outlet=""),
                name="exhibit_clipping_has_an_outlet",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def subject(self) -> Subject:
        path = f"/p/{self.programme.slug}/promises/exhibits/{self.public_id}/"
        return Subject("promises.exhibit", self.public_id, self.title, path)


class Benefit(models.Model):
    """What a unit was given under a promise; the unit confirms it, or it is taken back."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    kind = models.CharField(max_length=80)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    what = Words(max_length=200)
    day = models.DateField()
    link = models.URLField(max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = Words(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["programme", "kind"], name="benefit_of_a_promise")]

    def __str__(self) -> str:
        return self.what

    def subject(self) -> Subject:
        path = f"/p/{self.programme.slug}/promises/units/"
        return Subject("promises.benefit", self.public_id, self.what, path)


guarded(Settlement, "programme", "obligation", "outcome", "reason", "seat", "by", "at")
guarded(
    Exhibit, "programme", "kind", "period", "nature", "title", "day", "outlet", "tier", "reprint",
    "unit", "value", "source", "link", "file", "by", "at", "withdrawn_at", "reason",
)  # fmt: skip
guarded(
    Benefit, "programme", "kind", "organisation", "what", "day", "link", "file", "by", "at",
    "confirmed_at", "withdrawn_at", "reason",
)  # fmt: skip
