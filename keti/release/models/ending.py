"""The closing paper, the roll with its frozen rows, the publication with its stored files."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from keti.documents.models import StoredFile
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.kernel.acts import Subject, Text
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line
from keti.programmes.models import Programme
from keti.release.enums import RollList
from keti.reports.models import Version


class Closure(models.Model):
    """The numbered closing paper of a programme. Never changed.

    `counts` keeps how the programme stood: duties met and waived, gates decided, findings closed.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="closures")
    obligation = models.OneToOneField(Obligation, on_delete=models.PROTECT, related_name="closure")
    number = Line(max_length=60)
    counts = models.JSONField(default=dict)
    by_label = Line(max_length=80)
    seat_label = Line(max_length=160)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    @property
    def label(self) -> str:
        return f"{self.obligation.label} {self.number}"

    @property
    def path(self) -> str:
        return f"/p/{self.programme.slug}/release/closing/{self.obligation.public_id}/"

    def subject(self) -> Subject:
        return Subject("release.closure", self.public_id, self.label, self.path)


class Correction(models.Model):
    """How one seat is to be named in the roll, where it differs from what the seat says."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="roll_correction")
    name_zh = Line(max_length=200)
    name_en = Line(max_length=200, blank=True)
    honorific = Line(max_length=60, blank=True)
    order = models.PositiveSmallIntegerField()


class Roll(models.Model):
    """One edition of the roll as drawn up. Its rows are frozen; a new edition replaces it."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rolls")
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="rolls")
    edition = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    left_out = models.PositiveSmallIntegerField(default=0)
    by_label = Line(max_length=80)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "edition"], name="roll_edition_once")
        ]

    @property
    def label(self) -> str:
        return f"{self.obligation.label} v{self.edition}"

    @property
    def path(self) -> str:
        return f"/p/{self.programme.slug}/release/roll/{self.obligation.public_id}/"

    def subject(self) -> Subject:
        return Subject("release.roll", self.public_id, self.label, self.path)


class RollRow(models.Model):
    """One entry as it was drawn up. Printed only while the consent it rests on stands."""

    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="rows")
    position = models.PositiveSmallIntegerField()
    list = models.CharField(max_length=6, choices=RollList.choices)
    group_zh = Line(max_length=120)
    group_en = Line(max_length=120, blank=True)
    role_zh = Line(max_length=80)
    role_en = Line(max_length=80, blank=True)
    seat = models.CharField(max_length=26)
    person = models.CharField(max_length=26, blank=True)
    name_zh = Line(max_length=200)
    name_en = Line(max_length=200, blank=True)
    honorific = Line(max_length=60, blank=True)
    unit_zh = Line(max_length=200, blank=True)
    unit_en = Line(max_length=200, blank=True)
    delegate_zh = Line(max_length=80, blank=True)
    delegate_en = Line(max_length=80, blank=True)
    former = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["roll", "position"], name="roll_position_once")
        ]


class Publication(models.Model):
    """A report made public: which frozen version, under which number, with which checkpoint.

    Nothing of it changes but that it may be withdrawn, once, with a reason; and, where it was made
    ready under an embargo, that this is lifted, once, by the act that publishes (`PUBLIC`).
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="publications")
    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, related_name="publications"
    )
    version = models.ForeignKey(Version, on_delete=models.PROTECT)
    roll = models.ForeignKey(Roll, null=True, blank=True, on_delete=models.PROTECT)
    slug = models.SlugField(max_length=70)
    number = Line(max_length=60)
    title_zh = Line(max_length=200)
    title_en = Line(max_length=200, blank=True)
    gate_zh = Line(max_length=240, blank=True)
    gate_en = Line(max_length=240, blank=True)
    decision_number = Line(max_length=60, blank=True)
    sha256 = models.CharField(max_length=64)
    checkpoint = models.TextField()
    language = models.CharField(max_length=10)
    published_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    retracted_at = models.DateTimeField(null=True, blank=True)
    retracted_reason = models.TextField(blank=True)
    embargo_until = models.DateTimeField(null=True, editable=False)
    """Made ready and read by nobody outside before this instant; None: public from the start."""
    lifted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"], condition=Q(retracted_at=None), name="public_address_once"
            ),
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(retracted_at=None), name="published_once"
            ),
            models.CheckConstraint(
                condition=Q(retracted_at=None) | ~Q(retracted_reason=""),
                name="withdrawal_says_why",
            ),
        ]
        indexes = [models.Index(fields=["slug"], name="publication_slug")]

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)

    @property
    def gate_title(self) -> Text:
        return Text(self.gate_zh, self.gate_en)

    @property
    def label(self) -> str:
        return f"{self.title_zh or self.title_en} {self.number}"

    @property
    def path(self) -> str:
        return f"/published/{self.slug}/"

    @property
    def is_held(self) -> bool:
        """Made ready, and not public yet."""
        return self.embargo_until is not None and self.lifted_at is None

    @property
    def inner_path(self) -> str:
        """Where those who publish see how it stands."""
        args = [self.programme.slug, self.obligation.public_id]
        return reverse("release:publication", args=args)

    def subject(self) -> Subject:
        return Subject("release.publication", self.public_id, self.label, self.path)


PUBLIC = Q(embargo_until=None) | Q(lifted_at__isnull=False)
"""What everybody may know of among publications: whatever looks for them outside asks this."""


class Artefact(models.Model):
    """One stored file of a publication: its form and language."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="artefacts")
    form = models.CharField(max_length=5)
    language = models.CharField(max_length=10)
    making = models.PositiveIntegerField(null=True, editable=False)
    """How many consents had been withdrawn when it was made (none in rows of old): one made when
    there were fewer may name somebody who is not to be named, and is not given out any more."""
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "form", "language", "making"], name="artefact_once"
            )
        ]


class Page(models.Model):
    """The public page of a publication in one language, rendered once."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="pages")
    language = models.CharField(max_length=10)
    making = models.PositiveIntegerField(null=True, editable=False)
    """As an artefact's."""
    html = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "language", "making"], name="public_page_once"
            )
        ]


guarded(Closure, "programme", "obligation", "number", "counts", "at", "recorded_at")
guarded(Correction, "seat", "name_zh", "name_en", "honorific", "order")
guarded(Roll, "programme", "obligation", "edition", "left_out", "at")
guarded(RollRow, "roll", "position", "list", "seat", "person", "name_zh", "former")
guarded(
    Publication, "programme", "obligation", "version", "roll", "slug", "number",
    "decision_number", "checkpoint", "published_at", "retracted_at", "retracted_reason",
    "embargo_until", "lifted_at",
)  # fmt: skip
guarded(Artefact, "publication", "form", "language", "making", "file")
guarded(Page, "publication", "language", "making", "html")
