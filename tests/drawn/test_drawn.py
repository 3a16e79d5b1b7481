"""Charters drawn at random that lint has nothing against: founded in the browser's way, lived to
their end, none stuck.

`python -m tests.prove.drawn`: five hundred of them, and what was in them.
"""

from collections import Counter
from random import Random
from traceback import format_exc

import pytest
from django.db import transaction

from tests.cast import Cast
from tests.drawn.charters import TEMPLATES, drawn, kind_of
from tests.drawn.living import lived
from tests.drawn.spread import there_is


def all_lived(cast: Cast, seeds: range) -> tuple[Counter[str], list[str]]:
    """What was in the charters of these seeds, and what did not hold of which."""
    spread, faults = Counter[str](), []
    client, founder = cast.qin.client, cast.qin.person
    for seed in seeds:
        one = drawn(seed)
        spread.update(one.parts)
        spread["refused by lint before"] += one.refused
        with transaction.atomic():
            try:
                found = lived(client, founder, one, seed)
            except Exception:
                found = [f"broke off: {format_exc()}"]
            transaction.set_rollback(True)
        faults += [f"seed {seed}: {fault}" for fault in found]
    return spread, faults


def test_every_form_template_and_key_that_is_carried_out_is_drawn() -> None:
    """Looked at as it is drawn, before lint: what five hundred seeds begin with."""
    found = Counter(
        part for seed in range(500) for part in kind_of(seed)(Random(f"charter {seed}"))[1]
    )
    assert there_is() - set(found) == set()
    assert {f"template {one}" for one in TEMPLATES} <= set(found)


@pytest.mark.slow
@pytest.mark.play
def test_twenty_five_drawn_charters_come_to_their_end(cast: Cast) -> None:
    spread, faults = all_lived(cast, range(25))
    assert faults == []
    assert len(spread) > 60
