"""Consent withdrawn at every stage, for every purpose, by every kind of person: what the product
still shows is what the model says, and what is on record stays on record."""

import pytest
from django.test import Client

from keti.consents.actions import withdraw_consent
from keti.consents.enums import Purpose
from keti.consents.models import Consent
from keti.honours.models import Nomination
from keti.jobs.actions import Asker, Wanted, asking
from keti.jobs.models import Job
from keti.kernel.acts import Text
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.release import queries
from keti.release.models import Artefact, RollRow
from keti.release.tests.ending import Walk
from tests.consent import model
from tests.consent.looking import LOOKS, mark, read, set_plainly
from tests.consent.model import ASKED, Kind, Stage, expected, open_at, takes_back
from tests.consent.world import World

pytestmark = pytest.mark.django_db


def test_the_model_meets_every_stage_with_every_purpose_of_every_kind():
    """Pure: what the walk below compares is the whole product of the three."""
    met = {
        (at, purpose, kind)
        for kind in Kind
        for place in range(len(Stage))
        for purpose, at in takes_back(kind, place).items()
    }
    assert met == {(at, one, kind) for kind in Kind for one in ASKED[kind] for at in Stage}
    asked = {one for kind in Kind for one in ASKED[kind]} - {model.NAMED}
    assert asked == {one.value for one in Purpose}, "a new purpose has its surfaces here"
    assert {one.key for one in model.SURFACES} == {*LOOKS}


@pytest.fixture
def world(cast, monkeypatch):
    for module in ("keti.release.actions.producing", "keti.documents.doors.made"):
        monkeypatch.setattr(f"{module}.render", set_plainly)
    return World(cast, Walk(cast))


def wrong(world, now):
    """Whom a surface shows and should not (+), or should and does not (-)."""
    found = []
    for surface in open_at(now):
        text = LOOKS[surface.key](world)
        for one in world.bodies:
            there = mark(surface.key, one) in text
            if there != expected(surface, one.kind, one.place, now):
                found.append(f"{'+' if there else '-'} {surface.key}: {one.kind} {one.place}")
    return found


def test_what_is_shown_after_each_stage_is_what_the_model_says(world, monkeypatch):
    said, lines = [], []
    for now in Stage:
        world.reach(now)
        with monkeypatch.context() as busy:
            jobs = []
            busy.setattr(asking, "_enqueued", lambda job, jobs=jobs: jobs.append(job) or job)
            world.take_back(now)
            if now >= Stage.PUBLISHED:
                assert named_meanwhile(world) == []
        for job in jobs:
            asking._enqueued(job)
        said += [f"{now.name} {one}" for one in wrong(world, now)]
        before, lines = lines, recorded(world)
        assert lines[: len(before)] == before, "no line was changed"
    assert not said, "\n".join(said)
    stays(world)


def test_a_full_queue_keeps_nobody_from_taking_back(world, monkeypatch):
    """Who published waits for much: the withdrawal of somebody else was refused for that."""
    out, cast = world.walk.published(), world.cast
    monkeypatch.setattr(asking, "_enqueued", lambda job: job)
    for number in range(asking.MOST_WAITING):
        asking.ask(Wanted("release.files", f"k{number}", Text("件"), {}), Asker(cast.qin.person))
    with pytest.raises(Refused):
        asking.ask(Wanted("release.files", "more", Text("件"), {}), Asker(cast.qin.person))
    withdraw_consent(
        cast.lu.act("2030-07-19T09:00"), programme=cast.programme, person=cast.lu.person
    )
    assert Job.objects.filter(key__startswith=f"{out.public_id}/", state="queued").count() == 1
    assert Client().get(out.path).status_code == 202


def named_meanwhile(world):
    """Who is named while all workers are busy and the report is still to be made anew: nobody,
    nothing of it is given out."""
    tails = ("", "?lang=en", "report-zh-hans.pdf", "report-en.docx", "report-zh-hans.html")
    texts = {one: read(Client(), f"/published/cast/{one}") for one in tails}
    names = [one.name for one in world.bodies]
    return [(tail, name) for tail, text in texts.items() for name in names if name in text]


def recorded(world):
    found = Entry.objects.filter(programme=world.cast.programme).order_by("pk")
    return list(found.values_list("kind", "leaf"))


def stays(world):
    """What was done is on record as it was: every consent with its words, the roll as drawn up,
    what was made each time, certificates and their numbers, who came."""
    given = Consent.objects.filter(programme=world.cast.programme)
    asked = sum(len(ASKED[one.kind]) * (2 if one.kind == Kind.TWICE else 1) for one in world.people)
    assert given.count() == asked
    assert not given.filter(withdrawn_at=None).exists() and not given.filter(wording="").exists()
    roll = queries.drawn(world.cast.duty("names"))
    rows = RollRow.objects.filter(roll=roll)
    assert rows.filter(person=world.bodies[0].person.public_id).exists()
    assert Artefact.objects.filter(publication=world.out).values("making").distinct().count() > 2
    assert Nomination.objects.filter(programme=world.cast.programme, stage="awarded").count() >= 10
    assert sum(bool(one.came) for one in world.activity.guests.all()) == 2
