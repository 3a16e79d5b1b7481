"""Old faults, planted anew one by one: the test that is named finds each."""

import json
import subprocess
import sys
from importlib import import_module

import pytest

from tests.house.sources import ROOT
from tests.planted.listed import FAULTS
from tests.serving import environment

BROKEN = {"NameError", "ImportError", "AttributeError", "SyntaxError", "TypeError"}
"""Errors that would say that the plant is no function of the house, not that it was found."""


def test_every_fault_names_a_function_and_a_test_of_its_own():
    for one in FAULTS:
        room, _, word = one.function.rpartition(".")
        assert callable(getattr(import_module(room), word))
        file, _, test = one.found_by.partition("::")
        assert f"def {test}(" in (ROOT / file).read_text()
    assert len({one.found_by for one in FAULTS}) == len(FAULTS) >= 10


@pytest.mark.prove
@pytest.mark.once
def test_every_old_fault_is_found(tmp_path):
    """In a run of its own: the same tests hold in the suite, where nothing is planted."""
    said = tmp_path / "found.json"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.planted.planting"]
    done = subprocess.run(
        [*command, *(one.found_by for one in FAULTS)],
        cwd=ROOT, env=environment() | {"KETI_PLANTED": str(said)},
        capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    assert said.exists(), (done.stdout + done.stderr)[-3000:]
    found = json.loads(said.read_text())
    for one in FAULTS:
        print(one.what, sorted(set(found.get(one.found_by, []))), sep=" | ")
    unfound = [one.what for one in FAULTS if not set(found.get(one.found_by, [])) - {""} - BROKEN]
    assert unfound == []
