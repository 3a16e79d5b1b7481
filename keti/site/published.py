"""The public page of a report as kept bytes: on the day of its release everybody comes at once."""

import threading
from collections import OrderedDict
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from keti.ledger.doors import COOKIES
from keti.ledger.queries import lines_recorded

WHERE = "/published/"
TONGUE = "django_language"
MOST_PAGES = 128
MOST_SAID = 200
"""Longer headers and questions are no key: a visitor does not say how much is kept."""
Key = tuple[int, str, str, str, str]


class PublishedPages:
    """Answers a page beneath `/published/` from what was drawn for it, for visitors nobody knows.

    What is public changes by an act, and every act leaves a line: the pages are kept for as long as
    no book of the record grows. One statement asks that, before the page and at every answer, so
    that what was withdrawn is gone at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.pages: OrderedDict[Key, HttpResponse] = OrderedDict()
        self.lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = _key(request)
        if key is None:
            return self.get_response(request)
        with self.lock:
            kept = self.pages.get(key)
        if kept is None:
            drawn = self.get_response(request)
            self._keep(key, drawn)
            return drawn
        answer = HttpResponse(kept.content, headers=dict(kept.items()))
        return get_conditional_response(request, etag=kept["ETag"], response=answer) or answer

    def _keep(self, key: Key, drawn: HttpResponse) -> None:
        """A whole page with its tag that sets nothing at the visitor's."""
        if drawn.status_code != 200 or drawn.streaming or drawn.cookies or "ETag" not in drawn:
            return
        with self.lock:
            old = [one for one in self.pages if one[0] != key[0]]
            for one in old:
                del self.pages[one]
            self.pages[key] = HttpResponse(drawn.content, headers=dict(drawn.items()))
            while len(self.pages) > MOST_PAGES:
                self.pages.popitem(last=False)


def _key(request: HttpRequest) -> Key | None:
    """What the page depends on; None for whoever is known, sends something, or asks too much."""
    if not request.path_info.startswith(WHERE) or request.method != "GET":
        return None
    if any(name in request.COOKIES for name in COOKIES):
        return None
    said = (
        request.path_info,
        request.META.get("QUERY_STRING", ""),
        request.COOKIES.get(TONGUE, ""),
        request.META.get("HTTP_ACCEPT_LANGUAGE", ""),
    )
    if any(len(one) > MOST_SAID for one in said):
        return None
    return (lines_recorded(), *said)
