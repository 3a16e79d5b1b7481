"""Another programme, whose charter has what the cast's has not: deciders from inside who see no
more than their own group, a role without a voice at a gate, a round that asks the public."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person, register_founder
from keti.accounts.models import Organisation
from keti.charter.actions import CharterFile
from keti.duties.actions import seat_the_duties
from keti.groups.actions import Place, appoint
from keti.groups.models import Seat
from keti.kernel.acts import Act
from keti.monitoring.actions import raise_finding
from keti.monitoring.enums import Severity
from keti.planning.actions import Founding, found_programme
from keti.release.tests.ending import FRAME, HALF, RED, Walk
from keti.review.actions import open_gate
from tests.cast import MOMENT, Cast, Player, local

CHARTER = Path(__file__).resolve().parents[1] / "cast.yaml"
PANEL = "    decides: [referee]\n    rule: {quorum: 2, approve: 2/3, conflicts: recuse"
CHANGES = (
    (
        "  captain: {",
        "  elder: {zh: 长老, en: Elder, in: cell, min: 1, can: [comment]}\n"
        "  sage: {zh: 参议, en: Sage, in: core, min: 1, can: [comment]}\n"
        "  captain: {",
    ),
    (PANEL, "    decides: [elder]\n    rule: {quorum: 1, approve: 2/3, conflicts: recuse"),
    (PANEL, "    decides: [sage]\n    rule: {quorum: 1, no_voice: [head], conflicts: recuse"),
    ("    when: all(half.approve)\n", ""),
    (
        "\ngates:",
        "\nrounds:\n  hearing: {subject: skeleton, open: P10D, from: [hand, public]}\n\ngates:",
    ),
)
SLUG = "elsewhere"


@dataclass(frozen=True)
class Sits:
    """One seat of the other programme; `unit` names whose unit the person shares."""

    name: str
    group: str
    role: str
    unit: str = ""


SEATS = (
    Sits("lu", "cell.red", "captain"),
    Sits("he", "cell.blue", "captain"),
    Sits("mao", "cell.red", "hand"),
    Sits("gao", "core", "patron"),
    Sits("tao", "core", "author"),
    Sits("fang", "core", "head"),
    Sits("ji", "core", "watcher"),
    Sits("rot", "cell.red", "elder"),
    Sits("old", "cell.red", "elder"),
    Sits("bai", "cell.blue", "elder"),
    Sits("sage", "core", "sage"),
    Sits("kin", "core", "sage", unit="lu"),
)


def charter() -> CharterFile:
    """The cast's charter with the changes of this world."""
    text = CHARTER.read_text()
    for before, after in CHANGES:
        assert before in text, before
        text = text.replace(before, after, 1)
    return CharterFile("elsewhere.yaml", text, "")


def assemble() -> Cast:
    """Found it, and seat everybody; who keeps the secretariat is called Qin here as well."""
    moment = local(MOMENT)
    facts = PersonFacts("朱邻居（演示）", mail="zhu@example.org", is_demo=True)
    founder = register_founder(facts)
    founding = Founding(charter(), SLUG, is_demo=True)
    act = Act(by=founder, recorded_at=moment)
    cast = Cast(found_programme(act, founder=founder, founding=founding))
    desk = Seat.objects.of(founder).with_names().get(programme=cast.programme)
    cast.players["qin"] = Player(founder, desk, moment)
    units: dict[str, Organisation] = {}
    for one in SEATS:
        unit = units.get(one.unit) or enter_organisation(f"{one.name}所（演示）", is_demo=True)
        units[one.name] = unit
        cast.players[one.name] = _placed(cast, one, unit)
    for name, place in (
        ("fang", Sits("fang", "core", "sage")),
        ("rot", Sits("rot", "core", "sage")),
    ):
        person = cast.players[name].person
        cast.players[f"{name}-sage"] = _seated(cast, place, person)
    seat_the_duties(cast.programme, moment)
    return cast


def _placed(cast: Cast, one: Sits, unit: Organisation) -> Player:
    facts = PersonFacts(
        f"{one.name}（演示）", mail=f"{one.name}@example.net", unit=unit, is_demo=True
    )
    return _seated(cast, one, enter_person(facts))


def _seated(cast: Cast, one: Sits, person: Any) -> Player:
    order = len(cast.players)
    place = Place(group=cast.group(one.group), role=cast.role(one.role), person=person, order=order)
    seat = appoint(cast.players["qin"].act(), place=place)
    return Player(person, Seat.objects.with_names().get(pk=seat.pk), cast.moment)


class Panel(Walk):
    """The other programme up to its open panel."""

    def lived(self) -> Cast:
        """Both cells before their own elders, the book handed in, the panel open."""
        cast = self.cast
        self.agreed()
        self.report("lu", "halfway", "2030-05-14T09:00", **HALF)
        self.report("he", "halfway", "2030-05-14T09:30", **HALF)
        for key in ("half@cell.red", "half@cell.blue"):
            open_gate(cast.qin.act("2030-05-17T09:00"), gate=self.gate(key))
        raise_finding(
            cast.ji.act("2030-05-18T09:00"),
            programme=cast.programme,
            subject=self.gate("half@cell.red").subject(),
            group=cast.group("cell.red"),
            title="案例没有出处",
            text="请补上出处。",
            severity=Severity.BLOCKING,
        )
        self.report("lu", "part", "2030-06-18T09:00", matter=RED)
        self.report("he", "part", "2030-06-18T09:30", matter=RED)
        self.report("tao", "whole_book", "2030-06-28T09:00", frame=FRAME)
        open_gate(cast.qin.act("2030-07-02T09:00"), gate=self.gate("panel@core"))
        cast.at("2030-07-02T10:00")
        return cast
