"""Lists as spreadsheets to save."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.http import Http404, HttpResponse

from keti.documents.rules.sheet import CREATED, Row, to_csv, to_xlsx
from keti.kernel.downloads import attachment

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet(
    title: str, header: Sequence[str], rows: Iterable[Row], form: str, *,
    name: str = "", created: datetime = CREATED,
) -> HttpResponse:  # fmt: skip
    """A list as `xlsx` or `csv`, saved under `name`, else its title; 404 for any other form."""
    if form == "csv":
        data, mime = to_csv(header, rows), "text/csv; charset=utf-8"
    elif form == "xlsx":
        data, mime = to_xlsx(title, header, rows, created=created), XLSX
    else:
        raise Http404
    saved_as = attachment(f"{name or title}.{form}")
    return HttpResponse(data, content_type=mime, headers={"Content-Disposition": saved_as})
