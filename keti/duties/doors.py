"""How obligations stand on a page: their words, their mark, and who is shown lateness."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet

from keti.charter.queries import compiled
from keti.charter.rules.named_days import Anchor, Series
from keti.charter.rules.wording import worded
from keti.documents.doors import readings
from keti.duties import actions, permissions, queries, rules
from keti.duties.enums import DutyStatus
from keti.duties.models import Obligation, ObligationQuerySet
from keti.duties.notices import whose
from keti.duties.rules import FiledText
from keti.groups.doors import Door, keep_pictures, turns, words_of
from keti.groups.models import Group, Seat
from keti.groups.queries import Turning
from keti.kernel.acts import Act, Text
from keti.kernel.forms_of_work import FORMS
from keti.kernel.prepared import prepared
from keti.kernel.refusals import sentence
from keti.kernel.templatetags.keti_dates import days_past, last_day
from keti.ledger.messages import MESSAGES as WORDED

FIELDS = (
    "public_id",
    "key",
    "kind",
    "form",
    "title_zh",
    "title_en",
    "group_id",
    "seat_id",
    "role_id",
    "period",
    "due_at",
    "extended_to",
    "state",
    "begun_at",
    "met_at",
    "on_behalf",
    "recorded_late",
    "claim",
    "nature",
    "pool",
    "pool_group_id",
    "caused_by_id",
    "words_of_id",
    "subject_id",
    "source",
    "programme_id",
    "said",
    "expected_on",
)
URGENCY = (
    DutyStatus.OVERDUE,
    DutyStatus.MISSING,
    DutyStatus.RETURNED,
    DutyStatus.SOON,
    DutyStatus.DOING,
    DutyStatus.AHEAD,
    DutyStatus.DONE,
    DutyStatus.WAIVED,
)


def title_of(duty: Obligation, lang: str) -> str:
    """The name of the duty with the period it stands for: 7 月月度报告."""
    return duty.titled.in_(lang)


def deed_of(duty: Obligation, lang: str) -> str:
    """What is to be done, verb first: 提交 7 月月度报告."""
    title = title_of(duty, lang)
    if not duty.from_charter or duty.form not in VERBS_APART:
        return title
    if title[:1].isdigit() and not lang.startswith("en"):
        title = f" {title}"
    return sentence(f"duties.deed-{VERBS_APART[duty.form]}", {"title": title}, lang)


# A charter names most duties with a verb already (发布…, 确定…); these forms are named by a noun.
VERBS_APART = {one.key: one.deed for one in FORMS if one.deed}


@dataclass(frozen=True, slots=True)
class LatenessView:
    """What one seat may be shown of lateness at one moment, read once for a page."""

    seat: Seat
    now: datetime
    watchers: frozenset[str]

    @classmethod
    def of(cls, door: Door) -> "LatenessView":
        known: LatenessView | None = getattr(door.request, "sight", None)
        if known is None or known.seat != door.seat or known.now is not door.now:
            watchers = permissions.lateness_watchers(door.programme)
            known = cls(door.seat, door.now, watchers)
            door.request.sight = known  # type: ignore[attr-defined]
        return known

    def shows_lateness(self, duty: Obligation) -> bool:
        return permissions.sees_lateness(self.seat, duty, self.watchers)

    def standing(self, duty: Obligation) -> DutyStatus:
        """How the duty looks to this seat now."""
        return rules.standing(duty.clock(), self.now, lateness_shown=self.shows_lateness(duty))

    def stands(self, duty: Obligation) -> tuple[DutyStatus, bool]:
        """`standing` and `was_late` of one duty, asked once whether its lateness is shown."""
        shown, clock = self.shows_lateness(duty), duty.clock()
        standing = rules.standing(clock, self.now, lateness_shown=shown)
        return standing, shown and rules.is_late(clock, self.now)

    def scope(self) -> Q:
        """The duties whose lateness this seat may know, among those of `announced`."""
        return permissions.announced_lateness(self.seat, self.watchers)

    def said(self, duty: Obligation, lang: str) -> tuple[str, str]:
        """Mark and word of how the duty stands, for this seat now."""
        return said_standing(duty, self.standing(duty), self.was_late(duty), lang)

    def was_late(self, duty: Obligation) -> bool:
        """It is or was late, and this seat may know it."""
        return self.shows_lateness(duty) and rules.is_late(duty.clock(), self.now)


def said_standing(duty: Obligation, standing: DutyStatus, late: bool, lang: str) -> tuple[str, str]:
    """Mark and word of a standing. What is done and came late, where that may be known, says so
    and by how many days: 迟交（2 天）."""
    if standing is not DutyStatus.DONE or not late or duty.met_at is None:
        return mark_of(standing), str(standing.label)
    days = days_past(duty.due_instant, duty.met_at, duty.programme.tz)
    code = {0: "late-same-day", 1: "late-one-day"}.get(max(days, 0), "late-days")
    return "late", sentence(f"duties.{code}", {"days": days}, lang)


def mark_of(standing: DutyStatus) -> str:
    """The shape of a standing: what has not come yet keeps the plain ring."""
    return "none" if standing in (DutyStatus.MISSING, DutyStatus.AHEAD) else standing.value


@dataclass(frozen=True, slots=True)
class DutyButton:
    """One button beside a line of a list."""

    label: str
    url: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One line of a list of duties, as the `duty` tag draws it."""

    due_at: datetime
    title: str
    note: str
    url: str
    state: str
    state_label: str
    actions: Sequence[DutyButton] = field(default=())
    whynot: str = ""


def line_of(
    duty: Obligation,
    sight: LatenessView,
    lang: str,
    *,
    note: str = "",
    actions: Sequence[DutyButton] = (),
) -> DutyLine:
    """The line of one duty."""
    mark, word = sight.said(duty, lang)
    return DutyLine(
        duty.due_instant,
        deed_of(duty, lang),
        note,
        duty.about_path or page_of(duty),
        mark,
        word,
        actions,
    )


def rule_words(duty: Obligation, lang: str) -> str:
    """How the due date came about: the charter's named date with its rule, or the rule alone."""
    charter = compiled(duty.programme)
    dates: tuple[Anchor | Series, ...] = (*charter.series, *charter.anchors)
    names = {named.key: named.title for named in dates}
    name, _, rest = duty.due_rule.partition("; ")
    for named in dates:
        if named.key == name:
            rule = "; ".join(part for part in (named.rule, rest) if part)
            parts = [named.title.in_(lang), named.stated_in.in_(lang), worded(rule, lang, names)]
            return " · ".join(part for part in parts if part)
    return worded(duty.due_rule, lang, names)


def page_of(duty: Obligation) -> str:
    """The duty's own page: what, who, when, history."""
    return f"/p/{duty.programme.slug}/duties/{duty.public_id}/"


def where_to_do(duty: Obligation) -> str:
    """The address that leads on to the room where it is done."""
    return duty.path


def names_of(duties: Sequence[Obligation], lang: str) -> Mapping[str, str]:
    """Stable key -> title, for saying what a duty waits for."""
    return {duty.key: title_of(duty, lang) for duty in duties}


def said(kind: str, lang: str) -> str:
    """What a ledger line of this kind says was done; the kind itself where nobody worded it."""
    code = f"ledger.kind.{kind}"
    return sentence(code, {}, lang) if code in WORDED else kind


@dataclass(frozen=True, slots=True)
class Seen:
    """One duty as this seat sees it."""

    duty: Obligation
    title: str
    group_title: Text
    who: str
    month: str
    standing: DutyStatus
    late: bool
    mark: str
    label: str


def announced(door: Door) -> ObligationQuerySet:
    """Every charter duty this seat may see, as narrow rows, by due instant."""
    found = permissions.announced(door.sight, Obligation.objects.all())
    return found.order_by("due", "pk").only(*FIELDS)


@dataclass(frozen=True, slots=True)
class Names:
    """Who holds the seats and what the groups are called, read once for a page or a file."""

    holders: Mapping[int, str]
    groups: Mapping[int, Text]

    @classmethod
    def of(
        cls,
        door: Door,
        duties: Sequence[Obligation],
        groups: Iterable[Group] | None = None,
        known: Iterable[Seat] = (),
    ) -> "Names":
        """Of the seats and groups of these duties, and the visitor's own; `groups` and `known`
        seats are those the page has read already."""
        read = {seat.pk: seat for seat in (*known, door.seat)}
        seats = {duty.seat_id for duty in duties if duty.seat_id} - read.keys()
        if groups is None:
            own = {duty.group_id for duty in duties} | {door.seat.group_id}
            groups = prepared(("duties.groups", *sorted(own)), lambda: _groups(own))
        named = prepared(("duties.holders", *sorted(seats)), lambda: _holders(seats))
        return cls(
            {
                seat.pk: (seat.acting_person or seat.holder).called.in_(door.lang)
                for seat in (*read.values(), *named)
            },
            {group.pk: group.title for group in groups},
        )


def _groups(own: Collection[int]) -> QuerySet[Group]:
    return Group.objects.filter(pk__in=sorted(own))


def _holders(seats: Collection[int]) -> QuerySet[Seat]:
    found = Seat.objects.filter(pk__in=sorted(seats))
    return found.select_related("person", "delegate", "organisation")


def seen(
    door: Door,
    found: Iterable[Obligation],
    groups: Iterable[Group] | None = None,
    known: Iterable[Seat] = (),
) -> list[Seen]:
    """These duties of one page as this seat sees them, in a fixed number of queries; `groups` and
    `known` seats where the page has read them already."""
    duties = list(found)
    return list(seen_each(door, duties, Names.of(door, duties, groups, known)))


def seen_each(door: Door, duties: Iterable[Obligation], names: Names) -> Iterator[Seen]:
    """The same one by one, for a file of any length."""
    sight, lang, zone = LatenessView.of(door), door.lang, door.programme.tz
    for duty in duties:
        duty.programme = door.programme
        standing, late = sight.stands(duty)
        yield Seen(
            duty,
            title_of(duty, lang),
            names.groups[duty.group_id],
            _who(duty, names.holders, lang),
            f"{last_day(duty.due_instant, zone):%Y-%m}",
            standing,
            late,
            *said_standing(duty, standing, late, lang),
        )


def who_of(duty: Obligation, lang: str) -> str:
    """Who does it, as a page names them: the holder or the pool, each for themselves, or nobody
    yet."""
    if duty.each_their_own:
        return sentence("duties.each-of", {}, lang)
    if duty.seat is None and not duty.pool:
        return sentence("duties.nobody-yet", {}, lang)
    return whose(duty).in_(lang)


def _who(duty: Obligation, holders: Mapping[int, str], lang: str) -> str:
    if duty.each_their_own:
        return sentence("duties.each-of", {}, lang)
    if duty.pool:
        return whose(duty).in_(lang)
    return holders.get(duty.seat_id, "") if duty.seat_id else ""


def urgency(standing: DutyStatus) -> int:
    """The place of a standing among all: of several duties the lowest stands for them."""
    return URGENCY.index(standing)


def most_pressing(several: Sequence[Seen]) -> Seen:
    """Of several duties the one whose state stands for all."""
    return min(several, key=lambda one: urgency(one.standing))


@turns
def duties_turn(now: datetime) -> list[Turning]:
    """When the next duty opens, is due soon, or is due."""
    opening = Obligation.objects.filter(opens_at__gt=now).order_by("opens_at")
    spans = (rules.SOON, timedelta())
    due = [one for span in spans for one in queries.next_within(now, span)]
    return [(opening, "opens_at", timedelta()), *due]


def text_of_file(act: Act, duty: Obligation, upload: UploadedFile, lang: str) -> FiledText | None:
    """The text of a Word file that nobody looks at before it is handed in; None of what is no Word
    file, or is so long that only a worker reads it: it stays a file."""
    if not readings.is_word(upload, str(upload.name)):
        return None
    read = readings.known(upload, str(upload.name), lang)
    if read is None or not read.doc:
        return None
    words, doc = words_of(read)
    bare = replace(act, key="")
    keep_pictures(read, doc, lambda one: actions.keep_picture(bare, obligation=duty, picture=one))
    return FiledText(words, doc, read.left, read.doc)
