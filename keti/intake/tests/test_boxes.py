"""The boxes of an application form are what the charter says: a choice is a choice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from keti.charter.rules import load
from keti.intake.forms.application import ApplicationForm
from keti.kernel.acts import Text

CHARTER = Path(__file__).parents[3] / "tests" / "cast.yaml"
BOX = "topic: {zh: 研究方向, en: Field, kind: text, max_chars: 100}"
CHOICE = "topic: {zh: 研究方向, en: Field, kind: choice, options: [山, 海], hint: 选一个。}"


@pytest.fixture
def form():
    text = CHARTER.read_text("utf-8")
    assert text.count(BOX) == 1
    compiled, _ = load(text.replace(BOX, CHOICE), "cast.yaml")
    admission = compiled.admission
    track = replace(admission.tracks[0], choices=())

    def made(**answers: str) -> ApplicationForm:
        return ApplicationForm(
            data={"key": "k", **answers},
            admission=admission, track=track, titles={}, lang="zh-hans",
        )  # fmt: skip

    return made


def test_a_choice_offers_what_the_charter_names_and_takes_nothing_else(form):
    box = form().fields["field_topic"]
    assert [key for key, _ in box.choices] == ["", "山", "海"]
    assert box.help_text == "选一个。"
    assert "field_topic" not in form(field_topic="海").errors
    assert "field_topic" in form(field_topic="河").errors


def test_a_hint_stands_beside_the_limit(form):
    told = form()
    assert told.fields["field_offer"].help_text.startswith("最多")
    one = replace(told.admission.fields[1], hint=Text("写明年份。", "Name the years."))
    admission = replace(told.admission, fields=(one,))
    shown = ApplicationForm(
        admission=admission, track=told.track, titles={}, lang="zh-hans"
    ).fields["field_offer"]
    assert shown.help_text.startswith("写明年份。 最多")
