"""Every function of the permissions behind a switch, wherever it is named, kept or handed on.

Not the name is replaced but the code of the function itself: a table, a default or a closure that
holds the function holds the switch as well.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any

from django.db.models import QuerySet

from keti.kernel import prepared
from tests.mutants.listed import Mutant

Function = Callable[..., Any]
TEMPLATE = """
def switched(*args, **kwargs):
    from tests.mutants.switch import SWITCH
    return SWITCH.asked({name!r}, args, kwargs)
"""


class Switch:
    """Which mutant is on, and which functions said something their mutants would not say."""

    def __init__(self) -> None:
        self.mutants: dict[str, Mutant] = {}
        self.originals: dict[str, Function] = {}
        self.on = ""
        self.noted: set[str] | None = None

    def asked(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """The answer of this function, or of its mutant."""
        original = self.originals[name]
        if name == self.on:
            return self.mutants[name].instead(original, *args, **kwargs)
        if self.noted is None or name in self.noted:
            return original(*args, **kwargs)
        try:
            answer = original(*args, **kwargs)
        except Exception:
            self.noted.add(name)
            raise
        if self._differs(name, answer, args, kwargs):
            self.noted.add(name)
        return answer

    def _differs(
        self, name: str, answer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> bool:
        """Would the mutant have said something else? Of rows: others? Of conditions
        nobody can tell without the rows; they count as differing."""
        noted, self.noted = self.noted, None
        try:
            other = self.mutants[name].instead(self.originals[name], *args, **kwargs)
            if isinstance(answer, QuerySet):
                rows = [set(one.order_by().values_list("pk", flat=True)) for one in (other, answer)]
                return rows[0] != rows[1]
            return bool(other != answer)
        finally:
            self.noted = noted

    @contextmanager
    def noting(self) -> Iterator[set[str]]:
        """The functions whose mutants would have answered otherwise in this block."""
        self.noted = found = set()
        try:
            yield found
        finally:
            self.noted = None

    @contextmanager
    def mutated(self, name: str) -> Iterator[None]:
        """This one mutant is on."""
        self.on = name
        try:
            yield
        finally:
            self.on = ""


SWITCH = Switch()


@contextmanager
def switched(mutants: dict[str, Mutant]) -> Iterator[Switch]:
    """Every one of these functions goes by the switch."""
    kept = {name: (one.function, one.function.__code__) for name, one in mutants.items()}
    SWITCH.mutants = mutants
    for name, (function, code) in kept.items():
        twin = FunctionType(code, function.__globals__, function.__name__, function.__defaults__)
        twin.__kwdefaults__ = function.__kwdefaults__
        SWITCH.originals[name] = twin
        space: dict[str, Any] = {}
        exec(TEMPLATE.format(name=name), space)
        function.__code__ = space["switched"].__code__
    # A statement kept from before would answer for the mutant as well.
    known = prepared._known
    prepared._known = lambda *_asked: None
    try:
        yield SWITCH
    finally:
        prepared._known = known
        for function, code in kept.values():
            function.__code__ = code
        SWITCH.mutants, SWITCH.originals = {}, {}
