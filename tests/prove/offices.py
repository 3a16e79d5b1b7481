"""Prove that 3,200 letters to 367 divisions and 30 ministries are made as fast as Typst sets them.

`python -m tests.prove offices`; with another number `python -m tests.prove.offices LETTERS`. In one
run: bare Typst sets the same text with a template of a few lines, as one file and
as single ones; the house issues the letter (numbers, codes, pieces), merges, sets the one file and
the archive of single ones, and labels. The folder and its database are made here.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

MOST = 1.5
"""So many times what bare Typst needs the house may take for both."""
LETTERS = 3200
MINISTRIES = 30
BODY = (
    "{称谓}：\n为向各地提供治理参考，{课题}由多家单位共同完成，现已结题。兹将报告寄送{收件单位}，"
    "供{所在地}有关工作参考。\n报告所列案例、数据和建议均注明出处；如有不同意见，请在收到后一个月内"
    "函告，课题组将逐条答复，并在修订时采纳。\n请于收到后将回执寄回，注明编号{编号}。\n专此函达。"
)


def say(text: str) -> None:
    """One line, at once."""
    print(text, flush=True)


def prepare() -> None:
    """A folder of our own, migrated."""
    os.environ |= {
        "KETI_DATA": tempfile.mkdtemp(prefix="keti-prove-"),
        "DJANGO_SETTINGS_MODULE": "keti.settings",
        "KETI_LOG": "ERROR",
        "KETI_MODE": "play",
    }
    import_module("django").setup()
    call = import_module("django.core.management").call_command
    call("migrate", verbosity=0, interactive=False)
    call("createcachetable", verbosity=0)


def timed(do: Callable[[], Any]) -> tuple[float, Any]:
    """How many seconds it took, and what it made."""
    began = time.monotonic()
    made = do()
    return time.monotonic() - began, made


def approved_list(cast: Any, number: int) -> Any:
    """Offices of every division and of the ministries, by a sheet's rows, on an approved list."""
    actions = import_module("keti.letters.actions")
    line = import_module("keti.letters.rules.sheets").OfficeLine
    divisions = import_module("keti.letters.rules.divisions")
    keep = import_module("keti.documents.actions").keep_upload
    codes = sorted(divisions.DIVISIONS)
    lines = [
        line(at, f"第{at}部（演示）", "ministry", "", "办公厅", f"示例街 {at} 号", "100000")
        for at in range(1, MINISTRIES + 1)
    ]
    for at in range(number - MINISTRIES):
        code = codes[at % len(codes)]
        kind = "provincial" if code in divisions.PROVINCES else "prefectural"
        name = f"{divisions.name_of(code)}第{at // len(codes) + 1}办公室（演示）"
        lines.append(line(at, name, kind, code, "办公室", f"示例路 {at} 号", "050000"))
    act = cast.qin.act()
    file = keep(act, programme=cast.programme, name="o.csv", data=b"a,b\n")
    took, _ = timed(lambda: actions.import_offices(act, programme=cast.programme, file=file,
                                                   lines=lines))  # fmt: skip
    say(f"{len(lines)} offices of {len(codes)} divisions and {MINISTRIES} ministries imported "
        f"in {took:.1f} s")  # fmt: skip
    rows = list(import_module("keti.letters.models").Office.objects.order_by("pk"))
    made = actions.draft_list(cast.qin.act(), programme=cast.programme, key="offices",
                              title="各单位", offices=rows)  # fmt: skip
    return actions.approve_list(cast.gao.act(), recipients=made)


def bare(told: dict[str, Any]) -> list[float]:
    """Seconds bare Typst needs for the one file, and for single ones, of the same PDF standards; in
    a process that steps back behind others as the house's does."""
    command = [sys.executable, "-m", "tests.prove._bare"]
    done = subprocess.run(command, input=json.dumps(told).encode(), stdout=subprocess.PIPE,
                          check=True, start_new_session=True)  # fmt: skip
    return [float(one) for one in done.stdout.split()]


def of_the_house(cast: Any, mailing: Any) -> dict[str, float]:
    """Seconds the house needs for each file, by its jobs: reading, merging, setting, keeping."""
    asking = import_module("keti.jobs.actions")
    printing = import_module("keti.letters.doors.printing")
    asker = asking.Asker(cast.qin.person, cast.programme, cast.qin.seat.public_id)
    took = {}
    with asking.at_once():
        for what in printing.WHAT:
            took[what], job = timed(lambda what=what: printing.order(mailing, what, asker, "/"))
            assert job.state == "done", job.error
            say(f"  {what}: {took[what]:.1f} s, "
                f"{printing.file_of(mailing, what).stat().st_size >> 20} MB")  # fmt: skip
    return took


def faults(mailing: Any, number: int) -> list[str]:
    """What is not as it must be: every letter is there once, whole, under its own number."""
    import zipfile  # noqa: PLC0415

    import pypdf  # noqa: PLC0415

    printing = import_module("keti.letters.doors.printing")
    wrong = []
    pages = len(pypdf.PdfReader(printing.file_of(mailing, "all")).pages)
    names = zipfile.ZipFile(printing.file_of(mailing, "each")).namelist()
    numbers = set(mailing.pieces.values_list("number", flat=True))
    codes = set(mailing.pieces.values_list("code", flat=True))
    for said, found in (("pages", pages), ("files", len(set(names))), ("numbers", len(numbers)),
                        ("codes", len(codes))):  # fmt: skip
        if found != number:
            wrong.append(f"{found} {said} for {number} letters")
    return wrong


def main(arguments: list[str]) -> int:
    """So many letters; 0 when the house takes no more than MOST times what bare Typst needs."""
    number = int(arguments[0]) if arguments else LETTERS
    prepare()
    cast = import_module("tests.cast").assemble(Path(__file__).parents[1] / "cast.yaml")
    actions = import_module("keti.letters.actions")
    listed = approved_list(cast, number)
    wording = actions.Wording("关于寄送报告的函", BODY, series="函", copies="存档（演示）")
    draft = actions.save_mailing(cast.qin.act(), recipients=listed, wording=wording)
    issuing, mailing = timed(lambda: actions.issue_mailing(cast.gao.act(), mailing=draft))
    merging, told = timed(lambda: import_module("keti.letters.queries").printed(mailing))
    say(f"{number} letters issued, numbered in {issuing:.1f} s; merged in {merging:.1f} s")
    whole, each = bare(told)
    say(f"bare Typst: one file {whole:.1f} s, {number} files {each:.1f} s")
    say("the house, by its jobs:")
    took = of_the_house(cast, mailing)
    ratio = (issuing + took["all"] + took["each"]) / (whole + each)
    say(f"issued, one file and {number} files: {issuing + took['all'] + took['each']:.1f} s, "
        f"{ratio:.2f} times bare Typst (at most {MOST})")  # fmt: skip
    wrong = faults(mailing, number)
    for one in wrong:
        say(f"WRONG {one}")
    return int(bool(wrong) or ratio > MOST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
