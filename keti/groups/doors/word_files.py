"""A Word file that comes with a form whose text is written on the page: its words and pictures are
read into the text and seen there, before the form is sent; the file is kept as it came."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from keti.documents.actions import examined
from keti.documents.doors import readings
from keti.documents.models import StoredFile
from keti.documents.rules.doc1.typed_in import settled
from keti.documents.rules.pictures import Picture
from keti.documents.rules.reading import Read
from keti.groups.doors.entering import Door
from keti.groups.doors.filling import KeepingForm
from keti.jobs.enums import JobState
from keti.kernel.refusals import sentence

Keep = Callable[[Picture], StoredFile]
"""How a room keeps one picture of its text."""


class WordFile(KeepingForm):
    """A form with a `file` whose words may stand in its text; `of` names the one whose words do."""

    of = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def upload(self) -> UploadedFile | None:
        """The file, where one was sent, or waits from an earlier try, and is taken."""
        if not self.is_bound or "file" in self.errors:
            return None
        found: UploadedFile | None = self.cleaned_data.get("file")
        return found

    def unread(self) -> bool:
        """Whether a file came whose words do not stand in the text yet."""
        upload = self.upload()
        return upload is not None and _sha(upload) != self["of"].value()

    def as_seen(self) -> dict[str, str]:
        """What was sent, its file named as the one whose words stand in the text."""
        upload = self.upload()
        return {**as_typed(self.data), self.add_prefix("of"): _sha(upload) if upload else ""}

    def known(self, door: Door) -> tuple[Read | None, str]:
        """What the file says; None while a worker reads it, or with why nobody can. Only asked
        where there is a file."""
        upload = self.cleaned_data["file"]
        read = readings.known(upload, str(upload.name), door.lang)
        if read is not None:
            return read, ""
        self.kept("file")
        slot = f"{self['key'].value()}/{self.add_prefix('file')}"
        job = readings.ask_to_read(upload, str(upload.name), slot, door.asker, door.now)
        if job.state == JobState.FAILED:
            return Read(), sentence(job.error, job.why_facts, door.lang)
        return readings.known(upload, str(upload.name), door.lang) if job.finished else None, ""


def _sha(upload: UploadedFile) -> str:
    return examined(upload, str(upload.name)).sha256


def as_typed(data: Mapping[str, Any]) -> dict[str, str]:
    """What was sent as the starting values of the form shown again, nothing of it examined yet."""
    return {name: str(data[name]) for name in data}


def words_of(read: Read) -> tuple[str, str]:
    """The words, and the document where they are more than lines."""
    if read.doc:
        return settled("", read.doc)
    return "\n".join(line.words for line in read.lines), ""


def keep_pictures(read: Read, doc: str, keep: Keep) -> None:
    """The pictures of the file are kept as those are that somebody puts in."""
    for picture in readings.pictures_in(read, [doc] if doc else []):
        keep(picture)


def left_in(read: Read, lang: str) -> str:
    """What stays in the original only, in one line."""
    return ("、" if lang != "en" else ", ").join(readings.left_words(read, lang))
