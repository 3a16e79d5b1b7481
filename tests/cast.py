"""The cast of every test: Qin keeps the secretariat, Lu leads, Mao contributes, Ji watches,
Ren judges, Gao commissions, He leads the neighbouring group, Wu is a stranger."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction
from django.test import Client

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person, open_account
from keti.accounts.models import Organisation, Person
from keti.charter.actions import CharterFile
from keti.duties.actions import seat_the_duties
from keti.duties.models import Obligation
from keti.groups.actions import Place, appoint
from keti.groups.models import Group, Role, Seat
from keti.groups.permissions import Sight, sight_of
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.ledger import actions as ledger
from keti.planning.actions import Founding, found_programme
from keti.programmes.models import Programme

ZONE = ZoneInfo("Asia/Shanghai")
MOMENT = "2030-03-01T09:00"


def local(text: str) -> datetime:
    """A local moment of the cast's programme as an aware instant."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@dataclass
class Player:
    """One of the cast: a person, the seat they act in, a signed-in browserless client."""

    person: Person
    seat: Seat | None
    moment: datetime

    def act(self, at: str | None = None, **more: object) -> Act:
        """An act in this player's seat at a local moment."""
        recorded = local(at) if at else self.moment
        return Act(by=self.person, recorded_at=recorded, seat=self.seat, **more)  # type: ignore[arg-type]

    @cached_property
    def client(self) -> Client:
        client = Client()
        client.force_login(
            open_account(self.person),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        return client


@dataclass
class Cast:
    """A founded small programme and everybody in it. Ids of its charter: tests/cast.yaml."""

    programme: Programme
    players: dict[str, Player] = field(default_factory=dict)
    moment: datetime = field(default_factory=lambda: local(MOMENT))

    def __getattr__(self, name: str) -> Player:
        try:
            return self.players[name]
        except KeyError:
            raise AttributeError(name) from None

    def at(self, text: str) -> datetime:
        """Move the clock of this installation (simulated) to a local moment."""
        moment = local(text)
        clock.stand_at(moment)
        for player in self.players.values():
            player.moment = moment
        return moment

    def group(self, key: str) -> Group:
        return Group.objects.select_related("programme").get(programme=self.programme, key=key)

    def role(self, key: str) -> Role:
        return Role.objects.get(programme=self.programme, key=key)

    def duty(self, kind: str, group: str | None = None, period: str = "") -> Obligation:
        """The obligation of this kind (and group, and period)."""
        found = Obligation.objects.select_related("programme", "group", "seat", "role").filter(
            programme=self.programme, kind=kind
        )
        if group:
            found = found.filter(group__key=group)
        if period:
            found = found.filter(period=period)
        return found.order_by("due_at", "pk")[0]

    def reseat(self) -> None:
        """Give the open duties to who holds the seats now."""
        seat_the_duties(self.programme, self.players["qin"].moment)


SEATED = [
    # name, label, group, role, unit seat?
    ("lu", "卢组长（演示）", "cell.red", "captain"),
    ("mao", "毛研究员（演示）", "cell.red", "hand"),
    ("mi", "米研究员（演示）", "cell.red", "hand"),
    ("he", "何组长（演示）", "cell.blue", "captain"),
    ("hua", "华研究员（演示）", "cell.blue", "hand"),
    ("ji", "纪监控（演示）", "core", "watcher"),
    ("ren", "任专家（演示）", "core", "referee"),
    ("rong", "荣专家（演示）", "core", "referee"),
    ("rui", "芮专家（演示）", "core", "referee"),
    ("gao", "高主任（演示）", "core", "patron"),
    ("tao", "陶教授（演示）", "core", "author"),
    ("fang", "方组长（演示）", "core", "head"),
]


def assemble(charter: Path) -> Cast:
    """Found the programme of `charter` on 2030-03-01 and seat everybody."""
    moment = local(MOMENT)
    clock.stand_at(moment)
    qin = Person.objects.create(
        name="秦秘书（演示）", mail="qin@example.org", may_found=True, is_demo=True
    )
    file = CharterFile(charter.name, charter.read_text(), "")
    programme = found_programme(
        Act(by=qin, recorded_at=moment), founder=qin, founding=Founding(file, "cast", is_demo=True)
    )
    desk = Seat.objects.of(qin).with_names().get(programme=programme)
    cast = Cast(programme)
    cast.players["qin"] = Player(qin, desk, moment)
    for order, (name, label, group, role) in enumerate(SEATED):
        unit = enter_organisation(f"{label[0]}氏研究所（演示）", is_demo=True)
        cast.players[name] = _seated(cast, (name, label, group, role), unit, order)
    wu = enter_person(PersonFacts("吴路人（演示）", mail="wu@example.org", is_demo=True))
    cast.players["wu"] = Player(wu, None, moment)
    named = Act(by=qin, recorded_at=moment)
    with transaction.atomic():  # the line tells what `reseat` does
        cast.reseat()
        ledger.record(named, "accounts.founder.named", programme=None, about=qin.subject())
    return cast


def _seated(cast: Cast, entry: tuple[str, str, str, str], unit: Organisation, order: int) -> Player:
    name, label, group, role = entry
    person = enter_person(PersonFacts(label, mail=f"{name}@example.org", unit=unit, is_demo=True))
    place = Place(group=cast.group(group), role=cast.role(role), person=person, order=order)
    seat = appoint(cast.players["qin"].act(), place=place)
    return Player(person, Seat.objects.with_names().get(pk=seat.pk), cast.moment)


def recall() -> Cast:
    """The cast as `assemble` left it in this database, the clock standing at the founding."""
    moment = local(MOMENT)
    clock.stand_at(moment)
    cast = Cast(Programme.objects.get(slug="cast"))
    names = ["qin", *[name for name, *_ in SEATED], "wu"]
    person_of = {one.mail: one for one in Person.objects.select_related("unit")}
    seat_of = {
        seat.acting_person.pk: seat
        for seat in Seat.objects.with_names().filter(programme=cast.programme)
        if seat.acting_person
    }
    for name in names:
        person = person_of[f"{name}@example.org"]
        cast.players[name] = Player(person, seat_of.get(person.pk), moment)
    return cast


def seen_by(seat: Seat | None) -> Sight | None:
    """The sight of this seat; None for whoever holds none."""
    return sight_of(seat) if seat else None
