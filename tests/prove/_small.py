"""All that is tried side by side, in a few seconds each, in one house: what the suite runs."""

import os
from argparse import Namespace
from pathlib import Path
from typing import Any

from django.db import connections

from tests.prove import kills, ordinary, rules
from tests.prove.place import Cluster, Server
from tests.prove.stage import founded, unverified
from tests.prove.visitors import everybody


def run(options: Namespace, folder: Path, cluster: Cluster | None) -> tuple[dict[str, Any], Any]:
    """(figures, what did not hold): everyday acts, kills meanwhile, roles that exclude others."""
    cast = founded()
    cast.at("2030-04-08T09:00")
    server = Server(folder, dict(os.environ))
    people = [everybody(cast, server.port) for _ in range(options.people)]
    connections.close_all()
    server.start()
    figures: dict[str, Any] = {}
    faults: list[str] = []
    try:
        for name, told in (
            ("ordinary", ordinary.tried(cast, people, options.seconds)),
            ("kills", kills.tried(cast, (server, cluster), people, options.rounds)),
        ):
            figures[name] = told[0]
            faults += told[1]
    finally:
        server.kill()
    trials: list[rules.Trial] = [
        ("exclusive roles", rules.exclusive, options.tries),
        ("exclusive roles by delegates", rules.delegates, options.tries),
    ]
    figures["rules"], wrong = rules.tried(cast, trials)
    return figures, faults + wrong + unverified(cast)
