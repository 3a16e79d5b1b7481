"""Reading calls, applications, checks, rosters, and what a group still lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from keti.accounts.models import Organisation, Person
from keti.accounts.queries import rows_of
from keti.accounts.rules import like_key
from keti.charter.queries import compiled
from keti.charter.rules.joining import AdmissionSpec, CheckSpec
from keti.documents.rules.written import MARKED
from keti.duties.actions import Response
from keti.duties.enums import Nature, Pool, Verb
from keti.duties.models import Obligation
from keti.groups import queries as groups
from keti.groups.models import Colleague, Group, Role, Seat
from keti.groups.notices import untold
from keti.groups.permissions import opens_for_renewal
from keti.intake import permissions
from keti.intake.enums import ApplicationState, TrackKind
from keti.intake.models import (
    SUBMITTED,
    Application,
    ApplicationQuerySet,
    Call,
    Check,
    RosterImport,
)
from keti.intake.rules.content import track_of
from keti.kernel.acts import Subject, Text
from keti.kernel.prepared import prepared
from keti.kernel.refusals import both, sentence
from keti.kernel.terms import term_ends
from keti.programmes.models import Programme

NO_TIME = timedelta()


def call_of(programme: Programme) -> Call | None:
    """The newest published call of the programme, or None before publication."""
    return next(iter(prepared(("intake.call",), _calls, programme.pk)), None)


def _calls(programme: int) -> QuerySet[Call]:
    found = Call.objects.select_related("programme").filter(programme=programme)
    return found.order_by("-pk")[:1]


def admission_of(programme: Programme) -> AdmissionSpec | None:
    """The charter's rules of admission, or None where nobody applies."""
    return compiled(programme).admission


def awaited(programme: Programme, subject_id: str, at: datetime) -> list[Response]:
    """What the secretariat owes: applications that nobody has decided, and terms that run out."""
    seats = [subject_id] if subject_id else []
    return [
        *_to_decide(programme, subject_id, at),
        *(_to_fill(one) for one in groups.running_out(programme, *seats)),
    ]


def _to_fill(seat: Seat) -> Response:
    """Before the term ends somebody is elected or appointed anew, or renewed; owed until then."""
    ends = seat.term_ends_at or seat.starts_at
    return Response(
        verb=Verb.APPOINT,
        about=Subject(seat.subject().kind, seat.public_id, seat.label, seat_path(seat)),
        title=seat.title,
        group=seat.group,
        since=seat.starts_at,
        turn=str(seat.renewed + 1),
        due=ends,
        opens_at=opens_for_renewal(seat),
        pool=Pool.SECRETARIAT,
    )


def seat_path(seat: Seat) -> str:
    """The page of the seat."""
    return reverse("intake:seat", args=[seat.programme.slug, seat.public_id])


def _to_decide(programme: Programme, subject_id: str, at: datetime) -> list[Response]:
    """Applications that nobody has decided: by the charter's day of decision, or by its term where
    that is later. Nobody else knows of them."""
    one = [subject_id] if subject_id else []
    waiting = prepared(("intake.undecided", bool(one)), _undecided, programme.pk, *one)
    if not waiting:
        return []
    late = compiled(programme).late
    [top] = prepared(("intake.top",), _top, programme.pk)
    return [
        Response(
            verb=Verb.DECIDE,
            about=one.subject(),
            title=both("intake.application-numbered", number=one.number),
            group=top,
            since=since,
            due=max(
                _decided_by(one.call) or since,
                term_ends(since, late.answer_within(Verb.DECIDE), programme.tz),
            ),
            pool=Pool.SECRETARIAT,
            closed=True,
            asker=one.applicant.now,
        )
        for one in waiting
        for since in [one.submitted_at or at]
    ]


def _decided_by(call: Call) -> datetime | None:
    """By when the batch of a call is decided; later by as much as the call closes later."""
    admission = admission_of(call.programme)
    if admission is None or call.closes_at is None:
        return None
    batch = admission.batch_of_call(call.obligation.due_at)
    return batch.decide_at + max(NO_TIME, call.closes_at - batch.closes_at)


def _undecided(programme: int, *one: str) -> ApplicationQuerySet:
    found = Application.objects.filter(programme=programme).undecided()
    found = found.select_related(
        "programme", "applicant__same_as", "call__programme", "call__obligation"
    )
    return found.filter(public_id__in=one) if one else found


def _top(programme: int) -> QuerySet[Group]:
    found = Group.objects.select_related("programme", "parent").filter(programme=programme)
    return found.filter(parent=None)[:1]


HANGING = ("admission", "appointment", "founding")
"""What comes right behind the close, by form: decided, confirmed, founded."""


def hanging(programme: Programme, at: datetime) -> list[Obligation]:
    """What hangs on the close of the call and moves with it: the duties of intake behind it that
    are open and not past at `at`, by their day. Nothing else of the charter moves."""
    call = call_of(programme)
    if call is None or call.closes_at is None:
        return []
    found = Obligation.objects.filter(programme=programme, form__in=HANGING, due__gt=at).open()
    behind = found.filter(due__gte=call.closes_at, nature=Nature.CHARTER)
    calls = Obligation.objects.filter(programme=programme, form="call", due__gt=call.closes_at)
    if later := calls.order_by("due").first():
        behind = behind.filter(due__lt=later.due_instant)
    return list(behind.select_related("group", "programme").order_by("due", "pk"))


def own(person: Person, call: Call) -> ApplicationQuerySet:
    """The person's applications to this call, withdrawn ones last."""
    return Application.objects.with_names().filter(call=call, applicant__in=rows_of(person))


def draft_of(person: Person, call: Call, kind: str) -> Application | None:
    """The person's unsent application of this kind, or None."""
    return _newest(person, call, kind, (ApplicationState.DRAFT,))


def live_of(person: Person, call: Call, kind: str) -> Application | None:
    """The person's submitted and not withdrawn application of this kind, or None."""
    return _newest(person, call, kind, SUBMITTED)


def _newest(
    person: Person, call: Call, kind: str, states: Sequence[ApplicationState]
) -> Application | None:
    """The first of the person's applications of this kind in one of these states."""
    rows = rows_of(person)

    def read(call: int, kind: str, *rows: int) -> ApplicationQuerySet:
        found = Application.objects.with_names().filter(call=call, applicant__in=rows)
        return found.filter(state__in=states, track_kind=kind)[:1]

    key = ("intake.newest", tuple(states), len(rows))
    return next(iter(prepared(key, read, call.pk, kind, *rows)), None)


def perhaps_the_same(application: Application) -> ApplicationQuerySet:
    """Other applications to the call whose unit is written alike: may be one unit, may be not.

    They are compared in the normal form of names. Who of them is the unit, the secretariat decides.
    """
    if not application.unit_key or application.track_kind != TrackKind.UNIT:
        return Application.objects.none()
    others = Application.objects.with_names().live().exclude(pk=application.pk)
    others = others.filter(call=application.call_id, track_kind=TrackKind.UNIT)
    wanted = like_key(application.unit_key)
    keys = others.order_by().values_list("pk", "unit_key")
    return others.filter(pk__in=[pk for pk, key in keys if like_key(key) == wanted])


def counts(applications: ApplicationQuerySet) -> dict[str, int]:
    """How many submitted applications stand in each state."""
    rows = (
        applications.filter(submitted_at__isnull=False)
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"))
    )
    return {state: n for state, n in rows}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One requirement of the track and what was found."""

    spec: CheckSpec
    check: Check | None

    @property
    def verdict(self) -> str:
        return self.check.verdict if self.check else ""


def check_lines(application: Application) -> list[CheckLine]:
    """Every requirement of the application's track, in the charter's order."""
    admission = admission_of(application.programme)
    track = track_of(admission, application.track) if admission else None
    done = {check.key: check for check in application.checks.all()}
    return [CheckLine(spec, done.get(spec.key)) for spec in (track.require if track else ())]


@dataclass(frozen=True, slots=True)
class Shortage:
    """A role of the group that has fewer holders than the charter asks."""

    role: Text
    held: int
    minimum: int

    def in_(self, lang: str) -> str:
        """`组员 1/4`."""
        return f"{self.role.in_(lang)} {self.held}/{self.minimum}"


def shortages(group: Group, at: datetime) -> list[Shortage]:
    """Roles of the group not yet filled to their minimum at `at`. External roles are not waited
    for: they are invited when a review comes; nor is who comes by another office."""
    held: dict[int, int] = {}
    for seat in groups.standing(group.programme, at).filter(group=group, office_id=""):
        held[seat.role_id] = held.get(seat.role_id, 0) + 1
    roles = Role.objects.filter(
        programme=group.programme, group_kind=group.kind, external=False, ended_at=None
    ).order_by("order")
    found = []
    for role in roles:
        least = role.minimum - groups.by_office(role, group)
        if held.get(role.pk, 0) < least and not groups.only_by_office(group.programme, role):
            found.append(Shortage(role.title, held.get(role.pk, 0), least))
    return found


def sits_elsewhere(programme: Programme, person: Person) -> bool:
    """Do other programmes rest on what is on record of this person?"""
    return Seat.objects.filter(ends_at=None).exclude(programme=programme).of(person).exists()


def was_elsewhere(programme: Programme, person: Person) -> bool:
    """Does this person hold a seat in another programme, or did they? By an address one signs in as
    them, there as well."""
    return Seat.objects.exclude(programme=programme).of(person).exists()


def beside(programme: Programme, person: Person | None = None) -> list[Colleague]:
    """Who works in the programme's unit seats beside their delegates; one person, where named."""
    if person is None:
        return prepared(("intake.beside",), _beside, programme.pk)
    return list(_beside(programme.pk).filter(person=person))


def _beside(programme: int) -> QuerySet[Colleague]:
    found = Colleague.objects.filter(seat__programme=programme, until=None, deputy_id="")
    named = found.select_related("person__unit", "seat__group__programme", "seat__role")
    return named.order_by("seat__group__order", "seat__role__order", "pk")


def known_people(programme: Programme) -> QuerySet[Person]:
    """Everybody of the programme: seated now or before, a delegate's colleague, an applicant."""
    seats = Seat.objects.filter(programme=programme)
    sent = Application.objects.filter(programme=programme, submitted_at__isnull=False)
    beside = Colleague.objects.filter(seat__programme=programme)
    return Person.objects.filter(
        Q(pk__in=seats.filter(person__isnull=False).values("person"))
        | Q(pk__in=seats.filter(delegate__isnull=False).values("delegate"))
        | Q(pk__in=beside.values("person"))
        | Q(pk__in=sent.values("applicant")),
        same_as=None,
    )


def units(programme: Programme) -> QuerySet[Organisation]:
    """Every unit of the programme: that holds or held a seat, or whose people do or applied."""
    seats = Seat.objects.filter(programme=programme, organisation__isnull=False)
    people = known_people(programme).filter(unit__isnull=False)
    return Organisation.objects.filter(
        Q(pk__in=seats.values("organisation")) | Q(pk__in=people.values("unit")), same_as=None
    )


def unit_elsewhere(programme: Programme, unit: Organisation) -> bool:
    """Do other programmes rest on this unit: a seat of its own there, or of one of its people?"""
    others = Seat.objects.exclude(programme=programme)
    mine = Q(organisation=unit) | Q(person__unit=unit) | Q(delegate__unit=unit)
    return others.filter(mine).exists()


def applications_of(programme: Programme, person: Person) -> list[Application]:
    """What the person sent in this programme, the newest first."""
    sent = Application.objects.filter(programme=programme, submitted_at__isnull=False)
    return list(sent.filter(applicant__in=rows_of(person)).order_by("-submitted_at", "-pk"))


def is_known_in(programme: Programme, person: Person) -> bool:
    """Is this somebody of the programme: seated now or before, or among its applicants?"""
    sent = Application.objects.filter(programme=programme, applicant=person)
    seated = Seat.objects.filter(programme=programme).of(person)
    return seated.exists() or sent.exclude(state=ApplicationState.DRAFT).exists()


def told_apart(programme: Programme, person: Person, lang: str) -> str:
    """A person by name and unit, seats here and address; of whom the programme does not know,
    nothing that an address could be asked for."""
    if not is_known_in(programme, person):
        return sentence("intake.somebody-elsewhere", {}, lang)
    seats = Seat.objects.filter(programme=programme, ends_at=None).of(person).with_names()
    words = [person.called.in_(lang), person.unit.called.in_(lang) if person.unit else ""]
    words += [seat.title.in_(lang) for seat in seats]
    return " · ".join(one for one in [*words, person.mobile or person.mail] if one)


def titles(programme: Programme) -> Mapping[str, Text]:
    """Group key -> title, for showing choices."""
    return {
        key: Text(zh, en) for key, zh, en in prepared(("intake.titles",), _titles, programme.pk)
    }


def _titles(programme: int) -> QuerySet[Group, tuple[str, str, str]]:
    found = Group.objects.filter(programme=programme)
    return found.values_list("key", "title_zh", "title_en")


def imports(programme: Programme) -> QuerySet[RosterImport]:
    """Rosters read so far, newest first."""
    return RosterImport.objects.select_related("file", "programme").filter(programme=programme)


def unwritten(programme: Programme, at: datetime, asker: str) -> list[Seat]:
    """Seats whose holder was never written to about them, but for those of who asks."""
    return untold(programme, at, asker)


def seated(group: Group, at: datetime) -> list[Seat]:
    """Who is seated in the group at `at`, in protocol order."""
    return list(groups.standing(group.programme, at).filter(group=group))


def admitted(programme: Programme, call: Call | None = None) -> list[Application]:
    """Who is admitted, named, by group and number; in answer to one call where it is given."""
    found = Application.objects.filter(programme=programme, state=ApplicationState.ADMITTED)
    found = found.filter(call=call) if call else found
    return list(found.with_names().select_related("seat__role").order_by("group__order", "number"))


def sealed(programme: Programme, person: Person) -> Q:
    """The lines of the ledger about applications that this person does not read."""
    read = permissions.visible(person, Application.objects.filter(programme=programme))
    mine = Q(subject_id__in=read.values("public_id"))
    return Q(kind__startswith="intake.application.") & ~mine


def names_given(programme: Programme, person: Person) -> list[str]:
    """What the person calls themselves in their own applications of the programme."""
    mine = Application.objects.filter(programme=programme, applicant=person)
    return [str(one.get("name", "")) for one in mine.values_list("content", flat=True)]


def old_texts() -> list[str]:
    """Calls in the old dialect (`md/1`), in both languages: those that name no format are older
    than any other."""
    old = Call.objects.filter(Q(body_form=None) | Q(body_form=MARKED))
    return [text for pair in old.values_list("body_zh", "body_en") for text in pair]
