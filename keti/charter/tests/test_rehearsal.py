"""Rehearsal: queues with known answers, exact chains, ranges that say on what they rest."""

from __future__ import annotations

import json
from datetime import date
from random import Random

import pytest

from keti import commands
from keti.__main__ import main
from keti.charter.rules import load
from keti.charter.rules.rehearsal import (
    Assumptions,
    BadAssumption,
    as_numbers,
    changed,
    changes,
    rehearse,
)
from keti.charter.rules.rehearsal.queue import Simulator
from keti.charter.rules.rehearsal.told import as_json, as_text
from keti.charter.tests.small import NOTICE
from keti.charter.tests.sound import SOUND, bent

EXACT = {"spread": 0, "begin": 0, "revise_first": 0, "revise_later": 0, "hours_a_day": 8}


def waits(arrivals: list[float], efforts: list[float], people: int = 1) -> list[float]:
    """How long each thing waits for one of the people, taken in turn, before it is begun."""
    over: dict[int, float] = {}

    def arrived(time: float, thing: int) -> None:
        desk.give(time, thing % people, time, efforts[thing], thing)

    desk = Simulator(people, arrived, lambda time, thing: over.__setitem__(thing, time))
    for number, time in enumerate(arrivals):
        desk.at(time, number)
    desk.run()
    return [over[n] - efforts[n] - arrivals[n] for n in range(len(arrivals))]


def poisson(random: Random, rate: float, count: int) -> list[float]:
    times, now = [], 0.0
    for _ in range(count):
        now += random.expovariate(rate)
        times.append(now)
    return times


@pytest.mark.parametrize("load_", [0.3, 0.5, 0.7])
def test_one_desk_with_random_work_waits_as_the_formula_says(load_):
    """M/M/1: the mean wait is load / (rate of service - rate of arrival)."""
    random, count = Random(7), 60_000
    arrivals = poisson(random, load_, count)
    found = waits(arrivals, [random.expovariate(1.0) for _ in range(count)])
    assert sum(found) / count == pytest.approx(load_ / (1 - load_), rel=0.06)


def test_one_desk_with_equal_work_waits_half_as_long():
    """M/D/1: the mean wait is half of that."""
    random, count = Random(11), 60_000
    found = waits(poisson(random, 0.6, count), [1.0] * count)
    assert sum(found) / count == pytest.approx(0.6 / 0.4 / 2, rel=0.06)


def test_a_desk_is_booked_in_the_order_of_time():
    """What comes at noon waits for what is being done, not for what will come in the evening."""
    assert waits([10.0, 0.0, 4.0], [1.0, 5.0, 2.0]) == [0.0, 0.0, 1.0]


def test_of_two_waiting_things_the_one_due_first_is_taken():
    over: list[int] = []
    desk = Simulator(1, lambda time, thing: desk.give(time, 0, 10.0 - thing, 1.0, thing),
                lambda time, thing: over.append(thing))  # fmt: skip
    for thing in (1, 2, 3):
        desk.at(0.0, thing)
    desk.run()
    assert over == [1, 3, 2]


CHAIN = """\
keti: charter/1
tz: Asia/Shanghai
workdays: mon-fri
programme: {id: chain, title: 链, commissioner: house}
parties: {house: {zh: 家（演示）}}
groups: {whole: {zh: 全体}}
roles:
  one: {in: whole, min: 1, holder: house, can: [manage]}
  two: {in: whole, min: 1, can: [commission], appointed_by: one}
calendar: {time: {from: 2030-01-07, to: 2030-03-29}}
deliverables:
  first: {by: one, form: file, opens: 2030-01-07, due: 2030-01-11}
  second: {by: two, form: file, opens: 2030-01-07, due: 2030-01-11, needs: [first]}
  third: {by: one, form: file, opens: 2030-01-14, due: 2030-01-18, needs: [second]}
gates:
  verdict: {decides: [two], inputs: [third], outcomes: [approve, revise], opens: 2030-01-14,
            by: 2030-01-25, max_rounds: 3, revise_within: P7D}
"""


def chain(text: str = CHAIN, runs: int = 3, **answers: float):
    compiled, found = load(text, "chain.yaml")
    assert compiled, [one.as_text("en") for one in found]
    assumed = changed(Assumptions(), {**EXACT, "hours.file": 16, "hours.decision": 8, **answers})
    return rehearse(compiled, assumed, runs=runs)


def days(outlook) -> dict[str, tuple[date, date, date]]:
    return {one.kind: (one.p10, one.p50, one.p90) for one in outlook.ranges}


def test_a_chain_without_chance_ends_on_the_day_one_can_count():
    """Two days each: 8 January, 10 January; the third opens on the 14th: 15, the verdict 16."""
    found = days(chain())
    for kind, day in (("first", 8), ("second", 10), ("third", 15), ("gate.verdict", 16)):
        assert found[kind] == (date(2030, 1, day),) * 3, kind


def test_days_off_are_left_out():
    found = days(chain(**{"hours.file": 24}))
    assert found["second"][1] == date(2030, 1, 14)
    assert found["third"][1] == date(2030, 1, 17)


def test_the_same_person_does_one_thing_after_the_other():
    text = CHAIN.replace("by: two, form", "by: one, form").replace(", needs: [first]", "")
    assert days(chain(text))["second"][1] == date(2030, 1, 10)
    assert days(chain(CHAIN.replace(", needs: [first]", "")))["second"][1] == date(2030, 1, 8)


def test_every_round_sent_back_costs_a_revision_and_a_reading():
    """Two rounds come back: 16 + (1 + 1) + (1 + 1) working days, a weekend between."""
    found = chain(**{"revise_first": 1, "revise_later": 1, "revision": 0.5})
    assert days(found)["gate.verdict"][1] == date(2030, 1, 22)
    once = chain(**{"revise_first": 1, "revise_later": 0, "revision": 0.5})
    assert days(once)["gate.verdict"][1] == date(2030, 1, 18)


def test_a_third_of_the_first_rounds_comes_back_when_a_third_is_assumed():
    found = chain(CHAIN.replace("by: 2030-01-25", "by: 2030-01-16"), 2000, revise_first=1 / 3)
    assert found.end.kind == "gate.verdict"
    assert found.end.late == pytest.approx(1 / 3, abs=0.03)


def test_nothing_is_late_where_there_is_time_and_all_where_there_is_none():
    assert {one.kind: one.late for one in chain().ranges} == {
        "first": 0, "second": 0, "third": 0, "gate.verdict": 0,
    }  # fmt: skip
    assert {one.kind: one.late for one in chain(**{"hours.file": 40}).ranges} == {
        "first": 0, "second": 1, "third": 1, "gate.verdict": 1,
    }  # fmt: skip


def test_one_day_earlier_helps_where_the_opening_holds_the_end():
    compiled, _ = load(CHAIN.replace("opens: 2030-01-14, due", "opens: 2030-01-16, due"), "c")
    outlook = rehearse(compiled, chain().assumed, runs=5)
    assert [(one.kind, round(one.end, 6)) for one in changes(compiled, outlook)] == [("third", 1.0)]


def test_what_holds_the_end_is_counted_from_the_last_date_that_had_to_be_awaited():
    held = [(one.kind, round(one.days, 6)) for one in chain().held]
    assert held == [("third", 2.0), ("gate.verdict", 1.0)]


def test_recorded_durations_take_the_place_of_assumptions():
    compiled, _ = load(CHAIN, "chain.yaml")
    outlook = rehearse(compiled, chain().assumed, runs=5, recorded={"first": [4.0], "second": []})
    assert days(outlook)["first"][1] == date(2030, 1, 10)
    assert days(outlook)["second"][1] == date(2030, 1, 14)
    assert dict(outlook.recorded) == {"first": 1}


def test_a_recorded_meeting_is_counted_from_its_opening():
    text = CHAIN.replace("deliverables:\n", "obligations:\n  talk: {by: one, form: meeting, opens: "
                         "P7D, due: 2030-01-11}\ndeliverables:\n")  # fmt: skip
    assert days(chain(text))["talk"][1] == date(2030, 1, 11)
    outlook = rehearse(load(text, "c")[0], chain().assumed, runs=5, recorded={"talk": [6.0]})
    assert days(outlook)["talk"][1] == date(2030, 1, 14)
    assert {one.kind: one.late for one in outlook.ranges}["talk"] == 1


def test_a_condition_that_counts_waits_for_as_many():
    text = bent("when: all(check.approve)", "when: count(check.approve) >= 1")
    for body, waits_for_all in ((SOUND, True), (text, False)):
        compiled, _ = load(body, "sound.yaml")
        recorded = {"paper": [1.0], "gate.check": [1.0, 400.0]}
        outlook = rehearse(compiled, changed(Assumptions(), EXACT), runs=20, recorded=recorded)
        panel = next(one for one in outlook.ranges if one.kind == "gate.panel")
        assert (panel.p50 > date(2023, 1, 1)) is waits_for_all


def test_work_that_waits_in_a_circle_is_never_done():
    text = CHAIN.replace("due: 2030-01-11}\n  second", "due: 2030-01-11, needs: [third]}\n  second")
    assert {one.never for one in chain(text).ranges} == {1.0}


def test_the_same_seed_tells_the_same_and_another_something_else():
    compiled, _ = load(NOTICE.read_text("utf-8"), "n")
    first, again = (as_json(rehearse(compiled, runs=20, seed=5), (), "zh") for _ in range(2))
    assert first == again
    assert as_json(rehearse(compiled, runs=20, seed=6), (), "zh") != first


def test_the_notice_is_rehearsed_whole():
    compiled, _ = load(NOTICE.read_text("utf-8"), "n")
    outlook = rehearse(compiled, runs=40)
    kinds = {one.kind for one in compiled.obligations}
    assert {one.kind for one in outlook.ranges} == kinds
    assert all(one.p10 <= one.p50 <= one.p90 and one.never == 0 for one in outlook.ranges)
    more = rehearse(compiled, changed(Assumptions(), {"hours_a_day": 6}), runs=40)
    assert more.end.p50 <= outlook.end.p50
    late = [sum(one.late for one in both.ranges) for both in (more, outlook)]
    assert late[0] < late[1]


def test_it_never_claims_to_foretell():
    compiled, _ = load(NOTICE.read_text("utf-8"), "n")
    outlook = rehearse(compiled, runs=10)
    moved = changes(compiled, outlook)
    for lang, word, note in (("zh", "预测", "不是预测"), ("en", "forecast", "not a forecast")):
        for said in (as_text(outlook, moved, lang), as_json(outlook, moved, lang)):
            assert said.count(word) == said.count(note) == 1
    data = json.loads(as_json(outlook, moved, "en"))
    assert data["assumptions"]["hours_a_day"]["value"] == 3.0
    assert data["end"]["kind"] == outlook.end.kind


@pytest.mark.parametrize(
    ("name", "value"),
    [("hours_a_day", 0), ("begin", 2), ("hours.report", -1), ("speed", 1), ("hours", 3),
     ("spread", "wide"), ("hours.thinking", 1), ("monthly", "nan")],
)  # fmt: skip
def test_what_cannot_be_assumed_is_refused(name, value):
    with pytest.raises(BadAssumption):
        changed(Assumptions(), {name: value})


def test_every_assumption_can_be_changed_by_its_name():
    numbers = as_numbers(Assumptions())
    assert as_numbers(changed(Assumptions(), numbers)) == numbers
    assert changed(Assumptions(), {"hours.report": "9.5"}).hours["report"] == 9.5


def test_the_command_rehearses_a_file(capsys):
    arguments = ["rehearse", str(NOTICE), "--runs", "5", "--seed", "3", "--json", "--lang", "en"]
    assert main([*arguments, "--assume", "hours_a_day=5"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["runs"], data["seed"], data["assumptions"]["hours_a_day"]["value"]) == (5, 3, 5.0)
    assert main([*arguments, "--assume", "speed=5"]) == 2
    assert "speed" in capsys.readouterr().err
    written = commands.charters_folder() / "notice-as-written.yaml"
    assert main(["rehearse", str(written), "--lang", "en"]) == 1
    assert "GAT302" in capsys.readouterr().out
