"""Messages, the ways each goes to its recipient, and what was announced by hand."""

from datetime import datetime

from django.db import models

from keti.accounts.models import Person
from keti.documents.models import StoredFile
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line
from keti.kernel.refusals import sentence
from keti.notify.enums import DeliveryState, DutyWish, NewsWish, Way
from keti.programmes.models import Programme


class Written(models.Model):
    """A letter somebody wrote with their own hand, as typed: each reader's copy is a message."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    by_id = models.CharField(max_length=26)
    by_label = Line(max_length=80)
    subject = Line(max_length=200)
    text = models.TextField()
    at = models.DateTimeField()


class Enclosure(models.Model):
    """A file enclosed in a letter."""

    written = models.ForeignKey(Written, on_delete=models.CASCADE, related_name="enclosures")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]


class Message(models.Model):
    """One message to one person, written in the transaction of the act that caused it."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    key = models.CharField(max_length=160)
    kind = models.CharField(max_length=60)
    recipient_id = models.CharField(max_length=26)
    recipient_label = Line(max_length=80)
    by_id = models.CharField(max_length=26, blank=True, default="")
    """Who wrote it with their own hand; "" for what an act or the clock told."""
    address = models.EmailField(blank=True, default="")
    """Where it goes whatever becomes of the record; "" for the address on record when it goes."""
    subject = Line(max_length=200)
    body = models.TextField()
    language = models.CharField(max_length=10, blank=True, default="")
    other_subject = Line(max_length=200, blank=True, default="")
    other_body = models.TextField(blank=True, default="")
    """The same in the other language: a letter that waits follows the language of the person."""
    path = models.CharField(max_length=200, blank=True)
    way_in = models.CharField(max_length=26, null=True, blank=True)
    """The personal way in whose address the mail carries (`accounts.WayIn`); never the secret."""
    invited = models.JSONField(null=True, blank=True)
    """The meeting it is about (`rules.Invited`), which a calendar can take over."""
    written = models.ForeignKey(
        Written, null=True, blank=True, on_delete=models.PROTECT, related_name="copies"
    )
    """The letter it is a copy of, where somebody wrote it with their own hand."""
    created_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)
    """Until then nobody has it and it can be recalled; None where it went at once."""
    recalled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "key", "recipient_id"], name="message_once_per_recipient"
            )
        ]
        indexes = [
            models.Index(fields=["recipient_id", "-id"], name="message_of_person"),
        ]

    def said(self, language: str) -> tuple[str, str]:
        """Subject and body in this language, whichever it was sent in; as it was sent where it was
        said in one language alone."""
        other = self.language[:2] != language[:2] and self.other_subject
        return (self.other_subject, self.other_body) if other else (self.subject, self.body)

    def turn(self, language: str) -> None:
        """Say it in the other language from now on."""
        self.subject, self.other_subject = self.other_subject, self.subject
        self.body, self.other_body = self.other_body, self.body
        self.language = language
        self.save(update_fields=["subject", "other_subject", "body", "other_body", "language"])

    def by_way(self, way: Way) -> "Delivery | None":
        """How it fares on this way; None where it does not go by it. Reads what was prefetched."""
        return next((one for one in self.deliveries.all() if one.way == way), None)

    def is_held(self, at: datetime) -> bool:
        """Whether it can still be recalled at `at` (UTC)."""
        return self.recalled_at is None and self.held_until is not None and at < self.held_until


class Delivery(models.Model):
    """One message on one way to its recipient, and how it fared."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    way = models.CharField(max_length=12, choices=Way.choices)
    state = models.CharField(
        max_length=12, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    gathered = models.BooleanField(default=False)
    """It waits for the one letter a day into which news is gathered."""
    rank = models.PositiveSmallIntegerField(default=1)
    """Which goes first: 0 for what is asked of its reader, 1 for news."""
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=60, blank=True)
    """The code of the sentence that says why it did not go, or may not have arrived."""
    error = Line(max_length=300, blank=True)
    """The server's own words."""

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "way"], name="delivery_once_per_way")
        ]
        indexes = [
            models.Index(fields=["way", "state", "next_attempt_at"], name="delivery_due"),
        ]

    def why(self, lang: str) -> str:
        """Why it did not go, or may not have arrived, in words; "" where nothing is wrong."""
        return sentence(self.fault, {}, lang) if self.fault else ""


class Preference(models.Model):
    """How one person wants to be told. Who said nothing is told of everything by mail, at once."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE)
    duties = models.CharField(max_length=8, choices=DutyWish.choices, default=DutyWish.MAIL)
    news = models.CharField(max_length=8, choices=NewsWish.choices, default=NewsWish.ONCE)


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


guarded(Announcement, "programme", "by_id", "at", "text", "group")
