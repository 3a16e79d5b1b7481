"""Everything one observer can fetch, told byte for byte: pages, files, feeds, letters."""

import hashlib
import io
import re
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode, urljoin, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.test import Client, RequestFactory
from django.urls import Resolver404, resolve
from pypdf import PdfReader
from pypdf.errors import PdfReadError

from keti.kernel import ids

LINK = re.compile(r'(?:href|src|hx-get|data-url)="([^"#]*)')
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
SELECT = re.compile(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
OPTION = re.compile(r'<option\b[^>]*value="([^"]*)"')
SKIPPED = ("/static/", "/accounts/logout", "/i18n/")
GAP = rb"(?:<[^<>]*>)*(?: |%20)(?:<[^<>]*>)*"
"""Between two groups of digits: a blank, in a Word file at the edge of a run, or in an address."""
MASKS = {
    "nonce of the page": (rb'nonce="[^"]*"|nonce-[\w+/=-]+', b"nonce"),
    "token of the form": (rb'(csrfmiddlewaretoken" value=")\w+', rb"\1"),
    "token for a form of the page": (rb'("token": ")\w+', rb"\1"),
    "token of the form, in a header": (rb'("X-CSRFToken": ?")\w+', rb"\1"),
    "time and signature of what a form is about": (
        rb"(about(?:=|\" value=\")[\w.-]+)(?::|%3A)[\w-]+(?::|%3A)[\w-]+",
        rb"\1",
    ),
    "hash of what was handed in: a commitment": (rb"\b[0-9a-f]{64}\b", b"commitment"),
    "its first twelve digits, as pages and papers print them": (
        rb"(?:\b|(?<=%20))[0-9a-f]{4}(?:GAP[0-9a-f]{4}){2}(?=\b|%20)".replace(b"GAP", GAP),
        b"commitment",
    ),
    "challenge of a security key": (rb'("challenge": ")[\w-]+', rb"\1"),
    "root of the record: a commitment over all its lines": (
        rb"(keti/cast(?:\n|\\n)\d+(?:\n|\\n))[\w+/]{43}=",
        rb"\1commitment",
    ),
    "the way of one line to that root: hashes of the lines beside it": (
        rb"(?m)^[\w+/]{43}=$",
        b"commitment",
    ),
    "signature over it": (rb"\xe2\x80\x94 [\w.]+ [\w+/]{90,92}=*", b"signature"),
    "sum of the hash of a line that is not told": (rb'"sum":"[0-9a-f]{8}"', b'"sum"'),
    "the same as papers print it: how many lines, and the first digits of their root": (
        rb"\b(\d+)-[0-9a-f]{12}\b",
        rb"\1-commitment",
    ),
    "time of the letter and of a page that is never kept": (
        rb"(?m)^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d (GMT|\+0000)$",
        b"now",
    ),
}
"""What differs from one answer to the next without saying anything."""
SIGNED = re.compile(r"^(messages=[^:;]*):[^:;]*:[^:;]*")
"""What a cookie of the next page's messages says, before the second it was signed in and the
signature."""
DRAWN = "allauth.mfa.totp.internal.auth.generate_totp_secret"
"""Draws the secret of an authenticator, also shown as a picture: always the same here."""
RANDOM_COOKIES = {"sessionid", "csrftoken"}
"""Cookies that carry the session: drawn at random for everybody."""


@dataclass
class Answer:
    """One answer, masked: status, headers, what it says, and what lies inside an archive."""

    status: int
    headers: dict[str, str]
    parts: dict[str, bytes]

    def digest(self) -> str:
        """One hash of all of it."""
        told = repr((self.status, sorted(self.headers.items()), sorted(self.parts.items())))
        return hashlib.sha256(told.encode()).hexdigest()


class Visitor:
    """Asks the handlers of the house directly: the same answers as a test client's, which also
    keeps a copy of everything every template was given."""

    def __init__(self, client: Client | None) -> None:
        session = client.cookies.get(settings.SESSION_COOKIE_NAME) if client else None
        cookie = f"{settings.SESSION_COOKIE_NAME}={session.value}" if session else ""
        self.requests = RequestFactory(HTTP_COOKIE=cookie)
        self.handler = BaseHandler()
        self.handler.load_middleware()

    def get(self, path: str) -> Any:
        """The answer to one question."""
        return self.handler.get_response(self.requests.get(path))


@dataclass
class Crawl:
    """Follows every link from where one starts, then tries every address that is known."""

    client: Visitor
    who: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)

    def follow(self, starts: Iterable[str]) -> None:
        """Fetch these and all they lead to."""
        waiting = deque(starts)
        while waiting:
            path = waiting.popleft()
            if path in self.answers:
                continue
            answer = self.fetch(path)
            waiting.extend(links(path, answer))

    def probe(self, paths: Iterable[str]) -> None:
        """Fetch these, whether anything leads there or not."""
        for path in paths:
            if path not in self.answers:
                self.fetch(path)

    def fetch(self, path: str) -> Answer:
        """One request; randomness begins anew for each visitor and page, so that equal pages draw
        equal numbers."""
        ids.seed(int.from_bytes(hashlib.sha256(f"{self.who} {path}".encode()).digest()[:4], "big"))
        cache.clear()
        with patch(DRAWN, lambda: "A" * 32):
            answer = told(self.client.get(path))
        self.answers[path] = answer
        return answer


def route_of(path: str) -> str:
    """The name of the route of this path, with what is asked in the query."""
    parts = urlsplit(path)
    asked = "&".join(sorted(one.partition("=")[0] for one in parts.query.split("&")))
    try:
        return f"{resolve(parts.path).view_name}?{asked}"
    except Resolver404:
        return parts.path


def told(response: Any) -> Answer:
    """The answer as it can be compared."""
    body = b"".join(response)
    headers = {name: masked(value.encode()).decode() for name, value in response.headers.items()}
    headers |= {
        f"Set-Cookie {name}": SIGNED.sub(r"\1", value.OutputString())
        for name, value in response.cookies.items()
        if name not in RANDOM_COOKIES
    }
    if headers.get("Content-Length") == str(len(body)):
        del headers["Content-Length"]  # no more than the body, which is compared
    return Answer(response.status_code, headers, parts_of(body))


def masked(body: bytes) -> bytes:
    """The body without what is random in every answer."""
    for pattern, instead in MASKS.values():
        body = re.sub(pattern, instead, body)
    return body


def parts_of(body: bytes) -> dict[str, bytes]:
    """A body as its parts: every file inside an archive, the text and facts of a PDF."""
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = archive.namelist()
            return {"names": repr(names).encode()} | {
                one: masked(archive.read(one)) if one.endswith(".xml") else archive.read(one)
                for one in names
            }
    if body.startswith(b"%PDF"):
        with suppress(PdfReadError):
            return paper(body)
    return {"": masked(body)}


def paper(body: bytes) -> dict[str, bytes]:
    """The text and the facts of a PDF; what an upload only calls a PDF is compared as it is."""
    reader = PdfReader(io.BytesIO(body))
    text = "\f".join(page.extract_text() for page in reader.pages)
    facts = {key: str(value) for key, value in (reader.metadata or {}).items()}
    said = {"text": text.encode(), "facts": repr(sorted(facts.items())).encode()}
    return {name: masked(part) for name, part in said.items()}


def links(path: str, answer: Answer) -> Iterator[str]:
    """Where a page leads: links, and every choice of a form that only asks."""
    if (
        "text/html" not in answer.headers.get("Content-Type", "")
        and "Location" not in answer.headers
    ):
        return
    if "Location" in answer.headers:
        yield from _inside(urljoin(path, answer.headers["Location"]))
    page = answer.parts.get("", b"").decode(errors="replace")
    for found in LINK.findall(page):
        yield from _inside(urljoin(path, unescape(found)))
    for attributes, body in FORM.findall(page):
        if 'method="post"' in attributes.lower():
            continue
        action = re.search(r'action="([^"]*)"', attributes)
        where = urljoin(path, unescape(action.group(1)) if action else "")
        for name, options in SELECT.findall(body):
            for value in OPTION.findall(options):
                yield from _inside(f"{urlsplit(where).path}?{urlencode({name: unescape(value)})}")


def _inside(address: str) -> Iterator[str]:
    parts = urlsplit(address)
    if parts.scheme in ("", "http", "https") and parts.netloc in ("", "testserver"):
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if path.startswith("/") and not path.startswith(SKIPPED):
            yield path
