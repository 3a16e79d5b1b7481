"""What stands on a channel: recordings that were put there, and texts."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from keti.accounts.models import Person
from keti.groups.models import Seat
from keti.kernel.acts import Subject
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line
from keti.media.models.channels import MediaChannel
from keti.media.models.recordings import Recording
from keti.media.rules.press import KEY
from keti.programmes.models import Programme


class Posting(models.Model):
    """A recording, or a text, at an address of a channel since a day, on what terms. It is taken
    down on a day; withdrawn, it was entered by mistake."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    channel = models.ForeignKey(MediaChannel, on_delete=models.PROTECT, related_name="postings")
    recording = models.ForeignKey(
        Recording, null=True, blank=True, on_delete=models.PROTECT, related_name="postings"
    )
    title = Line(max_length=200)
    link = models.URLField(max_length=500)
    link_key = models.CharField(max_length=KEY)
    day = models.DateField()
    terms = Line(max_length=300, blank=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    down_day = models.DateField(null=True, blank=True)
    down_at = models.DateTimeField(null=True, blank=True)
    down_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = Line(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "link_key"],
                condition=Q(withdrawn_at=None, down_at=None),
                name="posting_stands_once_at_an_address",
            ),
            models.CheckConstraint(
                condition=Q(down_at__isnull=True) | Q(down_day__isnull=False),
                name="posting_goes_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stands(self) -> bool:
        """Is it there still?"""
        return self.withdrawn_at is None and self.down_at is None

    @property
    def path(self) -> str:
        """Its page."""
        return reverse("media:posting", args=[self.programme.slug, self.public_id])

    def subject(self) -> Subject:
        return Subject("media.posting", self.public_id, self.title, self.path)


guarded(
    Posting, "programme", "channel", "recording", "title", "link", "day", "terms", "by", "at",
    "down_day", "down_at", "withdrawn_at", "reason",
)  # fmt: skip
