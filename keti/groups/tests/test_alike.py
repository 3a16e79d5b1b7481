"""Joined rows are made once for an answer, and everything else is as the library makes it."""

import pytest

from keti.groups.models import Seat
from keti.kernel.alike import Sharing, alike
from tests.cast import Cast

JOINED = ("group__programme", "programme", "role", "person__unit", "delegate", "organisation")


def asked() -> list[Seat]:
    return list(Seat.objects.order_by("pk").select_related(*JOINED))


def told(seat: Seat) -> list[object]:
    """Everything of a seat and of what it is joined to."""
    near = [seat, seat.group, seat.group.programme, seat.programme, seat.role]
    near += [one for one in (seat.person, seat.delegate, seat.organisation) if one is not None]
    return [
        (type(one), [getattr(one, field.attname) for field in one._meta.concrete_fields])
        for one in near
    ]


@pytest.mark.django_db
def test_rows_are_the_same_and_share_what_they_are_joined_to(cast: Cast) -> None:
    plain = asked()
    shared = list(alike(Seat.objects.order_by("pk").select_related(*JOINED)))
    assert len(shared) > 10
    assert [told(one) for one in shared] == [told(one) for one in plain]
    assert len({id(one.programme) for one in plain}) == len(plain)
    assert len({id(one.programme) for one in shared}) == 1
    assert len({id(one.role) for one in shared}) == len({one.role_id for one in shared})
    assert [one.person for one in shared if one.person_id is None] == [
        None for one in shared if one.person_id is None
    ]


@pytest.mark.django_db
def test_narrow_rows_leave_out_the_same_fields(cast: Cast) -> None:
    narrow = (
        Seat.objects.order_by("pk").select_related("group").only("public_id", "group__title_zh")
    )
    plain, shared = list(narrow.all()), list(alike(narrow.all()))
    assert [one.get_deferred_fields() for one in shared] == [
        one.get_deferred_fields() for one in plain
    ]
    assert [one.group.get_deferred_fields() for one in shared] == [
        one.group.get_deferred_fields() for one in plain
    ]
    assert [one.group.title_zh for one in shared] == [one.group.title_zh for one in plain]


@pytest.mark.django_db
def test_nothing_is_shared_between_two_answers(cast: Cast) -> None:
    found = alike(Seat.objects.order_by("pk").select_related("programme"))
    first, again = list(found.all()), list(found.all())
    assert {id(one.programme) for one in first}.isdisjoint(id(one.programme) for one in again)


@pytest.mark.django_db
def test_the_way_of_reading_is_handed_on(cast: Cast) -> None:
    named = Seat.objects.all().with_names()
    assert named.filter(ends_at=None)._iterable_class is Sharing
    assert list(named.values_list("pk", flat=True)) == [one.pk for one in named]
    assert [one.pk for one in named.iterator(chunk_size=3)] == [one.pk for one in named]


@pytest.mark.django_db
def test_a_row_laid_into_its_object_is_saved_and_joined_like_any_other(cast: Cast) -> None:
    [made] = list(alike(Seat.objects.filter(pk=cast.lu.seat.pk)))
    assert (made._state.adding, made._state.db) == (False, "default")
    assert made.group == cast.lu.seat.group
    made.group = cast.group("core")
    assert made.group_id == cast.group("core").pk
    made.honorific = "主任"
    made.save(update_fields=["honorific"])
    assert Seat.objects.get(pk=made.pk).honorific == "主任"
