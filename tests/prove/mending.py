"""Prove that merging, correcting and undoing lose nothing over a thousand random sequences.

`python -m tests.prove mending`; with numbers of its own `... tests.prove.mending FIRST COUNT`.
The seed of every sequence that does not hold is printed.
"""

import logging
import os
import sys
import tempfile
import time
from collections import Counter
from importlib import import_module
from pathlib import Path

FIRST, COUNT = 5000, 1000
CHARTER = Path(__file__).parents[1] / "cast.yaml"


def main(arguments: list[str]) -> int:
    """So many sequences from the first seed on, each undone; 1 where one does not hold."""
    first, many = (int(one) for one in arguments) if arguments else (FIRST, COUNT)
    os.environ["KETI_DATA"] = tempfile.mkdtemp(prefix="keti-prove-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import_module("django").setup()
    call = import_module("django.core.management").call_command
    call("migrate", verbosity=0, interactive=False)
    call("createcachetable", verbosity=0)
    logging.disable(logging.CRITICAL)
    cast_module = import_module("tests.cast")
    cast_module.assemble(CHARTER)
    cast = cast_module.recall()
    mending = import_module("tests.people.test_mending")
    steps = {one.__name__ for one in import_module("tests.people.mending").STEPS}
    published = import_module("keti.intake.tests.scene").published(cast)
    cast.at("2030-03-10T10:00")
    began, tally, wrong = time.monotonic(), Counter[str](), []
    for seed in range(first, first + many):
        try:
            tally += mending.played(cast, published, seed, mending.LONG)
        except Exception as fault:
            wrong.append(seed)
            print(f"seed {seed}: {str(fault)[:600]}", flush=True)
    took = time.monotonic() - began
    print(f"seeds {first} to {first + many - 1}: {sum(tally.values())} steps, {took:.0f} s")
    print(dict(sorted(tally.items())))
    print(f"do not hold: {wrong or 'none'}")
    never = steps - {one.partition(" ")[0] for one in tally} if many >= COUNT else set()
    print(f"never done: {', '.join(sorted(never)) or 'none'}")
    return 1 if wrong or never else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
