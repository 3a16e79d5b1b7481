"""The obligation ledger: who owes what to whom by when, and what became of it."""

import hashlib
from datetime import UTC, datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from keti.accounts.models import Person
from keti.documents.models import StoredFile
from keti.duties.enums import ClaimState, DutyState, Nature, Pool
from keti.duties.rules import Clock, digest, titled
from keti.groups.models import Group, Role, Seat, seat_names
from keti.kernel.acts import Subject, Text
from keti.kernel.alike import alike
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line, Words
from keti.kernel.texts import shortened
from keti.programmes.models import Programme

EACH_THEIR_OWN = "acceptance"
STILL_OWED = (DutyState.OPEN, DutyState.RETURNED)
"""Neither met nor waived nor cancelled."""
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def open(self) -> "ObligationQuerySet":
        """Neither met nor waived nor cancelled."""
        return self.filter(state__in=STILL_OWED)

    def apart_from_responses(self) -> "ObligationQuerySet":
        """What the charter demands or somebody took on; not what others wait for an answer to."""
        return self.exclude(nature=Nature.RESPONSE)

    def cancel(self, reason: str) -> int:
        """Cancel what is still open of these, with the reason; the calling act records it."""
        return self.open().update(state=DutyState.CANCELLED, reason=shortened(reason, 300))

    def with_names(self) -> "ObligationQuerySet":
        """Everything a list needs, in one query, by due instant."""
        return alike(
            self.select_related(
                "group",
                "role",
                *seat_names("seat"),
                "programme",
                "pool_group",
            ).order_by("due", "pk")
        )


class Obligation(models.Model):
    """One thing one seat owes by one instant. `due_at` moves only by an amendment.

    `words_of` names the group whose inner work the title of one that arose in the run speaks of:
    who may see it follows the words, not the holder. Empty for what the charter announced, and for
    a response that nobody but its holder reads (a vote).

    A response has a seat, or a `pool` of which any one may answer; `caused_by` is the seat for
    whose sake it is asked, which never answers itself.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="obligations")
    key = models.CharField(max_length=160)
    kind = models.CharField(max_length=80)
    form = models.CharField(max_length=20)
    title_zh = Line(max_length=200)
    title_en = Line(max_length=200, blank=True)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="obligations")
    role = models.ForeignKey(Role, null=True, blank=True, on_delete=models.PROTECT)
    seat = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="obligations"
    )
    words_of = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    period = models.CharField(max_length=10, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    due_rule = models.CharField(max_length=200, blank=True)
    extended_to = models.DateTimeField(null=True, blank=True)
    due = models.GeneratedField(
        expression=Coalesce("extended_to", "due_at"),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    sequence = models.PositiveSmallIntegerField(default=0)
    next_word_at = models.DateTimeField(default=LONG_AGO)
    """When something is said of it next: reminder, escalation. Long ago: not worked out yet."""
    needs = models.JSONField(default=list)
    gate = models.CharField(max_length=120, blank=True)
    remind = models.JSONField(default=list)
    escalate = models.JSONField(default=list)
    source = models.CharField(max_length=120, blank=True)
    nature = models.CharField(max_length=10, choices=Nature.choices, default=Nature.CHARTER)
    pool = models.CharField(max_length=12, choices=Pool.choices, blank=True, default="")
    pool_group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    caused_by = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    about_path = models.CharField(max_length=200, blank=True, default="")
    """Where a response is given; other duties are done in the room of their form."""
    state = models.CharField(max_length=10, choices=DutyState.choices, default=DutyState.OPEN)
    begun_at = models.DateTimeField(null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_late = models.BooleanField(default=False)
    claim = models.CharField(max_length=10, choices=ClaimState.choices, blank=True)
    on_behalf = models.BooleanField(default=False)
    with_kind = models.CharField(max_length=60, blank=True)
    with_id = models.CharField(max_length=64, blank=True)
    with_path = models.CharField(max_length=200, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    reason = Words(max_length=300, blank=True)
    said = Line(max_length=300, blank=True, default="")
    """Why it is late, and `expected_on` when it comes, in the words of who owes it (`explain`)."""
    said_at = models.DateTimeField(null=True, blank=True)
    expected_on = models.DateField(null=True, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="obligation_key_once"),
            models.CheckConstraint(
                condition=~Q(state=DutyState.MET) | Q(met_at__isnull=False),
                name="met_obligation_says_when",
            ),
            models.CheckConstraint(
                condition=Q(extended_to=None) | Q(extended_to__gt=models.F("due_at")),
                name="extension_is_later",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "state", "due"], name="obligation_due"),
            models.Index(
                fields=["programme", "opens_at"],
                condition=Q(opens_at__isnull=False),
                name="obligation_opens",
            ),
            models.Index(fields=["seat", "state", "due"], name="obligation_of_seat"),
            models.Index(fields=["programme", "subject_id"], name="obligation_of_subject"),
            models.Index(fields=["programme", "form", "state"], name="obligation_of_form"),
            models.Index(
                fields=["programme", "nature", "group", "due"], name="obligation_of_group"
            ),
            models.Index(fields=["state", "next_word_at"], name="obligation_next_word"),
            models.Index(
                fields=["programme", "pool", "state"],
                condition=~Q(pool=""),
                name="obligation_of_pool",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)

    @property
    def titled(self) -> Text:
        """The title with the month it stands for: 7 月月度报告."""
        return titled(self.title, self.period)

    @property
    def label(self) -> str:
        return self.title_zh or self.title_en

    @property
    def from_charter(self) -> bool:
        """The charter demands it."""
        return self.nature == Nature.CHARTER

    @property
    def is_open(self) -> bool:
        """Still owed."""
        return self.state in STILL_OWED

    @property
    def is_response(self) -> bool:
        """Others handed in, proposed or asked, and wait for it."""
        return self.nature == Nature.RESPONSE

    @property
    def is_closed(self) -> bool:
        """Nobody but its holder knows of it: a vote."""
        return self.is_response and self.words_of_id is None

    @property
    def due_instant(self) -> datetime:
        """The due instant that counts: extended where it was extended."""
        return self.extended_to or self.due_at

    @property
    def path(self) -> str:
        """Where it is done; the site sends the visitor on to the right room."""
        return f"/p/{self.programme.slug}/do/{self.public_id}/"

    @property
    def each_their_own(self) -> bool:
        """The group's acceptance, once its task books are issued: every member owes the own one."""
        return self.from_charter and self.form == EACH_THEIR_OWN and self.begun_at is not None

    def moved(self) -> None:
        """Its due instant is another one now: calendars learn it, and words are due anew."""
        self.sequence += 1
        self.next_word_at = LONG_AGO

    def clock(self) -> Clock:
        return Clock(self.state, self.due_instant, self.met_at, self.begun_at is not None)

    def subject(self) -> Subject:
        return Subject("duties.obligation", self.public_id, self.label, self.path)


class Filing(models.Model):
    """An obligation met by a file with three lines of summary, by a text, or by both: a Word file
    is read into its text. The original is kept; a text written on the page has none.

    `text` are the words, `doc` the document (`doc/1`) where they are more than lines, `left` what
    of the file could not be carried into them: kind, how many.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="filings")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT)
    text = models.TextField(null=True, editable=False)
    doc = models.TextField(null=True, editable=False)
    left = models.JSONField(null=True, editable=False)
    lines = models.JSONField(default=list)
    by_label = Line(max_length=80)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False) | Q(text__isnull=False),
                name="filing_has_file_or_text",
            ),
        ]

    @property
    def name(self) -> str:
        """What it is called: its file, or what it was handed in for."""
        return self.file.name if self.file else self.obligation.label

    @property
    def sha256(self) -> str:
        """What fixes its content: the file where it is nothing else, else file, words and all that
        stands among them."""
        if self.file is not None and self.text is None:
            return self.file.sha256
        held = [self.file.sha256 if self.file else "", self.text or "", self.doc or ""]
        return hashlib.sha256("\n".join(map(digest, held)).encode()).hexdigest()

    def subject(self) -> Subject:
        return Subject("duties.filing", self.public_id, self.name, self.obligation.path)


class NumberedPaper(models.Model):
    """The number that what a duty produces bears by the charter's series, where no row of its own
    keeps it, and what the paper says (who was appointed, who was admitted). Never changed."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    obligation = models.OneToOneField(
        Obligation, on_delete=models.PROTECT, related_name="numbered_paper"
    )
    number = Line(max_length=60)
    says = models.JSONField(default=list)
    by_label = Line(max_length=80)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="paper_number_once")
        ]

    def __str__(self) -> str:
        return self.number


class Withdrawal(models.Model):
    """A file that was handed in by mistake: it stays, and met nothing."""

    filing = models.OneToOneField(Filing, on_delete=models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField()
    by_label = Line(max_length=80)
    reason = Words(max_length=300)

    class Meta:
        ordering = ["pk"]


class Claim(models.Model):
    """When somebody says they did what they owed, on what evidence; late until another accepts.

    What was claimed is never changed; who answered, when and why is added once.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="claims")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    evidence = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ClaimState.choices, default=ClaimState.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = Line(max_length=160, blank=True)
    reason = Words(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"],
                condition=Q(state=ClaimState.WAITING),
                name="one_waiting_claim_a_duty",
            ),
            models.CheckConstraint(
                condition=Q(at__lt=models.F("recorded_at")), name="claimed_before_it_was_recorded"
            ),
        ]

    def subject(self) -> Subject:
        return Subject("duties.claim", self.public_id, self.obligation.label, self.obligation.path)


class Reminder(models.Model):
    """A reminder or escalation step that was sent; the row is why it is never sent twice."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="reminders")
    step = models.CharField(max_length=60)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["obligation", "step"], name="reminder_step_once")
        ]


guarded(
    Obligation, "programme", "key", "kind", "form", "group", "role", "seat", "opens_at", "due_at",
    "extended_to", "needs", "gate", "nature", "pool", "pool_group", "caused_by", "state",
    "met_at", "recorded_at", "recorded_late", "claim", "on_behalf", "with_kind", "with_id",
)  # fmt: skip
guarded(Filing, "programme", "obligation", "file", "text", "doc", "happened_at", "recorded_at")
guarded(NumberedPaper, "programme", "obligation", "number", "says")
guarded(Withdrawal, "filing", "at", "reason")
guarded(Claim, "obligation", "at", "recorded_at", "seat", "evidence", "state", "answered_at")
