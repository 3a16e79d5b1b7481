"""The outbox, and what was announced by hand. Rows are channel-neutral."""

from django.db import models

from keti.kernel.ids import new_id
from keti.kernel.lines import Line
from keti.kernel.refusals import sentence
from keti.notify.enums import MessageState
from keti.programmes.models import Programme


class Message(models.Model):
    """One message to one person, written in the transaction of the act that caused it."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    key = models.CharField(max_length=160)
    kind = models.CharField(max_length=60)
    recipient_id = models.CharField(max_length=26)
    recipient_label = Line(max_length=80)
    address = models.EmailField(blank=True, default="")
    """Where it goes whatever becomes of the record; "" for the address on record when it goes."""
    subject = Line(max_length=200)
    body = models.TextField()
    language = models.CharField(max_length=10, blank=True, default="")
    other_subject = Line(max_length=200, blank=True, default="")
    other_body = models.TextField(blank=True, default="")
    """The same in the other language: a letter that waits follows the language of the person."""
    path = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        max_length=12, choices=MessageState.choices, default=MessageState.WAITING
    )
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=60, blank=True)
    """The code of the sentence that says why it did not go, or may not have arrived."""
    error = Line(max_length=300, blank=True)
    """The mail server's own words."""

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "key", "recipient_id"], name="message_once_per_recipient"
            )
        ]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="message_due"),
            models.Index(fields=["recipient_id", "-id"], name="message_of_person"),
        ]

    def turn(self, language: str) -> None:
        """Say it in the other language from now on."""
        self.subject, self.other_subject = self.other_subject, self.subject
        self.body, self.other_body = self.other_body, self.body
        self.language = language
        self.save(update_fields=["subject", "other_subject", "body", "other_body", "language"])

    def why(self, lang: str) -> str:
        """Why it did not go, or may not have arrived, in words; "" where nothing is wrong."""
        return sentence(self.fault, {}, lang) if self.fault else ""


class Announcement(models.Model):
    """A text that somebody copied to paste into a chat group (群公告)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    by_id = models.CharField(max_length=26)
    by_label = Line(max_length=80)
    at = models.DateTimeField()
    text = models.TextField()
    group = models.CharField(max_length=26, null=True)
    """Public id of the group whose work the text tells; "" for the whole programme. None, in rows
    of old, is not known: only who sees every group reads them."""
