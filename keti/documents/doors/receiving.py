"""Between a request and a kept file: how uploads are received, and how files are given out."""

import os
import tempfile
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.forms import Field, FileField
from django.http import FileResponse, Http404, HttpRequest
from django.http.multipartparser import MultiPartParser

from keti.documents.actions.keeping import Looked
from keti.documents.actions.places import folder, path_of
from keti.documents.models import StoredFile
from keti.documents.rules.doc1.schema import MIMES
from keti.documents.rules.sniff import LIMIT
from keti.kernel.refusals import sentence
from keti.kernel.texts import one_line
from keti.programmes.models import Programme

MOST_BODY = 2 * LIMIT + (10 << 20)
"""Two files of the greatest size and the words beside them: more is not read."""


class Received(UploadedFile):
    """A file that lies on the disk while it is received; gone when the request is over."""

    looked: Looked | None = None
    overlong = False


class Overlong(Received):
    """What is left of a file beyond the limit: its name, so that its field can say so."""

    overlong = True


class Receiver(FileUploadHandler):
    """Receives files into the data folder piece by piece, and none beyond the limit.

    The rest of such a file is read past, so that what was typed below it is not lost; but a body
    that is much too long is read no further, as if it ended there.
    """

    def __init__(self, request: HttpRequest | None = None, *, cut: bool = False) -> None:
        super().__init__(request)
        self.cut = cut
        self.file: Any = None
        self.over = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> Any:
        """Read no more than the most a body may have."""
        if self.cut or content_length <= MOST_BODY:
            return None
        edge = boundary if isinstance(boundary, bytes) else str(boundary).encode()
        start = _Start(input_data, MOST_BODY, b"\r\n--" + edge + b"--\r\n")
        parser = MultiPartParser(META, start, [Receiver(self.request, cut=True)], encoding)  # type: ignore[arg-type]
        return parser.parse()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self.over = False
        self.file = tempfile.NamedTemporaryFile(suffix=".part", dir=folder("incoming"))  # noqa: SIM115

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A piece of it, as long as it is within the limit."""
        if not self.over and start + len(raw_data) > LIMIT:
            self.over = True
            self.file.truncate(0)
        if not self.over:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """The file, or the word that it was too long."""
        kind = Overlong if self.over else Received
        self.file.seek(0)
        return kind(
            self.file,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        """The sender went away."""
        if self.file is not None:
            self.file.close()


class _Start:
    """The beginning of a body that is too long, ended where we stop reading."""

    def __init__(self, body: Any, most: int, end: bytes) -> None:
        self._body, self._left, self._end = body, most, BytesIO(end)

    def read(self, size: int = 1 << 16) -> bytes:
        """The next bytes of the body; the closing line after the last of them."""
        piece: bytes = self._body.read(min(size, self._left)) if self._left else b""
        self._left = self._left - len(piece) if piece else 0
        return piece or self._end.read(size)


def tell_limit(fields: Iterable[Field], lang: str) -> None:
    """Let the page itself say what is too large, before it is sent and anything typed waits."""
    for field in fields:
        if isinstance(field, FileField):
            said = sentence("documents.file-too-big", {"name": "{}", "limit_mb": LIMIT >> 20}, lang)
            field.widget.attrs |= {"data-most": str(LIMIT), "data-too-big": said}


def give_out(file: StoredFile) -> FileResponse:
    """A stored file under its own name, sent piece by piece."""
    handle = path_of(file.sha256).open("rb")
    name = one_line(file.name)
    return FileResponse(handle, as_attachment=True, filename=name, content_type=file.mime)


def give_picture(programme: Programme, sha256: str) -> FileResponse:
    """A cleaned picture, to be shown on a page: its bytes are named by their hash and never change.
    Nothing else is given out to be shown."""
    kept = StoredFile.objects.filter(programme=programme, sha256=sha256, mime__in=MIMES)
    file = kept.first()
    if file is None:
        raise Http404
    answer = FileResponse(path_of(sha256).open("rb"), content_type=file.mime)
    answer.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return answer


def held(file: Any, name: str) -> Received:
    """A file that waited aside, as if it had been sent again."""
    return Received(file, name, size=os.fstat(file.fileno()).st_size)
