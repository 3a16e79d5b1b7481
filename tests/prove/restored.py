"""A backup put back into an empty folder, and an empty database, shows every page as the source
does, under the listed mask (`keti/backups/tests/shown.py`), and is held.

`python -m tests.prove.restored`: on SQLite and on PostgreSQL.
"""

import json
import os
import subprocess
import sys
import tempfile
from argparse import Namespace
from pathlib import Path
from typing import Any

from django.db import connections

from keti.ledger.queries import public_key
from keti.reports.tests.conftest import Desk
from tests.cast import Cast
from tests.prove.place import ROOT, Cluster
from tests.prove.stage import founded

SHOWING = "import django; django.setup(); from keti.backups.tests.shown import main; main()"
FEWEST = 30
UNTOLD = {"fonts", "post:"}
"""What the doctor says of this machine and of letters that nobody sends here, not of the rows."""


def run(options: Namespace, folder: Path, cluster: Cluster | None) -> tuple[dict[str, Any], Any]:
    """(figures, what is not as it was)."""
    cast = founded()
    _lived(cast)
    connections.close_all()
    source = {"KETI_DATA": str(folder), "DATABASE_URL": cluster.url if cluster else ""}
    with tempfile.TemporaryDirectory(prefix="keti-prove-") as place:
        file, back = Path(place) / "one.keti-backup", Path(place) / "back"
        target = {
            "KETI_DATA": str(back),
            "DATABASE_URL": cluster.another("back") if cluster else "",
        }
        _said(source, "-m", "keti", "backup", str(file), "--data", str(folder))
        told = _said(target, "-m", "keti", "restore", str(file), "--into", str(back))
        before = json.loads(_said(source, "-c", SHOWING))
        after = json.loads(_said(target, "-c", SHOWING))
        size = file.stat().st_size
    faults = [
        one
        for one in told.splitlines()
        if one.startswith("wrong") and not UNTOLD & set(one.split())
    ]
    faults += [
        f"{path}: {before.get(path, ['absent'])[0]}, put back {after.get(path, ['absent'])[0]}"
        for path in sorted(before.keys() | after.keys())
        if before.get(path, [])[:2] != after.get(path, [])[:2]
    ]
    held = sum(1 for said in after.values() if said[2])
    if len(before) < FEWEST or not held or any(said[2] for said in before.values()):
        faults.append(f"{len(before)} pages, {held} of the restored say that it is held")
    figures = {
        "database": "postgresql" if cluster else "sqlite", "pages": len(before),
        "that say it is held": held, "bytes": size,
    }  # fmt: skip
    return figures, faults


def _lived(cast: Cast) -> None:
    """A report is handed in with its file, letters wait, three people have accounts."""
    cast.at("2030-04-28T10:00")
    desk = Desk(cast)
    desk.file("lu", "佐证.pdf")
    desk.submitted("lu")
    for one in (cast.qin, cast.lu, cast.fang):
        assert one.client
    assert public_key().name, "made at the first start, and in the backup"


def _said(place: dict[str, str], *words: str) -> str:
    """What a command says in a process of its own."""
    surroundings = {**os.environ, **place, "LANG": "C", "DJANGO_SETTINGS_MODULE": "keti.settings"}
    ran = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=surroundings, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if ran.returncode not in (0, 1):
        raise RuntimeError(ran.stdout[-1000:] + ran.stderr[-2000:])
    return ran.stdout


def main(arguments: list[str]) -> int:
    """Both databases, each in a process of its own."""
    command = [sys.executable, "-m", "tests.prove._one", "restored"]
    failed = 0
    for database in ([], ["--postgres"]):
        print("-- restored", *database, flush=True)
        failed += subprocess.run([*command, *database], cwd=ROOT).returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
