"""Confirmations of checkpoints by the units that take part."""

from django.db import models
from django.db.models import Q

from keti.accounts.models import Organisation, Person
from keti.groups.models import Seat
from keti.kernel.acts import Subject
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Words
from keti.ledger.models import StoredCheckpoint
from keti.ledger.rules import read_note
from keti.programmes.models import Programme


class Confirmation(models.Model):
    """Somebody of a unit compared a kept checkpoint with what they held, in a seat, until it is
    taken back. `line` stands under the checkpoint's note where it goes out: the house's word that
    this was done."""

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
                condition=Q(withdrawn_at=None),
                name="checkpoint_confirmed_once_by_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return self.line

    def subject(self) -> Subject:
        short = read_note(self.checkpoint.note).checkpoint.short()
        return Subject("witness.confirmation", self.public_id, short, "")


guarded(
    Confirmation, "programme", "checkpoint", "unit", "seat", "by", "at", "line", "withdrawn_at",
    "withdrawn_by",
)  # fmt: skip
