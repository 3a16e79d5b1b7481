"""The words of the house in one page, and a guide for each kind of work."""

from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keti.kernel import clock

GUIDES = {
    "office": _("秘书处怎么用"),
    "lead": _("组长怎么用"),
    "member": _("成员怎么用"),
    "watch": _("监控员怎么用"),
    "reviewer": _("评审人怎么用"),
}
FOLDER = Path(__file__).parents[1] / "guides"


def help_page(request: HttpRequest) -> HttpResponse:
    """What everybody asks first, and where the guides are."""
    context = {"now": clock.received(request), "zone": "Asia/Shanghai", "guides": GUIDES.items()}
    return render(request, "site/help.html", context)


def guide(request: HttpRequest, name: str) -> HttpResponse:
    """The guide for one kind of work, in the language of the page."""
    if name not in GUIDES:
        raise Http404
    context = {
        "now": clock.received(request),
        "zone": "Asia/Shanghai",
        "title": GUIDES[name],
        "words": words(name, get_language() or "zh-hans"),
        "guides": GUIDES.items(),
    }
    return render(request, "site/guide.html", context)


@cache
def words(name: str, lang: str) -> str:
    """The text of a guide, as typed (`plain/1`)."""
    tongue = "en" if lang.startswith("en") else "zh-hans"
    return (FOLDER / f"{name}.{tongue}.txt").read_text()
