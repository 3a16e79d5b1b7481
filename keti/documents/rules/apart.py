"""A paper made in a process of its own, which leaves the machine to the pages.

`python -m keti.documents.rules.apart FORM FOLDER` reads a paper as JSON and writes the file; the
pictures it shows lie in the folder. The worker
itself writes to the database in between and therefore does not step back: what it holds would be
held the longer.

It has a limit on time and one on memory: whoever asks for what is too large is told so, and the
pages of everybody else go on.
"""

import json
import os
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from keti.kernel.modest import be_modest
from keti.kernel.refusals import Refused

from . import pictures
from . import render as forms
from .paper import Paper, as_json, from_json
from .sniff import safe_name
from .written import Body, Head, plain

COMMAND = [sys.executable, "-m", "keti.documents.rules.apart"]
REFUSED = 3
TOLD = 2000
SECONDS = 90
"""A book of two hundred thousand characters takes two seconds, a table of 25,000 rows ten; on a
busy machine several times that. Less than `doors.made.SECONDS`, which would end the worker."""
MEGABYTES = 2048
"""That book takes half a gigabyte, that table little more than one: what takes twice as much would
take a small machine down with everything on it."""
_FULL = re.compile(
    rb"memory allocation|MemoryError|allocate memory|heap exhausted|temporarily unavailable", re.I
)
"""How the programs that set a paper say that they get no more memory."""
NAMES = {"pdf": ("PDF", "Word"), "docx": ("Word", "PDF"), "html": ("HTML", "Word")}
"""What a form is called, and in which other one the paper is to be had."""


def render(paper: Paper, form: str) -> forms.Rendered:
    """The paper as PDF, Word file or page; refuses what `rules.render.render` refuses, and what
    takes more time or memory than a paper may."""
    if form not in forms.MIMES:
        return forms.render(paper, form)
    code, made, said = _ran([*COMMAND, form, pictures.folder()], as_json(paper).encode())
    told: dict[str, Any] = {"code": "", "facts": {}}
    if code == REFUSED:
        told = json.loads(said.splitlines()[-1])
    if code == -signal.SIGALRM or told["code"] == "documents.text-too-tangled":
        raise Refused("documents.paper-too-slow", **(_facts(paper, form) | told["facts"]))
    if code and _FULL.search(said):
        raise Refused("documents.paper-too-large", **_facts(paper, form))
    if code == REFUSED:
        raise Refused(told["code"], **told["facts"])
    if code:
        raise RuntimeError(said.decode("utf-8", "replace")[-TOLD:])
    name = safe_name(f"{paper.number} {paper.title}".strip(), form)
    return forms.Rendered(made, forms.MIMES[form], name)


def _ran(command: list[str], given: bytes) -> tuple[int, bytes, bytes]:
    """How it ended, what it wrote and what it said; broken off with all that it started, where it
    takes too long, it ends as by its alarm."""
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        made, said = child.communicate(given, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
        return -signal.SIGALRM, b"", b""
    return child.returncode, made, said


def _facts(paper: Paper, form: str) -> dict[str, Any]:
    """What the refusal says: the paper, its limits, and its longest part."""
    parts = [*_parts(paper.title, paper.body), *((one.title, one.body) for one in paper.chapters)]
    words = [(len("".join(plain(body).split())), title) for title, body in parts]
    longest, part = max(words)
    return {
        "title": paper.title,
        "form": NAMES[form][0],
        "other": NAMES[form][1],
        "seconds": SECONDS,
        "megabytes": MEGABYTES,
        "part": part,
        "count": longest,
    }


def _parts(title: str, body: Body) -> list[tuple[str, Body]]:
    """A body by the headings of its room."""
    parts: list[tuple[str, list[Any]]] = [(title, [])]
    for piece in body:
        if isinstance(piece, Head):
            parts.append((piece.words, []))
        else:
            parts[-1][1].append(piece)
    return [(named, tuple(pieces)) for named, pieces in parts]


def _limit() -> None:
    """For this process and what it starts: no more memory, and an end of its own should the worker
    that waits for it be gone."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES << 20, MEGABYTES << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(SECONDS + 5)


def main(form: str, folder: str = "") -> int:
    """Make one paper from standard input; 3 where it is refused, with the reason as JSON."""
    be_modest()
    _limit()
    if folder:
        pictures.lie_in(lambda: Path(folder))
    try:
        made = forms.render(from_json(sys.stdin.read()), form)
    except Refused as refused:
        facts = {name: str(value) for name, value in refused.facts.items()}
        print(json.dumps({"code": refused.code, "facts": facts}), file=sys.stderr)
        return REFUSED
    sys.stdout.buffer.write(made.data)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
