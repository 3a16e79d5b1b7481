"""Every act that goes by is tried by everybody, and again under each mutant that is asked in it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from keti.duties.models import Obligation
from keti.kernel import ids
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.notify.models import Message
from tests.acts.attackers import ENDED, attackers
from tests.acts.driving import Example, _ended
from tests.acts.listed import Function, Listed, listed
from tests.acts.state import undone
from tests.mutants.switch import Switch

ACTS = listed()
RIGHTFUL = "who may"
Outcome = tuple[Any, ...]
DONE = "done"


def outcome(run: Callable[[], Any]) -> Outcome:
    """What became of an act: its lines and letters, or the code of its refusal. Taken back."""
    ids.seed(1)
    with undone():
        lines, letters = Entry.objects.count(), Message.objects.count()
        try:
            run()
        except Refused as refused:
            return ("refused", refused.code)
        except Exception as error:
            return ("error", type(error).__name__)
        said = [(one.kind, repr(one.content)) for one in Entry.objects.order_by("pk")[lines:]]
        told = Message.objects.order_by("pk").values_list("kind", "recipient_id")[letters:]
        owed = Obligation.objects.order_by("pk").values_list(
            "pk", "state", "due_at", "met_at", "claim"
        )
        return (DONE, said, sorted(told), list(owed))


@dataclass
class Acts:
    """Which mutants live, and what became of the others: act, who, what changed."""

    switch: Switch
    alive: set[str]
    died: dict[str, tuple[str, str, str]]
    tried: Counter[str]
    seen: set[str] = field(default_factory=set)
    resting: bool = False

    def watching(self, one: Listed) -> Function:
        """The act, tried first wherever somebody calls it."""

        def driven(*args: Any, **kwargs: Any) -> Any:
            if not self.resting and one.name not in self.seen:
                self.seen.add(one.name)
                self.drive(Example(one, args, kwargs).keyed())
            return one.function(*args, **kwargs)

        return driven

    def attempt(self, act: str | Listed, by: Act, **given: Any) -> None:
        """Try this in its place, though nobody does it."""
        one = ACTS[act] if isinstance(act, str) else act
        self.drive(Example(one, (by,), given))

    def drive(self, example: Example) -> None:
        """By everybody, as the house stands; then under each mutant that would differ."""
        self.resting = True
        source = ids._seeded.get("source")
        before = source.getstate() if source else None
        try:
            with undone():
                for who, act in self._everybody(example.act):
                    with undone():
                        self._try(example, who, _at_the_end(who, act))
        finally:
            self.resting = False
            if source and before:
                ids._seeded["source"] = source
                source.setstate(before)
            elif not source:
                ids.unseed()

    def _everybody(self, act: Act | None) -> Iterator[tuple[str, Act | None]]:
        yield RIGHTFUL, act
        yield from attackers(act)

    def _try(self, example: Example, who: str, act: Act | None) -> None:
        def run() -> Any:
            return example.call() if act is None else example.by(act)

        with self.switch.noting() as noted:
            before = outcome(run)
        for name in sorted(noted & self.alive):
            self.tried[name] += 1
            with self.switch.mutated(name):
                after = outcome(run)
            if after[0] == DONE and after != before:
                self.alive.discard(name)
                self.died[name] = (example.listed.name, who, _parted(before, after))


def _at_the_end(who: str, act: Act | None) -> Act | None:
    return replace(act, seat=_ended(act)) if who == ENDED and act else act


def _parted(before: Outcome, after: Outcome) -> str:
    """How two outcomes differ, in words."""
    if before[0] == after[0] == DONE:
        return "other lines, letters or duties"
    return " -> ".join(
        one[0] if one[0] == DONE else f"{one[0]} {one[1]}" for one in (before, after)
    )
