"""Sub-commands of `keti` that keep what it holds: backup, restore, resume, migrate; and an upgrade
that is tried on a copy first."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from keti.kernel.held import held
from keti.kernel.refusals import Refused, sentence
from keti.kernel.terminal import say

UPGRADES = "before-upgrades"
LARGE = ("files", "aside")
"""What an upgrade leaves alone, so that a copy of the rows is enough to try it."""
NEEDED = ("database", "migrations", "policy of every route", "ledgers", "what waits is owed")
"""What the doctor looks at on a copy of the rows alone."""


def backup(options: argparse.Namespace) -> int:
    """`keti backup TARGET`: one file with everything, while people go on working; with `--check`
    an existing one is read from end to end."""
    if options.check:
        return _check(options)
    data = _folder(options)
    if not data.is_dir():
        say("backups.no-database", to=sys.stderr, file=data)
        return 1
    _set_up(data)
    try:
        made = import_module("keti.backups.actions").make(options.target)
    except Refused as refused:
        return _refuse(refused)
    told = made.manifest
    say("backups.made", file=made.file, size=made.size, parts=len(told.parts), at=told.made_at)
    if not told.facts["secret_key"]:
        say("backups.key-elsewhere")
    if made.lacking:
        say("backups.lacking", count=len(made.lacking), first=made.lacking[0])
    return 0


def _check(options: argparse.Namespace) -> int:
    """Offline: nothing but the file is needed."""
    rules, file, data = _rules(), options.target, _folder(options)
    now = datetime.now(UTC)  # noqa: TID251 there may be no installation, and no clock of one
    try:
        with file.open("rb") as source:
            told = rules.walk(source)
    except rules.Damaged as damaged:
        if data.is_dir():
            rules.note_checked(data, file, now, whole=False)
        say(damaged.code, to=sys.stderr, file=file, **damaged.facts)
        return 1
    except OSError as trouble:
        say("backups.cannot-read", to=sys.stderr, file=file, why=trouble.strerror)
        return 2
    if data.is_dir():
        rules.note_checked(data, file, now, whole=True)
    what = f"{told.product}, {told.database}"
    say("backups.whole", file=file, parts=len(told.parts), what=what, at=told.made_at)
    return 0


def restore(options: argparse.Namespace) -> int:
    """`keti restore FILE --into EMPTY`: everything is verified, then laid out, then examined; the
    folder sends nothing and does nothing by itself until it is let go."""
    into, file = options.into.resolve(), options.file
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        say("backups.not-empty", to=sys.stderr, folder=into)
        return 2
    rules = _rules()
    role, without = application_role(), LARGE if options.rows_only else ()
    with owner():
        try:
            with file.open("rb") as source:
                rules.walk(source)
            with _building(into) as building:
                _made_of(rules.unpack(file, building, without=without), file, role)
                building.replace(into)
        except (rules.Damaged, Refused) as wrong:
            say(wrong.code, to=sys.stderr, **({"file": file} | wrong.facts))
            return 1
        except (OSError, import_module("django.db").Error) as trouble:
            say("backups.not-restored", to=sys.stderr, why=trouble, folder=into)
            return 1
    if options.rows_only:
        return 0
    known = held(into)
    say("backups.restored", folder=into, at=known.made_at.isoformat() if known else "")
    return subprocess.run([*_KETI, "doctor", "--data", str(into)], check=False).returncode


def _made_of(unpacked: Any, file: Path, role: str) -> None:
    _set_up(unpacked.folder)
    actions = import_module("keti.backups.actions")
    actions.suits(unpacked.manifest, file)
    now = import_module("keti.kernel.clock").database_instant()
    actions.restored(unpacked.folder, unpacked.manifest, now)
    import_module("keti.site.before").note_old_texts(unpacked.folder)
    if role:
        import_module("keti.kernel.roles").grant(role)
    import_module("django.db").connections.close_all()


@contextmanager
def _building(into: Path) -> Iterator[Path]:
    """A folder beside the wanted one, gone again whatever happens before it has its name."""
    into.parent.mkdir(parents=True, exist_ok=True)
    building = into.with_name(f".{into.name}.restoring-{os.getpid()}")
    building.mkdir(mode=0o700)
    try:
        yield building
    finally:
        shutil.rmtree(building, ignore_errors=True)


def resume(options: argparse.Namespace) -> int:
    """`keti resume`: a restored installation sends and reminds again; who says so is named."""
    _set_up(_folder(options))
    act = _named(options.who)
    if act is None:
        return 2
    try:
        doubted = import_module("keti.backups.actions").resume(act, send=options.send_letters)
    except Refused as refused:
        return _refuse(refused)
    say("backups.resumed", doubted=doubted)
    return 0


def _named(mail: str) -> Any:
    """An act of who has this address, now; None, and a sentence, where nobody has it."""
    person = import_module("keti.accounts.queries").by_mail(mail)
    if person is None:
        say("accounts.nobody-of-this-mail", to=sys.stderr, mail=mail)
        return None
    now = import_module("keti.kernel.clock").instant()
    return import_module("keti.kernel.acts").Act(by=person, recorded_at=now)


def change_key(options: argparse.Namespace) -> int:
    """`keti change-key`: a fresh key signs from now on, the older one vouches for it; who says so
    is named."""
    _set_up(_folder(options))
    act = _named(options.who)
    if act is None:
        return 2
    try:
        import_module("keti.backups.actions").change_key(act, reason=options.reason)
    except Refused as refused:
        return _refuse(refused)
    say("backups.key-changed", key=import_module("keti.ledger.queries").public_key().text())
    return 0


def migrate(options: argparse.Namespace) -> int:
    """`keti migrate`: lay the tables of this version, by the owner's role where there is one, and
    let the application's role read and write rows."""
    role = application_role()
    with owner():
        _set_up(_folder(options))
        call = import_module("django.core.management").call_command
        call("migrate", verbosity=0, interactive=False)
        call("createcachetable", verbosity=0)
        if role:
            import_module("keti.kernel.roles").grant(role)
    return 0


def application_role() -> str:
    """The application's role, where another one owns the tables; else ""."""
    if not _given("DATABASE_OWNER_URL"):
        return ""
    return unquote(urlsplit(_given("DATABASE_URL")).username or "")


def _given(name: str) -> str:
    file = os.environ.get(f"{name}_FILE")
    return Path(file).read_text().strip() if file else os.environ.get(name, "")


@contextmanager
def owner() -> Iterator[None]:
    """Inside, a database that is opened for the first time is opened by its owner."""
    url, before = _given("DATABASE_OWNER_URL"), _given("DATABASE_URL")
    if not url:
        yield
        return
    kept = os.environ.pop("DATABASE_URL_FILE", None)
    os.environ["DATABASE_URL"] = url
    try:
        yield
    finally:
        os.environ["DATABASE_URL"] = before
        if kept:
            os.environ["DATABASE_URL_FILE"] = kept


def upgrade(data: Path, *, untried: bool = False) -> int:
    """Bring an installation to the schema of this version: at once where it is new; else after a
    backup, and after the same was done to a copy of its rows. Returns 0, or 1 where there is no
    backup or the copy did not come out well: then nothing was touched."""
    behind = import_module("keti.site.before").steps_behind()
    if not behind or untried or import_module("django.conf").settings.KETI_MODE != "normal":
        say("kernel.start-database")
        return _migrated(data)
    file = _before(data)
    say("backups.upgrade-begins", count=behind, file=file)
    try:
        import_module("keti.backups.actions").make(file)
    except Refused as refused:
        return _refuse(refused)
    wrong = _tried(file, data)
    if wrong:
        say("backups.upgrade-failed", to=sys.stderr, file=file, why=wrong)
        return 1
    code = _migrated(data)
    if not code:
        say("backups.upgrade-done", file=file)
    return code


def _before(data: Path) -> Path:
    folder = data / UPGRADES
    folder.mkdir(mode=0o700, exist_ok=True)
    now = import_module("keti.kernel.clock").database_instant()
    return folder / f"{now:%Y%m%d-%H%M%S}.keti-backup"


def _migrated(data: Path) -> int:
    """Here, or by a process of its own where another role owns the tables."""
    import_module("django.db").connections.close_all()
    if application_role():
        return subprocess.run([*_KETI, "migrate", "--data", str(data)], check=False).returncode
    import_module("django.core.management").call_command("migrate", verbosity=0, interactive=False)
    return 0


def _tried(file: Path, data: Path) -> str:
    """Upgrade a copy of the rows and examine it; what went wrong, "" when nothing did."""
    with _building(data / UPGRADES / "copy") as place, _scratch() as surroundings:
        if surroundings is None:
            why = sentence("backups.cannot-make-databases", {}, "zh")
            say("backups.upgrade-untried", why=why, file=file)
            return ""
        copy = place / "rows"
        for words in (
            ["restore", str(file), "--into", str(copy), "--rows-only"],
            ["migrate", "--data", str(copy)],
            ["doctor", "--data", str(copy), *(f"--only={one}" for one in NEEDED)],
        ):
            command = [*_KETI, *words]
            ran = subprocess.run(
                command, env=surroundings, capture_output=True, text=True, check=False
            )
            if ran.returncode:
                lines = [one for one in ran.stdout.splitlines() if one.startswith("wrong")]
                return "\n".join(lines) or ran.stderr.strip()[-2000:]
    say("backups.upgrade-tried")
    return ""


@contextmanager
def _scratch() -> Iterator[dict[str, str] | None]:
    """The surroundings of a copy: on PostgreSQL with a database of its own, None where the role may
    make none."""
    url = _given("DATABASE_OWNER_URL") or _given("DATABASE_URL")
    here = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    if not url:
        yield here
        return
    psycopg = import_module("psycopg")
    name = f"keti_copy_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as opened:
        try:
            opened.execute(f"CREATE DATABASE {name}")
        except psycopg.errors.InsufficientPrivilege:
            yield None
            return
        try:
            yield here | {"DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
        finally:
            opened.execute(f"DROP DATABASE {name}")


_KETI = (sys.executable, "-m", "keti")


def _folder(options: argparse.Namespace) -> Path:
    return Path(options.data or os.environ.get("KETI_DATA", "data")).resolve()


def _set_up(data: Path) -> None:
    import_module("keti.commands").set_up(data)


def _refuse(refused: Any) -> int:
    say(refused.code, to=sys.stderr, **refused.facts)
    return 1


def _rules() -> Any:
    return import_module("keti.backups.rules")
