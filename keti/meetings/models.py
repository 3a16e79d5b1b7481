"""Meetings with their attendance and resolutions; what they ask of somebody is a task."""

from django.db import models
from django.db.models import Q

from keti.documents.models import StoredFile
from keti.duties.models import Obligation
from keti.groups.models import Group, Seat, seat_names
from keti.kernel.acts import Subject, Text
from keti.kernel.alike import alike
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id
from keti.kernel.lines import Line, Words
from keti.meetings.enums import AttendanceKind, MeetingState, Mode
from keti.programmes.models import Programme


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def with_names(self) -> "MeetingQuerySet":
        """Everything a list needs in one query, newest first."""
        return alike(
            self.select_related(
                "programme",
                "group",
                "group__programme",
                "obligation",
                "original",
                *seat_names("chair"),
            ).order_by("-starts_at", "-pk")
        )


class Meeting(models.Model):
    """One meeting of a group: planned, held, its minutes recorded and then confirmed."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meetings")
    obligation = models.ForeignKey(
        Obligation, null=True, on_delete=models.PROTECT, related_name="meetings"
    )
    chair = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="chaired")
    title_zh = Line(max_length=200)
    title_en = Line(max_length=200, blank=True)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.ROOM)
    starts_at = models.DateTimeField()
    arranged_at = models.DateTimeField()
    place = Line(max_length=300, blank=True)
    agenda = models.JSONField(default=list)
    sequence = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(
        max_length=12, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    minutes = models.TextField(blank=True)
    minutes_doc = models.TextField(null=True, editable=False)
    """The document (`doc/1`) of minutes that are more than lines; `minutes` are its words then."""
    original = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, editable=False)
    """The file in which they were written, as it came."""
    minutes_form = models.CharField(max_length=12, null=True, editable=False)
    number = Line(max_length=60, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = Line(max_length=120, blank=True)
    recorded_late = models.BooleanField(default=False)
    on_behalf = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = Line(max_length=120, blank=True)
    reason = Words(max_length=300, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"],
                condition=~Q(state=MeetingState.CANCELLED),
                name="meeting_once_per_obligation",
            ),
            models.UniqueConstraint(
                fields=["programme", "number"], condition=~Q(number=""), name="minutes_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[MeetingState.RECORDED, MeetingState.CONFIRMED])
                | (Q(recorded_at__isnull=False) & ~Q(minutes="")),
                name="recorded_meeting_has_minutes",
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.CONFIRMED)
                | (Q(confirmed_at__isnull=False) & ~Q(number="") & ~Q(sha256="")),
                name="confirmed_minutes_say_when_and_number",
            ),
        ]
        indexes = [models.Index(fields=["programme", "starts_at"], name="meeting_by_start")]

    def __str__(self) -> str:
        return self.label

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)

    @property
    def label(self) -> str:
        day = self.programme.local(self.starts_at).strftime("%Y-%m-%d")
        return f"{self.title_zh or self.title_en} {day}"

    @property
    def path(self) -> str:
        return f"/p/{self.programme.slug}/meetings/{self.public_id}/"

    def subject(self) -> Subject:
        return Subject("meetings.meeting", self.public_id, self.label, self.path)


class Attendance(models.Model):
    """One seat at one meeting: invited, then present, observing, excused or absent."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT)
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(
        max_length=10, choices=AttendanceKind.choices, default=AttendanceKind.INVITED
    )
    frozen = models.BooleanField(default=False)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="attendance_once_per_seat")
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.kind}"


class Guest(models.Model):
    """Somebody from outside who is invited to one meeting, by name and address: no seat, no
    account, no record of them beyond this row."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guests")
    name = Line(max_length=60)
    mail = models.EmailField()
    kind = models.CharField(
        max_length=10, choices=AttendanceKind.choices, default=AttendanceKind.INVITED
    )
    frozen = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "mail"], name="guest_once_per_meeting")
        ]

    def __str__(self) -> str:
        return self.name


class AttendanceNote(models.Model):
    """How a seat really attended, noted beside confirmed minutes: they stay as they were."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance_notes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT)
    was = models.CharField(max_length=10, choices=AttendanceKind.choices)
    kind = models.CharField(max_length=10, choices=AttendanceKind.choices)
    reason = Words(max_length=300)
    at = models.DateTimeField()
    by_label = Line(max_length=80)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(was=models.F("kind")) & ~Q(reason=""),
                name="attendance_note_says_what_and_why",
            ),
        ]


class Resolution(models.Model):
    """One decision of a meeting, as the minutes word it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="resolutions")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    frozen = models.BooleanField(default=False)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "order"], name="resolution_order_once")
        ]

    def __str__(self) -> str:
        return self.text


guarded(
    Meeting, "programme", "group", "obligation", "chair", "starts_at", "state", "minutes",
    "minutes_doc", "original",
    "number", "sha256", "recorded_at", "recorded_late", "on_behalf", "confirmed_at",
)  # fmt: skip
guarded(Attendance, "meeting", "seat", "kind")
guarded(AttendanceNote, "meeting", "seat", "was", "kind", "reason", "at")
guarded(Resolution, "meeting", "order", "text")
