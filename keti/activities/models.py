"""What takes place after the release, who takes part, and what is known of a region."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from keti.accounts.models import Organisation
from keti.activities.enums import ActivityKind, ActivityState, SpotState
from keti.activities.rules import Window
from keti.documents.models import StoredFile
from keti.groups.models import Seat
from keti.kernel.acts import Subject
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line, Words
from keti.letters.rules.divisions import name_of
from keti.programmes.models import Programme
from keti.promises.models import Exhibit


def _list() -> list[Any]:
    return []


class Activity(models.Model):
    """A public-good activity or regional seminar. What was announced of it never changes; it is
    held, or cancelled with a reason."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=10, choices=ActivityKind.choices)
    title = Line(max_length=120)
    day = models.DateField()
    last_day = models.DateField()
    division = Line(max_length=6, blank=True)
    where = Line(max_length=120, blank=True)
    partners = Words(max_length=300, blank=True)
    places = models.PositiveSmallIntegerField()
    promise = models.CharField(max_length=80, blank=True)
    """The promise it carries out (`outreach.<key>`)."""
    entitles = models.JSONField(default=_list)
    """The roles whose units go first, as the charter had them at the announcement."""
    opens_at = models.DateTimeField()
    priority_until = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=ActivityState.choices, default=ActivityState.ANNOUNCED
    )
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by_label = Line(max_length=160)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = Words(max_length=300, blank=True)
    account = models.TextField(blank=True)
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    exhibit = models.ForeignKey(
        Exhibit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(places__gt=0), name="activity_has_places"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("day")), name="activity_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(priority_until=None) | Q(priority_until__lte=F("closes_at")),
                name="activity_priority_ends_first",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(file__isnull=False), name="activity_held_is_shown"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        return self.title

    @property
    def window(self) -> Window:
        """When places are taken, and by whom."""
        return Window(self.opens_at, self.priority_until, self.closes_at)

    @property
    def region(self) -> str:
        """The division it takes place in, in words."""
        return name_of(self.division)

    @property
    def path(self) -> str:
        return reverse("activities:activity", args=[self.programme.slug, self.public_id])

    def subject(self) -> Subject:
        return Subject("activities.activity", self.public_id, self.title, self.path)


class Spot(models.Model):
    """What one unit said to an activity: how many places it took, or that it does not come; whether
    it was there."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="spots")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=SpotState.choices)
    people = models.PositiveSmallIntegerField()
    entitled = models.BooleanField()
    priority = models.BooleanField()
    """It was said while only the entitled could."""
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    came = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "organisation"], name="spot_once_for_a_unit"
            ),
            models.CheckConstraint(
                condition=~Q(state="taken") | Q(people__gt=0), name="spot_is_for_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.state}"


class OutsideGuest(models.Model):
    """Somebody from outside who is invited. Without a paper that they agree to be named only the
    post stands here."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="guests")
    body = Line(max_length=120)
    post = Line(max_length=80)
    name = Line(max_length=80, blank=True)
    consent = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    came = models.BooleanField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(name="") | Q(consent__isnull=False), name="guest_named_with_consent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.post}"

    def subject(self) -> Subject:
        """By body and post: the record never names a guest."""
        return Subject("activities.guest", self.public_id, str(self), self.activity.path)


class RegionSheet(models.Model):
    """What one division supports (地方政策) or how it is to be governed (地方治理方案): an edition.
    Never changed; the newest of a division and kind counts, until it is withdrawn."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    division = Line(max_length=6)
    scheme = models.BooleanField()
    edition = models.PositiveSmallIntegerField()
    title = Line(max_length=120)
    body = models.TextField()
    source = Line(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)
    as_of = models.DateField()
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="sheets"
    )
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by_label = Line(max_length=160)
    recorded_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = Line(max_length=160, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = Words(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "division", "scheme", "edition"], name="region_edition_once"
            ),
            models.CheckConstraint(
                condition=Q(scheme=True) | ~Q(source=""), name="region_policy_has_a_source"
            ),
            models.CheckConstraint(
                condition=Q(scheme=False) | Q(activity__isnull=False),
                name="region_scheme_has_a_seminar",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def region(self) -> str:
        return name_of(self.division)

    @property
    def path(self) -> str:
        return reverse("activities:sheet", args=[self.programme.slug, self.public_id])

    def subject(self) -> Subject:
        return Subject("activities.sheet", self.public_id, self.title, self.path)


guarded(
    Activity, "programme", "kind", "title", "day", "last_day", "division", "places", "promise",
    "entitles", "opens_at", "priority_until", "closes_at", "state", "reason", "file", "exhibit",
)  # fmt: skip
guarded(Spot, "activity", "organisation", "state", "people", "entitled", "priority", "at", "came")
guarded(OutsideGuest, "activity", "body", "post", "consent", "came", "withdrawn_at")
guarded(
    RegionSheet, "programme", "division", "scheme", "edition", "title", "body", "source", "link",
    "as_of", "activity", "checked_at", "withdrawn_at", "reason",
)  # fmt: skip
