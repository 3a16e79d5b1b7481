"""The demonstration: the charters of `charters/demo.tsv`, played to their end or a moment."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.management import call_command

from keti.kernel import ids
from keti.play import live as playing
from keti.play.command import charter_file

SEED = 1


def make(data: Path, charters: Path) -> None:
    """Play every listed programme into the demo folder, then mark it as played."""
    for leftover in data.glob("keti.sqlite3*"):
        leftover.unlink()
    call_command("migrate", verbosity=0, interactive=False)
    for number, (name, moment) in enumerate(_listed(charters / "demo.tsv")):
        print(f"keti: playing {name} ...", flush=True)
        file = charters / name
        stage = playing.begin(charter_file(file), seed=SEED + number, slug=file.stem, beside=file)
        until = None
        if moment:
            until = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(stage.charter.tz))
        playing.live(stage, until)
        ids.unseed()
    (data / "played").write_text("done\n")


def _listed(file: Path) -> Iterator[tuple[str, str]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, moment = line.split("\t")
            yield name, moment
