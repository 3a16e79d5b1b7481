"""Letters to a list, the piece that goes to each office, and what happened to it."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from keti.documents.models import StoredFile
from keti.groups.models import Seat
from keti.kernel.acts import Subject
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line, Words
from keti.letters.enums import WAITING, Channel, MailingState, OfficeKind, PassageKind
from keti.letters.models.offices import Office, RecipientList
from keti.programmes.models import Programme


class Mailing(models.Model):
    """One letter to every office of an approved list, from one template (公函). From its issue on
    it stands as it was; each office gets a piece of its own, with a number of its own."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    """Which letter of the programme it is: with it begin the codes of its pieces."""
    list = models.ForeignKey(RecipientList, on_delete=models.PROTECT, related_name="mailings")
    title = Line(max_length=120)
    body = models.TextField()
    series = Line(max_length=12, blank=True)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.POST)
    issuer = Line(max_length=120)
    copies = Line(max_length=300, blank=True)
    signer = Line(max_length=60, blank=True)
    printer = Line(max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=MailingState.choices, default=MailingState.DRAFT)
    drafted_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    issued_by = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    reason = Words(max_length=300, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)
    """Since when everybody may read how far it reached; None where it is not published."""

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ordinal"], name="mailing_ordinal_once"),
            models.CheckConstraint(
                condition=Q(state="issued", issued_at__isnull=False)
                | (~Q(state="issued") & Q(issued_at=None)),
                name="issued_mailing_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        return f"/p/{self.programme.slug}/letters/{self.public_id}/"

    def subject(self) -> Subject:
        return Subject("letters.mailing", self.public_id, self.title, self.path)


class MailPieceQuerySet(models.QuerySet["MailPiece"]):
    def standing(self) -> "MailPieceQuerySet":
        """With `state`: what happened to each last, but for what was corrected; and when."""
        last = Passage.objects.standing().filter(piece=OuterRef("pk")).order_by("-pk")
        told: dict[str, Any] = {
            "state": Coalesce(Subquery(last.values("kind")[:1]), Value(WAITING)),
            "state_at": Subquery(last.values("happened_at")[:1]),
        }
        return self.annotate(**told)


class MailPiece(models.Model):
    """What goes to one office of a letter: its number, its code, the words of its envelope as they
    were approved. What becomes of it are its passages."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    mailing = models.ForeignKey(Mailing, on_delete=models.PROTECT, related_name="pieces")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="pieces")
    serial = models.PositiveIntegerField()
    number = Line(max_length=80)
    code = Line(max_length=11)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    kind = models.CharField(max_length=12, choices=OfficeKind.choices)
    division = Line(max_length=6, blank=True)
    name = Line(max_length=120)
    addressee = Line(max_length=80, blank=True)
    address = Line(max_length=200, blank=True)
    postcode = Line(max_length=6, blank=True)
    mail = models.EmailField(blank=True)

    objects = MailPieceQuerySet.as_manager()

    state: str
    """What happened to it last; read with `standing`."""
    state_at: datetime | None
    """When that was."""

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["mailing", "serial"], name="mail_piece_serial_once"),
            models.UniqueConstraint(
                fields=["mailing", "office"], name="mail_piece_to_an_office_once"
            ),
            models.UniqueConstraint(fields=["programme", "code"], name="mail_piece_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def path(self) -> str:
        return f"/p/{self.mailing.programme.slug}/letters/pieces/{self.public_id}/"

    def subject(self) -> Subject:
        return Subject("letters.piece", self.public_id, str(self), self.path)


class PassageQuerySet(models.QuerySet["Passage"]):
    def standing(self) -> "PassageQuerySet":
        """Those that were not corrected, and are no corrections."""
        corrected = Passage.objects.filter(corrects=OuterRef("pk"))
        return self.exclude(kind=PassageKind.CORRECTED).exclude(Exists(corrected))


class Passage(models.Model):
    """One thing that happened to a piece. Never edited: a slip is corrected by another passage."""

    piece = models.ForeignKey(MailPiece, on_delete=models.PROTECT, related_name="passages")
    kind = models.CharField(max_length=12, choices=PassageKind.choices)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by_label = Line(max_length=80)
    carrier = Line(max_length=40, blank=True)
    tracking = Line(max_length=40, blank=True)
    reason = Words(max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="correction"
    )

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="corrected", corrects__isnull=False)
                | (~Q(kind="corrected") & Q(corrects=None)),
                name="correction_says_of_what",
            ),
            models.CheckConstraint(condition=~Q(corrects=F("pk")), name="passage_corrects_another"),
        ]


guarded(
    Mailing, "programme", "ordinal", "list", "title", "body", "series", "channel", "issuer",
    "copies", "signer", "printer", "state", "issued_at", "day", "issued_by", "size", "sha256",
    "reason", "shown_at",
)  # fmt: skip
guarded(MailPiece, "programme", "mailing", "office", "serial", "number")
guarded(Passage, "piece", "kind", "happened_at", "seat", "tracking", "reason", "file", "corrects")
