"""A paper made in a process of its own."""

import os
import subprocess
import sys
import time

import pytest

from keti.documents.doors import made
from keti.documents.rules import apart
from keti.documents.rules.paper import Paper
from keti.documents.rules.render import render
from keti.documents.rules.written import Head, as_body
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
    lacking += "def no(*_): raise Refused('documents.fonts-missing', families='x')\n"
    lacking += "apart.forms.render = no; sys.exit(apart.main('docx'))"
    monkeypatch.setattr(apart, "COMMAND", [sys.executable, "-c", lacking])
    with pytest.raises(Refused) as refused:
        apart.render(PAPER, "docx")
    assert refused.value.sentence() == Refused("documents.fonts-missing", families="x").sentence()


def test_what_breaks_there_is_told_here(monkeypatch):
    monkeypatch.setattr(apart, "COMMAND", [sys.executable, "-c", "raise SystemExit('broke off')"])
    with pytest.raises(RuntimeError, match="broke off"):
        apart.render(PAPER, "docx")


LONG = Paper(
    "report",
    "长表（演示）",
    body=(Head("概况"), *as_body("一句。"), Head("清单"), *as_body("甲\t乙\n" * 3000)),
)
CHILD = "import sys, time, keti.documents.rules.apart as apart; {}; sys.exit(apart.main('{}'))"


def no_more_than(monkeypatch, said: str, form: str = "pdf") -> Refused:
    """What is said where the process lives under this limit."""
    command = [sys.executable, "-c", CHILD.format(said, form)]
    monkeypatch.setattr(apart, "COMMAND", command)
    with pytest.raises(Refused) as refused:
        apart.render(LONG, form)
    return refused.value


def test_what_takes_too_much_memory_is_refused_in_words(monkeypatch):
    refused = no_more_than(monkeypatch, "apart.MEGABYTES = 150")
    assert refused.code == "documents.paper-too-large"
    words = refused.sentence("zh-hans")
    assert "“长表（演示）”的PDF文件" in words and "“清单”（约6000字）" in words
    assert "文字没有变" in words and "Word" in words


def test_what_takes_too_long_is_ended_with_all_it_started(monkeypatch, tmp_path):
    started = tmp_path / "started"
    begun = f"open({str(started)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {begun!r}])"
    program = program.replace("open(", "import os, time; open(", 1)
    monkeypatch.setattr(apart, "SECONDS", 2)
    refused = no_more_than(monkeypatch, f"exec({program!r})")
    assert (refused.code, refused.facts["seconds"]) == ("documents.paper-too-slow", 2)
    assert "清单" in refused.sentence("en")
    with pytest.raises(ProcessLookupError):
        for _ in range(50):
            os.kill(int(started.read_text()), 0)
            time.sleep(0.1)


def test_a_process_whose_worker_is_gone_ends_by_its_own_alarm(monkeypatch):
    endless = "apart.SECONDS = -4; apart.forms.render = lambda *_: time.sleep(60)"
    assert no_more_than(monkeypatch, endless).code == "documents.paper-too-slow"


def test_a_text_that_word_cannot_be_made_of_in_time_is_no_tangle_of_marks(monkeypatch):
    slow = (
        "from keti.kernel.refusals import Refused\n"
        "def no(*_): raise Refused('documents.text-too-tangled', seconds=20)\n"
        "apart.forms.render = no; 0"
    )
    refused = no_more_than(monkeypatch, f"exec({slow!r})", "docx")
    assert (refused.code, refused.facts["seconds"]) == ("documents.paper-too-slow", "20")


def test_a_worker_outlives_the_paper_it_waits_for():
    assert apart.SECONDS + 10 < made.SECONDS


def test_a_paper_of_thousands_of_rows_is_set_within_its_limits():
    assert apart.render(LONG, "pdf").data.startswith(b"%PDF")


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
