"""Finding the pages of the served site: links followed from a first page, sorted by route."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import APIRequestContext

LINK = re.compile(r'href="([^"]+)"')
MOST = 400
WITHOUT_MAIL = {(503, "account_signup"), (503, "account_request_login_code")}
"""A demonstration sends no mail: these pages say so."""


@dataclass
class Found:
    """Route name -> addresses that answered with a page; routes that answered otherwise."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)


def route_of(path: str) -> str:
    """The full route name of an address; empty where the site has none."""
    try:
        return resolve(path).view_name or ""
    except Resolver404:
        return ""


def walk(request: APIRequestContext, url: str, first: list[str], each: int = 2) -> Found:
    """Follow links from `first`; at most `each` addresses of one route are opened."""
    found = Found()
    waiting, seen = list(first), set(first)
    tried: dict[str, int] = {}
    while waiting and len(seen) < MOST * 10:
        path = waiting.pop(0)
        name = route_of(urlsplit(path).path)
        if not name or tried.get(name, 0) >= each:
            continue
        tried[name] = tried.get(name, 0) + 1
        answer = request.get(url + path)
        if (answer.status, name) in WITHOUT_MAIL:
            continue
        if answer.status != 200:
            found.broken.append(f"{answer.status} {name} {path}")
        elif "text/html" not in answer.headers.get("content-type", ""):
            found.files.add(name)
        else:
            landed = urlsplit(answer.url)
            arrived = landed.path + (f"?{landed.query}" if landed.query else "")
            found.pages.setdefault(route_of(landed.path) or name, []).append(arrived)
            for link in links(answer.text(), url + arrived):
                if link not in seen:
                    seen.add(link)
                    waiting.append(link)
    return found


def links(text: str, base: str) -> Iterator[str]:
    """Addresses of this site that a page links to."""
    home = urlsplit(base).netloc
    for raw in LINK.findall(text):
        parts = urlsplit(urldefrag(urljoin(base, html.unescape(raw)))[0])
        if parts.netloc == home and not parts.path.startswith("/static/"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")
