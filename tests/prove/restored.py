"""A backup put back into an empty folder, and an empty database, shows every page as the source
does, under the listed mask (`keti/backups/tests/shown.py`), and is held. What was erased
before stands nowhere in it.

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

from django.db import connections, transaction

from keti.backups.rules import unpack
from keti.intake.actions import erase_person
from keti.ledger.queries import public_key
from keti.reports.tests.conftest import Desk
from tests.cast import Cast
from tests.people.test_erased_backup import found
from tests.people.test_erasing import leave
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
        (Path(place) / "laid").mkdir()
        unpack(file, Path(place) / "laid")
        unerased = found(Path(place) / "laid")
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
    faults += [f"{name} of the backup says what was erased" for name in unerased]
    held = sum(1 for said in after.values() if said[2])
    if len(before) < FEWEST or not held or any(said[2] for said in before.values()):
        faults.append(f"{len(before)} pages, {held} of the restored say that it is held")
    figures = {
        "database": "postgresql" if cluster else "sqlite", "pages": len(before),
        "that say it is held": held, "bytes": size,
    }  # fmt: skip
    return figures, faults


def _lived(cast: Cast) -> None:
    """A report is handed in with its file, letters wait, three people have accounts; somebody who
    left has their data erased."""
    left = leave(cast)
    cast.at("2030-04-28T10:00")
    desk = Desk(cast)
    desk.file("lu", "佐证.pdf")
    desk.submitted("lu")
    for one in (cast.qin, cast.lu, cast.fang):
        assert one.client
    with transaction.atomic():
        erase_person(
            cast.qin.act(), programme=cast.programme, person=left, typed=left.name, reason="来信。"
        )
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
