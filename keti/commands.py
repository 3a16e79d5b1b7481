"""What the sub-commands of `keti` do. Django is set up only by those that need it."""

import argparse
import gc
import json
import os
import secrets
import socket
import sys
from getpass import getpass
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from keti.charter.rules import load, rehearsal
from keti.charter.rules.rehearsal.told import as_json, as_text
from keti.charter.rules.report import clauses_text, lint_text, text_of_file, told
from keti.kernel import envfile
from keti.kernel.addresses import LOOPBACK
from keti.kernel.durable import write_new, write_whole
from keti.kernel.refusals import Refused, sentence
from keti.kernel.terminal import say
from keti.ledger.rules import telling
from keti.ledger.rules.standalone import standalone

THREADS = 4
PLAY_URL = "http://keti.example"


def charters_folder() -> Path:
    """Where the shipped charters lie: in the wheel beside the package, or in the source tree."""
    package = Path(__file__).resolve().parent
    inside = package / "charters"
    return inside if inside.is_dir() else package.parent / "charters"


def lint(options: argparse.Namespace) -> int:
    """`keti lint FILE`: findings with file, line, column and a sentence; or the clauses."""
    if options.programme:
        return _lint_programme(options)
    if options.file is None:
        return _refuse("name a file, or a programme with --programme")
    if options.coverage:
        text, code = clauses_text(options.file, options.lang, options.json)
    else:
        text, code = lint_text(options.file, options.lang, options.json, options.strict)
    print(text, end="" if text.endswith("\n") else "\n")
    return code


def rehearse(options: argparse.Namespace) -> int:
    """`keti rehearse FILE`: the programme lived many times under stated assumptions."""
    text, found = text_of_file(options.file)
    compiled, found = load(text, str(options.file)) if text is not None else (None, found)
    if compiled is None:
        words, code = told(found, options.lang, options.json, strict=False)
        print(words)
        return code
    pairs = dict(one.partition("=")[::2] for one in options.assume)
    try:
        assumed = rehearsal.changed(rehearsal.Assumptions(), pairs)
    except rehearsal.BadAssumption as trouble:
        known = ", ".join(rehearsal.as_numbers(rehearsal.Assumptions()))
        return _refuse(f"{trouble} cannot be assumed so; known: {known}")
    outlook = rehearsal.rehearse(compiled, assumed, runs=options.runs, seed=options.seed)
    moved = rehearsal.changes(compiled, outlook)
    said = as_json if options.json else as_text
    print(said(outlook, moved, options.lang))
    return 0


def _lint_programme(options: argparse.Namespace) -> int:
    """The charter in force of one programme, with those who hold its seats."""
    set_up((options.data or Path(os.environ.get("KETI_DATA", "data"))).resolve())
    programmes = import_module("keti.programmes.models").Programme.objects
    programme = programmes.filter(slug=options.programme).first()
    if programme is None:
        return _refuse(f"there is no programme {options.programme}")
    now = import_module("keti.kernel.clock").instant()
    found = import_module("keti.planning.queries").judged(programme, now)
    text, code = told(found, options.lang, options.json, options.strict)
    print(text)
    return code


def verify(options: argparse.Namespace) -> int:
    """`keti verify FILE...`: 0 when every line stands as it was written, 1 when not."""
    if options.standalone:
        sys.stdout.write(standalone())
        return 0
    if not options.file:
        return _refuse("name a file: a ledger, a receipt, a checkpoint or a published report")
    return telling.run(options)


def play(options: argparse.Namespace) -> int:
    """`keti play FILE`: live the charter in a folder of its own."""
    out = (options.out or Path("play-out") / options.file.stem).resolve()
    data = out / "data"
    if not _own_folder(data, "play"):
        return _refuse(f"{data} is not a play folder; nothing was touched")
    if out.exists() and not data.exists() and any(out.iterdir()):
        return _refuse(f"{out} holds other things; choose an empty folder")
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as trouble:
        return _refuse(f"{out} cannot be made: {trouble.strerror}")
    _mark(data, "play")
    os.environ["DATABASE_URL"] = options.database
    os.environ["KETI_URL"] = PLAY_URL
    set_up(data)
    command = import_module("keti.play.command")
    return int(command.run(options, out))


def up(options: argparse.Namespace) -> int:
    """`keti up`: bring the data folder up to date and serve it."""
    data = (options.data or Path(os.environ.get("KETI_DATA", "data"))).resolve()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _serve(options, data)


def demo(options: argparse.Namespace) -> int:
    """`keti demo`: play the two demonstration programmes once, then serve them on loopback."""
    if options.host not in LOOPBACK:
        return _refuse("the demo signs anybody in; it is served on loopback only")
    data = (options.data or Path("demo-data")).resolve()
    if data.exists() and any(data.iterdir()) and not _own_folder(data, "demo", empty_ok=False):
        return _refuse(f"{data} is not a demo folder; nothing was touched")
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ.pop("DATABASE_URL", None)
    _name_address(options)
    if urlsplit(os.environ["KETI_URL"]).hostname not in LOOPBACK:
        return _refuse("the demo signs anybody in; KETI_URL may name no other machine")
    _mark(data, "demo")
    to_play = not (data / "played").exists()
    if to_play:
        set_up(data)
        import_module("keti.play.demo").make(data, charters_folder())
    return _serve(options, data, just_played=to_play)


def tick(options: argparse.Namespace) -> int:
    """`keti tick`: reminders, escalations and mail that are due and not yet sent."""
    set_up((options.data or Path(os.environ.get("KETI_DATA", "data"))).resolve())
    written, sent = import_module("keti.site.tick").run()
    print(f"{written} written, {sent} sent")
    return 0


def work(options: argparse.Namespace) -> int:
    """`keti work`: background work that waits; ends when nothing waits, unless told to stay."""
    set_up((options.data or Path(os.environ.get("KETI_DATA", "data"))).resolve())
    jobs = import_module("keti.jobs.actions")
    print(f"{jobs.work(idle=None if options.stay else jobs.IDLE_SECONDS)} done")
    return 0


def sweep(options: argparse.Namespace) -> int:
    """`keti sweep`: remove files that nothing refers to; says what was removed."""
    set_up((options.data or Path(os.environ.get("KETI_DATA", "data"))).resolve())
    print(import_module("keti.documents.actions").sweep())
    return 0


def doctor(options: argparse.Namespace) -> int:
    """`keti doctor`: one line a check; 1 when something is wrong. With `--mend` what waits is owed
    first."""
    set_up((options.data or Path(os.environ.get("KETI_DATA", "data"))).resolve())
    if options.mend:
        now = import_module("keti.kernel.clock").instant()
        import_module("keti.site.before").owe_what_waits(now)
    faults = 0
    for name, wrong in import_module("keti.site.doctor").examine(options.only):
        faults += bool(wrong)
        print(f"{'wrong' if wrong else 'fine '}  {name}{': ' + wrong if wrong else ''}")
    return 1 if faults else 0


def plan(options: argparse.Namespace) -> int:
    """`keti plan FILE`: what this charter would change in a running programme."""
    set_up((options.data or Path(os.environ.get("KETI_DATA", "data"))).resolve())
    answer = import_module("keti.planning.actions.filing").plan_file(
        options.file,
        options.programme,
        out=options.out,
        as_json=options.json,
        lang=options.lang,
    )
    return _say(answer)


def apply(options: argparse.Namespace) -> int:
    """`keti apply PLANFILE`: bring a saved plan into force, or say whose approval is missing."""
    set_up((options.data or Path(os.environ.get("KETI_DATA", "data"))).resolve())
    answer = import_module("keti.planning.actions.filing").apply_file(
        options.file, options.who, options.reason, only_propose=options.propose, lang=options.lang
    )
    return _say(answer)


def reset_factor(options: argparse.Namespace) -> int:
    """`keti reset-factor MAIL`: take a lost second factor away; the founder who acts is named."""
    set_up((options.data or Path(os.environ.get("KETI_DATA", "data"))).resolve())
    queries = import_module("keti.accounts.queries")
    by, person = queries.by_mail(options.who), queries.by_mail(options.mail)
    for found, mail in ((by, options.who), (person, options.mail)):
        if found is None:
            words = sentence("accounts.nobody-of-this-mail", {"mail": mail}, options.lang)
            return _refuse(words)
    act = import_module("keti.kernel.acts").Act(
        by=by, recorded_at=import_module("keti.kernel.clock").instant()
    )
    try:
        import_module("keti.accounts.actions").reset_factor(
            act, person=person, reason=options.reason
        )
    except Refused as refused:
        return _refuse(refused.sentence(options.lang))
    _tell(sentence("accounts.factor-was-reset", {"who": person.label}, options.lang))
    return 0


def _say(answer: Any) -> int:
    print(answer.text, end="", file=sys.stderr if answer.code == 1 else sys.stdout)
    return int(answer.code)


def _tell(text: str) -> None:
    """What is being done now, at once: nobody waits before a silent terminal."""
    print(f"keti: {text}", flush=True)


def _refuse(text: str) -> int:
    print(f"keti: {text}", file=sys.stderr)
    return 2


def set_one(options: argparse.Namespace) -> int:
    """`keti set NAME=VALUE`: a setting that stands in the data folder; without one, what stands.

    A password is asked for, so that no list of commands keeps it.
    """
    data = (options.data or Path(os.environ.get("KETI_DATA", "data"))).resolve()
    name, given, value = (options.setting or "").partition("=")
    if not name:
        for one, held in sorted(envfile.stated(data).items()):
            print(f"{one}={'***' if one in envfile.SECRET else held}")
        return 0
    try:
        if name in envfile.SECRET:
            if given:
                raise Refused("kernel.set-secret", name=name)
            value = getpass(f"{name}: ")
        elif not given:
            raise Refused("kernel.set-how", name=name)
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.umask(0o077)
        envfile.state(data, name, value)
    except Refused as no:
        say(no.code, to=sys.stderr, **no.facts)
        return 2
    other = os.environ.get(name)
    say("kernel.set-hidden" if other else "kernel.set-done", name=name, folder=data)
    return 0


def empty_data(options: argparse.Namespace) -> Path | None:
    """The data folder of a command that needs an installation, where it holds none; else None.

    What lives in another database or was set up in this process is somewhere else, and stands.
    """
    needed = getattr(options, "standing", False) or getattr(options, "programme", "")
    elsewhere = {"DATABASE_URL", "DATABASE_URL_FILE"} & os.environ.keys()
    if not needed or not hasattr(options, "data") or elsewhere:
        return None
    if import_module("django.conf").settings.configured:
        return None
    data = (options.data or Path(os.environ.get("KETI_DATA", "data"))).resolve()
    return None if (data / "keti.sqlite3").is_file() else data


def _own_folder(data: Path, mode: str, *, empty_ok: bool = True) -> bool:
    marker = data / "keti.json"
    if not marker.exists():
        return empty_ok and not (data.exists() and any(data.iterdir()))
    return bool(json.loads(marker.read_text()).get("mode") == mode)


def _mark(data: Path, mode: str) -> None:
    write_whole(data / "keti.json", json.dumps({"mode": mode}).encode() + b"\n")


def set_up(data: Path) -> None:
    """Django, for the installation in this folder."""
    os.umask(0o077)
    os.environ["KETI_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keti.settings")
    import_module("django").setup()


def _serve(options: argparse.Namespace, data: Path, *, just_played: bool = False) -> int:
    """Migrate, collect static files, then the serving processes and a tick every minute.

    The serving processes go on from this one, where nothing but this was done in it.
    """
    if _taken(options.host, options.port):
        say("kernel.start-port", to=sys.stderr, port=options.port)
        return 2
    envfile.adopt(data)
    _name_address(options)
    if options.host in LOOPBACK:
        os.environ["KETI_LOOPBACK"] = "1"
    say("kernel.start-data", folder=data)
    gc.disable()  # what is loaded now stays: looking through it again and again finds nothing
    set_up(data)
    mended = import_module("keti.documents.actions").mend_modes(data)
    if mended:
        say("kernel.start-modes", folder=data, count=mended)
    if code := _prepare(data, untried=getattr(options, "untried", False)):
        return code
    import_module("keti.site.policy").require_complete()
    path = _first_page(data)
    supervise = import_module("keti.server.supervise")
    listening = supervise.listeners(options.host, options.port, options.workers)
    serve = import_module("keti.server.__main__").serve
    supervisor = supervise.Supervisor(supervise.web(listening, THREADS, serve))
    if just_played:
        gc.enable()
    else:
        _load()
        supervisor.begin()
    greet = (options.host, options.port, f"{os.environ['KETI_URL']}{path}")
    return int(import_module("keti.watching").watched(supervisor, greet))


def _load() -> None:
    """Everything the serving processes need, once for all of them: they go on from here."""
    for name in ("keti.wsgi", "keti.server.front", "keti.site.tick", "keti.jobs.actions"):
        import_module(name)
    import_module("django.db").connections.close_all()


def _name_address(options: argparse.Namespace) -> None:
    shown = f"[{options.host}]" if ":" in options.host else options.host
    os.environ.setdefault("KETI_URL", f"http://{shown}:{options.port}")


def _taken(host: str, port: int) -> bool:
    """True when something answers at this address already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def _prepare(data: Path, *, untried: bool) -> int:
    call = import_module("django.core.management").call_command
    if not import_module("keti.site.before").is_migrated():
        code = import_module("keti.keeping").upgrade(data, untried=untried)
        if code:
            return int(code)
    for name in ("DATABASE_OWNER_URL", "DATABASE_OWNER_URL_FILE"):
        os.environ.pop(name, None)  # who serves cannot become the owner
    call("createcachetable", verbosity=0)
    import_module("keti.ledger.queries").public_key()  # made now where there is none yet
    laid = import_module("keti.site.styles")
    if not laid.are_laid_out():
        say("kernel.start-styles")
        call("collectstatic", verbosity=0, interactive=False)
        laid.note()
    return 0


def _first_page(data: Path) -> str:
    """The path to open; an empty installation has its one-time token printed, alone on a line."""
    mode = import_module("django.conf").settings.KETI_MODE
    founded = import_module("keti.accounts.queries").has_founder()
    token_file = data / "first-run-token"
    if mode == "demo":
        return "/demo/"
    if mode != "normal" or founded:
        return "/"
    if not token_file.exists():
        write_new(token_file, secrets.token_urlsafe(18).encode())
    say("kernel.start-token")
    print(f"\n{token_file.read_text()}\n", flush=True)
    return "/start/"
