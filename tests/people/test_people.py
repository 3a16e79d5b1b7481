"""Random sequences: nobody is bound to the wrong person, nobody printed who does not agree."""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from keti.accounts.actions import PersonFacts, people
from keti.accounts.models import Person, User
from keti.accounts.rules import name_key
from keti.consents.actions import grant
from keti.documents.actions import keep_upload
from keti.groups.models import Seat
from keti.intake.actions import decisions
from keti.intake.actions import people as admitting
from keti.intake.models import Application
from keti.intake.tests.scene import published
from keti.kernel.acts import Act
from keti.release.models import Roll
from keti.release.queries import papers, printed, proposed
from tests.cast import Cast
from tests.people.hands import STEPS, Hands

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FEW = (*range(25), 1084, 1183)
MANY = [range(1000 + 250 * part, 1250 + 250 * part) for part in range(4)]
LENGTH = 14
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def world(cast: Cast) -> Iterator[Any]:
    """The call is out, its window open."""
    logging.disable(logging.CRITICAL)
    call = published(cast)
    cast.at("2030-03-10T10:00")
    paper = keep_upload(cast.qin.act(), programme=cast.programme, name="同意书.pdf", data=PDF)
    yield cast, call, paper
    logging.disable(logging.NOTSET)


def lived(world: Any, seed: int, tally: Counter[str] | None = None) -> None:
    """One sequence with its own humans, checked after every step; then it never happened."""
    cast, call, paper = world
    with transaction.atomic():
        on = Hands(cast, call, paper, seed)
        on.begin()
        for left in reversed(range(LENGTH)):
            step = on.step()
            where = f"seed {seed} after {on.done}"
            if step:
                bound(on, where)
            if step in PRINTS or not left:
                printed_is_agreed(on, where)
        if tally is not None:
            tally.update(on.done)
            tally["printed"] += on.printed
        transaction.set_rollback(True)


PRINTS = {"answer", "paper", "draw_up"}


def bound(on: Hands, where: str) -> None:
    """Who acts in each seat is who was meant; who signs in is whose address it is."""
    rows = on.truth.rows
    for seat in Seat.objects.filter(ends_at=None).exclude(pk__in=on.old).with_names():
        meant = on.truth.meant.get(seat.pk)
        acting = seat.acting_person
        assert acting is None or rows.get(acting.pk) is meant, (where, seat.label)
    for user in User.objects.exclude(person=None).select_related("person"):
        if user.person_id in rows:
            assert rows[user.person_id].mail == user.email, (where, user.email)


def printed_is_agreed(on: Hands, where: str) -> None:
    """Every name that would be printed now is of somebody who agrees, and is theirs."""
    rows = on.truth.rows
    for person, name in named(on):
        on.printed += 1
        human = rows[person]
        assert human.agrees, (where, f"{human.name} {human.number} is printed")
        assert name_key(name) == name_key(human.name), (where, name)


def named(on: Hands) -> Iterator[tuple[int, str]]:
    """Every personal name that would be printed now, with the row it belongs to."""
    ids = {one.public_id: one.pk for one in Person.objects.filter(pk__in=on.truth.rows)}
    entries = list(proposed(on.cast.programme, on.cast.qin.moment).entries)
    for roll in Roll.objects.filter(programme=on.cast.programme):
        entries += printed(roll)
    for entry in entries:
        name = entry.name_zh if entry.list == "person" else entry.delegate_zh
        if name and ids.get(entry.person) in on.truth.rows:
            yield ids[entry.person], name
    bylines = papers._bylines(on.cast.programme, "zh-hans")
    for seat in Seat.objects.exclude(pk__in=on.old).filter(person__isnull=False).with_names():
        alone = [one for one in bylines if one == seat.label]
        if alone and seat.person and bylines[seat.label] == seat.person.name:
            yield seat.person.pk, seat.person.name


@pytest.mark.parametrize("seed", FEW)
def test_everybody_is_who_they_are(world, seed):
    lived(world, seed)


@pytest.mark.parametrize(
    "seeds",
    [
        pytest.param(one, marks=pytest.mark.prove if at else pytest.mark.slow, id=str(one))
        for at, one in enumerate(MANY)
    ],
)
def test_everybody_is_who_they_are_in_a_thousand_lives(world, seeds):
    tally: Counter[str] = Counter()
    for seed in seeds:
        lived(world, seed, tally)
    print(dict(tally))
    assert {one.__name__ for one in STEPS} <= set(tally)
    assert min(tally[one.__name__] for one in STEPS) > 5


def found(world: Any) -> None:
    """The model finds that something is wrong."""
    with pytest.raises(AssertionError):
        for seed in range(200):
            lived(world, seed)


def test_it_finds_people_merged_by_their_address(world, monkeypatch):
    """The fault of old: whoever is on record under an address is taken, whatever was typed."""
    ask = people.complete_person

    def merged(person: Person, facts: PersonFacts) -> Person:
        return ask(person, replace(facts, who=person.public_id))

    monkeypatch.setattr(people, "complete_person", merged)
    monkeypatch.setattr(admitting, "_says_otherwise", lambda person, name, unit: "")
    monkeypatch.setattr(admitting, "_ask_signed", lambda programme, owner, facts: None)
    found(world)


def test_it_finds_a_consent_on_the_wrong_head(world, monkeypatch):
    """The fault of old, the other way round: what the contact ticks makes the delegate printed."""
    whom = admitting.delegate

    def agreed_for(mine: Application, said: admitting.Said, act: Act) -> Person:
        person = whom(mine, said, act)
        if mine.filled.consent:
            own = replace(act, by=person)
            grant(own, programme=mine.programme, person=person, wording="同意")
        return person

    monkeypatch.setattr(decisions, "delegate", agreed_for)
    found(world)
