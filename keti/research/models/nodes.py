"""Nodes of the research, every version of them, and the links between them."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from keti.accounts.models import Person
from keti.groups.models import Group, Seat
from keti.kernel.acts import Subject, Text
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line, Words
from keti.programmes.models import Programme
from keti.research.enums import Level, LinkKind, Share, Stakeholder, Status, UptakeState
from keti.research.rules.kinds import kind_of

STANDING = (Status.DRAFT, Status.SETTLED)
TAKEN_UP = (UptakeState.PARTLY, UptakeState.ADOPTED)
UNSHARED = tuple(one for one in UptakeState if one not in TAKEN_UP)


class NodeQuerySet(models.QuerySet["Node"]):
    def standing(self) -> "NodeQuerySet":
        """Neither taken back nor merged into another."""
        return self.filter(status__in=STANDING)

    def with_names(self) -> "NodeQuerySet":
        """Everything a list or a page says of a node, in one query."""
        return self.select_related(
            "programme", "group", "owner__role", "owner__group", "owner__person",
            "owner__organisation", "owner__delegate", "into__programme",
        )  # fmt: skip


class Node(models.Model):
    """One thing the research says, of a kind the charter names. `fp` is the fingerprint of what it
    says now; `into` the node it was merged into; `before` how it stood before that."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="nodes")
    kind = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT)
    owner = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="nodes")
    level = models.CharField(max_length=20, choices=Level.choices, blank=True)
    jurisdiction = Line(max_length=60, blank=True)
    stakeholder = models.CharField(max_length=20, choices=Stakeholder.choices, blank=True)
    title_zh = Line(max_length=200)
    title_en = Line(max_length=300, blank=True)
    text_zh = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    confidential = models.BooleanField(default=False)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    before = models.CharField(max_length=12, blank=True)
    version = models.PositiveIntegerField(default=1)
    fp = models.CharField(max_length=32)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = NodeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "number"], name="node_number_once"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.MERGED, into__isnull=False)
                | (~Q(status=Status.MERGED) & Q(into=None)),
                name="merged_node_says_into_what",
            ),
            models.CheckConstraint(condition=~Q(into=F("pk")), name="node_merged_into_another"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)

    @property
    def tag(self) -> Text:
        """Kind and number: what it is called where its words are not to be read."""
        word = kind_of(self.kind).title
        return Text(f"{word.zh}{self.number}", f"{word.en} {self.number}")

    @property
    def label(self) -> str:
        """What the record calls it, in two words: the first is said in the language of a page."""
        return f"{kind_of(self.kind).title.zh} {self.number}"

    @property
    def path(self) -> str:
        return reverse("research:node", args=[self.programme.slug, self.public_id])

    def subject(self) -> Subject:
        """What the record calls it: by number, for its words may be confidential."""
        return Subject("research.node", self.public_id, self.label, self.path)

    def says(self) -> dict[str, Any]:
        """What stands in a version of it."""
        names = ("title_zh", "title_en", "text_zh", "text_en", "level", "jurisdiction",
                 "stakeholder", "facts", "status", "fp", "version")  # fmt: skip
        return {name: getattr(self, name) for name in names}


class Edition(models.Model):
    """What a node said at one version. Never edited."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="editions")
    version = models.PositiveIntegerField()
    status = models.CharField(max_length=12, choices=Status.choices)
    title_zh = Line(max_length=200)
    title_en = Line(max_length=300, blank=True)
    text_zh = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    level = models.CharField(max_length=20, choices=Level.choices, blank=True)
    jurisdiction = Line(max_length=60, blank=True)
    stakeholder = models.CharField(max_length=20, choices=Stakeholder.choices, blank=True)
    facts = models.JSONField(default=dict)
    fp = models.CharField(max_length=32)
    reason = Line(max_length=300, blank=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["node", "version"], name="edition_once"),
        ]


class Link(models.Model):
    """How one node is tied to another, and what both said when somebody read them together."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    first = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="links_out")
    second = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=20, choices=LinkKind.choices)
    first_fp = models.CharField(max_length=32)
    second_fp = models.CharField(max_length=32)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    read_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(first=F("second")), name="link_between_two_nodes"),
            models.UniqueConstraint(
                fields=["first", "second", "kind"],
                condition=Q(ended_at=None),
                name="link_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["programme", "first", "second"], condition=Q(ended_at=None),
                name="links_that_stand",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.first.label} · {self.second.label}"

    def subject(self) -> Subject:
        return Subject("research.link", self.public_id, str(self), self.first.path)


class Uptake(models.Model):
    """What one addressee had done with one recommendation by a day, as somebody says it and by
    what. Never changed: another person finds it true, or it is withdrawn with a reason."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    recommendation = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="uptakes")
    addressee = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=UptakeState.choices)
    share = models.CharField(max_length=12, choices=Share.choices, blank=True)
    day = models.DateField()
    evidence = Words(max_length=1000, blank=True)
    link = models.URLField(max_length=500, blank=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    verified_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = Words(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=UptakeState.UNKNOWN) | ~Q(evidence="", link=""),
                name="uptake_shown_by_something",
            ),
            models.CheckConstraint(
                condition=Q(share="", state__in=UNSHARED) | (~Q(share="") & Q(state__in=TAKEN_UP)),
                name="uptake_share_where_taken_up",
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None, verified_at=None)
                | Q(verified_by__isnull=False, verified_at__isnull=False),
                name="uptake_verified_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(reason=""), name="uptake_withdrawn_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation.label} · {self.addressee.label}"

    def subject(self) -> Subject:
        return Subject("research.uptake", self.public_id, str(self), self.recommendation.path)


guarded(
    Uptake, "programme", "recommendation", "addressee", "state", "share", "day", "evidence", "link",
    "seat", "by", "at", "verified_by", "verified_at", "withdrawn_at", "reason",
)  # fmt: skip
guarded(
    Node, "programme", "kind", "number", "group", "owner", "level", "jurisdiction", "stakeholder",
    "title_zh", "title_en", "text_zh", "text_en", "facts", "confidential", "status", "into",
    "before", "version", "fp", "made_at", "changed_at",
)  # fmt: skip
guarded(Edition, "node", "version", "status", "fp", "reason", "seat", "by", "at")
guarded(
    Link, "programme", "first", "second", "kind", "first_fp", "second_fp", "seat", "made_at",
    "read_by", "read_at", "ended_at",
)  # fmt: skip
