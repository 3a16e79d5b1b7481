"""Letters by the thousand as PDF: one file of all, one of each, sheets of labels; set by Typst.

`python -m keti.letters.rules.printing` reads what is wanted as JSON and writes files, in a process
of its own that passages back behind the pages; it says after each how many are done. The
templates are fixed: every word reaches them as data.
"""

import io
import json
import os
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import segno
import typst

from keti.documents.rules.glyphs import PRIVATE, STANDARDS, fonts, lacking
from keti.documents.rules.sniff import safe_name
from keti.documents.rules.typed import shown
from keti.kernel.modest import be_modest

TEMPLATES = Path(__file__).parents[1] / "templates_typst"
STAND_IN = "〓"
MOST_LOOKS = 800
Letter = Mapping[str, Any]


class Press:
    """One template, ready to set one paper after another: fonts and sources are read once."""

    def __init__(self, template: str) -> None:
        self._compiler = typst.Compiler(
            str(TEMPLATES / template), root=str(TEMPLATES), font_paths=fonts()
        )

    def set(self, told: Mapping[str, Any], day: Sequence[int]) -> bytes:
        """The paper of this data, dated this day; what no font has stands as 〓."""
        told = {**told, "long": any(map(_long, told["letters"]))}
        data = PRIVATE.sub(STAND_IN, shown(json.dumps(told, ensure_ascii=False)))
        made = datetime(day[0], day[1], day[2], tzinfo=UTC)
        try:
            return self._compiled(data, made)
        except typst.TypstError:
            bad = dict.fromkeys(map(ord, lacking(data, looks=MOST_LOOKS)), STAND_IN)
            return self._compiled(data.translate(bad), made)

    def _compiled(self, data: str, made: datetime) -> bytes:
        out: Any = self._compiler.compile(
            format="pdf", sys_inputs={"told": data}, pdf_standards=STANDARDS, timestamp=made
        )
        return bytes(out)


def _long(letter: Letter) -> bool:
    """May it need a second page?"""
    return sum(1 + len(one) // WIDE for one in letter["body"]) > FEW


WIDE, FEW = 25, 11
"""Characters of a line, and lines of a text that stand on one page with head and foot."""


def all_of(told: Mapping[str, Any]) -> bytes:
    """Every letter in one file, each beginning a page of its own."""
    return Press("letters.typ").set(told, told["day"])


def each_of(told: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Every letter as a file of its own: its name, its bytes; in turn, set by as many processes as
    the machine has processors, and no more than four."""
    letters = told["letters"]
    shared = {key: value for key, value in told.items() if key != "letters"}
    with Pool(min(os.cpu_count() or 1, MOST_PROCESSES), _begin, (shared,)) as presses:
        yield from zip(map(named, letters), presses.imap(_one, letters, CHUNK), strict=True)


MOST_PROCESSES, CHUNK = 4, 16
_press: list[tuple[Press, dict[str, Any]]] = []


def _begin(shared: dict[str, Any]) -> None:
    _press.append((Press("letters.typ"), shared))


def _one(letter: Letter) -> bytes:
    press, shared = _press[0]
    return press.set({**shared, "letters": [letter]}, shared["day"])


def named(letter: Letter) -> str:
    """What the file of a letter is called: its serial number and the office."""
    return safe_name(f"{letter['serial']:05} {letter['name']}", "pdf")


def labels_of(told: Mapping[str, Any]) -> bytes:
    """A label for each letter, fourteen on a sheet, with its code to be scanned."""
    letters = [{**one, "qr": qr(one["code"])} for one in told["letters"]]
    return Press("labels.typ").set({**told, "letters": letters}, told["day"])


def qr(code: str) -> str:
    """The code of a piece as a square of modules, drawn as SVG."""
    out = io.BytesIO()
    made = segno.make_qr(code, error="m")
    made.save(out, kind="svg", xmldecl=False, border=2, dark="#000", omitsize=True)
    return out.getvalue().decode().strip()


def zipped(target: Path, told: Mapping[str, Any], done: Any) -> None:
    """Every letter as a file of its own in one archive; the same letters give the same bytes."""
    stamp = (*told["day"], 0, 0, 0)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for count, (name, data) in enumerate(each_of(told), start=1):
            archive.writestr(zipfile.ZipInfo(name, stamp), data)
            done(count)


def main() -> int:
    """Make what is asked for on standard input; a line on standard output for what is done."""
    be_modest()
    told = json.load(sys.stdin)
    target = Path(told.pop("target"))
    if told["what"] == "each":
        zipped(target, told, lambda count: print(count, flush=True))
    else:
        target.write_bytes((labels_of if told["what"] == "labels" else all_of)(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
