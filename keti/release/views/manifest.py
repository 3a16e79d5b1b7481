"""The list of hashes of a publication: `sha256sum -c` reads it beside the files."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from keti.release import queries
from keti.release.models import Publication


def sums(request: HttpRequest, slug: str) -> HttpResponse:
    """The hashes, a line each, in the form that `sha256sum -c` reads."""
    out = _out(slug)
    data = queries.about(out)
    rows = [*queries.files_of(out)]
    rows.append({"name": queries.ABOUT, "sha256": hashlib.sha256(data).hexdigest()})
    lines = "".join(f"{one['sha256']}  {one['name']}\n" for one in rows)
    return _given(request, lines.encode(), "text/plain; charset=utf-8")


def about(request: HttpRequest, slug: str) -> HttpResponse:
    """What was published, with the numbers and hashes of all of it."""
    return _given(request, queries.about(_out(slug)), "application/json")


def _out(slug: str) -> Publication:
    """What is public at this address; nothing while its files are made anew."""
    out = queries.publication_at(slug)
    if out is None or out.retracted_at is not None or not queries.is_made(out):
        raise Http404
    return out


def _given(request: HttpRequest, data: bytes, mime: str) -> HttpResponse:
    tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=tag) or HttpResponse(data, content_type=mime)
    answer["ETag"] = tag
    answer["Cache-Control"] = "public, no-cache"
    return answer
