"""The secretariat's list of applications."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django.db.models import Case, OuterRef, Q, Subquery, When
from django.db.models import Count as DbCount
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keti.charter.queries import compiled
from keti.charter.rules.compiled import Compiled
from keti.charter.rules.joining import AdmissionSpec
from keti.groups.doors import Door, enter_office
from keti.intake import permissions, queries
from keti.intake.enums import ApplicationState, CheckVerdict, TrackKind
from keti.intake.models import SUBMITTED, Application, ApplicationQuerySet, Check
from keti.intake.rules.content import Content, track_of
from keti.intake.views.several import DEEDS
from keti.kernel.acts import Text
from keti.lists.doors import (
    GROUP_NAMES,
    Choice,
    Column,
    Listing,
    Options,
    Rows,
    by_code,
    declared,
    offers,
    once,
)
from keti.lists.rules import Label, Marked, Moment

MARKS = {
    ApplicationState.ADMITTED: "done",
    ApplicationState.SUBMITTED: "soon",
    ApplicationState.RESERVE: "soon",
}
STATES = [*SUBMITTED, ApplicationState.WITHDRAWN]


def submitted(door: Door) -> ApplicationQuerySet:
    """What the programme's secretariat may read of what was sent."""
    offices = [one.programme_id for one in door.seats if one.can("manage")]
    found = Application.objects.filter(programme=door.programme, submitted_at__isnull=False)
    return permissions.visible(door.person, found, offices)


def _admission(door: Door) -> AdmissionSpec | None:
    return once(door, "admission", lambda: queries.admission_of(door.programme))


def _titles(door: Door) -> dict[str, Text]:
    """What the groups are called, also those that are no longer declared."""
    charter: Compiled | None = compiled(door.programme)
    found: dict[str, Text] = {}
    while charter is not None:
        found = {one.key: one.title for one in charter.groups} | found
        charter = charter.earlier
    return found


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """One application of the list."""

    one: Application
    filled: Content
    track: str
    groups: str
    required: int
    given: str

    @property
    def met(self) -> Label:
        """How many of the requirements were found met."""
        return Label(f"{vars(self.one)['met_now'] or 0} / {self.required}")

    @property
    def state(self) -> Marked:
        mark = MARKS.get(ApplicationState(self.one.state), "waived")
        return Marked(mark, str(self.one.get_state_display()))

    @property
    def sent(self) -> Moment:
        late = (_("补录"),) if self.one.recorded_late else ()
        return Moment(self.one.submitted_at, late)


def _base(door: Door) -> ApplicationQuerySet:
    met = Check.objects.filter(application=OuterRef("pk"), verdict=CheckVerdict.MET)
    counted = met.order_by().values("application").annotate(n=DbCount("pk")).values("n")
    named = Case(
        When(track_kind=TrackKind.UNIT, then=KT("content__unit")), default=KT("content__name")
    )
    found = submitted(door).annotate(called=named, met_now=Subquery(counted))
    return found.select_related("applicant", "group").only(
        "public_id", "number", "track", "track_kind", "content", "state", "submitted_at",
        "recorded_at", "window_closes", "reason", "applicant__name", "applicant__mail",
        *GROUP_NAMES,
    )  # fmt: skip


def _rows(door: Door, found: Iterable[Application]) -> Iterator[ApplicationRow]:
    admission = _admission(door)
    titles = _titles(door)
    for one in found:
        one.programme = door.programme
        filled = one.filled
        track = track_of(admission, one.track) if admission else None
        chosen = [titles[key].in_(door.lang) for key in filled.choices if key in titles]
        yield ApplicationRow(
            one,
            filled,
            track.title.in_(door.lang) if track else one.track,
            "、".join(chosen),
            len(track.require) if track else 0,
            one.group.title.in_(door.lang) if one.group else "",
        )


def _tracks(door: Door, _rows: Rows) -> Options:
    admission = _admission(door)
    return [(one.key, one.title.in_(door.lang)) for one in (admission.tracks if admission else ())]


def _groups(door: Door, _rows: Rows) -> Options:
    admission = _admission(door)
    titles = _titles(door)
    return [(key, titles[key].in_(door.lang)) for key in (admission.choices if admission else ())]


def _tally(door: Door, _rows: Rows) -> list[tuple[str, int]]:
    """How many stand in each state."""
    sent = submitted(door).order_by()
    counted = dict(sent.values_list("state").annotate(n=DbCount("pk")))
    return [(str(state.label), counted.get(state, 0)) for state in STATES]


def _filled_in(door: Door) -> tuple[Column, ...]:
    """What the charter asks of applicants, one column each."""
    admission = _admission(door)
    return tuple(
        Column(spec.key, spec.title.in_(door.lang), partial(_field, spec.key))
        for spec in (admission.fields if admission else ())
    )


def _field(key: str, row: ApplicationRow) -> Label:
    """What was filled into one field."""
    return Label(str(row.filled.fields.get(key, "")))


APPLICATIONS = declared(
    Listing(
        name="applications",
        title=gettext_lazy("申报表"),
        columns=(
            Column(
                "name", gettext_lazy("姓名或单位"), lambda row: Label(row.one.name, row.one.path),
                ("called",), ("called", "applicant__name"),
            ),
            Column(
                "number", gettext_lazy("编号"), lambda row: Label(row.one.number),
                ("number",), ("number",),
            ),
            Column("track", gettext_lazy("类别"), lambda row: Label(row.track), ("track",)),
            Column(
                "contact", gettext_lazy("对接人"), lambda row: Label(row.filled.name), page=False
            ),
            Column(
                "mobile", gettext_lazy("手机"), lambda row: Label(row.filled.mobile), page=False
            ),
            Column(
                "mail", gettext_lazy("邮箱"), lambda row: Label(row.one.applicant.mail), page=False
            ),
            Column(
                "delegate", gettext_lazy("代表人"), lambda row: Label(row.filled.delegate),
                page=False,
            ),
            Column("groups", gettext_lazy("申请的组"), lambda row: Label(row.groups)),
            Column("sent", gettext_lazy("提交时间"), lambda row: row.sent, ("submitted_at",)),
            Column("met", gettext_lazy("资格"), lambda row: row.met),
            Column("state", gettext_lazy("状态"), lambda row: row.state, ("state",)),
            Column("given", gettext_lazy("编入"), lambda row: Label(row.given), page=False),
            Column("reason", gettext_lazy("理由"), lambda row: Label(row.one.reason), page=False),
        ),
        base=_base,
        of_record=True,
        rows=_rows,
        order=("submitted_at",),
        page="intake:applications",
        file="intake:export",
        choices=(
            Choice(
                "track", gettext_lazy("类别"), _tracks, lambda _door, value: Q(track=value)
            ),
            Choice(
                "group", gettext_lazy("申请的组"), _groups,
                lambda _door, value: Q(chosen__contains=f"|{value}|"),
            ),
            by_code(
                "state", gettext_lazy("状态"),
                lambda _door: [(one.value, one.label) for one in STATES],
            ),
        ),
        nothing=gettext_lazy("没有符合条件的申报表"),
        hint=gettext_lazy("申报人提交后会出现在这里。"),
        key=lambda row: str(row.one.public_id),
        enter=enter_office,
        tally=_tally,
        extra=_filled_in,
    )
)  # fmt: skip
offers(APPLICATIONS.name, *DEEDS)
