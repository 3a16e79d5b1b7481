"""Offices that are written to, and the lists of them that were approved."""

from datetime import date

from django.db import models
from django.db.models import Q

from keti.documents.models import StoredFile
from keti.groups.models import Seat
from keti.kernel.acts import Subject
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line, Words
from keti.letters.enums import ContactKind, ListState, OfficeKind
from keti.letters.rules.divisions import name_of
from keti.programmes.models import Programme


class Office(models.Model):
    """An office that is written to: never a person, never a private address. `name` is what it is
    called now; what it was called when stands in `namings`."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="offices")
    kind = models.CharField(max_length=12, choices=OfficeKind.choices)
    division = Line(max_length=6, blank=True)
    """The code of the provincial or prefectural division it belongs to."""
    name = Line(max_length=120)
    addressee = Line(max_length=80, blank=True)
    address = Line(max_length=200, blank=True)
    postcode = Line(max_length=6, blank=True)
    mail = models.EmailField(blank=True)
    note = Words(max_length=300, blank=True)
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = Words(max_length=300, blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"],
                condition=Q(withdrawn_at=None),
                name="office_once_by_name",
            ),
        ]
        indexes = [models.Index(fields=["programme", "division"], name="office_by_division")]

    def __str__(self) -> str:
        return self.name

    @property
    def where(self) -> str:
        """The division it belongs to, in words."""
        return name_of(self.division)

    @property
    def path(self) -> str:
        return f"/p/{self.programme.slug}/letters/offices/{self.public_id}/"

    def subject(self) -> Subject:
        return Subject("letters.office", self.public_id, self.name, self.path)

    def name_at(self, day: date) -> str:
        """What it was called on a day: by the newest name that had begun; before the first one, by
        the first."""
        names = list(self.namings.order_by("since", "pk"))
        begun = [one.name for one in names if one.since <= day]
        return begun[-1] if begun else names[0].name if names else self.name


class OfficeName(models.Model):
    """What an office is called from a day on. Never edited."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="namings")
    name = Line(max_length=120)
    since = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return self.name


class RecipientList(models.Model):
    """A list of offices under a key, which the charter calls `list.<key>`. Once approved its lines
    stand as they were then, under a hash; what changes later is another edition."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    edition = models.PositiveSmallIntegerField()
    title = Line(max_length=120)
    state = models.CharField(max_length=12, choices=ListState.choices, default=ListState.DRAFT)
    drafted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = Words(max_length=300, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "key", "edition"], name="recipient_list_edition_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | ~Q(sha256=""), name="approved_list_has_a_hash"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"{self.title} ({self.edition})"

    @property
    def path(self) -> str:
        return f"/p/{self.programme.slug}/letters/lists/{self.public_id}/"

    def subject(self) -> Subject:
        return Subject("letters.list", self.public_id, self.label, self.path)


class Listed(models.Model):
    """One office on a list; from the approval on with the words that go on its envelope."""

    list = models.ForeignKey(RecipientList, on_delete=models.PROTECT, related_name="lines")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    name = Line(max_length=120, blank=True)
    addressee = Line(max_length=80, blank=True)
    address = Line(max_length=200, blank=True)
    postcode = Line(max_length=6, blank=True)
    mail = models.EmailField(blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["list", "office"], name="office_on_a_list_once"),
        ]


class Contact(models.Model):
    """Somebody was in touch with an office: how, with whom by post, what came of it, what is next
    (对接联络). Never edited; taken back with a reason."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=12, choices=ContactKind.choices)
    on = models.DateField()
    post = Line(max_length=80, blank=True)
    """The post or section that was spoken with; no private name is asked for."""
    outcome = models.TextField()
    next_step = Line(max_length=200, blank=True)
    next_on = models.DateField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by_label = Line(max_length=80)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = Words(max_length=300, blank=True)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"

    def subject(self) -> Subject:
        return Subject("letters.contact", self.public_id, str(self), self.office.path)


guarded(
    Office, "programme", "kind", "division", "name", "withdrawn_at", "reason", "successor",
)  # fmt: skip
guarded(OfficeName, "office", "name", "since")
guarded(
    RecipientList, "programme", "key", "edition", "title", "state", "decided_at", "decided_by",
    "reason", "size", "sha256",
)  # fmt: skip
guarded(Listed, "list", "office", "place")
guarded(
    Contact, "programme", "office", "kind", "on", "outcome", "next_step", "next_on", "file", "seat",
    "withdrawn_at", "reason",
)  # fmt: skip
