"""Made papers: files kept under what they are made of, and made by a worker alone."""

import os
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from keti.documents.rules.apart import render
from keti.documents.rules.edition import key_of
from keti.documents.rules.paper import Paper, as_json, from_json
from keti.jobs.actions import Asker, Running, Wanted, ask
from keti.jobs.models import Job
from keti.kernel.acts import Text
from keti.kernel.refusals import Refused, sentence

KIND = "documents.paper"
SECONDS = 120
DAY = 24 * 3600.0
KEPT = 30 * DAY


def place_of(key: str, form: str) -> Path:
    """Where the file of this key lies once it is made."""
    return Path(settings.KETI_DATA) / "made" / key[:2] / f"{key}.{form}"


def made(key: str, form: str) -> bytes | None:
    """The file of this key, if it was made. Whoever calls has asked the room's permission."""
    file = place_of(key, form)
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return None
    with suppress(OSError):
        if time.time() - file.stat().st_mtime > DAY:
            os.utime(file)
    return data


def name_of(key: str, by: Asker, moves: bool) -> str:
    """What the work is known by: the file's key; for a paper that moves, each asker has his own."""
    return f"{key}/{by.person.public_id}" if moves and by.person else key


def ask_for(paper: Paper, form: str, by: Asker, place: str, *, moves: bool = False) -> Job:
    """Let this paper be made; who asks for one that is being made joins."""
    key = key_of(paper, form)
    source = place_of(key, "json")
    if not source.exists():
        put_made(source, as_json(paper).encode())
    title = Text(*(_being_made(paper, form, lang) for lang in ("zh", "en")))
    asked = {"key": key, "form": form}
    return ask(Wanted(KIND, name_of(key, by, moves), title, asked, place), by)


def _being_made(paper: Paper, form: str, lang: str) -> str:
    title = f"{paper.number} {paper.title}".strip()
    return sentence("documents.being-made", {"title": title, "form": form.upper()}, lang)


def make(running: Running) -> str:
    """Make the paper a job asks for from its source; a file that is there stays.

    The source goes when the file is there: who dies in between makes the same bytes once more.
    """
    key, form = str(running.job.asked["key"]), str(running.job.asked["form"])
    target, source = place_of(key, form), place_of(key, "json")
    if not target.exists():
        try:
            paper = from_json(source.read_text())
        except FileNotFoundError:
            raise Refused("documents.source-gone") from None
        put_made(target, render(paper, form).data)
    source.unlink(missing_ok=True)
    return ""


def put_made(target: Path, data: bytes) -> None:
    """Write a made file that only its owner may read, whole or not at all."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.{os.getpid()}.{time.monotonic_ns()}.part")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())  # an empty file of this name would be taken for the paper
    partial.replace(target)


def sweep_made() -> int:
    """Remove what nobody fetched for a month; it is made again when asked for. Returns how many."""
    before, count = time.time() - KEPT, 0
    for file in (Path(settings.KETI_DATA) / "made").glob("*/*"):
        with suppress(OSError):
            if file.stat().st_mtime < before:
                file.unlink()
                count += 1
    return count
