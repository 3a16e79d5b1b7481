"""A plugin of pytest: each test that finds an old fault runs with that fault planted.

`python -m pytest -p tests.planted.planting TESTS`. The fault is planted for the test's own call,
after its world is made. What a test then says is written to the file `KETI_PLANTED` names.
"""

import json
import os
from collections.abc import Generator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

FOUND: dict[str, list[str]] = {}


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, None]:
    """Plant, run, take out; keep how it ended."""
    from tests.acts.listed import replaced  # noqa: PLC0415  (Django is set up by now)
    from tests.planted.listed import FAULTS  # noqa: PLC0415

    test = item.nodeid.partition("[")[0]
    [fault] = [one for one in FAULTS if one.found_by == test]
    room, _, word = fault.function.rpartition(".")
    now = getattr(import_module(room), word)
    with ExitStack() as planted:
        planted.enter_context(replaced({word: (now, fault.before(now))}))
        outcome = yield
    FOUND.setdefault(test, []).append(type(outcome.excinfo[1]).__name__ if outcome.excinfo else "")


def pytest_sessionfinish() -> None:
    Path(os.environ["KETI_PLANTED"]).write_text(json.dumps(FOUND))
