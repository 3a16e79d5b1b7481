"""What an upload says, read once and kept under its hash: at once where that is quick, else by a
worker. PDFs are read by workers only: their reader meets what strangers send."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import IO, Any, cast

from keti.documents.actions import examined, laid_aside
from keti.documents.doors.made import made, place_of, put_made
from keti.documents.rules.doc1.schema import files_of
from keti.documents.rules.office import ZIP
from keti.documents.rules.pictures import Picture, mime_of
from keti.documents.rules.reading import LINE, Read, ReadLine, as_json, from_json, within
from keti.documents.rules.sniff import decoded
from keti.documents.rules.streams import Stream, head, pieces
from keti.documents.rules.through_office import KINDS as THROUGH_OFFICE
from keti.documents.rules.through_office import as_docx, office
from keti.documents.rules.word.reader import Word, read_word
from keti.documents.rules.word_in import as_read
from keti.jobs.actions import Asker, Running, Wanted, ask
from keti.jobs.enums import JobState
from keti.jobs.models import Job
from keti.jobs.queries import newest
from keti.kernel.refusals import Refused, both, sentence

KIND = "documents.reading"
EDITION = "reading/3"
SECONDS = 60
"""What breaks off a reading that nothing else can; it stops itself long before."""
TRIES = 2
"""A worker that is ended gives its reading back once; what ended two is at fault itself."""
PICTURE = "picture"
QUICK = 1 << 20
"""Bytes of a document's markup that are read within a second on a slow machine."""
_MARKS = ("picture", "chart", "formula", "footnote", "object", "cut")


def form_of_file(upload: Stream, name: str) -> str:
    """docx, pdf or txt, or the older kind that LibreOffice puts into Word's form: how this upload
    is read; "" where it is only kept. Refuses what is not taken at all."""
    kind = examined(upload, name).sniffed.kind
    if kind == "wps" and head(upload, 4) == ZIP:
        return "docx"
    if kind in THROUGH_OFFICE:
        return kind if office() else ""
    return {"docx": "docx", "dotx": "docx", "pdf": "pdf", "txt": "txt", "md": "txt"}.get(kind, "")


def is_word(upload: Stream, name: str) -> bool:
    """Whether a text with its tables and pictures is read from this upload: Word, WPS, and older
    kinds where LibreOffice is installed. A PDF, a scan, a plain text stay files."""
    form = form_of_file(upload, name)
    return form == "docx" or form in THROUGH_OFFICE


def known(upload: Stream, name: str, lang: str) -> Read | None:
    """What this upload says, if it is known or quickly read; None where a worker has to."""
    form = form_of_file(upload, name)
    if not form:
        return Read()
    kept = _kept(_key(upload, name, lang))
    if kept is not None:
        return kept
    if form == "pdf" or form in THROUGH_OFFICE or not _is_quick(upload, form):
        return None
    try:
        return _read_and_keep(upload, name, form, (lang,))
    except Refused:
        return Read()  # it is kept as it came, and its parts are written by hand


def ask_to_read(upload: Stream, name: str, slot: str, by: Asker, at: datetime) -> Job:
    """Let a worker read the upload that was set aside in `slot` for who asks; the job that failed
    at it before where there is one."""
    said = {"slot": slot, "at": at.isoformat()}
    title = both("documents.being-read", name=name)
    key = f"{_key(upload, name, 'zh')}/{by.person.public_id if by.person else ''}"
    failed = newest(KIND, key)
    if failed is not None and failed.state == JobState.FAILED:
        return failed
    return ask(Wanted(KIND, key, title, said), by)


def read_aside(running: Running) -> str:
    """The work of `ask_to_read`. What is kept is the same however often it is done."""
    job = running.job
    at = datetime.fromisoformat(str(job.asked["at"]))
    held = laid_aside(job.person, str(job.asked["slot"]), at) if job.person else None
    if held is None:
        raise Refused("documents.source-gone")
    if job.attempts > TRIES:
        raise Refused("documents.file-takes-too-long", name=held.name)
    with held.file as file:
        _read_and_keep(file, held.name, form_of_file(file, held.name), ("zh", "en"))
    return ""


def _read_and_keep(file: Stream, name: str, form: str, langs: tuple[str, ...]) -> Read:
    """Read the file once and keep what it says; the lines of a Word file in each language, and the
    pictures of its document."""
    file.seek(0)
    if form != "docx" and form not in THROUGH_OFFICE:
        found = _read(file, name, form)
        for lang in langs:
            _keep(found, file, name, lang)
        return found
    word = _word(file, name, form)
    for sha, picture in word.pictures.items():
        put_made(place_of(sha, PICTURE), picture.data)
    for lang in langs:
        found = as_read(word, _marks(lang))
        _keep(found, file, name, lang)
    return found


def _word(file: Stream, name: str, form: str) -> Word:
    """The document of a Word file, or of one that is put into its form first: said so."""
    if form not in THROUGH_OFFICE:
        return read_word(file, name)
    word = read_word(io.BytesIO(as_docx(file, name, form)), name)
    word.left["converted"] = 1
    return word


def _keep(found: Read, file: Stream, name: str, lang: str) -> None:
    put_made(_place(_key(file, name, lang)), json.dumps(as_json(found)).encode())


def picture_of(read: Read, sha256: str) -> bytes | None:
    """The bytes of a picture that the read document shows; None for any other."""
    if not read.doc or sha256 not in files_of(json.loads(read.doc)):
        return None
    return made(sha256, PICTURE)


def pictures_in(read: Read, docs: Iterable[str]) -> Iterator[Picture]:
    """The cleaned pictures that these documents show, of what was read, each once."""
    for sha in sorted({sha for text in docs for sha in files_of(json.loads(text))}):
        data = picture_of(read, sha)
        if data is not None:
            yield Picture(data, mime_of(data), 0, 0)


def _read(file: Stream, name: str, form: str) -> Read:
    if form == "pdf":  # loaded where it is used: its library is large, and a start waits for it
        return cast(Read, import_module("keti.documents.rules.pdf_in").read_pdf(file, name))
    text = decoded(b"".join(pieces(file))) or ""
    lines, _cut = within(ReadLine(LINE, line) for line in text.splitlines() if line.strip())
    return Read(tuple(lines))


def _marks(lang: str) -> dict[str, str]:
    return {kind: sentence(f"documents.mark-{kind}", {}, lang) for kind in _MARKS}


def _is_quick(upload: Stream, form: str) -> bool:
    if form != "docx":
        return True
    upload.seek(0)
    with zipfile.ZipFile(cast(IO[bytes], upload)) as archive:
        parts = [one for one in archive.infolist() if one.filename.lower().startswith("word/")]
        return all(one.file_size <= QUICK for one in parts if one.filename.endswith(".xml"))


def _key(upload: Stream, name: str, lang: str) -> str:
    tongue = "en" if lang.startswith("en") else "zh"
    sha = examined(upload, name).sha256
    return hashlib.sha256(f"{EDITION}/{tongue}/{sha}".encode()).hexdigest()


def _place(key: str) -> Path:
    return place_of(key, "read")


def _kept(key: str) -> Read | None:
    try:
        kept: dict[str, Any] = json.loads(_place(key).read_bytes())
        found = from_json(kept)
    except (FileNotFoundError, ValueError, KeyError):
        return None
    shown = files_of(json.loads(found.doc)) if found.doc else []
    whole = all(place_of(sha, PICTURE).exists() for sha in shown)
    return found if whole else None  # its pictures were swept: it is read anew


def left_words(read: Read, lang: str) -> list[str]:
    """What stays in the original only, in words: 图片 2 幅."""
    return [sentence(f"documents.left-{kind}", {"n": n}, lang) for kind, n in read.left]
