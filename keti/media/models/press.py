"""Reports in the media about the programme."""

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
from keti.media.rules.press import KEY
from keti.programmes.models import Programme
from keti.promises.enums import Tier


class Clipping(models.Model):
    """One report of one outlet. `promise` is the key of the promise it counts for, `counted_for`
    how a list calls that; the keys tell by what two of them are one."""

    counted_for: str = ""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    promise = models.CharField(max_length=80, blank=True)
    outlet = Line(max_length=120)
    outlet_key = models.CharField(max_length=KEY)
    tier = models.CharField(max_length=10, choices=Tier.choices, default=Tier.OTHER)
    title = Line(max_length=200)
    title_key = models.CharField(max_length=KEY)
    day = models.DateField()
    link = models.URLField(max_length=500, blank=True)
    link_key = models.CharField(max_length=KEY, blank=True)
    place = Line(max_length=120, blank=True)
    reprint = models.BooleanField(default=False)
    reprint_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reprints"
    )
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sheet = models.ForeignKey(
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
        indexes = [models.Index(fields=["programme", "promise"], name="clipping_of_a_promise")]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "link_key"],
                condition=Q(withdrawn_at=None) & ~Q(link_key=""),
                name="clipping_stands_once_at_an_address",
            ),
            models.UniqueConstraint(
                fields=["programme", "outlet_key", "title_key", "day"],
                condition=Q(withdrawn_at=None),
                name="clipping_stands_once_of_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(link="") | ~Q(place="") | Q(file__isnull=False),
                name="clipping_is_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(reprint=True) | Q(reprint_of=None), name="clipping_reprints_of_one"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """Its page."""
        return reverse("media:clipping", args=[self.programme.slug, self.public_id])

    def subject(self) -> Subject:
        return Subject("media.clipping", self.public_id, self.title, self.path)


guarded(
    Clipping, "programme", "promise", "outlet", "tier", "title", "day", "link", "place", "reprint",
    "reprint_of", "file", "by", "at", "withdrawn_at", "reason",
)  # fmt: skip
