"""`keti play FILE`: a folder of its own, a simulated clock, a fictional cast, honest results."""

import argparse
import gc
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.management import call_command
from django.db import connection

from keti.charter.actions import CharterFile
from keti.charter.rules.report import text_of_file
from keti.kernel import ids
from keti.kernel.refusals import Refused
from keti.ledger import queries as ledger
from keti.play import judging
from keti.play import live as playing
from keti.play.results import write
from keti.programmes import queries as programmes

RARELY = (100_000, 50, 100)  # a play makes and drops millions of rows: fewer sweeps save a tenth


def run(options: argparse.Namespace, out: Path) -> int:
    """Play once from nothing; 0 when the programme came to its end, 1 on findings or refusals."""
    gc.set_threshold(*RARELY)
    _empty_stage()
    try:
        stage = playing.begin(
            charter_file(options.file), seed=options.seed, slug="play", beside=options.file
        )
        stage.memory["decide"] = judging.asked(stage.charter, options.decide)
    except Refused as refused:
        print(f"keti: {refused.sentence('en')}", file=sys.stderr)
        return 1
    until = _until(options.until, stage.charter.tz)
    if options.until and until is None:
        print(
            f"keti: --until {options.until}: write YYYY-MM-DD or YYYY-MM-DDTHH:MM", file=sys.stderr
        )
        return 2
    playing.live(stage, until)
    files = write(stage, out)
    head = ledger.checkpoint(stage.programme)
    ids.unseed()
    for file in files:
        print(file)
    print(f"{head.size} entries, head {head.root.hex()}")
    open_ends = [] if until else playing.open_ends(stage)
    for duty in open_ends[:20]:
        print(f"keti: still owed: {duty.label} ({duty.key})", file=sys.stderr)
    unsolved = bool(open_ends)
    if unsolved:
        for sentence, times in stage.refusals.most_common(20):
            print(f"keti: refused {times}x: {sentence}", file=sys.stderr)
    return 1 if unsolved else 0


def charter_file(path: Path) -> CharterFile:
    """The charter with the clauses that lie beside it."""
    text, findings = text_of_file(path)
    if text is None:
        first = findings[0].as_text("zh")
        raise Refused("planning.charter-has-errors", count=len(findings), first=first)
    clauses = path.with_name(f"{path.stem}.clauses.tsv")
    return CharterFile(path.name, text, clauses.read_text("utf-8") if clauses.is_file() else "")


def _empty_stage() -> None:
    """A play begins with nothing: what an earlier play left in this folder is cleared."""
    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        connection.close()
        for leftover in name.parent.glob(f"{name.name}*"):
            leftover.unlink()
        call_command("migrate", verbosity=0, interactive=False)
        return
    tables = connection.introspection.table_names()
    if tables and "programmes_programme" in tables and programmes.any_programme():
        raise SystemExit("keti: this database holds programmes; play needs an empty one")
    call_command("migrate", verbosity=0, interactive=False)


def _until(text: str, zone: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        return None
