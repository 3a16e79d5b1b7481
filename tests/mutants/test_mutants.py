"""Mutants of the permissions: each check says yes, each filter lets everything through, one by
one, in a house where every role looks at every page and tries every act. All must be noticed."""

import logging
from collections.abc import Iterator
from inspect import signature

import pytest

from keti.release.tests.conftest import _proof as set_in_type
from keti.reports import permissions as reports
from tests.mutants.listed import BARS, BY_HAND, NEITHER, functions, mutants
from tests.mutants.switch import switched
from tests.mutants.trial import Trial

EQUIVALENT: dict[str, str] = {}
"""Mutants nobody can notice, each with the proof; four at most."""
MOST = 4


@pytest.fixture
def _quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages that are not there are no news, and papers need not be set."""
    monkeypatch.setattr("keti.release.actions.producing.render", set_in_type)
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_every_function_of_the_permissions_is_mutated_or_named() -> None:
    every, mutated = {name for name, _ in functions()}, set(mutants())
    assert mutated | set(NEITHER) == every
    assert mutated & set(NEITHER) == set()
    assert BARS | set(BY_HAND) | set(EQUIVALENT) <= mutated
    assert len(EQUIVALENT) <= MOST
    assert len(mutated) > 120


def test_a_mutant_takes_what_its_function_takes() -> None:
    """Else it breaks down where it should say yes, and nothing is tried."""
    asked = {
        name: (signature(one.function).parameters.values(), signature(one.instead))
        for name, one in mutants().items()
    }
    wrong = []
    for name, (parameters, instead) in asked.items():
        given = [one for one in parameters if one.kind is not one.VAR_POSITIONAL]
        named = {one.name: one for one in given if one.kind is one.KEYWORD_ONLY}
        placed = [one for one in given if one.name not in named]
        for several in ([one for one in placed if one.default is one.empty], placed):
            try:
                instead.bind(name, *several, **named)
            except TypeError as error:
                wrong.append(f"{name}: {error}")
    assert wrong == []


def test_a_switch_reaches_every_place_and_leaves_none() -> None:
    name, kept = "reports.is_reader", {"kept": reports.is_reader}
    before = reports.is_reader.__code__
    with switched(mutants()) as switch, switch.mutated(name):
        assert kept["kept"](None, None) is True
    assert reports.is_reader.__code__ is before


@pytest.mark.prove
@pytest.mark.usefixtures("_quiet")
def test_every_mutant_is_noticed(db: None) -> None:
    trial = Trial(spared=frozenset(EQUIVALENT)).run()
    for name, how in sorted(trial.died.items()):
        print(name, *how, sep=" | ")
    print(f"{len(trial.died)} died, {len(trial.alive)} live, {trial.tried.total()} tries")
    living = {name: trial.tried[name] for name in trial.alive - set(EQUIVALENT)}
    assert living == {}
    assert set(EQUIVALENT) <= trial.alive
