"""The proof round of a roll: each entry as it was put before its owner, and what became of it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from keti.accounts.models import Person
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.kernel.acts import Subject, Text
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line, Words
from keti.programmes.models import Programme
from keti.release.enums import Answered


class ProofRound(models.Model):
    """One time the entries of a roll are put before their owners, until a stated instant."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="proofs")
    number = models.PositiveSmallIntegerField()
    closes_at = models.DateTimeField()
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "number"], name="proof_round_once"),
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(closed_at=None), name="one_proof_round_at_a_time"
            ),
        ]

    @property
    def label(self) -> str:
        return f"{self.obligation.label} {self.number}"

    @property
    def path(self) -> str:
        args = [self.programme.slug, self.obligation.public_id]
        return reverse("release:proof_round", args=args)

    def subject(self) -> Subject:
        return Subject("release.proof", self.public_id, self.label, self.path)


class ProofEntry(models.Model):
    """One seat as it would stand in the roll, put before its owner.

    `name_*`, `honorific`, `order` are what was shown; `wished_*`, `wish` what the owner wants
    instead; `reason` is why the office took that up or did not.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    round = models.ForeignKey(ProofRound, on_delete=models.PROTECT, related_name="entries")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    obligation = models.OneToOneField(
        Obligation, null=True, blank=True, on_delete=models.PROTECT, related_name="proof_entry"
    )
    position = models.PositiveSmallIntegerField()
    name_zh = Line(max_length=200)
    name_en = Line(max_length=200, blank=True)
    honorific = Line(max_length=60, blank=True)
    order = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=Answered.choices, default=Answered.ASKED)
    wished_zh = Line(max_length=200, blank=True)
    wished_en = Line(max_length=200, blank=True)
    wished_honorific = Line(max_length=60, blank=True)
    wish = Words(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = Words(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "seat"], name="proof_entry_once"),
            models.CheckConstraint(
                condition=~Q(state=Answered.DECLINED) | ~Q(reason=""),
                name="declined_correction_says_why",
            ),
        ]

    @property
    def name(self) -> Text:
        return Text(self.name_zh, self.name_en)

    @property
    def wished(self) -> Text:
        return Text(self.wished_zh, self.wished_en)

    @property
    def path(self) -> str:
        return reverse("release:proof_entry", args=[self.programme.slug, self.public_id])

    def subject(self) -> Subject:
        """The seat names it: no name of a person enters the record, consent can be withdrawn."""
        return Subject("release.proof_entry", self.public_id, self.seat.title.zh, self.path)


guarded(ProofRound, "programme", "obligation", "number", "closes_at", "at", "closed_at")
guarded(
    ProofEntry, "programme", "round", "seat", "obligation", "state", "answered_at", "settled_at",
    "settled_by", "reason",
)  # fmt: skip
