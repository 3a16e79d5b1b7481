"""Decisions on request: no day of their own, asked for by somebody, granted or refused."""

from datetime import timedelta

import pytest

from keti.charter.rules import load
from keti.charter.rules.lint import lint
from keti.charter.tests.small import TIDY

ASKED = """\
gates:
  longer:
    zh: 延期
    en: More time
    per: team
    decides: [asker]
    outcomes: [approve, refuse]
    on_request: true
    asked_by: [head]
    within: P14D
"""
OUT, ASKED_BY = "gates.longer.outcomes", "gates.longer.asked_by"
CHARTER = TIDY.replace("gates:\n", ASKED, 1)


def told(text: str) -> list[tuple[str, str, int]]:
    """Number, path and line of every finding that is no note."""
    found = lint(text, "tidy.yaml")
    for one in found:
        assert one.sentence("zh")
        assert one.sentence("en")
    return [(one.number, one.path, one.line) for one in found if one.severity != "note"]


def line(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


def test_a_decision_on_request_is_owed_by_nobody_until_somebody_asks():
    charter, found = load(CHARTER, "tidy.yaml")
    before, _ = load(TIDY, "tidy.yaml")
    assert found == []
    assert charter.obligations == before.obligations
    assert charter.gates == before.gates
    assert [one.key for one in charter.requests] == ["longer@team.a", "longer@team.b"]
    one = charter.requests[0]
    assert (one.asked_by, one.within, one.inputs) == (("head",), timedelta(days=14), ())
    assert [each.title.en for each in one.outcomes] == ["Granted", "Refused"]
    assert charter.gate("longer@team.a/3") == one
    assert told(CHARTER) == []


def test_its_term_is_that_of_answers_where_it_says_none():
    text = CHARTER.replace("    within: P14D\n", "")
    assert load(text, "tidy.yaml")[0].requests[0].within == timedelta(days=7)
    text = text.replace("obligations:\n", "obligations:\n  late: {respond: {decide: P3D}}\n", 1)
    assert load(text, "tidy.yaml")[0].requests[0].within == timedelta(days=3)


@pytest.mark.parametrize(
    ("old", "new", "code", "path", "at"),
    [
        ("    within: P14D\n", "    by: 2022-09-01\n", "GAT311", "gates.longer.by", "by: 2022-09"),
        ("[approve, refuse]", "[approve, revise]", "GAT312", OUT, "[approve, revise]\n    on"),
        ("[approve, refuse]", "[stop, approve, refuse]", "GAT312", OUT, "[stop, approve"),
        ("    on_request: true\n", "    by: 2022-09-01\n", "GAT314", ASKED_BY, "asked_by"),
        ("[close, revise]", "[close, refuse]", "GAT315", "gates.end.outcomes", "[close, refuse]"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_line(old, new, code, path, at):
    text = CHARTER.replace(old, new, 1)
    found = [one for one in told(text) if one[0] == code]
    assert (code, path, line(text, at)) in found


def test_nobody_may_ask_is_an_error():
    text = CHARTER.replace("    asked_by: [head]\n", "").replace("can: [lead]", "can: [read]")
    text = text.replace("can: [manage]", "can: [read]")
    assert ("GAT313", "gates.longer", line(text, "longer:")) in told(text)


def test_nothing_waits_for_what_may_never_be_asked_for():
    text = CHARTER.replace("when: all(check.approve)", "when: all(longer.approve)", 1)
    assert "charter.unknown-fact" in {one.code for one in load(text, "tidy.yaml")[1]}
    text = CHARTER.replace("needs: [end]", "needs: [end, longer]", 1)
    assert "charter.unknown-work" in {one.code for one in load(text, "tidy.yaml")[1]}


MEETING = """\
obligations:
  board: {zh: 理事会, en: Board, by: clerk, record: minutes, months: [1, 2, 3], from: time.from}
"""


def test_a_gate_hears_the_last_meeting_before_its_day():
    text = TIDY.replace("obligations:\n", MEETING, 1)
    text = text.replace(
        "    when: all(check.approve) or any(check.stop)\n", "    inputs: [board]\n"
    )
    charter, found = load(text, "tidy.yaml")
    assert found == []
    board = [one for one in charter.obligations if one.kind == "board"]
    assert len(board) == 3
    assert charter.gate("end@whole").inputs == (board[-1].key,)
    [end] = [one for one in charter.obligations if one.gate == "end@whole"]
    assert end.needs == (board[-1].key,)
    earlier = text.replace("by: 2022-11-30", "by: 2022-07-30")
    charter, _ = load(earlier, "tidy.yaml")
    last = [one.key for one in board if one.due_at <= charter.gate("end@whole").by_at][-1]
    assert charter.gate("end@whole").inputs == (last,)
    assert last != board[-1].key
    assert "RUN908" not in {code for code, _path, _line in told(text)}


def test_a_request_may_wait_for_a_meeting_that_comes_again():
    text = CHARTER.replace("obligations:\n", MEETING, 1)
    text = text.replace("    within: P14D\n", "    within: P14D\n    inputs: [board]\n", 1)
    charter, found = load(text, "tidy.yaml")
    assert found == []
    assert len(charter.requests[0].inputs) == 3
