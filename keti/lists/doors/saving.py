"""A list as a file: CSV sent line by line, or a workbook made in a file of its own and sent."""

from collections.abc import Iterator

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import override

from keti.documents.rules.sheet import Cell, csv_lines, xlsx_file
from keti.groups.doors import Door
from keti.kernel.downloads import attachment
from keti.lists.doors.asking import Asked
from keti.lists.doors.declaring import Column, Listing, Rows
from keti.lists.rules import filed

CHUNK = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
FORMS = ("xlsx", "csv")


def save(request: HttpRequest, listing: Listing, slug: str, form: str) -> HttpResponseBase:
    """The whole list as it was asked for, for who comes through its door; 404 for another form."""
    door = listing.enter(request, slug)
    if form not in FORMS:
        raise Http404
    found = Asked.of(listing, request.GET).found(listing, door, listing.base(door))
    header = [str(one.title) for one in _columns(listing, door)]
    lines = _lines(door, listing, found, door.lang)
    answer: HttpResponseBase
    if form == "csv":
        answer = StreamingHttpResponse(csv_lines(header, lines), content_type=CSV)
    else:
        made = xlsx_file(str(listing.title), header, lines, created=door.now)
        answer = FileResponse(made, content_type=XLSX)
    name = f"{door.programme.slug}-{listing.name}.{form}"
    answer.headers["Content-Disposition"] = attachment(name)
    return answer


def _columns(listing: Listing, door: Door) -> list[Column]:
    extra = listing.extra(door) if listing.extra else ()
    return [one for one in (*listing.columns, *extra) if one.file]


def _lines(door: Door, listing: Listing, found: Rows, lang: str) -> Iterator[list[Cell]]:
    """Line after line in the language of the request, which is over when the last one is sent."""
    columns, zone = _columns(listing, door), door.programme.tz
    with override(lang):
        for row in listing.rows(door, found.iterator(CHUNK)):
            yield [filed(one.value(row), zone) for one in columns]
