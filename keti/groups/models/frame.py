"""Groups and roles, as the charter declares them."""

from django.db import models

from keti.kernel.acts import Subject, Text
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line
from keti.programmes.models import Programme


class Group(models.Model):
    """The overall group or one of its sector groups, as the charter declares it.

    One that the charter no longer declares has ended; what it did stays.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="groups")
    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    title_zh = Line(max_length=120)
    title_en = Line(max_length=120, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    order = models.PositiveSmallIntegerField()
    founded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="group_key_once")]

    def __str__(self) -> str:
        return self.title_zh

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)

    @property
    def is_over(self) -> bool:
        """Its work has ended: the charter no longer has it, or a gate stopped it."""
        return self.ended_at is not None or self.stopped_at is not None

    def named(self, title: Text) -> Text:
        """The title of something of this group: with the group's name, unless it is the whole."""
        if self.parent_id is None:
            return title
        return Text(
            f"{self.title.in_('zh')} · {title.in_('zh')}",
            f"{self.title.in_('en')} · {title.in_('en')}",
        )

    @property
    def label(self) -> str:
        return self.title_zh or self.title_en

    @property
    def path(self) -> str:
        return f"/p/{self.programme.slug}/groups/{self.public_id}/"

    def subject(self) -> Subject:
        return Subject("groups.group", self.public_id, self.label, self.path)


class Role(models.Model):
    """A role of the charter, bound to a kind of group; `can` holds what its seats may do."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="roles")
    key = models.CharField(max_length=60)
    title_zh = Line(max_length=80)
    title_en = Line(max_length=80, blank=True)
    group_kind = models.CharField(max_length=40)
    can = models.JSONField(default=list)
    excludes = models.JSONField(default=list)
    minimum = models.PositiveSmallIntegerField(default=0)
    maximum = models.PositiveSmallIntegerField(null=True, blank=True)
    appointed_by = models.CharField(max_length=60, blank=True)
    ex_officio = models.JSONField(default=list)
    terms = models.JSONField(default=list)
    renewals = models.PositiveIntegerField(null=True, blank=True)
    external = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="role_key_once")]

    def __str__(self) -> str:
        return self.title_zh

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)


guarded(Group, "programme", "key", "kind", "parent", "founded_at", "ended_at", "stopped_at")
guarded(
    Role, "programme", "key", "group_kind", "can", "excludes", "minimum", "maximum",
    "appointed_by", "ex_officio", "terms", "renewals", "external", "ended_at",
)  # fmt: skip
