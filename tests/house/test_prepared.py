"""A prepared read is built once, and gives what its queryset would give, or says so."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F, Model, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

from keti.accounts.models import Person
from keti.groups.models import Seat
from keti.kernel import prepared as room
from keti.kernel.prepared import Unsteady, counted, prepared
from keti.ledger.models import Entry
from keti.programmes.models import Programme

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime(2990, 1, 1, tzinfo=UTC)


def begun(slug: str, at: datetime, least: int) -> QuerySet[Seat]:
    """Reads by every kind of value, with joins and in a subquery."""
    inner = Seat.objects.filter(programme__slug=slug, starts_at__lte=at).values("pk")
    return Seat.objects.filter(pk__in=inner, pk__gte=least).with_names()


@pytest.fixture
def compilings(monkeypatch):
    """How often a statement was compiled."""
    counted, compile_one = [], SQLCompiler.as_sql

    def as_sql(self, *more, **named):
        counted.append(self)
        return compile_one(self, *more, **named)

    monkeypatch.setattr(SQLCompiler, "as_sql", as_sql)
    monkeypatch.setattr(room, "checking", False)
    monkeypatch.setattr(room, "_kept", {})
    monkeypatch.setattr(room, "_statements", {})
    return counted


def test_the_rows_are_those_of_the_queryset_and_the_statement_is_built_once(cast, compilings):
    wishes = [("cast", FAR_AHEAD, 1), ("cast", LONG_AGO, 1), ("no-such", FAR_AHEAD, 1)]
    middle = sorted(Seat.objects.values_list("pk", flat=True))[3]
    wishes += [("cast", FAR_AHEAD, middle), ("cast'; --", FAR_AHEAD, 1)]
    found = [prepared(("seats",), begun, *wish) for wish in wishes]
    built = len(compilings)
    again = [prepared(("seats",), begun, *wish) for wish in wishes]
    assert len(compilings) == built
    assert found == again == [list(begun(*wish)) for wish in wishes]
    assert [bool(rows) for rows in found] == [True, False, False, True, False]
    with CaptureQueriesContext(connection) as asked:
        [first, *_] = prepared(("seats",), begun, *wishes[0])
        assert first.group.title and first.role.title and first.programme.slug == "cast"
    assert len(asked) == 1


def test_rows_may_be_values_and_annotations(cast, compilings):
    def named(at: datetime) -> QuerySet[Seat, dict[str, object]]:
        return Seat.objects.filter(starts_at__lte=at).annotate(a=F("pk")).values("a", "role__key")

    def alone(at: datetime) -> QuerySet[Seat, int]:
        return Seat.objects.filter(starts_at__lte=at).values_list("pk", flat=True)

    for build in (named, alone):
        for at in (FAR_AHEAD, LONG_AGO):
            assert prepared(("values", build.__name__), build, at) == list(build(at))


def told(row: object) -> object:
    """All that an object holds, and all that it is joined to."""
    if not isinstance(row, Model):
        return row
    beneath = {name: told(one) for name, one in row._state.fields_cache.items()}
    held = {name: value for name, value in vars(row).items() if name != "_state"}
    return type(row), held, beneath, row._state.adding, row._state.db


@pytest.mark.parametrize(
    "build",
    [
        lambda: Seat.objects.select_related("group__parent", "role", "person__unit", "delegate"),
        lambda: Seat.objects.with_names().annotate(twice=F("pk") * 2),
        lambda: Seat.objects.only("public_id", "starts_at"),
        lambda: Seat.objects.values_list("starts_at", "group__title_zh"),
        lambda: Seat.objects.values_list("group__key", "pk", named=True),
        lambda: Seat.objects.values_list("ends_at", flat=True),
        lambda: Seat.objects.values("role__key", "starts_at"),
        lambda: Seat.objects.prefetch_related("group__parent"),
        lambda: Person.objects.select_related("unit__same_as", "same_as__unit"),
        lambda: Entry.objects.values_list("content", flat=True),
        lambda: Programme.objects.all(),
    ],
)
def test_an_object_is_the_same_to_the_last_field_with_all_it_is_joined_to(cast, compilings, build):
    wanted = [told(one) for one in build().order_by("pk")]
    found = [told(one) for one in prepared(("all",), lambda: build().order_by("pk"))]
    assert found == wanted and wanted


def test_what_several_rows_are_joined_to_is_one_object(cast, compilings):
    seats = prepared(("one",), lambda: Seat.objects.with_names())
    programmes = {id(one.programme) for one in seats}
    assert len(seats) > 1 and len(programmes) == 1


def test_what_finds_nothing_asks_nothing(cast, compilings):
    with CaptureQueriesContext(connection) as asked:
        for _ in range(2):
            assert prepared(("none",), lambda: Seat.objects.filter(pk__in=[])) == []
    assert len(asked) == 0


def test_a_key_that_does_not_say_all_is_found_by_the_tests(cast):
    assert room.checking
    seats = list(Seat.objects.all()[:2])
    prepared(("careless",), lambda: Seat.objects.filter(pk=seats[0].pk))
    with pytest.raises(Unsteady):
        prepared(("careless",), lambda: Seat.objects.filter(pk=seats[1].pk))


def test_an_instant_that_is_not_handed_over_never_stands_still(cast, compilings):
    """What computes with its instants, or brings one of its own, is asked anew each time."""

    def begun_by(at: datetime) -> QuerySet[Seat]:
        return Seat.objects.filter(Q(starts_at__lte=at.replace(year=at.year + 1)))

    for year, some in ((1980, False), (2980, True), (1980, False)):
        at = datetime(year, 5, 5, tzinfo=UTC)
        found = prepared(("computing",), begun_by, at)
        assert (found == list(begun_by(at)), bool(found)) == (True, some)
        assert counted(("computing",), begun_by, at) == len(found)


def test_an_instant_may_be_moved_by_a_fixed_span(cast, compilings):
    def between(at: datetime, until: datetime) -> QuerySet[Seat]:
        week = timedelta(days=7)
        return Seat.objects.filter(starts_at__gt=at - week, starts_at__lte=until + week)

    begun_at = Seat.objects.order_by("starts_at")[0].starts_at
    day = timedelta(days=1)
    prepared(("moved",), between, LONG_AGO, LONG_AGO)
    built = len(compilings)
    for at, until in ((begun_at + 6 * day, begun_at - 6 * day), (begun_at + 8 * day, FAR_AHEAD)):
        found = prepared(("moved",), between, at, until)
        assert len(compilings) == built
        assert found == list(between(at, until))
        built = len(compilings)


def test_what_is_read_while_it_is_built_is_not_built_in(cast, compilings):
    """A queryset made of primary keys that were read first follows what is read."""

    def standing() -> QuerySet[Seat]:
        return Seat.objects.filter(
            pk__in=list(Seat.objects.filter(ends_at=None).values_list("pk", flat=True))
        )

    before = prepared(("reading",), standing)
    Seat.objects.filter(pk=before[0].pk).update(ends_at=FAR_AHEAD)
    assert prepared(("reading",), standing) == before[1:]


def test_a_value_may_be_that_of_a_small_column(cast, compilings):
    """A mark that does not fit would find nothing, and so would every call after it."""

    def ordered(order: int, name: str) -> QuerySet[Seat]:
        return Seat.objects.filter(order=order, programme__slug=name)

    for order in (1, 2, 32_767):
        found = prepared(("small",), ordered, order, "cast")
        assert found == list(Seat.objects.filter(order=order, programme__slug="cast"))
    assert prepared(("small",), ordered, 1, "cast")


def test_a_constant_that_looks_like_a_mark_is_asked_anew_each_time(cast, compilings):
    def odd(pk: int) -> QuerySet[Seat]:
        return Seat.objects.filter(pk=pk).exclude(pk=room.NUMBER)

    seats = list(Seat.objects.values_list("pk", flat=True)[:2])
    assert [prepared(("odd",), odd, pk)[0].pk for pk in seats] == seats
    assert room._kept[connection.vendor, "odd"].unsteady


def test_how_many_there_are_is_counted_by_the_same_rules(cast, compilings):
    for wish in (("cast", FAR_AHEAD, 1), ("cast", LONG_AGO, 1), ("no-such", FAR_AHEAD, 1)):
        assert counted(("count",), begun, *wish) == begun(*wish).count()
    assert counted(("nothing",), lambda: Seat.objects.filter(pk__in=[])) == 0


def test_a_full_store_is_emptied(cast, compilings, monkeypatch):
    monkeypatch.setattr(room, "MOST", 3)
    for number in range(10):
        prepared(("full", number), lambda: Seat.objects.all())
    assert len(room._kept) <= 3
    assert prepared(("full", 0), lambda: Seat.objects.all()) == list(Seat.objects.all())


def test_a_number_of_a_small_column_finds_its_rows_on_every_database(cast, compilings):
    """No stand-in for a number fits such a column of PostgreSQL: it must not tell of real ones."""

    def ordered(order: int) -> QuerySet[Seat]:
        return Seat.objects.filter(role__order=order).order_by("pk")

    for order in set(Seat.objects.values_list("role__order", flat=True)):
        assert prepared(("seats-of-order",), ordered, order) == list(ordered(order)) != []
