"""How long a rehearsal takes and what it says: `python -m bench.rehearsal` rewrites its figures."""

from random import Random

from bench.language import NOTICE, cpu, placed
from keti.charter.rules import load
from keti.charter.rules.rehearsal import Assumptions, changed, changes, rehearse
from keti.charter.rules.rehearsal.queue import Desk

HEAD = "## Rehearsal"
RUNS, CUSTOMERS = 500, 60_000
LOADS = (0.3, 0.5, 0.7)
VARIANTS = {
    "as assumed": {},
    "2 hours a day instead of 3": {"hours_a_day": 2.0},
    "4 hours a day": {"hours_a_day": 4.0},
    "work begins at once": {"begin": 0.0},
    "nothing is sent back": {"revise_first": 0.0, "revise_later": 0.0},
}


def mean_wait(load_: float) -> float:
    """The mean wait at one desk with random arrivals and random work, one a day on average."""
    random, over, arrivals, efforts = Random(7), {}, [], []
    desk = Desk(1, lambda time, thing: desk.give(time, 0, time, efforts[thing], thing),
                lambda time, thing: over.__setitem__(thing, time))  # fmt: skip
    now = 0.0
    for number in range(CUSTOMERS):
        now += random.expovariate(load_)
        arrivals.append(now)
        efforts.append(random.expovariate(1.0))
        desk.at(now, number)
    desk.run()
    return sum(over[n] - efforts[n] - arrivals[n] for n in range(CUSTOMERS)) / CUSTOMERS


def section() -> list[str]:
    """The part of the page about rehearsals."""
    compiled, _ = load(NOTICE, "notice")
    assert compiled is not None
    runs = cpu(lambda number: rehearse(compiled, runs=RUNS, seed=number + 1), 3)
    outlook = rehearse(compiled, runs=RUNS)
    moved = cpu(lambda number: changes(compiled, outlook), 3)
    lines = [
        HEAD, "",
        f"{RUNS} runs of the notice's programme take {runs / 1000:.2f} s of CPU on one core; what",
        f"one day earlier of each cut-off changes takes {moved / 1000:.2f} s more.", "",
        f"The event queue against the formula for one desk (M/M/1, {CUSTOMERS:,} arrivals):", "",
        "| load | mean wait by the formula | found |", "|---:|---:|---:|",
    ]  # fmt: skip
    lines += [f"| {one} | {one / (1 - one):.3f} | {mean_wait(one):.3f} |" for one in LOADS]
    lines += [
        "", "The notice's programme under other assumptions; these are ranges, no forecast:", "",
        "| assumptions | duties late | end: 1 run in 10 by | half by | 9 in 10 by | due |",
        "|---|---:|---|---|---|---|",
    ]  # fmt: skip
    for name, answers in VARIANTS.items():
        seen = rehearse(compiled, changed(Assumptions(), answers), runs=RUNS)
        late = sum(one.late for one in seen.ranges) / len(seen.ranges)
        end = seen.end
        if end:
            lines.append(f"| {name} | {late:.0%} | {end.p10} | {end.p50} | {end.p90} | {end.due} |")
    return [*lines, ""]


if __name__ == "__main__":
    placed(HEAD, section())
