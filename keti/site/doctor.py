"""What can be wrong with an installation, in one line each."""

import os
from collections.abc import Callable, Container, Iterator
from datetime import timedelta
from itertools import islice, starmap
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from keti.accounts.queries import protected
from keti.backups.rules import last_backup
from keti.documents.actions import missing, open_to_others, orphans, path_of
from keti.documents.rules.pdf import RARER, check_fonts
from keti.duties.actions import astray
from keti.groups.queries import weighty_people
from keti.jobs.queries import failed_since, oldest_waiting
from keti.kernel import access, clock
from keti.kernel.held import held
from keti.kernel.roles import powers, unsynced
from keti.ledger.queries import checkpoint, erased_unsaid, export, noted_days, wrong_checkpoint
from keti.ledger.queries.agreeing import differences
from keti.ledger.queries.signing import key_file
from keti.ledger.rules import verify
from keti.notify.queries import stuck
from keti.programmes.models import Programme
from keti.programmes.queries import living
from keti.release.models import Publication
from keti.site.policy import require_complete

LONG_WAIT = timedelta(minutes=10)
WEEK = timedelta(days=7)
HOUR = 3600


def examine(only: Container[str] | None = None) -> Iterator[tuple[str, str]]:
    """(what was looked at, what is wrong or ""), in a fixed order; `only` some of it, by name."""
    checks: list[tuple[str, Callable[[], str]]] = [
        ("data folder", _data_folder),
        ("database", _database),
        ("power cuts", _power_cuts),
        ("migrations", _migrations),
        ("stored files", _files),
        ("fonts", _fonts),
        ("proxy", _proxy),
        ("policy of every route", _policy),
        ("ledgers", _ledgers),
        ("printed checkpoints", _printed),
        ("kept checkpoints", _kept),
        ("erased lines", _erased),
        ("rows as the record says", _agrees),
        ("key of the record", _key),
        ("access log", _access),
        ("what waits is owed", _waits),
        ("post", _post),
        ("background work", _background_work),
    ]
    for name, check in checks:
        if only is None or name in only:
            yield name, check()
    if only is None:
        yield from (_role(), _backup(), _second_factor(), *_held())


def _access() -> str:
    """Whether a line can be written, and each follows the one before it."""
    folder = access.file_of(clock.database_instant().date()).parent
    if folder.exists() and not os.access(folder, os.W_OK):
        return f"{folder} cannot be written: nobody's coming and going is noted"
    return access.wrong() or next(filter(None, starmap(access.cut, noted_days())), "")


def _power_cuts() -> str:
    if settings.KETI_MODE != "normal":
        return ""
    said = ", ".join(unsynced())
    return f"{said}: what was acknowledged may be lost" if said else ""


def _role() -> tuple[str, str]:
    """What the application could do to the record. Told, not wrong: one role is how one begins."""
    said = ", ".join(powers())
    told = f"the application's role {said}; see docs/howto/backup.md, two roles"
    return f"database role ({told})" if said else "database role", ""


def _backup() -> tuple[str, str]:
    """When the last one was made, and whether it was read again; wrong when it was not whole."""
    last = last_backup(settings.KETI_DATA)
    if last is None:
        return "backup (none was made of this folder; keti backup)", ""
    told = f"{last.made:%Y-%m-%d %H:%M} UTC, {last.file}"
    if last.checked and not last.whole:
        return "backup", f"{told} is damaged"
    return f"backup ({told}, {'checked' if last.checked else 'not checked'})", ""


def _held() -> list[tuple[str, str]]:
    known = held(settings.KETI_DATA)
    return [("restored and held: nothing is sent (keti resume)", "")] if known else []


def _second_factor() -> tuple[str, str]:
    """How many of those who manage, decide or judge have none; wrong only where it is required."""
    people = weighty_people(clock.instant())
    lacking = len(people) - protected(people).count()
    told = f"{lacking} of {len(people)} who manage, decide or judge have none"
    if settings.KETI_MODE != "normal":
        return "second factor (not asked for here)", ""
    if settings.KETI_SECOND_FACTOR == "required" and lacking:
        return "second factor", told
    return f"second factor ({told})", ""


def _data_folder() -> str:
    folder = Path(settings.KETI_DATA)
    if not os.access(folder, os.W_OK):
        return f"{folder} cannot be written"
    others = list(islice(open_to_others(folder), 1000))
    if others:
        return f"{others[0]} and {len(others) - 1} more can be read by others; run keti up"
    return ""


def _files() -> str:
    """Rows without their bytes are a loss; bytes without a row are swept within the hour."""
    gone = list(islice(missing(), 1000))
    if gone:
        return f"{len(gone)} stored files are missing or cut short, first {path_of(gone[0])}"
    left = orphans(older_than=2 * HOUR)
    if left:
        return f"{len(left)} files nothing refers to; run keti sweep"
    return ""


def _database() -> str:
    return "" if clock.database_instant() else "no answer"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(plan)} not applied; run keti up" if plan else ""


def _fonts() -> str:
    if missing := check_fonts():
        return f"missing {', '.join(missing)}; install fonts-noto-cjk"
    if missing := check_fonts(RARER):
        return (
            f"missing {', '.join(missing)}: emoji and rare characters are printed 〓;"
            " install fonts-noto-color-emoji fonts-hanazono"
        )
    return ""


def _proxy() -> str:
    """With https somebody stands in front of us; unnamed, all visitors count as one address."""
    if settings.KETI_URL.startswith("https://") and not settings.KETI_TRUSTED_PROXY:
        return "KETI_URL is https, KETI_TRUSTED_PROXY names no proxy: all visitors count as one"
    return ""


def _policy() -> str:
    require_complete()
    return ""


def _background_work() -> str:
    """What waits longer than it should, and what failed within the last week."""
    now = clock.database_instant()
    said = []
    oldest = oldest_waiting()
    if oldest is not None and now - oldest.not_before > LONG_WAIT:
        minutes = int((now - oldest.not_before).total_seconds() // 60)
        said.append(f"{oldest.kind} has waited {minutes} min; is a worker running (keti work)?")
    failed = list(failed_since(now - WEEK).order_by("-finished_at")[:3])
    said += [f"{one.kind} {one.public_id} failed: {one.error}" for one in failed]
    return "; ".join(said)


def _book(programme: Programme | None) -> str:
    return programme.slug if programme else "the house's own book"


def _ledgers() -> str:
    for book in (*Programme.objects.order_by("pk"), None):
        faults = verify(export(book), checkpoint(book).text())
        if faults:
            return f"{_book(book)}: line {faults[0][0]}, {faults[0][1]}"
    return ""


def _printed() -> str:
    """A checkpoint that was printed in a report must be one of its record's own: else the record
    was rewritten since, however well it agrees with itself."""
    for out in Publication.objects.select_related("programme").order_by("pk"):
        if verify(export(out.programme), out.checkpoint):
            return f"{out.programme.slug}: the record is not that of {out.number}'s checkpoint"
    return ""


def _kept() -> str:
    """So must every checkpoint be that was signed and kept at its time, day for day."""
    for book in (*Programme.objects.order_by("pk"), None):
        wrong = wrong_checkpoint(book)
        if wrong:
            said = f"of {wrong.size} lines, signed {wrong.signed_at:%Y-%m-%d %H:%M} UTC"
            return f"{_book(book)}: the record is not that of the checkpoint {said}"
    return ""


def _erased() -> str:
    """Words are gone of those lines alone of which an act says so."""
    unsaid = erased_unsaid()
    return f"{unsaid[0]}: its words are gone, and no act erased them" if unsaid else ""


def _agrees() -> str:
    """What no act changed says what the record said of it last, by row and field."""
    found = [str(one) for one in islice(differences(), 1000)]
    more = f" (and {len(found) - 1} more)" if found[1:] else ""
    return f"{found[0]}{more}" if found else ""


def _key() -> str:
    """The private half signs for the house: nobody else may read it."""
    file = key_file()
    if file.exists() and file.stat().st_mode & 0o077:
        return f"{file} can be read by others"
    return ""


def _waits() -> str:
    """The first answer that waits and nobody owes, or that is owed and nobody waits for."""
    now = clock.instant()
    for programme in living():
        for said in astray(programme, now):
            return f"{programme.slug}: {said}; run keti doctor --mend"
    return ""


def _post() -> str:
    waiting = stuck(clock.instant())
    first = waiting.first()
    if first is None:
        return ""
    since = f"{first.next_attempt_at:%Y-%m-%d %H:%M} UTC"
    return f"{waiting.count()} letters wait since {since}; check KETI_SMTP_* and `keti up`"
