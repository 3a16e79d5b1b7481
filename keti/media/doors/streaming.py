"""A stored film, to be shown on its page: whole, or the part that a player asks for."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from keti.documents.actions import path_of
from keti.documents.models import StoredFile

PIECE = 1 << 18
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def given_out(request: HttpRequest, file: StoredFile) -> HttpResponseBase:
    """The film, or the one range that was asked for; 416 where there is nothing of it."""
    place = path_of(file.sha256)
    size = place.stat().st_size
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    first, last = _span(asked, size)
    if first >= size or first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    answer = StreamingHttpResponse(
        _pieces(place, first, last), status=206 if asked else 200, content_type=file.mime
    )
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Length"] = str(last - first + 1)
    answer["Cache-Control"] = "private, no-cache"
    if asked:
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    return answer


def _span(asked: re.Match[str] | None, size: int) -> tuple[int, int]:
    if asked is None or not (asked[1] or asked[2]):
        return 0, size - 1
    if not asked[1]:
        return max(size - int(asked[2]), 0), size - 1
    return int(asked[1]), min(int(asked[2]), size - 1) if asked[2] else size - 1


def _pieces(place: Path, first: int, last: int) -> Iterator[bytes]:
    with place.open("rb") as handle:
        handle.seek(first)
        left = last - first + 1
        while left > 0 and (piece := handle.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
