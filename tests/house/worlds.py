"""Random worlds: a founded programme filled with rows no act would make, within the constraints.

Roles get random verbs, seats random holders, groups random parents, rows random states and owners.
What a right says of such a world must be the same whether it is asked as a condition or of one row.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from typing import Any, get_args

from django.db import IntegrityError, models, transaction

from keti.accounts.models import Organisation, Person
from keti.charter.rules.shape import Verb
from keti.documents.actions import keep_produced
from keti.groups.models import Group, Recusal, Role, Seat
from keti.kernel.acts import Act
from keti.kernel.ids import new_id
from keti.programmes.models import Programme

VERBS = get_args(Verb)
TRIES = 25
SHARED = (Person, Organisation)
FOLLOWS = {"group": "group", "kind": "kind", "period": "period"}
"""What a row repeats of the duty it belongs to; acts keep both the same."""


class World:
    """Makes rows of any model of the house."""

    def __init__(self, dice: Random, moment: datetime) -> None:
        self.dice = dice
        self.moment = moment
        self.number = 0

    def instant(self) -> datetime:
        return self.moment + timedelta(hours=self.dice.randint(-900, 900))

    def people(self, programme: Programme, count: int) -> None:
        """Roles with other verbs, people with and without units, seats for all of them."""
        for role in Role.objects.filter(programme=programme):
            verbs = self.dice.sample(VERBS, self.dice.choice((0, 1, 1, 2, 3)))
            outside = self.dice.random() < 0.25
            Role.objects.filter(pk=role.pk).update(can=verbs, external=outside)
        units = [Organisation.objects.create(name_zh=f"单位{new_id()}") for _ in range(4)]
        for _ in range(count):
            unit = self.dice.choice([*units, None])
            Person.objects.create(name=f"某{new_id()}", unit=unit, mail=f"{new_id()}@example.org")
        Seat.objects.filter(programme=programme).update(sole=False)
        for _ in range(count):
            self.row(Seat, programme, sole=False)
        groups = list(Group.objects.filter(programme=programme))
        for group in groups[1:]:
            parent = self.dice.choice([groups[0], groups[0], None, groups[-1]])
            if parent != group:
                Group.objects.filter(pk=group.pk).update(parent=parent)

    def file(self, programme: Programme) -> None:
        """Something for rows to refer to."""
        act = Act(by=Person.objects.first(), recorded_at=self.moment)
        keep_produced(act, programme=programme, name="a.txt", mime="text/plain", data=b"a")

    def recusals(self, programme: Programme, subjects: list[str], count: int) -> None:
        """Persons and units that stand aside from some of these things."""
        for _ in range(count):
            self.row(Recusal, programme, subject_id=self.dice.choice(subjects))

    def row(self, model: type[models.Model], programme: Programme, **given: Any) -> Any:
        """One row with random columns; None where the constraints refuse every try."""
        for _ in range(TRIES):
            row = model(**(self._columns(model, programme) | given))
            self._follow(row)
            with suppress(IntegrityError), transaction.atomic():
                row.save(force_insert=True)
                return row
        return None

    def shuffle(self, model: type[models.Model], programme: Programme, *names: str) -> None:
        """Random values in these columns of the rows that the founding made."""
        fields = {one.name: one for one in model._meta.concrete_fields}
        for row in model._default_manager.filter(programme=programme):
            values = {name: self._value(fields[name], programme) for name in names}
            with suppress(IntegrityError), transaction.atomic():
                model._default_manager.filter(pk=row.pk).update(**values)

    def _columns(self, model: type[models.Model], programme: Programme) -> dict[str, Any]:
        return {
            one.name: self._value(one, programme)
            for one in model._meta.concrete_fields
            if not one.primary_key and not one.generated and one.name != "public_id"
        }

    def _value(self, field: Any, programme: Programme) -> Any:
        if isinstance(field, models.ForeignKey):
            return self._other(field, programme)
        if field.choices:
            return self.dice.choice([value for value, _ in field.choices])
        for kind, make in self._makers(field):
            if isinstance(field, kind):
                return make()
        return field.get_default()

    def _makers(self, field: Any) -> Iterator[tuple[type, Any]]:
        yield models.BooleanField, lambda: self.dice.random() < 0.5
        yield models.DateTimeField, lambda: self._maybe(field, self.instant())
        yield models.DateField, lambda: self._maybe(field, self.instant().date())
        yield models.IntegerField, lambda: self._number(field)
        yield models.CharField, lambda: self._text(field)
        yield models.TextField, lambda: self._text(field)
        yield models.JSONField, lambda: field.get_default() if field.has_default() else {}

    def _number(self, field: Any) -> int:
        """Numbers that count a row are fresh; the others small, nought among them."""
        self.number += 1
        return self.number if field.name == "number" else self.dice.randint(0, 2)

    def _text(self, field: Any) -> str:
        fresh = new_id()[: field.max_length or 26]
        return self.dice.choice(["", fresh]) if field.blank else fresh

    def _maybe(self, field: Any, value: Any) -> Any:
        return None if field.null and self.dice.random() < 0.4 else value

    def _other(self, field: Any, programme: Programme) -> Any:
        model = field.related_model
        if model is Programme:
            return programme
        rows = model._default_manager.all()
        if model not in SHARED:
            rows = rows.filter(programme=programme)
        return self._maybe(field, self.dice.choice(list(rows) or [None]))

    def _follow(self, row: Any) -> None:
        duty = getattr(row, "obligation", None)
        for name, of in FOLLOWS.items():
            if duty is not None and any(one.name == name for one in row._meta.concrete_fields):
                setattr(row, name, getattr(duty, of))
