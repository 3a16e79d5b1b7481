"""The database is held to the record: what no act changed is found, by row and field."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, models, transaction

from keti.accounts.models import Person
from keti.duties.actions import extend
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.kernel import guarded
from keti.kernel.guarded import GUARDED, Untold, taken
from keti.kernel.sqlite.guard import judged
from keti.kernel.transactions import run
from keti.ledger import actions as ledger
from keti.ledger import rules
from keti.ledger.models import Entry
from keti.ledger.queries import export
from keti.ledger.queries.agreeing import LastWords, compared, differences
from keti.ledger.rules import verify
from keti.site.doctor import examine
from tests.cast import Cast

pytestmark = pytest.mark.django_db

FAR = 999_001
LATER = datetime(2031, 5, 1, tzinfo=UTC)


@pytest.fixture
def loose(cast: Cast) -> Iterator[None]:
    """Behind the house's back: by hands that may drop its triggers and its checks. All of it is
    taken back."""
    with transaction.atomic():
        mark = transaction.savepoint()
        with connection.cursor() as cursor:
            on_sqlite = connection.vendor == "sqlite"
            _loosen_sqlite(cursor) if on_sqlite else _loosen_postgres(cursor)
        yield
        transaction.savepoint_rollback(mark)
        if on_sqlite:
            connection.cursor().execute("PRAGMA ignore_check_constraints = OFF")
            connection.connection.set_authorizer(judged)


def _loosen_sqlite(cursor: Any) -> None:
    connection.connection.set_authorizer(None)
    cursor.execute("PRAGMA ignore_check_constraints = ON")
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in cursor.fetchall():
        cursor.execute(f"DROP TRIGGER {name}")


def _loosen_postgres(cursor: Any) -> None:
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come is held
    for model in (*GUARDED, Entry):
        table = model._meta.db_table
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass",
            [table],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def changed(field: Any, value: Any) -> Any:
    """Another value that the column takes."""
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField):
        return value + timedelta(seconds=1) if value else LATER
    if isinstance(field, models.DateField):
        return value + timedelta(days=1) if value else LATER.date()
    if isinstance(field, models.JSONField):
        return ["yet another"] if value == ["another"] else ["another"]
    if isinstance(field, models.ForeignKey):
        return FAR + (value == FAR)
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1
    return "y" if value == "x" else "x"


def a_row(model: type[models.Model]) -> models.Model:
    """One that stands, else one made of nothing."""
    found = model._base_manager.first()
    if found is not None:
        return found
    needed = {
        one.attname: changed(one, None)
        for one in model._meta.concrete_fields
        if not (one.primary_key or one.generated or one.has_default() or one.null)
    }
    [made] = model._base_manager.bulk_create([model(**needed)])
    return made


def test_each_guarded_field_changed_behind_the_house_is_named(cast: Cast, loose: None) -> None:
    rows = {model: a_row(model) for model in GUARDED}
    for model, row in rows.items():
        guarded.touch(model, [row.pk])
    ledger.record(
        cast.qin.act(), "house.told", programme=cast.programme, about=cast.programme.subject()
    )
    words, missed = LastWords(), []
    for model, row in rows.items():
        row = model._base_manager.get(pk=row.pk)
        for name in GUARDED[model].fields:
            field: Any = model._meta.get_field(name)
            mark = transaction.savepoint()
            behind(
                model,
                row.pk,
                field.column,
                field.get_db_prep_save(changed(field, getattr(row, field.attname)), connection),
            )
            found = [(one.key, one.field) for one in compared(model, words) if one.key == row.pk]
            if found != [(row.pk, name)]:
                missed.append((model._meta.label, name, found))
            transaction.savepoint_rollback(mark)
    assert missed == []


def behind(model: type[models.Model], key: int, column: str, value: Any) -> None:
    """Write it as nobody of the house does."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE {model._meta.db_table} SET "{column}" = %s WHERE id = %s', [value, key]
        )


@pytest.fixture
def extended(cast: Cast) -> Obligation:
    """A duty whose extension is the last word of the record on it."""
    duty = cast.duty("moon", "cell.red", "2030-04")
    return extend(
        cast.qin.act(), obligation=duty, to=duty.due_at + timedelta(days=3), reason="出差"
    )


def test_after_acts_the_database_agrees_with_the_record(cast: Cast, extended: Obligation) -> None:
    assert [str(one) for one in differences()] == []
    assert list(examine({"rows as the record says"})) == [("rows as the record says", "")]


def test_the_doctor_names_row_field_line_and_both_words(cast: Cast, extended: Obligation) -> None:
    entry = Entry.objects.latest("pk")
    behind(Obligation, extended.pk, "extended_to", None)
    [(_, said_)] = examine({"rows as the record says"})
    was = extended.extended_to.astimezone(UTC).isoformat() if extended.extended_to else ""
    assert said_ == (
        f"duties.Obligation {extended.pk}, extended_to: None,"
        f" but line {entry.seq} of {entry.book} says {was}"
    )


def test_a_correction_by_an_act_agrees(cast: Cast, extended: Obligation) -> None:
    behind(Obligation, extended.pk, "extended_to", None)
    extend(cast.qin.act(), obligation=extended, to=extended.due_at + timedelta(days=9), reason="再")
    assert list(differences()) == []


def test_a_row_slipped_in_and_a_row_taken_out_are_named(
    cast: Cast, extended: Obligation, loose: None
) -> None:
    seat = Seat.objects.order_by("pk").first()
    assert seat is not None
    columns = ", ".join(
        f'"{one.column}"'
        for one in Seat._meta.concrete_fields
        if one.name not in ("id", "public_id", "person", "organisation", "delegate", "sole")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO groups_seat (public_id, person_id, sole, {columns})"
            f" SELECT 'slipped', %s, %s, {columns} FROM groups_seat WHERE id = %s",
            [cast.wu.person.pk, False, seat.pk],
        )
        cursor.execute("DELETE FROM duties_obligation WHERE id = %s", [extended.pk])
    fresh = Seat.objects.get(public_id="slipped").pk
    entry = Entry.objects.latest("pk")
    assert {str(one) for one in differences()} == {
        f"groups.Seat {fresh} stands in no line of the record",
        f"duties.Obligation {extended.pk} is gone; line {entry.seq} of {entry.book} knows it",
    }


def test_who_gives_themselves_the_right_to_found_is_named(cast: Cast) -> None:
    behind(Person, cast.wu.person.pk, "may_found", True)
    assert [(one.label, one.key, one.field) for one in differences()] == [
        ("accounts.Person", cast.wu.person.pk, "may_found")
    ]


def test_the_words_of_a_line_cannot_be_changed_with_the_row(
    cast: Cast, extended: Obligation, loose: None
) -> None:
    entry = Entry.objects.latest("pk")
    behind(Obligation, extended.pk, "extended_to", None)
    was = extended.extended_to.astimezone(UTC).isoformat() if extended.extended_to else ""
    behind(Entry, entry.pk, "state", (entry.state or "").replace(f'"{was}"', "null"))
    assert f"line {entry.seq} of {entry.book}: what it says of its rows was changed" in {
        str(one) for one in differences()
    }


def test_lines_of_before_have_no_words_and_their_rows_are_not_judged(
    cast: Cast, extended: Obligation, loose: None
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_entry WHERE state IS NOT NULL")
    behind(Obligation, extended.pk, "extended_to", None)
    assert list(differences()) == []


def test_a_write_after_the_last_line_of_an_act_is_found(cast: Cast) -> None:
    with pytest.raises(Untold, match=r"duties\.Obligation"):
        run(partial(_written_behind, cast))


def _written_behind(cast: Cast) -> None:
    duty = cast.duty("moon", "cell.red", "2030-04")
    Obligation.objects.filter(pk=duty.pk).update(recorded_late=True)


def test_in_the_house_itself_a_line_of_its_own_tells_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(guarded, "checking", False)
    run(partial(_written_behind, cast))
    assert "duties.Obligation" in caplog.text
    assert Entry.objects.latest("pk").kind == "ledger.rows.followed"
    assert list(differences()) == []


def test_every_way_of_writing_is_noted(cast: Cast) -> None:
    duty = cast.duty("moon", "cell.red", "2030-04")
    ways = [
        lambda: duty.save(),
        lambda: duty.save(update_fields=["met_at"]),
        lambda: Obligation.objects.filter(pk=duty.pk).update(met_at=None),
        lambda: duty.group.obligations.filter(pk=duty.pk).update(seat=duty.seat),
        lambda: Obligation._base_manager.filter(pk=duty.pk).update(seat_id=duty.seat_id),
        lambda: Obligation.objects.bulk_update([duty], ["claim"]),
    ]
    for number, way in enumerate(ways):
        taken()
        way()
        assert list(taken()["duties.Obligation"]["changed"]) == [str(duty.pk)], number
    taken()
    duty.save(update_fields=["next_word_at"])
    Obligation.objects.filter(pk=duty.pk).update(next_word_at=LATER)
    assert taken() == {}


def test_no_line_tells_what_the_rows_say_to_its_readers(cast: Cast, extended: Obligation) -> None:
    entry = Entry.objects.latest("pk")
    whole = "\n".join(export(cast.programme))
    assert entry.state and f'"state":"{rules.state_hash(entry.state)}"' in whole
    assert entry.state not in whole
    assert verify(export(cast.programme)) == []
