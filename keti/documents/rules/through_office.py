"""Older and other text files (.doc, .wps, .odt, .rtf) put into Word's form by LibreOffice, where it
is installed. Pure but for the program it starts.

It starts with a profile of its own in a folder of its own: nothing of a former run, no macro, no
active content, no link followed; a file that would fetch or run something was refused before
(`rules.sniff`). It has a limit on time and on memory, and steps back a little before the pages.
"""

import os
import resource
import shutil
import signal
import subprocess
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from keti.kernel.refusals import Refused

from .streams import Stream, pieces

KINDS = frozenset({"doc", "wps", "odt", "rtf"})
SECONDS = 50
"""A first start with a fresh profile takes three; a book of two hundred pages five more."""
MEGABYTES = 2048
NAMES = ("soffice", "libreoffice")
_ITEM = (
    '<item oor:path="/org.openoffice.Office.Common/{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
_SAID = (
    ("Security/Scripting", "DisableMacrosExecution", "true"),
    ("Security/Scripting", "MacroSecurityLevel", "3"),
    ("Security/Scripting", "DisableActiveContent", "true"),
    ("Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Load", "UpdateDocumentsLinks", "2"),
)
PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SAID)
    + "</oor:items>\n"
)


@lru_cache(maxsize=1)
def office() -> str:
    """The program, by its path; empty where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), "")


def as_docx(file: Stream, name: str, kind: str) -> bytes:
    """The same text as a .docx. Refuses what LibreOffice does not open, or not in time."""
    with TemporaryDirectory(prefix="keti-office-") as made:
        here = Path(made)
        given = here / f"given.{'doc' if kind == 'wps' else kind}"
        with given.open("wb") as out:
            file.seek(0)
            for piece in pieces(file):
                out.write(piece)
        user = here / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(PROFILE)
        _run(here, given, name)
        result = here / "given.docx"
        if not result.is_file():
            raise Refused("documents.office-cannot-read", name=name)
        return result.read_bytes()


def _run(here: Path, given: Path, name: str) -> None:
    command = [
        office(), "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
        f"-env:UserInstallation={(here / 'profile').as_uri()}",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(here), str(given),
    ]  # fmt: skip
    nowhere = "http://127.0.0.1:9"
    child = subprocess.Popen(
        command,
        cwd=here,
        env={
            "HOME": str(here), "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8",
            "TMPDIR": str(here), "http_proxy": nowhere, "https_proxy": nowhere,
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_limit,
    )  # fmt: skip
    try:
        child.wait(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise Refused("documents.file-takes-too-long", name=name) from None
    finally:
        with_all_it_started(child.pid)
        child.wait()


def with_all_it_started(group: int) -> None:
    """End a program and what it started; LibreOffice is a script that starts another."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def _limit() -> None:
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES << 20, MEGABYTES << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
