"""Every act of docs/acts.md: sent twice it leaves one line; without the right it is refused.

Examples are recorded while a shipped charter is played and while the scenes of `recipes` run:
wherever an act is called it is first driven in its place, and what the driving did is taken back.
"""

import ast
from pathlib import Path

import pytest

from keti.ledger.queries.agreeing import differences
from keti.play import live as playing
from keti.play.command import charter_file
from keti.release.tests.conftest import _proof as set_in_type
from tests.acts import attackers as who
from tests.acts.driving import AGAIN, Driver, Lawful
from tests.acts.listed import listed, replaced
from tests.acts.recipes import SCENES
from tests.cast import Cast
from tests.house.sources import HOUSE, name, trees

CHARTERS = Path(__file__).resolve().parents[2] / "charters"
ACTS = listed()
BY_HAND = set().union(*SCENES.values())
ALONE_NOTHING = {"ledger.tell_rest"}
"""It tells what the act around it wrote: driven alone it has nothing to tell (`tests/record`)."""
NO_SCENE = {"planning.grow"}
"""Groups born by admission stand in no shipped charter and not in the cast's: driven where they are
born (`site/tests/test_born.py`)."""

INNER = {
    "groups.end_term": "the clock ends what the charter limits",
    "honours.produce": "whoever asked for the files of certificates; work attaches them",
    "ledger.note_access": "the clock does it for the installation; nobody is asked",
    "planning.carry_out": "an answer or a moment brought it into force; those acts asked",
    "planning.close_vote": "the vote whose time is over, counted by the clock",
    "planning.lapse": "the clock found that its plan no longer holds",
    "planning.lay_ahead": "the clock lays down what the charter says",
    "release.produce": "the act of publishing asked; work attaches what was made",
    "reports.send_back": "the decision of the gate asked",
    "work.agree_tasks": "the act that writes the minutes asked",
}
"""Acts that only other acts call: nobody comes to them by a door."""

LAWFUL: Lawful = {
    ("duties.accept_claim", "a monitor"): "secretariat or monitor, whoever does not gain",
    (
        "activities.check_sheet",
        who.LEAD,
    ): "secretariat, monitors and leads check; not who entered it",
    ("activities.check_sheet", who.for_the_holder(who.LEAD)): "likewise, as their own check",
    **{
        ("activities.decline_places", one): "every unit that takes part answers for itself"
        for one in (who.COMMISSIONER, who.LEAD, who.MEMBER, who.MONITOR)
    },
    **{
        ("activities.enter_sheet", one): "whoever takes part writes down what is known"
        for one in (who.COMMISSIONER, who.LEAD, who.MEMBER, who.MONITOR)
    },
    ("activities.take_places", who.MEMBER): "every unit that the promise is for takes its places",
    ("accounts.name_founder", who.ENDED): "whoever may found keeps the installation, seat or none",
    ("accounts.name_site", who.ENDED): "whoever may found keeps the installation, seat or none",
    ("accounts.set_holidays", who.ENDED): "whoever may found keeps the installation, seat or none",
    ("accounts.drop_founder", who.ENDED): "whoever may found keeps the installation, seat or none",
    ("backups.resume", who.ENDED): "whoever may found keeps the installation, seat or none",
    ("backups.change_key", who.ENDED): "whoever may found keeps the installation, seat or none",
    ("accounts.renew_feed", who.ENDED): "a person's calendar is theirs, whatever seats they hold",
    ("accounts.reset_factor", who.ENDED): "whoever may found keeps the installation, seat or none",
    ("consultation.comment", who.COMMISSIONER): "every seat but external ones takes part",
    ("consultation.comment", who.LEAD): "every seat but external ones takes part",
    ("consultation.comment", who.MEMBER): "every seat but external ones takes part",
    ("consultation.comment", who.MONITOR): "every seat but external ones takes part",
    ("consultation.no_remarks", who.COMMISSIONER): "who may comment may have nothing to say",
    ("consultation.no_remarks", who.LEAD): "who may comment may have nothing to say",
    ("consultation.no_remarks", who.MEMBER): "who may comment may have nothing to say",
    ("consultation.no_remarks", who.MONITOR): "who may comment may have nothing to say",
    ("duties.announce", who.LEAD): "leads announce, each to the own chat group",
    ("duties.issue_link", AGAIN): "the secret was shown once; only its hash is kept",
    **{
        ("honours.declare_input", one): "everybody who takes part declares what they put in"
        for one in (who.COMMISSIONER, who.LEAD, who.MEMBER, who.MONITOR)
    },
    ("honours.nominate", who.LEAD): "the cast's charter lets every captain nominate",
    **{
        ("honours.object_to", one): "everybody may object while the notice runs"
        for one in (who.COMMISSIONER, who.EXTERNAL, who.LEAD, who.MEMBER, who.MONITOR)
    },
    ("honours.stand_aside", who.COMMISSIONER): "the other of the two who decide",
    ("honours.vote", who.MONITOR): "the other of the two who decide",
    ("intake.correct_own", who.ENDED): "a person's record is theirs, whatever seats they hold",
    ("monitoring.raise_finding", who.LEAD): "the charter of the play lets leads raise findings",
    ("monitoring.raise_finding", who.MEMBER): "the charter of the play lets members raise findings",
    ("notify.prefer", who.ENDED): "how a person is told is theirs, whatever seats they hold",
    ("planning.cast_vote", who.COMMISSIONER): "everybody who holds a role asked has a vote",
    **{
        ("research.say_uptake", one): "whoever takes part and reads it says what became of it"
        for one in (who.COMMISSIONER, who.LEAD, who.MEMBER, who.MONITOR)
    },
    **{
        ("research.check_facts", one): "whoever takes part and reads a case; not the units involved"
        for one in (who.COMMISSIONER, who.MONITOR)
    },
    **{
        ("research.verify_uptake", one): "secretariat, monitors and leads; never one's own word"
        for one in (who.LEAD, who.for_the_holder(who.LEAD))
    },
    ("review.vote_again", who.EXTERNAL): "who decides at a gate may record that none agreed",
    ("planning.register_founder", AGAIN): "it takes no act and no key; the first one stands",
    **{
        (act, one): "every unit but the secretariat's own compares the record"
        for act in ("witness.confirm", "witness.dispute", "witness.lodge_key")
        for one in (who.COMMISSIONER, who.EXTERNAL, who.LEAD, who.MEMBER, who.MONITOR)
    },
}


def watched(driver: Driver):
    """Every listed act goes by the driver wherever it is called."""
    return replaced({name: (one.function, driver.watching(one)) for name, one in ACTS.items()})


def play(driver: Driver, charter: str) -> None:
    """Live the whole programme of a shipped charter."""
    file = CHARTERS / f"{charter}.yaml"
    with watched(driver):
        stage = playing.begin(charter_file(file), seed=1, slug="play", beside=file)
        playing.live(stage)


def told(driver: Driver, wanted: set[str]) -> None:
    """Everything wanted was driven, nothing is at fault, and every exception was needed."""
    assert "\n".join(sorted(driver.faults)) == ""
    assert sorted(wanted - set(driver.driven)) == []
    asked = {one for one in LAWFUL if one[0] in driver.driven}
    assert asked - driver.used == set()
    denied = {act for act, _ in driver.denied}
    assert wanted - denied <= {"planning.register_founder", *INNER}


def lawful() -> Lawful:
    """What is allowed to go through: the named exceptions, and everything inside other acts."""
    places = [*who.KINDS, *(who.for_the_holder(one) for one in who.KINDS)]
    places += [who.SEATLESS, who.THIEF, who.ENDED]
    return LAWFUL | {(act, one): why for act, why in INNER.items() for one in places}


@pytest.mark.once
def test_acts_of_a_play(db):
    wanted = set(ACTS) - BY_HAND - ALONE_NOTHING - NO_SCENE
    driver = Driver(only=frozenset(wanted), lawful=lawful())
    before = {str(one) for one in differences()}
    play(driver, "association-standard")
    told(driver, wanted)
    assert {str(one) for one in differences()} - before == set()


@pytest.mark.parametrize("scene", SCENES, ids=lambda one: one.__name__)
def test_acts_that_no_play_reaches(cast: Cast, scene, monkeypatch):
    monkeypatch.setattr("keti.release.actions.producing.render", set_in_type)
    driver = Driver(only=frozenset(SCENES[scene]), lawful=lawful())
    before = {str(one) for one in differences()}
    with watched(driver):
        scene(cast)
    told(driver, SCENES[scene])
    assert {str(one) for one in differences()} - before == set()


def test_every_scene_drives_what_the_page_lists():
    assert BY_HAND - set(ACTS) == set()
    assert sum(len(acts) for acts in SCENES.values()) == len(BY_HAND)
    assert {act for act, _ in LAWFUL} | set(INNER) <= set(ACTS)


def test_what_acts_call_among_themselves_has_no_door():
    words = {act.partition(".")[2] for act in INNER}
    doors = [
        f"{name(file)} {found}"
        for file, tree in trees()
        if "actions" not in str(file.relative_to(HOUSE))
        for found in words & {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        | words & {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    ]
    assert doors == []
