"""The consent: one row the whole house uses (decision 0019)."""

import hashlib

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from keti.accounts.models import Person
from keti.consents.enums import Purpose
from keti.documents.models import StoredFile
from keti.kernel.acts import Subject, Text
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line
from keti.programmes.models import Programme

LABEL = Text("同意记录", "Consent record")
"""What the record calls a consent."""
NOBODY_NAMED = Text("本人", "the person")
"""What the record calls who gave or withdrew it."""


class Consent(models.Model):
    """One person's consent to one purpose in one programme, as it was worded, given and withdrawn
    (PIPL arts. 13-15, 25). It belongs to the person who is printed, never to who applied for them.

    `given_by` is the person, or who recorded it from paper (with the evidence); it is not known of
    rows from before. `wording_hash` names the version of the text.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="consents")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=60, choices=Purpose.choices)
    recipient = Line(max_length=240, blank=True)
    wording = models.TextField()
    wording_hash = models.CharField(max_length=64)
    given_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    evidence = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_recorded_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawal_evidence = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person", "purpose"],
                condition=Q(withdrawn_at=None),
                name="consent_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(given_by=None) | Q(given_by=F("person")) | Q(evidence__isnull=False),
                name="consent_is_ones_own_or_proved",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What the record calls it: it names nobody, so that it can be withdrawn."""
        return f"{LABEL.zh} {self.public_id[-6:]}"

    @property
    def by_themselves(self) -> bool:
        """Given by the person, not recorded for them."""
        return self.given_by_id == self.person_id

    def subject(self) -> Subject:
        path = reverse("consents:consents", args=[self.programme.slug])
        return Subject("consents.consent", self.public_id, self.label, path)


def version_of(wording: str) -> str:
    """The version of a text, by its words."""
    return hashlib.sha256(wording.encode()).hexdigest()


guarded(
    Consent, "programme", "person", "purpose", "recipient", "wording_hash", "given_by",
    "given_at", "evidence", "withdrawn_at", "withdrawn_by",
)  # fmt: skip
