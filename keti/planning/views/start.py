"""The first run of an empty installation, and founding a programme from a template."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language

from keti.accounts.actions import PersonFacts
from keti.accounts.models import Person
from keti.accounts.queries import person_of
from keti.charter.actions import CharterFile, check
from keti.charter.rules import Compiled, Finding
from keti.groups.doors import attempt
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.refusals import sentence
from keti.planning import rules
from keti.planning.actions import Founding, found_programme, register_founder
from keti.planning.doors import charters_folder, is_empty, spend_token, token_fits
from keti.planning.forms import FirstRunForm, TemplateForm

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SECTIONS = (
    ("title", ("title", "prefix")),
    ("units", ("party", "group")),
    ("call", ("call-title", "call-signatory", "call-body")),
    ("dates", ("date-from", "date-to", "date-date")),
)


def start(request: HttpRequest) -> HttpResponse:
    """Open the installation with the one-time token; afterwards this page does not exist."""
    if not is_empty():
        raise Http404
    lang = get_language() or "zh-hans"
    form = FirstRunForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "planning/start.html", _house({"form": form}), status=status)
    facts = form.cleaned_data
    if not token_fits(facts["token"]):
        form.add_error("token", sentence("planning.wrong-token", {}, lang))
        return render(request, "planning/start.html", _house({"form": form}), status=422)
    person = PersonFacts(facts["name"], mail=facts["mail"], language=lang)
    user, refused = attempt(
        lambda: register_founder(at=clock.instant(), facts=person, password=facts["password"])
    )
    if user is None:
        form.add_error(None, refused.sentence(lang) if refused else "")
        return render(request, "planning/start.html", _house({"form": form}), status=422)
    spend_token()
    login(request, user, backend=BACKEND)
    return HttpResponseRedirect("/start/new/")


def _house(context: dict[str, Any]) -> dict[str, Any]:
    return {"now": clock.instant(), "zone": "Asia/Shanghai"} | context


def _founder(request: HttpRequest) -> Person:
    person = person_of(request.user)
    if person is None or not person.may_found:
        raise Http404
    return person


@dataclass(frozen=True, slots=True)
class Template:
    """A shipped charter to start from."""

    name: str
    title: str
    groups: int
    duties: int


def templates(request: HttpRequest) -> HttpResponse:
    """The shipped charters."""
    _founder(request)
    lang = get_language() or "zh-hans"
    found = []
    for file in sorted(charters_folder().glob("*.yaml")):
        compiled, _findings = check(CharterFile(file.name, file.read_text()))
        if compiled:
            title = compiled.title.in_(lang)
            found.append(
                Template(file.stem, title, len(compiled.groups), len(compiled.obligations))
            )
    return render(request, "planning/templates.html", _house({"templates": found}))


def _template(name: str) -> tuple[str, str]:
    """The text of the template and of its clauses."""
    for file in charters_folder().glob("*.yaml"):
        if file.stem == name:
            table = Path(file).with_suffix(".clauses.tsv")
            return file.read_text(), table.read_text() if table.exists() else ""
    raise Http404


def new(request: HttpRequest, name: str) -> HttpResponse:
    """Fill in a template, check it, found the programme."""
    founder = _founder(request)
    text, clauses = _template(name)
    found_blanks = rules.blanks(text)
    form = TemplateForm(request.POST or None, blanks=found_blanks)
    context: dict[str, Any] = {"form": form, "name": name}
    if request.method != "POST":
        return _page(request, form, context)
    if not form.is_valid():
        return _page(request, form, context, status=422)
    facts = form.cleaned_data
    slug = str(facts["slug"])
    written = rules.shifted(text, facts["shift"] or 0)
    written = rules.renamed(rules.filled(written, form.answers()), slug)
    file = CharterFile(f"{slug}.yaml", written, clauses)
    compiled, findings = check(file)
    errors = [one for one in findings if one.severity == "error"]
    context |= _seen(compiled, findings)
    if errors or request.POST.get("do") != "found":
        return _page(request, form, context, status=422 if errors else 200)
    act = Act(by=founder, recorded_at=clock.instant(), key=str(facts["key"]))
    programme, refused = attempt(
        lambda: found_programme(act, founder=founder, founding=Founding(file, slug))
    )
    if programme is None:
        lang = get_language() or "zh-hans"
        form.add_error("slug", refused.sentence(lang) if refused else "")
        return _page(request, form, context, status=422)
    return HttpResponseRedirect(f"/start/founded/{programme.slug}/")


def _page(
    request: HttpRequest, form: TemplateForm, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    parts = [
        (key, [form[blank.name] for blank in form.blanks if blank.kind in kinds])
        for key, kinds in SECTIONS
    ]
    shown = _house(context | {"parts": parts, "slug": form["slug"], "shift": form["shift"]})
    return render(request, "planning/new.html", shown, status=status)


def _seen(compiled: Compiled | None, findings: list[Finding]) -> dict[str, Any]:
    """What the filled-in charter comes to, for looking before founding."""
    lang = get_language() or "zh-hans"
    remarks = [(one.severity, one.sentence(lang), one.suggestion(lang)) for one in findings]
    shown: dict[str, Any] = {"checked": True, "remarks": remarks, "compiled": compiled}
    if compiled:
        shown |= {
            "title": compiled.title.in_(lang),
            "zone": compiled.tz,
            "phases": [(one.title.in_(lang), one.start, one.end) for one in compiled.phases],
            "days": [(one.title.in_(lang), one.date, one.last) for one in compiled.anchors],
            "group_count": len(compiled.groups),
            "duty_count": len(compiled.obligations),
        }
    return shown


def founded(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme stands: roster next, then the river."""
    _founder(request)
    return render(request, "planning/founded.html", _house({"slug": slug}))
