"""`python -m tests.prove._one WHAT`: the house tried hard on a database of its own.

ordinary --seconds S --people N   everyday acts by many at once, over HTTP at the real server
rules --tries N                   rules over several rows, by threads with connections of their own
storm --people N --seconds S      long applications across a closing instant
files --people N --seconds S      N files across the instants by which they are owed
kills --rounds N                  kill -9 while people act; what was acknowledged must stand
lagging --seconds S --people N    acts and pages over a slow line to PostgreSQL
lasting --seconds S --people N    acts and pages for hours; memory and handles must not grow
power --rounds N --careless WHAT  the power is cut while people act: only what was synced is left
restored                          a backup put back shows page for page what its source does
pace --seconds S --people N       small acts, each synced, as many a second as there can be
roster --rows N --people N        a long roster previewed and entered while people save
_small                            three of these for a few seconds, one after another

`--postgres` on a private cluster, else on SQLite. Exit 1 when something did not hold.
"""

import argparse
import json
import sys
from importlib import import_module

from tests.prove.place import house

WHAT = (
    "ordinary",
    "rules",
    "kills",
    "storm",
    "files",
    "lagging",
    "lasting",
    "pace",
    "power",
    "restored",
    "roster",
    "_small",
)


def once(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.prove._one", description=__doc__)
    parser.add_argument("what", choices=WHAT)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--tries", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--careless", choices=["", "database", "files"], default="")
    options = parser.parse_args(words)
    words = ["--wal-segsize=1"] if options.what == "power" else []  # a log is copied at each sync
    with house(options.postgres, *words) as (folder, cluster):
        import_module("django").setup()
        run = import_module(f"tests.prove.{options.what}").run
        figures, faults = run(options, folder, cluster)
    print(json.dumps({"figures": figures, "faults": faults}, ensure_ascii=False, indent=1))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(once(sys.argv[1:]))
