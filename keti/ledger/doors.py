"""Public pages kept whole: what everybody reads alike is drawn once until something is recorded."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from keti.kernel import clock
from keti.kernel.named import site
from keti.ledger.models import Head

OK = 200
MOST_PAGES, MOST_BYTES = 256, 32 << 20
COOKIES = ("sessionid", "messages")
"""Who brings one of these may be somebody; for everybody else a page is the same."""

Key = tuple[Any, ...]
_pages: "OrderedDict[Key, HttpResponse]" = OrderedDict()
_lock = Lock()
checking = False
"""The tests draw every page anew and compare: what a page says and its key does not, is found."""


class Stale(AssertionError):
    """A page kept whole would have been another one, drawn now."""


def whole(request: HttpRequest, draw: Callable[[], HttpResponse]) -> HttpResponse:
    """The page that `draw` gives, for a visitor nobody knows: kept until anything is recorded in
    any book, and no longer than its minute, in which its dates are true. One statement when kept.

    A person, a form that is sent and an address with a question are answered anew. The size of
    the books is read before the page is drawn: what is recorded meanwhile makes it new again.
    """
    known = any(name in request.COOKIES for name in COOKIES)
    if request.method != "GET" or known or request.GET:
        return draw()
    minute = clock.received(request).replace(second=0, microsecond=0)
    recorded = Head.objects.aggregate(size=Sum("size"))["size"]
    key = (request.path, get_language(), minute, recorded, settings.KETI_NAME, site())
    with _lock:
        kept = _pages.get(key)
        if kept is not None:
            _pages.move_to_end(key)
    if kept is not None and not checking:
        return _copied(kept)
    drawn = draw()
    if kept is not None and kept.content != drawn.content:
        raise Stale(f"{request.path}: another page under the same record")
    if drawn.status_code == OK and not drawn.cookies:
        _keep(key, _copied(drawn))
    return drawn


def forget() -> None:
    """Keep nothing of what was drawn so far."""
    with _lock:
        _pages.clear()


def _copied(page: HttpResponse) -> HttpResponse:
    """The same bytes and headers in an answer of its own: others write into theirs."""
    return HttpResponse(page.content, status=page.status_code, headers=dict(page.items()))


def _keep(key: Key, page: HttpResponse) -> None:
    with _lock:
        _pages[key] = page
        _pages.move_to_end(key)
        held = sum(len(one.content) for one in _pages.values())
        while len(_pages) > MOST_PAGES or held > MOST_BYTES:
            _, gone = _pages.popitem(last=False)
            held -= len(gone.content)
