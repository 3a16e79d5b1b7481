"""Leaks planted on purpose, one of each kind, to see that the comparison finds them."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from keti.consents.models import Consent
from keti.meetings.models import Meeting
from keti.monitoring.models import Finding
from keti.review.models import Opinion
from keti.work.models import Task

Leak = Callable[[HttpRequest, Any], None]
planted: list[Leak] = []
"""What the middleware does to every answer; empty: nothing."""


class Plant:
    """A middleware that leaks what is planted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for leak in planted:
            leak(request, response)
        return response


def _says(response: Any, text: str) -> None:
    if not response.streaming:
        response.content += text.encode()


def title(request: HttpRequest, response: Any) -> None:
    """The title of a meeting stands in a list."""
    if request.path.endswith("/meetings/"):
        _says(response, "".join(one.title_zh for one in Meeting.objects.all()))


def count(request: HttpRequest, response: Any) -> None:
    """A tally stands beside a heading."""
    if request.path.endswith("/gates/"):
        _says(response, str(Opinion.objects.filter(effect="approve").count()))


def order(request: HttpRequest, response: Any) -> None:
    """Two names stand in the order of something hidden."""
    if request.path.endswith("/groups/"):
        who = ["consents/1", "consents/2"]
        agree = Consent.objects.filter(person__mail="mao@example.org").exists()
        _says(response, " ".join(who if agree else who[::-1]))


def header(request: HttpRequest, response: Any) -> None:
    """A header counts characters."""
    response.headers["X-Words"] = str(len(Finding.objects.latest("pk").title))


def cookie(request: HttpRequest, response: Any) -> None:
    """A cookie remembers too much."""
    response.set_cookie("last", str(len(Finding.objects.latest("pk").title)))


def archive(request: HttpRequest, response: Any) -> None:
    """A file inside a workbook is named for something."""
    if request.path.endswith(".xlsx") and response.status_code == 200:
        data = io.BytesIO(b"".join(response))
        with zipfile.ZipFile(data, "a") as bundle:
            bundle.writestr(f"{Task.objects.earliest('pk').title}.txt", "")
        response.content = data.getvalue()


def inside(request: HttpRequest, response: Any) -> None:
    """Something stands in a file inside a workbook."""
    if request.path.endswith(".xlsx") and response.status_code == 200:
        data = io.BytesIO(b"".join(response))
        with zipfile.ZipFile(data, "a") as bundle:
            bundle.writestr("docProps/more.xml", Task.objects.earliest("pk").title)
        response.content = data.getvalue()


def feed(request: HttpRequest, response: Any) -> None:
    """A calendar says what somebody else does."""
    if request.path.endswith(".ics"):
        _says(response, Task.objects.earliest("pk").title)


def hit(request: HttpRequest, response: Any) -> None:
    """The search finds, and shows only how much."""
    words = request.GET.get("q", "")
    if request.path == "/search/" and words:
        _says(response, f"{Finding.objects.filter(title__contains=words).count()}")


def missing(request: HttpRequest, response: Any) -> None:
    """A page that is not there knows why."""
    if response.status_code == 404:
        _says(response, Meeting.objects.latest("pk").place[:1])


def size(request: HttpRequest, response: Any) -> None:
    """Blanks at the end, as many as a text is long."""
    if request.path.endswith("/desk/"):
        _says(response, " " * len(Task.objects.earliest("pk").title))


def redirect(request: HttpRequest, response: Any) -> None:
    """Where one is sent depends on what one may not know."""
    if "Location" in response.headers:
        response.headers["Location"] += f"?{len(Task.objects.earliest('pk').title)}"


PLANTS: dict[Leak, tuple[str, ...]] = {
    title: ("/p/cast/meetings/",),
    count: ("/p/cast/gates/",),
    order: ("/p/cast/groups/",),
    header: ("/help/",),
    cookie: ("/help/",),
    archive: ("/p/cast/duties/export.xlsx",),
    inside: ("/p/cast/duties/export.xlsx",),
    feed: ("feed",),
    hit: ("/search/?q=松涛",),
    missing: ("/p/cast/meetings/nowhere/",),
    size: ("/p/cast/desk/",),
    redirect: ("/p/cast/do/nowhere/", "/p/cast"),
}
"""Each kind of leak, and where it shows."""


def in_a_letter(body: str) -> str:
    """A letter says more than it should."""
    return body + Meeting.objects.latest("pk").title_zh
