"""A final report of two hundred pages, from nine authors' chapters to the published files.

Nine chapters by nine authors, four of them Word files read by the real reader; tables, figures,
references, notes; an edition in Chinese and one in English; published, made by a job that tells how
far it is. Then: the PDF against bare Pandoc and Typst on the same text, the Word file through
LibreOffice, one edit until its preview stands.

`python -m tests.prove.book`: whole; `--parts N` fewer parts a chapter, `--keep FOLDER`
keeps the files.
"""

import argparse
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.test.utils import setup_test_environment
from pypdf import PdfReader

from tests.prove.place import house

PARTS, PARAGRAPHS, TABLES, CHARTS, WORKS, PAGES = 9, 8, 5, 2, 100, 200
WORD = (1, 3, 5, 7)
"""Which of the nine write in Word."""
RATIO, SECOND = 1.5, 1.0


def main(arguments: list[str]) -> int:
    """0 when everything is as it must be; prints the figures."""
    if "--here" not in arguments:
        command = [sys.executable, "-m", "tests.prove.book", "--here", *arguments]
        return subprocess.call(command)
    parser = argparse.ArgumentParser(prog="python -m tests.prove.book", description=__doc__)
    parser.add_argument("--here", action="store_true")
    parser.add_argument("--parts", type=int, default=PARTS)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args(arguments)
    with house(False) as (folder, _cluster):
        import_django()
        figures, faults = run(options, folder)
    print(json.dumps({"figures": figures, "faults": faults}, ensure_ascii=False, indent=1))
    return 1 if faults else 0


def import_django() -> None:
    """Django on the house's own database, with its tables."""
    import_module("django").setup()
    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def run(options: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], list[str]]:
    """(figures, what did not hold)."""
    began = time.monotonic()
    book = import_module("tests.prove._book_made").Book(folder, options.parts)
    book.write()
    wrote = time.monotonic() - began
    published, progress = book.publish()
    files = {f"{form}.{lang}": data for form, lang, data in book.files(published)}
    for name, data in files.items() if options.keep else ():
        form, lang = name.split(".")
        options.keep.mkdir(parents=True, exist_ok=True)
        (options.keep / f"report{'.en' if lang == 'en' else ''}.{form}").write_bytes(data)
    figures: dict[str, Any] = {
        "written and handed in, seconds": round(wrote, 1),
        "progress told": progress,
        **book.counts(),
    }
    faults: list[str] = []
    for look in (_pages, _speed, _office, _preview):
        found, wrong = look(book, files, options)
        print(json.dumps(found, ensure_ascii=False), wrong or "", flush=True)
        figures |= found
        faults += wrong
    return figures, faults


Found = tuple[dict[str, Any], list[str]]


def _pages(book: Any, files: dict[str, bytes], options: argparse.Namespace) -> Found:
    """How many pages, none nearly empty, no paragraph twice, each edition in its language."""
    figures: dict[str, Any] = {}
    faults: list[str] = []
    for lang in ("zh-hans", "en"):
        pages = [one.extract_text() for one in PdfReader(io.BytesIO(files[f"pdf.{lang}"])).pages]
        bare = [len(re.sub(r"\s", "", one)) for one in pages]
        empty = [at for at, count in enumerate(bare[1:-1], 2) if count < 120]
        figures[f"pages {lang}"] = len(pages)
        figures[f"pages nearly empty {lang}"] = empty
        faults += [f"{lang}: nearly empty pages {empty}"] if empty else []
        han = sum("\u4e00" <= sign <= "\u9fff" for one in pages for sign in one)
        share = han / max(sum(bare), 1)
        figures[f"Han characters {lang}"] = round(share, 3)
        wrong = share < 0.5 if lang == "zh-hans" else share > 0.1
        faults += [f"{lang}: written in another language, {share:.2f}"] if wrong else []
    least = PAGES * options.parts // PARTS
    faults += [f"fewer pages than {least}"] if figures["pages zh-hans"] < least else []
    twice = book.twice()
    faults += [f"{len(twice)} paragraphs stand twice"] if twice else []
    return figures, faults


def _speed(book: Any, _files: dict[str, bytes], options: argparse.Namespace) -> Found:
    """The PDF as the worker makes it, against Pandoc and Typst on the same text; best of three,
    taking turns."""
    ours, bare = [], []
    for _ in range(3):
        ours.append(book.ours())
        bare.append(book.bare())
    ratio = min(ours) / min(bare)
    figures = {
        "our PDF, seconds": [round(one, 2) for one in ours],
        "Pandoc and Typst, seconds": [round(one, 2) for one in bare],
        "ratio of the best": round(ratio, 2),
    }
    slow = options.parts == PARTS and ratio > RATIO
    return figures, [f"our PDF takes {ratio:.2f} times the bare one"] if slow else []


def _office(book: Any, files: dict[str, bytes], _options: argparse.Namespace) -> Found:
    """The Word file opened in LibreOffice: its contents, and every number in its order."""
    office = shutil.which("soffice")
    if office is None:
        return {"LibreOffice": "not here"}, ["LibreOffice is not installed"]
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "report.docx").write_bytes(files["docx.zh-hans"])
        began = time.monotonic()
        command = [office, f"-env:UserInstallation=file://{place}/profile", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", place, f"{place}/report.docx"]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        seconds = time.monotonic() - began
        pages = PdfReader(f"{place}/report.pdf").pages
        text = re.sub(r"\s", "", "".join(one.extract_text() for one in pages))
    wanted = book.counts()
    found = {
        "chapters": _in_a_row(
            re.findall(r"第([一二三四五六七八九十]+)章", text), "一二三四五六七八九十"
        ),
        "tables": len(set(re.findall(r"表(\d+)　?", text))),
        "figures": len(set(re.findall(r"图(\d+)　?", text))),
    }
    figures = {"LibreOffice, seconds": round(seconds, 1), "Word pages": len(pages)}
    figures |= {f"Word {name}": count for name, count in found.items()}
    faults = []
    if found["chapters"] < book.chapters:
        faults.append(f"chapters in Word: {found['chapters']} of {book.chapters}")
    for name in ("tables", "figures"):
        if found[name] < wanted[name]:
            faults.append(f"{name} in Word: {found[name]} of {wanted[name]}")
    missing = [one for one in book.titles() if text.count(re.sub(r"\s", "", one)) < 2]
    faults += [f"not in the contents of Word: {missing[:3]}"] if missing else []
    return figures, faults


def _in_a_row(found: list[str], signs: str) -> int:
    """How many of the numbers from the first on occur."""
    return next((at for at, sign in enumerate(signs) if sign not in found), len(signs))


def _preview(book: Any, _files: dict[str, bytes], _options: argparse.Namespace) -> Found:
    """One edit of one chapter, saved by itself and previewed, three times."""
    took = [book.edit_and_preview(number) for number in range(3)]
    figures = {"an edit and its preview, seconds": [round(one, 2) for one in took]}
    slow = min(took) > SECOND
    return figures, [f"the preview of an edit takes {min(took):.2f} s"] if slow else []


def watching(public_id: str, seen: list[tuple[int, int]], over: threading.Event) -> None:
    """Note how far a job says it is, until it is over."""
    told = import_module("keti.jobs.actions.places").progress_of
    while not over.wait(0.05):
        now = told(public_id)
        if now and (not seen or seen[-1] != now):
            seen.append(now)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
