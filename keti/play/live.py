"""Living a charter: day by day the clock moves, and everybody does what they owe."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from keti.accounts.actions import register_founder
from keti.charter.actions import CharterFile, check
from keti.charter.rules import Compiled
from keti.duties import queries as duties
from keti.duties.actions import remind_due
from keti.jobs.actions import at_once
from keti.kernel import clock, ids
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.notify.actions import deliver_due
from keti.planning.actions import Founding, found_programme
from keti.planning.rules.reality import term
from keti.play import asking, electing, ending, joining, oddities, research, researching
from keti.play.honouring import honour
from keti.play.lore import lore_of
from keti.play.people import Casting, founder_facts
from keti.play.scenes import scene_of
from keti.play.script import TRIES, again, heard_by, pause, planned
from keti.play.stage import Stage
from keti.play.words import Pen

AFTERMATH = timedelta(days=45)
Scene = Callable[[], None]


@dataclass
class Playing:
    """The queue of scenes and what has been planned already."""

    stage: Stage
    until: datetime
    queue: list[tuple[datetime, int, str, Scene]] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)
    tries: dict[str, int] = field(default_factory=dict)
    count: int = 0

    def push(self, at: datetime, name: str, scene: Scene) -> None:
        """Plan a scene. Scenes of the same instant run in the order in which they were planned."""
        self.count += 1
        heapq.heappush(self.queue, (at, self.count, name, scene))

    def discover(self) -> None:
        """Plan every duty that somebody owes and that is not planned yet."""
        stage, fresh = self.stage, []
        for public_id, form in duties.pending(stage.programme):
            if public_id not in self.waiting and scene_of(form):
                self.waiting.add(public_id)
                fresh.append(public_id)
        for duty in duties.by_ids(stage.programme, fresh):
            first = heard_by(stage.charter.gate(duty.gate)) if duty.form == "decision" else None
            at = planned(duty, stage.dice, stage.now, first) + oddities.delay(stage, duty)
            self.push(at, duty.label, self._scene(duty.public_id))

    def _scene(self, public_id: str) -> Scene:
        def scene() -> None:
            duty = duties.by_id(self.stage.programme, public_id)
            if duty is None or duty.seat is None or duty.state not in ("open", "returned"):
                self.waiting.discard(public_id)  # vacant now: whoever follows is planned anew
                return
            if not self._ready(duty):
                self.push(self.stage.now + pause(duty, self.stage.now), duty.label, scene)
                return
            if met := scene_of(duty.form):
                met(self.stage, duty, self.push)
            self.waiting.discard(public_id)

        return scene

    def _ready(self, duty: Any) -> bool:
        """Is everything done that this duty builds on? Late reports hold up no summary of them."""
        gathers = {work.key for work in self.stage.charter.works if work.collects}
        if duty.kind in gathers and duty.form == "report":
            return True
        return not duty.needs or not duties.unmet(self.stage.programme, duty.needs)

    def run_before(self, limit: datetime) -> int:
        """Run the planned scenes that come before `limit`, in order of time; returns how many."""
        run = 0
        while self.queue and self.queue[0][0] < limit:
            at, _, name, scene = heapq.heappop(self.queue)
            run += 1
            self.stage.move_to(at)
            try:
                self.stage.perform(scene)
            except Refused as refusal:
                self.stage.refused(refusal, name)
                self._try_again(name, scene)
            if "ended" in self.stage.memory:
                self.queue.clear()
        return run

    def _try_again(self, name: str, scene: Scene) -> None:
        mark = f"{name}:{id(scene)}"
        self.tries[mark] = self.tries.get(mark, 0) + 1
        if self.tries[mark] < TRIES:
            self.push(again(self.stage.now), name, scene)


def begin(file: CharterFile, *, seed: int, slug: str, beside: Path | None = None) -> Stage:
    """Found the programme of `file` on its first day, with a fictional secretary.

    `beside` is where the charter lies: prose of its own may lie beside it.
    """
    ids.seed(seed)
    dice = Random(seed)
    charter, findings = check(file)
    if charter is None:
        errors = [one for one in findings if one.severity == "error"]
        first = errors[0].as_text("zh")
        raise Refused("planning.charter-has-errors", count=len(errors), first=first)
    start = first_moment(charter)
    clock.stand_at(max(start, clock.simulated() or start))
    founder = register_founder(founder_facts(dice, charter.langs[0].startswith("en")))
    now = clock.instant()
    programme = found_programme(
        Act(by=founder, recorded_at=now),
        founder=founder,
        founding=Founding(file, slug, is_demo=True),
    )
    return staged(charter, programme, founder, dice, beside=beside)


def staged(
    charter: Compiled, programme: Any, founder: Any, dice: Random, *, beside: Path | None = None
) -> Stage:
    """The stage of a programme that was founded just now, by `founder`, however it was."""
    english, now = charter.langs[0].startswith("en"), clock.instant()
    pen = Pen(dice, english, lore_of(charter, beside))
    stage = Stage(charter, programme, founder, dice, Casting(dice, english), pen, now)
    stage.note(f"{programme.title.in_(charter.langs[0])}")
    stage.memory["research"] = research.Table(research.beside(beside), charter.langs[0][:2])
    joining.name_delegates(stage)
    return stage


@at_once()
def live(stage: Stage, until: datetime | None = None) -> Playing:
    """Play from now to `until`, or to the end of the programme and whatever is still owed."""
    end = until or _last_moment(stage) + AFTERMATH
    playing = Playing(stage, end)
    oddities.prepare(stage)
    scenes = [*joining.applicants(stage), *oddities.scenes(stage), *asking.scenes(stage)]
    for at, name, scene in [*scenes, *researching.scenes(stage)]:
        playing.push(at, name, scene)
    playing.push(stage.now, "roster", lambda: joining.unasked(stage))
    morning = _morning(stage, stage.now)
    while morning < end:
        if morning > stage.now:
            stage.move_to(morning)
        remind_due(stage.now, stage.programme)
        deliver_due(stage.now, programme=stage.programme)
        for at, name, scene in electing.scenes(stage):
            playing.push(at, name, scene)
        playing.discover()
        following = morning + timedelta(days=1)
        busy = playing.run_before(min(following, end))
        end = end if until else max(end, term(stage.charter)[1] + AFTERMATH)
        morning = following if busy else _next_morning(playing, morning, end)
        if until is None and not playing.queue and not _owed(stage):
            playing.push(stage.now, "honours", lambda: honour(stage, playing.push))
            playing.run_before(end)
            playing.push(stage.now, "finish", lambda: ending.finish(stage))
            playing.run_before(end)
            break
    if until:
        stage.move_to(until)
    return playing


def _next_morning(playing: Playing, quiet: datetime, end: datetime) -> datetime:
    """The first morning after a quiet one before which a reminder or an escalation falls due, or
    after which a scene is planned: on the days between nothing can happen."""
    day = timedelta(days=1)
    moments = [playing.queue[0][0] - day] if playing.queue else []
    word = duties.next_word(playing.stage.programme, quiet)
    moments += [word] if word else []
    nearest = max(min(moments, default=quiet), quiet)
    morning = _morning(playing.stage, nearest)
    while morning < nearest or morning <= quiet:
        morning = _morning(playing.stage, morning + day)
    return min(morning, end)


def _last_moment(stage: Stage) -> datetime:
    """The end of the programme, or of what is owed beyond it."""
    last = duties.of_programme(stage.programme).order_by("-due").first()
    end: datetime = stage.programme.ends_at
    return max(end, last.due_instant) if last else end


def _owed(stage: Stage) -> bool:
    return duties.of_programme(stage.programme).open().exists()


def first_moment(charter: Compiled) -> datetime:
    moments = [phase.start for phase in charter.phases]
    moments += [duty.opens_at for duty in charter.obligations if duty.opens_at]
    first = min(moments or [duty.due_at for duty in charter.obligations])
    return first + timedelta(hours=8, minutes=30)


def _morning(stage: Stage, at: datetime) -> datetime:
    """Eight o'clock of that day, in the programme's zone."""
    local = stage.programme.local(at)
    eight: datetime = datetime.combine(local.date(), time(8), stage.programme.tz)
    return eight


def open_ends(stage: Stage) -> list[Any]:
    """What is still owed when the play has ended: nothing, in a sound charter."""
    return list(duties.of_programme(stage.programme).open())
