"""Reports, their drafts, and the versions frozen when they are handed in."""

from typing import Any

from django.db import models
from django.db.models import Q

from keti.documents.models import StoredFile
from keti.documents.rules.refs.item import Reference as Held
from keti.documents.rules.refs.item import from_rows
from keti.duties.models import Obligation
from keti.groups.models import Group
from keti.kernel.acts import Subject, Text
from keti.kernel.alike import alike
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line
from keti.programmes.models import Programme
from keti.reports import rules
from keti.reports.enums import ReportState


class ReportQuerySet(models.QuerySet["Report"]):
    def with_names(self) -> "ReportQuerySet":
        """Everything a page needs to name a report, in one query, in the order of lists."""
        named = self.select_related(
            "programme",
            "group",
            "group__parent",
            "obligation",
            "obligation__seat",
            "obligation__seat__role",
            "obligation__seat__person",
            "obligation__seat__organisation",
        )
        return alike(named.in_order())

    def in_order(self) -> "ReportQuerySet":
        """Newest period first, groups in their order."""
        return self.order_by("-obligation__due_at", "group__order", "pk")


class Report(models.Model):
    """One report owed by one group for one period: its working text and where it stands.

    The draft is `sections` (key -> words), `plan`, and `docs` (key -> `doc/1`) of the sections that
    hold more than lines, None where it was last saved before drafts held any; `revision` is the
    number a save is based on; `latest` is the number of its newest frozen version, 0 before the
    first. `replaced` is what was typed and is in no version because a file was handed in instead:
    rows as of a version.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="reports")
    obligation = models.OneToOneField(Obligation, on_delete=models.PROTECT, related_name="report")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=80)
    period = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    sections = models.JSONField(default=dict)
    docs = models.JSONField(null=True, blank=True)
    translations = models.JSONField(null=True, blank=True)
    """Language -> what stands in it beside the sections (`rules.translating`)."""
    plan = models.JSONField(default=list)
    replaced = models.JSONField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    words = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    saved_by = Line(max_length=80)
    latest = models.PositiveIntegerField(default=0)
    paper_number = Line(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    points = models.JSONField(null=True, blank=True)
    """What the next version has to answer, rows of `rules.point_rows`; None for none."""
    judged_at = models.DateTimeField(null=True, blank=True)
    """When it was first laid before a gate, which answers for its reader from then on."""

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "group", "period"], name="one_report_per_group_period"
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT) | Q(latest__gt=0),
                name="handed_in_report_has_a_version",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "state"], name="report_state"),
            models.Index(fields=["programme", "kind", "period", "state"], name="report_kinds"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def title(self) -> Text:
        """月度报告 · 金融 · 2022-07"""
        tail = f" · {self.period}" if self.period else ""
        name, group = self.obligation.title, self.group.title
        return Text(
            f"{name.in_('zh')} · {group.in_('zh')}{tail}",
            f"{name.in_('en')} · {group.in_('en')}{tail}",
        )

    @property
    def label(self) -> str:
        return self.title.in_("zh")

    @property
    def path(self) -> str:
        return f"/p/{self.programme.slug}/reports/{self.public_id}/"

    @property
    def editable(self) -> bool:
        """True while its draft may still be changed."""
        return self.state in rules.EDITABLE

    def content(self) -> rules.Content:
        """The draft as typed."""
        docs = rules.standing_docs(self.sections, self.docs or {})
        return rules.Content(self.sections, rules.plan_items(self.plan), docs)

    def subject(self) -> Subject:
        return Subject("reports.report", self.public_id, self.label, self.path)


class Version(models.Model):
    """What was handed in at one moment. Never changed: the database refuses it.

    `chapters` pins the group chapters of an assembled report, `collected` the sub-reports of a
    consolidated one: [{group, title_zh, title_en, version, number, sha256}], `version` empty
    where the part had not been received. `references` is None, or the references as they stood:
    {"by": the edition they are printed by, "rows": rows of `documents.rules.refs`}.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    sections = models.JSONField()
    plan = models.JSONField(default=list)
    chapters = models.JSONField(default=list)
    collected = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    references = models.JSONField(null=True, blank=True)
    points = models.JSONField(null=True, blank=True)
    """What was asked for when the version before went back, with what this one says to each."""
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    evidence = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sha256 = models.CharField(max_length=64)
    words = models.TextField(blank=True)
    paper_number = Line(max_length=60, blank=True)
    seat_label = Line(max_length=160)
    by_label = Line(max_length=80)
    on_behalf = models.BooleanField(default=False)
    recorded_late = models.BooleanField(default=False)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_once"),
            models.CheckConstraint(
                condition=Q(number__gt=0), name="report_version_counts_from_one"
            ),
            models.CheckConstraint(
                condition=Q(at__lte=models.F("recorded_at")),
                name="report_version_recorded_after_it_happened",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"{self.report.label} v{self.number}"

    @property
    def title(self) -> Text:
        of = self.report.title
        return Text(f"{of.zh} · 第{self.number}版", f"{of.en} · version {self.number}")

    @property
    def path(self) -> str:
        return f"{self.report.path}v/{self.number}/"

    @property
    def listed(self) -> tuple[Held, ...]:
        """Its references, in the order of its list."""
        return from_rows(self.references["rows"]) if self.references else ()

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The pinned parts, chapters or sub-reports."""
        return list(self.chapters or self.collected)

    def subject(self) -> Subject:
        return Subject("reports.version", self.public_id, self.label, self.path)


class Reference(models.Model):
    """One reference of a report's list, as it is worked on: what the text cites it by, what is
    known of it (`item`, CSL-JSON), how it was typed, what of that could not be read."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="references")
    key = Line(max_length=60)
    item = models.JSONField(default=dict)
    typed = models.TextField(blank=True)
    unread = models.TextField(blank=True)
    title = models.TextField(blank=True)
    who = models.TextField(blank=True)
    year = Line(max_length=10, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="report_cites_a_key_once"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def path(self) -> str:
        return f"{self.report.path}references/{self.public_id}/"

    def held(self) -> Held:
        """The reference itself."""
        return Held(self.key, self.item, self.typed, self.unread)


guarded(
    Report, "programme", "obligation", "group", "kind", "period", "state", "latest",
    "paper_number", "judged_at",
)  # fmt: skip
guarded(
    Version, "report", "number", "sections", "plan", "file", "evidence", "sha256", "paper_number",
    "on_behalf", "recorded_late", "at", "recorded_at",
)  # fmt: skip
