"""Gatherings: their programme slot by slot, their guests, and what is signed there."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from keti.accounts.models import Person
from keti.documents.models import StoredFile
from keti.gatherings.enums import Kind, Reply, State
from keti.kernel.acts import Subject, Text
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line, Words
from keti.programmes.models import Programme


class Gathering(models.Model):
    """A conference or ceremony at a place and time. `kind_of` is the promise it carries out, ""
    where the charter promises none; once `announced_at`, the public reads what may be shown."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="gatherings")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    promise = models.CharField(max_length=80, blank=True)
    title_zh = Line(max_length=120)
    title_en = Line(max_length=120, blank=True)
    place = Line(max_length=120)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    present = models.PositiveIntegerField(null=True, blank=True)
    reason = Words(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="gathering_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.HELD) | Q(present__isnull=False),
                name="held_gathering_says_how_many_came",
            ),
        ]

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)

    @property
    def label(self) -> str:
        return self.title_zh or self.title_en

    @property
    def path(self) -> str:
        return reverse("gatherings:gathering", args=[self.programme.slug, self.public_id])

    @property
    def public_path(self) -> str:
        return reverse("gatherings:public", args=[self.programme.slug, self.public_id])

    def subject(self) -> Subject:
        return Subject("gatherings.gathering", self.public_id, self.label, self.path)


class Slot(models.Model):
    """One part of the programme: from when, how long, what, who speaks. `cue` is what the crew
    does at it, `minder` who sees to that; both stand on the run sheet alone."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="slots")
    begins_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    title_zh = Line(max_length=200)
    title_en = Line(max_length=200, blank=True)
    speaker = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cue = Words(max_length=300, blank=True)
    minder = Line(max_length=80, blank=True)
    shown = models.BooleanField(default=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["begins_at", "pk"]

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)

    def __str__(self) -> str:
        return self.title_zh

    def subject(self) -> Subject:
        return Subject("gatherings.slot", self.public_id, self.title_zh, self.gathering.path)


class Invitee(models.Model):
    """Somebody who is asked to come, by name and unit; where they can be reached is no part."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="invitees")
    name = Line(max_length=60)
    unit = Line(max_length=120, blank=True)
    office = Line(max_length=80, blank=True)
    place = Line(max_length=40, blank=True)
    reply = models.CharField(max_length=8, choices=Reply.choices, default=Reply.INVITED)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "name", "unit"], name="invited_once_to_a_gathering"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def subject(self) -> Subject:
        """By the gathering: no name of a guest enters the record."""
        return Subject(
            "gatherings.invitee", self.public_id, self.gathering.label, self.gathering.path
        )


class Signer(models.Model):
    """One party of one paper that is signed at a gathering, with the copies it gets."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="signers")
    paper = Line(max_length=120)
    party = Line(max_length=120)
    signatory = Line(max_length=60, blank=True)
    copies = models.PositiveSmallIntegerField(default=1)
    signed_at = models.DateTimeField(null=True, blank=True)
    handed = models.PositiveSmallIntegerField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["paper", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "paper", "party"], name="party_signs_a_paper_once"
            ),
            models.CheckConstraint(
                condition=Q(handed=None) | Q(signed_at__isnull=False),
                name="copies_are_handed_over_once_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.party}"

    def subject(self) -> Subject:
        return Subject("gatherings.signer", self.public_id, str(self), self.gathering.path)


guarded(
    Gathering, "programme", "kind", "promise", "title_zh", "title_en", "place", "begins_at",
    "ends_at", "state", "at", "announced_at", "ended_at", "present", "reason",
)  # fmt: skip
guarded(
    Slot, "programme", "gathering", "begins_at", "minutes", "title_zh", "title_en", "speaker",
    "cue", "minder", "shown", "dropped_at",
)  # fmt: skip
guarded(Invitee, "programme", "gathering", "name", "unit", "office", "place", "reply", "at")
guarded(
    Signer, "programme", "gathering", "paper", "party", "signatory", "copies", "signed_at",
    "handed", "file",
)  # fmt: skip
