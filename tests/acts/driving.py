"""Every act that goes by is done twice, and by everybody who must not; then it goes on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Max

from keti.groups.models import Seat
from keti.kernel import ids
from keti.kernel.acts import Act
from keti.kernel.guarded import Untold, acting, settle
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from tests.acts.attackers import ENDED, attackers
from tests.acts.listed import Function, Listed
from tests.acts.state import copied, differing, fresh, state, undone, writes

AGAIN = "again"
Lawful = dict[tuple[str, str], str]


@dataclass(frozen=True)
class Example:
    """One call of one act that is to succeed, with what it was handed."""

    listed: Listed
    args: tuple[Any, ...]
    kwargs: dict[str, Any]

    @property
    def act(self) -> Act | None:
        """Who acts; None where the function takes no act."""
        given = self.args[0] if self.args else self.kwargs.get("act")
        return given if isinstance(given, Act) else None

    def keyed(self) -> "Example":
        """The same with a key, where it was done without one."""
        act = self.act
        if act is None or act.key:
            return self
        return replace(self, args=(replace(act, key="driven"), *self.args[1:]))

    def call(self, *, read_again: bool = False) -> Any:
        """Run it on copies, or on rows read again as another request would."""
        of = fresh if read_again else copied
        return self.listed.function(*of(self.args), **of(self.kwargs))

    def by(self, act: Act) -> Any:
        """Run it as somebody else."""
        return self.listed.function(copied(act), *copied(self.args[1:]), **copied(self.kwargs))


@dataclass
class Driver:
    """What was driven, and what went wrong. `lawful` names who may, in spite of what they are."""

    only: frozenset[str] | None = None
    examples: int = 1
    lawful: Lawful = field(default_factory=dict)
    driven: dict[str, int] = field(default_factory=dict)
    denied: dict[tuple[str, str], str] = field(default_factory=dict)
    faults: set[str] = field(default_factory=set)
    used: set[tuple[str, str]] = field(default_factory=set)
    resting: bool = False

    def watching(self, one: Listed) -> Function:
        """The act, driven first wherever somebody calls it."""

        def driven(*args: Any, **kwargs: Any) -> Any:
            wanted = not self.resting and (self.only is None or one.name in self.only)
            if wanted and self.driven.get(one.name, 0) < self.examples:
                self.drive(Example(one, args, kwargs).keyed())
            return one.function(*args, **kwargs)

        return driven

    def drive(self, example: Example) -> None:
        """Do the act twice, then as everybody without the right; take all of it back."""
        name = example.listed.name
        with self._aside():
            if not self._twice(example):
                return
            self.driven[name] = self.driven.get(name, 0) + 1
            with undone():
                for who, act in attackers(example.act):
                    self._deny(example, who, act)

    @contextmanager
    def _aside(self) -> Iterator[None]:
        """What is driven is not driven again inside, and draws no random id that is missed."""
        self.resting = True
        source = ids._seeded.get("source")
        before = source.getstate() if source else None
        try:
            yield
        finally:
            self.resting = False
            if source and before:
                source.setstate(before)

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """Whatever guarded field the act writes stands in a line of it."""
        try:
            with acting():
                yield
                settle()
        except Untold as untold:
            self.faults.add(f"{name}: {untold}")

    def _twice(self, example: Example) -> bool:
        """The second sending leaves no line and changes nothing. False where even the first left
        none: then nothing was to be done, and it is no example."""
        name, kinds = example.listed.name, example.listed.kinds
        with undone():
            seen = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
            with self._told(name):
                example.call()
            fresh_lines = Entry.objects.filter(pk__gt=seen).order_by("pk")
            own = [one.kind for one in fresh_lines if one.kind in kinds]
            if not own:
                return False
            if len(set(own)) != len(own):
                self.faults.add(f"{name}: one sending left the lines {own}")
            once = state()
            with writes() as written:
                try:
                    example.call(read_again=True)
                except Refused as refused:
                    self._unless_lawful(name, AGAIN, f"is refused: {refused.code}")
            tables = differing(once, state()) if written else []
            if tables:
                self.faults.add(f"{name}: the second sending changed {tables}")
        return True

    def _deny(self, example: Example, who: str, act: Act) -> None:
        """Refused in the act, and no row is changed."""
        name = example.listed.name
        with undone():
            if who == ENDED:
                act = replace(act, seat=_ended(act))
            with undone(), writes() as written:
                try:
                    example.by(act)
                except Refused as refused:
                    self.denied[name, who] = refused.code
                else:
                    self._unless_lawful(name, who, "goes through")
                    return
                after = state() if written else None
            tables = differing(after, state()) if after is not None else []
            if tables:
                self.faults.add(f"{name}: refused to {who}, yet it changed {tables}")

    def _unless_lawful(self, name: str, who: str, what: str) -> None:
        if (name, who) in self.lawful:
            self.used.add((name, who))
        else:
            self.faults.add(f"{name}: {who}: {what}")


def _ended(act: Act) -> Seat:
    """The seat of the act, ended at the moment of the act."""
    assert isinstance(act.seat, Seat)
    Seat.objects.filter(pk=act.seat.pk).update(ends_at=act.recorded_at)
    return Seat.objects.with_names().get(pk=act.seat.pk)
