"""The life cycle in random order: whatever is done in it, the rules hold."""

import logging
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from keti.release.tests.conftest import _proof as set_in_type
from keti.release.tests.ending import AGREE, Walk
from tests import cast as casting
from tests.acts.state import undone
from tests.cast import Cast, assemble, recall
from tests.clearing import clear
from tests.cycle.life import ACTS, Life
from tests.prove.stage import CHARTER

FEW, MANY = range(8), range(100, 112)
STEPS = 40


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Papers need not be set; what is refused in a background run is no news."""
    monkeypatch.setattr("keti.release.actions.producing.render", set_in_type)
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def the_beginning() -> Cast:
    """Founded, nothing done."""
    return recall()


def the_book() -> Cast:
    """The final report is handed in; the panel is next."""
    cast = recall()
    Walk(cast).to_the_book()
    cast.at("2030-07-01T00:00")
    return cast


def the_end() -> Cast:
    """Everything judged; closing, roll and publication are next."""
    cast = recall()
    walk = Walk(cast)
    walk.to_the_end()
    walk.consents(*AGREE)
    cast.at("2030-07-14T23:59")
    return cast


def a_winter() -> Cast:
    """The same programme from December to April: its third month ends on the 29th of February."""
    text = CHARTER.read_text().replace("2030-05-31", "2032-02-29")
    text = text.replace("2030-07-31", "2032-04-30")
    for month, moved in WINTER.items():
        text = text.replace(month, moved)
    clear()
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(casting, "MOMENT", "2031-12-01T09:00")
        charter = Path(folder) / "winter.yaml"
        charter.write_text(text)
        cast = assemble(charter)
    cast.at("2031-12-01T09:00")
    return cast


WINTER = {
    "2030-03": "2031-12",
    "2030-04": "2032-01",
    "2030-05": "2032-02",
    "2030-06": "2032-03",
    "2030-07": "2032-04",
}
STARTS = (the_beginning, a_winter, the_end, the_book)


def lived(seeds: range, steps: int) -> list[Life]:
    """A life for every seed, each begun somewhere and taken back."""
    lives = []
    for seed in seeds:
        with undone():
            lives.append(Life(seed, STARTS[seed % len(STARTS)]()).lived(steps))
    return lives


def told(lives: list[Life]) -> Counter[str]:
    """No life is at fault; how often each act went through."""
    faults = [fault for life in lives for fault in life.faults]
    assert "\n".join(faults) == ""
    return sum((life.done for life in lives), Counter())


@pytest.mark.usefixtures("db")
def test_some_lives_in_random_order():
    done = told(lived(FEW, STEPS))
    assert len(done) > 8


@pytest.mark.slow
@pytest.mark.usefixtures("db")
def test_many_lives_in_random_order():
    lives = lived(MANY, STEPS * 2)
    done = told(lives)
    refused = sum((life.refused for life in lives), Counter())
    print(f"{sum(life.steps for life in lives)} steps, {done.total()} acts of {len(done)} kinds,")
    print(f"{refused.total()} refusals of {len(refused)} codes")
    print(f"never: {sorted(set(ACTS) - set(done))}")
    assert len(done) > 25
