"""What is answered when a request cannot be done: what is wrong, and what to do, in both languages.

None of these pages reads what was sent along. All but `not_found` do without the database and
without a person: they are shown when one of the two is missing.
"""

import errno
import sqlite3
import sys
from collections.abc import Iterator

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from keti.site.ready import room

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
FULL = {errno.ENOSPC, errno.EDQUOT}
READ_ONLY = {errno.EROFS}
# PostgreSQL says by five characters what is wrong: 53100 disk full, 25006 read-only,
# 08... and 57P0x a connection that ended because the server stops, crashed or starts.
PG_FULL = "53100"
PG_READ_ONLY = "25006"
PG_GONE = ("08", "57P0")
WAIT_SECONDS = "10"


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more was sent than this page takes. Nothing of it was kept."""
    return _page("413.html", 413)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where the form was read and held more than a form may."""
    if isinstance(exception, TOO_MUCH):
        return too_large(request)
    return _page("400.html", 400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the page does not exist, or not for this visitor."""
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, which looks like a page that does not exist."""
    return render(request, "403.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """507 for a full disk, 503 for a database that is read-only or away, else 500.

    Some libraries swallow what the disk said and fail over its consequence: so the disk is asked.
    """
    raised = sys.exc_info()[1]
    kind = kind_of(raised) if raised else ""
    if kind == "full" or (not kind and room()):
        return _page("507.html", 507)
    if kind in ("read-only", "gone"):
        answer = _page(f"503-{kind}.html", 503)
        answer.headers["Retry-After"] = WAIT_SECONDS
        return answer
    return _page("500.html", 500)


def kind_of(raised: BaseException) -> str:
    """`full`, `read-only`, `gone` (the database does not answer) or "" for any other failure."""
    for one in reversed(list(_causes(raised))):
        kind = _of_system(one) or _of_sqlite(one) or _of_postgresql(one)
        if kind:
            return kind
    return ""


def _causes(raised: BaseException) -> Iterator[BaseException]:
    """The failure and what led to it, each once."""
    seen: set[int] = set()
    here: BaseException | None = raised
    while here is not None and id(here) not in seen:
        seen.add(id(here))
        yield here
        here = here.__cause__ or here.__context__


def _of_system(raised: BaseException) -> str:
    if not isinstance(raised, OSError):
        return ""
    return "full" if raised.errno in FULL else "read-only" if raised.errno in READ_ONLY else ""


def _of_sqlite(raised: BaseException) -> str:
    code = getattr(raised, "sqlite_errorcode", 0) & 0xFF
    known = {
        sqlite3.SQLITE_FULL: "full",
        sqlite3.SQLITE_READONLY: "read-only",
        sqlite3.SQLITE_CANTOPEN: "gone",
        sqlite3.SQLITE_IOERR: "full" if _is_full(raised) else "gone",
    }
    return known.get(code, "") if isinstance(raised, sqlite3.Error) else ""


def _is_full(raised: BaseException) -> bool:
    """SQLite calls a failed write on a full disk an input/output error in some places."""
    return "WRITE" in str(getattr(raised, "sqlite_errorname", ""))


def _of_postgresql(raised: BaseException) -> str:
    state = getattr(raised, "sqlstate", None)
    if state == PG_FULL:
        return "full"
    if state == PG_READ_ONLY:
        return "read-only"
    if state:
        return "gone" if state.startswith(PG_GONE) else ""
    lost = isinstance(raised, InterfaceError | OperationalError)
    cause = raised.__cause__
    said = isinstance(cause, sqlite3.Error) or bool(getattr(cause, "sqlstate", None))
    return "gone" if lost and not said else ""


def _page(template: str, status: int) -> HttpResponse:
    answer = HttpResponse(render_to_string(template), status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
