"""One table of drafts for every form with a text longer than a line."""

import json
from typing import Any

from django.db import models

from keti.accounts.models import Person
from keti.drafts.rules import first_words
from keti.kernel.ids import new_id
from keti.kernel.lines import Line


class Draft(models.Model):
    """What one person typed into one form and has not sent.

    `form_key` names the form for this person, `place` is the page it stands on. `typed` and
    `begun` are JSON kept as text: PostgreSQL's own JSON takes no NUL and no half surrogate, and a
    draft is refused for no character. `revision_id` is new with every saving.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    form_key = models.CharField(max_length=600)
    place = Line(max_length=1000)
    title = Line(max_length=200)
    typed = models.TextField()
    begun = models.TextField()
    size = models.PositiveIntegerField()
    revision_id = models.CharField(max_length=26, default=new_id)
    saved_at = models.DateTimeField(db_index=True)
    discarded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [
            # A discarded text keeps its row while another is written into the same form.
            models.UniqueConstraint(
                fields=["person", "form_key"],
                condition=models.Q(discarded_at=None),
                name="draft_once_a_form",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def fields(self) -> dict[str, list[str]]:
        """The boxes by name, as they were typed."""
        found: dict[str, list[str]] = json.loads(self.typed)
        return found

    @property
    def opening(self) -> str:
        """Its first words, by which its writer knows it again."""
        return first_words(self.fields)

    def shown(self) -> dict[str, Any]:
        """What the page of the form is told."""
        return {
            "id": self.public_id,
            "revision": self.revision_id,
            "at": self.saved_at.isoformat(),
            "place": self.place,
            "fields": self.fields,
            "begun": json.loads(self.begun),
        }
