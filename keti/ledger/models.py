"""The ledger: one line an act, never edited. One ledger per programme and one for the house."""

from django.db import models

from keti.programmes.models import Programme

HOUSE = "house"
"""The book of what concerns no programme: the house's own."""


class Entry(models.Model):
    """One act as it was recorded. `leaf` is the canonical text whose hash enters the tree.

    `key` and `digest` tell an act sent twice from another one sent under the same key; they are
    no part of the leaf. Lines older than the digest, and acts no form sent, have none.

    `state` is what the guarded fields of the rows say that the act wrote, under a salt of its own;
    its hash stands in the leaf. Whoever holds it may guess, so no export tells it.
    """

    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT)
    book = models.CharField(max_length=26)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    happened_at = models.DateTimeField()
    actor_id = models.CharField(max_length=26)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    key = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64, null=True)
    content = models.JSONField()
    salt = models.CharField(max_length=32)
    state = models.TextField(null=True)
    leaf = models.TextField()
    leaf_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["book", "seq"], name="ledger_seq_once_per_book"),
            models.UniqueConstraint(
                fields=["book", "actor_id", "kind", "key"],
                condition=~models.Q(key=""),
                name="ledger_act_once_per_key",
            ),
            models.CheckConstraint(
                condition=models.Q(happened_at__lte=models.F("recorded_at")),
                name="ledger_happened_before_recorded",
            ),
        ]
        indexes = [models.Index(fields=["book", "subject_id"], name="ledger_by_subject")]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class Head(models.Model):
    """The newest entry of a book; the row that appending locks. `edge` is the right edge of the
    tree over its lines, in hex, so that the head is known without reading them."""

    book = models.CharField(max_length=26, unique=True)
    size = models.PositiveIntegerField(default=0)
    edge = models.JSONField(default=list)
    recorded_at = models.DateTimeField(null=True)

    @property
    def right_edge(self) -> list[bytes]:
        """The roots of the full subtrees over the lines, the widest first."""
        return [bytes.fromhex(one) for one in self.edge]


class KeyChange(models.Model):
    """The installation signs with another key from now on: who follows whom, signed by both."""

    new = models.CharField(max_length=400, unique=True)
    text = models.TextField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class Kept(models.Model):
    """A signed note that was kept, with the key whose signature it bears: so the loss of a key
    voids nothing."""

    signed_at = models.DateTimeField()
    note = models.TextField()
    key = models.CharField(max_length=400)
    size: "models.PositiveIntegerField[int, int]"

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.note

    @property
    def root(self) -> str:
        """The root in base64, as the note has it."""
        return self.note.split("\n")[2]


class HouseCheckpoint(Kept):
    """What the installation signed of the house's own book at one moment."""

    size = models.PositiveIntegerField(unique=True)

    class Meta:
        ordering = ["size"]


class StoredCheckpoint(Kept):
    """What the installation signed of a programme's book at one moment, to be shown later."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["programme", "size"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "size"], name="ledger_one_note_a_size"),
        ]
