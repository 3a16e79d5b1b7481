"""A paper made in a process of its own."""

import os
import subprocess
import sys

import pytest

from keti.documents.rules import apart
from keti.documents.rules.paper import Paper
from keti.documents.rules.render import render
from keti.documents.rules.written import as_body
from keti.kernel.refusals import Refused

PAPER = Paper(
    "report", "月度报告（演示）", number="演〔2030〕1号", body=as_body("60万~100万。\n\n第二段。")
)
ITSELF = (
    "import os; from pathlib import Path; from keti.kernel.modest import be_modest; "
    "group = Path('/proc/self/autogroup'); "
    "of = lambda: (group.read_text().split() or ['none'])[-1] if group.exists() else 'none'; "
    "before = of(); be_modest(); print(os.nice(0), before, of())"
)


@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_it_is_the_same_file(form):
    assert apart.render(PAPER, form) == render(PAPER, form)


def test_what_is_refused_there_is_refused_here_with_its_reason():
    with pytest.raises(Refused) as refused:
        apart.render(PAPER, "exe")
    assert refused.value.code == "documents.form-unknown"


def test_a_refusal_on_the_way_keeps_its_facts(monkeypatch):
    lacking = (
        "import sys, keti.documents.rules.apart as apart; from keti.kernel.refusals import *\n"
    )
    lacking += "def no(*_): raise Refused('documents.text-too-tangled', seconds=20)\n"
    lacking += "apart.forms.render = no; sys.exit(apart.main('docx'))"
    monkeypatch.setattr(apart, "COMMAND", [sys.executable, "-c", lacking])
    with pytest.raises(Refused) as refused:
        apart.render(PAPER, "docx")
    assert refused.value.sentence() == Refused("documents.text-too-tangled", seconds=20).sentence()


def test_what_breaks_there_is_told_here(monkeypatch):
    monkeypatch.setattr(apart, "COMMAND", [sys.executable, "-c", "raise SystemExit('broke off')"])
    with pytest.raises(RuntimeError, match="broke off"):
        apart.render(PAPER, "docx")


def said(*, own_session: bool) -> list[str]:
    """How a process that is modest stands: its wish, and its session's before and after."""
    ran = subprocess.run(
        [sys.executable, "-c", ITSELF],
        start_new_session=own_session,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.split()


def test_it_asks_for_what_is_left_over_as_a_process_and_as_a_session():
    """Where sessions are weighed against each other, a process alone asks in vain.

    A process whose session was begun before the system weighed sessions belongs to none: its file
    is there and empty, and there is nothing to wish for.
    """
    modest = str(min(19, os.nice(0) + 15))
    nice, before, after = said(own_session=True)
    assert nice == modest
    assert (before, after) in {("0", "10"), ("none", "none")}
    nice, before, after = said(own_session=False)
    assert (nice, after) == (modest, before)
