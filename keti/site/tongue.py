"""Which language a page is in."""

import re

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware

READS_CHINESE = re.compile(r"(?:^|,)\s*zh\b(?![^,]*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.I)


class ChineseFirst(LocaleMiddleware):
    """The language that was chosen here; else Chinese for everybody whose browser names it at all,
    in whatever place: many a Chinese reader's browser was set up in English."""

    def process_request(self, request: HttpRequest) -> None:
        if READS_CHINESE.search(request.headers.get("Accept-Language", "")):
            request.META["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
        super().process_request(request)
