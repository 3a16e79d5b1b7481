"""What honours rest on and lead to: figures, contributions, nominations, certificates, stock."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from keti.documents.models import StoredFile
from keti.groups.models import Seat, seat_names
from keti.honours.enums import (
    LIVE,
    InputKind,
    InputState,
    PieceKind,
    PieceState,
    Stage,
    Word,
)
from keti.kernel.acts import Subject, Text
from keti.kernel.alike import alike
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line, Words
from keti.programmes.models import Programme
from keti.work.models import TaskBook

RECORD = Text("参与记录", "Participation record")
"""What the record calls an edition of the figures."""


class Assessment(models.Model):
    """What became of every target of one task book, as its lead or the secretariat says. Never
    changed: the newest counts."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    book = models.ForeignKey(TaskBook, on_delete=models.PROTECT, related_name="assessments")
    marks = models.JSONField()
    by_label = Line(max_length=160)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.book.label

    def subject(self) -> Subject:
        return Subject("honours.assessment", self.public_id, self.book.label, self.book.path)


class Contribution(models.Model):
    """People, goods or money that a unit or person put in, as declared and as verified."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="contributions")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="contributions")
    kind = models.CharField(max_length=10, choices=InputKind.choices)
    what = Line(max_length=200)
    amount = models.PositiveBigIntegerField()
    measure = Line(max_length=20)
    since = models.DateField()
    until = models.DateField()
    evidence = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=InputState.choices, default=InputState.DECLARED)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by_label = Line(max_length=160)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = Line(max_length=160, blank=True)
    reason = Words(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="contribution_is_something"),
            models.CheckConstraint(
                condition=Q(until__gte=models.F("since")), name="contribution_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def label(self) -> str:
        return self.what

    @property
    def path(self) -> str:
        return reverse("honours:contribution", args=[self.programme.slug, self.public_id])

    def subject(self) -> Subject:
        return Subject("honours.contribution", self.public_id, self.what, self.path)


class ParticipationRecord(models.Model):
    """What was counted of every seat at one moment, one edition after the other. Never changed."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by_label = Line(max_length=160)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="record_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.programme_id}/{self.number}"

    def subject(self) -> Subject:
        path = reverse("honours:records", args=[self.programme.slug])
        return Subject("honours.record", self.public_id, f"{RECORD.zh} v{self.number}", path)


class NominationQuerySet(models.QuerySet["Nomination"]):
    def live(self) -> "NominationQuerySet":
        """Under way or awarded."""
        return self.filter(stage__in=LIVE)

    def with_names(self) -> "NominationQuerySet":
        """Everything a page needs to name them, in one query, by honour and in protocol order."""
        return alike(
            self.select_related("programme", *seat_names("seat"), "record").order_by(
                "honour", "seat__group__order", "seat__role__order", "seat__order", "pk"
            )
        )


class Nomination(models.Model):
    """One seat put forward for one honour, up to its certificate. Who nominated it, who decides and
    who objects stand in rows of their own."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="nominations")
    honour = Line(max_length=80)
    title_zh = Line(max_length=120)
    title_en = Line(max_length=120, blank=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="nominations")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.NOMINATED)
    nominated_at = models.DateTimeField()
    record = models.ForeignKey(
        ParticipationRecord, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    basis = Line(max_length=200, blank=True)
    basis_day = models.DateField(null=True, blank=True)
    authority = Line(max_length=120, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    noticed_at = models.DateTimeField(null=True, blank=True)
    notice_ends = models.DateTimeField(null=True, blank=True)
    number = Line(max_length=60, blank=True)
    awarded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = Words(max_length=300, blank=True)
    """Why it ended without the award, or why the award was taken back."""

    objects = NominationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["honour", "seat"],
                condition=Q(stage__in=LIVE),
                name="nominated_once_for_an_honour",
            ),
            models.UniqueConstraint(
                fields=["programme", "number"],
                condition=~Q(number=""),
                name="certificate_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.AWARDED, Stage.REVOKED])
                | (Q(awarded_at__isnull=False) & ~Q(number="")),
                name="awarded_says_when_and_number",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.WITHDRAWN, Stage.REVOKED])
                | (Q(ended_at__isnull=False) & ~Q(reason="")),
                name="ended_nomination_says_why",
            ),
        ]
        indexes = [models.Index(fields=["programme", "honour", "stage"], name="nomination_of")]

    def __str__(self) -> str:
        return self.label

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)

    @property
    def label(self) -> str:
        """What the record calls it: it names nobody."""
        return f"{self.title_zh or self.title_en} {self.number or self.public_id[-6:]}"

    @property
    def path(self) -> str:
        return reverse("honours:nomination", args=[self.programme.slug, self.public_id])

    def subject(self) -> Subject:
        return Subject("honours.nomination", self.public_id, self.label, self.path)


class Nominator(models.Model):
    """Who put somebody forward, in which seat, and why. Never changed."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="nominators")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["nomination", "seat"], name="a_seat_nominates_once")
        ]


class HonourVote(models.Model):
    """What one who decides said of a nomination: yes, no, or that they stand aside, and why. Never
    changed."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="votes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    word = models.CharField(max_length=5, choices=Word.choices)
    text = Words(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["nomination", "seat"], name="honour_voted_once"),
            models.CheckConstraint(
                condition=Q(word=Word.YES) | ~Q(text=""), name="other_than_yes_says_why"
            ),
        ]


class Objection(models.Model):
    """What somebody holds against an honour under public notice, and what was answered."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="objections")
    seat = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sender = Line(max_length=120, blank=True)
    text = models.TextField()
    evidence = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    upheld = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = Line(max_length=160, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None) | (Q(upheld__isnull=False) & ~Q(answer="")),
                name="answered_objection_says_what",
            ),
        ]

    def subject(self) -> Subject:
        one = self.nomination
        return Subject("honours.objection", self.public_id, one.label, one.path)


class Certificate(models.Model):
    """The file of a certificate, made once by a worker. Never changed."""

    nomination = models.OneToOneField(
        Nomination, on_delete=models.PROTECT, related_name="certificate"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]


class Piece(models.Model):
    """One badge or banner with its serial number: in stock, handed to somebody, or gone."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="pieces")
    kind = models.CharField(max_length=10, choices=PieceKind.choices)
    serial = Line(max_length=40)
    state = models.CharField(max_length=10, choices=PieceState.choices, default=PieceState.STOCK)
    received_at = models.DateTimeField()
    handed_to = models.ForeignKey(
        Nomination, null=True, blank=True, on_delete=models.PROTECT, related_name="pieces"
    )
    taken_by = Line(max_length=80, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    note = Words(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "serial"], name="piece_serial_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=PieceState.HANDED)
                | (Q(handed_to__isnull=False) & Q(handed_at__isnull=False)),
                name="handed_piece_says_to_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.serial

    @property
    def label(self) -> str:
        return f"{self.get_kind_display()} {self.serial}"

    def subject(self) -> Subject:
        path = reverse("honours:stock", args=[self.programme.slug])
        return Subject("honours.piece", self.public_id, self.serial, path)


guarded(Assessment, "programme", "book", "marks", "at", "recorded_at")
guarded(
    Contribution, "programme", "seat", "kind", "what", "amount", "measure", "since", "until",
    "evidence", "state", "at", "recorded_at", "answered_at",
)  # fmt: skip
guarded(ParticipationRecord, "programme", "number", "sha256", "at")
guarded(
    Nomination, "programme", "honour", "seat", "stage", "record", "basis", "basis_day", "authority",
    "checked_at", "decided_at", "noticed_at", "notice_ends", "number", "awarded_at", "ended_at",
)  # fmt: skip
guarded(Nominator, "nomination", "seat", "reason", "at")
guarded(HonourVote, "nomination", "seat", "word", "text", "at")
guarded(Objection, "nomination", "seat", "sender", "text", "evidence", "upheld", "answered_at")
guarded(Certificate, "nomination", "file", "at")
guarded(Piece, "programme", "kind", "serial", "state", "handed_to", "handed_at")
