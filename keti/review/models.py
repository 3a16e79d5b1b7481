"""Gates, the versions pinned before them, declared conflicts, opinions, decisions."""

from dataclasses import replace
from functools import cached_property

from django.db import models
from django.db.models import Q

from keti.charter.queries import compiled, compiled_as
from keti.charter.rules.compiled import Compiled, GateSpec
from keti.documents.models import StoredFile
from keti.duties.models import Obligation
from keti.groups.models import Group, Seat
from keti.kernel.acts import Subject, Text
from keti.kernel.alike import alike
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line
from keti.programmes.models import Programme
from keti.review.enums import Effect, GateState


class GateQuerySet(models.QuerySet["Gate"]):
    def with_names(self) -> "GateQuerySet":
        """Everything a list needs, in one query, in the charter's order."""
        return alike(
            self.select_related(
                "programme", "group", "group__parent", "obligation", "request"
            ).order_by("order", "pk")
        )


class Gate(models.Model):
    """One decision point of the charter, and how far it has come.

    `charter` is the hash of the charter version under which it was first opened, or asked for;
    '' until then. `ballots` of its rounds were votes taken again for want of consensus; `by_share`
    tells that the present one is. What is decided on request is a gate of its own each time
    (`extension@whole/2`).
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="gates")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=80)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="gates")
    obligation = models.OneToOneField(Obligation, on_delete=models.PROTECT, related_name="gate_of")
    title_zh = Line(max_length=200)
    title_en = Line(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=GateState.choices, default=GateState.WAITING)
    round = models.PositiveSmallIntegerField(default=1)
    ballots = models.PositiveSmallIntegerField(null=True, editable=False)
    by_share = models.BooleanField(null=True, editable=False)
    review_set = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    charter = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = GateQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="gate_key_once"),
            models.CheckConstraint(
                condition=~Q(state=GateState.OPEN)
                | (~Q(review_set="") & Q(opened_at__isnull=False)),
                name="open_gate_has_its_inputs_pinned",
            ),
            models.CheckConstraint(
                condition=~Q(state=GateState.DECIDED)
                | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="decided_gate_says_what_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @cached_property
    def law(self) -> Compiled:
        """The charter under which it was opened, else the one in force. Read once per instance."""
        if self.charter:
            return compiled_as(self.programme, self.charter)
        return compiled(self.programme)

    @property
    def spec(self) -> GateSpec:
        """What that charter says of this gate; of what is decided on request with what it waits
        for this time."""
        said = self.law.gate(self.key)
        if not self.asked_for:
            return said
        return replace(said, inputs=tuple(self.request.inputs))

    @property
    def turn(self) -> int:
        """The round as the charter counts them: a vote taken again begins none."""
        return self.round - (self.ballots or 0)

    @property
    def asked_for(self) -> bool:
        """Was it asked for, and not owed on a day of its own?"""
        return "/" in self.key

    @property
    def title(self) -> Text:
        """The gate's name, and its group where the group is not the whole."""
        if self.group.parent_id is None:
            return Text(self.title_zh, self.title_en)
        zh, en = self.title_zh or self.title_en, self.title_en or self.title_zh
        return Text(f"{zh} · {self.group.title.in_('zh')}", f"{en}, {self.group.title.in_('en')}")

    @property
    def label(self) -> str:
        return str(self.title)

    @property
    def path(self) -> str:
        return f"/p/{self.programme.slug}/reviews/{self.public_id}/"

    def subject(self) -> Subject:
        return Subject("review.gate", self.public_id, self.label, self.path)


class Input(models.Model):
    """One input pinned to one version by hash. A later version does not change it."""

    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="inputs")
    round = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT)
    group = models.ForeignKey(Group, on_delete=models.PROTECT)
    author = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT)
    title_zh = Line(max_length=240)
    title_en = Line(max_length=240, blank=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    owner_id = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT)
    handed_in_at = models.DateTimeField()

    class Meta:
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["gate", "round", "number"], name="gate_input_number_once"
            ),
            models.UniqueConstraint(
                fields=["gate", "round", "obligation"], name="gate_input_pinned_once"
            ),
        ]

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)


class Declaration(models.Model):
    """The abstract part of what a decider says: who, when, how it was recorded."""

    round = models.PositiveSmallIntegerField()
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT)
    by_label = Line(max_length=80)
    on_behalf = models.BooleanField(default=False)
    evidence = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["pk"]


class Request(Declaration):
    """Somebody asked for a decision: who, when, why, and which material it waits for. Never
    changed: the request itself is judged."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    gate = models.OneToOneField(Gate, on_delete=models.PROTECT, related_name="request")
    number = models.PositiveSmallIntegerField()
    reason = models.TextField()
    inputs = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)

    class Meta(Declaration.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="request_says_why"),
        ]

    @property
    def title(self) -> Text:
        """The request as what is judged: `延期申请`."""
        zh, en = self.gate.title_zh or self.gate.title_en, self.gate.title_en or self.gate.title_zh
        return Text(f"{zh}申请", f"Request: {en}")


class Conflict(Declaration):
    """A decider's declaration: has a conflict of interest, or has none. The newest counts."""

    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="conflicts")
    has = models.BooleanField()
    text = models.TextField(blank=True)

    class Meta(Declaration.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(has=False) | ~Q(text=""), name="declared_conflict_says_which"
            )
        ]


class Judgement(Declaration):
    """The abstract part of what is said of what is judged: an outcome, a comment, and a copy with
    marks (`file`) with what was read of them (`marks`)."""

    outcome = models.CharField(max_length=60)
    effect = models.CharField(max_length=10, choices=Effect.choices)
    comment = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    marks = models.JSONField(null=True)

    class Meta(Declaration.Meta):
        abstract = True


class Opinion(Judgement):
    """A decider's verdict on the pinned inputs of one round, with a comment."""

    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="opinions")

    class Meta(Declaration.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["gate", "round", "seat"], name="one_opinion_per_decider_and_round"
            )
        ]


class OpinionChange(Judgement):
    """A decider said something else before the decision, or withdrew the opinion (no outcome, and
    why). The newest counts; what was said before stays."""

    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="opinion_changes")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="changes")

    class Meta(Judgement.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="") | ~Q(comment=""), name="withdrawn_opinion_says_why"
            )
        ]


class Decision(Declaration):
    """What was decided, on exactly which set of versions, by which count. Never changed.

    `record` keeps the count as it stood: every decider, who stood aside and why, the votes.
    `points` are those that the next version of what went back has to answer, each.
    """

    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=60)
    title_zh = Line(max_length=80)
    title_en = Line(max_length=80, blank=True)
    effect = models.CharField(max_length=10, choices=Effect.choices)
    reasons = models.TextField()
    points = models.JSONField(null=True)
    review_set = models.CharField(max_length=64)
    number = Line(max_length=60)
    record = models.JSONField()

    class Meta(Declaration.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["gate", "round"], name="one_decision_per_gate_and_round"
            ),
            models.CheckConstraint(
                condition=~Q(review_set=""), name="decision_names_what_was_judged"
            ),
        ]

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)


guarded(
    Gate, "programme", "key", "kind", "group", "obligation", "state", "round", "ballots",
    "by_share", "review_set",
    "opened_at", "charter", "outcome", "decided_at",
)  # fmt: skip
guarded(
    Input, "gate", "round", "number", "obligation", "author", "subject_kind", "subject_id",
    "owner_id", "version", "sha256", "file", "handed_in_at",
)  # fmt: skip
guarded(
    Request, "gate", "number", "seat", "reason", "inputs", "sha256", "happened_at", "recorded_at",
    "on_behalf",
)  # fmt: skip
guarded(Conflict, "gate", "round", "seat", "has", "text", "happened_at", "recorded_at", "on_behalf")
guarded(
    Opinion, "gate", "round", "seat", "outcome", "effect", "comment", "file", "marks",
    "happened_at", "recorded_at", "on_behalf",
)  # fmt: skip
guarded(
    OpinionChange, "gate", "opinion", "round", "seat", "outcome", "effect", "comment", "file",
    "marks",
    "happened_at", "recorded_at", "on_behalf",
)  # fmt: skip
guarded(
    Decision, "gate", "round", "seat", "outcome", "effect", "reasons", "points", "review_set",
    "number", "record", "happened_at", "recorded_at",
)  # fmt: skip
