"""What the pages and letters of a played programme say in Chinese to who reads English; imported
once its folder is the installation (`tests.journeys.english`)."""

from collections import Counter, deque
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client

from keti.accounts.actions import open_account
from keti.groups.models import Seat
from keti.notify.models import Message
from tests.house.tongues import CHINESE, texts
from tests.twin.crawl import LINK, route_of

SKIPPED = ("/static/", "/accounts/", "/i18n/", "/help/")
EACH = 2


def _visitors() -> dict[str, Any]:
    found: dict[str, Any] = {"": None}
    for seat in Seat.objects.order_by("pk"):
        if seat.acting_person:
            found.setdefault(seat.role.key, seat.acting_person)
    return found


def pages() -> set[str]:
    """What every role's pages say in Chinese."""

    found: set[str] = set()
    for role, person in _visitors().items():
        client = Client(HTTP_HOST="localhost")
        if person is not None:
            client.force_login(
                open_account(person),
                backend="allauth.account.auth_backends.AuthenticationBackend",
            )
        client.cookies["django_language"] = "en"
        found |= _crawled(client, role)
    return found


def _crawled(client: Any, role: str) -> set[str]:
    found: set[str] = set()
    seen: set[str] = set()
    asked: Counter[str] = Counter()
    waiting = deque(["/", "/p/play/", "/p/play/desk/"])
    while waiting:
        path = waiting.popleft()
        if path in seen or path.startswith(SKIPPED) or asked[route_of(path)] >= EACH:
            continue
        seen.add(path)
        asked[route_of(path)] += 1
        answer = client.get(path)
        if "Location" in answer.headers:
            waiting.append(urlsplit(urljoin(path, answer["Location"])).path)
        if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
            continue
        page = answer.content.decode()
        said = [one for one in texts(page) if CHINESE.search(one) and one not in ("课", "中文")]
        found |= {f"{role or 'public'} {route_of(path)}: {one}" for one in said}
        links = [urlsplit(urljoin(path, unescape(one))) for one in LINK.findall(page)]
        waiting += [
            one.path + (f"?{one.query}" if one.query else "")
            for one in links
            if one.netloc in ("", "localhost") and "lang=zh" not in one.query
        ]
    return found


def letters() -> set[str]:
    """What the letters say in Chinese, and those that are in Chinese."""
    every = list(Message.objects.all())
    said = {(one, words) for one in every for words in one.said("en") if CHINESE.search(words)}
    other = {f"letter {one.kind} is in {one.language}" for one in every if one.language != "en"}
    return {f"letter {one.kind}: {words}" for one, words in said} | other
