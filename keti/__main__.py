"""The `keti` command. Sub-commands that need no installation run without one."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from keti import commands, keeping
from keti.charter.rules.report import tongue_of
from keti.ledger.rules import telling


def parser() -> argparse.ArgumentParser:
    """Every sub-command and its options."""
    top = argparse.ArgumentParser(
        prog="keti", description="Run a multi-party policy-research programme from one charter."
    )
    subs = top.add_subparsers(dest="command", required=True)
    _serving(subs)
    _checking(subs)
    _keeping(subs)
    _resetting(subs)
    _amending(subs)
    play = subs.add_parser("play", help="live a charter on a simulated clock")
    play.add_argument("file", type=Path)
    play.add_argument("--until", default="", help="stop at this date (YYYY-MM-DD[THH:MM])")
    play.add_argument("--seed", type=int, default=1, help="the same seed, the same life")
    play.add_argument("--out", type=Path, default=None, help="where the results go")
    play.add_argument(
        "--decide",
        action="append",
        default=[],
        metavar="GATE=OUTCOME",
        help="decide this gate in this way (may be given more than once)",
    )
    play.add_argument("--database", default="", help="a PostgreSQL URL to play on")
    play.set_defaults(run=commands.play)
    return top


def _serving(subs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for name, run, text in (
        ("up", commands.up, "migrate and serve this installation"),
        ("demo", commands.demo, "serve two played programmes, sign in as anybody"),
    ):
        sub = subs.add_parser(name, help=text)
        sub.add_argument("--data", type=Path, default=None, help="the data folder")
        sub.add_argument("--host", default="127.0.0.1")
        sub.add_argument("--port", type=int, default=8000)
        sub.add_argument("--workers", type=int, default=2)
        if name == "up":
            sub.add_argument("--untried", action="store_true", help="upgrade without a copy")
        sub.set_defaults(run=run)
    one = subs.add_parser("set", help="write a setting into the data folder, or list what stands")
    one.add_argument("setting", nargs="?", metavar="NAME=VALUE", help="a password: the name alone")
    one.add_argument("--data", type=Path, default=None, help="the data folder")
    one.set_defaults(run=commands.set_one)
    work = subs.add_parser("work", help="do the background work that waits, then end")
    work.add_argument("--data", type=Path, default=None, help="the data folder")
    work.add_argument("--stay", action="store_true", help="wait for more instead of ending")
    work.set_defaults(run=commands.work, standing=True)
    for name, run, text in (
        ("tick", commands.tick, "send whatever is due now or earlier and not yet sent"),
        ("sweep", commands.sweep, "remove stored files that nothing refers to"),
        ("doctor", commands.doctor, "say what is wrong with this installation"),
    ):
        sub = subs.add_parser(name, help=text)
        sub.add_argument("--data", type=Path, default=None, help="the data folder")
        if name == "doctor":
            sub.add_argument("--mend", action="store_true", help="first let what waits be owed")
            sub.add_argument("--only", action="append", metavar="CHECK", help="look at this alone")
        sub.set_defaults(run=run, standing=name != "doctor")


def _resetting(subs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    reset = subs.add_parser("reset-factor", help="take a lost second factor from an account")
    reset.add_argument("mail", help="whose account")
    reset.add_argument(
        "--as", required=True, dest="who", metavar="MAIL", help="the founder who acts"
    )
    reset.add_argument("--reason", required=True)
    reset.add_argument("--data", type=Path, default=None, help="the data folder")
    reset.add_argument("--lang", choices=["zh", "en"], default="zh")
    reset.set_defaults(run=commands.reset_factor, standing=True)


def _keeping(subs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    sub = subs.add_parser("backup", help="write everything into one file, or check such a file")
    sub.add_argument("target", type=Path, help="the file to write; there must be none")
    sub.add_argument("--check", action="store_true", help="read this file from end to end instead")
    sub.set_defaults(run=keeping.backup)
    back = subs.add_parser("restore", help="put a backup into an empty folder, held until resume")
    back.add_argument("file", type=Path, help="what keti backup wrote")
    back.add_argument("--into", type=Path, required=True, metavar="EMPTY", help="a new folder")
    back.add_argument("--rows-only", action="store_true", help=argparse.SUPPRESS)
    back.set_defaults(run=keeping.restore)
    again = subs.add_parser("resume", help="let a restored installation send and remind again")
    again.add_argument("--as", required=True, dest="who", metavar="MAIL", help="the founder")
    again.add_argument(
        "--send-letters",
        action="store_true",
        help="letters that waited when the backup was made go out as well",
    )
    again.set_defaults(run=keeping.resume)
    key = subs.add_parser("change-key", help="sign with a fresh key; the older one vouches for it")
    key.add_argument("--as", required=True, dest="who", metavar="MAIL", help="the founder")
    key.add_argument("--reason", required=True, help="why; it stands in the record")
    key.set_defaults(run=keeping.change_key)
    owner = subs.add_parser("migrate", help="lay the tables by the role that owns them, and grant")
    owner.set_defaults(run=keeping.migrate)
    for one in (sub, again, key, owner):
        one.add_argument("--data", type=Path, default=None, help="the data folder")


AS_WRITTEN = "the language of what is said (that of the charter; Chinese where it has both)"


def _lives(text: str) -> int:
    """How many lives are rehearsed: one or more."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no number of lives: 1 or more")
    return int(text)


def _checking(subs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    lint = subs.add_parser("lint", help="find contradictions in a charter")
    lint.add_argument("file", type=Path, nargs="?", default=None, help="the charter (YAML)")
    lint.add_argument("--programme", default="", help="judge a programme's charter and roster")
    lint.add_argument("--data", type=Path, default=None, help="the data folder of the programme")
    lint.add_argument("--json", action="store_true", help="the findings as data")
    lint.add_argument("--lang", choices=["zh", "en"], default="", help=AS_WRITTEN)
    lint.add_argument("--strict", action="store_true", help="warnings count as errors")
    lint.add_argument(
        "--coverage",
        action="store_true",
        help="list what implements each clause of the notice (NAME.clauses.tsv beside NAME.yaml)",
    )
    lint.set_defaults(run=commands.lint)
    rehearse = subs.add_parser("rehearse", help="live a charter many times: ranges, no forecast")
    rehearse.add_argument("file", type=Path)
    rehearse.add_argument("--runs", type=_lives, default=500, help="how many lives (500)")
    rehearse.add_argument("--seed", type=int, default=1, help="the same seed, the same lives")
    rehearse.add_argument(
        "--assume",
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help="change an assumption; the report ends with all of them",
    )
    rehearse.add_argument("--json", action="store_true")
    rehearse.add_argument("--lang", choices=["zh", "en"], default="", help=AS_WRITTEN)
    rehearse.set_defaults(run=commands.rehearse)
    verify = subs.add_parser("verify", help="check ledgers, receipts and published files")
    verify.add_argument(
        "--standalone", action="store_true", help="print keti-verify.py: it needs Python alone"
    )
    telling.options(verify)
    verify.set_defaults(run=commands.verify)


def _amending(subs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Both end with 1 on an error; `plan` with 0 where nothing changes, `apply` once in force."""
    plan = subs.add_parser(
        "plan",
        help="show what a changed charter would do to a running programme",
        epilog="exit code: 0 nothing to do, 2 changes, 1 an error",
    )
    plan.add_argument("file", type=Path, help="the changed charter")
    plan.add_argument("--programme", required=True, metavar="SLUG")
    plan.add_argument("--json", action="store_true")
    plan.add_argument("--out", type=Path, default=None, help="save the plan for keti apply")
    plan.set_defaults(run=commands.plan)
    apply = subs.add_parser(
        "apply",
        help="bring a saved plan into force",
        epilog="exit code: 0 in force, 2 approvals or notice are missing, 1 an error",
    )
    apply.add_argument("file", type=Path, help="what keti plan --out saved")
    apply.add_argument("--as", required=True, dest="who", metavar="MAIL", help="who acts")
    apply.add_argument("--reason", required=True)
    apply.add_argument("--propose", action="store_true", help="propose it where others approve")
    apply.set_defaults(run=commands.apply)
    for sub in (plan, apply):
        sub.add_argument("--data", type=Path, default=None, help="the data folder")
        sub.add_argument("--lang", choices=["zh", "en"], default="", help=AS_WRITTEN)
        sub.set_defaults(unusable=1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one sub-command; returns its exit code (0 fine, 1 findings, 2 unusable arguments)."""
    options = parser().parse_args(arguments)
    named = getattr(options, "file", None) or []
    files = named if isinstance(named, list) else [named]
    gone = next((one for one in files if not Path(one).is_file()), None)
    if gone is not None:
        print(f"keti: {gone}: there is no such file", file=sys.stderr)
        return int(getattr(options, "unusable", 2))
    empty = commands.empty_data(options)
    if empty is not None:
        print(f"keti: {empty} holds no installation; name its folder with --data", file=sys.stderr)
        return int(getattr(options, "unusable", 2))
    if getattr(options, "lang", None) == "":
        options.lang = tongue_of(named) if isinstance(named, Path) else "zh"
    return int(options.run(options))


if __name__ == "__main__":
    sys.exit(main())
