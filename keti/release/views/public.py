"""What everybody may read: the list of published reports, each book page, its files."""

import hashlib
from functools import lru_cache, partial
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language, override

from keti.documents.actions import path_of
from keti.duties.models import Obligation
from keti.ledger.doors import whole
from keti.lists.doors.showing import PAGE, paged
from keti.release import queries
from keti.release.models import Page, Publication
from keti.reports.doors import picture_of

STYLES = ("keti/app.css", "keti/parts.css", "keti/paper.css", "keti/print.css")


def shelf(request: HttpRequest) -> HttpResponse:
    """Every report that is public now, the newest first, a page at a time."""
    return whole(request, partial(_shelf, request))


def _shelf(request: HttpRequest) -> HttpResponse:
    page = paged(request, queries.readable().annotate(promises=_promises()), PAGE)
    lang = get_language() or "zh-hans"
    rows = [
        {
            "url": one.path,
            "title": one.title.in_(lang),
            "programme": one.programme.title.in_(lang),
            "number": one.number,
            "day": one.programme.local(one.published_at).strftime("%Y-%m-%d"),
            "demo": one.programme.is_demo,
            "promises": reverse("promises:public", args=[one.slug]) if one.promises else "",
        }
        for one in page
    ]
    return render(request, "release/shelf.html", {"rows": rows, "page": page})


def _promises() -> Exists:
    """Is anything promised in the programme beyond its papers?"""
    return Exists(Obligation.objects.filter(programme=OuterRef("programme"), form="promise"))


def book(request: HttpRequest, slug: str) -> HttpResponse:
    """The book page as rendered at publication; withdrawn it says so; before, there is none.

    It carries a tag and no date: what is made anew or published again after a withdrawal may be of
    the same date, and is not the same.
    """
    out = queries.publication_at(slug)
    if out is None:
        raise Http404
    lang = _lang(request)
    if out.retracted_at is not None:
        return _withdrawn(request, out, lang)
    page = queries.page_of(out, lang)
    if page is None:
        return _being_made(out, lang)
    tag = f'"{_tag(page)}"'
    answer = get_conditional_response(request, etag=tag)
    if answer is None:
        answer = HttpResponse(_whole(out, page, lang))
    answer["ETag"] = tag
    answer["Cache-Control"] = "public, no-cache"
    answer["Content-Language"] = page.language
    patch_vary_headers(answer, ["Accept-Language", "Cookie"])
    return answer


def _lang(request: HttpRequest) -> str:
    """The language asked for in the address, else the visitor's."""
    asked = request.GET.get("lang", "") or get_language() or ""
    return "en" if asked.startswith("en") else "zh-hans"


def _tag(page: Page) -> str:
    """Changes with the page and with the style sheets around it, and with nothing else."""
    words = "\n".join([page.language, page.sha256, *(static(name) for name in STYLES)])
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def _whole(out: Publication, page: Page, lang: str) -> str:
    """The stored page in its frame: the same bytes for everybody, no script, no cookie."""
    title, programme = out.title.in_(lang), out.programme.title.in_(lang)
    return _framed(page.html, lang, _tag(page), out.number, title, programme)


@lru_cache(maxsize=32)
def _framed(html: str, lang: str, tag: str, *said: str) -> str:
    """Drawn once for as long as page, style sheets and the words around them are the same."""
    with override(lang):
        return render_to_string("release/published.html", _words(lang, *said) | {"html": html})


def _frame(out: Publication, lang: str) -> dict[str, Any]:
    title, programme = out.title.in_(lang), out.programme.title.in_(lang)
    return _words(lang, out.number, title, programme) | {"why": out.retracted_reason}


def _words(lang: str, number: str, title: str, programme: str) -> dict[str, Any]:
    return {
        "number": number,
        "title": title,
        "programme": programme,
        "page_lang": "en" if lang == "en" else "zh-Hans",
        "other": "zh-hans" if lang == "en" else "en",
    }


def _being_made(out: Publication, lang: str) -> HttpResponse:
    """Published a moment ago: the page is being made, and this one says so."""
    with override(lang):
        text = render_to_string("release/being_made.html", _frame(out, lang))
    answer = HttpResponse(text, status=202, headers={"Retry-After": "10"})
    answer["Cache-Control"] = "no-store"
    patch_vary_headers(answer, ["Accept-Language", "Cookie"])
    return answer


def _withdrawn(request: HttpRequest, out: Publication, lang: str) -> HttpResponse:
    local = out.programme.local(out.retracted_at or out.published_at)
    page = _frame(out, lang) | {"day": local.strftime("%Y-%m-%d")}
    with override(lang):
        answer = HttpResponse(render_to_string("release/withdrawn.html", page), status=410)
    patch_vary_headers(answer, ["Accept-Language", "Cookie"])
    return answer


def picture(request: HttpRequest, slug: str, sha256: str) -> FileResponse:
    """A picture that a public report shows; none once it is withdrawn."""
    out = queries.publication_at(slug)
    if out is None or out.retracted_at is not None:
        raise Http404
    return picture_of(out.version, sha256)


def file(request: HttpRequest, slug: str, lang: str, form: str) -> HttpResponse | FileResponse:
    """One stored file of a report that is public; none once it is withdrawn."""
    out = queries.publication_at(slug)
    if out is None or out.retracted_at is not None:
        raise Http404
    stored = queries.artefacts(out, lang).get(form)
    if stored is None:
        raise Http404
    tag = f'"{stored.sha256}"'
    answer = get_conditional_response(request, etag=tag)
    if answer is not None:
        return answer
    handle = path_of(stored.sha256).open("rb")
    sent = FileResponse(handle, as_attachment=True, filename=stored.name, content_type=stored.mime)
    sent["ETag"] = tag
    sent["Cache-Control"] = "public, no-cache"
    return sent
