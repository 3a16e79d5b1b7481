"""A paper made in a process of its own, which leaves the machine to the pages.

`python -m keti.documents.rules.apart FORM FOLDER` reads a paper as JSON and writes the file; the
pictures it shows lie in the folder. The worker
itself writes to the database in between and therefore does not step back: what it holds would be
held the longer.
"""

import json
import subprocess
import sys
from pathlib import Path

from keti.kernel.modest import be_modest
from keti.kernel.refusals import Refused

from . import pictures
from . import render as forms
from .paper import Paper, as_json, from_json
from .sniff import safe_name

COMMAND = [sys.executable, "-m", "keti.documents.rules.apart"]
REFUSED = 3
TOLD = 2000


def render(paper: Paper, form: str) -> forms.Rendered:
    """The paper as PDF, Word file or page; refuses what `rules.render.render` refuses."""
    if form not in forms.MIMES:
        return forms.render(paper, form)
    done = subprocess.run(
        [*COMMAND, form, pictures.folder()],
        input=as_json(paper).encode(),
        capture_output=True,
        start_new_session=True,
        check=False,
    )
    if done.returncode == REFUSED:
        told = json.loads(done.stderr.splitlines()[-1])
        raise Refused(told["code"], **told["facts"])
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace")[-TOLD:])
    name = safe_name(f"{paper.number} {paper.title}".strip(), form)
    return forms.Rendered(done.stdout, forms.MIMES[form], name)


def main(form: str, folder: str = "") -> int:
    """Make one paper from standard input; 3 where it is refused, with the reason as JSON."""
    be_modest()
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
