"""Confirmations of checkpoints by the units that take part, and the keys with which they sign."""

from django.db import models
from django.db.models import Q

from keti.accounts.models import Organisation, Person
from keti.groups.models import Seat
from keti.kernel.acts import Subject
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line, Words
from keti.ledger.models import StoredCheckpoint
from keti.ledger.rules import UnitKey, read_note, read_unit_key
from keti.programmes.models import Programme


class LodgedKey(models.Model):
    """The public half of a unit's own key, lodged by somebody of it until it is taken back."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = Line(max_length=200)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = Words(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "unit"],
                condition=Q(withdrawn_at=None),
                name="one_key_lodged_by_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def subject(self) -> Subject:
        return Subject("witness.key", self.public_id, self.key.name, "")

    @property
    def key(self) -> UnitKey:
        """Its name and public half."""
        return read_unit_key(self.text)


class Confirmation(models.Model):
    """Somebody of a unit compared a kept checkpoint with what they held, in a seat, until it is
    taken back. `line` stands under the checkpoint's note where it goes out: the house's word that
    this was done; or the unit's own signature, where it was made with the key `lodged`."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    checkpoint = models.ForeignKey(
        StoredCheckpoint, on_delete=models.PROTECT, related_name="confirmations"
    )
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    line = models.TextField()
    lodged = models.ForeignKey(LodgedKey, null=True, blank=True, on_delete=models.PROTECT)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = Words(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["checkpoint", "unit"],
                condition=Q(withdrawn_at=None, lodged=None),
                name="checkpoint_confirmed_once_by_a_unit",
            ),
            models.UniqueConstraint(
                fields=["checkpoint", "unit"],
                condition=Q(withdrawn_at=None, lodged__isnull=False),
                name="checkpoint_signed_once_by_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return self.line

    def subject(self) -> Subject:
        short = read_note(self.checkpoint.note).checkpoint.short()
        return Subject("witness.confirmation", self.public_id, short, "")


guarded(
    Confirmation, "programme", "checkpoint", "unit", "seat", "by", "at", "line", "withdrawn_at",
    "withdrawn_by", "lodged",
)  # fmt: skip
guarded(
    LodgedKey, "programme", "unit", "seat", "by", "at", "text", "withdrawn_at", "withdrawn_by",
)  # fmt: skip
